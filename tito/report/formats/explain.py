"""Why a criterion did not pass, as labelled lines of plain text."""

from collections.abc import Iterator
from typing import Final

from tito.model.points import worth
from tito.report.formats.view import Frame, Part, Row, Test
from tito.report.words import BESIDE, MEANING, counted

_TESTS: Final = 2
_LINES: Final = 12
_REASON: Final = 300
HIDDEN: Final = "a hidden test does not pass"
PENDING: Final = "a person has yet to grade this"


def explain(part: Part) -> str:
    """Return a criterion's whole explanation; "" for one that passed, of which there is nothing to say."""
    return "\n".join(f"{label}: {text}" if label else text for label, text in lines(part))


def reason(part: Part) -> str:
    """Return in one line why a criterion did not pass."""
    told = next((" ".join(text.split()) for label, text in lines(part) if label == "why"), "") or part.status
    return told if len(told) <= _REASON else f"{told[:_REASON]} …"


def brief(part: Part, why: str = "") -> str:
    """Return in one line all that there is to say: `why` it did not pass, a known mistake, the hint, where it ran."""
    wanted = {"mistake": "Known mistake: ", "hint": "Hint: ", "beside": ""}
    told = [f"{wanted[label]}{' '.join(text.split())}" for label, text in lines(part) if label in wanted]
    return " \u00b7 ".join(each for each in ("" if part.passed else why or reason(part), *told) if each)


def lines(part: Part) -> Iterator[tuple[str, str]]:
    """Yield (label, text) in the order in which a student reads them; a text may have several lines."""
    if part.pending or part.status == "pending":
        yield "why", PENDING
    elif not part.passed:
        yield from _lost(part)
    if part.override:
        yield "points", part.override
    if part.comment:
        yield "comment", part.comment
    if part.beside:
        yield "beside", BESIDE


def _lost(part: Part) -> Iterator[tuple[str, str]]:
    if part.description:
        yield "tested", part.description
    if part.manual:
        yield "why", f"a person's mark: {part.level}" if part.level else "a person's mark"
        return
    failing = [each for each in part.tests if each.status != "passed"]
    for test in failing[:_TESTS]:
        yield from _why(test)
    if not failing:
        yield "why", "no test of this criterion has run"
    if len(failing) > _TESTS:
        yield "", f"and {counted(len(failing) - _TESTS, 'more test')} of this criterion"
    if part.mistake:
        yield "mistake", part.mistake
    if part.hint and part.status != "broken":
        yield "hint", part.hint


def _why(test: Test) -> Iterator[tuple[str, str]]:
    meaning = MEANING.get(test.status, "")
    if test.hidden:
        yield "why", f"{HIDDEN}: {meaning}" if meaning else HIDDEN
    elif test.message == "NotImplementedError":
        yield "why", "not written yet"
    else:
        yield "why", cut("\n".join(each for each in (meaning, test.message) if each))
    if test.detail and len(test.message) < 40:  # noqa: PLR2004 - too short to tell the values
        yield "values", cut(test.detail)
    yield from (("call", cut(each)) for each in test.calls)
    if test.assertion:
        yield "test", cut(test.assertion)
    yield from (("yours", each) for each in dict.fromkeys(map(place, test.frames)))
    if test.output.strip():
        yield "printed", "\n" + cut(test.output.strip(), 6)


def place(frame: Frame) -> str:
    """Return a frame as `path:line in function: code`."""
    code = f": {frame.code.strip()}" if frame.code.strip() else ""
    return f"{frame.path}:{frame.line} in {frame.function}{code}"


def cut(text: str, most: int = _LINES) -> str:
    """Return at most `most` lines of a text, with a word on the rest."""
    shown = text.splitlines()
    if len(shown) > most:
        shown = [*shown[:most], f"… {counted(len(shown) - most, 'more line')}"]
    return "\n".join(shown)


def beside(row: Row) -> list[str]:
    """Return what there is to say beside the criteria: adjustments, comments and notes, a line each."""
    excused = [f"excused: {row.excused}: this grade counts nowhere"] if row.excused else []
    lines = [f"{each.kind}: {worth(each.points)} ({each.reason})" for each in row.adjustments]
    return [
        *excused,
        *lines,
        *(f"comment: {each}" for each in row.comments),
        *(f"note: {each}" for each in row.notes),
    ]
