"""A term's budget of late days: what of it each student has left for each assignment, by due dates."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from tito.gradebook import schema
from tito.gradebook.columns import Line
from tito.gradebook.wholes import Wholes, latest, wholes
from tito.model.grade import Budget
from tito.model.rubric import Late
from tito.scoring import load
from tito.scoring.lateness import days_late

OPTION: Final = "tito_late_days"
# When work was due, by the rubric or an extension, in which assignment, and how many days late it came.
_Use = tuple[datetime, int, int]
_Who = tuple[int, int]


class LateDays:
    """The late days of a class: `of` tells what a student has left for a module whose work was due at a time.

    An assignment of several modules is late once, when the last of it was handed in.
    """

    def __init__(self, connection: Connection) -> None:
        self._days = int(connection.get_execution_options().get(OPTION, 0))
        self._wholes = wholes(connection) if self._days else Wholes()
        self._uses = _uses(connection, self._wholes) if self._days else {}

    def of(self, student: int, module: int, due: datetime | None) -> Budget | None:
        """Return what work that was due earlier has left; None where the course has no budget or this no due date."""
        if not self._days or due is None:
            return None
        left, own = self._days, self._wholes.whole(module)
        for before, other, days in self._uses.get(student, ()):
            if (before, other) < (due, own):
                left -= min(days, left)
        return Budget(self._days, left)


def _uses(connection: Connection, known: Wholes) -> Mapping[int, list[_Use]]:
    policies = _policies(connection)
    own = _own_dates(connection, known)
    handed: dict[_Who, list[Line]] = {}
    for row in _handed_in(connection, known):
        if policies.get(row.edition_id):
            handed.setdefault((row.student_id, known.whole(row.module_id)), []).append(row)
    found: dict[int, list[_Use]] = {}
    for (student, number), rows in handed.items():
        last = max(rows, key=lambda row: row.submitted)
        if late := policies[last.edition_id]:
            due = own.get((student, number)) or late.due
            found.setdefault(student, []).append((due, number, days_late(late, last.submitted, due)))
    return {student: sorted(uses) for student, uses in found.items()}


def _handed_in(connection: Connection, known: Wholes) -> Iterator[Line]:
    """Yield the runs that count and are not excused, with the times at which their work was handed in."""
    runs, work, batches, newest = schema.runs, schema.submissions, schema.batches, schema.acceptances
    last = select(func.max(newest.c.id)).group_by(newest.c.student_id, newest.c.module_id)
    counting = select(newest.c.run_id).where(newest.c.id.in_(last))
    query = select(work.c.student_id, work.c.module_id, runs.c.submitted, batches.c.edition_id)
    query = query.select_from(runs.join(work).join(batches, batches.c.id == runs.c.batch_id))
    free = _excused(connection, known)
    for row in connection.execute(query.where(runs.c.id.in_(counting), runs.c.submitted.is_not(None))):
        if not free & {(row.student_id, row.module_id), (row.student_id, -known.whole(row.module_id))}:
            yield row


def _policies(connection: Connection) -> dict[int, Late | None]:
    table = schema.editions
    rows = connection.execute(select(table.c.id, table.c.rubric))
    return {row.id: load(row.rubric, f"edition {row.id}").rubric.late for row in rows}


def _own_dates(connection: Connection, known: Wholes) -> dict[_Who, datetime | None]:
    rows = connection.execute(select(schema.extensions).order_by(schema.extensions.c.id))
    return {who: latest(row.until for row in newest) for who, newest in known.newest(rows).items()}


def _excused(connection: Connection, known: Wholes) -> set[_Who]:
    """Return who is excused from which module, by number, or from which whole assignment, by its number below 0."""
    rows = connection.execute(select(schema.excuses).order_by(schema.excuses.c.id))
    newest = [(who, row) for who, found in known.newest(rows).items() for row in found if row.excused]
    return {
        (student, -number if row.module_id in known.named else row.module_id) for (student, number), row in newest
    }
