"""Wrong solutions score exactly what they must: a mistake costs its own criterion and, where it can be, no other."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from mistakes import GOOD, mistakes

from tito.model.rubric import Nested
from tito.workflows.course.opening import open_course

MODULES = [module.id for module in open_course(Path(__file__).parents[2]).modules]
MISTAKES = [each for module in MODULES for each in mistakes(module)]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: f"{each.module}-{each.name}")
def test_a_wrong_solution_scores_exactly_what_it_must(lesson_grades, mistake):
    grade = lesson_grades(mistake.module)[mistake.name]
    lost = {each.criterion.id: each.status.value for each in grade.criteria if each.earned < each.criterion.points}
    assert (grade.earned, lost) == (mistake.score, mistake.lost)


@pytest.mark.parametrize("module", MODULES)
def test_the_good_answers_earn_everything(lesson_grades, module):
    grade = lesson_grades(module)[GOOD]
    assert grade.earned == grade.possible


@pytest.mark.parametrize("module", MODULES)
def test_twelve_wrong_solutions_or_more_cost_every_criterion_and_each_unit_alone(lesson_grades, module):
    lost = [set(each.lost) for each in mistakes(module)]
    criteria = [each.criterion for each in lesson_grades(module)[GOOD].criteria]
    units = [{each.id} for each in criteria if each.nested is not Nested.SKIP]
    assert len(lost) >= 12
    assert {each.id for each in criteria} == set().union(*lost)
    assert [unit for unit in units if unit not in lost] == []
