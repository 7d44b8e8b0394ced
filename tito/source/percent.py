"""The percent format, read with line numbers and without jupytext, which takes 0.24 s to import.

It gives the cells that `jupytext.reads(text, "py:percent")` gives; tests hold the two together on every source
here and on generated ones. It differs on purpose in three ways. A comment such as `# copy it` or `# why?` stays a
comment, where jupytext takes it for a shell command or a question to IPython. A marker with nbgrader's metadata
always starts a cell, so that a string left open costs a student one cell and not all that follow. Cells for other
languages (`language`, `active`) are read as they stand.
Source of the format: jupytext's documentation, "The percent format".
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

from tito.model.document import Cell, Kind
from tito.records import dataclass
from tito.source.percent_header import BLANKS, read_header
from tito.source.percent_lines import held_after, uncommented, uncommented_magics
from tito.source.percent_marker import MARKER, is_json, options
from tito.source.plain import MAX_CELLS

__all__ = ["BLANKS", "read_percent"]
_QUOTED: Final = re.compile(
    r"(?P<raw>[rR]?)(?P<quotes>\"\"\"|''')(?P<first>\n?)(?P<text>.*?)(?P<last>\n?)(?P=quotes)", re.DOTALL
)

# How a marker holds nbgrader's metadata: in jupytext's two spellings.
_NBGRADERS: Final = ("nbgrader=", '"nbgrader":')


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The lines from one marker to the next; `first` is the 1-based line of the first one after the marker."""

    marker: str | None
    first: int
    lines: list[str]


def read_percent(text: str) -> tuple[dict[str, Any], tuple[Cell, ...], bool]:
    """Return (the header's metadata, cells, whether there was a marker); without one, the text is one code cell."""
    lines = text.removesuffix("\n").split("\n") if text else []
    metadata, own, start = read_header(lines)
    # One more than there may be is enough to be refused.
    chunks = list(itertools.islice(_chunks(lines, start), MAX_CELLS + 2))
    chunks = [chunk for chunk in chunks if chunk.marker is not None or chunk.lines]
    if all(chunk.marker is None for chunk in chunks):
        return metadata, (Cell(Kind.CODE, text.rstrip("\n")),) if text.strip() else (), False
    if any(is_json(chunk.marker or "") for chunk in chunks):
        metadata.setdefault("jupytext", {})["cell_metadata_json"] = True
    cells = tuple(_cell(chunk, last=chunk is chunks[-1]) for chunk in chunks)
    return metadata, (*own, *cells), True


def _chunks(lines: list[str], start: int) -> Iterator[_Chunk]:
    marker, first, read, held = None, start, start, ""
    for place in range(start, len(lines)):
        line = lines[place]
        found = MARKER.match(line) if "%%" in line or "]" in line or ">" in line else None
        if not found:
            continue
        held, read = held_after(lines[read:place], held), place
        if not held or any(sign in line for sign in _NBGRADERS):
            yield _Chunk(marker, first + 1, lines[first:place])
            marker, first, read, held = found["rest"] or "", place + 1, place + 1, ""
    yield _Chunk(marker, first + 1, lines[first:])


def _cell(chunk: _Chunk, *, last: bool) -> Cell:
    kind, metadata = options(chunk.marker or "")
    blanks = _blanks(["", *chunk.lines] if chunk.marker is None else ["marker", *chunk.lines])
    lines = chunk.lines[: len(chunk.lines) - blanks]
    if blanks or not last:
        # At the end of a file, jupytext counts the last line's end as well.
        metadata[BLANKS] = blanks + last
    if kind is Kind.CODE:
        return Cell(kind, "\n".join(uncommented_magics(lines)), chunk.first, metadata)
    source = "\n".join(lines)
    quoted = _QUOTED.fullmatch(source.strip())
    if not quoted:
        return Cell(kind, "\n".join(uncommented(each) for each in lines), chunk.first, metadata)
    line = chunk.first + source[: len(source) - len(source.lstrip())].count("\n") + len(quoted["first"])
    if marker := _cell_marker(quoted):
        metadata["cell_marker"] = marker
    if BLANKS in metadata:
        metadata[BLANKS] += len(source) - len(source.rstrip("\n"))
    return Cell(kind, quoted["text"].removesuffix("\n"), line, metadata)


def _cell_marker(quoted: re.Match[str]) -> str:
    """Return jupytext's note of how a text is quoted: nothing where quotes and text share a line."""
    start, end = quoted["raw"] + quoted["quotes"], quoted["quotes"]
    if quoted["first"] and quoted["last"]:
        return start
    return f"{start}{quoted['first']},{quoted['last']}{end}" if quoted["raw"] else ""


def _blanks(lines: list[str]) -> int:
    """Return how many blank lines at a cell's end are no part of it: two where there are just two, else one."""
    if len(lines) > 2 and lines[-3].strip() and not lines[-2].strip() and not lines[-1].strip():  # noqa: PLR2004
        return 2
    return 1 if lines[1:] and not lines[-1] else 0
