"""otter's notebooks: blocks, solution lines, prompts, tests and points."""

from decimal import Decimal

import pytest

from tito.errors import CourseError
from tito.importing.otter import assignment, is_handed_out, is_master
from tito.importing.otter_lines import regions
from tito.importing.otter_tests import Case, case_of, priced
from tito.model.document import Cell, Document, Format, Kind, Role

LINES = {
    "nothing to hide": ("x = 1", "x = 1"),
    "a line, whose prompt is a comment": ("x = 1 # SOLUTION", "# x = ...\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
    "lines of a body": ("def f(x):\n    y = x # SOLUTION NO PROMPT\n    return y # SOLUTION", "def f(x):\n    ### BEGIN SOLUTION\n    y = x\n    return y\n    ### END SOLUTION"),
    "a part of a statement": ("x = f(\n    1, # SOLUTION\n    y)", "### BEGIN SOLUTION\nx = f(\n    1,\n    y)\n### END SOLUTION"),
    "a head with its body": ("for i in a: # SOLUTION\n    f(i) # SOLUTION\nb", "### BEGIN SOLUTION\nfor i in a:\n    f(i)\n### END SOLUTION\nb"),
    "a body, not its head": ("if a:\n    f(1) # SOLUTION\nelse:\n    g()", "if a:\n    ### BEGIN SOLUTION\n    f(1)\n    ### END SOLUTION\nelse:\n    g()"),
    "a block": ("# BEGIN SOLUTION\nx = 1\n\ny = 2\n# END SOLUTION\ny", "### BEGIN SOLUTION\nx = 1\n\ny = 2\n### END SOLUTION\ny"),
    "a prompt in a string": ('# BEGIN SOLUTION NO PROMPT\nx = 1\n# END SOLUTION\n""" # BEGIN PROMPT\nx = ...\n""" # END PROMPT', "### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n# x = ..."),
    "lines to be ignored": ("a # IGNORE\n# BEGIN IGNORE\nb\n# END IGNORE\nc", "c"),
    "a seed": ("np.random.seed(4) # SEED", "np.random.seed(4)"),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_solution_lines_become_regions_of_whole_statements(name):
    source, wanted = LINES[name]
    assert regions(source) == wanted


TESTS = {
    "a truth": ("f(1) == 1", "True", "assert bool(f(1) == 1) is True"),
    "a number": ("x = 2\nf(x)", "4", "x = 2\nassert (f(x)) == 4"),
    "a text of an object": ("f()", "array([1,\n  2])", "assert repr(f()).split() == 'array([1,\\n  2])'.split()"),
    "no output": ("check(f)", "", "check(f)"),
    "a message": ('""" # BEGIN TEST CONFIG\npoints: 2\nhidden: true\nfailure_message: look\n""" # END TEST CONFIG\nassert f()', "", "assert f(), 'look'"),
}  # fmt: skip


@pytest.mark.parametrize("name", TESTS)
def test_a_test_asks_for_what_its_cell_showed(name):
    source, output, wanted = TESTS[name]
    outputs = [{"data": {"text/plain": output}}] if output else []
    assert case_of(Cell(Kind.CODE, source, extras={"outputs": outputs}), doctest=True).source == wanted


def test_what_a_test_prints_is_compared_word_by_word():
    case = case_of(Cell(Kind.CODE, "print(f(1))", extras={"outputs": [{"text": ["a  b\n"]}]}), doctest=True)
    shown = {}
    exec(case.source, {"f": lambda _: "a b"}, shown)  # noqa: S102 - it is the test that is tested
    with pytest.raises(AssertionError):
        exec(case.source, {"f": lambda _: "a c"}, shown)  # noqa: S102


def test_a_function_gets_the_names_of_the_notebook():
    case = case_of(Cell(Kind.CODE, "def test_a(x, env):\n    assert x == env['y']\ntest_a(x)"), doctest=False)
    assert case.source == "def test_a(x):\n    assert x == y\n\n\ntest_a(x)"


POINTS = {
    "nothing is one point": (None, [None, None], ["0.5", "0.5"]),
    "thirds add up": (1, [None, None, None], ["0.333", "0.333", "0.334"]),
    "the rest is shared": (4, ["2", None, None], ["2", "1", "1"]),
    "some say, and the others are worth none": (None, ["2", None], ["2", "0"]),
    "for each": ({"each": 2}, [None, None], ["2", "2"]),
    "a list": ([1, 0], [None, None], ["1", "0"]),
}


@pytest.mark.parametrize("name", POINTS)
def test_points_are_as_otter_has_them(name):
    total, given, wanted = POINTS[name]
    cases = [Case("", points=None if each is None else Decimal(each)) for each in given]
    assert [str(case.points.normalize()) for case in priced(cases, total)] == wanted


def document(*cells):
    return Document("lab.ipynb", Format.NOTEBOOK, tuple(Cell(Kind(kind), text) for kind, text in cells))


QUESTION = [
    ("raw", "# BEGIN QUESTION\nname: q 1\npoints: 2"), ("markdown", "Why?"), ("raw", "# BEGIN SOLUTION"),
    ("code", "x = 1 # SOLUTION"), ("raw", "# END SOLUTION"), ("raw", "# BEGIN TESTS"), ("code", "assert x == 1"),
    ("code", "# HIDDEN\nassert x > 0"), ("raw", "# END TESTS"), ("raw", "# END QUESTION"),
]  # fmt: skip


def test_a_question_becomes_solution_and_test_cells():
    made = assignment(document(("raw", "# ASSIGNMENT CONFIG\nfiles: [a.csv]"), *QUESTION))
    found = [(cell.grade_id, cell.role, cell.grading and cell.grading.points) for cell in made.document.cells]
    assert found == [
        ("", Role.ORDINARY, None), ("q-1", Role.SOLUTION, None), ("q-1-test-1", Role.TEST, 1), ("q-1-test-2", Role.TEST, 1),
    ]  # fmt: skip
    assert made.document.cells[3].source == "### BEGIN HIDDEN TESTS\nassert x > 0\n### END HIDDEN TESTS"
    assert made.files == ("a.csv",)


def test_a_manual_question_is_answered_in_the_cell_of_its_solution():
    cells = [
        ("raw", "# BEGIN QUESTION\nname: q\nmanual: true\npoints: 3"),
        ("raw", "# BEGIN PROMPT"),
        ("markdown", "_Here_"),
    ]
    cells += [
        ("raw", "# END PROMPT"),
        ("raw", "# BEGIN SOLUTION"),
        ("markdown", "Because."),
        ("raw", "# END SOLUTION"),
    ]
    made = assignment(document(*cells, ("raw", "# END QUESTION")))
    assert [(cell.source, cell.role, cell.grading.points) for cell in made.document.cells] == [
        ("Because.", Role.MANUAL, 3)
    ]


def test_fenced_blocks_and_raw_cells_say_the_same():
    fenced = [("markdown", f"```otter\n{text}\n```") if kind == "raw" else (kind, text) for kind, text in QUESTION]
    sources = [[cell.source for cell in assignment(document(*cells)).document.cells] for cells in (QUESTION, fenced)]
    assert sources[0] == sources[1]


FAULTS = {
    "a block without an end": (QUESTION[:-1], "a question block has no end"),
    "an end without a beginning": ([("raw", "# END TESTS")], "a tests block ends that has not begun"),
    "a question without a name": ([("raw", "# BEGIN QUESTION"), ("raw", "# END QUESTION")], "a question has no name"),
    "a solution outside": ([("raw", "# BEGIN SOLUTION"), ("raw", "# END SOLUTION")], "begins outside a question"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_otter_refuses_is_refused(name):
    cells, what = FAULTS[name]
    with pytest.raises(CourseError, match=what):
        assignment(document(*cells))


def test_a_notebook_for_students_is_told_from_its_master():
    handed_out = document(
        ("code", "import otter\ngrader = otter.Notebook('lab.ipynb')"), ("code", 'grader.check("q1")')
    )
    assert is_handed_out(handed_out)
    assert not is_master(handed_out)
    assert is_master(document(*QUESTION))
    assert not is_handed_out(document(*QUESTION))
