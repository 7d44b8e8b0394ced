"""Each report as a terminal shows it, colours as well, beside a file of it that was looked at.

A change of one is a change of what people see: `python -m pytest … --write-screens` writes the files anew.
"""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import pytest
from rich.console import Console, Group

from tito.model.event import Event
from tito.model.grade import Adjustment, AdjustmentKind, Mark, Override
from tito.model.outcome import Status
from tito.model.rubric import Criterion, Level, Rubric
from tito.model.submission import Fates, Left
from tito.report.book import Beside, course_report, history_report, module_report, roster_report
from tito.report.check import student_report
from tito.report.comparison import comparison_report
from tito.report.difference import difference_report
from tito.report.fates import fates_report
from tito.report.formats import Options, render
from tito.report.formats.registry import FORMATS
from tito.report.formats.view import view
from tito.report.html import CodeCell, class_page, student_page
from tito.report.review import Shown, answer_report, comments_report, progress_report
from tito.report.stats import course_stats, module_stats
from tito.report.style import Style
from tito.report.timings import timings_report
from tito.scoring.comparison import compare
from tito.scoring.difference import difference
from tito.scoring.items import Alike, Item, Together
from tito.scoring.totals import Total
from tito.workflows.book.stats import ModuleLine

SCREENS = Path(__file__).parent / "screens"
AT = datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
VARIABLES = (
    "GITHUB_WORKSPACE", "CLASSROOM", "ASSIGNMENT", "ASSIGNMENT_TYPE", "OWNER", "SUBMISSION_TAG", "COMMIT_URL",
    "RELEASE_URL", "REVIEW_URL", "USERNAME",
)  # fmt: skip
ESCAPE = re.compile(r"\x1b\[([\d;]*)m")


def shown(report, width=80):
    """Return what a terminal of the width shows, with colours as words."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", width=width, legacy_windows=False)
    console.print(report)
    text = ESCAPE.sub(lambda code: f"<{code[1].removeprefix('0')}>", out.getvalue())
    return "\n".join(line.rstrip() for line in text.split("\n"))


@pytest.fixture
def people(grade):
    extra = Adjustment(AdjustmentKind.EXTRA, "Bonus", Decimal("1.5"), "x")
    late = Adjustment(AdjustmentKind.LATE, "1 day late: 1 day at 1 point", Decimal(-1))
    ann = grade("ann", adjustments=(extra,))
    bob = grade("bob", Status.FAILED, Status.PASSED, Status.TIMEOUT, adjustments=(late,), submitted=AT)
    cy = grade("cy", Status.BROKEN, Status.PASSED, Status.PASSED)
    dan = grade("dan", Status.BLOCKED, Status.BLOCKED, Status.BLOCKED, refusal="it is not JSON")
    part = replace(
        bob.criteria[2], override=Override(Decimal("0.5"), "ada", "typo", AT, Decimal(0)), earned=Decimal("0.5")
    )
    bob = replace(bob, criteria=(*bob.criteria[:2], part), earned=Decimal(3))
    waiting = replace(
        grade("eve"), criteria=(replace(ann.criteria[0], pending=True, earned=Decimal(0)), *ann.criteria[1:])
    )
    return ann, bob, cy, dan, replace(waiting, earned=Decimal(3))


@pytest.fixture
def rubric(people):
    return Rubric("02_m", "Module", Decimal(5), tuple(part.criterion for part in people[0].criteria))


def reports(people, rubric, style):
    ann, bob, _, dan, eve = people
    book = {each.student: {"02_m": each, "03_n": None} for each in people}
    yield "course", course_report(book, ["02_m", "03_n"], style, 80, Beside({"ann": "Ann Lee"}, {("dan", "03_n")}))
    long = "n" * 70
    yield (
        "long-names",
        Group(
            course_report({long: {long: ann}}, [long], style, 160, Beside({long: long})),
            module_report({long: (bob, "graded")}, long, style, {long: long}),
            roster_report([(long * 2, long * 2, long * 2)], style),
            history_report([Event(AT, "run", long, long, long * 5), Event(AT, "run", "m", long, "")], style),
            progress_report([(long, long * 4, 1, 2)], style),
            comments_report([long * 4], style),
            answer_report(
                Shown(replace(ann.criteria[0].criterion, title=long * 4), long, (Level(long, Decimal(1), long * 4),)),
                style,
                9,
            ),
        ),
    )
    yield "course-narrow", course_report(book, ["02_m", "03_n"], style, 24, Beside())
    states = ("graded", "graded", "broken", "refused", "incomplete")
    rows = {each.student: (each, state) for each, state in zip(people, states, strict=True)}
    yield "module", module_report({**rows, "fay": (None, "missing")}, "02_m: Module", style, {"bob": "Bob Ray"})
    yield "roster", roster_report([("ann", "Ann Lee", "ann@x.example"), ("bob", "", "")], style)
    events = [
        Event(AT, "run", "02_m", "ada", "run 1"),
        Event(AT, "override", "03_n", "a very long name of a person", "t: 1 point"),
    ]
    yield "history", Group(history_report(events, style), history_report(events[:1], style))
    levels = (Level("good", Decimal(2), "All of it."), Level("poor", Decimal("0.5")))
    manual = Criterion("why", Decimal(2), "Why", "Says why.")
    yield (
        "answer",
        answer_report(Shown(manual, "one\ntwo\nthree", levels, Mark(Decimal(2), "good"), "Well."), style, 2),
    )
    yield "answer-empty", answer_report(Shown(manual, " \n", levels, Mark(Decimal(1))), style, 1)
    yield "answer-whole", answer_report(Shown(replace(manual, tests=""), "one\ntwo", levels[:1]), style, 2)
    yield "comments", comments_report(["Why?", "See\npage 3."], style)
    yield "progress", progress_report([("why", "Why", 3, 12), ("b-x", "b: X", 0, 1)], style)
    yield "student", student_report(bob, style=style, name="Bob Ray")
    moved = difference([ann, bob, dan], [bob_as(ann, bob), bob_as(bob, ann), dan, eve], ["t was edited"])
    yield "difference", difference_report(moved, style)
    yield "difference-none", difference_report(difference([ann], [ann]), style)
    theirs = {("ann", "t-a"): Decimal(1), ("bob", "t-a"): Decimal(0), ("zoe", "t-a"): Decimal(2)}
    yield "comparison", comparison_report([compare("02_m", [ann, bob], theirs), compare("03_n", [], {})], style)
    left = [Left(f"in/{number}.txt", "no .py") for number in range(42)]
    fates = Fates(tuple(left), tuple(f"s{number}" for number in range(10)))
    yield "fates", Group(*fates_report({"graded": 5, "refused": 1}, fates, {"s0": "Sy"}, style))
    yield (
        "course-stats",
        course_stats(LINES, TOTALS, [("Lab 1", 2, Decimal(75)), ("Lab 2", 1, Decimal("0.4"))], 2, style),
    )
    yield "course-stats-none", course_stats(LINES[:1], [Total(None)], [], 0, style)
    items = [Item("a", "A", 1, 6, 0.25, 0.19), Item("b", "B", 6, 6, 1.0, 0.2), Item("c", "C", 0, 0, 0.0, None)]
    crowd = tuple(f"s{number}" for number in range(7))
    groups = [Alike(f"k{number}", "a", "A", "failed: got 1", crowd[: 2 + number % 6]) for number in range(21)]
    yield "module-stats", module_stats(LINES[0], items, [Together("a", "b", 5, 6, 0.834)], groups, style)
    yield "module-stats-few", module_stats(LINES[1], items[1:], [], groups[:1], style)
    yield "timings", timings_report(rubric, people, style)


LINES = [
    ModuleLine("01_a", "First", AT, Decimal(1), 3, Decimal(50), Decimal(40), 1, 2),
    ModuleLine("02_b", "Second", None, Decimal("0.5"), 3, Decimal(100), Decimal("99.96"), 0, 0),
]
TOTALS = [Total(Decimal(each)) for each in ("0", "9.99", "10", "55.5", "100", "120")] + [Total(None)]


def bob_as(grade, other):
    return replace(other, student=grade.student)


@pytest.mark.parametrize(
    "style", [Style(), Style(unicode=False), Style(plain=True)], ids=["unicode", "ascii", "plain"]
)
def test_reports_are_shown_as_they_were_looked_at(people, rubric, style, request):
    name = request.node.callspec.id
    for report, content in reports(people, rubric, style):
        path = SCREENS / f"{report}.{name}.txt"
        text = shown(content)
        if request.config.getoption("--write-screens"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text, path.name


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_writes_what_was_looked_at(form, people, rubric, native, request):
    ann, bob, *others = people
    slow = replace(bob, criteria=tuple(timed(part, place) for place, part in enumerate(bob.criteria)), seconds=2.75)
    result = native(*([slow] if FORMATS[form].one else [ann, slow, *others]))
    text = render(form, result, Options(2, dict.fromkeys(VARIABLES, "in")))
    same_as_before(f"format-{form}.txt", text, request)


def timed(part, place):
    return replace(part, outcomes=tuple(replace(each, seconds=1.5 + place) for each in part.outcomes))


def test_pages_are_what_was_looked_at(people, native, request):
    result = native(*people)
    seen = view(result)
    code = (CodeCell("w.py", 1, "a = 1\nb = 2\nc = 3\n"), CodeCell("w.py", 9, "d = 4\n"))
    same_as_before("page-class.html", class_page(seen, result["data"]["statistics"]), request)
    for row in seen.rows[:2]:
        same_as_before(f"page-{row.student}.html", student_page(seen, row, code), request)


def same_as_before(name, text, request):
    """Compare with a file, versions and styles left out."""
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL).replace(
        metadata.version("tito-autograder"), "VERSION"
    )
    if request.config.getoption("--write-screens"):
        (SCREENS / name).write_text(text, "utf-8")
    assert (SCREENS / name).read_text("utf-8") == text, name
