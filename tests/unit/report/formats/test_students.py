"""What students read, in every format: nothing of hidden tests, known mistakes, hints, lateness, and where tests ran."""

import base64
import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.console import Console

from tito.model.grade import Adjustment, AdjustmentKind
from tito.model.outcome import Status
from tito.report import Style, student_report
from tito.report.formats import Options, render
from tito.report.formats.registry import FORMATS
from tito.report.formats.view import view
from tito.report.html import class_page, student_page
from tito.report.students import HIDDEN_TEST, for_students
from tito.report.words import BESIDE, MARK

GIVEN = dict.fromkeys(
    (
        "CLASSROOM",
        "ASSIGNMENT",
        "ASSIGNMENT_TYPE",
        "OWNER",
        "SUBMISSION_TAG",
        "COMMIT_URL",
        "RELEASE_URL",
        "REVIEW_URL",
    ),
    "x",
)
MIXED = (Status.FAILED, Status.PASSED, Status.FAILED)


def changed(grade, *places, outcome=None, **fields):
    """Return a grade in which some criteria, and the outcomes of these, are others."""
    parts = list(grade.criteria)
    for place in places:
        outcomes = (
            tuple(replace(each, **outcome) for each in parts[place].outcomes) if outcome else parts[place].outcomes
        )
        parts[place] = replace(parts[place], outcomes=outcomes, **fields)
    return replace(grade, criteria=tuple(parts))


def written(result):
    """Return a result in every format and page, by name, with what is encoded in them decoded."""
    made = {name: render(name, result, Options(2, GIVEN)) for name in FORMATS}
    lines = [line.partition("=")[2] for line in made["github-classroom"].splitlines()[1:]]
    made["github-classroom"] = "\n".join(base64.b64decode(each).decode() for each in lines)
    seen = view(result)
    made["class page"] = class_page(seen, result["data"]["statistics"])
    made["page"] = student_page(seen, seen.rows[0], [])
    return {name: text.replace("&#39;", "'").replace("\\u2020", MARK) for name, text in made.items()}


def without(made, text, *but):
    return {name for name, found in made.items() if text not in found} - set(but)


def test_nothing_of_a_hidden_test_stands_anywhere(native, grade):
    secret = changed(
        grade("ann", *MIXED, text="SECRET", hidden=True),
        0,
        1,
        2,
        outcome={"test": "SECRET", "value": "SECRET", "seed": 7771},
    )
    made = written(native(changed(secret, 0, mistake="SECRET mistake")))
    assert {name for name, text in made.items() if "SECRET" in text or "7771" in text or "w.py:3" in text} == set()
    assert "0.25" not in made["json"]


def test_a_mistake_that_a_hidden_test_shows_is_not_told_beside_a_visible_one_either(native, grade):
    told = changed(grade("ann", *MIXED), 0, 2, mistake="It adds one.")
    made = written(native(changed(told, 2, outcome={"hidden": True})))
    assert {name for name, text in made.items() if "It adds one." in text} == set()


def test_what_students_may_read_is_a_result_too_and_comes_out_the_same_again(native, grade):
    result = native(changed(grade("ann", *MIXED), 0, outcome={"hidden": True}))
    text = render("json", result)
    assert json.loads(text)["data"]["grades"][0]["criteria"][0]["tests"][0]["test"] == HIDDEN_TEST
    assert render("json", json.loads(text)) == text
    assert for_students(for_students(result)) == for_students(result)
    assert render("markdown", json.loads(text)) == render("markdown", result)


# A table has a row for each student and no room for what is the rubric's; a step's outputs are numbers.
SHORT = ("outputs",)


def test_a_known_mistake_and_a_hint_stand_in_every_format(native, grade):
    made = written(native(changed(grade("ann", *MIXED), 0, 2, mistake="It adds one.")))
    assert without(made, "It adds one.", *SHORT) == set()
    assert without(made, "What helps.", *SHORT, "csv", "class page") == set()


def test_a_late_penalty_and_its_reason_stand_in_every_format(native, grade):
    lines = (Adjustment(AdjustmentKind.LATE, "1 day late: 1 day at 10 %", Decimal("-0.5")),)
    made = written(native(replace(grade("ann", *MIXED), adjustments=lines)))
    assert without(made, "1 day late: 1 day at 10 %", *SHORT, "annotations", "class page") == set()
    assert "late \u22120.5" in made["class page"]
    assert "1 day late%3A" in made["annotations"] or "1 day late: 1 day at 10 %25" in made["annotations"]
    assert "score=2\n" in made["outputs"]


@pytest.mark.parametrize("statuses", [(Status.PASSED,) * 3, MIXED])
def test_a_test_that_ran_beside_is_marked_in_every_format_passed_or_not(native, grade, statuses):
    made = written(native(changed(grade("ann", *statuses), 0, outcome={"beside": True})))
    assert without(made, BESIDE, *SHORT, "csv", "json") == set()
    assert "beside=1\n" in made["outputs"]
    assert next(csv.DictReader(io.StringIO(made["csv"])))["beside"] == "t-a"
    assert '"beside": true' in made["json"]
    for name in ("page", "class page", "markdown"):
        assert f"Title t-a {MARK}" in made[name]
    assert without(written(native(grade("ann", *statuses))), BESIDE) == set(made)


def test_a_test_that_ran_beside_is_marked_on_a_terminal_passed_or_not(grade):
    marked = changed(grade("ann"), 0, outcome={"beside": True})
    text = drawn(student_report(marked, style=Style()))
    assert f"Title t-a {MARK}" in text
    assert BESIDE in text
    assert BESIDE not in drawn(student_report(grade("ann"), style=Style()))
    assert f"* {BESIDE}" in drawn(student_report(marked, style=Style(unicode=False)))


def drawn(renderable):
    console = Console(file=io.StringIO(), width=120)
    console.print(renderable)
    return console.file.getvalue()
