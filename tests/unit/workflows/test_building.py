"""Locking a module: names move to the submission's side where the reference shows that copies differ."""

import pytest

from tito.errors import CourseError
from tito.workflows.course.building import build
from tito.workflows.course.lock import check, lock
from tito.workflows.course.opening import open_course
from tito.workflows.course.release import prove
from tito.workflows.course.validate import validate
from tito.workflows.grading.judges import start_pool


def locked(course):
    with start_pool(course, 1) as pool:
        return build(pool, course, course.modules[0]).grader


SOURCE = """# %% nbgrader={"solution": true, "grade_id": "s"}
### BEGIN SOLUTION
def order(d): d.sort()
### END SOLUTION

# %%
a = [3, 1]

# %% nbgrader={"grade": true, "grade_id": "t1", "points": 1}
assert a == [3, 1]

# %%
order(a)

# %% nbgrader={"grade": true, "grade_id": "t2", "points": 1}
assert a == [1, 3]
"""


def test_a_given_value_that_the_students_function_changes_moves_from_that_cell_on(tmp_path):
    (tmp_path / "tito.toml").write_text("")
    (tmp_path / "modules" / "01_a").mkdir(parents=True)
    (tmp_path / "modules" / "01_a" / "a.py").write_text(SOURCE)
    course = open_course(tmp_path)
    grader = locked(course)
    assert [(each.cell, each.asks) for each in grader.blocks if each.cell] == [("t1", ()), ("t2", ("a",))]
    assert [(each.name, each.since) for each in grader.moved] == [("a", 4)]


PARTLY = """# %% nbgrader={"solution": true, "grade_id": "s"}
### BEGIN SOLUTION
def double(x): return 2 * x
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "wrong", "points": 3}
assert double(2) == 5

# %% nbgrader={"grade": true, "grade_id": "twice", "points": 2}
def test_a(): assert double(1) == 2
def test_a(): assert double(2) == 4

# %% nbgrader={"grade": true, "grade_id": "right", "points": 1}
assert double(3) == 6
"""


def partly(folder, text=PARTLY):
    (folder / "tito.toml").write_text("")
    (folder / "modules" / "01_a").mkdir(parents=True)
    (folder / "modules" / "01_a" / "a.py").write_text(text)
    return open_course(folder)


def test_a_partial_lock_leaves_out_the_tests_that_cannot_be_locked(tmp_path):
    course = partly(tmp_path)
    (locked,) = lock(course, [], partial=True)
    assert [(each.grade_id, each.points) for each in locked.left_out] == [("twice", 2), ("wrong", 3)]
    assert (locked.criteria, locked.points) == (1, 1)
    assert "failed" in locked.left_out[1].why


def test_what_a_lock_leaves_out_stays_left_out_when_it_is_checked_and_proved(tmp_path):
    course = partly(tmp_path)
    lock(course, [], partial=True)
    assert [each.changed for each in check(course, [])] == [()]
    with start_pool(course, 1) as pool:
        proof = prove(pool, course, course.modules[0])
    assert {each.grade_id for each in proof.built.grader.criteria} == {"right"}


def test_a_module_that_cannot_be_locked_leaves_the_proof_of_the_next_one_alone(tmp_path):
    partly(tmp_path, PARTLY.replace("def test_a(): assert double(2)", "import nowhere"))
    (tmp_path / "modules" / "02_b").mkdir()
    (tmp_path / "modules" / "02_b" / "b.py").write_text(SOURCE)
    first, second = validate(open_course(tmp_path), [])
    assert (first.criteria, second.criteria, second.points) == (0, 2, 2)


def test_without_leave_nothing_is_left_out_and_the_place_is_named(tmp_path):
    course = partly(tmp_path, PARTLY.replace("def test_a(): assert double(2)", "def test_b(): assert double(2)"))
    with pytest.raises(CourseError, match=r"a\.py:7: the reference does not pass"):
        lock(course, [])


DELETING = """# %% nbgrader={"solution": true, "grade_id": "s"}
### BEGIN SOLUTION
def square(n): return n * n
def total(n): return sum(square(each) for each in range(n))
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t1", "points": 1}
kept = square
del square
try:
    total(3)
except NameError:
    pass
else:
    raise AssertionError("total does not use square")
finally:
    square = kept

# %% nbgrader={"grade": true, "grade_id": "t2", "points": 1}
assert total(3) == 5
"""


def test_a_name_that_a_test_deletes_is_gone_for_the_students_code_too(tmp_path):
    (tmp_path / "tito.toml").write_text("")
    (tmp_path / "modules" / "01_a").mkdir(parents=True)
    (tmp_path / "modules" / "01_a" / "a.py").write_text(DELETING)
    course = open_course(tmp_path)
    criteria = locked(course).criteria
    assert [(each.grade_id, each.beside) for each in criteria] == [("t1", ()), ("t2", ())]
