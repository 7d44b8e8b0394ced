"""nbgrader's database, read without a change to it, and what of it goes into a gradebook of tito's."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table

from tito.collection.ids import student_id
from tito.errors import CourseError, Problem
from tito.gradebook import people, schema
from tito.gradebook.book import Gradebook
from tito.gradebook.decisions import decide, rows_of
from tito.gradebook.people import Person
from tito.records import dataclass

AUTHOR: Final = "nbgrader"
_REASON: Final = "as given in nbgrader"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_STUDENTS: Final = "SELECT id, first_name, last_name, email, lms_user_id FROM student ORDER BY id"
_ASSIGNMENTS: Final = "SELECT name, duedate FROM assignment"
_HANDED_IN: Final = """
SELECT s.student_id, a.name, s.timestamp, s.extension
FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id
"""
_SCORES: Final = """
SELECT s.student_id, a.name, n.name, c.name, g.auto_score, g.manual_score, g.extra_credit, m.manual_comment,
    COALESCE(gc.max_score, tc.max_score), c.type
FROM grade g
JOIN base_cell c ON c.id = g.cell_id
JOIN notebook n ON n.id = c.notebook_id
JOIN assignment a ON a.id = n.assignment_id
JOIN submitted_notebook sn ON sn.id = g.notebook_id
JOIN submitted_assignment s ON s.id = sn.assignment_id
LEFT JOIN grade_cells gc ON gc.id = c.id
LEFT JOIN task_cells tc ON tc.id = c.id
LEFT JOIN comment m ON m.cell_id = c.id AND m.notebook_id = g.notebook_id
ORDER BY s.student_id, a.name, n.name, c.name
"""


@dataclass(frozen=True, slots=True)
class Score:
    """What nbgrader gave one student for one cell: `auto` by its tests, `manual` by a person, in place of that."""

    student: str
    assignment: str
    notebook: str
    cell: str
    auto: Decimal | None
    manual: Decimal | None
    extra: Decimal
    comment: str
    most: Decimal


@dataclass(frozen=True, slots=True)
class NbgraderBook:
    """nbgrader's database: its students, and by assignment the due dates, extensions and scores."""

    students: tuple[Person, ...] = ()
    due: Mapping[str, datetime] = field(default_factory=dict)
    extensions: tuple[tuple[str, str, timedelta], ...] = ()
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """What of a database went into a gradebook: how many students, and how many decisions that are new."""

    students: int = 0
    decisions: int = 0
    left_out: tuple[str, ...] = ()


def read_nbgrader(path: Path) -> NbgraderBook:
    """Return what an nbgrader database holds. Raises CourseError for a file that is none, or an older nbgrader's."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not {"student", "assignment", "submitted_assignment"} <= tables:
                raise CourseError(Problem("this is no database of nbgrader's", "Leave it out.", str(path)))
            if "base_cell" not in tables:
                what = "this database is an older nbgrader's"
                raise CourseError(Problem(what, "Run `nbgrader db upgrade` in a copy of the course.", str(path)))
            return _read(connection)
    except sqlite3.Error as fault:
        raise CourseError(Problem(f"this database cannot be read: {fault}", "Restore it.", str(path))) from None


def _read(connection: sqlite3.Connection) -> NbgraderBook:
    due = {name: moment for name, text in connection.execute(_ASSIGNMENTS) if (moment := _moment(text))}
    later = [(student, name, _moment(text)) for student, name, _, text in connection.execute(_HANDED_IN)]
    return NbgraderBook(
        tuple(_person(*row) for row in connection.execute(_STUDENTS)),
        due,
        tuple((student, name, moment - _EPOCH) for student, name, moment in later if moment and moment > _EPOCH),
        tuple(_score(*row) for row in connection.execute(_SCORES)),
    )


def _person(name: str, first: str | None, last: str | None, email: str | None, lms: str | None) -> Person:
    full = " ".join(part for part in (first, last) if part)
    return Person(str(name), full, email or "", {"lms_user_id": lms} if lms else {})


def _score(  # noqa: PLR0913, PLR0917 - the columns of a row
    student: str, assignment: str, notebook: str, cell: str, auto: Any, manual: Any, extra: Any, comment: Any,
    most: Any, _kind: str,
) -> Score:  # fmt: skip
    found = [None if each is None else _points(each) for each in (auto, manual, extra, most)]
    return Score(
        student, assignment, notebook, cell, found[0], found[1], found[2] or Decimal(0), str(comment or "").strip(),
        found[3] or Decimal(0),
    )  # fmt: skip


def _points(value: float) -> Decimal:
    # A float's own digits, of which a gradebook keeps three behind the point.
    return round(Decimal(str(value)), 3).normalize() + Decimal(0)


def _moment(text: str | None) -> datetime | None:
    """Return a time as nbgrader keeps it, which is in UTC and says nothing of that."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
    except ValueError:
        return None


def enter(book: Gradebook, found: NbgraderBook, modules: Mapping[tuple[str, str], str], now: datetime) -> Entered:
    """Put a database's students on the roster, and write down what people decided there, module by module.

    `modules` are by assignment and notebook. What was decided in the gradebook meanwhile stays, and what is there
    already is not written again.
    """
    named = {each.name: student_id(each.name) for each in found.students}
    left_out = tuple(f"student {name}: {fault}" for name, (_, fault) in named.items() if fault)
    persons = [
        Person(named[each.name][0], each.full_name, each.email, each.more)
        for each in found.students
        if not named[each.name][1]
    ]
    names = {each.name: named[each.name][0] for each in found.students if not named[each.name][1]}
    with book.writing() as connection:
        people.enrol(connection, persons)
        writer = _Writer(connection, names, modules, now)
        writer.extend(found)
        writer.grade(found.scores)
    return Entered(len(persons), writer.written, left_out)


@dataclass(slots=True)
class _Writer:
    """Writes decisions as nbgrader's, unless somebody else has decided since or the same is there."""

    connection: Connection
    names: Mapping[str, str]
    modules: Mapping[tuple[str, str], str]
    now: datetime
    written: int = 0

    def extend(self, found: NbgraderBook) -> None:
        """Write the extensions of assignments."""
        for student, assignment, span in found.extensions:
            if assignment in found.due and (name := self._whole(assignment)):
                self._decide(schema.extensions, student, name, until=found.due[assignment] + span, reason=_REASON)

    def grade(self, scores: Iterable[Score]) -> None:
        """Write what people gave and said; what is above a cell's points goes to the whole grade."""
        beyond: dict[tuple[str, str], Decimal] = {}
        for score, module in self._known(scores):
            extra = score.extra
            if score.manual is not None:
                earned = min(max(score.manual, Decimal(0)), score.most)
                extra += score.manual - earned
                own = {"criterion": score.cell, "earned": earned, "reason": _REASON}
                self._decide(schema.overrides, score.student, module, key="criterion", **own)
            if score.comment:
                own = {"criterion": score.cell, "text": score.comment, "retracts": None}
                self._decide(schema.comments, score.student, module, key="criterion", **own)
            if extra:
                whose = (score.student, self._whole(score.assignment))
                beyond[whose] = beyond.get(whose, Decimal(0)) + extra
        for (student, whole), plus in beyond.items():
            self._decide(schema.adjustments, student, whole, plus=plus, instead=None, reason=_REASON)
            for module in [name for (of, _), name in self.modules.items() if of == whole != name]:
                self._take_back(student, module)

    def _whole(self, assignment: str) -> str:
        """Return what decisions about a whole assignment are kept under; "" where no module of it came over."""
        modules = [name for (of, _), name in self.modules.items() if of == assignment]
        return assignment if len(modules) > 1 else "".join(modules)

    def _known(self, scores: Iterable[Score]) -> Iterator[tuple[Score, str]]:
        for score in scores:
            module = self.modules.get((score.assignment, score.notebook))
            if module and score.student in self.names:
                yield score, module

    def _take_back(self, student: str, module: str) -> None:
        """Withdraw what an earlier import has written of a module; the whole assignment has it now."""
        who = (people.student(self.connection, self.names[student]), people.ensure_module(self.connection, module))
        rows = rows_of(self.connection, schema.adjustments, who)
        if rows and rows[-1].author == AUTHOR and rows[-1].plus is not None:
            self._decide(schema.adjustments, student, module, plus=None, instead=None, reason=_REASON)

    def _decide(self, table: Table, student: str, module: str, *, key: str = "", **values: Any) -> None:
        if student not in self.names:
            return
        who = (people.student(self.connection, self.names[student]), people.ensure_module(self.connection, module))
        rows = [row for row in rows_of(self.connection, table, who) if not key or getattr(row, key) == values[key]]
        if rows and (rows[-1].author != AUTHOR or _same(rows, values)):
            return
        decide(self.connection, table, who, AUTHOR, self.now, **values)
        self.written += 1


def _same(rows: Sequence[Any], values: Mapping[str, Any]) -> bool:
    return all(getattr(rows[-1], name) == value for name, value in values.items())
