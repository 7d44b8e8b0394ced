"""A grade: outcomes scored by a rubric, with what people and the calendar add, each in a line of its own."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from tito.model.outcome import Outcome, Status
from tito.model.rubric import Criterion
from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person gave on a manual criterion: `level` is the rubric's, "" for points of one's own."""

    points: Decimal
    level: str = ""
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Points that a person put in the place of what tests or marks gave (`earned_before`), and why."""

    earned: Decimal
    author: str
    reason: str
    at: datetime
    earned_before: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Adjust:
    """What a person changes about a whole grade: `plus` points are added, or `instead` takes its place; and why."""

    reason: str
    author: str
    plus: Decimal | None = None
    instead: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person wrote to a student about a whole submission."""

    text: str
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What people decided about one submission: marks, overrides and comments by criterion; comments on the whole.

    `due` is the student's own due date, where an extension was given; `adjust` changes the whole grade; `excused`
    says why it counts nowhere, "" where it counts. `budget` is what earlier work left of the term's late days.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    due: datetime | None = None
    adjust: Adjust | None = None
    excused: str = ""
    budget: "Budget | None" = None


@dataclass(frozen=True, slots=True)
class Budget:
    """Days that a student may be late in a term without losing points: all of them, and those that are `left`."""

    days: int
    left: int


class AdjustmentKind(StrEnum):
    """Why a grade differs from the sum of its criteria."""

    EXTRA = "extra"
    DROPPED = "dropped"
    LATE = "late"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One line below the criteria: signed `points`, and why, in words."""

    kind: AdjustmentKind
    reason: str
    points: Decimal
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class CriterionGrade:
    """One criterion's share: `earned` of `criterion.points`, the worst status of its tests, and the tests.

    `pending` means that a person has yet to grade it. `comment` is a person's, about this criterion;
    `mistake` names the known mistake that it failed as.
    """

    criterion: Criterion
    status: Status
    earned: Decimal
    outcomes: tuple[Outcome, ...]
    pending: bool = False
    mark: Mark | None = None
    override: Override | None = None
    comment: str = ""
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """One submission's grade.

    `possible` is the rubric's total whatever ran, `earned` the sum over its criteria but the extra ones.
    `adjustments` come on top. `refusal` says why a submission could not be read. `submitted` is when it was handed
    in, where that is known, and `late` how long after its due date, an extension counted. `reference` is what it
    earned on the reference's earlier modules, where it was graded on the student's own. `excused` says why the grade
    counts nowhere, "" where it counts.
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
    adjustments: tuple[Adjustment, ...] = ()
    comments: tuple[Comment, ...] = ()
    submitted: datetime | None = None
    late: timedelta = timedelta(0)
    reference: Decimal | None = None
    excused: str = ""

    @property
    def broken(self) -> bool:
        """Whether tito or the machine failed where it counts, so that no number may be taken for the student's."""
        broken = (each for each in self.criteria if each.status is Status.BROKEN)
        return any(not each.override and not each.criterion.dropped for each in broken)

    @property
    def complete(self) -> bool:
        """Whether nothing waits for a person."""
        return not any(each.pending for each in self.criteria)

    @property
    def graded(self) -> Decimal:
        """What of `possible` is graded so far."""
        waiting = (each.criterion for each in self.criteria if each.pending)
        return self.possible - sum((each.points for each in waiting if not each.extra), Decimal(0))

    @property
    def final(self) -> Decimal:
        """The points that count: earned plus the adjustments, none of which goes below its floor."""
        return max(Decimal(0), self.earned + sum((each.points for each in self.adjustments), Decimal(0)))

    @property
    def percent(self) -> Decimal:
        """What was earned out of 100, exact, adjustments left out."""
        return self.earned * 100 / self.possible if self.possible else Decimal(0)

    @property
    def final_percent(self) -> Decimal:
        """The points that count out of 100, exact; above it where extra credit is."""
        return self.final * 100 / self.possible if self.possible else Decimal(0)
