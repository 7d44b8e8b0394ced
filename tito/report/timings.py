"""Where the time of a class goes: each criterion's share, mean and worst, the dearest first."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.grade import Grade
from tito.model.rubric import Rubric
from tito.records import dataclass
from tito.report.style import Style
from tito.report.text import label


@dataclass(slots=True)
class _Timing:
    title: str
    total: float = 0.0
    count: int = 0
    worst: float = 0.0
    student: str = ""

    def add(self, seconds: float, student: str) -> None:
        self.total += seconds
        self.count += 1
        if seconds > self.worst:
            self.worst, self.student = seconds, student


def timings_report(rubric: Rubric, grades: Iterable[Grade], style: Style) -> RenderableType:
    """Return a table of the wall time that each criterion's tests took, over all submissions that ran them."""
    found = {each.id: _Timing(each.title) for each in rubric.criteria}
    whole = _Timing("starting and loading")
    for grade in grades:
        for part in grade.criteria:
            if any(each.seconds for each in part.outcomes):
                found[part.criterion.id].add(sum(each.seconds for each in part.outcomes), grade.student)
        if grade.seconds:
            tested = sum(each.seconds for part in grade.criteria for each in part.outcomes)
            whole.add(max(grade.seconds - tested, 0.0), grade.student)
    rows = [whole, *sorted(found.values(), key=lambda each: -each.total)]
    total = sum(each.total for each in rows)
    table = Table(box=style.box, pad_edge=False)
    table.add_column("where the time goes", overflow="fold")
    for name in ("share", "total", "mean", "slowest"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("of", overflow="ellipsis", no_wrap=True)
    for each in rows:
        share = each.total / total if total else 0.0
        mean = each.total / each.count if each.count else 0.0
        cells = (f"{share:.0%}", f"{each.total:.1f} s", _short(mean), _short(each.worst))
        table.add_row(Text(label(each.title)), *cells, Text(label(each.student, 20)))
    return Group(Text(), table)


def _short(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
