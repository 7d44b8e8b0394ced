"""`tito import nbgrader`: one command, a course that grades, and nothing lost when it is done again."""

import json
import re

import pytest

HEADER = [("markdown", None, "# Homework")]
SQUARES = [
    ("code", {"solution": True, "grade_id": "f", "locked": False}, "def f(x):\n    ### BEGIN SOLUTION\n    return x * SCALE[0]\n    ### END SOLUTION"),
    ("code", {"grade": True, "grade_id": "t 1", "points": "2"}, "from tools import SCALE\nassert f(1) == 3\n### BEGIN HIDDEN TESTS\nassert f(2) == 6\n### END HIDDEN TESTS"),
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
def theirs(tmp_path):
    """An nbgrader course of one assignment: two notebooks, a helper module and a cache that is nobody's."""
    folder = tmp_path / "theirs"
    (folder / "source/ps1/__pycache__").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    (folder / "header.ipynb").write_text(notebook(HEADER))
    (folder / "source/ps1/a.ipynb").write_text(notebook([("code", None, "from tools import SCALE"), *SQUARES]))
    (folder / "source/ps1/b.ipynb").write_text(notebook([("markdown", {"task": True, "grade_id": "x", "points": 3}, "Do it.")]))
    (folder / "source/ps1/tools.py").write_text("SCALE = [3]\n")
    (folder / "source/ps1/__pycache__/tools.pyc").write_text("")
    return folder


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_course_is_imported_by_one_command_and_graded(theirs, tmp_path, tito):
    done = tito("import", "nbgrader", str(theirs), "--out", str(tmp_path / "ours"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout
    assert re.search(r"ps1/a +3 +1 +0 +1 +0 +0 +2", done.stdout)
    assert re.search(r"ps1/b +3 +0 +0 +1 +0 +0 +0", done.stdout)
    assert "t-1" in (tmp_path / "ours/rubrics/ps1_a.yaml").read_text()
    assert not list((tmp_path / "ours").rglob("__pycache__"))
    (tmp_path / "in/ann/ps1").mkdir(parents=True)
    (tmp_path / "in/ann/ps1/a.ipynb").write_text(notebook([("code", None, "from tools import SCALE"), *SQUARES]))
    graded = tito("grade", "ps1_a", str(tmp_path / "in/ann/ps1/a.ipynb"), "--json", "-", cwd=tmp_path / "ours")
    assert json.loads(graded.stdout)["grades"][0]["earned"] == "2"
