"""A term's budget of late days: what of it each student has left for each module, by due dates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from tito.gradebook import schema
from tito.model.grade import Budget
from tito.model.rubric import Late
from tito.scoring import load
from tito.scoring.lateness import days_late

OPTION: Final = "tito_late_days"
# When work was due, by the rubric or an extension, in which module, and how many days late it came.
_Use = tuple[datetime, int, int]


class LateDays:
    """The late days of a class: `of` tells what a student has left for a module whose work was due at a time."""

    def __init__(self, connection: Connection) -> None:
        self._days = int(connection.get_execution_options().get(OPTION, 0))
        self._uses = _uses(connection) if self._days else {}

    def of(self, student: int, module: int, due: datetime | None) -> Budget | None:
        """Return what work that was due earlier has left; None where the course has no budget or this no due date."""
        if not self._days or due is None:
            return None
        left = self._days
        for before, other, days in self._uses.get(student, ()):
            if (before, other) < (due, module):
                left -= min(days, left)
        return Budget(self._days, left)


def _uses(connection: Connection) -> Mapping[int, list[_Use]]:
    runs, work, batches, newest = schema.runs, schema.submissions, schema.batches, schema.acceptances
    last = select(func.max(newest.c.id)).group_by(newest.c.student_id, newest.c.module_id)
    counting = select(newest.c.run_id).where(newest.c.id.in_(last))
    query = select(work.c.student_id, work.c.module_id, runs.c.submitted, batches.c.edition_id)
    query = query.select_from(runs.join(work).join(batches, batches.c.id == runs.c.batch_id))
    rows = connection.execute(query.where(runs.c.id.in_(counting), runs.c.submitted.is_not(None))).all()
    policies = _policies(connection)
    own = _own_dates(connection)
    free = _excused(connection)
    found: dict[int, list[_Use]] = {}
    for row in rows:
        late, who = policies.get(row.edition_id), (row.student_id, row.module_id)
        if late and who not in free:
            due = own.get(who) or late.due
            found.setdefault(row.student_id, []).append((due, row.module_id, days_late(late, row.submitted, due)))
    return {student: sorted(uses) for student, uses in found.items()}


def _policies(connection: Connection) -> dict[int, Late | None]:
    table = schema.editions
    rows = connection.execute(select(table.c.id, table.c.rubric))
    return {row.id: load(row.rubric, f"edition {row.id}").rubric.late for row in rows}


def _own_dates(connection: Connection) -> dict[tuple[int, int], datetime | None]:
    rows = connection.execute(select(schema.extensions).order_by(schema.extensions.c.id))
    return {(row.student_id, row.module_id): row.until for row in rows}


def _excused(connection: Connection) -> set[tuple[int, int]]:
    rows = connection.execute(select(schema.excuses).order_by(schema.excuses.c.id))
    newest = {(row.student_id, row.module_id): row.excused for row in rows}
    return {who for who, excused in newest.items() if excused}
