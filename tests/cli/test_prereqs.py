"""`--prereqs student`: a module on the student's own earlier ones, beside its score on the reference's."""

import json

import pytest

QUAD = """
# %%
#| default_exp core.quad

# %% nbgrader={"locked": true, "grade_id": "setup"}
#| export
from mini.core.double import double

# %% nbgrader={"solution": true, "grade_id": "quad"}
#| export
def quad(x):
    ### BEGIN SOLUTION
    return double(double(x))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q-quad", "points": 3}
def test_quad():
    assert quad(2) == 8, f"quad(2) is 8, got {quad(2)}"

# %% nbgrader={"grade": true, "grade_id": "q-zero", "points": 1}
def test_zero():
    assert quad(0) == 0, f"quad(0) is 0, got {quad(0)}"
"""
GOOD = "#| export\nfrom mini.core.double import double\n\ndef quad(x):\n    return double(x) + double(x)\n"
EARLIER = {
    "right": "def double(x):\n    return x + x\n",
    "wrong": "def double(x):\n    return 3 * x\n",
    "exits": "import os\n\n\ndef double(x):\n    os._exit(0)\n",
    "broken": "def double(x:\n",
    "on_import": "import os\nos._exit(0)\n",
}


@pytest.fixture(scope="module")
def grades(new_course, tmp_path_factory):
    """Grade a class whose students differ in their first module alone."""
    course = new_course(tmp_path_factory.mktemp("chain"))
    course.write("modules/02_quad/quad_dev.py", QUAD)
    assert course.tito("export", "01").code == 0
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    assert course.tito("rubric", "init", "02").code == 0
    for name, text in EARLIER.items():
        course.write(f"in/{name}/01_double/double_dev.py", text)
        course.write(f"in/{name}/02_quad/quad_dev.py", GOOD)
    course.write("in/absent/02_quad/quad_dev.py", GOOD)
    course.write("in/both/01_double/double_dev.py", EARLIER["wrong"])
    course.write("in/both/02_quad/quad_dev.py", GOOD.replace("double(x) + double(x)", "double(x)"))
    done = course.tito("grade", "02", "in", "--prereqs", "student", "--no-gradebook", "--json", "out.json")
    assert done.code == 0, done.err
    shown = course.tito("grade", "02", "in", "--prereqs", "student", "--no-gradebook").out
    return {each["student"]: each for each in json.loads(course.read("out.json"))["data"]["grades"]}, shown


def statuses(grade):
    return {each["id"]: each["status"] for each in grade["criteria"]}


@pytest.mark.parametrize(
    ("student", "earned", "blocked"),
    [
        ("right", 4, []),
        ("absent", 4, []),
        ("wrong", 1, ["q-quad"]),
        ("exits", 0, ["q-quad", "q-zero"]),
        ("broken", 0, ["q-quad", "q-zero"]),
        ("on_import", 0, ["q-quad", "q-zero"]),
    ],
)
def test_what_only_an_earlier_module_breaks_is_blocked_by_it(grades, student, earned, blocked):
    grade = grades[0][student]
    assert (grade["earned"], grade["reference"]) == (earned, 4)
    assert [name for name, status in statuses(grade).items() if status == "blocked"] == blocked
    told = [each["tests"][0]["failure"]["message"] for each in grade["criteria"] if each["status"] == "blocked"]
    assert all(each.startswith("blocked by 01_double: it passes with the reference") for each in told)


def test_what_fails_on_the_reference_too_is_the_modules_own_fault(grades):
    grade = grades[0]["both"]
    assert (grade["earned"], grade["reference"]) == (1, 1)
    assert statuses(grade) == {"q-quad": "failed", "q-zero": "passed"}


def test_a_module_that_was_not_handed_in_is_said(grades):
    assert "01_double was not handed in or cannot be read: the reference's was used" in grades[0]["absent"]["notes"]


def test_both_scores_stand_side_by_side(grades):
    lines = [line.split() for line in grades[1].splitlines()]
    assert ["wrong", "1", "4", "01_double"] in lines
    assert ["right", "4", "4"] in lines
