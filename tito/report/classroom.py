"""A graded class: a table of scores, a summary, and what needs a look."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.grade import Grade
from tito.model.points import mean, percent, points
from tito.model.rubric import Rubric
from tito.model.submission import ALL_PLACED, Fates
from tito.records import dataclass
from tito.report.causes import causes_report
from tito.report.classtable import class_table
from tito.report.fates import fates_report
from tito.report.stacks import stacks_report
from tito.report.style import Style
from tito.report.text import safe
from tito.report.words import counted
from tito.scoring import Statistics

_BAR: Final = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """How a class is shown: in `width` columns, with `names` beside ids, `transpose`d; `rows` where not all are.

    `fates` are of what is no row.
    """

    width: int = 80
    names: Mapping[str, str] = field(default_factory=dict)
    transpose: bool = False
    rows: Sequence[Grade] | None = None
    fates: Fates = ALL_PLACED


def class_report(
    rubric: Rubric, grades: Sequence[Grade], statistics: Statistics, *, style: Style, shown: Shown
) -> RenderableType:
    """Return the report of a class."""
    rows = grades if shown.rows is None else shown.rows
    table = class_table(rubric, rows, shown.names, style, shown.width, transpose=shown.transpose)
    parts: list[RenderableType] = [table]
    if shown.rows is not None and len(rows) < len(grades):
        parts.append(Text(f"{len(rows)} of {counted(len(grades), 'submission')} are shown", style="dim"))
    parts += [Text(), *_summary(rubric, statistics, style), Text(), _levels(grades)]
    counts = {"graded": len(grades) - statistics.refused, "refused": statistics.refused}
    parts += [*stacks_report(grades, style), *causes_report(rows, shown.names, style), Text()]
    return Group(*parts, *fates_report(counts, shown.fates, shown.names, style))


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
