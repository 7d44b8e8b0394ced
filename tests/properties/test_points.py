"""Points are exact, and every output shows the same ones: in formats, pages, LMS files, tables and the gradebook."""

import base64
import csv
import io
import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tito.model.grade import Adjustment, AdjustmentKind, CriterionGrade, Grade
from tito.model.outcome import Outcome, Status
from tito.model.points import points, rounded
from tito.model.rubric import Criterion, Rubric
from tito.report import Shown, Style, class_json, class_report, student_report
from tito.report.book import csv_table, module_report
from tito.report.formats import Options, render
from tito.report.formats.view import view
from tito.report.html import class_page, student_page
from tito.report.lms import SYSTEMS, Score, Target, fill
from tito.scoring import statistics
from tito.workflows.book.grades import Book, Standing, rows

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
OPTIONS = Options(1000, GIVEN)
AT = datetime(2026, 10, 1, tzinfo=UTC)


def graded(*earned, late=Decimal(0)):
    """Return a rubric of criteria worth 5 each, and a grade that earned so much of them."""
    criteria = [Criterion(f"c{place}", Decimal(5), f"C {place}") for place, _ in enumerate(earned)]
    rubric = Rubric("01_m", "Module", Decimal(5) * len(earned), tuple(criteria))
    parts = tuple(
        CriterionGrade(each, Status.FAILED, points, (Outcome(each.id, "t", Status.FAILED),))
        for each, points in zip(criteria, earned, strict=True)
    )
    lines = (Adjustment(AdjustmentKind.LATE, "1 h late", late),) if late else ()
    return rubric, Grade("ann", "01_m", "ann.py", sum(earned, Decimal(0)), rubric.points, parts, adjustments=lines)


def told(rubric, grade):
    """Return the final points, by output, as each of them says it."""
    text = class_json(rubric, [grade], statistics(rubric, [grade]), "2026-10-01T12:00:00+00:00")
    native = json.loads(text, parse_float=Decimal)
    made = {name: render(name, native, OPTIONS) for name in FORMATS}
    return {"json": native["data"]["grades"][0]["final"], **{name: FORMATS[name](made[name]) for name in FORMATS}}


def _csv(text):
    return next(csv.DictReader(io.StringIO(text)))["final"]


def _junit(text):
    found = ET.fromstring(text).find("testsuite/properties/property[@name='points']")  # noqa: S314 - our own
    return found.get("value")


def _gradescope(text):
    content = json.loads(text, parse_float=Decimal)
    return content.get("score", sum(each["score"] for each in content["tests"]))


def _runners(text):
    texts = [line.partition("=")[2] for line in text.splitlines()[1:]]
    found = [json.loads(base64.b64decode(each), parse_float=Decimal) for each in texts]
    return sum(test["score"] for each in found for test in each["tests"])


FORMATS = {
    "csv": _csv,
    "junit": _junit,
    "markdown": lambda text: re.search(r"\*\*([\d.]+) of", text)[1],
    "summary": lambda text: re.search(r"\*\*([\d.]+) of", text)[1],
    "gradescope": _gradescope,
    "classroom50": lambda text: Decimal(json.loads(text)["score"]) / 1000,
    "github-classroom": _runners,
    "annotations": lambda text: re.search(r"Points ([\d.]+)/", text)[1],
    "outputs": lambda text: re.search(r"score=([\d.]+)", text)[1],
}
EARNED = st.integers(0, 5000).map(lambda number: Decimal(number) / 1000)


@given(st.lists(EARNED, min_size=1, max_size=4))
def test_every_format_tells_the_same_points(earned):
    rubric, grade = graded(*earned)
    assert set(map(Decimal, told(rubric, grade).values())) == {grade.final}


@given(EARNED, EARNED)
def test_every_format_tells_the_same_points_of_late_work(earned, late):
    rubric, grade = graded(earned, Decimal(5), late=-late)
    assert set(map(Decimal, told(rubric, grade).values())) == {grade.final}


def drawn(renderable):
    console = Console(file=io.StringIO(), width=100)
    console.print(renderable)
    return console.file.getvalue()


def screens(rubric, grade):
    """Return what people read, by where they read it."""
    summary, style = statistics(rubric, [grade]), Style()
    native = json.loads(class_json(rubric, [grade], summary))
    result = view(native)
    sheet = f"Student,ID,SIS Login ID,Section,Module (7)\r\n    Points Possible,,,,{rubric.points}\r\nA,1,ann,1,\r\n"
    score = Score("ann", frozenset({"ann"}), grade.final)
    filled = fill(sheet.encode(), "c.csv", SYSTEMS["canvas"], [score], Target(("Module",), rubric.points))
    return {
        "the class": drawn(class_report(rubric, [grade], summary, style=style, shown=Shown(100))),
        "a student": drawn(student_report(grade, style=style)),
        "the gradebook": drawn(module_report({"ann": (grade, "graded")}, "M", style)),
        "the class page": class_page(result, native["data"]["statistics"]),
        "a student's page": student_page(result, result.rows[0], []),
        "Canvas": filled.content.decode(),
    }


@pytest.mark.parametrize(
    ("earned", "shown"), [("2.345", "2.345"), ("2.35", "2.35"), ("2.5", "2.5"), ("0.005", "0.005")]
)
def test_every_screen_and_file_shows_the_same_points(earned, shown):
    rubric, grade = graded(Decimal(earned))
    missing = [
        where for where, text in screens(rubric, grade).items() if not re.search(rf"(?<![\d.]){shown}(?!\d)", text)
    ]
    assert missing == []


def test_the_gradebooks_export_is_exact():
    from tito.gradebook.people import Person
    from tito.gradebook.read import Kept

    rubric, grade = graded(Decimal("2.345"))
    kept = Kept(grade, rubric, 1, 1, AT, "ada", "tito", "", 1)
    book = Book((Person("ann"),), ("01_m",), (Standing(Person("ann"), "01_m", kept),), (rubric,))
    (row,) = csv.DictReader(io.StringIO(csv_table(rows(book))))
    assert (row["final"], row["percent"]) == ("2.345", "46.9")


@pytest.mark.parametrize(
    ("value", "places", "half_up"),
    [
        ("2.345", 2, "2.35"),
        ("2.355", 2, "2.36"),
        ("-2.345", 2, "-2.35"),
        ("0.0005", 3, "0.001"),
        ("2.344", 2, "2.34"),
    ],
)
def test_a_half_is_rounded_up(value, places, half_up):
    assert rounded(Decimal(value), places) == Decimal(half_up)


@given(st.decimals(-1000, 1000, places=3))
def test_points_are_shown_whole_and_never_as_minus_nothing(value):
    assert Decimal(points(value)) == value
    assert points(value) == "0" or not points(value).startswith("-0.000")
    assert points(value) != "-0"
