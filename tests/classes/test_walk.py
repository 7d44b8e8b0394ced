"""The way of docs/grading.md with a class from each LMS: nobody is lost, late work is late, the export comes back.

A handful of students here; `nox -s classes` walks with 300 (CLASS=300).
"""

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("making", HERE / "making.py")
making = importlib.util.module_from_spec(spec)
spec.loader.exec_module(making)
COUNT = int(os.environ.get("CLASS", "10"))
LATE = 'points: 10\nlate:\n  due: "2026-10-01T12:00:00"\n  zone: Europe/Berlin\n  penalty: 10%\n'
GERMAN = ("--id", "E-Mail-Adresse")
NAMED = (*GERMAN, "--name", "Vollständiger Name")
WALKS = {
    "canvas": (making.canvas, (), ("--time-from", "times.csv"), ("--lms", "canvas")),
    "moodle": (making.moodle, (), ("--time-from", "gradebook.csv"), ("--lms", "moodle", "--column", "Grade")),
    "moodle in German": (
        lambda everyone: making.moodle(everyone, german=True),
        NAMED,
        ("--time-from", "gradebook.csv:Zuletzt geändert (Abgabe)"),
        ("--lms", "moodle", "--column", "Bewertung", *GERMAN),
    ),
    "blackboard": (making.blackboard, (), (), ("--lms", "blackboard")),
    "gradescope": (making.gradescope, ("--id", "SID"), ("--time-from", "gradebook.csv"), ()),
}


def tito(folder, *arguments, code=0):
    command = [sys.executable, "-c", "from tito.cli import main; main()", *arguments]
    own = {**os.environ, "COLUMNS": "120", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False, timeout=3600)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, (arguments, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout + done.stderr


@pytest.fixture(scope="module", params=WALKS)
def walked(request, tmp_path_factory):
    """A course with a class of one LMS's, collected and graded: its folder, its students, what fills the export."""
    make, ids, times, fills = WALKS[request.param]
    folder = tmp_path_factory.mktemp("walk") / "course"
    everyone = making.students(COUNT)
    tito(folder.parent, "init", str(folder))
    rubric = folder / "rubrics/01_summary.yaml"
    rubric.write_text(rubric.read_text("utf-8").replace("points: 10\n", LATE, 1), "utf-8")
    for name, content in make(everyone).items():
        (folder / name).write_bytes(content)
    tito(folder, "gradebook", "init")
    told = tito(folder, "roster", "import", "gradebook.csv", *ids)
    assert f"{COUNT} students, {COUNT} of them new" in told
    tito(folder, "collect", "01", "submissions.zip")
    tito(folder, "grade", "01", "submitted", "--quiet", *times)
    return request.param, folder, everyone, fills


def test_every_student_has_one_row_with_the_grade_that_the_work_earns(walked):
    lms, folder, everyone, _ = walked
    rows = json.loads(tito(folder, "gradebook", "show", "01", "--json"))["data"]
    own = "email" if lms == "moodle in German" else "login"
    found = {row["student"]: (row["state"], row["final"]) for row in rows}
    assert len(rows) == len(everyone)
    for each in everyone:
        state, final = found[getattr(each, own)]
        assert (state, str(final)) == {
            "absent": ("missing", "None"),
            **{kind: ("graded", points) for kind, points in making.POINTS.items()},
        }[each.kind], each


def test_names_stand_beside_ids_as_the_lms_writes_them(walked):
    _, folder, everyone, _ = walked
    out = tito(folder, "roster", "show")
    for each in everyone:
        assert each.given in out
        assert each.family.split(",")[0] in out


def test_the_lmss_own_export_is_filled_in_one_column_and_nowhere_else(walked):
    lms, folder, everyone, fills = walked
    if not fills:
        pytest.skip("nothing of this system's is filled")
    before = (folder / "gradebook.csv").read_bytes()
    tito(folder, "gradebook", "export", "01", *fills, "--into", "gradebook.csv", "--out", "filled.csv")
    after = (folder / "filled.csv").read_bytes()
    form = "utf-16" if lms == "blackboard" else "utf-8"
    changed = [
        pair
        for pair in zip(before.decode(form).split("\r\n"), after.decode(form).split("\r\n"), strict=True)
        if pair[0] != pair[1]
    ]
    kinds = Counter(each.kind for each in everyone)
    assert len(changed) == len(everyone) - kinds["absent"]
    assert before[:3] == after[:3]


def test_feedback_goes_to_everybody_whom_the_lms_can_reach(walked):
    lms, folder, everyone, _ = walked
    there = len(making.handed_in(everyone))
    tito(folder, "report", "01", "--html", "pages")
    assert len(list((folder / "pages/students").iterdir())) == there
    ways = {"canvas": ("canvas", "--download", "submissions.zip"), "moodle": ("moodle",)}
    if lms in ways:
        tito(folder, "report", "01", "--feedback", *ways[lms], "--out", "feedback.zip")
        with zipfile.ZipFile(folder / "feedback.zip") as archive:
            assert len(set(archive.namelist())) == there
