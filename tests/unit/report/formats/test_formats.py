"""What holds of every format: hostile text, hidden tests, broken grades, several students."""

import json

import pytest

from tito.errors import BrokenError, UsageError
from tito.model.outcome import Status
from tito.report.formats import FORMATS, Options, render

GIVEN = ("CLASSROOM", "ASSIGNMENT", "ASSIGNMENT_TYPE", "OWNER", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
OPTIONS = Options(2, {name: name.lower() for name in (*GIVEN, "REVIEW_URL")})
ALL, ONE = list(FORMATS), [each.name for each in FORMATS.values() if each.one]


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_acts_in_no_format(name, native, badly):
    text = render(name, native(badly), OPTIONS)
    assert not set(text) & set("\x1b\x07\x00\r\u202e\u2066\ud800\uffff")
    text.encode("utf-8")
    if name != "annotations":
        assert not any(line.lstrip().startswith(("::", "##[")) for line in text.splitlines())


@pytest.mark.parametrize("name", ALL)
def test_a_hidden_tests_text_is_in_no_format(name, native, grade):
    shown = render(name, native(grade("ann", *[Status.FAILED] * 3, text="SECRET")), OPTIONS)
    kept = render(name, native(grade("ann", *[Status.FAILED] * 3, text="SECRET", hidden=True)), OPTIONS)
    without_own_line = kept.replace("w.py:3 in SECRET: SECRET", "")
    assert "SECRET" not in without_own_line
    if name not in {"csv", "github-classroom", "outputs"}:
        assert "SECRET" in shown


@pytest.mark.parametrize("name", ONE)
def test_a_format_for_one_student_refuses_two(name, native, grade):
    result = native(grade("ann"), grade("bob"))
    with pytest.raises(UsageError, match="holds one student's grade and there are 2"):
        render(name, result, OPTIONS)
    assert render(name, result, OPTIONS, student="bob")


@pytest.mark.parametrize("name", ONE)
def test_a_broken_grade_is_refused_rather_than_written_as_a_zero(name, native, grade):
    broken = native(grade("ann", Status.PASSED, Status.BROKEN, Status.PASSED))
    with pytest.raises(BrokenError, match="so there is no grade to write"):
        render(name, broken, OPTIONS)


@pytest.mark.parametrize("name", [name for name in ALL if name not in ONE])
def test_a_broken_grade_has_no_number_in_a_format_for_classes(name, native, grade):
    text = render(name, native(grade("ann", Status.PASSED, Status.BROKEN, Status.PASSED)), OPTIONS)
    for number in ("2.5 of 5", "of 5 points (", 'name="points" value="0"', "Points ", ",2.5,5,"):
        assert number not in text
    assert "broken" in text or "Not graded" in text


def test_an_unknown_format_and_student_are_named(native, grade):
    with pytest.raises(UsageError, match=r"there is no format xls\. The formats are json, csv, junit, ctrf"):
        render("xls", native(grade()))
    with pytest.raises(UsageError, match="there is no grade of zoe"):
        render("csv", native(grade()), student="zoe")


@pytest.mark.parametrize("name", ALL)
def test_a_writer_changes_nothing_in_the_result(name, native, grade):
    result = native(grade("ann", *[Status.FAILED] * 3))
    before = json.dumps(result)
    assert render(name, result, OPTIONS) == render(name, result, OPTIONS)
    assert json.dumps(result) == before
