"""Releases: warnings, nbgrader's strict way, notebooks, and the proof that nothing leaks."""

from dataclasses import replace

from tito.release import leaks, release
from tito.source import parse

SOLUTION = '# %% nbgrader={"solution": true, "grade_id": "s"}\n'
SOURCE = (
    SOLUTION
    + "def f(x):\n    ### BEGIN SOLUTION\n    secret_number = 2 * x\n    return secret_number\n    ### END SOLUTION\n"
)


def test_a_solution_cell_without_markers_is_kept_with_a_warning():
    released, warnings = release(parse(SOLUTION + "a = 1\n", "a.py"))
    assert released.cells[0].source == "a = 1"
    assert warnings == ("a.py:2: solution cell s has no markers and is released as it is",)


def test_nbgraders_strict_way_empties_it():
    released, warnings = release(parse(SOLUTION + "a = 1\n", "a.py"), strict_nbgrader=True)
    assert released.cells[0].source == "# YOUR CODE HERE\nraise NotImplementedError()"
    assert warnings == ()


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
        {"metadata": {"x": "return secret_number"}},
    ):
        told = replace(released, cells=(replace(released.cells[0], **beside),))
        assert len(leaks(document, told)) == 1
