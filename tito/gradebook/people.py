"""Students, modules and criteria by name, and the roster."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, delete, select, update

from tito.errors import Problem, UsageError
from tito.gradebook import schema
from tito.gradebook.insert import add
from tito.gradebook.record import module_id
from tito.model.escapes import escaped
from tito.model.rubric import Criterion, Rubric
from tito.records import dataclass
from tito.scoring import load


@dataclass(frozen=True, slots=True)
class Person:
    """A student: `name` is the id that submissions are found under, `more` is all that the roster says."""

    name: str
    full_name: str = ""
    email: str = ""
    more: dict[str, str] = field(default_factory=dict)


def student(connection: Connection, name: str) -> int:
    """Return a student's number. Raises UsageError with the names that are near."""
    return _number(connection, schema.students, escaped(name), "student")


def known(connection: Connection, name: str, module: str) -> tuple[int, int] | None:
    """Return the numbers of a student and a module, None where the gradebook does not have both."""
    own = select(schema.students.c.id, schema.modules.c.id)
    row = connection.execute(
        own.where(schema.students.c.name == escaped(name), schema.modules.c.name == module)
    ).first()
    return (int(row[0]), int(row[1])) if row else None


def module(connection: Connection, name: str) -> int:
    """Return a module's number. Raises UsageError with the names that are near."""
    return _number(connection, schema.modules, name, "module")


def ensure_module(connection: Connection, name: str, title: str = "") -> int:
    """Return a module's number; add it where nothing of it was graded yet."""
    return module_id(connection, name, title)


def rubric(connection: Connection, number: int) -> Rubric | None:
    """Return a module's newest rubric in the gradebook."""
    table = schema.editions
    query = select(table.c.rubric).where(table.c.module_id == number).order_by(table.c.id.desc()).limit(1)
    text = connection.execute(query).scalar()
    return load(text, "the gradebook's rubric").rubric if text else None


def criterion(found: Rubric | None, name: str) -> Criterion:
    """Return a rubric's criterion. Raises UsageError with the names that there are."""
    criteria = found.criteria if found else ()
    same = next((each for each in criteria if each.id == name), None)
    if same is None:
        names = ", ".join(each.id for each in criteria) or "none: nothing was graded yet"
        raise UsageError(Problem(f"there is no criterion {name}", f"There are {names}."))
    return same


def students(connection: Connection) -> Sequence[Person]:
    """Return every student, by name."""
    table = schema.students
    rows = connection.execute(select(table).order_by(table.c.name))
    return [Person(row.name, row.full_name, row.email, row.more or {}) for row in rows]


def roster(connection: Connection) -> Sequence[Person]:
    """Return the students on the roster, by name."""
    table = schema.students
    rows = connection.execute(select(table).where(table.c.on_roster).order_by(table.c.name))
    return [Person(row.name, row.full_name, row.email, row.more or {}) for row in rows]


def enrol(connection: Connection, people: Iterable[Person]) -> int:
    """Put people on the roster, or bring their names up to date; return how many are new to the gradebook."""
    people = [Person(escaped(each.name), each.full_name, each.email, each.more) for each in people]
    table = schema.students
    before = set(connection.execute(select(table.c.name)).scalars())
    add(connection, table, [{"name": each.name} for each in people])
    for each in people:
        values = {"full_name": each.full_name, "email": each.email, "more": each.more, "on_roster": True}
        connection.execute(update(table).where(table.c.name == each.name).values(**values))
    return len({each.name for each in people} - before)


def leave(connection: Connection, names: Iterable[str]) -> None:
    """Take students off the roster; nothing of them is removed."""
    table = schema.students
    for name in names:
        connection.execute(update(table).where(table.c.name == name).values(on_roster=False))


def rename(connection: Connection, old: str, new: str) -> None:
    """Give a student another id. Raises UsageError where there is none of the old id, or one of the new."""
    table = schema.students
    number = student(connection, old)
    if connection.execute(select(table.c.id).where(table.c.name == escaped(new))).scalar() is not None:
        what = f"there is a student {new} already"
        raise UsageError(Problem(what, f"Look at both: `tito gradebook history {new}` and `… {old}`."))
    connection.execute(update(table).where(table.c.id == number).values(name=escaped(new)))


def merge(connection: Connection, old: str, into: str) -> None:
    """Make one student of two: all that `old` handed in, and what was decided about it, is the other's from now on.

    Of what both have, the newer counts. Raises UsageError where there is none of an id, or both are one.
    """
    gone, kept = student(connection, old), student(connection, into)
    if gone == kept:
        raise UsageError(Problem(f"{old} and {into} are one student already", "Name two ids."))
    work = schema.submissions
    for same in connection.execute(_in_both(gone, kept)).all():
        # One submission of one file for one module: its runs go to the other's.
        runs = update(schema.runs).where(schema.runs.c.submission_id == same.gone)
        connection.execute(runs.values(submission_id=same.kept))
        connection.execute(delete(schema.answers).where(schema.answers.c.submission_id == same.gone))
        connection.execute(delete(work).where(work.c.id == same.gone))
    for table in (work, *_DECISIONS):
        connection.execute(update(table).where(table.c.student_id == gone).values(student_id=kept))
    connection.execute(delete(schema.students).where(schema.students.c.id == gone))


_DECISIONS: Final = (
    schema.acceptances, schema.overrides, schema.extensions, schema.adjustments, schema.excuses, schema.comments,
    schema.marks,
)  # fmt: skip


def _in_both(gone: int, kept: int) -> Select[Any]:
    first, second = schema.submissions.alias("gone"), schema.submissions.alias("kept")
    query = select(first.c.id.label("gone"), second.c.id.label("kept"))
    alike = (first.c.module_id == second.c.module_id) & (first.c.digest == second.c.digest)
    return query.where(first.c.student_id == gone, second.c.student_id == kept, alike)


def _number(connection: Connection, table: Table, name: str, kind: str) -> int:
    found: Any = connection.execute(select(table.c.id).where(table.c.name == name)).scalar()
    if found is not None:
        return int(found)
    names = list(connection.execute(select(table.c.name).order_by(table.c.name)).scalars())
    near = difflib.get_close_matches(name, names, 3) or names[:8]
    fix = f"There are {', '.join(near)}." if near else "Nothing was recorded yet: run `tito grade`."
    raise UsageError(Problem(f"there is no {kind} {name} in the gradebook", fix))
