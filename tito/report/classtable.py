"""A class as a table: as much of it as fits, and never a total or a student's id that is cut."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Status
from tito.model.points import percent, points
from tito.model.rubric import Rubric
from tito.records import dataclass
from tito.report.lines import beside_line, ran_beside
from tito.report.style import Style
from tito.report.text import label, one_line
from tito.report.words import MARK

# More than anyone reads on a terminal.
ROWS: Final = 2_000
_TITLE: Final = 12
_ENDLESS: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its head, and a cell of one line for each row."""

    head: str
    cells: Sequence[Text]
    right: bool = True


@dataclass(frozen=True, slots=True)
class _Uncut:
    """A renderable that is drawn as wide as it is, also where the terminal is not."""

    inner: RenderableType
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from console.render(self.inner, options.update_width(max(self.width, options.max_width)))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(self.width, self.width)


def class_table(
    rubric: Rubric,
    grades: Sequence[Grade],
    names: Mapping[str, str],
    style: Style,
    width: int,
    *,
    transpose: bool,
) -> RenderableType:
    """Return the table of a class for a terminal of `width` columns, with what its heads and marks stand for.

    Where criteria with points and titles do not fit, they are numbered, then shown by their signs alone, then by one
    word of signs. With `transpose`, criteria are rows and students columns.
    """
    shown = grades[:ROWS]
    marked = {part.criterion.id for grade in shown for part in grade.criteria if ran_beside(part)}
    tried = _transposed if transpose else _across
    columns = next(tried(rubric, shown, names, style, width, marked))
    title = style.say(f"{rubric.module}: {rubric.title}")
    parts: list[RenderableType] = [_Uncut(_table(columns, style, title), _width(columns, style))]
    if len(grades) > ROWS:
        parts.append(Text(f"and {len(grades) - ROWS:,} more: --json or --format csv has them all"))
    if not transpose and columns[1 + bool(names)].head != _heads(rubric, marked)[0]:
        parts.append(_legend(rubric, marked, style))
    return Group(*parts, *beside_line([part for grade in shown for part in grade.criteria], style))


def _across(
    rubric: Rubric, grades: Sequence[Grade], names: Mapping[str, str], style: Style, width: int, marked: set[str]
) -> Iterator[list[_Column]]:
    """Yield the columns of the first form that fits, or else of the narrowest."""
    first, last = [_students(grades), *_named(grades, names)], _totals(rubric, grades, style)
    for middle in _forms(rubric, grades, style, marked):
        columns = [*first, *middle, *last]
        if _width(columns, style) <= width:
            yield columns
    yield [first[0], *middle, *last]


def _forms(rubric: Rubric, grades: Sequence[Grade], style: Style, marked: set[str]) -> Iterator[list[_Column]]:
    numbers = [f"{place}{MARK if each.id in marked else ''}" for place, each in enumerate(rubric.criteria, 1)]
    whole = [[_cell(part, style) for part in grade.criteria] for grade in grades]
    heads = _heads(rubric, marked)
    if all(len(head) <= _TITLE for head in heads):
        yield _criteria(heads, whole)
    yield _criteria(numbers, whole)
    signs = [[_sign(part, style) for part in grade.criteria] for grade in grades]
    yield _criteria(numbers, signs)
    yield [_Column(f"1-{len(numbers)}", [Text.assemble(*row) for row in signs], right=False)]


def _transposed(
    rubric: Rubric, grades: Sequence[Grade], names: Mapping[str, str], style: Style, width: int, marked: set[str]
) -> Iterator[list[_Column]]:
    for cell in (_cell, _sign):
        totals = _totals(rubric, grades, style)
        heads = [*map(Text, _heads(rubric, marked)), *(Text(each.head, style="dim") for each in totals)]
        columns = [_Column("criterion", heads, right=False)]
        for place, grade in enumerate(grades):
            cells = [cell(part, style) for part in grade.criteria]
            name = names.get(grade.student, "")
            head = f"{label(grade.student, 60)}{f' ({one_line(name, 60)})' if name else ''}"
            columns.append(_Column(head, [*cells, *(each.cells[place] for each in totals)]))
        if _width(columns, style) <= width or cell is _sign:
            yield columns


def _criteria(heads: Sequence[str], rows: Sequence[Sequence[Text]]) -> list[_Column]:
    return [_Column(head, [row[place] for row in rows]) for place, head in enumerate(heads)]


def _students(grades: Sequence[Grade]) -> _Column:
    return _Column("student", [Text(label(each.student, 120)) for each in grades], right=False)


def _named(grades: Sequence[Grade], names: Mapping[str, str]) -> list[_Column]:
    cells = [Text(one_line(names.get(each.student, ""), 60)) for each in grades]
    return [_Column("name", cells, right=False)] if any(cell.plain for cell in cells) else []


def _totals(rubric: Rubric, grades: Sequence[Grade], style: Style) -> list[_Column]:
    finals = [Text("?" if each.broken else points(each.final), style="bold") for each in grades]
    shares = [Text("?" if each.broken else percent(each.final_percent)) for each in grades]
    columns = [_Column(f"of {points(rubric.points)}", finals), _Column("%", shares)]
    if any(grade.adjustments for grade in grades):
        beside = [
            Text(points(each.final - each.earned), style="yellow" if each.adjustments else "dim") for each in grades
        ]
        columns.insert(0, _Column("+/-", beside))
    return [*columns, _Column("status", [_status(each, style) for each in grades], right=False)]


def _table(columns: Sequence[_Column], style: Style, title: str = "") -> Table:
    table = Table(box=style.box, padding=(0, 1, 0, 0), show_edge=False, title=title or None, title_justify="left")
    for each in columns:
        table.add_column(Text(style.say(each.head)), justify="right" if each.right else "left", no_wrap=True)
    # One row, of cells as high as the class: Rich measures, pads and wraps a cell as a whole, in a third of the time.
    table.add_row(*(Text("\n").join(each.cells) for each in columns))
    return table


def _width(columns: Sequence[_Column], style: Style) -> int:
    """Return how wide a table is drawn, by its widest cells."""
    widest = [_Column(each.head, [max(each.cells, key=_length, default=Text())]) for each in columns]
    console = Console(width=_ENDLESS)
    return Measurement.get(console, console.options, _table(widest, style)).maximum


def _length(cell: Text) -> int:
    return cell_len(cell.plain)


def _heads(rubric: Rubric, marked: set[str]) -> list[str]:
    return [f"{each.title} {MARK}" if each.id in marked else each.title for each in rubric.criteria]


def _cell(part: CriterionGrade, style: Style) -> Text:
    earned = "" if part.pending else points(part.earned)
    return Text(f"{earned} {style.sign(part.status)}".strip(), style=style.colour(part.status))


def _sign(part: CriterionGrade, style: Style) -> Text:
    return Text(style.sign(part.status), style=style.colour(part.status))


def _status(grade: Grade, style: Style) -> Text:
    if grade.excused:
        return Text("excused", style="cyan")
    if grade.refusal:
        return Text("refused", style="yellow")
    unmarked = [each.status for each in grade.criteria if each.status is not Status.PASSED and not each.mark]
    counts = Counter(unmarked)
    if not counts:
        return Text("passed", style="green")
    (first, count), *others = counts.most_common()
    more = f" +{sum(number for _, number in others)}" if others else ""
    colour = style.colour(Status.BROKEN if grade.broken else first)
    return Text("broken" if grade.broken else f"{count} {first}{more}", style=colour)


def _legend(rubric: Rubric, marked: set[str], style: Style) -> Text:
    names = [f"{place} {title}" for place, title in enumerate(_heads(rubric, marked), 1)]
    return Text(style.say(" · ".join(names)), style="dim")
