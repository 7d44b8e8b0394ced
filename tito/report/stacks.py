"""A class on its own earlier modules: each score beside the one on the reference, and which module is to blame."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.grade import Grade
from tito.model.outcome import Status
from tito.model.points import points
from tito.report.style import Style
from tito.report.text import one_line

_BLOCKED: Final = re.compile(r"blocked by ([\w-]+):")


def stacks_report(grades: Sequence[Grade], style: Style) -> tuple[RenderableType, ...]:
    """Return the table of the submissions that were graded on the students' own earlier modules, if there are any."""
    graded = [each for each in grades if each.reference is not None]
    if not graded:
        return ()
    table = Table(box=style.box, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("student", no_wrap=True, max_width=18)
    for head in ("on their own", "on the reference"):
        table.add_column(head, justify="right")
    table.add_column("blocked by")
    for each in graded:
        theirs = Text("?" if each.broken else points(each.earned), style="bold")
        reference = points(each.reference) if each.reference is not None else ""
        blamed = Text(", ".join(blockers(each)), style="yellow")
        table.add_row(Text(one_line(each.student, 60)), theirs, reference, blamed)
    return Text(), Text("on the students' own earlier modules, and on the reference's:"), table


def blockers(grade: Grade) -> tuple[str, ...]:
    """Return the ids of the student's earlier modules that block a criterion, each once."""
    return tuple(dict.fromkeys(_blockers(grade)))


def _blockers(grade: Grade) -> Iterator[str]:
    for each in grade.criteria:
        for outcome in each.outcomes:
            found = _BLOCKED.match(outcome.failure.message) if outcome.failure else None
            if outcome.status is Status.BLOCKED and found:
                yield found[1]
