"""A notebook's JSON, checked as far as cells are concerned: bounded, and told in one sentence where it is wrong.

nbformat validates every output against a schema, which takes seconds for a large file, and fills in what is missing
at random. Here the keys that matter are checked, old notebooks are brought up to format 4, and the rest is kept.
Source: nbformat's documentation, "The notebook file format" and its changelog.
"""

import re
from typing import Any, Final

from tito.errors import Problem, UnreadableError
from tito.source.plain import MAX_CELLS, PlainError, json_data

_CONFLICT: Final = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
_KINDS: Final = frozenset({"code", "markdown", "raw"})
_FAR, _CURRENT, _OLD, _OLDEST = 100, 4, 3, 2


def load(text: str, path: str) -> dict[str, Any]:
    """Return a notebook of format 4 whose cells have a kind, a source as one text, and metadata.

    Raises UnreadableError for what is no notebook.
    """
    if found := _CONFLICT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _unreadable("it holds git's conflict markers", path, line, "Settle the conflict, then save it again.")
    if not text.lstrip().startswith("{"):
        what = "it is not a notebook" if text.strip() else "it is empty"
        raise _unreadable(what, path)
    content = _up_to_date(_parsed(text, path), path)
    cells, metadata = content.get("cells"), content.get("metadata")
    if not isinstance(cells, list):
        raise _unreadable("it is not a notebook: it has no list of cells", path)
    if len(cells) > MAX_CELLS:
        raise _unreadable(f"it has more than {MAX_CELLS:,} cells", path, None, "Hand in the module alone.")
    if not isinstance(metadata, dict):
        raise _unreadable("it is not a notebook: its metadata is not an object", path)
    return {**content, "cells": [_checked(each, f"{path}[cell {place}]") for place, each in enumerate(cells, 1)]}


def _parsed(text: str, path: str) -> dict[str, Any]:
    try:
        return dict(json_data(text))
    except PlainError as fault:
        raise _unreadable(str(fault), path, fault.line) from None


def _up_to_date(content: dict[str, Any], path: str) -> dict[str, Any]:
    match content.get("nbformat"):
        case int(major) if major == _CURRENT:
            return content
        case int(major) if major == _OLD:
            return _of_format_3(content, path)
        case int(major) if _CURRENT < major < _FAR:
            raise _unreadable(f"it is of notebook format {major}, which is not known yet", path)
        case int(major) if 0 < major <= _OLDEST:
            raise _unreadable(f"it is of notebook format {int(major)}, which is too old", path)
    raise _unreadable("it is not a notebook: it does not say its format (nbformat)", path)


def _of_format_3(content: dict[str, Any], path: str) -> dict[str, Any]:
    sheets = content.get("worksheets")
    sheets = sheets if isinstance(sheets, list) else []
    cells = [each for sheet in sheets if isinstance(sheet, dict) for each in _listed(sheet.get("cells"))]
    metadata = content.get("metadata", {})
    if not isinstance(metadata, dict):
        raise _unreadable("it is not a notebook: its metadata is not an object", path)
    metadata = {key: value for key, value in metadata.items() if key != "name"} | {"orig_nbformat": _OLD}
    return {"cells": [_cell_of_format_3(each) for each in cells], "metadata": metadata, "nbformat": _CURRENT}


def _cell_of_format_3(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    made = {"cell_type": cell.get("cell_type"), "metadata": cell.get("metadata", {}), "source": cell.get("source")}
    match cell.get("cell_type"):
        case "code":
            made |= {"source": cell.get("input"), "outputs": [], "execution_count": None}
        case "heading":
            level = cell.get("level")
            signs = "#" * min(max(level, 1), 6) if isinstance(level, int) else "#"
            made |= {"cell_type": "markdown", "source": f"{signs} {_joined(cell.get('source')) or ''}"}
        case "html":
            made["cell_type"] = "markdown"
    return made


def _checked(cell: Any, path: str) -> dict[str, Any]:
    if not isinstance(cell, dict):
        raise _unreadable("it is not a cell", path, 1)
    kind, source, metadata = cell.get("cell_type"), _joined(cell.get("source")), cell.get("metadata")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise _unreadable("it is a cell of no known cell_type", path, 1)
    if source is None:
        raise _unreadable("it is a cell whose source is not a text", path, 1)
    if not isinstance(metadata, dict):
        raise _unreadable("it is a cell whose metadata is not an object", path, 1)
    outputs = [_output(each) for each in _listed(cell.get("outputs"))]
    return {**cell, "source": source} | ({"outputs": outputs} if "outputs" in cell else {})


def _joined(source: Any) -> str | None:
    """Return a text that may be in lines; None for what is no text."""
    if isinstance(source, list) and all(isinstance(each, str) for each in source):
        return "".join(source)
    return source if isinstance(source, str) else None


def _output(output: Any) -> Any:
    """Return an output whose texts, which may be in lines, are whole."""
    if not isinstance(output, dict):
        return output
    whole = {key: each if (text := _joined(each)) is None else text for key, each in output.items() if key == "text"}
    if isinstance(data := output.get("data"), dict):
        whole["data"] = {
            key: each if "json" in key or _joined(each) is None else _joined(each) for key, each in data.items()
        }
    return output | whole


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _unreadable(
    what: str, path: str, line: int | None = None, fix: str = "Save it from Jupyter again."
) -> UnreadableError:
    return UnreadableError(Problem(what, fix, path, line))
