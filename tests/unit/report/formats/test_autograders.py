"""Gradescope, PrairieLearn and Classroom 50: the rules that each publishes, one by one."""

import json
from decimal import Decimal

import pytest

from tito.errors import UsageError
from tito.model.outcome import Status
from tito.report.formats import Options, render
from tito.report.formats.gradescope import failed

MIXED = (Status.FAILED, Status.PASSED, Status.TIMEOUT)
GIVEN = {
    "CLASSROOM": "cs1", "ASSIGNMENT": "m2", "ASSIGNMENT_TYPE": "individual", "OWNER": "ann", "SUBMISSION_TAG": "submit/1",
    "COMMIT_URL": "https://c", "RELEASE_URL": "https://r", "REVIEW_URL": "https://v",
}  # fmt: skip


def written(name, result, scale=1, **given):
    return json.loads(render(name, result, Options(scale, {**GIVEN, **given})))


def late(result, points="-0.25"):
    """Add what a gradebook adds: a late penalty beside the criteria."""
    (grade,) = result["data"]["grades"]
    grade["adjustments"] = [{"kind": "late", "reason": "1 day late", "points": float(points)}]
    grade["final"] = grade["earned"] + float(points)
    return result


def test_gradescope_gets_a_test_a_criterion_in_order(native, grade):
    tests = written("gradescope", native(grade("ann", *MIXED)))["tests"]
    assert [(each["number"], each["score"], each["max_score"], each["status"]) for each in tests] == [
        ("1", 0, 2, "failed"), ("2", 2.5, 2.5, "passed"), ("3", 0, 0.5, "failed"),
    ]  # fmt: skip
    assert "why: expected 1, got 2" in tests[0]["output"]
    assert tests[1]["output"] == ""


def test_gradescope_gets_a_score_only_where_it_is_not_the_sum(native, grade):
    assert "score" not in written("gradescope", native(grade("ann", *MIXED)))
    content = written("gradescope", late(native(grade("ann", *MIXED))))
    assert content["score"] == 2.25
    assert "late: -0.25 points (1 day late)" in content["output"]
    assert written("gradescope", late(native(grade("ann", *MIXED)), "-9"))["score"] == 0


def test_gradescope_words_are_of_its_lists(native, grade):
    content = written("gradescope", native(grade("ann", *MIXED, hidden=True)))
    assert {content[key] for key in content if key.endswith("_format")} == {"text"}
    assert {each["visibility"] for each in content["tests"]} == {"after_published"}
    assert all("visibility" not in each for each in written("gradescope", native(grade()))["tests"])


def test_gradescope_shows_a_refused_file_and_its_reason(native, grade):
    content = written("gradescope", native(grade("ann", *[Status.BLOCKED] * 3, refusal="w.py:3: torn.")))
    assert content["output"] == "w.py:3: torn."
    assert [each["score"] for each in content["tests"]] == [0, 0, 0]


def test_gradescope_gets_no_score_at_all_where_there_is_no_grade():
    content = json.loads(failed("disk full"))
    assert "score" not in content
    assert content["tests"] == []
    assert "no fault of yours" in content["output"]


def test_what_a_person_has_yet_to_grade_has_no_score(native, grade):
    result = native(grade("ann", *MIXED))
    (row,) = result["data"]["grades"]
    row["criteria"][0] |= {"status": "pending", "pending": True, "tests": []}
    row["complete"] = False
    test = written("gradescope", result)["tests"][0]
    assert "score" not in test
    assert test["output"] == "why: a person has yet to grade this"
    assert written("prairielearn", result)["tests"][0]["max_points"] == 0
    assert [each["test-name"] for each in written("classroom50", result, 2)["tests"]] == ["Title t-b", "Title t-c"]


def test_prairielearn_gets_a_share_of_one_and_points_for_every_test(native, grade):
    content = written("prairielearn", native(grade("ann", *MIXED)))
    assert content["gradable"] is True
    assert content["score"] == 0.5
    assert [(each["points"], each["max_points"]) for each in content["tests"]] == [(0, 2), (2.5, 2.5), (0, 0.5)]


def test_prairielearn_uses_up_no_attempt_for_a_file_that_cannot_be_read(native, grade):
    content = written("prairielearn", native(grade("ann", *[Status.BLOCKED] * 3, refusal="w.py:3: torn.")))
    assert content == {"gradable": False, "format_errors": ["w.py:3: torn."]}


def test_prairielearns_score_stays_within_0_and_1_and_its_file_within_1_mb(native, grade):
    assert written("prairielearn", late(native(grade("ann", *MIXED)), "-9"))["score"] == 0
    assert written("prairielearn", late(native(grade("ann")), "3"))["score"] == 1
    huge = native(grade("ann", *[Status.FAILED] * 3, text="x" * 3_000))
    huge["data"]["grades"][0]["criteria"] *= 40
    assert len(render("prairielearn", huge)) < 1_000_000


def test_classroom50_gets_whole_points_and_back_what_its_runner_gave(native, grade):
    content = written("classroom50", native(grade("ann", *MIXED)), 2)
    assert content == {
        "schema": "classroom50/result/v1",
        "classroom": "cs1", "assignment": "m2", "assignment_type": "individual", "owner": "ann", "submission": "submit/1",
        "commit": "https://c", "release": "https://r", "review": "https://v", "datetime": "2026-11-25T10:00:00Z",
        "score": 5,
        "max-score": 10,
        "tests": [
            {"test-name": "Title t-a", "passed": False, "score": 0, "max-score": 4, "message": "expected 1, got 2 · Hint: What helps."},
            {"test-name": "Title t-b", "passed": True, "score": 5, "max-score": 5},
            {"test-name": "Title t-c", "passed": False, "score": 0, "max-score": 1, "message": "It takes too long: "
             "look for a loop that never ends. expected 1, got 2 · Hint: What helps."},
        ],
    }  # fmt: skip


def test_classroom50_names_the_scale_that_makes_points_whole(native, grade):
    with pytest.raises(UsageError, match="Use --point-scale 2"):
        written("classroom50", native(grade("ann", *MIXED)))


def test_classroom50_makes_no_points_up(native, grade):
    result = native(grade("ann", *MIXED))
    (row,) = result["data"]["grades"]
    row["criteria"][0] |= {"earned": 1.66, "status": "failed"}
    row["earned"] = 4.16
    content = written("classroom50", result, 2)
    assert [each["score"] for each in content["tests"]] == [3, 5, 0]
    assert content["score"] == 8
    assert written("classroom50", late(result, "-9"), 2)["score"] == 0
    assert written("classroom50", late(result, str(Decimal(9))), 2)["score"] == 10


def test_classroom50_needs_its_runner(native, grade):
    with pytest.raises(UsageError, match="needs the variables CLASSROOM, ASSIGNMENT"):
        render("classroom50", native(grade()), Options(2))
