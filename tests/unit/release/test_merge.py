"""A newer stub and a student's work become one document."""

from dataclasses import replace

import pytest

from tito.release.merge import merge
from tito.source import parse

OLD = """\
# %% [markdown]
# Read this.

# %%
x = 1

# %% nbgrader={"solution": true, "grade_id": "f"}
def f():
    # YOUR CODE HERE
    raise NotImplementedError()

# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}
assert f() == 1
"""
NEW = OLD.replace("Read this.", "Read this well.").replace("f() == 1", "f() == 1.0")
STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()"
MINE = OLD.replace(STUB, "    return 1")


def merged(mine, new=NEW):
    return merge(parse(mine, "mine.py", lenient=True), parse(OLD, "old.py"), parse(new, "new.py"))


def sources(mine, new=NEW):
    return [cell.source for cell in merged(mine, new).document.cells]


def test_new_text_and_tests_come_and_solution_cells_stay():
    assert sources(MINE) == ["Read this well.", "x = 1", "def f():\n    return 1", "assert f() == 1.0"]
    assert merged(MINE).kept == ("f",)


def test_an_untouched_solution_cell_is_the_new_stub():
    better = NEW.replace("def f():", "def f(n=1):")
    assert sources(OLD, better)[2].startswith("def f(n=1):\n    # YOUR CODE HERE")
    assert merged(OLD, better).kept == ()
    assert merged(MINE, better).notes == ("cell f has a new stub; what you wrote was kept",)


def test_cells_of_the_students_own_stay_behind_what_they_follow():
    mine = MINE.replace("x = 1\n", "x = 1\n\n# %%\nprint(x)\n") + "\n# %%\nf()\n"
    assert sources(mine)[2] == "print(x)"
    assert sources(mine)[-1] == "f()"
    gone = NEW.replace("# %%\nx = 1\n", "")
    assert sources(mine, gone)[1] == "print(x)"


def test_a_given_cell_that_was_edited_stays_edited_while_it_is_the_same_in_the_new_stub():
    edited = ["Read this well.", "x = 2", "def f():\n    return 1", "assert f() == 1.0"]
    assert sources(MINE.replace("x = 1", "x = 2")) == edited


def test_edited_locked_cells_are_the_new_ones():
    assert sources(MINE.replace("f() == 1", "True"))[-1] == "assert f() == 1.0"


def test_what_is_no_part_of_the_lesson_any_more_stays_at_the_end():
    gone = NEW.replace('{"solution": true, "grade_id": "f"}', '{"solution": true, "grade_id": "g"}')
    found = merged(MINE, gone)
    assert found.document.cells[-1].source == "def f():\n    return 1"
    assert found.document.cells[-1].grading is None
    assert found.notes == ("cell f is no part of the lesson any more: what you wrote stands at the end",)


@pytest.mark.parametrize("mine", [OLD, MINE])
def test_the_same_release_again_changes_nothing(mine):
    assert sources(mine, OLD) == [cell.source for cell in parse(mine, "mine.py").cells]


def test_a_cell_with_an_id_of_the_students_own_stays_as_well():
    mine = MINE.replace(
        "x = 1\n", 'x = 1\n\n# %% nbgrader={"solution": true, "grade_id": "own"}\ny = 2\n\n# %%\nprint(x)\n'
    )
    assert sources(mine)[2:4] == ["y = 2", "print(x)"]


def test_a_copy_of_a_given_cell_is_the_students_own():
    assert sources(MINE + "\n# %%\nx = 1\n")[-1] == "x = 1"
    assert len(sources(MINE + "\n# %%\nx = 1\n")) == 5


def test_a_given_cell_in_whose_place_others_stand_comes_back_before_them():
    mine = MINE.replace("# %%\nx = 1\n", "# %% [markdown]\n# Mine.\n\n# %%\nx = 3\n")
    assert sources(mine) == [
        "Read this well.",
        "Mine.",
        "x = 3",
        "x = 1",
        "def f():\n    return 1",
        "assert f() == 1.0",
    ]


def test_a_cell_that_is_left_over_is_an_ordinary_one_with_the_rest_of_its_metadata():
    gone = NEW.replace('{"solution": true, "grade_id": "f"}', '{"solution": true, "grade_id": "g"}')
    mine = parse(MINE, "mine.py", lenient=True)
    tagged = tuple(replace(cell, metadata={**cell.metadata, "tags": ["mine"]}) for cell in mine.cells)
    found = merge(replace(mine, cells=tagged), parse(OLD, "old.py"), parse(gone, "new.py"))
    assert found.document.cells[-1].metadata.keys() == {"lines_to_next_cell", "tags"}


def test_of_a_long_lesson_with_cells_alike_each_stays_at_its_place():
    given = "".join(f"# %%\nx = {number % 3}\n\n" for number in range(240))
    mine = given.replace("x = 2\n\n", "x = 2\n\n# %%\nprint(x)\n\n", 1)
    found = merge(parse(mine, "m.py", lenient=True), parse(given, "o.py"), parse(given, "n.py"))
    assert [cell.source for cell in found.document.cells][:5] == ["x = 0", "x = 1", "x = 2", "print(x)", "x = 0"]
    assert len(found.document.cells) == 241
