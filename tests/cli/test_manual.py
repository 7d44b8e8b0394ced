"""Manual criteria and partial credit, from the source to the grade."""

import contextlib
import json
import os
import pty
import select
import sqlite3
import subprocess
import sys

import pytest

MODULE = '''
# %% nbgrader={"solution": true, "grade_id": "double"}
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "parts", "points": 4}
print("some text before the value")
points = 0
for x in (1, 2, -3, 0.5):
    points += double(x) == 2 * x
points

# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "why", "points": 3}
# Because it is twice as much.
'''
STYLE = """  - id: style
    points: 2
    title: Style
    kind: manual
    extra: true
    levels:
      - {name: clean, points: 2, description: Names say what they hold.}
      - {name: messy, points: 0}
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory, new_course):
    made = new_course(tmp_path_factory.mktemp("course"))
    made.write("modules/01_double/double_dev.py", MODULE)
    assert made.tito("lock").code == 0
    assert made.tito("rubric", "init", "01").code == 0
    rubric = made.read("rubrics/01_double.yaml")
    assert "credit: value" in rubric
    assert "kind: manual" in rubric
    levels = "    levels:\n      - {name: good, points: 3}\n      - {name: poor, points: 1}\n"
    made.write("rubrics/01_double.yaml", rubric.replace("    kind: manual\n", "    kind: manual\n" + levels) + STYLE)
    assert made.tito("gradebook", "init").code == 0
    assert made.tito("release", "--out", "ws").code == 0
    stub = made.read("ws/modules/01_double/double_dev.py")
    body = "# YOUR CODE HERE\n    raise NotImplementedError()"
    assert body in stub
    solved = stub.replace(body, "return abs(x) * 2")
    made.write("in/ann.py", solved.replace("YOUR ANSWER HERE", "[bold]Twice[/] as much\x1b[2J."))
    made.write("in/bob.py", stub)
    made.write("in/cy.py", solved.replace("YOUR ANSWER HERE", "I do not know.").replace("abs(x)", "x"))
    assert made.tito("grade", "01", "in").code == 0
    return made


@pytest.fixture
def course(template, tmp_path):
    return template.copy(tmp_path / "course")


def grades(course):
    rows = json.loads(course.tito("gradebook", "show", "01", "--json").out)["data"]
    return {row["student"]: (row["state"], row["earned"], row["final"]) for row in rows}


def test_a_cells_last_value_is_its_points_and_an_unchanged_answer_is_nothing(course):
    assert grades(course) == {"ann": ("incomplete", 3, 3), "bob": ("incomplete", 0, 0), "cy": ("incomplete", 4, 4)}
    out = course.tito("gradebook", "student", "ann").out
    assert "the test gives 3 of 4 points" in out
    assert "incomplete: 3 of the 4 points graded so far, 7 possible in all" in out
    out = course.tito("gradebook", "student", "bob").out
    assert "there is no answer: the cell is as it was handed out, or gone" in out


def test_a_students_check_leaves_out_what_a_person_grades(course):
    done = course.tito("check", cwd="ws")
    assert done.code == 1
    assert "✗ missing   Why                0/3" in done.out
    assert "○ pending   Style (extra)      0/2" in done.out


def test_a_review_completes_grades_from_a_script(course):
    out = course.tito("review", "01", COLUMNS="80").out
    assert [line.split() for line in out.splitlines()[2:]] == [["why", "Why", "0", "2"], ["style", "Style", "0", "3"]]
    done = course.tito(
        "review", "01", "--student", "ann", "--criterion", "why", "--level", "good", "--comment", "Yes."
    )
    assert done.err == "ann, why: good, 3 of 3\n"
    course.tito("review", "01", "--student", "ann", "--criterion", "style", "--points", "1.5", "--author", "ada")
    assert grades(course)["ann"] == ("graded", 6, 7.5)
    out = course.tito("gradebook", "student", "ann").out
    assert "✓ good     Why                3/3" in out
    assert "comment: Yes." in out
    assert "+1.5  extra credit: Style" in out
    rows = json.loads(course.tito("review", "01", "--json").out)["data"]
    assert [(row["criterion"], row["marked"], row["waiting"]) for row in rows] == [("why", 1, 1), ("style", 1, 2)]


def test_a_review_in_a_terminal_shows_untrusted_text_and_takes_keys(course):
    with Terminal(course, "review", "01", "--criterion", "why", "--again") as terminal:
        shown = terminal.until("[q] quit")
        assert "answer 1 of 2, 2 to mark" in shown
        assert "ann" not in shown
        terminal.type("1")
        shown += terminal.until("saved: good", "[q] quit")
        terminal.type("c")
        terminal.until("comment: ")
        terminal.type("Think again.\n")
        terminal.until("comment saved", "[q] quit")
        terminal.type("u")
        terminal.until("undone", "[q] quit")
        terminal.type("2")
        terminal.until("every answer is marked")
    assert "[bold]Twice[/] as much\\x1b[2J." in shown
    assert {name: state for name, (state, *_) in grades(course).items()} == dict.fromkeys(
        ("ann", "bob", "cy"), "incomplete"
    )
    rows = json.loads(course.tito("review", "01", "--json").out)["data"]
    assert (rows[0]["marked"], rows[0]["waiting"]) == (2, 0)


class Terminal:
    """tito in a terminal of its own."""

    def __init__(self, course, *arguments):
        command = [sys.executable, "-c", "from tito.cli import main; main()", *arguments]
        settings = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1", "COLUMNS": "80", "LINES": "40", "NO_COLOR": "1"}
        own, theirs = pty.openpty()
        self._own = own
        self._process = subprocess.Popen(
            command, cwd=course.root, env=settings, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(timeout=60)
        os.close(self._own)

    def type(self, keys):
        os.write(self._own, keys.encode())

    def until(self, *texts):
        """Read until all of the texts were shown, one after another."""
        shown, place = "", 0
        for text in texts:
            while (found := shown.find(text, place)) < 0:
                ready, _, _ = select.select([self._own], [], [], 100)
                assert ready, f"{text!r} was not shown: {shown}"
                shown += os.read(self._own, 65536).decode("utf-8", "replace")
            place = found + len(text)
        return shown


SHOWING = "print('<b>loud</b>\\x1b[2J')\n    return 2 * x\n\ndouble(21)"


def notebook(course, name, says):
    """Hand in a notebook whose file says what its solution cell showed."""
    meta = {
        "nbgrader": {"grade": False, "grade_id": "double", "locked": False, "solution": True, "schema_version": 3}
    }
    output = {"output_type": "execute_result", "data": {"text/plain": says}, "metadata": {}, "execution_count": 1}
    cell = {"cell_type": "code", "metadata": meta, "source": f"def double(x):\n    {SHOWING}", "outputs": [output]}
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    course.write(f"in/{name}.ipynb", json.dumps(content))


def test_reviewers_and_students_see_what_cells_showed_and_what_the_file_says_apart(course):
    notebook(course, "dan", "<i>43</i>")
    assert course.tito("grade", "01", "in").code == 0
    assert course.tito("review", "01", "--html", "pages", "--criterion", "style", "--names").code == 0
    assert course.tito("report", "01", "--html", "feedback").code == 0
    for page in (course.read("pages/style/dan.html"), course.read("feedback/students/dan.html")):
        ran, _, says = page.partition("what the file says that it showed")
        assert "&lt;b&gt;loud&lt;/b&gt;\\x1b[2J" in ran
        assert '<pre tabindex="0" aria-label="Value">42</pre>' in ran
        assert "&lt;i&gt;43&lt;/i&gt;" in says
        assert "<b>loud" not in page
    assert 'href="style/dan.html"' in course.read("pages/index.html")
    assert "what the file says" not in course.read("feedback/students/ann.html")


def test_review_pages_do_not_say_whose_answers_they_are(course):
    course.tito("review", "01", "--html", "pages")
    pages = "".join(each.read_text() for each in (course.root / "pages").rglob("*.html"))
    assert "student " in pages
    assert not [name for name in ("ann", "bob", "cy") if f">{name}<" in pages or f"{name}.py" in pages]


def test_a_first_manual_criterion_judges_nothing_again_and_says_what_is_not_known(course):
    rubric = course.read("rubrics/01_double.yaml")
    course.write("modules/01_double/double_dev.py", MODULE[: MODULE.index("# %% [markdown]")])
    assert course.tito("lock", "01").code == 0
    course.tito("rubric", "init", "01", "--force")
    plain = course.read("rubrics/01_double.yaml")
    assert course.tito("grade", "01", "in").code == 0
    known = finished(course)
    course.write("rubrics/01_double.yaml", plain + rubric[rubric.index("  - id: style") :])
    assert course.tito("grade", "01", "in").code == 0
    assert finished(course) == known
    course.tito("review", "01", "--html", "pages", "--names")
    assert "grade it again with --force" in course.read("pages/style/ann.html")
    course.tito("grade", "01", "in", "--force")
    course.tito("review", "01", "--html", "pages", "--names")
    assert "grade it again with --force" not in course.read("pages/style/ann.html")


def finished(course):
    """Return the keys of what was judged and is kept."""
    with contextlib.closing(sqlite3.connect(course.root / ".tito/finished.db")) as store:
        return sorted(store.execute("SELECT id, key FROM finished"))


ODD = "\n\nclass Odd:\n    def __repr__(self):\n        import os\n        double.__code__ = (lambda x: 0).__code__\n        {}\n\n\nOdd()\n"


@pytest.mark.parametrize(
    "does", ["os._exit(3)", "raise SystemExit", "return '<b>' * 10**7", "os.kill(os.getppid(), 9)"]
)
def test_what_cells_show_costs_and_earns_nothing(course, does):
    solved = course.read("in/cy.py")
    course.write("odd/dan.py", solved.replace("\n# %%", f"{ODD.format(does)}\n# %%", 1))
    course.write("odd/eve.py", solved)
    data = json.loads(course.tito("grade", "01", "odd", "--no-gradebook", "--json", "-").out)["data"]
    assert [(each["earned"], each["criteria"][0]["status"]) for each in data["grades"]] == [(4, "passed")] * 2
