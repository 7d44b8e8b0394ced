"""What a person grades: answers to manual cells and tasks, and a student's code for criteria of the rubric's own."""

from decimal import Decimal

import pytest

from tito.collection.answers import answers, for_rubric, shows
from tito.locking.cells import locked_cells, solution_ids
from tito.locking.manual import examined, manual_criteria, rubrics_own
from tito.model.grader import Grader
from tito.model.rubric import Criterion, CriterionKind, Rubric
from tito.release import release
from tito.source import parse

SOURCE = """# %% nbgrader={"solution": true, "grade_id": "code"}
x = 1
# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "why", "points": 3}
# Because of the sign.
# %% [markdown] nbgrader={"task": true, "grade_id": "draw", "points": 2}
# Draw it.
# ### BEGIN MARK SCHEME
# 2 for a line
# ### END MARK SCHEME
# %% [markdown]
# Draw below.
# %% nbgrader={"locked": true, "grade_id": "end"}
pass
"""
STUB = """# %% nbgrader={"solution": true, "grade_id": "code"}
x = 1
# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "why", "points": 3}
# YOUR ANSWER HERE
# %% [markdown] nbgrader={"task": true, "grade_id": "draw", "points": 2}
# Draw it.
# %% [markdown]
# Draw below.
# %% nbgrader={"locked": true, "grade_id": "end"}
pass
"""


def manual(name):
    return Criterion(name, Decimal(1), name, kind=CriterionKind.MANUAL)


RUBRIC = Rubric(
    "m", "M", Decimal(3), (manual("why"), manual("draw"), manual("style"), Criterion("t", Decimal(0), "T"))
)


@pytest.fixture
def grader():
    document = parse(SOURCE, "m.py")
    handed_out = release(document)[0]
    cells, ids = locked_cells(document), solution_ids(document)
    return Grader("m", "m", (), (), cells, ids, manual=manual_criteria(document, handed_out))


def test_manual_cells_and_tasks_are_locked_with_their_points(grader):
    assert [(each.grade_id, each.points, each.role) for each in examined(grader, RUBRIC).manual] == [
        ("why", 3, "manual"),
        ("draw", 2, "task"),
        ("style", 1, "ordinary"),
    ]


def given(grader, text):
    found, blank = answers(parse(text, "w.py", lenient=True), grader)
    found = for_rubric(found, rubrics_own(grader, RUBRIC))
    return {each.criterion: each.text for each in found}, blank


def test_an_answer_as_it_was_handed_out_is_blank_whatever_its_blanks(grader):
    for text in (STUB, STUB.replace("YOUR ANSWER HERE", "YOUR  ANSWER\n# HERE ")):
        texts, blank = given(grader, text)
        assert blank == ("why",)
        assert texts["draw"] == ""


def test_what_a_student_wrote_is_the_answer(grader):
    text = STUB.replace("YOUR ANSWER HERE", "It is negative.").replace("x = 1", "x = 2")
    text = text.replace("# Draw below.", "# Draw below.\n# %% [markdown]\n# ----/")
    texts, blank = given(grader, text)
    assert blank == ()
    assert texts == {"why": "It is negative.", "draw": "----/", "style": "x = 2"}


def test_a_cell_that_is_gone_is_blank(grader):
    gone = "\n".join(line for line in STUB.splitlines() if "why" not in line and "ANSWER" not in line)
    assert given(grader, gone)[1] == ("why",)


def test_a_plain_script_is_all_of_it_a_students(grader):
    texts, blank = given(grader, "x = 3\n")
    assert (texts["style"], blank) == ("x = 3", ("why",))


def test_an_answer_knows_its_line_and_changes_its_digest(grader):
    (first, *_), _ = answers(parse(STUB, "w.py", lenient=True), grader)
    (other, *_), _ = answers(parse(STUB.replace("YOUR", "MY"), "w.py", lenient=True), grader)
    assert first.line == 4
    assert first.digest != other.digest


def test_a_person_sees_the_code_of_an_answer_or_the_last_before_it(grader):
    added = STUB.replace("# Draw below.", "# Draw below.\n# %%\nprint(1)\n# %%\nprint(2)")
    two = "# %%\nx = 0\n" + STUB
    assert [each.line for each in shows(parse(two, "w.py", lenient=True), grader) if each.criterion == "why"] == [4]
    seen = [(each.criterion, each.label, each.line) for each in shows(parse(added, "in/w.py", lenient=True), grader)]
    assert seen == [("why", "w.py", 2), ("draw", "w.py", 10), ("draw", "w.py", 12), ("", "w.py", 2)]


def test_an_answer_that_is_there_twice_is_the_last_one(grader):
    why = STUB[STUB.index("# %% [markdown]") : STUB.index('# %% [markdown] nbgrader={"task"')]
    texts, _ = given(grader, STUB + why.replace("YOUR ANSWER HERE", "Again."))
    assert texts["why"] == "Again."


def test_of_a_notebook_without_marks_all_is_the_students(grader):
    texts, _ = given(grader, "# %%\na = 1\n\n# %%\nb = 2\n")
    assert texts["style"] == ""
    nothing = Grader("m", "m", (), (), solutions=())
    found, _ = answers(parse("# %%\na = 1\n\n# %%\nb = 2\n", "w.py", lenient=True), nothing)
    assert found[0].text == "a = 1\n\nb = 2"


def test_what_is_added_right_behind_a_task_is_its_answer_at_its_first_line(grader):
    added = STUB.replace("# %% [markdown]\n# Draw below.\n", "# %%\nprint(1)\n# %%\nprint(2)\n")
    found, _ = answers(parse(added, "w.py", lenient=True), grader)
    assert [(each.text, each.line) for each in found if each.criterion == "draw"] == [("print(1)\n\nprint(2)", 8)]
