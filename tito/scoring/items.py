"""What a module's criteria tell of each other over a class: how they separate, fail together, and fail alike."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import sqrt
from typing import Final

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Status
from tito.model.rubric import Rubric
from tito.records import dataclass

# Of fewer, a correlation says nothing.
_FEW: Final = 5
_TOGETHER: Final = 0.6
_OPEN: Final = re.compile(r"""'[^']*'|"[^"]*"|`[^`]*`|0x[0-9a-f]+|[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?""", re.IGNORECASE)
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Item:
    """A criterion over a class: who passed, the mean share of its points, and how it goes with the rest of them.

    `rest` is its item-rest correlation: of its share with the sum of all others. Near 0 it tells nobody apart, below
    0 the better students lose it; None where there are too few grades, or all earn the same.
    """

    id: str
    title: str
    passed: int
    of: int
    share: float
    rest: float | None


@dataclass(frozen=True, slots=True)
class Together:
    """Two criteria that mostly fail together: by how many both are lost, by how many one of them, and phi."""

    first: str
    second: str
    both: int
    either: int
    phi: float


@dataclass(frozen=True, slots=True)
class Alike:
    """Students who lose one criterion for one cause; `key` names the group for as long as the cause is told so."""

    key: str
    criterion: str
    title: str
    cause: str
    students: tuple[str, ...]


def items(rubric: Rubric, grades: Sequence[Grade]) -> tuple[Item, ...]:
    """Return the criteria that count, in the rubric's order, over the grades that do."""
    rows = [_shares(rubric, grade) for grade in grades if _counts(grade)]
    places = [place for place, each in enumerate(rubric.criteria) if not each.dropped and each.points]
    found = []
    for place in places:
        known = [row for row in rows if row[place] is not None]
        own = [row[place] or 0.0 for row in known]
        points = [float(each.points) for each in rubric.criteria]
        rest = [sum((row[at] or 0.0) * points[at] for at in places if at != place) for row in known]
        passed = sum(share >= 1 for share in own)
        mean = sum(own) / len(own) if own else 0.0
        found.append(
            Item(rubric.criteria[place].id, rubric.criteria[place].title, passed, len(own), mean, _pearson(own, rest))
        )
    return tuple(found)


def together(rubric: Rubric, grades: Sequence[Grade]) -> tuple[Together, ...]:
    """Return the pairs of criteria that are lost together much more than each alone, the strongest first."""
    lost = [{part.criterion.id for part in grade.criteria if _is_lost(part)} for grade in grades if _counts(grade)]
    names = [each.id for each in rubric.criteria if not each.dropped]
    found = []
    for first, second in combinations(names, 2):
        left, right = ([float(name in each) for each in lost] for name in (first, second))
        both = sum(a and b for a, b in zip(left, right, strict=True))
        phi = _pearson(left, right)
        if both >= _FEW and phi is not None and phi >= _TOGETHER:
            found.append(Together(first, second, int(both), int(sum(map(max, left, right))), phi))
    return tuple(sorted(found, key=lambda each: (-each.phi, -each.both, each.first)))


def alike(grades: Sequence[Grade]) -> tuple[Alike, ...]:
    """Return the groups of two and more students who fail a criterion in the same way, the largest first."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for grade in grades:
        for part in grade.criteria if _counts(grade) else ():
            for cause in _cause(part):
                groups.setdefault((part.criterion.id, part.criterion.title, cause), []).append(grade.student)
    found = [
        Alike(_key(criterion, cause), criterion, title, cause, tuple(students))
        for (criterion, title, cause), students in groups.items()
        if len(students) > 1
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.students), each.criterion, each.cause)))


def _counts(grade: Grade) -> bool:
    return not (grade.refusal or grade.broken or grade.excused)


def _shares(rubric: Rubric, grade: Grade) -> list[float | None]:
    """Return what part of each criterion a grade earned, None where a person has yet to say."""
    own = {part.criterion.id: part for part in grade.criteria}
    found: list[float | None] = []
    for criterion in rubric.criteria:
        part = own.get(criterion.id)
        graded = part is not None and not part.pending and criterion.points
        found.append(float(part.earned / criterion.points) if part and graded else None)
    return found


def _is_lost(part: CriterionGrade) -> bool:
    return not part.pending and part.earned < part.criterion.points


def _cause(part: CriterionGrade) -> Iterator[str]:
    """Yield why a criterion was lost: its known mistake, or what its first failing test said, with open values."""
    if part.mistake:
        yield part.mistake
        return
    failing = next((each for each in part.outcomes if each.status not in {Status.PASSED, Status.PENDING}), None)
    if failing and failing.failure:
        said = " ".join(failing.failure.message.split())[: 4 * _LONGEST]
        yield f"{failing.status}: {_OPEN.sub('…', said)}"[:_LONGEST]


def _key(criterion: str, cause: str) -> str:
    return hashlib.sha256(f"{criterion}\0{cause}".encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _pearson(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Return the correlation of two rows of numbers; None of few, or where one of them is all the same."""
    count = len(left)
    if count < _FEW:
        return None
    means = sum(left) / count, sum(right) / count
    pairs = [(a - means[0], b - means[1]) for a, b in zip(left, right, strict=True)]
    spread = sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    # Below this, what is left is rounding.
    return sum(a * b for a, b in pairs) / spread if spread > 1e-12 else None  # noqa: PLR2004
