"""Notebooks through nbformat, with every way in which a student's file can be broken named in one sentence."""

import hashlib
import json
import re
import warnings
from dataclasses import replace
from typing import Any, Final

from tito.errors import Problem, UnreadableError
from tito.model.document import Cell, Document, Format, Kind
from tito.source.text import cleaned

_OWN: Final = ("cell_type", "metadata", "source")
# What jupytext notes of a script's layout.
_SCRIPTS: Final = ("lines_to_next_cell", "cell_marker")
_ID: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def read_notebook(text: str, path: str) -> tuple[dict[str, Any], dict[str, Any], tuple[Cell, ...]]:
    """Return (metadata, the other top-level keys, cells). Raises UnreadableError for what is not a notebook."""
    import nbformat  # noqa: PLC0415 - 0.1 s, for notebooks alone

    if text.lstrip().startswith("<<<<<<<") or "\n<<<<<<< " in text:
        raise _unreadable("it holds git's conflict markers", path)
    if not text.lstrip().startswith("{"):
        raise _unreadable("it is not a notebook", path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook = nbformat.reads(text, as_version=4)
            cells = [_cell(each, text) for each in notebook.cells]
            metadata = _mapping(notebook.metadata)
            rest = _plain({key: value for key, value in notebook.items() if key not in {"cells", "metadata"}})
    except nbformat.reader.NotJSONError:
        raise _unreadable("it is not JSON, so it was cut off or edited by hand", path) from None
    except RecursionError:
        raise _unreadable("it nests too deeply", path) from None
    except Exception as fault:  # noqa: BLE001 - nbformat raises six families of exceptions on broken files
        raise _unreadable(f"it is not a notebook: {_first_line(fault)}", path) from None
    return metadata, rest, tuple(_with_text(cell, f"{path}[cell {place}]") for place, cell in enumerate(cells, 1))


def write_notebook(document: Document) -> str:
    """Return a valid notebook (format 4.5); a cell without an id gets one that its place and grade_id fix."""
    import nbformat  # noqa: PLC0415

    metadata = dict(document.metadata)
    if document.format is Format.PERCENT:
        metadata.pop("jupytext", None)
    metadata.setdefault("kernelspec", {"display_name": "Python 3", "language": "python", "name": "python3"})
    metadata.setdefault("language_info", {"name": "python"})
    cells = [_written(cell, place) for place, cell in enumerate(document.cells)]
    content = {**document.extras, "metadata": metadata, "cells": cells, "nbformat": 4, "nbformat_minor": 5}
    notebook = nbformat.from_dict(content)
    return str(nbformat.writes(notebook)) + "\n"


def _cell(cell: Any, text: str) -> Cell:
    source = cell["source"]
    if not isinstance(source, str):
        raise TypeError("a cell's source is not a text")
    extras = _plain({key: value for key, value in cell.items() if key not in _OWN})
    # nbformat makes up a random id where one is missing or repeated: a file would be read anew each time.
    if f'"{extras.get("id", "")}"' not in text:
        extras.pop("id", None)
    return Cell(Kind(cell["cell_type"]), source, 1, _mapping(cell["metadata"]), extras)


def _with_text(cell: Cell, path: str) -> Cell:
    return replace(cell, source=cleaned(cell.source, path))


def _written(cell: Cell, place: int) -> dict[str, Any]:
    metadata = {key: each for key, each in cell.metadata.items() if key not in _SCRIPTS}
    written = {**cell.extras, "cell_type": str(cell.kind), "metadata": metadata, "source": cell.source}
    if not _ID.fullmatch(str(written.get("id", ""))):
        written["id"] = hashlib.sha256(f"{place}:{cell.grade_id}".encode()).hexdigest()[:8]
    if cell.kind is Kind.CODE:
        written.setdefault("outputs", [])
        written.setdefault("execution_count", None)
    return written


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("its metadata is not a mapping")
    return dict(_plain(value))


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _first_line(fault: Exception) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0][:200]


def _unreadable(what: str, path: str) -> UnreadableError:
    return UnreadableError(Problem(what, "Save it from Jupyter again.", path))
