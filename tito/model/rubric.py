"""A rubric: what each criterion is worth, what it looks at and what helps."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Credit(StrEnum):
    """How a criterion's tests become points."""

    ALL = "all"
    PROPORTIONAL = "proportional"


class Nested(StrEnum):
    """What becomes of a test that calls the module's other tests."""

    RUN = "run"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric. `id` is the grade_id of the cell whose points it mirrors."""

    id: str
    points: Decimal
    title: str
    tests: str = ""
    hint: str = ""
    credit: Credit = Credit.ALL
    nested: Nested = Nested.RUN


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rubric of one module; `points` is the denominator of every grade."""

    module: str
    title: str
    points: Decimal
    criteria: tuple[Criterion, ...]
