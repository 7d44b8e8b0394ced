"""What criteria of an imported course are called."""

from tito.importing.packages import packages
from tito.importing.titles import title, told
from tito.source import parse

NOTEBOOK = '''# %% [markdown]
# # Week 1: warm up ##

# %% [markdown]
# ## Squares (2 points)

# %% nbgrader={"grade": true, "grade_id": "cell-0a1b2c3d", "points": 1}
"""Squares of
numbers."""
import numpy.linalg, mine, os
assert f(2) == 4

# %% nbgrader={"grade": true, "grade_id": "cell-0a1b2c3e", "points": 1}
assert f(3) == 9

# %% nbgrader={"grade": true, "grade_id": "test_sum-of", "points": 1}
assert f(4) == 16
'''


def test_a_name_is_the_title_and_a_nameless_cell_has_its_heading():
    found = told(parse(NOTEBOOK, "a.py"))
    assert [each.title for each in found.values()] == ["Squares (cell-0a1b2c3d)", "Squares (cell-0a1b2c3e)", "Sum of"]
    assert found["cell-0a1b2c3d"].tests == "Squares of numbers."


def test_a_notebook_is_called_by_its_first_heading_or_its_name():
    assert title(parse(NOTEBOOK, "a.py"), "a") == "Week 1: warm up"
    assert title(parse("# %%\nx = 1", "a.py"), "problem_1") == "Problem 1"


def test_packages_are_what_is_imported_and_neither_pythons_nor_the_courses():
    assert packages([parse(NOTEBOOK, "a.py")], {"mine"}) == ("numpy",)
