"""An nbgrader course, by real nbgrader and by tito: imported by one command, graded, and compared cell by cell.

Needs nbgrader, which `nox -s nbgrader` installs. The twenty students of making.py take nbgrader some minutes.
"""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbgrader")

HERE = Path(__file__).parent
ASSIGNMENTS = ("week1", "week2", "week3")


def run(folder, *command, code=0):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def nbgrader(folder, *arguments):
    return run(folder, sys.executable, "-m", "nbgrader", *arguments)


def tito(folder, *arguments):
    return run(folder, sys.executable, "-c", "from tito.cli import main; main()", *map(str, arguments))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The course as its instructor keeps it (`asis`), and as nbgrader releases, collects and grades it (`own`)."""
    root = tmp_path_factory.mktemp("nbgrader")
    run(root, sys.executable, str(HERE / "making.py"), "own")
    shutil.copytree(root / "own", root / "asis")
    nbgrader(root / "own", "update", ".")
    for name in ASSIGNMENTS:
        nbgrader(root / "own", "generate_assignment", name, "--create")
        nbgrader(root / "own", "db", "assignment", "add", name, "--duedate", "2026-03-02 00:00:00 UTC")
    run(root / "own", sys.executable, str(HERE / "making.py"), ".", "hand-in")
    for folder in sorted((root / "own/submitted").iterdir()):
        nbgrader(root / "own", "db", "student", "add", folder.name, "--last-name", f"{folder.name}son")
    for name in ASSIGNMENTS:
        nbgrader(root / "own", "autograde", name)
    shutil.copy(root / "own/gradebook.db", root / "asis")
    return root


@pytest.fixture(scope="module")
def table(desk):
    return tito(desk, "import", "nbgrader", "asis", "--out", "ours")


def test_a_quickstart_course_is_imported_and_released(tmp_path):
    nbgrader(tmp_path, "quickstart", "course101")
    out = tito(tmp_path, "import", "nbgrader", "course101", "--out", "ours")
    assert re.search(r"ps1/problem1 +10 +4 +0 +3 +0 +0 +3", out)
    assert re.search(r"ps1/problem2 +3 +0 +0 +2 +0 +0 +0", out)
    tito(tmp_path / "ours", "release", "--out", "../release")


def test_the_whole_course_is_imported_by_one_command(desk, table):
    assert "10 of 10 notebooks" in table
    assert "20 students on the roster" in table
    assert "left out: " not in table
    assert all("2026-03-02T00:00:00+00:00" in path.read_text() for path in (desk / "ours/rubrics").glob("*.yaml"))


def test_cells_agree_with_nbgraders_autograde_or_say_why_not(desk, table):
    agreeing = cells = 0
    for name in ASSIGNMENTS:
        # It ends with 1 where a difference has no reason out of the closed list.
        out = tito(desk / "ours", "grade", name, "../own/submitted", "--compare", "nbgrader", "--quiet")
        alike, there = map(int, re.search(r"(\d+) of (\d+) cells that run apart agree", out).groups())
        agreeing, cells = agreeing + alike, cells + there
        # What differs in this course is the students who change a test's own data frame.
        assert there - alike == out.count("it changed what the test handed it")
    assert cells > 400
    assert agreeing >= 0.98 * cells


def test_nbgrader_takes_what_tito_releases(desk, table):
    tito(desk / "ours", "release", "week3", "--format", "ipynb", "--out", "../release")
    stub = desk / "own/submitted/stub/week3"
    stub.mkdir(parents=True)
    for path in (desk / "release/modules/week3").glob("*.ipynb"):
        nbgrader(desk, "validate", str(path))
        shutil.copy(path, stub)
    nbgrader(desk / "own", "db", "student", "add", "stub")
    nbgrader(desk / "own", "autograde", "week3", "--student", "stub")
    with sqlite3.connect(desk / "own/gradebook.db") as connection:
        query = "SELECT SUM(g.auto_score), COUNT(*) FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id "
        query += "JOIN submitted_assignment a ON a.id = n.assignment_id WHERE a.student_id = 'stub'"
        assert connection.execute(query).fetchone() == (0, 8)
    connection.close()
    assert json.loads((desk / "ours/import.json").read_text())["from"] == "nbgrader"
