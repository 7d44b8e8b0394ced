"""Assignments of several modules: what people decided about one as a whole is kept under its own name."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from tito.gradebook import schema
from tito.gradebook.columns import Line
from tito.model.course import Assignment
from tito.records import dataclass

OPTION: Final = "tito_assignments"


def assignments(connection: Connection) -> tuple[Assignment, ...]:
    """Return the course's assignments of several modules, as a gradebook was opened with them."""
    found: tuple[Assignment, ...] = connection.get_execution_options().get(OPTION, ())
    return found


def parts(connection: Connection) -> frozenset[str]:
    """Return the modules that are a part of an assignment, so that lateness is not their own."""
    return frozenset(module for each in assignments(connection) for module in each.modules)


@dataclass(frozen=True, slots=True)
class Wholes:
    """Which assignment a module, by its number, is a part of; a module alone is its own.

    A module of several assignments counts for the first. `named` are the numbers of what is decided as a whole.
    """

    of: Mapping[int, int] = field(default_factory=dict)
    named: frozenset[int] = frozenset()

    def whole(self, module: int) -> int:
        """Return the number under which a module's assignment counts: that of its oldest module."""
        return self.of.get(module, module)

    def newest(self, rows: Iterable[Line]) -> dict[tuple[int, int], list[Line]]:
        """Return by student and assignment the newest decisions that count: the whole's, or else those of its parts.

        `rows` are in the order in which they were written.
        """
        by_module = {(row.student_id, row.module_id): row for row in rows}
        found: dict[tuple[int, int], list[Line]] = {}
        own: dict[tuple[int, int], list[Line]] = {}
        for (student, number), row in by_module.items():
            where = own if number in self.named else found
            where.setdefault((student, self.whole(number)), []).append(row)
        return found | own


def wholes(connection: Connection) -> Wholes:
    """Return a gradebook's assignments by the numbers of its modules."""
    listed = assignments(connection)
    if not listed:
        return Wholes()
    table = schema.modules
    numbers = {row.name: int(row.id) for row in connection.execute(select(table.c.id, table.c.name))}
    of: dict[int, int] = {}
    named = set()
    for each in listed:
        known = [numbers[name] for name in each.modules if name in numbers]
        key = min(known, default=numbers.get(each.name, 0))
        if each.name in numbers:
            named.add(numbers[each.name])
            of[numbers[each.name]] = key
        for number in known:
            of.setdefault(number, key)
    return Wholes(of, frozenset(named))


def latest(dates: Iterable[datetime | None]) -> datetime | None:
    """Return the latest of due dates, None where there is none."""
    return max((date for date in dates if date), default=None)
