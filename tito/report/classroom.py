"""A graded class: a table of scores, a summary, and what needs a look."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.grade import Grade
from tito.model.outcome import Status
from tito.model.points import mean, percent, points
from tito.model.rubric import Rubric
from tito.report.lines import adjustment
from tito.report.stacks import stacks_report
from tito.report.style import Style
from tito.report.text import label, one_line, safe
from tito.scoring import Statistics

_STUDENT: Final = 18
_COLUMN: Final = 12
_BAR: Final = 30
_NOTES: Final = 40
# More than anyone reads on a terminal.
_ROWS: Final = 2_000


def class_report(
    rubric: Rubric, grades: Sequence[Grade], statistics: Statistics, *, style: Style, width: int
) -> RenderableType:
    """Return the report of a class for a terminal of `width` columns."""
    heads = [each.title for each in rubric.criteria]
    named = _fits(heads, width)
    table = _table(rubric, grades, heads if named else [str(place) for place in range(1, len(heads) + 1)], style)
    parts: list[RenderableType] = [table]
    if len(grades) > _ROWS:
        parts.append(Text(f"and {len(grades) - _ROWS:,} more: --json or --format csv has them all"))
    if not named:
        parts.append(_legend(rubric, style))
    parts += [Text(), *_summary(rubric, statistics, style), Text(), _levels(grades)]
    return Group(*parts, *stacks_report(grades, style), *_to_look_at(grades, style))


def _fits(heads: Sequence[str], width: int) -> bool:
    columns = sum(min(max(len(head), 5), _COLUMN) + 2 for head in heads)
    return all(len(head) <= _COLUMN for head in heads) and _STUDENT + columns + 32 <= width


def _table(rubric: Rubric, grades: Sequence[Grade], heads: Sequence[str], style: Style) -> Table:
    title = style.say(f"{rubric.module}: {rubric.title}")
    table = Table(box=style.box, padding=(0, 1, 0, 0), show_edge=False, title=title, title_justify="left")
    table.add_column("student", max_width=_STUDENT, no_wrap=True, overflow="ellipsis" if style.unicode else "crop")
    for head in heads:
        table.add_column(Text(style.say(head)), justify="right", no_wrap=True)
    adjusted = any(grade.adjustments for grade in grades)
    if adjusted:
        table.add_column("+/-", justify="right", no_wrap=True)
    table.add_column(f"of {points(rubric.points)}", justify="right", no_wrap=True)
    table.add_column("%", justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True, min_width=10)
    rows = [_row(grade, style, adjusted=adjusted) for grade in grades[:_ROWS]]
    # One row, of cells as high as the class: Rich measures, pads and wraps a cell as a whole, in a third of the time.
    table.add_row(*(Text("\n").join(column) for column in zip(*rows, strict=True)))
    return table


def _row(grade: Grade, style: Style, *, adjusted: bool) -> list[Text]:
    """Return a student's cells, each of one line."""
    cells = [_cell(each.status, "" if each.pending else points(each.earned), style) for each in grade.criteria]
    if adjusted:
        cells.append(Text(points(grade.final - grade.earned), style="yellow" if grade.adjustments else "dim"))
    total = "?" if grade.broken else points(grade.final)
    share = "?" if grade.broken else percent(grade.final_percent)
    return [Text(label(grade.student, 60)), *cells, Text(total, style="bold"), Text(share), _status(grade, style)]


def _cell(status: Status, earned: str, style: Style) -> Text:
    return Text(f"{earned} {style.sign(status)}".strip(), style=style.colour(status))


def _status(grade: Grade, style: Style) -> Text:
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


def _legend(rubric: Rubric, style: Style) -> Text:
    names = [f"{place} {each.title}" for place, each in enumerate(rubric.criteria, 1)]
    return Text(style.say(" · ".join(names)), style="dim")


def _summary(rubric: Rubric, statistics: Statistics, style: Style) -> list[RenderableType]:
    whole = points(rubric.points)
    line = f"{statistics.counted} graded, mean {mean(statistics.mean)}, median {mean(statistics.median)} of {whole}"
    beside = [f"{statistics.refused} refused (counted as 0)"] if statistics.refused else []
    beside += [f"{statistics.incomplete} incomplete (a person has yet to grade)"] if statistics.incomplete else []
    beside += [f"{statistics.broken} broken: not the students' fault, grade them again"] if statistics.broken else []
    head = Text(", ".join([line, *beside]), style="bold")
    return [head, Text(), _distribution(statistics, style), *_hardest(rubric, statistics, style)]


def _levels(grades: Sequence[Grade]) -> Text:
    levels = sorted({grade.level for grade in grades if grade.level})
    return Text(safe(f"sandbox level: {', '.join(levels) or 'nothing was run'}"))


def _distribution(statistics: Statistics, style: Style) -> Table:
    table = Table.grid(padding=(0, 2))
    most = max(statistics.bins, default=0) or 1
    for place, count in enumerate(statistics.bins):
        label = f"{place * 10:>3}-{place * 10 + (10 if place == len(statistics.bins) - 1 else 9)} %"
        table.add_row(label, Text(style.bar(count / most, _BAR), style="blue"), str(count))
    return table


def _hardest(rubric: Rubric, statistics: Statistics, style: Style) -> list[RenderableType]:
    titles = {each.id: each.title for each in rubric.criteria}
    if not statistics.hardest:
        return []
    table = Table.grid(padding=(0, 2))
    for each in statistics.hardest[:3]:
        share = f"{percent(each.share * 100)} % of its points"
        table.add_row(Text(style.say(titles[each.id])), f"passed by {each.passed} of {statistics.counted}", share)
    return [Text(), Text("hardest:"), table]


def _to_look_at(grades: Sequence[Grade], style: Style) -> list[RenderableType]:
    lines = []
    for grade in grades:
        student = label(grade.student, 60)
        if grade.refusal:
            lines.append(Text(style.say(f"{student}: refused: {safe(grade.refusal, 300)}"), style="yellow"))
        lines += [Text(style.say(f"{student}: {one_line(note)}")) for note in grade.notes]
        lines += [Text(style.say(f"{student}: {adjustment(each)}")) for each in grade.adjustments]
    if not lines:
        return []
    cut = [Text(f"and {len(lines) - _NOTES} more notes: --json has them all")] if len(lines) > _NOTES else []
    return [Text(), Text("to look at:"), *lines[:_NOTES], *cut]
