"""What people decide about grades: written as new rows, read as the newest of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from tito.gradebook import schema
from tito.gradebook.columns import Line
from tito.gradebook.wholes import Wholes, latest
from tito.model.course import Assignment
from tito.model.grade import Adjust, Comment, Mark, Override, Review

_Who = tuple[int, int]


def decide(connection: Connection, table: Table, who: _Who, author: str, at: datetime, **values: object) -> int:
    """Add a decision about a (student, module) and return its number."""
    row = {"student_id": who[0], "module_id": who[1], "author": author, "at": at, **values}
    return int(connection.execute(insert(table).returning(table.c.id), row).scalar_one())


def rows_of(connection: Connection, table: Table, who: _Who) -> Sequence[Line]:
    """Return the decisions about a (student, module), the oldest first."""
    query = select(table).where(table.c.student_id == who[0], table.c.module_id == who[1]).order_by(table.c.id)
    return connection.execute(query).all()


def reviews(connection: Connection, runs: Iterable[Line]) -> Mapping[int, Review]:
    """Return what people decided about each run's submission, by the run's number."""
    rows = list(runs)
    modules = {row.module_id for row in rows}
    # One student is read alone; a class is cheaper to read whole.
    students = {row.student_id for row in rows}
    alone = students if len(students) == 1 else None
    overrides = _newest(connection, schema.overrides, modules, alone, "criterion")
    extensions = _newest(connection, schema.extensions, modules, alone)
    adjustments = _newest(connection, schema.adjustments, modules, alone)
    excuses = _newest(connection, schema.excuses, modules, alone)
    notes, comments = _comments(connection, modules, alone)
    marks = _newest(connection, schema.marks, modules, alone, "criterion", "answer")
    answers = _answers(connection, rows) if marks else {}
    return {
        row.id: Review(
            _marks(marks.get(_who(row), {}), answers.get(row.submission, {})),
            _overrides(overrides.get(_who(row), {})),
            notes.get(_who(row), {}),
            tuple(comments.get(_who(row), ())),
            next((each.until for each in extensions.get(_who(row), {}).values()), None),
            _adjust(adjustments.get(_who(row), {})),
            _excused(excuses.get(_who(row), {})),
        )
        for row in rows
    }


def review_of(connection: Connection, who: _Who, answers: Mapping[str, str]) -> Review:
    """Return what people decided about a (student, module); `answers` are the digests of those at hand."""
    modules, alone = [who[1]], [who[0]]
    notes, comments = _comments(connection, modules, alone)
    overrides, marks = (
        _newest(connection, table, modules, alone, *keys).get(who, {})
        for table, keys in ((schema.overrides, ("criterion",)), (schema.marks, ("criterion", "answer")))
    )
    extensions, adjustments, excuses = (
        _newest(connection, table, modules, alone).get(who, {})
        for table in (schema.extensions, schema.adjustments, schema.excuses)
    )
    due = next((each.until for each in extensions.values()), None)
    own = (_marks(marks, answers), _overrides(overrides), notes.get(who, {}), tuple(comments.get(who, ())))
    return Review(*own, due, _adjust(adjustments), _excused(excuses))


def reviews_of_whole(connection: Connection, whole: Assignment) -> Mapping[int, Review]:
    """Return what people decided about an assignment of several modules as a whole, by the student's number.

    An extension of one of its modules, as earlier versions kept it, counts where the whole has none; of several the
    latest.
    """
    table = schema.modules
    query = select(table.c.id, table.c.name).where(table.c.name.in_((whole.name, *whole.modules)))
    numbers = {row.name: int(row.id) for row in connection.execute(query)}
    own = [number for name, number in numbers.items() if name == whole.name]
    known = Wholes(dict.fromkeys(numbers.values(), 0), frozenset(own))
    dates = known.newest(_rows(connection, schema.extensions, numbers.values(), None))
    due = {student: latest(row.until for row in rows) for (student, _), rows in dates.items()}
    adjustments, excuses = (_newest(connection, each, own, None) for each in (schema.adjustments, schema.excuses))
    _, comments = _comments(connection, own, None)
    students = {*due, *(student for found in (adjustments, excuses, comments) for student, _ in found)}
    return {
        student: Review(
            comments=tuple(comments.get(who, ())),
            due=due.get(student),
            adjust=_adjust(adjustments.get(who, {})),
            excused=_excused(excuses.get(who, {})),
        )
        for student in students
        for who in [(student, own[0] if own else 0)]
    }


def excused(connection: Connection, module: str = "") -> Mapping[tuple[str, str], str]:
    """Return who is excused and why, by student and module, whether or not anything was handed in."""
    table, students, modules = schema.excuses, schema.students, schema.modules
    query = select(students.c.name.label("student"), modules.c.name.label("module"), table.c.excused, table.c.reason)
    query = query.select_from(table.join(students).join(modules)).order_by(table.c.id)
    rows = connection.execute(query.where(modules.c.name == module) if module else query)
    newest = {(row.student, row.module): row for row in rows}
    return {who: row.reason or "excused" for who, row in newest.items() if row.excused}


def _who(row: Line) -> _Who:
    return row.student_id, row.module_id


def _newest(
    connection: Connection, table: Table, modules: Iterable[int], students: Iterable[int] | None, *keys: str
) -> dict[_Who, dict[tuple[Any, ...], Line]]:
    found: dict[_Who, dict[tuple[Any, ...], Line]] = {}
    for row in _rows(connection, table, modules, students):
        found.setdefault(_who(row), {})[tuple(row._mapping[key] for key in keys)] = row  # noqa: SLF001 - its name
    return found


def _rows(
    connection: Connection, table: Table, modules: Iterable[int], students: Iterable[int] | None
) -> Iterator[Line]:
    query = select(table).where(table.c.module_id.in_(list(modules))).order_by(table.c.id)
    if students is not None:
        query = query.where(table.c.student_id.in_(list(students)))
    yield from connection.execute(query)


def _adjust(rows: Mapping[tuple[Any, ...], Line]) -> Adjust | None:
    row = next(iter(rows.values()), None)
    if row is None or (row.plus is None and row.instead is None):
        return None
    return Adjust(row.reason, row.author, row.plus, row.instead)


def _excused(rows: Mapping[tuple[Any, ...], Line]) -> str:
    row = next(iter(rows.values()), None)
    return (row.reason or "excused") if row is not None and row.excused else ""


def _overrides(rows: Mapping[tuple[Any, ...], Line]) -> Mapping[str, Override]:
    return {
        row.criterion: Override(row.earned, row.author, row.reason, row.at, Decimal(0))
        for row in rows.values()
        if row.earned is not None
    }


def _marks(rows: Mapping[tuple[Any, ...], Line], answers: Mapping[str, str]) -> Mapping[str, Mark]:
    """Return the marks that were given to the answers at hand."""
    return {
        row.criterion: Mark(row.points, row.level, row.author, row.at)
        for row in rows.values()
        if row.points is not None and answers.get(row.criterion, "") == row.answer
    }


def _answers(connection: Connection, runs: Sequence[Line]) -> Mapping[int, Mapping[str, str]]:
    table, submissions = schema.answers, schema.submissions
    modules = {row.module_id for row in runs}
    columns = (table.c.submission_id, table.c.criterion, table.c.digest)
    found: dict[int, dict[str, str]] = {}
    query = select(*columns).join(submissions).where(submissions.c.module_id.in_(list(modules)))
    for number, criterion, digest in connection.execute(query):
        found.setdefault(number, {})[criterion] = digest
    return found


def _comments(
    connection: Connection, modules: Iterable[int], students: Iterable[int] | None
) -> tuple[dict[_Who, dict[str, str]], dict[_Who, list[Comment]]]:
    """Return the newest comment on each criterion, and those on the whole that nobody took back."""
    rows = list(_rows(connection, schema.comments, modules, students))
    retracted = {row.retracts for row in rows}
    notes: dict[_Who, dict[str, str]] = {}
    whole: dict[_Who, list[Comment]] = {}
    for row in rows:
        if row.criterion:
            notes.setdefault(_who(row), {})[row.criterion] = row.text
        elif row.retracts is None and row.id not in retracted:
            whole.setdefault(_who(row), []).append(Comment(row.text, row.author, row.at))
    return notes, whole
