"""Locking a module: names move to the submission's side where the reference shows that copies differ."""

from tito.workflows.course.building import build
from tito.workflows.course.opening import open_course

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
    grader = build(course, course.modules[0]).grader
    assert [(each.cell, each.asks) for each in grader.blocks if each.cell] == [("t1", ()), ("t2", ("a",))]
    assert [(each.name, each.since) for each in grader.moved] == [("a", 4)]
