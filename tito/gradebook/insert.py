"""Rows found or added, whoever else adds the same at the same time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, select, tuple_
from sqlalchemy.dialects import sqlite

Row = Mapping[str, Any]
# SQLite takes 32,766 variables in one statement.
_CHUNK: Final = 1_000


def ids(connection: Connection, table: Table, rows: Sequence[Row], *keys: str) -> dict[tuple[Any, ...], int]:
    """Return the ids of rows by their `keys`, which are unique together; add the rows that are new."""
    add(connection, table, rows)
    columns = [table.c[key] for key in keys]
    found: dict[tuple[Any, ...], int] = {}
    for some in _chunks(rows):
        wanted = tuple_(*columns).in_([tuple(row[key] for key in keys) for row in some])
        for number, *values in connection.execute(select(table.c.id, *columns).where(wanted)):
            found[tuple(values)] = number
    return found


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add the rows that are new: those that no unique constraint finds there already."""
    if not rows:
        return
    # In one order, so that two writers do not wait for each other's rows.
    ordered = sorted(rows, key=lambda row: str(next(iter(row.values()))))
    connection.execute(_insert(connection, table).on_conflict_do_nothing(), [dict(row) for row in ordered])


def _insert(connection: Connection, table: Table) -> Any:
    if connection.dialect.name == "postgresql":
        # With asyncio, of which no SQLite gradebook has any use.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table)
    return sqlite.insert(table)


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]
