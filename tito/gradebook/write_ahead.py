"""SQLite files that several processes open at once, a new one as well."""

import sqlite3
import time
from typing import Any, Final

_AGAIN: Final = 0.01


def write_ahead(connection: Any, patience: float) -> None:
    """Have a file written by way of a log (https://sqlite.org/wal.html), which lets others read meanwhile.

    Where several do so at once in a new one, SQLite lets nobody wait: so it is tried again for `patience` seconds.
    Raises sqlite3.OperationalError behind that, and where the file cannot be used.
    """
    ends = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() > ends:
                raise
            time.sleep(_AGAIN)
        else:
            return
