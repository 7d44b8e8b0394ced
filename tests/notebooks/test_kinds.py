"""Kinds of tests that courses have: each is locked to run in the judge, less those that docs/tests.md names."""

import json
import re
from pathlib import Path

import pytest

from tito.workflows.course.building import build
from tito.workflows.course.opening import find_module, open_course

# Each with what stands in its way; docs/tests.md says what to write instead.
NOT_APART = {
    "open_file_handed_over": "a test cannot hand a TextIOWrapper",
    "protocol": "isinstance(<__main__.Duck",
    "records_handed_over": "'tuple' object has no attribute 'age'",
}
_KIND = re.compile(r"^# %% (\w+)\n", re.MULTILINE)


def _kinds():
    _, *parts = _KIND.split((Path(__file__).parent / "kinds.txt").read_text("utf-8"))
    return {name: body.split("# ---\n") for name, body in zip(parts[::2], parts[1::2], strict=True)}


def _cells(name, solution, test):
    plain = {"grade": False, "solution": False, "locked": False, "schema_version": 3}
    answer = {**plain, "solution": True, "grade_id": f"s-{name}"}
    graded = {**plain, "grade": True, "locked": True, "points": 1, "grade_id": f"t-{name}"}
    yield f"# %% nbgrader={json.dumps(answer)}\n### BEGIN SOLUTION\n{solution.strip()}\n### END SOLUTION\n"
    yield f"# %% nbgrader={json.dumps(graded)}\n{test.strip()}\n"


@pytest.fixture(scope="module")
def grader(pool, tmp_path_factory):
    """The grader of one lesson that holds all kinds, less what cannot be locked."""
    root = tmp_path_factory.mktemp("kinds")
    (root / "tito.toml").write_text('packages = ["numpy"]\n')
    folder = root / "modules" / "01_kinds"
    folder.mkdir(parents=True)
    cells = [cell for name, (solution, test) in _kinds().items() for cell in _cells(name, solution, test)]
    (folder / "kinds_dev.py").write_text("\n".join(cells), "utf-8")
    course = open_course(root)
    return build(pool, course, find_module(course, "01"), partial=True).grader


def test_there_are_forty_kinds_and_more():
    assert len(_kinds()) >= 40 + len(NOT_APART)


def test_every_kind_runs_in_the_judge_but_those_that_are_named(grader):
    assert [test for each in grader.criteria for test in each.beside] == []
    locked = {each.grade_id.removeprefix("t-") for each in grader.criteria}
    assert locked == _kinds().keys() - NOT_APART.keys()


def test_what_is_left_out_says_why(grader):
    assert {each.grade_id.removeprefix("t-") for each in grader.left_out} == NOT_APART.keys()
    for each in grader.left_out:
        assert NOT_APART[each.grade_id.removeprefix("t-")] in each.why
