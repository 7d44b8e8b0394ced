"""A submission against its grader: what runs, and what is noted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tito.collection.prepare import prepare
from tito.locking.lock_file import digest
from tito.model.document import Format, Role
from tito.model.grader import Grader, LockedCell
from tito.model.submission import Place
from tito.source import parse, write

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
    code, _, notes = prepare(parse(text, path, lenient=True), GRADER)
    return [(each.line, each.source) for each in code], list(notes)


def test_an_untouched_submission_runs_all_but_its_tests_and_has_no_note():
    assert prepared(SETUP + OWN + TEST) == ([(2, "LIMIT = 1"), (5, "def f():\n    return 1")], [])


@pytest.mark.parametrize(("text", "main"), [(SETUP + OWN, True), ("def f():\n    return 1\n", False)])
def test_what_has_cells_is_the_main_module_and_a_script_is_imported(text, main):
    code, _, _ = prepare(parse(text, "work.py", lenient=True), GRADER)
    assert [each.main for each in code if each.label == "work.py"] == [main] * (2 if main else 1)


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
    "renamed test": (SETUP + OWN + TEST.replace('"t"', '"mine"'), ["locked cell t is renamed mine; the original was used", "graded cell mine is not the course's and was left out"]),
    "renamed solution": (SETUP + OWN.replace('"f"', '"g"') + TEST, "cell f is missing; it may be g, which is not the course's and was run"),
    "a magic": (SETUP + OWN + "# %%\n!ls\n\n" + TEST, "`!ls` was left out"),
    "a test of their own": (SETUP + OWN + TEST + '\n# %% nbgrader={"grade": true, "grade_id": "x", "points": 99}\n1\n', "graded cell x is not the course's and was left out"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "note"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_noted_and_the_locked_originals_run(text, note):
    code, notes = prepared(text)
    assert notes == (note if isinstance(note, list) else [note])
    assert [source for _, source in code].count("LIMIT = 1") == 1
    assert all("assert" not in source and "99" not in source for _, source in code)


def test_a_locked_originals_magics_are_left_out():
    magic = replace(GRADER, cells=(LockedCell("setup", Role.READ_ONLY, "", None, "%cd /\n%time LIMIT = 1"),))
    code, _, _ = prepare(parse(SETUP + OWN, "work.py", lenient=True), magic)
    assert code[0].source == "pass  # %cd /\nLIMIT = 1"
    code, _, _ = prepare(parse(OWN, "work.py", lenient=True), magic)
    assert code[0].source == "pass  # %cd /\nLIMIT = 1"


def test_a_missing_read_only_cell_runs_first():
    assert prepared(OWN + TEST)[0][0] == (1, "LIMIT = 1")


def test_a_script_without_cells_runs_whole():
    assert prepared("import os\nx = 1\n") == ([(1, "import os\nx = 1")], ["no cell markers: run as one cell"])


def test_of_many_notes_alike_ten_are_kept():
    cells = "".join(f"# %%\n%m{number} {'x' * 90}\n\n" for number in range(13))
    notes = prepared(SETUP + OWN + TEST + "\n" + cells)[1]
    assert len(notes) == 11
    assert notes[0] == f"`%m0 {'x' * 76}…` was left out"
    assert notes[-1] == "and 3 more notes of this kind"


def test_a_cell_of_a_notebook_is_labelled_by_its_place():
    source = parse(SETUP + OWN, "w.py", lenient=True)
    code, *_ = prepare(parse(write(source, Format.NOTEBOOK), "in/w.ipynb", lenient=True), GRADER)
    assert [(each.label, each.line) for each in code] == [("w.ipynb[cell 1]", 1), ("w.ipynb[cell 2]", 1)]


def test_ten_notes_alike_are_all_kept():
    cells = "".join(f"# %%\n%m{number}\n\n" for number in range(10))
    assert prepared(SETUP + OWN + TEST + "\n" + cells)[1] == [f"`%m{number}` was left out" for number in range(10)]


def test_each_marked_cell_has_its_place_behind_the_code_before_it():
    _, places, _ = prepare(parse(SETUP + OWN + TEST, "work.py", lenient=True), GRADER)
    assert places == (Place("setup", 1), Place("f", 2), Place("t", 2))
