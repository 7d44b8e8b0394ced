"""CSV, JUnit XML and CTRF, each read back by a program that is not ours."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from junitparser import Error, Failure, JUnitXml, Skipped

from tito.model.outcome import Status
from tito.report.formats import render

CTRF = json.loads((Path(__file__).parent / "consumers/ctrf-schema-0.0.json").read_text("utf-8"))


@pytest.fixture
def mixed(native, grade):
    return native(
        grade("ann", Status.FAILED, Status.TIMEOUT, Status.PASSED),
        grade("bob", Status.BLOCKED, Status.BROKEN, Status.ERROR),
        grade("cy", *[Status.BLOCKED] * 3, refusal="w.py:3: torn."),
    )


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_a_row_a_student_and_a_column_a_criterion(mixed):
    ann, bob, cy = rows(render("csv", mixed))
    assert (ann["student"], ann["final"], ann["possible"], ann["percent"]) == ("ann", "0.5", "5", "10")
    assert (ann["t-a"], ann["t-b"], ann["t-c"], ann["status"]) == ("0", "0", "0.5", "2 of 3 not passed")
    assert (bob["final"], bob["percent"], bob["earned"], bob["t-b"], bob["status"]) == ("", "", "", "", "broken")
    assert (cy["final"], cy["status"], cy["refusal"]) == ("0", "refused", "w.py:3: torn.")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\uff1d1"])
def test_no_csv_cell_begins_a_formula(name, native, grade):
    text = render("csv", native(grade(name, notes=(name,))))
    for cell in (cell for row in csv.reader(io.StringIO(text)) for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))


def test_junit_counts_and_kinds_are_what_a_parser_finds(mixed):
    ann, bob, cy = JUnitXml.fromstring(render("junit", mixed).encode())
    assert [type(case.result[0]) for case in ann if case.result] == [Failure, Error]
    assert [type(case.result[0]) for case in bob if case.result] == [Skipped, Error, Error]
    assert [type(case.result[0]) for case in cy] == [Error] * 3
    assert (ann.tests, ann.failures, ann.errors, ann.skipped) == (3, 1, 1, 0)
    assert (bob.failures, bob.errors, bob.skipped) == (0, 2, 1)
    assert ann.time == pytest.approx(1.25)


def test_junit_carries_points_as_properties_and_none_of_what_is_broken(mixed):
    ann, bob, _ = JUnitXml.fromstring(render("junit", mixed).encode())
    assert {each.name: each.value for each in ann.properties()}["points"] == "0.5"
    assert "points" not in {each.name for each in bob.properties()}
    cases = [{each.get("name"): each.get("value") for each in case._elem.iter("property")} for case in bob]
    assert cases[0] == {"points": "0", "question": "t-a", "max_points": "2"}
    assert cases[1] == {"question": "t-b", "max_points": "2.5"}


def test_junit_explains_in_the_students_terms(mixed):
    ann, *_ = JUnitXml.fromstring(render("junit", mixed).encode())
    failure = next(iter(ann)).result[0]
    assert failure.message == "expected 1, got 2"
    assert "yours: w.py:3 in expected" in failure.text
    assert "hint: What helps." in failure.text


def test_hostile_text_comes_out_of_junit_as_text(native, badly):
    (suite,) = JUnitXml.fromstring(render("junit", native(badly)).encode())
    assert "]]> --> <script>alert(1)</script>" in next(iter(suite)).result[0].text


def test_ctrf_fits_its_published_schema(mixed, native, badly):
    for result in (mixed, native(badly), native()):
        report = json.loads(render("ctrf", result))
        assert [fault.message for fault in Draft7Validator(CTRF).iter_errors(report)] == []


def test_ctrf_statuses_points_and_counts(mixed):
    results = json.loads(render("ctrf", mixed))["results"]
    assert [each["status"] for each in results["tests"]] == [
        *("failed", "failed", "passed"), *("skipped", "other", "failed"), *("failed", "failed", "failed"),
    ]  # fmt: skip
    assert {key: results["summary"][key] for key in ("tests", "passed", "failed", "skipped", "other")} == {
        "tests": 9, "passed": 1, "failed": 6, "skipped": 1, "other": 1,
    }  # fmt: skip
    assert results["tests"][0]["labels"] == {"question": "t-a", "student": "ann", "points": 0, "max_points": 2}
    assert "points" not in results["tests"][4]["labels"]
    assert (results["tests"][0]["filePath"], results["tests"][0]["line"]) == ("w.py", 3)
    assert results["summary"]["stop"] == 1795600800000
    assert results["summary"]["start"] == 1795600800000 - 3750
