"""A source as cells: what a percent script or a notebook says, whatever its format."""

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from tito.records import dataclass


class Kind(StrEnum):
    """A cell's type, in Jupyter's words."""

    CODE = "code"
    MARKDOWN = "markdown"
    RAW = "raw"


class Role(StrEnum):
    """What a cell is for, in nbgrader's terms (`grade`, `solution`, `task` and `locked`)."""

    SOLUTION = "solution"
    TEST = "test"
    MANUAL = "manual"
    TASK = "task"
    READ_ONLY = "read-only"
    ORDINARY = "ordinary"


class Format(StrEnum):
    """How a document is written: its file ending without the dot."""

    PERCENT = "py"
    NOTEBOOK = "ipynb"


@dataclass(frozen=True, slots=True)
class Grading:
    """A cell's nbgrader metadata, made complete (schema 3).

    `points` is given for tests, manual answers and tasks, and None elsewhere.
    """

    grade_id: str
    role: Role
    points: Decimal | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    `line` is the 1-based line of the file on which `source` starts; in a notebook it counts within the cell,
    so it is 1. `metadata` is the cell's own, nbgrader's entry as it was written included. `extras` holds what
    else the file said of the cell (a notebook's id, outputs, attachments), so that writing it back loses nothing.
    """

    kind: Kind
    source: str
    line: int = 1
    metadata: Mapping[str, object] = field(default_factory=dict)
    extras: Mapping[str, object] = field(default_factory=dict)
    grading: Grading | None = None

    @property
    def role(self) -> Role:
        """The cell's role; a cell without nbgrader metadata is ordinary."""
        return self.grading.role if self.grading else Role.ORDINARY

    @property
    def grade_id(self) -> str:
        """The cell's grade_id, or "" where it has none."""
        return self.grading.grade_id if self.grading else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed source.

    `path` is how messages name it. `metadata` is the notebook's, or the YAML header's of a percent script.
    `has_cells` is False for a script without a cell marker, whose whole text is one ordinary code cell.
    """

    path: str
    format: Format
    cells: tuple[Cell, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)
    extras: Mapping[str, object] = field(default_factory=dict)
    has_cells: bool = True

    def place(self, cell: Cell, line: int = 1) -> tuple[str, int]:
        """Return (path, line) of a cell's `line` for messages; a notebook's path names the cell."""
        if self.format is Format.PERCENT:
            return self.path, cell.line + line - 1
        # Two cells may be equal, so it is this one that counts.
        number = next((place for place, each in enumerate(self.cells, 1) if each is cell), 0)
        return f"{self.path}[cell {number or self.cells.index(cell) + 1}]", line
