"""Prove that a rubric mirrors its grader: the same criteria, the same points."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from tito.errors import Problem
from tito.model.grader import Grader, LockedCriterion
from tito.model.points import worth
from tito.model.rubric import Credit, Criterion
from tito.scoring.partial import partial_credit
from tito.scoring.rubric_file import RubricFile
from tito.scoring.yaml_places import Path, Placed


def mirror(file: RubricFile, grader: Grader) -> tuple[Problem, ...]:
    """Return every way in which a rubric differs from the grader's criteria, each at its line and column."""
    rubric, placed = file.rubric, file.placed
    problems = []
    if rubric.module != grader.module:
        what = f"this rubric is for {rubric.module}, the grader for {grader.module}"
        problems.append(placed.problem(what, "Name the grader's module.", ("module",), value=True))
    locked = {each.grade_id: each for each in grader.criteria}
    manual = {each.grade_id: each.points for each in grader.manual}
    for place, each in enumerate(rubric.criteria):
        at = ("criteria", place)
        if (each.built or each.linted) and each.id not in locked and each.id not in manual:
            continue
        if each.manual:
            problems += _manual(placed, at, each, locked.keys(), manual)
        elif each.id in manual:
            what = f"{each.id} is graded by a person in the grader"
            problems.append(placed.problem(what, "Add `kind: manual`.", (*at, "id"), value=True))
        elif each.id not in locked:
            what = f"the grader has no criterion {each.id}"
            problems.append(placed.problem(what, "Remove it, or run `tito lock`.", (*at, "id"), value=True))
        else:
            problems += [
                *_points(placed, at, each, locked[each.id].points),
                *_value(placed, at, each, locked[each.id]),
            ]
    there = {each.id for each in rubric.criteria}
    for name, own in {**{key: each.points for key, each in locked.items()}, **manual}.items():
        if name not in there:
            what = f"criterion {name} of the grader ({worth(own)}) is missing"
            fix = "Add it, with `kind: manual`." if name in manual else "Add it."
            problems.append(placed.problem(what, fix, ("criteria",)))
    return tuple(problems)


def unallowed(file: RubricFile, grader: Grader, *, beside_alone: bool = False) -> tuple[Problem, ...]:
    """Return what a grader's tests do for which they need the rubric's leave and do not have it.

    Nobody is graded by a test beside the submission without it: with `beside_alone`, only these are told.
    """
    rubric, placed = file.rubric, file.placed
    locked = {each.grade_id: each for each in grader.criteria}
    problems = []
    for place, each in enumerate(rubric.criteria):
        tests, at = locked.get(each.id), ("criteria", place)
        if tests and tests.unanchored and not (each.unanchored or beside_alone):
            places = ", ".join(tests.unanchored)
            what = f"checks of {each.id} rest on the submission's word alone: {places}"
            fix = "Compare with what the test itself knows, or add `unanchored: allow`."
            problems.append(placed.problem(what, fix, at))
        if tests and tests.beside and not each.beside:
            what = f"{', '.join(tests.beside)} of {each.id} can only run beside the submission, which can forge it"
            problems.append(placed.problem(what, "Test it in another way, or add `beside: allow`.", at))
    return tuple(problems)


def _manual(
    placed: Placed, at: Path, criterion: Criterion, tested: Collection[str], manual: Mapping[str, Decimal]
) -> Iterator[Problem]:
    """Yield what is wrong with a manual criterion; one that the grader does not know is the rubric's own."""
    if criterion.id in tested:
        what = f"{criterion.id} is manual here, and the grader has tests for it"
        yield placed.problem(what, "Remove `kind: manual`, or rename it.", (*at, "kind"))
    elif criterion.id in manual:
        yield from _points(placed, at, criterion, manual[criterion.id])


def _points(placed: Placed, at: Path, criterion: Criterion, points: Decimal) -> Iterator[Problem]:
    if criterion.points != points:
        what = f"{criterion.id} is worth {criterion.points} here and {points} in the grader"
        yield placed.problem(what, "Make them the same.", (*at, "points"), value=True)


def _value(placed: Placed, at: Path, criterion: Criterion, locked: LockedCriterion) -> Iterator[Problem]:
    if criterion.credit is not Credit.VALUE:
        return
    earned, _ = partial_credit(locked.value, criterion.points)
    if not locked.value:
        what = f"no test of {criterion.id} ends in a number of points"
        yield placed.problem(what, "End its cell in one and run `tito lock`, or remove `credit`.", (*at, "credit"))
    elif earned < criterion.points:
        what = f"the reference's tests of {criterion.id} end in {locked.value}, not in all {criterion.points} points"
        yield placed.problem(what, "Correct the cell and run `tito lock`.", (*at, "credit"))
