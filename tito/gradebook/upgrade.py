"""Schema versions: a new gradebook is made, an older one upgraded after a backup, a newer one refused."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from tito.errors import CourseError, Problem
from tito.gradebook.database import reading, writing
from tito.gradebook.location import Location

# The migrations' revisions, the oldest first; `migrations/versions` holds one file for each.
REVISIONS: Final = ("0001", "0002", "0003", "0004")
HEAD: Final = REVISIONS[-1]
# Any number will do for PostgreSQL's advisory lock, as long as every tito takes the same.
_LOCK: Final = 7_417_066_391


def upgrade(engine: Engine, location: Location, now: datetime, *, server: bool = False) -> Path | None:
    """Bring a gradebook to this tito's schema; return the backup that was made of an older file.

    A database on a server is upgraded only where `server` says that it was backed up. Raises CourseError for one
    that is newer than this tito, or that is no gradebook.
    """
    with reading(engine, location) as connection:
        found = _revision(connection, location)
    if found == HEAD:
        return None
    backup = None
    if found and location.file is not None:
        backup = _back_up(location.file, found, now)
    elif found and not server:
        what = f"this gradebook is of an older tito (schema {found}, not {HEAD})"
        raise CourseError(Problem(what, "Back it up with pg_dump and run `tito gradebook upgrade`.", location.shown))
    with writing(engine, location) as connection:
        _lock(connection)
        # Another tito may have upgraded it meanwhile.
        if _revision(connection, location) != HEAD:
            _migrate(connection, HEAD)
    return backup


def _revision(connection: Connection, location: Location) -> str:
    """Return the revision that a database is at, "" for an empty one."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if _is_ours(tables) else None
    if found is None:
        raise CourseError(Problem("this database is not a gradebook", "Name another one.", location.shown))
    if found not in REVISIONS:
        what = f"this gradebook is of a newer tito (schema {found}; this tito knows {HEAD})"
        raise CourseError(Problem(what, "Upgrade tito.", location.shown))
    return str(found)


def _is_ours(tables: list[str]) -> bool:
    return {"alembic_version", "runs", "students"} <= set(tables)


def _back_up(file: Path, revision: str, now: datetime) -> Path:
    """Copy a gradebook that others may be using, by SQLite's own means: a copy of its file alone could be torn."""
    backup = file.with_name(f"{file.name}.{revision}-{now:%Y%m%dT%H%M%S}.bak")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    return backup


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _migrate(connection: Connection, revision: str) -> None:
    # 0.2 s, for a new or an old gradebook alone.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
