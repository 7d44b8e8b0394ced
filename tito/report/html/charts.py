"""Charts as numbers: where their bars, dots and ticks stand. Templates draw them as SVG."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from tito.records import dataclass
from tito.report.formats.view import Row

WIDTH: Final = 640
HEIGHT: Final = 220
_LEFT, _TOP, _BOTTOM = 34, 12, 30


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its box, the label below it and the count above it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    """One step of an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One submission on the time line; a late one has another shape."""

    x: float
    y: float
    late: bool
    title: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many scored how much."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class TimeLine:
    """When submissions came in and what they earned."""

    dots: tuple[Dot, ...]
    days: tuple[Tick, ...]
    shares: tuple[Tick, ...]


def histogram(bins: Sequence[int]) -> Histogram:
    """Return the bars of a distribution over ten equal shares of the points."""
    most = max([*bins, 1])
    room, step = HEIGHT - _TOP - _BOTTOM, (WIDTH - _LEFT) / len(bins)
    bars = tuple(
        Bar(
            round(_LEFT + place * step + 4, 1),
            round(_TOP + room * (1 - count / most), 1),
            round(step - 8, 1),
            round(room * count / most, 1),
            f"{place * 10}\u2013{place * 10 + (10 if place == len(bins) - 1 else 9)}",
            count,
        )
        for place, count in enumerate(bins)
    )
    marks = range(0, most + 1, max(1, -(-most // 4)))
    return Histogram(bars, tuple(Tick(round(_TOP + room * (1 - each / most), 1), str(each)) for each in marks))


def time_line(rows: Sequence[Row]) -> TimeLine | None:
    """Return when submissions came in; None where fewer than two times are known."""
    known = [
        (datetime.fromisoformat(row.submitted), row) for row in rows if row.submitted and row.percent is not None
    ]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    first, last = min(at for at, _ in known), max(at for at, _ in known)
    span = max(last - first, timedelta(hours=1))
    room = HEIGHT - _TOP - _BOTTOM
    dots = tuple(
        Dot(
            round(_LEFT + 12 + (WIDTH - _LEFT - 24) * ((at - first) / span), 1),
            round(_TOP + room * (1 - min(float(row.percent or 0), 100.0) / 100), 1),
            row.late_seconds > 0,
            f"{row.student}: {float(row.percent or 0):.0f} %, {at:%Y-%m-%d %H:%M}"
            + (", late" if row.late_seconds else ""),
        )
        for at, row in sorted(known, key=lambda pair: pair[0])
    )
    days = tuple(
        Tick(round(_LEFT + 12 + (WIDTH - _LEFT - 24) * share, 1), f"{first + span * share:%d %b %H:%M}")
        for share in (0, 1 / 3, 2 / 3, 1)
    )
    shares = tuple(Tick(round(_TOP + room * (1 - each / 100), 1), str(each)) for each in (0, 50, 100))
    return TimeLine(dots, days, shares)


@dataclass(frozen=True, slots=True)
class Share:
    """How a class did on one criterion."""

    id: str
    title: str
    passed: int
    of: int
    share: float

    @property
    def percent(self) -> str:
        """The mean share of its points, in whole percent, never rounded up to all."""
        return f"{min(self.share * 100, 99 if self.share < 1 else 100):.0f}"


def shares(statistics: Mapping[str, Any], rows: Sequence[Row]) -> tuple[Share, ...]:
    """Return each criterion's share, in the rubric's order, of those of whom it is graded."""
    titles = {part.id: part.title for row in rows[:1] for part in row.parts}
    counted = [row for row in rows if row.final is not None and not row.excused]
    graded = Counter(part.id for row in counted for part in row.parts if not part.pending)
    return tuple(
        Share(each["id"], titles.get(each["id"], each["id"]), each["passed"], graded[each["id"]], each["share"])
        for each in statistics["criteria"]
    )
