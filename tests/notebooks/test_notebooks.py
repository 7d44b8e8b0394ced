"""Every lesson's submissions get what one IPython process gives them, forgeries what they are worth; all tests apart."""

import pytest
from notebook import lessons

LESSONS = lessons()


@pytest.fixture(params=LESSONS)
def lesson(request):
    return LESSONS[request.param]


def test_a_lesson_is_graded_as_it_runs_and_cannot_be_forged(lesson, locked, judged, plain):
    right, wrong, forged = lesson.right(), lesson.wrong(), lesson.forged()
    assert len(right) >= 3
    assert len(wrong) + len(forged) >= 10
    built, plan = locked(lesson.name)
    assert [test for each in built.grader.criteria for test in each.beside] == []
    due = plain((*right, *wrong, *forged))
    assert {each.name: due[each.name] for each in right} == dict.fromkeys((each.name for each in right), lesson.tests)
    assert lesson.tests not in [due[each.name] for each in wrong]
    found = judged(plan, (*right, *wrong, *forged))
    assert {each.name: found[each.name] for each in (*right, *wrong)} == {
        each.name: due[each.name] for each in (*right, *wrong)
    }
    unearned = {each.name: [test for test in found[each.name] if test not in due[each.forges]] for each in forged}
    assert {name: tests for name, tests in unearned.items() if tests} == {}
    # Where no forgery works in one process either, this says nothing.
    assert any(set(due[each.name]) - set(due[each.forges]) for each in forged)
