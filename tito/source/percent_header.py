"""The header of a percent script: an interpreter line, a coding line, and YAML in comments between `# ---`."""

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any, Final

from tito.model.document import Cell, Kind
from tito.source.plain import PlainError, yaml_data

BLANKS: Final = "lines_to_next_cell"
_RULE: Final = re.compile(r"^# ?---\s*$")
_CODING: Final = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)")
_JUPYTER: Final = re.compile(r"^jupyter\s*:\s*$")
_LONGEST: Final = 1 << 14
# jupytext's own note that a script says nothing of Jupyter and is to get no header.
_HEADLESS: Final = {"main_language": "python", "notebook_metadata_filter": "-all"}


def read_header(lines: list[str]) -> tuple[dict[str, Any], tuple[Cell, ...], int]:
    """Return (the notebook's metadata, a raw cell with what else the header says, where the cells begin)."""
    notes, start = _first_lines(lines)
    end = _end(lines, start)
    if end is None:
        return {"jupytext": notes | _HEADLESS}, (), start
    header = [each.removeprefix("#").removeprefix(" ") for each in lines[start + 1 : end]]
    blank = end + 1 < len(lines) and not lines[end + 1].strip()
    metadata, own = _parted(header, {} if blank else {BLANKS: 0})
    notes |= {} if metadata else _HEADLESS
    notes |= {} if _has_language(metadata) else {"main_language": "python"}
    if notes:
        metadata["jupytext"] = notes | dict(metadata.get("jupytext", {}))
    return metadata, own, end + 1 + blank


def _has_language(metadata: dict[str, Any]) -> bool:
    kernel = metadata.get("kernelspec")
    return isinstance(kernel, dict) and "language" in kernel


def _first_lines(lines: list[str]) -> tuple[dict[str, Any], int]:
    """Return jupytext's notes of the lines before a header, and how many they are."""
    notes: dict[str, Any] = {}
    start = 0
    if lines and lines[0].startswith("#!"):
        notes["executable"], start = lines[0][2:], 1
    if start < len(lines) and (coding := _CODING.match(lines[start])):
        # Whatever it was read as, it is written as UTF-8.
        notes |= {"encoding": lines[start]} if coding[1].lower() == "utf-8" else {}
        start += 1
    return notes, start


def _end(lines: list[str], start: int) -> int | None:
    if start >= len(lines) or not _RULE.match(lines[start]):
        return None
    for place in range(start + 1, len(lines)):
        if _RULE.match(lines[place]):
            return place
        if not lines[place].startswith("#"):
            break
    return None


def _parted(lines: list[str], layout: dict[str, Any]) -> tuple[dict[str, Any], tuple[Cell, ...]]:
    """Part Jupyter's metadata from what else a header holds, which is a raw cell of its own."""
    jupyter: list[str] = []
    others: list[str] = []
    inside = False
    for line in lines:
        inside = bool(_JUPYTER.match(line)) or (inside and (not line or line[0].isspace()))
        (jupyter if inside else others).append(line)
    found = _mapping("\n".join(jupyter))
    if found is None:
        found, others = {}, lines
    own = (Cell(Kind.RAW, "\n".join(["---", *others, "---"]), 1, layout),) if others else ()
    return found, own


def _mapping(text: str) -> dict[str, Any] | None:
    """Return Jupyter's metadata; None for YAML that cannot be read."""
    return deepcopy(_read(text)) if text else {}


# A class's headers are the same few ones, and reading one takes longer than all the cells.
@lru_cache(maxsize=64)
def _read(text: str) -> dict[str, Any] | None:
    try:
        content = yaml_data(text) if len(text) < _LONGEST else None
    except PlainError:
        return None
    found = content.get("jupyter") if isinstance(content, dict) else None
    return found if isinstance(found, dict) and isinstance(found.get("jupytext", {}), dict) else None
