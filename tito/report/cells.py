"""What cells showed, on a terminal and for pages: what tito saw, and apart from it what the file says of itself."""

import base64
from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tito.model.cell_output import MOST_TEXT, CellOutput, Seen, png_size
from tito.records import dataclass
from tito.report.style import Style
from tito.report.text import label, safe
from tito.report.words import counted

RAN: Final = "what it showed when tito ran it"
SAYS: Final = "what the file says that it showed: its author's word, which nobody checked"
NOT_ASKED: Final = "what its cells show was not kept when this was graded: grade it again with --force"
_LINES: Final = 12
_WIDTH: Final = 200
# A cut text has a sentence behind it.
_MOST: Final = MOST_TEXT + 100


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a page may hold: the URI of its own bytes, and its size."""

    uri: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CellView:
    """What one cell showed, as a page shows it: safe text, and pictures that are ones."""

    label: str
    text: str
    value: str
    error: str
    pictures: tuple[Picture, ...]
    left_out: str


def cell_view(cell: CellOutput) -> CellView:
    """Return what a cell showed, for a page, which escapes the signs of HTML itself."""
    pictures = tuple(_drawn(cell))
    return CellView(
        _place(cell), *_texts(cell), pictures, _left_out(cell.left_out + len(cell.pictures) - len(pictures))
    )


def cells_report(seen: Seen, style: Style, lines: int = _LINES) -> RenderableType:
    """Return what an answer's cells showed; of long texts, the first `lines` lines."""
    if not seen.asked:
        return Text(style.say(f"({NOT_ASKED})"), style="dim")
    parts: list[RenderableType] = []
    for head, cells in ((RAN, seen.ran), (SAYS, seen.says)):
        if cells:
            parts.append(Text(style.say(f"{head}:"), style="bold" if head == RAN else "yellow"))
            parts += [_cell(cell, style, lines) for cell in cells]
    return Group(*parts or [Text("(its cells showed nothing)", style="dim")])


def _cell(cell: CellOutput, style: Style, lines: int) -> RenderableType:
    view = cell_view(cell)
    told = [Text(style.say(_few(each, lines)), style=colour) for each, colour in _coloured(view) if each]
    drawn = [f"{each.width} x {each.height}" for each in view.pictures]
    if drawn:
        what = f"{counted(len(drawn), 'picture')} ({', '.join(drawn)}): [o] opens the page that shows it"
        told.append(Text(what, style="cyan"))
    if view.left_out:
        told.append(Text(view.left_out, style="dim"))
    return Padding(Group(Text(style.say(view.label), style="dim"), *told), (0, 0, 0, 2))


def _coloured(view: CellView) -> Iterator[tuple[str, str]]:
    yield view.text.rstrip("\n"), ""
    yield view.value, ""
    yield view.error, "red"


def _few(text: str, lines: int) -> str:
    all_lines = [each for line in text.splitlines() for each in wrap(line, _WIDTH, drop_whitespace=False) or [""]]
    if len(all_lines) <= lines:
        return text
    return "\n".join([*all_lines[:lines], f"… {counted(len(all_lines) - lines, 'more line')}: [o] shows all"])


def _place(cell: CellOutput) -> str:
    """Return where a cell stands, without its file's name, which may say whose it is."""
    _, inside, number = cell.label.rpartition("[cell ")
    return f"cell {label(number.removesuffix(']'), 10)}" if inside else f"line {cell.line}"


def _texts(cell: CellOutput) -> tuple[str, str, str]:
    return safe(cell.text, _MOST), safe(cell.value, _MOST), safe(cell.error, _MOST)


def _drawn(cell: CellOutput) -> Iterator[Picture]:
    for content in cell.pictures:
        # Looked at once more, for a page may be made of what another program kept.
        if size := png_size(content):
            yield Picture(f"data:image/png;base64,{base64.b64encode(content).decode('ascii')}", *size)


def _left_out(count: int) -> str:
    return f"{counted(count, 'more picture')} left out" if count > 0 else ""
