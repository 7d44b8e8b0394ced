"""A rubric: what each criterion is worth, what it looks at, what helps, and what being late costs."""

from dataclasses import field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from tito.model.mutants import Mutants
from tito.records import dataclass


class Credit(StrEnum):
    """How a criterion's tests become points: all or nothing, by checks passed, or by the number they end in."""

    ALL = "all"
    PROPORTIONAL = "proportional"
    VALUE = "value"


class Nested(StrEnum):
    """What becomes of a test that calls the module's other tests."""

    RUN = "run"
    SKIP = "skip"


class CriterionKind(StrEnum):
    """Who decides a criterion: locked tests, a person, what a function is built of, or ruff."""

    TESTS = "tests"
    MANUAL = "manual"
    STRUCTURE = "structure"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class Built:
    """What a criterion asks of a function of the submission's: what it must and must never use, as `uses` names it.

    It counts where the tests of the criterion `needs` pass: what does nothing uses no loop either.
    """

    criterion: str
    function: str
    needs: str
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a criterion of style asks of the student's own cells: ruff's `rules`, less those that it is to `ignore`.

    It counts where the tests of the criterion `needs` pass: what does nothing has no fault either.
    """

    criterion: str
    rules: tuple[str, ...]
    needs: str
    ignore: tuple[str, ...] = ()


class Per(StrEnum):
    """What a late penalty is counted in; a part of one counts whole.

    A day ends at the hour of the due date on the clocks of its zone, also where these change; 24 hours do not.
    """

    DAY = "day"
    DAY_OF_24_HOURS = "24h"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a manual criterion: what a person picks."""

    name: str
    points: Decimal
    description: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric. `id` is the grade_id of the cell whose points it mirrors, or a manual item's own name.

    An `extra` criterion adds to the grade and not to what is possible. `dropped` is the reason why a criterion no
    longer counts, "" where it does: everyone is given its points. `seconds` limits each of its tests, where the
    course's own limit does not fit. With `reveal`, reports for students show what its hidden tests say. `unanchored`
    allows checks that rest on the submission's word alone, `beside` tests that run beside it, where they can be
    forged; `may_write` names arguments that a submission may change. `hint` is what every report gives away, and
    `more_hints` what a student has to ask for, one by one. `built` is for one of structure alone,
    `linted` for one of style, of which each finding costs `each` points; all of them where that is None.
    """

    id: str
    points: Decimal
    title: str
    tests: str = ""
    hint: str = ""
    credit: Credit = Credit.ALL
    nested: Nested = Nested.RUN
    kind: CriterionKind = CriterionKind.TESTS
    levels: tuple[Level, ...] = ()
    extra: bool = False
    dropped: str = ""
    seconds: Decimal | None = None
    reveal: bool = False
    unanchored: bool = False
    beside: bool = False
    may_write: tuple[str, ...] = ()
    more_hints: tuple[str, ...] = ()
    built: Built | None = None
    linted: Rules | None = None
    each: Decimal | None = None

    @property
    def hints(self) -> tuple[str, ...]:
        """All hints, in the order in which they are given."""
        return tuple(each for each in (self.hint, *self.more_hints) if each)

    @property
    def manual(self) -> bool:
        """Whether a person grades it."""
        return self.kind is CriterionKind.MANUAL


@dataclass(frozen=True, slots=True)
class Amount:
    """Points, or a percentage of the points that are possible."""

    value: Decimal
    percent: bool = False

    def of(self, possible: Decimal) -> Decimal:
        """Return it in points."""
        return possible * self.value / 100 if self.percent else self.value


@dataclass(frozen=True, slots=True)
class Late:
    """What being late costs: `penalty` for each `per` begun after `due` and `grace`, at most `cap`.

    `due` has a zone. No penalty takes a grade below `floor`.
    """

    due: datetime
    penalty: Amount
    per: Per = Per.DAY
    grace: timedelta = timedelta(0)
    cap: Amount | None = None
    floor: Amount = Amount(Decimal(0))


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rubric of one module; `points` is the denominator of every grade."""

    module: str
    title: str
    points: Decimal
    criteria: tuple[Criterion, ...]
    late: Late | None = None
    mutants: Mutants = field(default_factory=Mutants)
