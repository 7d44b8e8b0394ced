"""What pages, files and results hold of every kind of thing that there is to say, and of texts without end."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.unit.report.everything import (
    AT,
    LONG,
    SEEN,
    STATUSES,
    STYLE,
    drawn,
    everything,
    failed,
    grade,
    native,
    outcome,
    part,
    parts,
    people,
)
from tito.model.cell_output import Seen
from tito.model.outcome import Failure, Status
from tito.model.rubric import Level
from tito.model.submission import Left
from tito.report import (
    check_json,
)
from tito.report.formats import Options, render
from tito.report.formats.registry import FORMATS
from tito.report.formats.scale import whole_scale
from tito.report.formats.view import view
from tito.report.html import CodeCell, class_page, student_page
from tito.report.html.alike import alike_page
from tito.report.html.answer import answer_page, answers_page
from tito.report.html.course import StudentRow, course_page
from tito.report.marks import Line, marks
from tito.report.similar import similar_report
from tito.report.students import for_students
from tito.scoring.totals import Total
from tito.similarity.pairs import Pair, Read
from tito.similarity.passages import Passage
from tito.workflows.book.stats import ModuleLine


def alike(count):
    code = "".join(f"x{number} = {number}\n" for number in range(40))
    reads = [
        Read(
            f"n{number} {LONG}",
            f"in/{number}.py",
            code,
            (Passage(1, 6, 8), Passage(number + 2, 20, 22), Passage(5, 30, 31)),
        )
        for number in range(count)
    ]
    return reads, [Pair(0, number, 2, 1 - number / 100) for number in range(1, count)]


def test_what_is_alike_is_shown_and_counted(same):
    reads, found = alike(15)
    same("all-similar.txt", drawn(similar_report(reads, found, 3, [Left(LONG, LONG)], STYLE)))
    same("all-similar-none.txt", drawn(similar_report(reads[:1], [], 3, [], STYLE)))
    same("page-alike.html", alike_page("02_m", reads[:3], found[:2], "tito VERSION"))


def test_an_answers_page_shows_what_there_is(same):
    levels = (Level("good", Decimal(2), "All."), Level("poor", Decimal("0.5")))
    criterion = replace(parts()[-3].criterion, tests="Says why.", levels=levels)
    same("page-answer.html", answer_page(LONG, criterion, levels, "one\ntwo", SEEN, "tito VERSION"))
    same("page-answer-bare.html", answer_page("ann", criterion, (), "one", Seen(), "tito VERSION"))
    groups = {"Why": [("ann", "a.html", True), (LONG, "b.html", False)], LONG: []}
    same("page-answers.html", answers_page("02_m", groups, "tito VERSION"))


def test_an_answer_may_be_long():
    criterion = parts()[-3].criterion
    page = answer_page("ann", criterion, (), "a" * 64_001, Seen(), "tito")
    assert "… (1 more character)" in re.sub(r"<[^>]*>", "", page)
    assert "more characters" not in answer_page("ann", criterion, (), "a" * 64_000, Seen(), "tito")


def test_a_courses_page_shows_modules_totals_and_sections(same):
    lines = [
        ModuleLine("01_a", "First", AT, Decimal(1), 3, Decimal(50), Decimal(40), 1, 2),
        ModuleLine("b", "Second", None, Decimal("0.5"), 3, Decimal(120), Decimal("99.96"), 0, 0),
    ]
    rows = [
        StudentRow(f"s{number}", "Sue" * number, (Decimal(number * 10), None), Total(Decimal(number * 10)))
        for number in (3, 1, 10)
    ]
    rows.append(StudentRow("Ann", "", (None, None), Total(None)))
    page = course_page("Course", lines, rows, [("Lab 1", 2, Decimal(75))], 1, "tito VERSION")
    same("page-course.html", page)
    same("page-course-empty.html", course_page("Course", [], [], [], 0, "tito VERSION"))


# What a runner sets; without it the format says so.
CLASSROOM_50 = dict.fromkeys(
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
    "in",
)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"json"}))
def test_a_format_holds_all_of_it(same, form):
    ann, bob, _, refused, *_ = people()
    work = native(ann) if FORMATS[form].one else native(ann, refused, replace(bob, criteria=parts()[:3]))
    if FORMATS[form].one:
        work["data"]["grades"][0]["broken"] = False
    same(f"all-format-{form}.txt", render(form, work, Options(2, CLASSROOM_50)))


def test_pages_hold_all_of_it(same):
    grades = list(people())
    seen = view(native(*grades[:4], *grades[-5:]))
    code = (
        CodeCell("w.py", 1, "a = 1\n\treturn 2\nc = 3\n", SEEN.ran[0], SEEN.says[0]),
        CodeCell("w.py", 9, "def f(): pass\n", SEEN.ran[1]),
        CodeCell("w.py", 20, "\n"),
    )
    same("page-all-class.html", class_page(seen, seen.source["data"]["statistics"]))
    same("page-all-student.html", student_page(seen, seen.rows[0], code))
    same("page-all-refused.html", student_page(seen, seen.rows[3], ()))


@pytest.mark.parametrize(
    ("worth", "scale"),
    {"1": 1, "0.5": 2, "0.25": 4, "0.2": 5, "0.1": 10, "0.05": 20, "0.02": 50, "0.01": 100, "0.001": 100}.items(),
)
def test_points_are_made_whole_by_the_least_scale(worth, scale):
    assert whole_scale([Decimal(1), Decimal(worth)]) == scale


def test_means_are_told_to_two_places_and_a_check_is_right_where_all_that_is_graded_is_earned():
    grades = [replace(grade(name), earned=Decimal(earned)) for name, earned in (("a", "1.234"), ("b", "1.238"))]
    told = native(*grades)["data"]["statistics"]
    assert (told["mean"], told["median"]) == (1.24, 1.24)
    whole = replace(grade("ann"), criteria=parts()[:1], earned=Decimal(40))
    assert json.loads(check_json(whole, ()))["ok"] is True
    assert json.loads(check_json(replace(whole, earned=Decimal(39)), ()))["ok"] is False


def test_a_result_of_an_older_tito_says_nothing_of_lateness():
    work = native(everything())
    del work["data"]["grades"][0]["late_seconds"]
    assert view(work).rows[0].late_seconds == 0


@pytest.mark.parametrize(
    ("root", "path"), [("/class", "sub/w.py"), ("/other", "/class/sub/w.py"), ("", "/class/sub/w.py")]
)
def test_a_file_is_named_as_the_checkout_has_it(root, path):
    work = native(everything(path="/class/sub/w.py"))
    work["data"]["grades"][0]["broken"] = False
    assert f"file={path}" in render("annotations", work, Options(2, {"GITHUB_WORKSPACE": root}))


def test_each_formats_status_is_of_its_own_words(same):
    found = tuple(
        part(each.value, outcome(each, None if each is Status.PASSED else failed("no")), status=each)
        for each in STATUSES
    )
    work = replace(grade(), criteria=found, earned=Decimal(2), possible=Decimal(20))
    result = native(work)
    result["data"]["grades"][0]["broken"] = False
    forms = {form: render(form, result, Options(2, CLASSROOM_50)) for form in sorted(FORMATS) if form != "json"}
    same("all-statuses-formats.txt", "".join(f"== {form}\n{text}\n" for form, text in forms.items()))


def test_of_a_hidden_test_students_get_its_status_alone():
    told = for_students(native(everything()))["data"]["grades"][0]["criteria"]
    hidden = next(each for each in told if each["id"] == "hidden")["tests"][0]
    kept = {"passes", "checks", "output", "value", "seed", "seconds", "failure", "status"}
    assert {key: hidden[key] for key in kept} == {
        "passes": 0, "checks": 1, "output": "", "value": "", "seed": 0, "seconds": 0, "failure": None, "status": "failed",
    }  # fmt: skip


def test_a_tests_time_is_told_to_a_tenth_of_a_millisecond():
    slow = replace(parts()[0], outcomes=(replace(parts()[0].outcomes[0], seconds=1 / 3),))
    (told,) = native(replace(grade(), criteria=(slow,)))["data"]["grades"][0]["criteria"]
    assert told["tests"][0]["seconds"] == 0.3333


def test_a_line_is_marked_where_what_was_called_last_is_defined():
    called = part("a", outcome(Status.FAILED, Failure("no", calls=("f(1)", "g(2)"))))
    (seen,) = view(native(replace(grade(), criteria=(called,)))).rows[0].parts
    code = [Line("w.py", 1, "def f(x):"), Line("w.py", 3, "async def g(x):"), Line("w.py", 5, "class gg:")]
    assert list(marks([seen], code)) == [("w.py", 3)]
