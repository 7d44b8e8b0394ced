"""The engine below a gradebook: transactions, pragmas, and the database's faults as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from tito.errors import BrokenError, CourseError, Problem, UsageError
from tito.gradebook.location import Location
from tito.gradebook.write_ahead import write_ahead

_WRITES: Final = "tito_writes"
# How long one writer waits for another; a batch of 1,000 grades takes about a second.
_BUSY_MS: Final = 60_000


def connect(location: Location, *, create: bool = False) -> Engine:
    """Return the engine of a gradebook. Raises UsageError where there is none, unless `create`."""
    file = location.file
    if file is not None and not file.exists() and not create:
        fix = "Make one with `tito gradebook init`, or name another with --gradebook."
        raise UsageError(Problem("there is no gradebook here", fix, location.shown))
    if file is not None and not file.parent.is_dir():
        raise UsageError(Problem("there is no folder for this gradebook", "Make the folder.", location.shown))
    with sentences(location):
        engine = create_engine(_url(location), poolclass=NullPool)
    if file is not None:
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine, location: Location) -> Iterator[Connection]:
    """Give a transaction that sees one state of the gradebook."""
    with sentences(location), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, location: Location) -> Iterator[Connection]:
    """Give a transaction that is written whole or not at all, one writer after another."""
    with sentences(location), engine.connect() as plain:
        connection = plain.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def sentences(location: Location) -> Iterator[None]:
    """Turn the database's faults into errors that write their own sentence."""
    try:
        yield
    except ModuleNotFoundError as fault:
        fix = "Install it with `pip install 'tito-autograder[postgres]'`."
        raise UsageError(Problem(f"this gradebook needs {fault.name}", fix, location.shown)) from None
    except DBAPIError as fault:
        raise _explained(fault, location) from None
    except SQLAlchemyError as fault:
        raise BrokenError(Problem(f"the gradebook failed: {_first_line(fault)}", "", location.shown)) from None


def _explained(fault: DBAPIError, location: Location) -> CourseError | BrokenError:
    reason = _first_line(fault.orig or fault)
    if "file is not a database" in reason:
        return CourseError(Problem("this is not a gradebook", "Name another file.", location.shown))
    if "locked" in reason:
        fix = "Wait for the other tito to end, and try again."
        return BrokenError(Problem("another program keeps the gradebook locked", fix, location.shown))
    return BrokenError(Problem(f"the gradebook cannot be used: {reason}", "Look at its place.", location.shown))


def _first_line(fault: BaseException) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]


def _url(location: Location) -> URL:
    if location.file is not None:
        return URL.create("sqlite", database=str(location.file))
    try:
        return make_url(location.url)
    except (ArgumentError, ValueError):
        raise UsageError(
            Problem(
                "this is not a database's URL",
                "Write it as postgresql://USER@HOST/DATABASE, wherever it is set (see --gradebook).",
                location.shown,
            )
        ) from None


def _set_up(connection: Any, _record: object) -> None:
    # SQLAlchemy begins transactions itself, for sqlite3 would not begin one before DDL.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {_BUSY_MS}", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    write_ahead(connection, _BUSY_MS / 1000)


def _begin(connection: Connection) -> None:
    # A transaction that writes says so at once: one that began with reading could only fail when it is overtaken.
    immediate = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
