"""What a solution leaves behind: below END SOLUTION, in comments and docstrings, in attachments and beside the lesson."""

import base64
from dataclasses import replace

import pytest

from tito.release import fixed, leaks, release, solved, told_beside
from tito.release.left import left_behind
from tito.source import parse

CELL = '# %% nbgrader={"solution": true, "grade_id": "s"}\n'
BEGIN, END = "    ### BEGIN SOLUTION", "    ### END SOLUTION"


def body(*lines):
    return "\n".join(["def f(numbers):", *lines])


LEFT = {
    "a return that needs nothing of the students'": (
        body(BEGIN, "    if not numbers:", "        return None", END, "    return max(numbers)"),
        [(6, "return max(numbers)")],
    ),
    "below a docstring as well": (
        body('    """The largest."""', BEGIN, "    best = numbers[0]", END, "    return max(numbers)"),
        [(6, "return max(numbers)")],
    ),
    "below a region of several statements": (
        body(BEGIN, "    best = numbers[0]", "    del best", END, "    return max(numbers)"),
        [(6, "return max(numbers)")],
    ),
    "in a handler": (
        body(
            "    try:",
            "        g()",
            "    except ValueError:",
            f"    {BEGIN}",
            "        return 1",
            f"    {END}",
            "        return 2",
        ),
        [(8, "return 2")],
    ),
    "in a case": (
        body(
            "    match numbers:",
            "        case []:",
            f"        {BEGIN}",
            "            return 1",
            f"        {END}",
            "            return 2",
        ),
        [(7, "return 2")],
    ),
    "whatever stands behind a region that returns": (
        body(BEGIN, "    return max(numbers)", END, "    x = 3", "    return x"),
        [(5, "x = 3")],
    ),
    "behind one that leaves on every path": (
        body(
            BEGIN, "    if numbers:", "        return 1", "    else:", "        raise ValueError", END, "    return 2"
        ),
        [(8, "return 2")],
    ),
}
OPEN = {
    "what the region binds is returned": body(BEGIN, "    best = max(numbers)", END, "    return best"),
    "what it binds is computed with": body(BEGIN, "    best = max(numbers)", END, "    return best / 2"),
    "what follows computes with it first": body(
        BEGIN, "    best = 1", END, "    twice = 2 * best", "    return twice + 1"
    ),
    "what it changes is returned": body(BEGIN, "    numbers.sort()", END, "    return numbers[-1]"),
    "what it hands on may be changed": body(BEGIN, "    fill(numbers)", END, "    return sum(numbers)"),
    "given code comes first": body("    y = 2", BEGIN, "    print(y)", END, "    return max(numbers)"),
    "a plain return tells nothing": body(BEGIN, "    print(numbers)", END, "    return numbers"),
    "what it imports is used": body(BEGIN, "    import numpy as np", END, "    return np.max(numbers)"),
    "a module within what it imports": body(BEGIN, "    import os.path", END, "    return os.path.join(*numbers)"),
    "a name that it imports": body(BEGIN, "    from math import fsum", END, "    return fsum(numbers)"),
    "it returns on one of two ways": body(
        BEGIN, "    if numbers:", "        return 1", "    else:", "        x = 2", END, "    return x"
    ),
    "two regions are one solution": body(
        BEGIN, "    a = 1", END, "    # and now", BEGIN, "    return max(numbers)", END
    ),
    "a region in a loop": body(
        "    for x in numbers:",
        "        ### BEGIN SOLUTION",
        "        y = x",
        "        ### END SOLUTION",
        "    return y",
    ),
    "a test of the cell's own": f"{body(BEGIN, '    return 1', END)}\n\nprint(f(max([1])))",
}


@pytest.mark.parametrize(("source", "found"), LEFT.values(), ids=LEFT.keys())
def test_a_marker_that_stands_too_high_leaves_a_solution_behind(source, found):
    assert list(left_behind(source)) == found
    document = parse(CELL + source, "a.py")
    (problem,) = leaks(document, release(document)[0])
    assert (problem.path, problem.line) == ("a.py", found[0][0] + 1)
    assert f"`{found[0][1]}` behind END SOLUTION is left of a solution" in problem.what


@pytest.mark.parametrize("source", OPEN.values(), ids=OPEN.keys())
def test_what_goes_on_with_the_students_work_stays(source):
    assert list(left_behind(source)) == []


def told(source):
    document = parse(source, "a.py")
    return [(each.line, each.what.partition(" of the release")[0]) for each in leaks(document, release(document)[0])]


SOLVED = f"{CELL}{body(BEGIN, '    return sorted(numbers)[-1]', END)}\n"


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("# return sorted(numbers)[-1]", [(8, "a comment")]),
        ("x = 1  #  return sorted( numbers )[-1];", [(8, "a comment")]),
        ('"""So:\n\n>>> return sorted(numbers)[-1]\n"""', [(10, "a docstring")]),
        ('"""Why is `return sorted(numbers)[-1]` right?"""', [(8, "a docstring")]),
        ('"""So:\n\n>>> return sorted(numbers)[-1]\n\nand\nso\non.\n"""', [(10, "a docstring")]),
        ("# Sort the numbers and take the last.", []),
        ("# return", []),
    ],
)
def test_a_solutions_line_in_a_comment_or_docstring_is_a_leak(more, where):
    assert told(f"{SOLVED}\n# %%\n{more}\n") == where


def test_an_attachment_and_a_data_uri_are_looked_into():
    document = parse(f"{SOLVED}\n# %% [markdown]\n# See.\n", "a.py")
    packed = base64.b64encode(b"def f(numbers):\n    return sorted(numbers)[-1]\n").decode()
    held = replace(document.cells[1], extras={"attachments": {"a.txt": {"text/plain": packed}}})
    linked = replace(document.cells[1], source=f"[See](data:text/plain;base64,{packed}).")
    for cell in (held, linked):
        released = replace(release(document)[0], cells=(release(document)[0].cells[0], cell))
        (problem,) = leaks(document, released)
        assert "attachments of the release hold `return sorted(numbers)[-1]`" in problem.what


def test_a_file_beside_the_lesson_may_not_hold_a_whole_solution():
    source = CELL + body(BEGIN, "    best = sorted(numbers)", "    return best[-1]", END)
    document = parse(source, "a.py")
    whole = b"def largest(numbers):\n    best = sorted(numbers)\n\n    return best[-1]\n"
    (problem,) = told_beside(document, {"extra.py": whole, "some.py": b"best = sorted(numbers)\n", "x.bin": b"\xff"})
    assert problem.path == "extra.py"
    assert "this file, which students get, holds a solution: `best = sorted(numbers)`" in problem.what


def test_the_solved_edition_has_solutions_and_neither_markers_nor_hidden_tests():
    text = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\nassert f([1]) == 1\n'
    hidden = "### BEGIN HIDDEN TESTS\nassert f([1, 2]) == 2\n### END HIDDEN TESTS\n"
    one, two = solved(parse(f"{SOLVED}\n{text}{hidden}", "a.py")).cells
    assert one.source == "def f(numbers):\n    return sorted(numbers)[-1]"
    assert two.source == "assert f([1]) == 1"


def test_a_released_notebook_lets_nobody_edit_locked_cells():
    text = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\nassert f([1]) == 1\n\n# %%\nx = 1\n'
    cells = fixed(release(parse(f"{SOLVED}\n{text}", "a.py"))[0]).cells
    flags = [(cell.metadata.get("editable"), cell.metadata.get("deletable")) for cell in cells]
    assert flags == [(None, False), (False, False), (None, None)]


def test_a_leak_behind_a_region_is_told_at_its_line_in_the_source():
    source = f"{CELL}def f(x):\n{BEGIN}\n    wide = x * 21 + 4\n    return wide\n{END}\n\n# wide = x * 21 + 4\n"
    (problem,) = leaks(parse(source, "s.py"), release(parse(source, "s.py"))[0])
    assert str(problem).startswith("s.py:8:")


def test_prose_before_and_behind_an_answer_stays():
    head = '# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "m", "points": 1}\n'
    source = f"{head}# Say why.\n# ### BEGIN SOLUTION\n# It is 42.\n# ### END SOLUTION\n# In one line."
    (cell,) = release(parse(source, "s.py"))[0].cells
    assert cell.source.split("\n") == ["Say why.", "YOUR ANSWER HERE", "In one line."]


@pytest.mark.parametrize(("line", "told"), [("y = max(a,b)", True), ("y = min(a)", False)])
def test_of_twelve_signs_on_a_line_tells_a_solution_beside_the_lesson_and_in_metadata(line, told):
    document = parse(f"{CELL}{body(BEGIN, f'    {line}', END)}", "a.py")
    assert bool(told_beside(document, {"x.py": f"{line}\n".encode()})) is told
    released = replace(release(document)[0], metadata={"x": line})
    assert bool(leaks(document, released)) is told
