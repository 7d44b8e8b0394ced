"""Which grades of a class are looked at, and in which order."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from tito.model.grade import Grade
from tito.model.outcome import Status

_FIRST: Final = datetime.min.replace(tzinfo=UTC)


class Order(StrEnum):
    """What a class is sorted by; the lowest, the latest and the slowest come first."""

    STUDENT = "student"
    POINTS = "points"
    SUBMITTED = "submitted"
    LATE = "late"
    SECONDS = "seconds"


class Only(StrEnum):
    """Which of a class are shown."""

    FAILED = "failed"
    LATE = "late"
    REFUSED = "refused"
    NOTES = "notes"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"


def select(grades: Sequence[Grade], order: Order = Order.STUDENT, only: Only | None = None) -> Sequence[Grade]:
    """Return those grades that are wanted, in order; of equals, in that of the students."""
    chosen = grades if only is None else [each for each in grades if _TESTS[only](each)]
    return chosen if order is Order.STUDENT else sorted(chosen, key=_KEYS[order])


def _failed(grade: Grade) -> bool:
    return not grade.refusal and any(each.status not in {Status.PASSED, Status.PENDING} for each in grade.criteria)


def _submitted(grade: Grade) -> datetime:
    return grade.submitted or _FIRST


_TESTS: Final[Mapping[Only, Callable[[Grade], bool]]] = {
    Only.FAILED: _failed,
    Only.LATE: lambda grade: bool(grade.late),
    Only.REFUSED: lambda grade: bool(grade.refusal),
    Only.NOTES: lambda grade: bool(grade.notes),
    Only.INCOMPLETE: lambda grade: not grade.complete,
    Only.BROKEN: lambda grade: grade.broken,
}
_KEYS: Final[Mapping[Order, Callable[[Grade], Any]]] = {
    Order.POINTS: lambda grade: grade.final,
    Order.SUBMITTED: _submitted,
    Order.LATE: lambda grade: -grade.late,
    Order.SECONDS: lambda grade: -grade.seconds,
}
