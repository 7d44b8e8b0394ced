"""Releases: cells without markers, notebooks, and the proof that nothing leaks."""

from dataclasses import replace

import pytest

from tito.errors import CourseError
from tito.model.document import Format
from tito.release import leaks, release
from tito.source import parse, write

SOLUTION = '# %% nbgrader={"solution": true, "grade_id": "s"}\n'
SOURCE = (
    SOLUTION
    + "def f(x):\n    ### BEGIN SOLUTION\n    secret_number = 2 * x\n    return secret_number\n    ### END SOLUTION\n"
)


STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
SETUP = '"""Set up."""\nimport math\nfrom os import path\nLIMIT: float = -1e-3\nSHAPE = (2, [LIMIT])'


def test_a_solution_cell_without_markers_is_emptied_and_named():
    released, warnings = release(parse(SOLUTION + "a = 1\n", "a.py"))
    assert released.cells[0].source == STUB
    assert warnings == ("a.py:2: solution cell s has no markers and is emptied",)


def test_a_setup_cell_stays_as_it_is_and_is_named():
    released, warnings = release(parse(SOLUTION + SETUP, "a.py"))
    assert released.cells[0].source == SETUP
    assert warnings == ("a.py:2: solution cell s has no markers and is released as it is",)


@pytest.mark.parametrize(
    "source", ["LIMIT = 3", "import math\nlimit = 3", "import math\nLIMIT = math.sqrt(2)", "import a\n%x\nf(1)"]
)
def test_a_cell_that_may_hold_an_answer_is_no_setup(source):
    released, _ = release(parse(SOLUTION + source, "a.py"))
    assert released.cells[0].source == STUB


@pytest.mark.parametrize("source", ["a = 1", SETUP])
def test_the_courses_setting_keeps_or_empties_all_of_them(source):
    document = parse(SOLUTION + source, "a.py")
    assert release(document, "keep")[0].cells[0].source == source
    assert release(document, "empty")[0].cells[0].source == STUB


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("class A:\n    # YOUR CODE HERE\n    pass", True),
        ('class A:\n    """Do."""\n    # YOUR CODE HERE', True),
        ("def f():\n    # YOUR CODE HERE\n    # Think.\n    raise NotImplementedError()\n\nf()", True),
        ("# YOUR CODE HERE\nanswer = 3", False),
        ("def f():\n    # YOUR CODE HERE\n    return 3", False),
    ],
)
def test_a_stub_is_no_answer_but_a_prompt_above_an_answer_is_no_stub(source, left):
    released, _ = release(parse(SOLUTION + source, "a.py"))
    assert (released.cells[0].source == source) is left


def test_an_emptied_cells_line_that_is_left_elsewhere_is_a_leak():
    document = parse(SOLUTION + "secret_number = 42\n", "a.py")
    told = [replace(document.cells[0], extras={"outputs": ["secret_number = 42"]})]
    problems = leaks(document, replace(document, cells=tuple(told)))
    assert len(problems) == 2


def test_a_manual_answer_in_code_keeps_what_is_outside_its_region():
    text = '# %% nbgrader={"grade": true, "solution": true, "grade_id": "m", "points": 2}\n'
    released, warnings = release(parse(text + "# Explain.\n### BEGIN SOLUTION\na = 1\n### END SOLUTION\n", "a.py"))
    assert released.cells[0].source == "# Explain.\n# YOUR CODE HERE\nraise NotImplementedError()"
    assert warnings == ()


def test_every_region_without_a_stub_is_told_at_once():
    wrong = "class A:\n    ### BEGIN SOLUTION\n    x = 1\n    ### END SOLUTION\n"
    text = "\n".join(f'# %% nbgrader={{"solution": true, "grade_id": "s{n}"}}\n{wrong}' for n in range(2))
    with pytest.raises(CourseError) as caught:
        release(parse(text, "a.py"))
    assert [(each.path, each.line) for each in caught.value.problems] == [("a.py", 3), ("a.py", 9)]


def test_a_notebooks_release_stays_a_notebook_that_names_its_cells():
    notebook = parse(write(parse(SOURCE, "a.py"), Format.NOTEBOOK), "a.ipynb")
    released, _ = release(notebook)
    assert parse(write(released, Format.NOTEBOOK), "a.ipynb") == released
    assert released.cells[0].extras["id"] == notebook.cells[0].extras["id"]


def test_line_separators_in_strings_are_kept():
    text = SOLUTION + "a = 'x\u2028y\f'\n### BEGIN SOLUTION\nb = 1\n### END SOLUTION\n"
    released, _ = release(parse(text, "a.py"))
    assert released.cells[0].source.startswith("a = 'x\u2028y\f'\n# YOUR CODE HERE")


def test_outputs_and_counts_are_cleared():
    document = parse(SOURCE, "a.py")
    cell = replace(document.cells[0], extras={"outputs": [{"text": "secret"}], "execution_count": 3, "id": "x"})
    released, _ = release(replace(document, cells=(cell,)))
    assert released.cells[0].extras == {"outputs": [], "execution_count": None, "id": "x"}


def test_a_solution_line_that_stands_elsewhere_too_is_no_leak():
    text = SOURCE + "\n# %%\nsecret_number = 2 * x\n"
    released, _ = release(parse(text, "a.py"))
    assert leaks(parse(text, "a.py"), released) == ()


def test_a_solution_left_in_a_source_is_a_leak():
    document = parse(SOURCE, "a.py")
    problems = leaks(document, document)
    assert [each.what for each in problems] == [
        "the release still holds `return secret_number` of a solution or hidden test",
        "the release still holds `secret_number = 2 * x` of a solution or hidden test",
    ]


def test_a_solution_left_in_outputs_or_metadata_is_a_leak():
    document = parse(SOURCE, "a.py")
    released, _ = release(document)
    for beside in (
        {"extras": {"outputs": [{"text": ["  secret_number = 2 * x\n"]}]}},
        {"extras": {"attachments": {"a.txt": {"text/plain": "return secret_number"}}}},
        {"metadata": {"x": "return secret_number"}},
    ):
        told = replace(released, cells=(replace(released.cells[0], **beside),))
        assert len(leaks(document, told)) == 1


def test_a_solution_left_in_the_notebooks_own_metadata_is_a_leak():
    document = parse(SOURCE, "a.py")
    released, _ = release(document)
    assert len(leaks(document, replace(released, metadata={"widgets": ["return secret_number"]}))) == 1


def test_the_first_of_two_solutions_in_a_locked_cell_is_told():
    region = "    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n"
    head = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\n'
    with pytest.raises(CourseError) as caught:
        release(parse(f"{head}def f():\n{region}\ndef g():\n{region}assert f()\n", "a.py"))
    assert str(caught.value).startswith("a.py:3: cell t: a test cell is locked")
