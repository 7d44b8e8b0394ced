"""The percent format, read with line numbers and without jupytext, which takes 0.24 s to import.

It gives the cells that `jupytext.reads(text, "py:percent")` gives; tests hold the two together on every source here
and on generated ones. Source of the format: jupytext's documentation, "The percent format".
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from tito.model.document import Cell, Kind

_MARKER: Final = re.compile(r"^# ?%%(?P<depth>%*)(?:\s+(?P<rest>.*))?$")
_TYPE: Final = re.compile(r"(?:^|\s)\[(markdown|md|raw)\](?=\s|$)")
_PAIR: Final = re.compile(r'(?:^|\s)([\w.-]+)=("(?:[^"\\]|\\.)*"|\'[^\']*\'|\[[^\]]*\]|\{.*?\}|[^\s"]+)')
_MAGIC: Final = re.compile(r"^# ?(%%?[a-zA-Z]\w*|!\S)")
_KINDS: Final = {"markdown": Kind.MARKDOWN, "md": Kind.MARKDOWN, "raw": Kind.RAW}
BLANKS: Final = "lines_to_next_cell"


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The lines from one marker to the next; `first` is the 1-based line of the first one after the marker."""

    marker: re.Match[str] | None
    first: int
    lines: list[str]


def read_percent(text: str) -> tuple[dict[str, Any], tuple[Cell, ...], bool]:
    """Return (the header's metadata, cells, whether there was a marker)."""
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    metadata, start = _header(lines)
    chunks = [chunk for chunk in _chunks(lines, start) if chunk.marker or any(line.strip() for line in chunk.lines)]
    cells = tuple(_cell(chunk, last=chunk is chunks[-1]) for chunk in chunks)
    return metadata, cells, any(chunk.marker for chunk in chunks)


def _header(lines: list[str]) -> tuple[dict[str, Any], int]:
    if not lines or lines[0].strip() != "# ---":
        return {}, 0
    for end, line in enumerate(lines[1:], 1):
        if line.strip() == "# ---":
            return _header_metadata(lines[1:end]), _skip_blank(lines, end + 1)
        if not line.startswith("#"):
            break
    return {}, 0


def _header_metadata(lines: list[str]) -> dict[str, Any]:
    try:
        content = yaml.safe_load("\n".join(line.removeprefix("#").removeprefix(" ") for line in lines))
    except yaml.YAMLError:
        return {}
    found = content.get("jupyter", content) if isinstance(content, dict) else {}
    return found if isinstance(found, dict) else {}


def _skip_blank(lines: list[str], start: int) -> int:
    return start + 1 if start < len(lines) and not lines[start].strip() else start


def _chunks(lines: list[str], start: int) -> Iterator[_Chunk]:
    marker, first, held = None, start + 1, list[str]()
    for number, line in enumerate(lines[start:], start + 1):
        found = _MARKER.match(line)
        if found:
            yield _Chunk(marker, first, held)
            marker, first, held = found, number + 1, []
        else:
            held.append(line)
    yield _Chunk(marker, first, held)


def _cell(chunk: _Chunk, *, last: bool) -> Cell:
    kind, metadata = _options(chunk.marker)
    lines = chunk.lines
    blanks = 0
    while lines and not lines[-1].strip():
        lines, blanks = lines[:-1], blanks + 1
    if not last:
        metadata[BLANKS] = blanks
    source, line = "\n".join(lines), chunk.first
    if kind is Kind.CODE:
        return Cell(kind, "\n".join(_uncommented_magic(each) for each in lines), line, metadata)
    quoted = re.fullmatch(r'(r?)("""|\'\'\')(\n?)(.*?)(\n?)\2', source, re.DOTALL)
    if quoted and quoted[2] not in quoted[4]:
        metadata["cell_marker"] = quoted[1] + quoted[2] if quoted[3] else f"{quoted[1]}{quoted[2]}"
        return Cell(kind, quoted[4], line + bool(quoted[3]), metadata)
    return Cell(kind, "\n".join(_uncommented(each) for each in lines), line, metadata)


def _uncommented(line: str) -> str:
    return line[2:] if line.startswith("# ") else line.removeprefix("#")


def _uncommented_magic(line: str) -> str:
    return _uncommented(line) if _MAGIC.match(line) else line


def _options(marker: re.Match[str] | None) -> tuple[Kind, dict[str, Any]]:
    rest = (marker["rest"] or "").strip() if marker else ""
    title, metadata = _metadata(rest)
    kind = Kind.CODE
    if found := _TYPE.search(title):
        kind = _KINDS[found[1]]
        title = (title[: found.start()] + title[found.end() :]).strip()
    if title:
        metadata = {**metadata, "title": title}
    if marker and marker["depth"]:
        metadata = {**metadata, "cell_depth": len(marker["depth"])}
    return kind, dict(metadata)


def _metadata(text: str) -> tuple[str, Mapping[str, Any]]:
    """Part a marker's text into its title and its metadata, in JSON or as key=value pairs."""
    start = text.find("{")
    before = text[:start].rstrip() if start >= 0 else text
    if start >= 0 and "=" not in before:
        try:
            found = json.loads(text[start:])
        except ValueError:
            return text, {}
        return (before, found) if isinstance(found, dict) else (text, {})
    first = _PAIR.search(text)
    if not first:
        return text, {}
    return text[: first.start()].strip(), dict(_pairs(text[first.start() :]))


def _pairs(text: str) -> Iterator[tuple[str, Any]]:
    decoder, place = json.JSONDecoder(), 0
    while match := re.compile(r"\s*([\w.:-]+)\s*=\s*").match(text, place):
        try:
            value, place = decoder.raw_decode(text, match.end())
        except ValueError:
            word = re.compile(r"\S+").match(text, match.end())
            if not word:
                return
            value, place = _word(word[0]), word.end()
        yield match[1], value


def _word(text: str) -> Any:
    return {"True": True, "False": False, "None": None}.get(text, text.strip("'"))
