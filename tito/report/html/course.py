"""A course on one page: its modules over time, the distribution of totals, sections, and every student."""

from collections.abc import Sequence
from decimal import Decimal

from tito.records import dataclass
from tito.report.html.charts import HEIGHT, WIDTH, Bar, Tick, histogram
from tito.report.html.pages import render
from tito.report.stats import ModuleLine
from tito.report.text import escaped
from tito.scoring.totals import Total, bins

_LEFT, _TOP, _BOTTOM = 34, 12, 30


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student: id, name, the share in each module in their order, and the total."""

    student: str
    name: str
    shares: tuple[Decimal | None, ...]
    total: Total


def course_page(
    name: str,
    modules: Sequence[ModuleLine],
    students: Sequence[StudentRow],
    sections: Sequence[tuple[str, int, Decimal]],
    drop: int,
    tool: str,
) -> str:
    """Return the page of a course; the modules stand by their due dates."""
    totals = [each.total for each in students]
    known = [each.percent for each in totals if each.percent is not None]
    rows = [
        (escaped(each.student), escaped(each.name), each.shares, each.total)
        for each in sorted(students, key=lambda each: each.student.casefold())
    ]
    return render(
        "course.html",
        result={"graded_at": "", "tool": tool},
        name=name,
        modules=modules,
        rows=rows,
        sections=[(escaped(section), count, mean) for section, count, mean in sections],
        drop=drop,
        mean=sum(known, Decimal(0)) / len(known) if known else None,
        chart=histogram(bins(totals)),
        bars=means(modules),
        marks=tuple(Tick(round(_y(each), 1), str(each)) for each in (0, 50, 100)),
    )


def means(modules: Sequence[ModuleLine]) -> tuple[Bar, ...]:
    """Return a bar for the mean of each module, in their order."""
    step = (WIDTH - _LEFT) / max(len(modules), 1)
    return tuple(
        Bar(
            round(_LEFT + place * step + step * 0.1, 1),
            round(_y(float(each.mean)), 1),
            round(step * 0.8, 1),
            round(_y(0) - _y(float(each.mean)), 1),
            each.module.partition("_")[0] or each.module,
            round(each.mean),
        )
        for place, each in enumerate(modules)
    )


def _y(share: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - min(share, 100.0) / 100)
