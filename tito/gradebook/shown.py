"""What the cells of a submission showed in a run, kept once for all runs that showed the same."""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from tito.gradebook import schema
from tito.gradebook.insert import ids
from tito.gradebook.read import current
from tito.model.cell_output import CellOutput
from tito.model.coding import from_plain, to_plain


def put_shown(connection: Connection, run: int, cells: Sequence[CellOutput]) -> None:
    """Write what the cells showed in a run."""
    submission = connection.execute(select(schema.runs.c.submission_id).where(schema.runs.c.id == run)).scalar_one()
    text = json.dumps(to_plain(tuple(cells)))
    row = {"submission_id": submission, "digest": hashlib.sha256(text.encode()).hexdigest(), "cells": text}
    numbers = ids(connection, schema.shows, [row], "submission_id", "digest")
    link = {"run_id": run, "show_id": numbers[submission, row["digest"]]}
    connection.execute(insert(schema.run_shows), link)


def shown_in(connection: Connection, run: int) -> tuple[CellOutput, ...]:
    """Return what the cells showed in a run; nothing where it was not asked."""
    t = schema
    query = select(t.shows.c.cells).join(t.run_shows, t.run_shows.c.show_id == t.shows.c.id)
    text = connection.execute(query.where(t.run_shows.c.run_id == run)).scalar()
    return tuple(from_plain(CellOutput, each) for each in json.loads(text or "[]"))


def shown_runs(connection: Connection, module: str) -> dict[str, int]:
    """Return the runs that count and of which there is something to show, by student."""
    table = schema.run_shows
    known = set(connection.execute(select(table.c.run_id)).scalars())
    return {each.grade.student: each.run for each in current(connection, module) if each.run in known}
