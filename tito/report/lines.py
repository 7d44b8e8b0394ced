"""The lines below a grade's criteria: extra credit, dropped criteria, lateness, and what is not graded yet."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from tito.model.grade import Adjustment, AdjustmentKind, CriterionGrade, Grade, Override
from tito.model.points import percent, points, worth
from tito.report.style import Style
from tito.report.text import one_line, safe
from tito.report.words import BESIDE, MARK

_WORDS = {
    AdjustmentKind.EXTRA: "extra credit",
    AdjustmentKind.DROPPED: "dropped",
    AdjustmentKind.LATE: "late",
    AdjustmentKind.ADJUSTED: "adjusted",
}


def total_lines(grade: Grade) -> Iterator[Text]:
    """Yield the totals: of the criteria, each adjustment, and the final one; both totals where it is incomplete."""
    if grade.excused:
        yield Text(f"excused: {one_line(grade.excused)}: this grade counts nowhere", style="bold cyan")
    if not grade.complete:
        yield Text(f"incomplete: {_so_far(grade)}", style="bold cyan")
    if grade.adjustments:
        yield Text(f"{points(grade.earned)} of {points(grade.possible)} points from the criteria")
        yield from (Text(safe(adjustment(each))) for each in grade.adjustments)
    if grade.complete or grade.adjustments:
        colour = "green" if grade.final >= grade.possible else "yellow"
        so_far = "" if grade.complete else " so far"
        text = f"{points(grade.final)} of {points(grade.possible)} points ({percent(grade.final_percent)} %){so_far}"
        yield Text(text, style=f"bold {colour}")


def _so_far(grade: Grade) -> str:
    if grade.graded == grade.possible:
        return f"{points(grade.earned)} of {points(grade.possible)} points, extra credit has yet to be graded"
    graded = f"{points(grade.earned)} of the {points(grade.graded)} points graded so far"
    return f"{graded}, {points(grade.possible)} possible in all"


def adjustment(each: Adjustment) -> str:
    """Return one line: signed points, the kind and the reason."""
    # A lateness says of itself that it is one.
    kind = "" if each.kind is AdjustmentKind.LATE else f"{_WORDS[each.kind]}: "
    return f"{signed(each)}  {kind}{one_line(each.reason)}"


def signed(each: Adjustment) -> str:
    """Return an adjustment's points with their sign."""
    return f"{'-' if each.points < 0 else '+'}{points(abs(each.points))}" if each.points else "0"


def ran_beside(each: CriterionGrade) -> bool:
    """Say whether a test of a criterion ran beside the submission, passed or not."""
    return any(outcome.beside for outcome in each.outcomes)


def beside_line(criteria: Iterable[CriterionGrade], style: Style) -> Iterator[Text]:
    """Yield, where a test ran beside the submission, what the mark after a title means."""
    if any(map(ran_beside, criteria)):
        yield Text(style.say(f"{MARK} {BESIDE}"), style="yellow")


def person_lines(each: CriterionGrade, style: Style) -> Iterator[Text]:
    """Yield what people said of one criterion: an override with its reason, and a comment."""
    if each.override:
        yield Text(style.say(_override(each.override)), style="cyan")
    if each.comment:
        yield Text(style.say(f"comment: {safe(each.comment)}"), style="cyan")


def _override(override: Override) -> str:
    change = f"{points(override.earned_before)} → {worth(override.earned)}"
    return f"override by {one_line(override.author, 60)}: {change}: {one_line(override.reason)}"
