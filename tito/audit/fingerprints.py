"""How a known mistake fails, recorded, and whether a student's work fails in the same way.

Two failures are alike where the same locked test ended in the same way, at the same line, with the same words, after
the same calls, and every number in them is the same within rounding. So a match says that the work behaved like the
mistake wherever the tests looked; it does not say that the code is the same.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tito.errors import CourseError, Problem
from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Outcome, Status
from tito.records import dataclass

NAME: Final = "mistakes.json"
VERSION: Final = 1
# float32 gives seven digits, of which different formulas agree in about four after some steps.
_RELATIVE: Final = 1e-3
_ABSOLUTE: Final = 1e-6
_NUMBER: Final = re.compile(r"(?<![\w.])[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?!\w)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")
_SHOWN: Final = (Status.FAILED, Status.ERROR)


@dataclass(frozen=True, slots=True)
class Trace:
    """How one test failed: `text` is all that was told, with a sign in the place of each of its `numbers`."""

    test: str
    status: Status
    text: str
    numbers: tuple[float, ...]

    def like(self, other: "Trace") -> bool:
        """Say whether two failures are alike."""
        same = (self.test, self.status, self.text) == (other.test, other.status, other.text)
        return same and len(self.numbers) == len(other.numbers) and all(map(_close, self.numbers, other.numbers))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How the mutant `id` fails, by criterion, and what a report says of work that fails so."""

    id: str
    message: str
    traces: Mapping[str, tuple[Trace, ...]]

    @property
    def telling(self) -> bool:
        """Whether some failure shows values; an endless loop, like work not yet begun, looks like any other."""
        traces = [trace for each in self.traces.values() for trace in each]
        return any(trace.numbers and not trace.text.startswith("NotImplementedError") for trace in traces)

    def alike(self, traces: Mapping[str, tuple[Trace, ...]]) -> bool:
        """Say whether every criterion that this mistake fails has failed alike; others may have failed as well."""
        return bool(self.traces) and all(_all_alike(each, traces.get(name, ())) for name, each in self.traces.items())


def fingerprint(name: str, message: str, outcomes: Iterable[Outcome]) -> Fingerprint:
    """Return how a mutant failed."""
    return Fingerprint(name, message, _traces(outcomes))


def name_mistakes(grade: Grade, known: Sequence[Fingerprint]) -> Grade:
    """Return a grade in which the criteria that failed as a known mistake does say which.

    Of several that fit a criterion, the one that explains most criteria is named.
    """
    traces = _traces(outcome for each in grade.criteria for outcome in each.outcomes)
    fitting = sorted((each for each in known if each.alike(traces)), key=lambda each: -len(each.traces))
    if not fitting:
        return grade
    return replace(grade, criteria=tuple(_named(each, fitting) for each in grade.criteria))


def dump(module: str, of: str, known: Sequence[Fingerprint]) -> str:
    """Return the text of the file that holds a module's known mistakes; `of` is the digest of what they rest on."""
    mistakes = [
        {
            "id": each.id,
            "message": each.message,
            "failures": {name: [_plain(trace) for trace in traces] for name, traces in each.traces.items()},
        }
        for each in known
    ]
    return json.dumps({"version": VERSION, "module": module, "of": of, "mistakes": mistakes}, indent=1) + "\n"


def load(text: str, path: str) -> tuple[str, tuple[Fingerprint, ...]]:
    """Return (of, the known mistakes) of such a file. Raises CourseError where it is not one."""
    try:
        content = json.loads(text)
        known = tuple(_fingerprint(each) for each in content["mistakes"])
        return {VERSION: str(content["of"])}[content["version"]], known
    except (ValueError, LookupError, TypeError, AttributeError):
        raise CourseError(Problem("this is no file of known mistakes", "Run `tito audit`.", path)) from None


def _named(each: CriterionGrade, fitting: Iterable[Fingerprint]) -> CriterionGrade:
    message = next((known.message for known in fitting if each.criterion.id in known.traces), "")
    return replace(each, mistake=message) if message else each


def _traces(outcomes: Iterable[Outcome]) -> dict[str, tuple[Trace, ...]]:
    found: dict[str, tuple[Trace, ...]] = {}
    for each in outcomes:
        if each.status is not Status.PASSED:
            found[each.grade_id] = (*found.get(each.grade_id, ()), _trace(each))
    return found


def _trace(outcome: Outcome) -> Trace:
    why = outcome.failure
    # Of what ended from outside, such as a timeout, the words tell of limits rather than of the work.
    told = (why.message, why.assertion, *why.calls) if why and outcome.status in _SHOWN else ()
    text = _ADDRESS.sub("", "\n".join(told))
    numbers = tuple(float(number) for number in _NUMBER.findall(text))
    return Trace(outcome.test, outcome.status, _spaced(_NUMBER.sub("#", text)), numbers)


def _spaced(text: str) -> str:
    """Return a text in which spaces do not depend on how many digits the numbers between them had."""
    return re.sub(r"\s*([\[\](),])\s*", r"\1", " ".join(text.split()))


def _all_alike(one: Sequence[Trace], other: Sequence[Trace]) -> bool:
    return len(one) == len(other) and all(left.like(right) for left, right in zip(one, other, strict=True))


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)


def _plain(trace: Trace) -> dict[str, Any]:
    return {"test": trace.test, "status": trace.status.value, "text": trace.text, "numbers": list(trace.numbers)}


def _fingerprint(content: Mapping[str, Any]) -> Fingerprint:
    traces = {
        str(name): tuple(
            Trace(each["test"], Status(each["status"]), each["text"], tuple(map(float, each["numbers"])))
            for each in failures
        )
        for name, failures in content["failures"].items()
    }
    return Fingerprint(str(content["id"]), str(content["message"]), traces)
