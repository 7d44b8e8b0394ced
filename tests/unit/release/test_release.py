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


MANUAL = '# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "m", "points": 1}\n'


def test_two_answers_in_one_cell_are_each_left_out():
    region = "# ### BEGIN SOLUTION\n# It is {0}.\n# Or {0}.\n# ### END SOLUTION\n"
    source = f"{MANUAL}# One:\n{region.format(1)}# Two:\n{region.format(2)}# Done.\n"
    (cell,) = release(parse(source, "s.py"))[0].cells
    assert cell.source.split("\n") == ["One:", "YOUR ANSWER HERE", "Two:", "YOUR ANSWER HERE", "Done."]


def test_a_prose_cells_extras_stay_as_they_are():
    document = parse("# %% [markdown]\n# See.\n", "s.py")
    held = replace(document.cells[0], extras={"attachments": {}})
    assert release(replace(document, cells=(held,)))[0].cells[0].extras == {"attachments": {}}


def region(*lines):
    return "\n".join(["### BEGIN SOLUTION", *lines, "### END SOLUTION"])


BODY = "    # YOUR CODE HERE\n    raise NotImplementedError()"
STUBS = {
    "a function with one inside": (region("def f(x):", "    def g(): return x", "    return g"), f"def f(x):\n{BODY}"),
    "a docstring of several lines": (
        region("def f(x):", '    """Do.', "", "    Well.", '    """', "    return x"), f'def f(x):\n    """Do.\n\n    Well.\n    """\n{BODY}',
    ),
    "a function on one line": (region("def f(x): return x"), f"def f(x):\n{BODY}"),
    "a function and what follows": (region("def f(x): return x") + "\nprint(f(1))", f"def f(x):\n{BODY}\nprint(f(1))"),
    "a function and a statement": (region("def f(x): return x", "y = f(1)"), STUB),
    "imports alone": (region("import math"), STUB),
    "an import and a function": (region("import math", "def f(x): return x"), f"def f(x):\n{BODY}"),
    "a function within a function": ("def f(x):\n" + "\n".join(f"    {line}" for line in region("def g(): return x", "return g").split("\n")), f"def f(x):\n{BODY}"),
    "a class with methods": (
        region("class A:", '    """Is."""', "    x = 1", "    @property", "    def f(self): return 1", "    def g(self):", "        return 2"),
        f'class A:\n    """Is."""\n\n    @property\n    def f(self):\n{BODY.replace("    ", "        ")}\n\n    def g(self):\n{BODY.replace("    ", "        ")}',
    ),
    "a class without": (region("class A:", "    x = 1"), "class A:\n    # YOUR CODE HERE\n    pass"),
    "two regions": (region("a = 1", "b = 2") + "\nc = 3\n" + region("d = 4") + "\ne = 5", f"{STUB}\nc = 3\n{STUB}\ne = 5"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "stub"), STUBS.values(), ids=STUBS)
def test_students_get_in_place_of(source, stub):
    assert release(parse(SOLUTION + source, "a.py"))[0].cells[0].source == stub


def leaked(line, more):
    text = f"{SOLUTION}def f(a, b):\n    ### BEGIN SOLUTION\n    {line}\n    ### END SOLUTION\n\n# %%\n{more}\n"
    document = parse(text, "a.py")
    return bool(leaks(document, release(document)[0]))


@pytest.mark.parametrize(
    ("line", "told"),
    [("y = max(a,b)", True), ("y = min(a)", False), ("raise StopIteration", False), ("return a or b or a", False)],
)
def test_a_line_of_twelve_signs_that_is_code_tells_something(line, told):
    assert leaked(line, f"# {line}") is told


@pytest.mark.parametrize(
    "content", ["return secret_word", ["return ", "secret_word"], ["cmV0dXJuIHNl", "Y3JldF93b3Jk"]]
)
def test_attachments_are_read_as_they_are_and_unpacked(content):
    document = parse(SOURCE.replace("secret_number", "secret_word"), "a.py")
    released, _ = release(document)
    held = replace(released.cells[0], extras={"attachments": {"a.txt": {"text/plain": content}}})
    assert len(leaks(document, replace(released, cells=(held,)))) == 1
