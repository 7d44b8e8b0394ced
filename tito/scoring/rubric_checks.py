"""What a rubric's schema cannot say: sums, repeated names, and keys that do not go together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from tito.errors import Problem
from tito.scoring import rubric_mutants
from tito.scoring.late_policy import late_problems
from tito.scoring.yaml_places import Path, Placed

_TESTS_ONLY: Final = ("credit", "nested", "unanchored", "beside", "may_write")


def checked(placed: Placed) -> Iterator[Problem]:
    """Yield every fault of a rubric that fits the schema, each at its line and column."""
    criteria = placed.content["criteria"]
    yield from _repeats(placed, criteria)
    for place, each in enumerate(criteria):
        yield from _precision(placed, ("criteria", place, "points"), each["points"])
        yield from _kinds(placed, ("criteria", place), each)
        yield from _levels(placed, ("criteria", place), each)
    yield from _sum(placed, criteria)
    if "late" in placed.content:
        yield from late_problems(placed)
    yield from rubric_mutants.problems(placed)


def _repeats(placed: Placed, criteria: list[Mapping[str, Any]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, each in enumerate(criteria):
        if each["id"] in seen:
            line, _ = placed.values["criteria", seen[each["id"]], "id"]
            at = ("criteria", place, "id")
            yield placed.problem(
                f"criterion {each['id']} is there twice, first on line {line}", "Rename one.", at, value=True
            )
        seen.setdefault(each["id"], place)


def _precision(placed: Placed, at: Path, points: Decimal) -> Iterator[Problem]:
    # The gradebook keeps whole thousandths.
    if points != round(points, 3):
        yield placed.problem(f"{points} points have more than three decimals", "Round them.", at, value=True)


def _kinds(placed: Placed, at: Path, criterion: Mapping[str, Any]) -> Iterator[Problem]:
    manual = criterion.get("kind") == "manual"
    for key in _TESTS_ONLY:
        if manual and key in criterion:
            yield placed.problem(f"{key} is for tests, and this criterion is manual", "Remove it.", (*at, key))
    if not manual and "levels" in criterion:
        yield placed.problem("levels are for a person", "Add `kind: manual`, or remove them.", (*at, "levels"))


def _levels(placed: Placed, at: Path, criterion: Mapping[str, Any]) -> Iterator[Problem]:
    levels = criterion.get("levels", [])
    counts = Counter(each["name"] for each in levels)
    for place, each in enumerate(levels):
        where = (*at, "levels", place)
        yield from _precision(placed, (*where, "points"), each["points"])
        if each["points"] > criterion["points"]:
            what = f"level {each['name']} is worth {each['points']} of {criterion['points']} points"
            yield placed.problem(what, "Lower it.", (*where, "points"), value=True)
        if counts[each["name"]] > 1:
            yield placed.problem(f"level {each['name']} is there twice", "Rename one.", (*where, "name"), value=True)


def _sum(placed: Placed, criteria: list[Mapping[str, Any]]) -> Iterator[Problem]:
    total = sum((each["points"] for each in criteria if not each.get("extra")), Decimal(0))
    if total != placed.content["points"]:
        which = (
            "criteria's sum without the extra ones"
            if any(each.get("extra") for each in criteria)
            else "criteria's sum"
        )
        what = f"points are {placed.content['points']}, but the {which} is {total}"
        yield placed.problem(what, "Correct the one or the other.", ("points",), value=True)
