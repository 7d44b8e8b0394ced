"""A grade: outcomes scored by a rubric."""

from dataclasses import dataclass
from decimal import Decimal

from tito.model.outcome import Outcome, Status
from tito.model.rubric import Criterion


@dataclass(frozen=True, slots=True)
class CriterionGrade:
    """One criterion's share: `earned` of `criterion.points`, the worst status of its tests, and the tests."""

    criterion: Criterion
    status: Status
    earned: Decimal
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """One submission's grade.

    `possible` is the rubric's total whatever ran. `broken` is True where tito or the machine failed, so that
    no number here may be taken for the student's. `refusal` says why a submission could not be read.
    """

    student: str
    module: str
    path: str
    earned: Decimal
    possible: Decimal
    criteria: tuple[CriterionGrade, ...]
    notes: tuple[str, ...] = ()
    refusal: str = ""
    level: str = ""
    seconds: float = 0.0

    @property
    def broken(self) -> bool:
        """Whether tito or the machine failed on any criterion."""
        return any(each.status is Status.BROKEN for each in self.criteria)

    @property
    def percent(self) -> Decimal:
        """The score out of 100, exact."""
        return self.earned * 100 / self.possible if self.possible else Decimal(0)
