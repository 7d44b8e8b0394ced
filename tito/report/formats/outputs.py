"""Outputs of a GitHub step: the numbers of one grade, as lines for $GITHUB_OUTPUT. A broken grade has none."""

from tito.model.points import points
from tito.report.formats.options import Options
from tito.report.formats.view import Result


def write(result: Result, _options: Options) -> str:
    """Return `name=value` lines; of several grades, and of a broken one, only how it stands."""
    if len(result.rows) != 1:
        return f"submissions={len(result.rows)}\n"
    (row,) = result.rows
    if row.final is None:
        return f"status={row.status}\npossible={points(row.possible)}\n"
    beside = sum(part.beside for part in row.parts)
    told = f"status={row.status}\nscore={points(row.final)}\npossible={points(row.possible)}\n"
    return f"{told}beside={beside}\n" if beside else told
