"""CSV for spreadsheets: a row a student, a column a criterion. A broken grade has empty cells, never a 0."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from tito.model.points import points, rounded
from tito.report.formats.options import Options
from tito.report.formats.view import Result, Row
from tito.report.text import csv_cell

_FIRST: Final = ("student", "status", "final", "possible", "percent", "earned", "adjustments")


def write(result: Result, _options: Options) -> str:
    """Return the class as CSV."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_head(result))
    for row in result.rows:
        writer.writerow(_cells(row))
    return file.getvalue()


def _head(result: Result) -> list[str]:
    criteria = [csv_cell(each.id) for each in result.rows[0].parts] if result.rows else []
    return [*_FIRST, *criteria, "refusal", "notes", "late", "mistakes", "beside"]


def _cells(row: Row) -> Iterator[str]:
    beside = sum((each.points for each in row.adjustments), Decimal(0))
    yield from (csv_cell(row.student), row.status)
    share = None if row.percent is None else rounded(row.percent, 2)
    for value in (row.final, row.possible, share, row.earned if row.final is not None else None):
        yield _shown(value)
    yield _shown(beside if row.final is not None else None)
    yield from (_shown(each.earned) for each in row.parts)
    yield csv_cell(row.refusal)
    yield csv_cell("; ".join(row.notes))
    yield csv_cell("; ".join(each.reason for each in row.adjustments if each.kind == "late"))
    yield csv_cell("; ".join(f"{each.id}: {each.mistake}" for each in row.parts if each.mistake))
    yield csv_cell("; ".join(each.id for each in row.parts if each.beside))


def _shown(value: Decimal | None) -> str:
    return "" if value is None else points(value)
