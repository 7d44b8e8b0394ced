"""Where a gradebook is: a SQLite file, or a database by URL."""

from contextlib import closing
from pathlib import Path
from typing import Final

from tito.errors import Problem, UsageError
from tito.records import dataclass

FILE: Final = "gradebook.db"
_DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


@dataclass(frozen=True, slots=True)
class Location:
    """A gradebook's place: `file` for SQLite, `url` for a server. `shown` names it without its password."""

    shown: str
    url: str = ""
    file: Path | None = None

    @property
    def exists(self) -> bool:
        """Whether there may be one: a file that is not there yet holds nothing, of a server one has to ask."""
        return self.file is None or self.file.is_file()


def locate(text: str, root: Path) -> Location:
    """Return what a path (relative to `root`) or a URL names. Raises UsageError for a database of another kind."""
    scheme, separator, rest = text.partition("://")
    if not separator:
        return _file(root / Path(text).expanduser())
    driver = _DRIVERS.get(scheme)
    if driver is None:
        fix = "Name a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE."
        raise UsageError(Problem(f"tito keeps no gradebook in {scheme}", fix, _hidden(text)))
    if driver == "sqlite":
        return _file(root / rest.removeprefix("/"))
    return Location(_hidden(text), f"{driver}://{rest}")


def is_nbgraders(path: Path) -> bool:
    """Say whether a file is a database of nbgrader's, which tito never writes to."""
    import sqlite3  # noqa: PLC0415 - most courses have no such file

    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    return {"submitted_assignment", "submitted_notebook"} <= tables


def _file(path: Path) -> Location:
    return Location(str(path), file=path)


def _hidden(url: str) -> str:
    """Return a URL whose password is left out, however odd the URL."""
    scheme, separator, rest = url.partition("://")
    account, at, host = rest.rpartition("@")
    user, colon, _ = account.partition(":")
    return f"{scheme}{separator}{user}{':***' if colon else ''}{at}{host}"
