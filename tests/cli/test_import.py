"""`tito import nbgrader`: one command, a course that grades, and nothing lost when it is done again."""

import json
import re
import sqlite3
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "nbgrader"))

from tables import TABLES

HEADER = [("markdown", None, "# Homework")]
SQUARES = [
    ("code", None, "from tools import SCALE"),
    ("code", {"solution": True, "grade_id": "f", "locked": False}, "def f(x):\n    ### BEGIN SOLUTION\n    return x * 3\n    ### END SOLUTION"),
    ("code", {"grade": True, "grade_id": "t 1", "points": "2"}, "assert f(1) == SCALE[0]\n### BEGIN HIDDEN TESTS\nassert f(2) == 6\n### END HIDDEN TESTS"),
    ("markdown", {"grade": True, "solution": True, "grade_id": "why", "points": 1}, "Because."),
]  # fmt: skip
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "stats"\nc.IncludeHeaderFooter.header = "header.ipynb"\n'


def notebook(cells):
    made = [
        {"cell_type": kind, "metadata": {"nbgrader": entry} if entry else {}, "source": source}
        | ({"outputs": [], "execution_count": 3} if kind == "code" else {})
        for kind, entry, source in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture
def desk(course, tmp_path):
    course.root = tmp_path / "desk"
    return desk_of(course)


def desk_of(course):
    """Write an nbgrader course of one assignment: two notebooks, a helper module and a cache that is nobody's."""
    course.write("theirs/nbgrader_config.py", CONFIG)
    course.write("theirs/header.ipynb", notebook(HEADER))
    course.write("theirs/source/ps1/a.ipynb", notebook(SQUARES))
    course.write(
        "theirs/source/ps1/b.ipynb", notebook([("markdown", {"task": True, "grade_id": "x", "points": 3}, "Do.")])
    )
    course.write("theirs/source/ps1/tools.py", "SCALE = [3]\n")
    course.write("theirs/source/ps1/__pycache__/tools.pyc", "")
    return course


@pytest.fixture(scope="module")
def first(tmp_path_factory, new_course):
    """The two courses behind the first import, and what it said."""
    root = new_course(tmp_path_factory.mktemp("import"))
    root.root /= "desk"
    desk_of(root)
    return root, root.tito("import", "nbgrader", "theirs", "--out", "ours")


@pytest.fixture
def imported(first, tmp_path):
    return first[0].copy(tmp_path / "desk")


def changed(source, old, new):
    assert old in source
    return source.replace(old, new)


def test_a_course_is_imported_by_one_command_and_graded(imported):
    assert "packages" in imported.read("ours/tito.toml")
    assert '"t-1"' in imported.read("ours/rubrics/ps1_a.yaml")
    assert not list(imported.root.glob("ours/**/__pycache__"))
    # As nbgrader hands it out and gets it back: with the id that it had.
    imported.write("in/ann/ps1/a.ipynb", notebook(SQUARES))
    done = imported.tito("grade", "ps1_a", "../in/ann/ps1/a.ipynb", "--json", "-", cwd="ours")
    assert [each["earned"] for each in json.loads(done.out)["data"]["grades"]] == [2]


def test_what_became_of_each_notebook_is_one_table(first):
    done = first[1]
    assert done.code == 0, done.out + done.err
    assert re.search(r"ps1/a +3 +1 +0 +1 +0 +0 +2", done.out)
    assert re.search(r"ps1/b +3 +0 +0 +1 +0 +0 +0", done.out)
    assert "2 of 2 notebooks in" in done.out


def test_a_test_that_cannot_be_locked_costs_itself_alone(desk):
    broken = [*SQUARES, ("code", {"grade": True, "grade_id": "no", "points": 1}, "assert f(1) == 4")]
    desk.write("theirs/source/ps1/a.ipynb", notebook(broken))
    done = desk.tito("import", "nbgrader", "theirs", "--out", "ours")
    assert done.code == 1
    assert re.search(r"ps1/a +4 +1 +0 +1 +1 +0 +2", done.out)
    assert "no (1 point) is left out: " in done.out


def test_importing_again_takes_what_changed_there_and_leaves_what_was_edited_here(imported):
    imported.write(
        "ours/rubrics/ps1_a.yaml", changed(imported.read("ours/rubrics/ps1_a.yaml"), 'hint: ""', 'hint: "Think."')
    )
    imported.write(
        "theirs/source/ps1/b.ipynb", notebook([("markdown", {"task": True, "grade_id": "x", "points": 5}, "Do.")])
    )
    done = imported.tito("import", "nbgrader", "theirs", "--out", "ours")
    assert done.code == 0, done.out
    assert "2 written" not in imported.tito("import", "nbgrader", "theirs", "--out", "ours").out
    assert "Think." in imported.read("ours/rubrics/ps1_a.yaml")
    assert "points: 5" in imported.read("ours/rubrics/ps1_b.yaml")


def test_what_was_changed_on_both_sides_is_a_conflict_until_it_is_kept(imported):
    rubric = imported.read("ours/rubrics/ps1_b.yaml").replace('hint: ""', 'hint: "Think."')
    imported.write("ours/rubrics/ps1_b.yaml", rubric)
    imported.write(
        "theirs/source/ps1/b.ipynb", notebook([("markdown", {"task": True, "grade_id": "x", "points": 5}, "Do.")])
    )
    done = imported.tito("import", "nbgrader", "theirs", "--out", "ours")
    assert done.code == 1
    assert "conflict: rubrics/ps1_b.yaml was changed here and there" in done.out
    assert imported.read("ours/rubrics/ps1_b.yaml") == rubric
    assert "points: 5" in imported.read("ours/.tito/import/rubrics/ps1_b.yaml")
    assert imported.tito("import", "nbgrader", "theirs", "--out", "ours", "--keep").code == 0
    assert imported.tito("import", "nbgrader", "theirs", "--out", "ours").code == 0


@pytest.mark.parametrize(
    ("path", "out", "why"),
    [
        ("nowhere", "ours", "this is no nbgrader course: it has no folder of sources"),
        ("theirs", "theirs", "this is there already, and nothing that was imported"),
    ],
)
def test_what_is_no_course_and_what_is_something_else_is_refused(desk, path, out, why):
    done = desk.tito("import", "nbgrader", path, "--out", out)
    assert done.code == 2
    assert why in done.err


def otter(*cells):
    made = [
        {"cell_type": kind, "metadata": {}, "source": text}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for kind, text in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


QUESTION = [
    ("raw", "# BEGIN QUESTION\nname: q1\npoints: 2"), ("raw", "# BEGIN SOLUTION"), ("code", "x = half(2) # SOLUTION"),
    ("raw", "# END SOLUTION"), ("raw", "# BEGIN TESTS"), ("code", "assert x == 1"), ("raw", "# END TESTS"),
    ("raw", "# END QUESTION"),
]  # fmt: skip


def test_an_otter_notebook_becomes_a_module_and_the_next_one_joins_it(desk):
    desk.write("lab/tools.py", "def half(x):\n    return x / 2\n")
    desk.write("lab/lab1.ipynb", otter(("code", "from tools import half"), *QUESTION))
    done = desk.tito("import", "otter", "lab/lab1.ipynb", "--out", "labs")
    assert done.code == 0, done.out + done.err
    assert re.search(r"lab1/lab1 +2 +1 +0 +0 +0 +0 +2", done.out)
    desk.write("lab/lab2.ipynb", otter(("code", "from tools import half"), *QUESTION))
    assert desk.tito("import", "otter", "lab/lab2.ipynb", "--out", "labs").code == 0
    assert sorted(path.name for path in desk.root.glob("labs/graders/*")) == ["lab1", "lab2"]


def test_what_otter_made_for_students_is_refused_with_what_is_missing(desk):
    desk.write(
        "lab1.ipynb", otter(("code", "import otter\ngrader = otter.Notebook()"), ("code", 'grader.check("q1")'))
    )
    done = desk.tito("import", "otter", "lab1.ipynb", "--out", "labs")
    assert done.code == 3
    assert "otter made this for students: it has no solutions, and hidden tests are gone" in done.err


# As it was released: without hidden tests.
SEEN = ("code", SQUARES[2][1], "assert f(1) == SCALE[0]")
ANN = [SQUARES[0], ("code", SQUARES[1][1], "def f(x):\n    return x * 3"), SEEN]
BOB = [SQUARES[0], ("code", SQUARES[1][1], "def f(x):\n    return 3"), SEEN]


@pytest.fixture
def handed_in(imported):
    """Ann's two notebooks and Bob's one, where nbgrader has collected them."""
    imported.write("theirs/submitted/ann/ps1/a.ipynb", notebook(ANN))
    imported.write("theirs/submitted/ann/ps1/b.ipynb", notebook([]))
    imported.write("theirs/submitted/bob/ps1/a.ipynb", notebook(BOB))
    return imported


def test_an_assignment_is_graded_as_one(handed_in):
    done = handed_in.tito("grade", "ps1", "../theirs/submitted", "--json", "-", cwd="ours")
    data = json.loads(done.out)["data"]
    assert (data["module"], data["points"]) == ("ps1", 6)
    assert [(each["student"], each["earned"], each["possible"]) for each in data["grades"]] == [
        ("ann", 2, 6),
        ("bob", 0, 6),
    ]
    assert [each["id"] for each in data["grades"][0]["criteria"]] == ["a-t-1", "a-why", "b-x"]
    assert "b: no .py or .ipynb file" in data["grades"][1]["notes"]


def test_an_assignment_of_the_settings_joins_modules_by_name(handed_in):
    settings = handed_in.read("ours/tito.toml")
    handed_in.write("ours/tito.toml", f'{settings}\n[assignments]\nfinal = ["ps1_a"]\n')
    done = handed_in.tito("grade", "final", "../theirs/submitted", "--json", "-", cwd="ours")
    assert json.loads(done.out)["data"]["module"] == "ps1_a"
    handed_in.write("ours/tito.toml", f'{settings}\n[assignments]\nfinal = "ps1_a"\n')
    done = handed_in.tito("grade", "final", "../theirs/submitted", cwd="ours")
    assert done.code == 3
    assert "assignment final is not a list of modules" in done.err


def scores(path, *rows):
    """Write nbgrader's database with (student, score) of cell t-1."""
    with sqlite3.connect(path) as connection:
        connection.executescript(TABLES + ROWS)
        for student, score in rows:
            connection.execute("INSERT INTO submitted_assignment VALUES (?, 'a1', ?, NULL, NULL)", (student, student))
            connection.execute("INSERT INTO submitted_notebook VALUES (?, ?, 'n1', 0, 0)", (student, student))
            connection.execute("INSERT INTO grade VALUES (?, ?, 'c1', ?, NULL, NULL, 0)", (student, student, score))
    connection.close()


ROWS = """
INSERT INTO assignment VALUES ('a1', 'ps1', NULL, 'c');
INSERT INTO notebook VALUES ('n1', 'a', 'a1', '');
INSERT INTO base_cell VALUES ('c1', 't-1', 'n1', 'GradeCell');
INSERT INTO grade_cells VALUES ('c1', 2.0, 'code');
"""


def test_grades_are_set_beside_nbgraders_and_what_differs_for_no_known_reason_ends_with_1(handed_in):
    scores(handed_in.root / "theirs/gradebook.db", ("ann", 2), ("bob", 0))
    done = handed_in.tito("grade", "ps1", "../theirs/submitted", "--compare", "nbgrader", cwd="ours")
    assert done.code == 0, done.out + done.err
    assert "2 of 2 cells that run apart agree, 100.0 %" in done.out
    scores(handed_in.root / "other.db", ("ann", 2), ("bob", 2))
    done = handed_in.tito("grade", "ps1", "../theirs/submitted", "--compare", "../other.db", cwd="ours")
    assert done.code == 1
    assert re.search(r"bob +t-1 +0 +2 +unexplained", done.out)


def test_a_comparison_needs_a_database(handed_in):
    done = handed_in.tito("grade", "ps1", "../theirs/submitted", "--compare", "nbgrader", cwd="ours")
    assert done.code == 2
    assert "nbgrader's database is not beside these submissions" in done.err


def test_an_assignment_is_collected_from_nbgraders_exchange(imported):
    for when, cells in (("2026-03-01 10:00:00 UTC", BOB), ("2026-03-02 10:00:00 UTC", ANN)):
        imported.write(f"inbound/ann+ps1+{when}+x1/a.ipynb", notebook(cells))
        imported.write(f"inbound/ann+ps1+{when}+x1/b.ipynb", notebook([]))
    done = imported.tito("collect", "ps1", "../inbound", "--out", "submitted", cwd="ours")
    assert done.code == 0, done.out + done.err
    assert imported.read("ours/submitted/ann/ps1/a.ipynb") == notebook(ANN)
    assert imported.read("ours/submitted/ann/ps1/b.ipynb") == notebook([])
    assert "2026-03-02T10:00:00+00:00" in imported.read("ours/submitted/times-ps1_a.csv")


def test_nbgraders_exchange_is_graded_directly(imported):
    for who, when, cells in (("ann", "01", BOB), ("ann", "02", ANN), ("bob", "02", BOB)):
        folder = f"inbound/{who}+ps1+2026-03-{when} 10:00:00 UTC+x1"
        imported.write(f"{folder}/a.ipynb", notebook(cells))
        imported.write(f"{folder}/b.ipynb", notebook([]))
    done = imported.tito("grade", "ps1", "../inbound", "--no-gradebook", "--json", "-", cwd="ours")
    grades = json.loads(done.out)["data"]["grades"]
    assert [(each["student"], each["earned"], each["submitted"][:10]) for each in grades] == [
        ("ann", 2, "2026-03-02"),
        ("bob", 0, "2026-03-02"),
    ]


def test_names_with_blanks_are_found_as_nbgrader_hands_them_in(desk):
    desk.write(
        "blank/source/Problem Set 1/Part 1.ipynb", notebook([SQUARES[1], ("code", SQUARES[2][1], "assert f(1) == 3")])
    )
    desk.write(
        "blank/source/Problem Set 1/Part 2.ipynb",
        notebook([("markdown", {"task": True, "grade_id": "x", "points": 3}, "Do.")]),
    )
    assert desk.tito("import", "nbgrader", "blank", "--out", "ours").code == 0
    desk.write(
        "in/ann/Problem Set 1/Part 1.ipynb", notebook([SQUARES[1], ("code", SQUARES[2][1], "assert f(1) == 3")])
    )
    done = desk.tito("grade", "Problem Set 1", "../in", "--json", "-", cwd="ours")
    assert [
        (each["student"], each["earned"], each["possible"]) for each in json.loads(done.out)["data"]["grades"]
    ] == [("ann", 2, 5)]
    assert (desk.root / "ours/rubrics/Problem-Set-1_Part-1.yaml").is_file()


def test_an_assignments_grades_are_reported_as_one(handed_in):
    assert handed_in.tito("gradebook", "init", cwd="ours").code == 0
    assert handed_in.tito("grade", "ps1", "../theirs/submitted", "--quiet", cwd="ours").code == 0
    done = handed_in.tito("report", "ps1", "--format", "csv", cwd="ours")
    assert re.search(r"^ann,.*2", done.out, re.MULTILINE), done.out + done.err
    shown = handed_in.tito("gradebook", "show", "ps1", cwd="ours")
    assert re.search(r"ann +.*2", shown.out), shown.out + shown.err
    done = handed_in.tito("gradebook", "excuse", "ann", "ps1", "--reason", "ill", cwd="ours")
    assert "ann, ps1: excused" in done.err
    assert "excused" in handed_in.tito("gradebook", "show", "ps1", cwd="ours").out
