"""Reports: what people read, in any width and encoding, whatever a student wrote."""

import io
import json
from decimal import Decimal

import pytest
from rich.console import Console

from tito.model.grade import CriterionGrade, Grade
from tito.model.grader import LockedCriterion
from tito.model.outcome import Failure, Frame, Outcome, Status
from tito.model.points import percent, points
from tito.model.rubric import Criterion, Rubric
from tito.report import Shown, Style, check_json, check_report, class_json, class_report, student_report
from tito.scoring import statistics

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07[bold]x[/bold]\u202egnp.exe\u2066\r::error::gotcha\x9b31m\ud800 [link=http://e.vil]y[/]"
)
ALIKE = [Criterion(f"c{n}", Decimal(10), title) for n, title in enumerate(["Sigmoid", "ReLU", "All of it together"])]
RUBRIC = Rubric("02_m", "Module", Decimal(30), tuple(ALIKE))


def drawn(renderable, width=80, **settings):
    console = Console(file=io.StringIO(), width=width, markup=False, **settings)
    console.print(renderable)
    return console.file.getvalue()


def graded(student="ann", *statuses, text="expected 1, got 2", **fields):
    failure = Failure(
        text, "assert False", f"assert f() == 1, {text!r}", (Frame("w.py", 3, "f", text),), (f"f()  →  {text}",)
    )
    statuses = statuses or (Status.PASSED,) * 3
    parts = tuple(
        CriterionGrade(
            each,
            status,
            each.points if status is Status.PASSED else Decimal(0),
            (Outcome(each.id, "t", status, failure=None if status is Status.PASSED else failure, output=text),),
        )
        for each, status in zip(ALIKE, statuses, strict=True)
    )
    earned = sum((each.earned for each in parts), Decimal(0))
    return Grade(student, "02_m", "w.py", earned, Decimal(30), parts, level="limits", **fields)


def class_text(*grades, width=80, style=None, **settings):
    report = class_report(RUBRIC, grades, statistics(RUBRIC, grades), style=style or Style(), shown=Shown(width))
    return drawn(report, width, **settings)


@pytest.mark.parametrize("width", [80, 120])
def test_hostile_text_acts_in_no_report(width):
    grade = graded(HOSTILE, Status.FAILED, Status.ERROR, Status.CRASHED, text=HOSTILE, notes=(HOSTILE,), refusal="")
    torn = graded("torn", notes=(HOSTILE,), refusal=HOSTILE)
    texts = [
        drawn(check_report(grade, hidden=(), style=Style()), width, force_terminal=False),
        drawn(student_report(grade, style=Style()), width),
        drawn(student_report(torn, style=Style()), width),
        class_text(grade, torn, width=width),
    ]
    for text in texts:
        assert not set(text) & set("\x1b\x07\x9b\r\u202e\u2066\ud800")
        assert not any(line.lstrip().startswith(("::", "##[")) for line in text.splitlines())
    assert "[bold]x[/bold]" in texts[0]


def test_a_check_explains_a_failure_in_order():
    text = drawn(check_report(graded("", Status.PASSED, Status.FAILED, Status.PASSED), hidden=(), style=Style()))
    parts = [
        "✗ ReLU: failed",
        "expected 1, got 2",
        "call:  f()",
        "test:  assert f()",
        "yours: w.py:3 in f",
        "20 of 30 points",
    ]
    assert [part for part in parts if part not in text] == []
    assert sorted(parts, key=text.index) == parts


def test_hidden_criteria_are_a_count_with_points():
    hidden = (
        LockedCriterion("h", Decimal("2.5"), (), hidden=True),
        LockedCriterion("g", Decimal(5), (), hidden=True),
    )
    text = drawn(check_report(graded(), hidden=hidden, style=Style()))
    assert "30 of 37.5 points are sure" in text
    assert "2 hidden criteria, worth 7.5 points, tested when your work is graded" in text
    assert "1 hidden criterion, worth 2.5 points" in drawn(check_report(graded(), hidden=hidden[:1], style=Style()))


def test_a_criterion_with_hidden_tests_is_never_shown_as_earned():
    grade = graded("", Status.PASSED, Status.PASSED, Status.FAILED)
    ids = [each.criterion.id for each in grade.criteria]
    text = drawn(check_report(grade, style=Style(), partly=ids[1:]))
    assert "✓ public part" in text
    assert "?/10" in text
    assert "10 of 30 points are sure" in text
    assert "public part passed: 10 points, which hidden tests decide" in text
    assert "public part not passed: 10 points" in text


def test_what_is_not_written_yet_is_said_in_a_line():
    text = drawn(check_report(graded("", *[Status.ERROR] * 3, text="NotImplementedError"), hidden=(), style=Style()))
    assert text.count("w.py:3") == 1
    assert "○ to do: 3 criteria, 30 points" in text
    assert "error" not in text
    assert "call:" not in text


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.PASSED])
def test_every_status_is_named_in_words(status):
    grade = graded("ann", status, status, status)
    assert f"{status}" in drawn(check_report(grade, hidden=(), style=Style()))
    assert f"{status}" in class_text(grade)


def test_a_class_table_fits_eighty_columns_with_a_legend_and_names_its_columns_when_wide():
    grades = [
        graded("a_student_with_a_very_long_identifier"),
        graded("bob", Status.FAILED, Status.TIMEOUT, Status.PASSED),
    ]
    narrow, wide = class_text(*grades), class_text(*grades, width=120)
    assert max(map(len, narrow.splitlines())) <= 80
    assert "1 Sigmoid · 2 ReLU · 3 All of it together" in narrow
    assert "a_student_with_a_very_long_identifier" in narrow
    assert "1 failed +1" in narrow
    assert "mean 20, median 20 of 30" in wide


def test_a_broken_grade_shows_no_number():
    text = class_text(graded("ann", Status.BROKEN, Status.PASSED, Status.PASSED))
    row = next(line for line in text.splitlines() if line.lstrip().startswith("ann"))
    assert row.split()[-3:] == ["?", "?", "broken"]
    assert "1 broken: not the students' fault" in text


def test_a_refused_submission_is_a_row_and_its_reason_is_told():
    text = class_text(graded("ann", refusal="a.py:3: torn."))
    assert "refused" in text
    assert "ann: refused: a.py:3: torn." in text


def test_without_unicode_everything_is_ascii():
    style = Style(unicode=False)
    grade = graded("ann", Status.FAILED, Status.TIMEOUT, Status.PASSED)
    assert drawn(check_report(grade, hidden=(), style=style)).isascii()
    assert class_text(grade, style=style).replace("Gr\u00e9", "").isascii()


def test_meaning_does_not_hang_on_colour():
    text = class_text(
        graded("ann", Status.FAILED, Status.PASSED, Status.PASSED), color_system="standard", force_terminal=True
    )
    plain = class_text(graded("ann", Status.FAILED, Status.PASSED, Status.PASSED), no_color=True)
    assert "\x1b[3" in text
    assert "0 ✗" in plain
    assert "1 failed" in plain


def test_json_has_these_keys():
    grade = graded("ann", Status.FAILED, Status.PASSED, Status.PASSED, notes=("a note",))
    document = json.loads(class_json(RUBRIC, [grade], statistics(RUBRIC, [grade])))
    assert list(document) == ["schema_version", "tool", "command", "ok", "data"]
    assert list(document["data"]) == ["module", "title", "points", "graded_at", "grades", "statistics"]
    (row,) = document["data"]["grades"]
    assert list(row) == [
        "student", "module", "path", "earned", "possible", "percent", "broken", "refusal", "level", "seconds", "notes",
        "criteria", "graded", "complete", "adjustments", "final", "final_percent", "submitted", "late_seconds",
        "reference", "excused", "comments", "name",
    ]  # fmt: skip
    assert list(row["criteria"][0]) == [
        "id", "title", "status", "earned", "points", "description", "hint", "tests", "kind", "extra", "dropped", "pending",
        "mark", "override", "comment", "mistake",
    ]  # fmt: skip
    assert list(row["criteria"][0]["tests"][0]["failure"]) == [
        "message", "detail", "assertion", "calls", "frames", "difference", "call", "repeat", "advice",
    ]  # fmt: skip
    assert (row["earned"], row["possible"], row["percent"]) == (20, 30, 66.67)


def test_json_is_ascii_and_holds_hostile_text_as_text():
    text = check_json(graded(HOSTILE, *[Status.FAILED] * 3, text=HOSTILE), ())
    assert text.isascii()
    assert json.loads(text)["data"]["student"] == HOSTILE


@pytest.mark.parametrize(
    ("value", "text"), [("10", "10"), ("2.50", "2.5"), ("6.67", "6.67"), ("0", "0"), ("100", "100")]
)
def test_points_have_no_trailing_zeros(value, text):
    assert points(Decimal(value)) == text


def test_a_percentage_is_never_rounded_up_to_all():
    assert [percent(Decimal(value)) for value in ("100", "99.99", "71.428", "0")] == ["100.0", "99.9", "71.4", "0.0"]


MANY = tuple(Criterion(f"m{n}", Decimal(5), f"Criterion number {n}") for n in range(1, 25))


def crowd(count=3, students=("ann", "a.very.long.address@students.university.example"), **fields):
    """Return the rubric of many criteria and the grades of some students, whose second criterion failed."""
    rubric = Rubric("02_m", "Module", Decimal(5) * count, MANY[:count])
    statuses = [Status.FAILED if place == 1 else Status.PASSED for place in range(count)]
    parts = tuple(
        CriterionGrade(
            each, status, each.points if status is Status.PASSED else Decimal(0), (Outcome(each.id, "t", status),)
        )
        for each, status in zip(MANY, statuses, strict=False)
    )
    earned = sum((each.earned for each in parts), Decimal(0))
    return rubric, [Grade(student, "02_m", "w.py", earned, rubric.points, parts, **fields) for student in students]


def crowded(rubric, grades, **shown):
    shown = Shown(**{"width": 80, **shown})
    console = Console(file=io.StringIO(), width=shown.width, markup=False)
    console.print(class_report(rubric, grades, statistics(rubric, grades), style=Style(), shown=shown), crop=False)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("count", [3, 8, 16, 24])
def test_no_total_and_no_student_is_ever_cut(width, count):
    rubric, grades = crowd(count)
    text = crowded(rubric, grades, width=width)
    row = next(line for line in text.splitlines() if "a.very.long" in line)
    assert "a.very.long.address@students.university.example" in row
    final = grades[0].final
    assert row.split()[-4:] == [points(final), percent(final * 100 / rubric.points), "1", "failed"]


def test_where_criteria_are_many_their_signs_stand_alone():
    rubric, grades = crowd(16, ("ann", "bob"))
    (ann,) = [line.split() for line in crowded(rubric, grades, width=100).splitlines() if line.startswith("ann")]
    assert ann == ["ann", "✓", "✗", *["✓"] * 14, "75", "93.8", "1", "failed"]
    assert "5 ✓" in crowded(rubric, grades, width=200)
    rubric, grades = crowd(24, ("ann", "bob"))
    (ann,) = [line.split() for line in crowded(rubric, grades, width=60).splitlines() if line.startswith("ann")]
    assert ann[1] == "✓✗" + "✓" * 22


def test_transposed_criteria_are_rows():
    rubric, grades = crowd(3, ("ann", "bob"))
    lines = [line.split() for line in crowded(rubric, grades, transpose=True, names={"ann": "Ann Lee"}).splitlines()]
    assert lines[1] == ["criterion", "ann", "(Ann", "Lee)", "bob"]
    assert ["Criterion", "number", "2", "0", "✗", "0", "✗"] in lines
    assert ["of", "15", "10", "10"] in lines


def test_names_that_a_roster_knows_stand_beside_ids():
    text = crowded(*crowd(3, ("ann", "bob"), notes=("odd",)), names={"ann": "Ann Lee"})
    assert any(line.split()[:3] == ["ann", "Ann", "Lee"] for line in text.splitlines())
    assert "ann (Ann Lee): passed" not in text


def test_what_needs_a_look_is_grouped_by_its_cause_with_counts_and_first_names():
    rubric, (grade,) = crowd(2, ("x",))
    students = [f"s{number}" for number in range(7)]
    edited = "locked cell test-{} was edited; the original was used"
    grades = [
        Grade(name, "02_m", "w.py", grade.earned, grade.possible, grade.criteria, (edited.format(name),))
        for name in students
    ]
    grades.append(Grade("torn", "02_m", "t.py", Decimal(0), grade.possible, grade.criteria, refusal="t.py:3: torn."))
    lines = crowded(rubric, grades).partition("to look at:\n")[2].splitlines()
    assert lines[0] == "torn: refused: t.py:3: torn."
    assert " ".join(lines[1:]).split() == (
        [
            "locked",
            "cell",
            "…",
            "was",
            "edited;",
            "the",
            "original",
            "was",
            "used:",
            "7",
            "students:",
            "s0,",
            "s1,",
            "s2,",
            "s3,",
            "s4",
            "and",
            "2",
            "more",
        ]
    )


def test_the_rows_that_are_not_shown_are_counted():
    rubric, grades = crowd(3, ("ann", "bob"))
    assert "1 of 2 submissions are shown" in crowded(rubric, grades, rows=grades[:1])
