"""Why a criterion did not pass: values first, then the call and the student's line; and what is to be written."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from tito.model.grade import CriterionGrade
from tito.model.outcome import Difference, Failure, Outcome, Status
from tito.model.points import worth
from tito.report.lines import person_lines
from tito.report.own import OwnFile
from tito.report.style import Style
from tito.report.text import one_line, safe
from tito.report.words import MEANING, counted

TO_DO: Final = "to do"
_STUB: Final = "NotImplementedError"
_LINES: Final = 12
_OUTPUT: Final = 6
_TESTS: Final = 2
_PLACE: Final = re.compile(r"(?<=[ (])([^\s()]+(?:\[cell \d+\])?):(\d+)\b")
_SHORT: Final = 40


def to_do(each: CriterionGrade) -> bool:
    """Whether a criterion fails for nothing but that its stub is as it was handed out."""
    failing = [outcome for outcome in each.outcomes if outcome.status is not Status.PASSED]
    return bool(failing) and not each.mark and all(_is_stub(outcome.failure) for outcome in failing)


def to_do_lines(
    criteria: Sequence[CriterionGrade], own: OwnFile, style: Style, most: int | None = None
) -> Iterator[RenderableType]:
    """Yield what is yet to be written, each place once, with the criteria that wait for it."""
    waiting: dict[str, list[str]] = {}
    for each in criteria:
        waiting.setdefault(_stub_place(each, own), []).append(each.criterion.title)
    total = sum((each.criterion.points for each in criteria), Decimal(0))
    told = f"{counted(len(criteria), 'criterion', 'criteria')}, {worth(total)}"
    yield Text(style.say(f"{style.sign(Status.PENDING)} {TO_DO}: {told}"), style="bold cyan")
    for place, titles in list(waiting.items())[:most]:
        yield _indented(Text(style.say(f"{place}  {', '.join(titles)}")))
    if most is not None and len(waiting) > most:
        yield _indented(Text(f"and {counted(len(waiting) - most, 'more place')} behind it", style="dim"))


def reason(each: CriterionGrade) -> tuple[object, ...]:
    """Return what a criterion fails of, as others may do, too: a line or a name; () where it is its own affair."""
    failing = [outcome for outcome in each.outcomes if outcome.status is not Status.PASSED]
    failure = failing[0].failure if len(failing) == 1 else None
    if failure is None or each.comment or each.override or each.mistake:
        return ()
    if failure.frames:
        return failing[0].status, failure.message, failure.frames[-1]
    return (failing[0].status, failure.message) if failing[0].status is Status.MISSING else ()


def explained(each: CriterionGrade, own: OwnFile, style: Style, *, same: str = "") -> Iterator[RenderableType]:
    """Yield all that there is to say of one criterion; `same` is another one that fails for the same reason."""
    if same:
        head = f"{style.sign(each.status)} {each.criterion.title}: {each.status}, for the same reason as {same}"
        yield Text(style.say(head), style=f"bold {style.colour(each.status)}")
        return
    said = each.status if not each.mark else one_line(each.mark.level, 60) or worth(each.earned)
    title = f"{style.sign(each.status)} {each.criterion.title}: {said}"
    yield Text(style.say(title), style=f"bold {style.colour(each.status)}")
    yield from (_indented(line) for line in person_lines(each, style))
    if each.status is Status.PASSED or each.mark:
        return
    if each.criterion.tests:
        yield _indented(Text(style.say(each.criterion.tests), style="dim"))
    failing = [outcome for outcome in each.outcomes if outcome.status is not Status.PASSED]
    for outcome in failing[:_TESTS]:
        yield from _why(outcome, own, style)
    if len(failing) > _TESTS:
        yield _indented(Text(f"and {counted(len(failing) - _TESTS, 'more test')} of this criterion"))
    if not failing:
        yield _indented(Text("no test of this criterion has run"))
    if each.mistake:
        yield _indented(Text(style.say(f"known mistake: {each.mistake}"), style="cyan"))
    if each.criterion.hint and each.status is not Status.BROKEN:
        more = len(each.criterion.more_hints)
        told = f" ({counted(more, 'more hint')}: `tito hint`)" if more else ""
        yield _indented(Text(style.say(f"hint: {each.criterion.hint}{told}"), style="cyan"))


def _why(outcome: Outcome, own: OwnFile, style: Style) -> Iterator[RenderableType]:
    if _is_stub(outcome.failure):
        yield _indented(Text(style.say(f"{TO_DO}: {_place(outcome.failure, own)}"), style="bold"))
        return
    # Without a test it is a person's criterion, of which the reason says all.
    if outcome.status in MEANING and (outcome.test or outcome.status is not Status.MISSING):
        yield _indented(Text(MEANING[outcome.status]))
    failure = outcome.failure or Failure("no reason was given")
    yield from (_indented(line) for line in _values(failure, style))
    if failure.advice:
        yield _indented(Text(style.say(_opened(failure.advice, own)), style="bold cyan"))
    for call in [failure.call] if failure.call else failure.calls:
        # What it raised is said above already.
        yield _indented(Text(style.say(f"call:  {_cut(call.removesuffix(f'  →  {failure.message}'))}")))
    if failure.assertion:
        yield _indented(Text(style.say(f"test:  {_cut(failure.assertion)}")))
    for frame in _frames(failure, own):
        yield _indented(Text(style.say(f"yours: {one_line(frame)}")))
    if failure.repeat:
        # It is there to be copied, so no line of ours is put into it.
        yield Text(style.say(f"  again: {one_line(failure.repeat, 2_000)}"), no_wrap=True, overflow="ignore")
    if outcome.output.strip():
        yield _indented(Text(style.say("printed:\n" + _cut(outcome.output.strip(), _OUTPUT)), style="dim"))


def _values(failure: Failure, style: Style) -> Iterator[Text]:
    """Yield the message and what was compared; of a message that shows the same values over many lines, the first."""
    if failure.difference is None:
        yield Text(style.say(_cut(failure.message)), style="bold")
        if failure.detail and len(failure.message) < _SHORT:
            yield Text(style.say(_cut(failure.detail)), style="dim")
        return
    first, _, more = failure.message.strip().partition("\n")
    if not first.startswith("assert "):
        yield Text(style.say(f"{one_line(first)}{' …' if more else ''}"), style="bold")
    yield from _aligned(failure.difference, style)


def _aligned(difference: Difference, style: Style) -> Iterator[Text]:
    if difference.where:
        yield Text(style.say(one_line(difference.where)))
    width = max(map(len, difference.names))
    for name, value in zip(difference.names, (difference.expected, difference.got), strict=False):
        yield Text(style.say(f"{name:<{width}}  {one_line(value, 400)}"), style="bold")


def _frames(failure: Failure, own: OwnFile) -> list[str]:
    """Return the student's frames, each recursion once; without any, where what was called is defined."""
    frames = list(dict.fromkeys(own.frame(frame) for frame in failure.frames))
    name = failure.call.partition("(")[0]
    if not frames and name in own.defined:
        return [f"{own.place(*own.defined[name])} {name}"]
    return frames


def _is_stub(failure: Failure | None) -> bool:
    return failure is not None and failure.message == _STUB


def _stub_place(each: CriterionGrade, own: OwnFile) -> str:
    failing = next(outcome for outcome in each.outcomes if outcome.status is not Status.PASSED)
    return _place(failing.failure, own)


def _place(failure: Failure | None, own: OwnFile) -> str:
    frames = failure.frames if failure else ()
    return own.place(frames[-1].path, frames[-1].line) if frames else "not written yet"


def _opened(advice: str, own: OwnFile) -> str:
    """Return an advice whose places are as a terminal opens them."""
    return _PLACE.sub(lambda found: own.place(found[1], int(found[2])), advice)


def _cut(text: str, lines: int = _LINES) -> str:
    shown = safe(text, 1_200).splitlines()
    if len(shown) > lines:
        shown = [*shown[:lines], f"… {counted(len(shown) - lines, 'more line')}"]
    return "\n".join(shown)


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2), expand=False)
