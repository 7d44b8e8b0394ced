"""Submissions are kept from each other, and none earns what it did not: small courses, locked and graded for real."""

import contextlib
import threading

import psutil
import pytest
from small import RIGHT, SPREAD, Course, cell, earned, graded_cell

from tito.errors import CourseError


@pytest.fixture
def course(tmp_path):
    (tmp_path / "c").mkdir()
    return Course(tmp_path / "c")


WRITES = "def spread(numbers):\n    numbers[:] = [0]\n    return 0"
CASES = "\n# %%\nCASES = [3, -1, 2]\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_list_that_one_submission_overwrites_is_whole_for_the_next(course, jobs):
    test = "def test_spread():\n    assert spread(CASES) == 4\n    assert spread(CASES) == max(CASES) - min(CASES)"
    made = course.lesson(CASES, cell("s", SPREAD), graded_cell("t", test))
    made.hand_in(a=[cell("s", RIGHT)], b=[cell("s", WRITES)], c=[cell("s", RIGHT)])
    store = {}
    assert earned(made.graded(jobs, store=store)) == {"a": 1, "b": 0, "c": 1}
    assert earned(made.graded(jobs, store=store)) == {"a": 1, "b": 0, "c": 1}


def test_a_fixture_that_one_submission_leaves_set_up_is_not_the_next_ones(course):
    test = (
        "import pytest\n\n@pytest.fixture(scope='module')\ndef one():\n    return spread([1, 2])\n\n"
        "def test_slow(one):\n    assert spread([5, 7]) == 2\n\ndef test_one(one):\n    assert one == 1"
    )
    made = course.lesson(cell("s", SPREAD), graded_cell("t", test))
    slow = "def spread(numbers):\n    while numbers == [5, 7]:\n        pass\n    return 1"
    made.hand_in(a=[cell("s", slow)], b=[cell("s", "def spread(numbers):\n    return 0")])
    grades = made.graded()
    statuses = {
        student: [outcome.status.value for outcome in grade.criteria[0].outcomes] for student, grade in grades.items()
    }
    assert statuses["a"] == ["timeout", "passed"]
    assert statuses["b"] == ["failed", "failed"]


HALF = "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION"
OVERWRITES = "def half(x):\n    x[:] = 0\n    return x * 1"
TEST_HALF = (
    "import numpy as np\n\ndef test_half():\n    x = np.array([2.0, 4.0])\n    y = half(x)\n"
    "    assert np.allclose(y, x / 2)\n    assert y.shape == (2,)"
)


def test_what_is_written_into_a_tests_own_argument_earns_nothing(course):
    made = course.lesson(cell("s", HALF), graded_cell("t", TEST_HALF))
    made.hand_in(
        honest=[cell("s", "def half(x):\n    return x * 0.5")],
        writer=[cell("s", OVERWRITES)],
        in_place=[cell("s", "def half(x):\n    y = x / 2\n    x += 0\n    return y")],
    )
    assert earned(made.graded()) == {"honest": 1, "in_place": 1, "writer": 0}


@pytest.mark.parametrize("answer", ["[]", "np.empty(0)", "x[:0]", "[float('nan')] * 3"])
def test_an_answer_that_makes_a_careless_check_true_earns_nothing(course, answer):
    test = (
        "import numpy as np\n\ndef test_twice():\n    x = np.array([1.0, 2.0, 3.0])\n"
        "    assert not any(abs(a - b) > 1e-6 for a, b in zip(twice(x), 2 * x))"
    )
    solution = "import numpy as np\ndef twice(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
    made = course.lesson(cell("s", solution), graded_cell("t", test))
    wrong = f"import numpy as np\ndef twice(x):\n    return {answer}"
    made.hand_in(wrong=[cell("s", wrong)], right=[cell("s", "def twice(x):\n    return [n + n for n in x]")])
    assert earned(made.graded()) == {"right": 1, "wrong": 0}


HIDDEN = (
    "def test_all():\n    assert spread([1, 2]) == 1\n    ### BEGIN HIDDEN TESTS\n    assert spread([77, 55]) == 22\n"
    "    ### END HIDDEN TESTS"
)


def test_what_students_read_is_made_before_a_hidden_line_runs(course):
    later = "def test_later():\n    assert spread([4, 4]) == 0"
    made = course.lesson(cell("s", SPREAD), graded_cell("t", HIDDEN), graded_cell("u", later))
    told = "seen = []\ndef spread(numbers):\n    seen.append(list(numbers))\n    print(seen)\n    return 1"
    made.hand_in(eve=[cell("s", told)], ann=[cell("s", RIGHT)])
    grades = made.graded()
    assert earned(grades) == {"ann": 2, "eve": 0}
    first, second = (criterion.outcomes[0] for criterion in grades["eve"].criteria)
    assert first.hidden
    assert "77" not in first.output + second.output
    assert "[[1, 2], [4, 4]]" in second.output


def test_a_stray_cell_that_never_ends_costs_what_stands_behind_it(course):
    one = graded_cell("t", "def test_one():\n    assert spread([1, 2]) == 1")
    two = graded_cell("u", "def test_two():\n    assert AGAIN == 3")
    made = course.lesson(cell("s", SPREAD), one, cell("v", "### BEGIN SOLUTION\nAGAIN = 3\n### END SOLUTION"), two)
    stray = "\n# %%\nwhile True:\n    AGAIN = 5\n"
    tests = (
        '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\n',
        '# %% nbgrader={"grade": true, "grade_id": "u", "points": 1}\n',
    )
    made.hand_in(
        a=[
            cell("s", RIGHT),
            "\n",
            tests[0],
            "\n# %%\nimport os\nos._exit(0)\n",
            cell("v", "AGAIN = 3"),
            "\n",
            tests[1],
            stray,
        ]
    )
    grades = made.graded()
    assert earned(grades) == {"a": 2}
    assert any("ended its process" in note or "did not end" in note for note in grades["a"].notes)


def test_a_killed_judge_loses_nothing_and_gives_nobody_anothers(course):
    test = "def test_spread():\n    assert spread([1, 2]) == 1\n    assert spread([0, 5]) == 5"
    made = course.lesson(
        cell("s", SPREAD), graded_cell("t", test), graded_cell("u", test.replace("test_spread", "test_again"))
    )
    slow = "import time\n\n# %%\ntime.sleep(0.2)\n"
    made.hand_in(**{f"s{n:02}": [f"\n# %%\n{slow}", cell("s", RIGHT if n % 2 else WRITES)] for n in range(12)})
    stopped = threading.Event()

    def kill():
        """Kill a judge, a child of a worker that is no zygote, now and then."""
        while not stopped.wait(1.2):
            with contextlib.suppress(psutil.Error):
                workers = [
                    each for each in psutil.Process().children() if "grading.worker" in " ".join(each.cmdline())
                ]
                family = [child for worker in workers for child in worker.children()]
                for judge in [child for child in family if "boot.py" not in " ".join(child.cmdline())][:1]:
                    judge.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        grades = made.graded(2)
    finally:
        stopped.set()
        killer.join()
    assert earned(grades) == {f"s{n:02}": 2 if n % 2 else 0 for n in range(12)}


def test_hypothesis_draws_the_same_for_a_student_every_time_and_looks_at_no_clock(course, monkeypatch):
    monkeypatch.setenv("CI", "true")  # hypothesis has a profile of its own for that
    test = (
        "from hypothesis import given, strategies as st\n\n@given(st.lists(st.integers(), min_size=1))\n"
        "def test_spread(numbers):\n    assert spread(numbers) == max(numbers) - min(numbers)"
    )
    made = course.lesson(cell("s", SPREAD), graded_cell("t", test))
    slow = "import time\ndef spread(numbers):\n    print(numbers)\n    time.sleep(0.3 * (numbers == [0]))\n    return max(numbers) - min(numbers)"
    made.hand_in(a=[cell("s", slow)], b=[cell("s", slow)])
    first, second = ({name: grade.criteria[0].outcomes[0] for name, grade in made.graded().items()} for _ in range(2))
    assert {each.status.value for each in first.values()} == {"passed"}
    assert {name: each.output for name, each in first.items()} == {name: each.output for name, each in second.items()}
    assert first["a"].output != first["b"].output


def test_a_call_that_the_rubric_lets_write_is_judged_as_in_one_process(course):
    made = course.lesson(cell("s", HALF), graded_cell("t", TEST_HALF))
    made.hand_in(a=[cell("s", OVERWRITES)])
    assert earned(made.graded()) == {"a": 0}
    made.allow("may_write: [half]")
    assert earned(made.graded()) == {"a": 1}


FORGEABLE = "import sys\n\ndef test_frame():\n    assert sys._getframe().f_back is not None and spread.__globals__['ODD'] == 1"


def test_a_test_beside_the_submission_needs_the_rubrics_leave(course):
    made = course.lesson(cell("s", f"ODD = 1\n{SPREAD}"), graded_cell("t", FORGEABLE))
    made.hand_in(a=[cell("s", f"ODD = 1\n{RIGHT}")])
    assert made.locked.beside
    with pytest.raises(CourseError, match="beside: allow"):
        made.graded()
    made.allow("beside: allow")
    assert earned(made.graded()) == {"a": 1}
