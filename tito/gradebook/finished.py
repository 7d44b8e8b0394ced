"""Finished runs by digest: what was judged once is not judged again, and what is added here outlives a crash.

A file of its own, which holds nothing that cannot be made again. It is not the gradebook.
"""

import sqlite3
from pathlib import Path
from typing import Final, Self

from tito.gradebook.write_ahead import write_ahead

_LAYOUT: Final = 1
_KEPT: Final = 200_000
_PATIENCE: Final = 30.0


class Finished:
    """A store of texts by key, with a mapping's ways to read and write one. Use it in a `with` statement.

    Each text that is set is a transaction: from then on it survives whatever becomes of this process. Several
    processes may share a file. `problem` says why the file could not be used; a temporary one stands in for it.
    """

    def __init__(self, path: Path | None) -> None:
        self.problem = ""
        try:
            self._base = _opened(path)
        except (OSError, sqlite3.OperationalError) as fault:
            self.problem = f"{path}: {fault}"
            self._base = _opened(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self._base.close()

    def __contains__(self, key: str) -> bool:
        return bool(self._base.execute("SELECT 1 FROM finished WHERE key = ?", (key,)).fetchone())

    def get(self, key: str, /) -> str | None:
        """Return the text of a key, if there is one."""
        row = self._base.execute("SELECT text FROM finished WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def __setitem__(self, key: str, text: str) -> None:
        self._base.execute("INSERT OR REPLACE INTO finished (key, text) VALUES (?, ?)", (key, text))


def _opened(path: Path | None) -> sqlite3.Connection:
    """Open the store; a file that is none, or of another layout, is begun anew."""
    if path is None:
        return _prepared(_connected(""))
    path.parent.mkdir(parents=True, exist_ok=True)
    base = _connected(path)
    if not _is_ours(base):
        base.close()
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        base = _connected(path)
    return _prepared(base)


def _is_ours(base: sqlite3.Connection) -> bool:
    try:
        return base.execute("PRAGMA user_version").fetchone()[0] in {0, _LAYOUT}
    except sqlite3.OperationalError:
        # Locked, or not to be opened: that says nothing about what it is.
        raise
    except sqlite3.DatabaseError:
        return False


def _connected(path: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)


def _prepared(base: sqlite3.Connection) -> sqlite3.Connection:
    write_ahead(base, _PATIENCE)
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute("CREATE TABLE IF NOT EXISTS finished (id INTEGER PRIMARY KEY, key TEXT UNIQUE, text TEXT NOT NULL)")
    base.execute(f"PRAGMA user_version = {_LAYOUT}")
    base.execute("DELETE FROM finished WHERE id <= (SELECT max(id) FROM finished) - ?", (_KEPT,))
    return base
