"""Which row of an export is a student's: exactly one, by ids alone. Names are too much alike to grade by."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from tito.errors import CourseError, Problem
from tito.records import dataclass
from tito.report.lms.sheet import Sheet, texts
from tito.report.lms.systems import System
from tito.report.text import label


@dataclass(frozen=True, slots=True)
class Score:
    """A student's final points for the column, under every id that the roster has; `why` there are none, or ""."""

    student: str
    ids: frozenset[str]
    final: Decimal | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """The row of each student; students without one, with the reason; and the file's own students without a grade."""

    rows: Mapping[str, int]
    left: tuple[tuple[str, str], ...]
    alone: tuple[str, ...]


def match(scores: Sequence[Score], sheet: Sheet, system: System) -> Matches:
    """Return which row is whose. Raises CourseError for a file whose columns name nobody."""
    known = _rows_by_id(sheet, system)
    rows: dict[str, int] = {}
    left: list[tuple[str, str]] = []
    for score in scores:
        found = {row for each in score.ids for row in known.get(_key(each), ())}
        if len(found) == 1:
            rows[score.student] = next(iter(found))
        else:
            left.append(
                (score.student, f"{len(found)} rows of the file may be meant" if found else "not in the file")
            )
    shared = {row for row in rows.values() if list(rows.values()).count(row) > 1}
    left += [(student, "another student has the same row") for student, row in rows.items() if row in shared]
    everyone = {row for found in known.values() for row in found}
    alone = tuple(label(sheet.rows[row][0].text.strip()) for row in sorted(everyone - set(rows.values())))
    return Matches({student: row for student, row in rows.items() if row not in shared}, tuple(left), alone)


def _rows_by_id(sheet: Sheet, system: System) -> Mapping[str, set[int]]:
    heads = texts(sheet.rows[0])
    places = [heads.index(each) for each in system.ids if each in heads]
    if not places:
        what = f"no column names students: none of {', '.join(system.ids)}"
        raise CourseError(Problem(what, "Export it with the students' ids.", sheet.path, 1))
    found: dict[str, set[int]] = {}
    for at, row in enumerate(sheet.rows[1:], 1):
        for each in {_key(row[place].text) for place in places if place < len(row)} - {""}:
            found.setdefault(each, set()).add(at)
    return found


def _key(text: str) -> str:
    return text.strip().casefold()
