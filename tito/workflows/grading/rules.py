"""Criteria of style before anyone is graded: ruff is there, and knows the rules that they name."""

from collections.abc import Iterator
from dataclasses import replace

from tito.errors import CourseError, Problem
from tito.judging.judge.linting import ruff, unknown
from tito.judging.plan import Plan
from tito.model.rubric import Rubric
from tito.scoring import RubricFile
from tito.workflows.machine.versions import version

MISSING = "criteria of style need ruff, which is not installed"
INSTALL = "Install it with `pip install 'tito-autograder[style]'`."


def linting(plan: Plan, rubric: Rubric) -> Plan:
    """Return a plan that asks ruff what a rubric's criteria of style are to know."""
    wanted = tuple(each.linted for each in rubric.criteria if each.linted)
    return replace(plan, rules=wanted, linter=version("ruff")) if wanted else plan


def rule_problems(file: RubricFile) -> Iterator[Problem]:
    """Yield why a rubric's criteria of style cannot be graded, each at its line and column."""
    for place, each in enumerate(file.rubric.criteria):
        if not each.linted:
            continue
        if not ruff():
            yield file.placed.problem(MISSING, INSTALL, ("criteria", place, "rules"))
        elif names := unknown(each.linted):
            what = f"ruff {version('ruff')} knows no rule {names}"
            yield file.placed.problem(what, "See `ruff rule --all`.", ("criteria", place, "rules"))


def require(file: RubricFile) -> None:
    """Raise CourseError where a rubric's criteria of style cannot be graded."""
    if problems := list(rule_problems(file)):
        raise CourseError(*problems)
