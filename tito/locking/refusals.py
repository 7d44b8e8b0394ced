"""Why a reference's tests cannot be locked: each cause in one sentence, with its tests and their lines."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from tito.errors import Problem
from tito.model.outcome import Outcome, Status
from tito.records import dataclass

_MISSING: Final = re.compile(r"No module named '(\w+)")
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a course allows: installed packages, and seconds for a test, for the cells, for a submission."""

    packages: Collection[str]
    test: float
    load: float
    submission: float


@dataclass(frozen=True, slots=True)
class Refused:
    """A test that the reference does not pass, in the judge (`apart`) nor beside the submission."""

    test: str
    grade_id: str
    apart: str
    beside: str

    @property
    def why(self) -> str:
        """Both reasons, or the one where they are the same."""
        alike = self.apart == self.beside or not self.beside
        return self.apart if alike else f"{self.apart}; beside the submission: {self.beside}"


def refused(apart: Iterable[Outcome], beside: Iterable[Outcome]) -> tuple[Refused, ...]:
    """Return the tests that pass in neither way; one that was not tried beside is judged by the first alone."""
    second = {outcome.test: outcome for outcome in beside}
    found = []
    for outcome in apart:
        other = second.get(outcome.test)
        if outcome.status is not Status.PASSED and (other is None or other.status is not Status.PASSED):
            found.append(Refused(outcome.test, outcome.grade_id, _reason(outcome), _reason(other) if other else ""))
    return tuple(found)


def problems(tests: Sequence[Refused], places: Mapping[str, str], path: str, limits: Limits) -> tuple[Problem, ...]:
    """Return one problem for each cause; `places` are path:line of the test functions, `path` is the source's."""
    causes: dict[str, list[Refused]] = {}
    for each in tests:
        causes.setdefault(each.why, []).append(each)
    return tuple(_problem(why, same, places, path, limits) for why, same in causes.items())


def _problem(why: str, tests: Sequence[Refused], places: Mapping[str, str], path: str, limits: Limits) -> Problem:
    names = [each.test for each in tests]
    lines = [places.get(_function(name), "") for name in names]
    where, _, line = (lines[0] or path).rpartition(":") if lines[0] else (path, "", "")
    others = [f"{name} ({at})" if at else name for name, at in zip(names[1:], lines[1:], strict=True)]
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    listed = ", ".join([names[0], *others[:_SHOWN]]) + more
    return Problem(
        f"the reference does not pass {listed}: {why}", _fix(why, limits), where, int(line) if line else None
    )


def _reason(outcome: Outcome) -> str:
    told = outcome.failure.message if outcome.failure else ""
    return f"{outcome.status}: {told}" if told else str(outcome.status)


def _fix(why: str, limits: Limits) -> str:
    if found := _MISSING.search(why):
        there = ", ".join(limits.packages) or "none"
        return f"The course's `packages` are {there}: add what installs {found[1]}, or leave its import out."
    if why.startswith(Status.TIMEOUT):
        return (
            f"The limits are `test_seconds` = {limits.test:g}, `load_seconds` = {limits.load:g} for the cells and "
            f"`submission_seconds` = {limits.submission:g}; a rubric's `seconds` is one criterion's."
        )
    return "Mend the solution or the test; `tito lock --partial` leaves it out."


def _function(test: str) -> str:
    return test.partition("[")[0].split("::")[1] if "::" in test else test
