"""One piece of work, explained: each criterion, and where it did not pass the line, the call, values and a hint."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tito.model.grade import CriterionGrade, Grade
from tito.model.grader import LockedCriterion
from tito.model.outcome import Failure, Outcome, Status
from tito.model.points import points
from tito.report.lines import beside_line, person_lines, ran_beside, total_lines
from tito.report.style import Style
from tito.report.text import label, one_line, safe
from tito.report.words import MARK, MEANING, counted

_LINES: Final = 12
_OUTPUT: Final = 6


def check_report(grade: Grade, *, hidden: Sequence[LockedCriterion], style: Style) -> RenderableType:
    """Return the report that a student reads; `hidden` are the criteria that only grading decides."""
    parts: list[RenderableType] = [_table(grade, style), *beside_line(grade.criteria, style)]
    parts += _notes(grade, style)
    for each in grade.criteria:
        if each.status not in {Status.PASSED, Status.PENDING} or each.override or each.comment:
            parts += [Text(), *_explained(each, style)]
    comments = [Text(style.say(f"comment: {safe(each.text)}"), style="cyan") for each in grade.comments]
    parts += [Text(), *comments, *total_lines(grade)]
    if grade.reference is not None:
        parts.append(Text(f"{points(grade.reference)} points on the course's own earlier modules"))
    if hidden:
        worth = points(sum((each.points for each in hidden), Decimal(0)))
        what = "1 hidden criterion" if len(hidden) == 1 else f"{len(hidden)} hidden criteria"
        verb = "is" if len(hidden) == 1 else "are"
        parts.append(Text(f"{what}, worth {worth} points, {verb} tested when your work is graded."))
    return Group(*parts)


def student_report(grade: Grade, *, style: Style, name: str = "") -> RenderableType:
    """Return the full report of one student for an instructor, with a `name` that the roster knows."""
    who = f"{label(grade.student, 80)}{f' ({one_line(name, 80)})' if name else ''}"
    head = Text(f"{who}: {label(grade.module)} ({label(grade.path)})", style="bold")
    if grade.refusal:
        return Group(head, Text(f"refused: {safe(grade.refusal)}", style="yellow"), Text(), *total_lines(grade))
    level = Text(f"sandbox level {label(grade.level)}, {grade.seconds:.2f} s")
    return Group(head, check_report(grade, hidden=(), style=style), level)


def _table(grade: Grade, style: Style) -> Table:
    table = Table(box=style.box, pad_edge=False, show_edge=False)
    table.add_column("status", no_wrap=True)
    table.add_column("criterion")
    table.add_column("points", justify="right", no_wrap=True)
    for each in grade.criteria:
        worth = f"{points(each.earned)}/{points(each.criterion.points)}"
        table.add_row(_status(each, style), Text(style.say(_title(each))), worth)
    return table


def _status(each: CriterionGrade, style: Style) -> Text:
    """Return the status; of a criterion that a person has marked, the level."""
    if not each.mark:
        return style.status(each.status)
    level = one_line(each.mark.level, 20) or "marked"
    return Text(style.say(f"{style.sign(each.status)} {level}"), style=style.colour(each.status))


def _title(each: CriterionGrade) -> str:
    beside = [word for word, told in (("extra", each.criterion.extra), ("dropped", each.criterion.dropped)) if told]
    title = f"{each.criterion.title} ({', '.join(beside)})" if beside else each.criterion.title
    return f"{title} {MARK}" if ran_beside(each) else title


def _notes(grade: Grade, style: Style) -> list[Text]:
    notes = [Text(style.say(f"note: {one_line(each)}"), style="yellow") for each in grade.notes]
    return [Text(), *notes] if notes else []


def _explained(each: CriterionGrade, style: Style) -> Iterator[RenderableType]:
    said = each.status if not each.mark else one_line(each.mark.level, 60) or f"{points(each.earned)} points"
    title = f"{style.sign(each.status)} {each.criterion.title}: {said}"
    yield Text(style.say(title), style=f"bold {style.colour(each.status)}")
    yield from (_indented(line) for line in person_lines(each, style))
    if each.status is Status.PASSED or each.mark:
        return
    if each.criterion.tests:
        yield _indented(Text(style.say(each.criterion.tests), style="dim"))
    failing = [outcome for outcome in each.outcomes if outcome.status is not Status.PASSED]
    for outcome in failing[:2]:
        yield from (_indented(part) for part in _why(outcome, style))
    if len(failing) > 2:  # noqa: PLR2004 - the two that are shown
        yield _indented(Text(f"and {counted(len(failing) - 2, 'more test')} of this criterion"))
    if not failing:
        yield _indented(Text("no test of this criterion has run"))
    if each.mistake:
        yield _indented(Text(style.say(f"known mistake: {each.mistake}"), style="cyan"))
    if each.criterion.hint and each.status is not Status.BROKEN:
        yield _indented(Text(style.say(f"hint: {each.criterion.hint}"), style="cyan"))


def _why(outcome: Outcome, style: Style) -> Iterator[Text]:
    if outcome.failure and outcome.failure.message == "NotImplementedError":
        places = _distinct(outcome.failure)
        yield Text(
            style.say(f"not written yet: {one_line(places[-1])}" if places else "not written yet"), style="bold"
        )
        return
    # Without a test it is a person's criterion, of which the reason says all.
    if outcome.status in MEANING and (outcome.test or outcome.status is not Status.MISSING):
        yield Text(MEANING[outcome.status])
    failure = outcome.failure or Failure("no reason was given")
    yield Text(style.say(_cut(failure.message)), style="bold")
    if failure.detail and len(failure.message) < 40:  # noqa: PLR2004 - too short to tell the values
        yield Text(style.say(_cut(failure.detail)), style="dim")
    for call in failure.calls:
        yield Text(style.say(f"call:  {_cut(call)}"))
    if failure.assertion:
        yield Text(style.say(f"test:  {_cut(failure.assertion)}"))
    for frame in _distinct(failure):
        yield Text(style.say(f"yours: {one_line(frame)}"))
    if outcome.output.strip():
        yield Text(style.say("printed:\n" + _cut(outcome.output.strip(), _OUTPUT)), style="dim")


def _distinct(failure: Failure) -> list[str]:
    """Return the student's frames, each recursion once."""
    lines = (
        f"{frame.path}:{frame.line} in {frame.function}" + (f": {frame.code.strip()}" if frame.code.strip() else "")
        for frame in failure.frames
    )
    return list(dict.fromkeys(lines))


def _cut(text: str, lines: int = _LINES) -> str:
    shown = safe(text, 1_200).splitlines()
    if len(shown) > lines:
        shown = [*shown[:lines], f"… {counted(len(shown) - lines, 'more line')}"]
    return "\n".join(shown)


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))
