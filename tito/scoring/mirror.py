"""Prove that a rubric mirrors its grader: the same criteria, the same points."""

from tito.errors import Problem
from tito.model.grader import Grader
from tito.scoring.rubric_file import RubricFile


def mirror(file: RubricFile, grader: Grader) -> tuple[Problem, ...]:
    """Return every way in which a rubric differs from the grader's criteria, each at its line and column."""
    rubric, placed = file.rubric, file.placed
    problems = []
    if rubric.module != grader.module:
        what = f"this rubric is for {rubric.module}, the grader for {grader.module}"
        problems.append(placed.problem(what, "Name the grader's module.", ("module",), value=True))
    locked = {each.grade_id: each.points for each in grader.criteria}
    for place, each in enumerate(rubric.criteria):
        at = ("criteria", place)
        if each.manual:
            if each.id in locked:
                what = f"{each.id} is manual here, and the grader has tests for it"
                problems.append(placed.problem(what, "Remove `kind: manual`, or rename it.", (*at, "kind")))
        elif each.id not in locked:
            what = f"the grader has no criterion {each.id}"
            problems.append(placed.problem(what, "Remove it, or run `tito lock`.", (*at, "id"), value=True))
        elif each.points != locked[each.id]:
            what = f"{each.id} is worth {each.points} here and {locked[each.id]} in the grader"
            problems.append(placed.problem(what, "Make them the same.", (*at, "points"), value=True))
    missing = [name for name in locked if name not in {each.id for each in rubric.criteria}]
    for name in missing:
        what = f"criterion {name} of the grader ({locked[name]} points) is missing"
        problems.append(placed.problem(what, "Add it.", ("criteria",)))
    return tuple(problems)
