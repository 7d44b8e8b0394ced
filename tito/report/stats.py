"""A course and a module in numbers, on a terminal: bars, totals, sections, criteria, and groups of equal failures."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from tito.model.points import percent, points
from tito.records import dataclass
from tito.report.style import Style
from tito.report.text import label, one_line
from tito.report.words import counted
from tito.scoring.items import Alike, Item, Together
from tito.scoring.totals import Total, bins

_BAR: Final = 20
_GROUPS: Final = 20
_FIRST: Final = 6
# Of tests as of questions: below this, a criterion hardly tells anybody apart.
_WEAK: Final = 0.2


class ModuleLine(Protocol):
    """What is shown of a module over its class."""

    @property
    def module(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def due(self) -> datetime | None: ...  # noqa: D102
    @property
    def weight(self) -> Decimal: ...  # noqa: D102
    @property
    def graded(self) -> int: ...  # noqa: D102
    @property
    def mean(self) -> Decimal: ...  # noqa: D102
    @property
    def median(self) -> Decimal: ...  # noqa: D102
    @property
    def late(self) -> int: ...  # noqa: D102
    @property
    def missing(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar of a share, as long as there is room for it."""

    share: float
    style: Style

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(0, min(_BAR, options.max_width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self.style.bar(self.share, min(_BAR, options.max_width)), overflow="crop", no_wrap=True)


def course_stats(
    modules: Sequence[ModuleLine],
    totals: Sequence[Total],
    sections: Sequence[tuple[str, int, Decimal]],
    drop: int,
    style: Style,
) -> RenderableType:
    """Return a course's modules by due date, the distribution of its totals, and its sections."""
    table = _table(style, "module", "due", "graded", "missing", "late", "weight", "mean %", "median %", "")
    for each in modules:
        due = f"{each.due:%Y-%m-%d}" if each.due else "-"
        numbers = (each.graded, each.missing, each.late)
        shares = percent(each.mean), percent(each.median), _Bar(float(each.mean) / 100, style)
        table.add_row(label(each.module), due, *map(str, numbers), points(each.weight), *shares)
    return Group(table, *_totals(totals, drop, style), *_sections(sections, style))


def module_stats(
    line: ModuleLine, items: Sequence[Item], pairs: Sequence[Together], groups: Sequence[Alike], style: Style
) -> RenderableType:
    """Return a module's criteria with what they tell, those that fail together, and who fails alike."""
    head = f"{line.module}: {line.title}, {line.graded} graded, mean {percent(line.mean)} %, "
    head += f"median {percent(line.median)} %, {line.late} late, {line.missing} missing"
    table = _table(style, "criterion", "passed", "share %", "", "with the rest")
    for each in items:
        rest = "-" if each.rest is None else f"{each.rest:+.2f}"
        weak = each.rest is not None and each.rest < _WEAK
        table.add_row(
            Text(style.say(one_line(each.title))),
            f"{each.passed} of {each.of}",
            percent(Decimal(str(each.share)) * 100) if each.of else "-",
            _Bar(each.share, style),
            Text(f"{rest} !" if weak else rest, style="yellow" if weak else ""),
        )
    return Group(
        Text(style.say(head), style="bold"), table, *_rest(items), *_pairs(pairs, style), *groups_lines(groups, style)
    )


def groups_lines(groups: Sequence[Alike], style: Style) -> Iterator[Text]:
    """Yield a line for each group of equal failures: how many, by which key, what and who."""
    if groups:
        yield Text()
        yield Text("failing alike:")
    for each in groups[:_GROUPS]:
        names = ", ".join(label(student, 40) for student in each.students[:_FIRST])
        more = f" and {len(each.students) - _FIRST} more" if len(each.students) > _FIRST else ""
        what = f"{one_line(each.title)}: {one_line(each.cause)}"
        yield Text(style.say(f"{each.key}  {counted(len(each.students), 'student')}: {what} ({names}{more})"))
    if len(groups) > _GROUPS:
        yield Text(f"and {len(groups) - _GROUPS} smaller groups: --json has them all")


def _rest(items: Sequence[Item]) -> Iterator[Text]:
    if any(each.rest is not None and each.rest < _WEAK for each in items):
        what = (
            "! near 0 a criterion tells nobody apart; below 0 those who do well otherwise lose it: look at its test"
        )
        yield Text(what, style="dim")


def _pairs(pairs: Sequence[Together], style: Style) -> Iterator[Text]:
    if pairs:
        yield Text()
        yield Text("lost together:")
    for each in pairs:
        told = f"{each.both} lose both, of {each.either} who lose either"
        yield Text(style.say(f"{label(each.first)} and {label(each.second)}: {told} (phi {each.phi:.2f})"))


def _totals(totals: Sequence[Total], drop: int, style: Style) -> Iterator[RenderableType]:
    known = [each.percent for each in totals if each.percent is not None]
    if not known:
        return
    counts, table = bins(totals), Table.grid(padding=(0, 2))
    for place, count in enumerate(counts):
        text = f"{place * 10:>3}-{place * 10 + (10 if place == len(counts) - 1 else 9)} %"
        table.add_row(text, Text(style.bar(count / max(counts), _BAR), style="blue"), str(count))
    dropped = f", the lowest {drop} dropped" if drop else ""
    mean = sum(known, Decimal(0)) / len(known)
    yield Text(f"course total of {counted(len(known), 'student')}{dropped}: mean {percent(mean)} %", style="bold")
    yield table


def _sections(sections: Sequence[tuple[str, int, Decimal]], style: Style) -> Iterator[RenderableType]:
    if not sections:
        return
    table = _table(style, "section", "students", "mean %", "")
    for name, count, mean in sections:
        table.add_row(Text(one_line(name)), str(count), percent(mean), _Bar(float(mean) / 100, style))
    yield table


def _table(style: Style, *columns: str) -> Table:
    table = Table(box=style.box, pad_edge=False, collapse_padding=True)
    for name in columns:
        left = name in {"module", "due", "", "criterion", "section"}
        # Where there is no room, bars are short and names folded; numbers, dates and heads stay whole.
        soft = name in {"", "criterion", "section"}
        table.add_column(name, justify="left" if left else "right", no_wrap=not soft, overflow="fold")
    return table
