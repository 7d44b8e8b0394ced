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
_QUOTED: Final = re.compile(
    r"(?P<raw>[rR]?)(?P<quotes>\"\"\"|''')(?P<first>\n?)(?P<text>.*?)(?P<last>\n?)(?P=quotes)", re.DOTALL
)
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
    header, start = _header(lines)
    metadata, own = _header_metadata(header)
    if not start:
        # jupytext's own note that a script has no header and is to get none.
        metadata["jupytext"] = {"main_language": "python", "notebook_metadata_filter": "-all"}
    chunks = [chunk for chunk in _chunks(lines, start) if chunk.marker or any(line.strip() for line in chunk.lines)]
    if any(_TYPE.sub("", chunk.marker["rest"] or "").strip().startswith("{") for chunk in chunks if chunk.marker):
        metadata.setdefault("jupytext", {})["cell_metadata_json"] = True
    cells = tuple(_cell(chunk, last=chunk is chunks[-1]) for chunk in chunks)
    return metadata, (*own, *cells), any(chunk.marker for chunk in chunks)


def _header(lines: list[str]) -> tuple[list[str], int]:
    """Return the header's lines, uncommented, and where the cells begin; 0 where there is no header."""
    if not lines or lines[0].strip() != "# ---":
        return [], 0
    for end, line in enumerate(lines[1:], 1):
        if line.strip() == "# ---":
            return [each.removeprefix("#").removeprefix(" ") for each in lines[1:end]], _skip_blank(lines, end + 1)
        if not line.startswith("#"):
            break
    return [], 0


def _header_metadata(lines: list[str]) -> tuple[dict[str, Any], tuple[Cell, ...]]:
    """Part Jupyter's metadata from what else a header holds, which is a raw cell of its own."""
    jupyter: list[str] = []
    others: list[str] = []
    inside = False
    for line in lines:
        inside = line.rstrip() == "jupyter:" or (inside and line.startswith(" "))
        (jupyter if inside else others).append(line)
    try:
        content = yaml.safe_load("\n".join(jupyter)) if jupyter else None
    except yaml.YAMLError:
        content, others = None, lines
    found = content.get("jupyter") if isinstance(content, dict) else {}
    own = (Cell(Kind.RAW, "\n".join(["---", *others, "---"]), 1),) if others else ()
    return found if isinstance(found, dict) else {}, own


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
    lines = chunk.lines[: len(chunk.lines) - _blanks(chunk.lines)]
    blanks = len(chunk.lines) - len(lines)
    if blanks or not last:
        # At the end of a file, jupytext counts the last line's end as well.
        metadata[BLANKS] = blanks + last
    source, line = "\n".join(lines), chunk.first
    if kind is Kind.CODE:
        return Cell(kind, "\n".join(_uncommented_magic(each) for each in lines), line, metadata)
    quoted = _QUOTED.fullmatch(source.strip())
    if quoted:
        skipped = source[: len(source) - len(source.lstrip())].count("\n")
        marker = _cell_marker(quoted)
        if BLANKS in metadata:
            metadata[BLANKS] += len(source) - len(source.rstrip("\n"))
        return Cell(
            kind,
            "\n".join(quoted["text"].splitlines()),
            line + skipped + len(quoted["first"]),
            metadata | ({"cell_marker": marker} if marker else {}),
        )
    return Cell(kind, "\n".join(_uncommented(each) for each in lines), line, metadata)


def _cell_marker(quoted: re.Match[str]) -> str:
    """Return jupytext's note of how a text is quoted: nothing where quotes and text share a line."""
    start, end = quoted["raw"] + quoted["quotes"], quoted["quotes"]
    if quoted["first"] and quoted["last"]:
        return start
    return f"{start}{quoted['first']},{quoted['last']}{end}" if quoted["raw"] else ""


def _blanks(lines: list[str]) -> int:
    """Return how many blank lines at a cell's end are no part of it: two where there are just two, else one."""
    ends = ["marker", *lines]
    if len(ends) > 2 and ends[-3].strip() and not ends[-2].strip() and not ends[-1].strip():  # noqa: PLR2004
        return 2
    return 0 if ends[-1].strip() else 1


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
        metadata = {**metadata, "region_name": "md"} if found[1] == "md" else metadata
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
