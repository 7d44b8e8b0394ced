"""An open gradebook: what workflows use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from tito.gradebook.database import connect, reading, writing
from tito.gradebook.latedays import OPTION
from tito.gradebook.location import Location
from tito.gradebook.upgrade import upgrade
from tito.gradebook.wholes import OPTION as ASSIGNMENTS
from tito.model.course import Assignment
from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A gradebook that is at this tito's schema; `backup` is where an older one was copied to before its upgrade.

    `late_days` are the course's budget of them for a term, 0 where it has none; `assignments` are those of its
    assignments that have several modules.
    """

    location: Location
    engine: Engine
    backup: Path | None = None
    late_days: int = 0
    assignments: tuple[Assignment, ...] = ()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of it."""
        with reading(self.engine, self.location) as connection:
            yield self._told(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that is written whole or not at all."""
        with writing(self.engine, self.location) as connection:
            yield self._told(connection)

    def _told(self, connection: Connection) -> Connection:
        return connection.execution_options(**{OPTION: self.late_days, ASSIGNMENTS: self.assignments})


def open_gradebook(
    location: Location,
    now: datetime,
    *,
    create: bool = False,
    server: bool = False,
    late_days: int = 0,
    assignments: tuple[Assignment, ...] = (),
) -> Gradebook:
    """Open a gradebook, upgraded where it is older; make it where there is none and `create` says so.

    `server` says that a database on a server was backed up. Raises UsageError where there is none, CourseError for
    one that is newer than this tito or none of ours, BrokenError where it cannot be reached.
    """
    engine = connect(location, create=create)
    return Gradebook(location, engine, upgrade(engine, location, now, server=server), late_days, assignments)
