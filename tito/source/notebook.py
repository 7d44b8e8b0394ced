"""Notebooks ⇄ cells: read from their JSON, written by nbformat."""

import hashlib
import re
from typing import Any, Final

from tito.model.document import Cell, Document, Format, Kind
from tito.source.notebook_json import load
from tito.source.text import cleaned

_OWN: Final = ("cell_type", "metadata", "source")
# What jupytext notes of a script's layout.
_SCRIPTS: Final = ("lines_to_next_cell", "cell_marker")
_ID: Final = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def read_notebook(text: str, path: str) -> tuple[dict[str, Any], dict[str, Any], tuple[Cell, ...]]:
    """Return (metadata, the other top-level keys, cells). Raises UnreadableError for what is not a notebook."""
    content = load(text, path)
    cells, metadata = content.pop("cells"), content.pop("metadata")
    ids: set[str] = set()
    return metadata, content, tuple(_cell(each, f"{path}[cell {place}]", ids) for place, each in enumerate(cells, 1))


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


def _cell(cell: dict[str, Any], path: str, ids: set[str]) -> Cell:
    extras = {key: value for key, value in cell.items() if key not in _OWN}
    own = str(extras.get("id", ""))
    if own in ids:
        extras.pop("id", None)
    ids.add(own)
    return Cell(Kind(cell["cell_type"]), cleaned(cell["source"], path), 1, cell["metadata"], extras)


def _written(cell: Cell, place: int) -> dict[str, Any]:
    metadata = {key: each for key, each in cell.metadata.items() if key not in _SCRIPTS}
    written = {**cell.extras, "cell_type": str(cell.kind), "metadata": metadata, "source": cell.source}
    if not _ID.fullmatch(str(written.get("id", ""))):
        written["id"] = hashlib.sha256(f"{place}:{cell.grade_id}".encode()).hexdigest()[:8]
    if cell.kind is Kind.CODE:
        written.setdefault("outputs", [])
        written.setdefault("execution_count", None)
    return written
