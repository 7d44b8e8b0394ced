"""One piece of work, explained: each criterion, then what to mend, the first thing first."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tito.model.grade import CriterionGrade, Grade
from tito.model.grader import LockedCriterion
from tito.model.outcome import Status
from tito.model.points import points, worth
from tito.report.lines import beside_line, ran_beside, total_lines
from tito.report.own import NOBODYS, OwnFile, SyntaxFault
from tito.report.style import Style
from tito.report.text import label, one_line, safe
from tito.report.why import TO_DO, explained, reason, to_do, to_do_lines
from tito.report.words import MARK, counted
from tito.sandbox.system import MARK as PORTABLE

_WATCHED: Final = "judged on the portable path: by a clock and a look at memory, in no sandbox"


def check_report(
    grade: Grade,
    *,
    hidden: Sequence[LockedCriterion] = (),
    style: Style,
    own: OwnFile = NOBODYS,
    partly: Sequence[str] = (),
    remarks: Sequence[str] = (),
    steps: Sequence[str] = (),
) -> RenderableType:
    """Return the report that a student reads.

    `hidden` are the criteria that only grading decides, `partly` the ids of those whose tests hold more than students
    see. `remarks` are said before everything else, `steps` are what to do next.
    """
    parts: list[RenderableType] = [*_head(own, style), *_said(remarks, style)]
    parts += [_table(grade, style, partly), *beside_line(grade.criteria, style), *_notes(grade, own, style)]
    parts += _things(grade, own, style)
    comments = [Text(style.say(f"comment: {safe(each.text)}"), style="cyan") for each in grade.comments]
    parts += [Text(), *comments, *(_honest(grade, hidden, partly) if hidden or partly else total_lines(grade))]
    if grade.level.endswith(PORTABLE):
        parts.append(Text(style.say(_WATCHED), style="dim"))
    if grade.reference is not None:
        parts.append(Text(f"{worth(grade.reference)} on the course's own earlier modules"))
    return Group(*parts, *(Text(style.say(f"next: {step}"), style="bold") for step in steps))


def first_thing(grade: Grade, *, style: Style, own: OwnFile = NOBODYS) -> RenderableType | None:
    """Return the one thing to mend or to write first; None where there is nothing."""
    stopped = [note for note in grade.notes if _stopped(note, own)]
    if stopped:
        return _stop(stopped[0], own, style)
    for each in _in_order(grade):
        return Group(*explained(each, own, style))
    rest = [each for each in grade.criteria if to_do(each)]
    return Group(*to_do_lines(rest, own, style, most=1)) if rest else None


def syntax_report(fault: SyntaxFault, *, style: Style, own: OwnFile) -> RenderableType:
    """Return what keeps a file from running at all, with its line and a caret, and nothing about points."""
    place = own.place(fault.path, fault.line)
    column = f":{fault.column}" if fault.column and place.endswith(f":{fault.line}") else ""
    code = [line for line in (fault.before, fault.text) if line.strip()]
    bar = "│" if style.unicode else "|"
    numbers = range(fault.line - len(code) + 1, fault.line + 1)
    lines = [f"{number:>6} {bar} {line}" for number, line in zip(numbers, code, strict=True)]
    caret = f"{'':>6} {bar} {' ' * (fault.column - 1)}^" if fault.column else ""
    texts = [Text(style.say(safe(line)), no_wrap=True, overflow="ellipsis") for line in (*lines, caret) if line]
    return Group(
        *_head(own, style),
        Text(style.say(f"{style.sign(Status.ERROR)} this is not Python yet: {place}{column}"), style="bold red"),
        Text(style.say(f"  {fault.name}: {safe(fault.message)}"), style="bold"),
        *texts,
        Text("Mend this first; nothing behind it was tested."),
    )


def student_report(grade: Grade, *, style: Style, name: str = "") -> RenderableType:
    """Return the full report of one student for an instructor, with a `name` that the roster knows."""
    who = f"{label(grade.student, 80)}{f' ({one_line(name, 80)})' if name else ''}"
    head = Text(f"{who}: {label(grade.module)} ({label(grade.path)})", style="bold")
    if grade.refusal:
        return Group(head, Text(f"refused: {safe(grade.refusal)}", style="yellow"), Text(), *total_lines(grade))
    level = Text(f"sandbox level {label(grade.level)}, {grade.seconds:.2f} s")
    return Group(head, check_report(grade, style=style), level)


def _head(own: OwnFile, style: Style) -> Iterator[Text]:
    if own.path:
        saved = f", saved {own.saved:%H:%M:%S}" if own.saved else ""
        module = f"{own.module}: " if own.module else ""
        yield Text(style.say(f"{module}{own.path}{saved}"), style="bold")


def _said(remarks: Sequence[str], style: Style) -> list[Text]:
    lines = [Text(style.say(f"note: {safe(each)}"), style="yellow") for each in remarks]
    return [*lines, Text()] if lines else []


def _table(grade: Grade, style: Style, partly: Sequence[str]) -> RenderableType:
    if style.plain:
        return Group(*(Text(style.say(_sentence(each, partly))) for each in grade.criteria))
    table = Table(box=style.box, pad_edge=False, show_edge=False)
    table.add_column("status", no_wrap=True)
    table.add_column("criterion")
    table.add_column("points", justify="right", no_wrap=True)
    for each in grade.criteria:
        public = each.criterion.id in partly and each.status is Status.PASSED
        share = f"{'?' if public else points(each.earned)}/{points(each.criterion.points)}"
        status = Text(f"{style.sign(Status.PASSED)} public part", "green") if public else _status(each, style)
        table.add_row(status, Text(style.say(_title(each))), share)
    return table


def _sentence(each: CriterionGrade, partly: Sequence[str]) -> str:
    """Return how a criterion stands as one sentence."""
    if each.criterion.id in partly and each.status is Status.PASSED:
        return f"{_title(each)}: the public part passed, {worth(each.criterion.points)} open."
    earned = f"{points(each.earned)} of {worth(each.criterion.points)}"
    return f"{_title(each)}: {TO_DO if to_do(each) else each.status}, {earned}."


def _status(each: CriterionGrade, style: Style) -> Text:
    """Return the status; of a criterion that a person has marked, the level; of what is not written yet, that."""
    if to_do(each):
        return Text(f"{style.sign(Status.PENDING)} {TO_DO}", style="cyan")
    if not each.mark:
        return style.status(each.status)
    level = one_line(each.mark.level, 20) or "marked"
    return Text(style.say(f"{style.sign(each.status)} {level}"), style=style.colour(each.status))


def _title(each: CriterionGrade) -> str:
    beside = [word for word, told in (("extra", each.criterion.extra), ("dropped", each.criterion.dropped)) if told]
    title = f"{each.criterion.title} ({', '.join(beside)})" if beside else each.criterion.title
    return f"{title} {MARK}" if ran_beside(each) else title


def _notes(grade: Grade, own: OwnFile, style: Style) -> list[Text]:
    """Return what there is to say of the file: a cell that stopped stands among the things to mend."""
    notes = [note for note in grade.notes if not own.is_ours(note)]
    lines = [Text(style.say(f"note: {one_line(each)}"), style="yellow") for each in notes]
    return [Text(), *lines] if lines else []


def _stopped(note: str, own: OwnFile) -> bool:
    """Whether a note tells of a cell that stopped, for another reason than that it is yet to be written."""
    return own.is_ours(note) and "NotImplementedError" not in note


def _things(grade: Grade, own: OwnFile, style: Style) -> Iterator[RenderableType]:
    """Yield what to mend: cells that stopped, then what is missing, then what is wrong, then what is to do, once."""
    for note in grade.notes:
        if _stopped(note, own):
            yield from (Text(), _stop(note, own, style))
    told: dict[object, str] = {}
    for each in _in_order(grade):
        before = told.setdefault(reason(each), each.criterion.title)
        same = before if before != each.criterion.title and reason(each) else ""
        yield from (Text(), *explained(each, own, style, same=same))
    rest = [each for each in grade.criteria if to_do(each)]
    if rest:
        yield from (Text(), *to_do_lines(rest, own, style))


def _in_order(grade: Grade) -> list[CriterionGrade]:
    """Return the criteria that there is something to say of, what is missing before what is wrong."""
    shown = [
        each
        for each in grade.criteria
        if (each.status not in {Status.PASSED, Status.PENDING} and not to_do(each)) or each.override or each.comment
    ]
    return sorted(shown, key=lambda each: each.status is not Status.MISSING)


def _stop(note: str, own: OwnFile, style: Style) -> RenderableType:
    place, _, why = own.note(note).partition(": ")
    head = Text(style.say(f"{style.sign(Status.ERROR)} a cell stops: {place}"), style="bold red")
    rest = Text("  What is behind that line in its cell was not run, so that what it defines may be missing.")
    return Group(head, Text(style.say(f"  {safe(why)}"), style="bold"), rest)


def _honest(grade: Grade, hidden: Sequence[LockedCriterion], partly: Sequence[str]) -> Iterator[Text]:
    """Yield the totals where hidden tests decide some points: what is sure, and what only grading tells."""
    public = [each for each in grade.criteria if each.criterion.id not in partly and not each.criterion.extra]
    sure = sum((each.earned for each in public), Decimal(0))
    half = [each for each in grade.criteria if each.criterion.id in partly and not each.criterion.extra]
    passed = sum((each.criterion.points for each in half if each.status is Status.PASSED), Decimal(0))
    lost = sum((each.criterion.points for each in half if each.status is not Status.PASSED), Decimal(0))
    secret = sum((each.points for each in hidden), Decimal(0))
    total = grade.possible + secret
    colour = "green" if sure + passed + secret == total else "yellow"
    yield Text(f"{points(sure)} of {points(total)} points are sure", style=f"bold {colour}")
    if passed:
        yield Text(f"public part passed: {worth(passed)}, which hidden tests decide when it is graded")
    if lost:
        yield Text(f"public part not passed: {worth(lost)}")
    if secret:
        what = counted(len(hidden), "hidden criterion", "hidden criteria")
        yield Text(f"{what}, worth {worth(secret)}, tested when your work is graded")
