"""A submission against its grader: what runs, and what is noted."""

from decimal import Decimal

import pytest

from tito.collection.magics import without_magics
from tito.collection.prepare import prepare
from tito.locking.lock_file import digest
from tito.model.document import Role
from tito.model.grader import Grader, LockedCell
from tito.source import parse

GRADER = Grader(
    "m",
    "core.m",
    (),
    (),
    (
        LockedCell("setup", Role.READ_ONLY, digest("LIMIT = 1"), None, "LIMIT = 1"),
        LockedCell("t", Role.TEST, digest("assert f() == 1"), Decimal(2)),
    ),
    ("f",),
)
SETUP = '# %% nbgrader={"locked": true, "grade_id": "setup"}\nLIMIT = 1\n\n'
OWN = '# %% nbgrader={"solution": true, "grade_id": "f"}\ndef f():\n    return 1\n\n'
TEST = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 2}\nassert f() == 1\n'


def prepared(text, path="work.py"):
    code, notes = prepare(parse(text, path, lenient=True), GRADER)
    return [(each.line, each.source) for each in code], list(notes)


def test_an_untouched_submission_runs_all_but_its_tests_and_has_no_note():
    assert prepared(SETUP + OWN + TEST) == ([(2, "LIMIT = 1"), (5, "def f():\n    return 1")], [])


CHANGES = {
    "edited read-only cell": (SETUP.replace("= 1", "= 99") + OWN + TEST, "locked cell setup was edited; the original was used"),
    "edited test": (SETUP + OWN + TEST.replace("== 1", "== f()"), "locked cell t was edited; the original was used"),
    "changed points": (SETUP + OWN + TEST.replace('"points": 2', '"points": 9'), "locked cell t says 9 points, not 2; the rubric's were used"),
    "points taken out": (SETUP + OWN + TEST.replace(', "points": 2', ""), "locked cell t says 0 points, not 2; the rubric's were used"),
    "test made ordinary": (SETUP + OWN + TEST.replace('"grade": true, ', ""), "locked cell t says no points, not 2; the rubric's were used"),
    "deleted test": (SETUP + OWN, "locked cell t is missing; the original was used"),
    "deleted read-only cell": (OWN + TEST, "locked cell setup is missing; the original was used"),
    "repeated test": (SETUP + OWN + TEST + "\n" + TEST, "locked cell t is there 2 times; the original was used once"),
    "repeated read-only cell": (SETUP + SETUP + OWN + TEST, "locked cell setup is there 2 times; the original was used once"),
    "deleted solution": (SETUP + TEST, "cell f is missing"),
    "repeated solution": (SETUP + OWN + OWN + TEST, "cell f is there 2 times; the last one counts"),
    "a test of their own": (SETUP + OWN + TEST + '\n# %% nbgrader={"grade": true, "grade_id": "x", "points": 99}\n1\n', "graded cell x is not the course's and was left out"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "note"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_noted_and_the_locked_originals_run(text, note):
    code, notes = prepared(text)
    assert notes == [note]
    assert [source for _, source in code].count("LIMIT = 1") == 1
    assert all("assert" not in source and "99" not in source for _, source in code)


def test_a_missing_read_only_cell_runs_first():
    assert prepared(OWN + TEST)[0][0] == (1, "LIMIT = 1")


def test_a_script_without_cells_runs_whole():
    assert prepared("import os\nx = 1\n") == ([(1, "import os\nx = 1")], ["no cell markers: run as one cell"])


@pytest.mark.parametrize(
    ("source", "cleaned", "left_out"),
    [
        ("a = 1", "a = 1", ()),
        ("a = '''\n%x\n'''", "a = '''\n%x\n'''", ()),
        ("%matplotlib inline\na = 1", "pass  # %matplotlib inline\na = 1", ("%matplotlib inline",)),
        ("if a:\n    !ls\nb = 2", "if a:\n    pass  # !ls\nb = 2", ("!ls",)),
        ("files = !ls\nb = 2", "files = None\nb = 2", ("files = !ls",)),
        ("np.sum?\nb = 2", "pass  # np.sum?\nb = 2", ("np.sum?",)),
        ("%%time\na = 1", "pass  # %%time\na = 1", ("%%time",)),
        ("%%bash\nrm -rf x", "# %%bash\n# rm -rf x", ("%%bash",)),
        ("%x\ndef f(:", "%x\ndef f(:", ()),
    ],
)
def test_magics_are_left_out_line_for_line(source, cleaned, left_out):
    assert without_magics(source) == (cleaned, left_out)
