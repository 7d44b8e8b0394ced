"""The sample class is what the answers make of the stub, and scores exactly what it must."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from answers import CLASS, expected
from sample_class import OUT, files

from tito.model.document import Format
from tito.source import parse, write


@pytest.fixture(scope="module")
def grades(graded):
    return graded("02", OUT / "submitted")


def test_the_class_has_at_least_24_submissions_in_both_formats():
    forms = {answers[2] for answers in CLASS.values()}
    assert len(CLASS) >= 24
    assert forms == {"py", "ipynb"}


def test_the_files_are_what_the_answers_make_of_todays_stub():
    wanted = files()
    there = {str(path.relative_to(OUT)): path.read_text("utf-8") for path in OUT.rglob("*") if path.is_file()}
    assert there.keys() == wanted.keys()
    assert [name for name in wanted if there[name] != wanted[name]] == []


def test_the_expected_scores_are_published_with_the_class():
    table = json.loads((OUT / "expected.json").read_text("utf-8"))
    assert {
        name: {key: (each["status"], each["points"]) for key, each in row.items()} for name, row in table.items()
    } == {student: expected(student) for student in CLASS}


@pytest.mark.parametrize("student", CLASS)
def test_a_sample_scores_exactly_what_it_must(grades, student):
    found = {each.criterion.id: (each.status.value, int(each.earned)) for each in grades[student].criteria}
    assert found == expected(student)


def test_a_submission_that_cannot_be_read_is_a_row_with_its_reason(grades):
    assert "not JSON" in grades["wiles"].refusal
    assert grades["wiles"].possible == 70


def test_edited_locks_are_noted_and_change_no_score(grades):
    notes = "\n".join(grades["xu"].notes)
    assert grades["xu"].earned == 70
    assert "locked cell setup was edited" in notes
    assert "locked cell test-softmax was edited" in notes
    assert "locked cell test-sigmoid says 100 points, not 10" in notes


def test_no_locked_cells_points_or_text_can_change_a_score(graded, tmp_path):
    source = parse((OUT / "submitted/ada/02_activations/activations_dev.py").read_text("utf-8"), "ada.py")
    locked = [cell for cell in source.cells if cell.grading and cell.grading.locked]
    for cell in locked:
        entry = {**cell.metadata["nbgrader"], "points": 1000}
        changes = {
            "points": replace(cell, metadata={**cell.metadata, "nbgrader": entry}),
            "text": replace(cell, source="TOLERANCE = 1e9\nSigmoid = ReLU = Tanh = GELU = Softmax = Tensor = None"),
            "gone": None,
            "unlocked": replace(cell, metadata={}),
        }
        for name, changed in changes.items():
            cells = tuple(changed if each is cell else each for each in source.cells if each is not cell or changed)
            text = write(replace(source, cells=cells), Format.PERCENT)
            (tmp_path / f"{cell.grade_id} {name}.py").write_text(text, "utf-8")
    grades = graded("02", tmp_path)
    assert len(grades) == 4 * 7
    assert {name for name, grade in grades.items() if grade.earned != 70} == set()
    assert {name for name, grade in grades.items() if not grade.notes} == {"setup points"}
