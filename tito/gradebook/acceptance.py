"""Proposed batches: what a regrade would make of a class, until it is accepted."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from tito.errors import Problem, UsageError
from tito.gradebook import schema
from tito.gradebook.read import of_batch
from tito.gradebook.record import accept, without_failures
from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting a batch did: `newer` were graded again meanwhile and `broken` could not be; both keep theirs."""

    batch: int
    accepted: tuple[str, ...]
    newer: tuple[str, ...]
    broken: tuple[str, ...]


def newest_proposal(connection: Connection, module: int) -> int:
    """Return the number of a module's newest proposed batch. Raises UsageError where there is none to accept."""
    batches, editions = schema.batches, schema.editions
    taken = select(schema.runs.c.batch_id).join(schema.acceptances)
    query = (
        select(func.max(batches.c.id))
        .join(editions)
        .where(editions.c.module_id == module, batches.c.proposed, batches.c.id.not_in(taken))
    )
    found = connection.execute(query).scalar()
    if found is None:
        raise UsageError(Problem("there is nothing to accept", "Run `tito grade --diff` first."))
    return int(found)


def accept_batch(connection: Connection, module: int, batch: int, author: str, at: datetime) -> Accepted:
    """Make a proposed batch's runs the ones that count, but for students who were graded again after it."""
    since = _counting_since(connection, module)
    kept = of_batch(connection, batch)
    numbers = _students(connection, batch)
    newer = {each.run for each in kept if since.get(numbers[each.run], 0) > each.run}
    broken = {each.run for each in kept if each.grade.broken}
    wanted = [(numbers[each.run], each.run) for each in kept if each.run not in newer]
    chosen = without_failures(connection, module, wanted, broken)
    accept(connection, module, chosen, author, at)
    done = {run for _, run in chosen}
    names = {each.run: each.grade.student for each in kept}
    return Accepted(
        batch,
        tuple(name for run, name in names.items() if run in done),
        tuple(name for run, name in names.items() if run in newer),
        tuple(name for run, name in names.items() if run in broken - done - newer),
    )


def _counting_since(connection: Connection, module: int) -> dict[int, int]:
    """Return the newest run that counts, by student."""
    table = schema.acceptances
    query = select(table.c.student_id, table.c.run_id).where(table.c.module_id == module).order_by(table.c.id)
    return {row.student_id: row.run_id for row in connection.execute(query)}


def _students(connection: Connection, batch: int) -> dict[int, int]:
    runs, submissions = schema.runs, schema.submissions
    query = select(runs.c.id, submissions.c.student_id).join(submissions).where(runs.c.batch_id == batch)
    return {row.id: row.student_id for row in connection.execute(query)}
