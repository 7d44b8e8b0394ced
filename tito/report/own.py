"""A student's own file as reports name it: by paths that a terminal opens, and by cells as Jupyter numbers them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Final

from tito.model.outcome import Frame
from tito.records import dataclass
from tito.report.text import one_line

_CELL: Final = re.compile(r"(?P<file>[^\[\]]+)\[cell (?P<number>\d+)\](?::(?P<line>\d+))?")
_WIDE: Final = 48


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A notebook's cell: the number that Jupyter shows before it, None where it has not run, and its first line."""

    number: int | None
    first: str

    def __str__(self) -> str:
        shown = " " if self.number is None else str(self.number)
        return f"In [{shown}] `{one_line(self.first, _WIDE)}`"


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """What keeps a cell from being Python: `text` is the line, `column` counts from 1, 0 where it is not known."""

    path: str
    line: int
    column: int
    name: str
    message: str
    before: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The file that was checked.

    `path` is as it is opened from where the command ran, `label` what frames call it, `root` the way from there to
    the course's folder, "" where that is here. `cells` are a notebook's, from the first on; `defined` are the lines
    on which names are, by name.
    """

    path: str
    label: str
    module: str = ""
    title: str = ""
    saved: datetime | None = None
    root: str = ""
    cells: Sequence[OwnCell] = ()
    defined: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def place(self, path: str, line: int) -> str:
        """Return where a frame is: `path:line`, in a notebook the cell and its line."""
        if found := _CELL.fullmatch(path):
            number = int(found["number"])
            named = self.cells[number - 1] if 0 < number <= len(self.cells) else f"cell {number}"
            return f"{self.path}, {named}, line {line}"
        if path == self.label:
            return f"{self.path}:{line}"
        return f"{self.root}{path}:{line}"

    def frame(self, frame: Frame) -> str:
        """Return a frame as a line of text."""
        code = f": {frame.code.strip()}" if frame.code.strip() else ""
        return f"{self.place(frame.path, frame.line)} in {frame.function}{code}"

    def note(self, note: str) -> str:
        """Return a note with the place at its beginning as it is opened; of any other one, its text."""
        found = _NOTE.match(note)
        if found is None or not self.is_ours(note):
            return note
        line = int(found["line"] or 1)
        return f"{self.place(found['path'], line)}: {note[found.end() :].lstrip(': ')}"

    def is_ours(self, note: str) -> bool:
        """Whether a note tells of a cell of this file that stopped."""
        found = _NOTE.match(note)
        return bool(found and self.label and found["path"].partition("[")[0] == self.label)


# Of a file that nobody looked at: paths stay as frames have them.
NOBODYS: Final = OwnFile("", "")
_NOTE: Final = re.compile(r"(?P<path>[^:\[\]]+(?:\[cell \d+\])?)(?::(?P<line>\d+))?: ")
