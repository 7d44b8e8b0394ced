"""Fill one column of a teacher's own export: students matched strictly, all that is not filled named."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from tito.errors import Problem, UsageError
from tito.model.points import points as shown
from tito.model.points import rounded
from tito.records import dataclass
from tito.report.lms.matching import Matches, Score, match
from tito.report.lms.sheet import Cell, Sheet, read_sheet, texts
from tito.report.lms.systems import Column, System, number
from tito.report.text import label

_COMMA: Final = re.compile(r"\d+,\d+")
_SCALED: Final = 2


@dataclass(frozen=True, slots=True)
class Filled:
    """The file with its column filled; `left` names students whose points are not in it, with the reason.

    `alone` are the file's own students for whom there is no grade; their cells are as they were. `changed` counts
    the cells that hold another number now.
    """

    content: bytes
    column: str
    filled: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    alone: tuple[str, ...]
    changed: int


@dataclass(frozen=True, slots=True)
class Target:
    """What to fill: the column whose title or head is one of `titles`, of a module worth `possible` points.

    With `scale`, points are made points of the column's own maximum. One that is `named` by a person may have a head
    that the system's own files do not have, for in another language they have others.
    """

    titles: tuple[str, ...]
    possible: Decimal
    scale: bool = False
    named: bool = False


def fill(content: bytes, path: str, system: System, scores: Sequence[Score], target: Target) -> Filled:
    """Return an export of `system` with the scores in the column that is meant. No header and no row is ever added.

    Raises UsageError where no column, or several, are meant, and where the column's maximum is another, and
    CourseError for a file that cannot be read.
    """
    sheet = read_sheet(content, path)
    column = _column(sheet, system, target)
    factor = _factor(sheet, column, target)
    matches = match(scores, sheet, system)
    cells, left = _cells(scores, matches, sheet, column)
    points = {each.student: each.final for each in scores if each.final is not None}
    comma = _has_commas(sheet, column)
    changed = {cell: _written(points[student], factor, comma=comma) for student, cell in cells.items()}
    different = {cell: text for cell, text in changed.items() if number(cell.text) != number(text)}
    return Filled(sheet.with_cells(different), column.head, tuple(cells), left, matches.alone, len(different))


def _cells(
    scores: Sequence[Score], matches: Matches, sheet: Sheet, column: Column
) -> tuple[dict[str, Cell], tuple[tuple[str, str], ...]]:
    """Return the cell of each student who gets one, and the others with the reason."""
    cells: dict[str, Cell] = {}
    left = dict(matches.left)
    for score in scores:
        row = sheet.rows[matches.rows[score.student]] if score.student in matches.rows else ()
        if score.final is None:
            left[score.student] = score.why
        elif row and column.place >= len(row):
            left[score.student] = f"line {row[0].line} of the file is too short"
        elif row:
            cells[score.student] = row[column.place]
    return cells, tuple(left.items())


def _column(sheet: Sheet, system: System, target: Target) -> Column:
    columns = system.columns(sheet)
    wanted = {each.casefold() for each in target.titles}
    # A worksheet has one column for grades, whatever it is for.
    only = [each for each in columns if each.only]
    found = only or [each for each in columns if {each.head.casefold(), each.title.casefold()} & wanted]
    if not found and target.named:
        heads = texts(sheet.rows[0])
        found = [Column(heads.index(each), each, each) for each in target.titles if heads.count(each) == 1]
        found = [each for each in found if each.head not in system.ids]
    match found:
        case [one]:
            if one.closed:
                what = f"column {label(one.head)} cannot be filled: {one.closed}"
                raise UsageError(Problem(what, "Name another with --column.", sheet.path, 1))
            return one
        case []:
            names = ", ".join(label(each.head) for each in columns) or "none"
            fix = f"Name it with --column. Its columns for grades are {names}."
            raise UsageError(Problem(f"no column is named {' or '.join(target.titles)}", fix, sheet.path, 1))
        case several:
            what = f"several columns may be meant: {', '.join(label(each.head) for each in several)}"
            raise UsageError(Problem(what, "Name one whole with --column.", sheet.path, 1))


def _factor(sheet: Sheet, column: Column, target: Target) -> Decimal:
    most = column.possible
    if most is None or most == target.possible:
        return Decimal(1)
    if not target.scale:
        what = f"column {label(column.head)} is out of {shown(most)}, the module out of {shown(target.possible)}"
        raise UsageError(Problem(what, "Make them equal in the LMS, or use --scale.", sheet.path, 1))
    return most / target.possible if target.possible else Decimal(1)


def _written(value: Decimal, factor: Decimal, *, comma: bool) -> str:
    """Return points as a cell: digits and one separator, which no spreadsheet takes for more than a number."""
    value = max(value, Decimal(0))
    text = shown(value if factor == 1 else rounded(value * factor, _SCALED))
    return text.replace(".", ",") if comma else text


def _has_commas(sheet: Sheet, column: Column) -> bool:
    """Whether the file writes numbers with a comma, which only one with another delimiter can."""
    cells = [row[column.place].text for row in sheet.rows[1:] if column.place < len(row)]
    return sheet.delimiter != "," and any(_COMMA.fullmatch(each.strip()) for each in cells)
