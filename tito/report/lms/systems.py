"""What the exports of each LMS look like: who is in a row, which columns are grades, what they are out of.

Sources: canvas-lms lib/gradebook_importer.rb; Moodle's grading worksheet and grade export; Blackboard Learn's
"work offline".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from tito.errors import Problem, UsageError
from tito.records import dataclass
from tito.report.lms.sheet import Sheet, texts

_CANVAS_ID: Final = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)$")
_CANVAS_OWN: Final = re.compile(r"(current|final|override|unposted).*(score|points|grade)$", re.IGNORECASE)
_BLACKBOARD: Final = re.compile(r"(?P<title>.*?) \[Total Pts: (?P<points>[\d.,]+)[^\]]*\]\s*\|(?P<id>\d+)$")
_MOODLE: Final = re.compile(r"(?:[^:]+: ?)?(?P<title>.*) \(Real\)$")
_POINTS: Final = "Points Possible"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can take a grade: where it is, its title for people, what it is out of where that is told.

    `closed` says why it must not be filled; `only` is a file's one column for grades.
    """

    place: int
    head: str
    title: str
    possible: Decimal | None = None
    closed: str = ""
    only: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """One LMS: `ids` are the columns that name a student for sure."""

    name: str
    ids: tuple[str, ...]
    columns: Callable[[Sheet], Sequence[Column]]


def number(text: str) -> Decimal | None:
    """Return a number as an LMS writes it, with a point or a comma; None where it is none."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _canvas(sheet: Sheet) -> Sequence[Column]:
    heads = texts(sheet.rows[0])
    if "Student" not in heads[0] or heads[1:2] != ["ID"] or "Section" not in heads:
        what = "this is not an export of Canvas's gradebook: it begins with Student and ID and has Section"
        raise UsageError(Problem(what, "Export the gradebook and name that file.", sheet.path, 1))
    points = next((texts(row) for row in sheet.rows[1:4] if row and _POINTS in row[0].text), [])
    found = []
    for place, head in enumerate(heads):
        match = _CANVAS_ID.match(head)
        if place > heads.index("Section") and match and not _CANVAS_OWN.search(match["title"]):
            told = points[place] if place < len(points) else ""
            closed = "Canvas computes it (read only)" if "read only" in told else ""
            found.append(Column(place, head, match["title"], number(told), closed))
    return found


def _moodle(sheet: Sheet) -> Sequence[Column]:
    heads = texts(sheet.rows[0])
    if "Identifier" in heads and "Grade" in heads:
        most = heads.index("Maximum Grade") if "Maximum Grade" in heads else None
        values = {number(row[most].text) for row in sheet.rows[1:] if most is not None and most < len(row)} - {None}
        possible = values.pop() if len(values) == 1 else None
        return [Column(heads.index("Grade"), "Grade", "Grade", possible, only=True)]
    found = [(place, head, match) for place, head in enumerate(heads) if (match := _MOODLE.match(head))]
    return [Column(place, head, match["title"]) for place, head, match in found]


def _blackboard(sheet: Sheet) -> Sequence[Column]:
    heads = texts(sheet.rows[0])
    found = [(place, head, match) for place, head in enumerate(heads) if (match := _BLACKBOARD.match(head))]
    return [Column(place, head, match["title"], number(match["points"])) for place, head, match in found]


SYSTEMS: Final[Mapping[str, System]] = {
    each.name: each
    for each in (
        System("canvas", ("ID", "SIS User ID", "SIS Login ID", "Integration ID"), _canvas),
        System("moodle", ("ID number", "Email address", "Username", "Identifier"), _moodle),
        System("blackboard", ("Username", "Student ID"), _blackboard),
    )
}
