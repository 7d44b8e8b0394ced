"""What a rubric's schema cannot say: sums, repeated names, and keys that do not go together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from tito.errors import Problem
from tito.scoring import rubric_mutants
from tito.scoring.late_policy import late_problems
from tito.scoring.yaml_places import Path, Placed

_ARE: Final = {"manual": "manual", "structure": "of structure", "style": "of style"}
_SAID: Final = {
    "of": "the function that is looked at.",
    "rules": "which of ruff's rules count, such as rules: [E, F].",
    "needs": "the criterion whose tests must pass for this one to count.",
}
# What a criterion that is told from the text alone has to say, and what belongs to no other kind.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {"structure": ("of", "needs"), "style": ("rules", "needs")}
_OWN: Final = {
    **dict.fromkeys(("of", "must", "never"), "structure"),
    **dict.fromkeys(("rules", "ignore", "each"), "style"),
}
_FOR: Final = {"structure": "how a function is built", "style": "what ruff finds"}
_TESTS_ONLY: Final = ("credit", "nested", "unanchored", "beside", "may_write")


def checked(placed: Placed) -> Iterator[Problem]:
    """Yield every fault of a rubric that fits the schema, each at its line and column."""
    criteria = placed.content["criteria"]
    yield from _repeats(placed, criteria)
    for place, each in enumerate(criteria):
        yield from _precision(placed, ("criteria", place, "points"), each["points"])
        yield from _kinds(placed, ("criteria", place), each)
        yield from _of_text(placed, ("criteria", place), each, criteria)
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
    kind = criterion.get("kind", "tests")
    for key in _TESTS_ONLY:
        if kind != "tests" and key in criterion:
            yield placed.problem(f"{key} is for tests, and this criterion is {_ARE[kind]}", "Remove it.", (*at, key))
    if kind != "manual" and "levels" in criterion:
        yield placed.problem("levels are for a person", "Add `kind: manual`, or remove them.", (*at, "levels"))


def _of_text(
    placed: Placed, at: Path, criterion: Mapping[str, Any], criteria: list[Mapping[str, Any]]
) -> Iterator[Problem]:
    """Yield what is wrong with a criterion of structure or style, or with keys of these that stand elsewhere."""
    kind = criterion.get("kind", "tests")
    for key, owner in _OWN.items():
        if key in criterion and owner != kind:
            yield placed.problem(f"{key} is for {_FOR[owner]}", f"Add `kind: {owner}`, or remove it.", (*at, key))
    if kind not in _NEEDED:
        if "needs" in criterion:
            what = "needs is for criteria that are told from the text alone"
            yield placed.problem(what, "Add `kind: structure` or `kind: style`, or remove it.", (*at, "needs"))
        return
    for key in _NEEDED[kind]:
        if key not in criterion:
            yield placed.problem(f"key {key!r} is missing", f"Add it: {_SAID[key]}", at, value=True)
    if kind == "structure" and "must" not in criterion and "never" not in criterion:
        fix = "Add must or never, such as never: [loop]."
        yield placed.problem("this criterion of structure asks for nothing", fix, at, value=True)
    if "each" in criterion:
        yield from _precision(placed, (*at, "each"), criterion["each"])
    tested = [each["id"] for each in criteria if each.get("kind", "tests") == "tests"]
    if criterion.get("needs", "") not in {"", *tested}:
        fix = f"Name one of {', '.join(tested) or 'the criteria with tests, of which there is none'}."
        yield placed.problem(f"{criterion['needs']} is no criterion with tests", fix, (*at, "needs"), value=True)


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
