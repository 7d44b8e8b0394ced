"""Locked test modules: the tests, what they need, and nothing of a solution."""

import ast
from decimal import Decimal

import pytest

from tito.errors import CourseError
from tito.locking import lock_file
from tito.locking import test_digests as digests_of
from tito.locking.cells import locked_cells, solution_ids
from tito.locking.grader_module import grader_module
from tito.model.document import Role
from tito.model.grader import Grader, LockedCriterion
from tito.source import parse

SOURCE = '''
# %%
#| export
import math
import os

LIMIT = 1e-6
unused = 3

# %% nbgrader={"solution": true, "grade_id": "f"}
def f(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %%
print(f(2))

# %%
# Say whether two numbers are near.
def near(a, b):
    return math.isclose(a, b, abs_tol=LIMIT)

# %% nbgrader={"grade": true, "grade_id": "t-f", "points": 2.5}
def test_f():
    """Doubles."""
    assert near(f(2), 4)
    ### BEGIN HIDDEN TESTS
    assert near(f(3), 6)
    ### END HIDDEN TESTS

if __name__ == "__main__":
    test_f()

# %% nbgrader={"grade": true, "grade_id": "t-bare", "points": 1}
y = f(1)
assert y == 2
for k in range(3):
    assert f(k) == 2 * k

# %% nbgrader={"grade": true, "grade_id": "t-hidden", "points": 3}
def test_hidden():
    """All of it."""
    ### BEGIN HIDDEN TESTS
    assert f(9) == 18
    ### END HIDDEN TESTS
'''


@pytest.fixture
def document():
    return parse(SOURCE, "m.py")


def body(text):
    return text.split("\n\n", 1)[1]


def test_the_module_holds_the_tests_with_marks_and_what_they_need(document):
    assert (
        body(grader_module(document, "m", "core.m"))
        == '''import math
import pytest
from core.m import f


# %%
LIMIT = 1e-6


# %%
# Say whether two numbers are near.
def near(a, b):
    return math.isclose(a, b, abs_tol=LIMIT)


# %% t-f
@pytest.mark.criterion("t-f", points=2.5)
def test_f():
    """Doubles."""
    assert near(f(2), 4)
    assert near(f(3), 6)


# %% t-bare
@pytest.mark.criterion("t-bare", points=1)
def test_t_bare():
    global k, y
    y = f(1)
    assert y == 2
    for k in range(3):
        assert f(k) == 2 * k


# %% t-hidden
@pytest.mark.criterion("t-hidden", points=3)
def test_hidden():
    """All of it."""
    assert f(9) == 18
'''
    )


def test_the_public_edition_holds_no_hidden_test(document):
    text = grader_module(document, "m", "core.m", public=True)
    assert "assert near(f(2), 4)" in text
    assert "f(3)" not in text
    assert "test_hidden" not in text
    assert "public edition" in text.splitlines()[0]


def test_no_solution_is_in_either_edition(document):
    for public in (False, True):
        text = grader_module(document, "m", "core.m", public=public)
        assert "return 2 * x" not in text
        ast.parse(text)


def test_two_tests_of_one_name_are_refused():
    cell = '# %% nbgrader={{"grade": true, "grade_id": "{}", "points": 1}}\ndef test_a():\n    assert True\n\n'
    with pytest.raises(CourseError, match="the test test_a is defined twice"):
        grader_module(parse(cell.format("a") + cell.format("b"), "m.py"), "m", "core.m")


def test_a_cell_that_is_no_python_is_named_with_its_line():
    with pytest.raises(CourseError, match=r"m\.py:3: cell t is not Python"):
        text = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\na = 1\nassert (\n'
        grader_module(parse(text, "m.py"), "m", "core.m")


def test_statements_that_share_a_line_are_parted():
    text = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\na = 1; assert a == 1\n'
    assert "    a = 1\n    assert a == 1\n" in grader_module(parse(text, "m.py"), "m", "core.m")


def test_many_names_are_imported_on_lines_of_their_own():
    names = [f"a_rather_long_name_{n}" for n in range(8)]
    solution = '# %% nbgrader={"solution": true, "grade_id": "s"}\n### BEGIN SOLUTION\n' + "\n".join(
        f"{n} = 1" for n in names
    )
    test = '\n### END SOLUTION\n\n# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\nassert ' + " + ".join(
        names
    )
    assert "from core.m import (\n    a_rather" in grader_module(parse(solution + test, "m.py"), "m", "core.m")


def test_locked_cells_are_compared_as_students_see_them(document):
    cells = {cell.grade_id: cell for cell in locked_cells(document)}
    assert list(cells) == ["t-f", "t-bare", "t-hidden"]
    assert cells["t-f"].role is Role.TEST
    assert cells["t-f"].digest == lock_file.digest(
        'def test_f():\n    """Doubles."""\n    assert near(f(2), 4)\n\nif __name__ == "__main__":\n    test_f()'
    )
    assert solution_ids(document) == ("f",)


def test_a_task_is_compared_without_its_mark_scheme():
    text = '# %% [markdown] nbgrader={"task": true, "grade_id": "k", "points": 1}\n# Draw.\n# === BEGIN MARK SCHEME ===\n# x\n# === END MARK SCHEME ===\n'
    (cell,) = locked_cells(parse(text, "m.py"))
    assert cell.digest == lock_file.digest("Draw.")


def test_only_given_code_is_kept_in_words():
    text = (
        '# %% [markdown] nbgrader={"locked": true, "grade_id": "w"}\n# Words.\n'
        '# %% nbgrader={"locked": true, "grade_id": "r"}\nLIMIT = 1\n'
        '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\nassert LIMIT\n'
    )
    assert [each.source for each in locked_cells(parse(text, "m.py"))] == ["", "LIMIT = 1", ""]


def test_a_test_cell_may_be_worth_nothing():
    text = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 0}\nassert 1\n'
    assert '@pytest.mark.criterion("t", points=0)' in grader_module(parse(text, "m.py"), "m", "s")


def test_what_nests_too_deeply_is_told_at_its_cell():
    text = f'# %%\na = 1\n\n# %% nbgrader={{"grade": true, "grade_id": "t", "points": 1}}\nassert {"not " * 9000}1\n'
    with pytest.raises(CourseError, match=r"m\.py:5: cell t is not Python: it nests too deeply\."):
        grader_module(parse(text, "m.py"), "m", "s")


def test_tests_differ_by_what_they_do_alone():
    def digests(text):
        tests = ("t.py::test_a[1]", "t.py::test_a[2]", "t.py::TestB::test_c")
        return digests_of.test_digests(
            Grader("m", "s", (LockedCriterion("t", Decimal(1), tests),), ()), {"t.py": text}
        )["t"]

    before = digests("def test_a(n): assert n\nclass TestB:\n    def test_c(self): pass\n")
    after = digests("# New.\ndef test_a(n):\n    assert n\nclass TestB:\n    def test_c(self): assert 1\n")
    assert list(before) == ["t.py::test_a", "t.py::TestB"]
    assert [name for name in before if before[name] != after[name]] == ["t.py::TestB"]
