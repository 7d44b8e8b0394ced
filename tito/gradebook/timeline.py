"""All that happened to a student's grades, in the order in which it was written."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Connection, select

from tito.gradebook import schema
from tito.gradebook.columns import Line
from tito.gradebook.read import Kept, history
from tito.model.event import Event
from tito.model.points import points


def events(connection: Connection, student: str, module: str = "") -> tuple[Event, ...]:
    """Return what happened to a student's grades, the oldest first."""
    number = select(schema.students.c.id).where(schema.students.c.name == student).scalar_subquery()
    found = [_run(each) for each in history(connection, module, student)]
    found += [*_acceptances(connection, number, module), *_decisions(connection, number, module)]
    return tuple(sorted(found, key=lambda each: each.at))


def _run(kept: Kept) -> Event:
    grade = kept.grade
    state = "refused: " + grade.refusal if grade.refusal else f"{points(grade.earned)} of {points(grade.possible)}"
    word = "broken" if grade.broken else state
    counts = "counts" if kept.current else "proposed" if kept.proposed else "earlier"
    where = f"{grade.path} ({kept.digest[:8] or 'unread'}), sandbox {grade.level or 'not run'}, {kept.tool}"
    return Event(kept.at, "run", grade.module, kept.author, f"run {kept.run}: {word}, {counts}: {where}")


def _decisions(connection: Connection, student: object, module: str) -> Iterator[Event]:
    for table, say in (
        (schema.overrides, _override),
        (schema.marks, _mark),
        (schema.comments, _comment),
        (schema.extensions, _extension),
        (schema.adjustments, _adjustment),
        (schema.excuses, _excuse),
    ):
        query = select(table, schema.modules.c.name.label("module")).join(schema.modules)
        query = query.where(table.c.student_id == student).order_by(table.c.id)
        if module:
            query = query.where(schema.modules.c.name == module)
        for row in connection.execute(query):
            yield Event(row.at, table.name.rstrip("s"), row.module, row.author, say(row))


def _acceptances(connection: Connection, student: object, module: str) -> Iterator[Event]:
    """Yield when proposed runs were accepted; the others counted at once."""
    table, modules, runs, batches = schema.acceptances, schema.modules, schema.runs, schema.batches
    query = select(table, modules.c.name.label("module")).join(modules, modules.c.id == table.c.module_id)
    query = query.join(runs, runs.c.id == table.c.run_id).join(batches, batches.c.id == runs.c.batch_id)
    query = query.where(table.c.student_id == student, batches.c.proposed)
    for row in connection.execute(query.where(modules.c.name == module) if module else query):
        yield Event(row.at, "accepted", row.module, row.author, f"run {row.run_id} counts")


def _override(row: Line) -> str:
    what = "withdrawn" if row.earned is None else _worth(row.earned)
    return f"{row.criterion}: {what}: {row.reason}"


def _mark(row: Line) -> str:
    what = "taken back" if row.points is None else f"{row.level or 'marked'}, {_worth(row.points)}"
    return f"{row.criterion}: {what}"


def _comment(row: Line) -> str:
    if row.retracts:
        return f"comment {row.retracts} retracted"
    return f"comment {row.id}{f' on {row.criterion}' if row.criterion else ''}: {row.text or '(removed)'}"


def _extension(row: Line) -> str:
    what = "withdrawn" if row.until is None else f"until {row.until:%Y-%m-%d %H:%M} UTC"
    return f"{what}: {row.reason}" if row.reason else what


def _adjustment(row: Line) -> str:
    if row.plus is None and row.instead is None:
        return "withdrawn"
    what = f"to {_worth(row.instead)}" if row.plus is None else f"by {_worth(row.plus)}"
    return f"{what}: {row.reason}"


def _excuse(row: Line) -> str:
    what = "excused" if row.excused else "no longer excused"
    return f"{what}: {row.reason}" if row.reason else what


def _worth(value: Decimal) -> str:
    return f"{points(value)} point{'' if abs(value) == 1 else 's'}"
