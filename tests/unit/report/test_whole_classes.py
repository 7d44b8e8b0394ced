"""What is told of a class, of every kind of thing that there is to say and of texts without end: how far it is shown."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.console import Console, Group

from tests.unit.report.everything import (
    AT,
    LONG,
    RUBRIC,
    STATUSES,
    STYLE,
    coloured,
    drawn,
    failed,
    grade,
    native,
    outcome,
    part,
    parts,
    people,
)
from tito.audit.strength import Audit, CriterionStrength
from tito.audit.words import Mutant, Mutator
from tito.model.event import Event
from tito.model.grade import Adjustment, AdjustmentKind
from tito.model.outcome import Status
from tito.model.submission import Fates, Left
from tito.report import (
    Shown,
    audit_report,
    class_report,
)
from tito.report.book import Beside, course_report, history_report, module_report, roster_report
from tito.report.causes import causes_report, notes_lines
from tito.report.check import check_report
from tito.report.style import Style
from tito.scoring import statistics


@pytest.mark.parametrize(("name", "shown"), {
    "narrow": Shown(80),
    "named": Shown(160, {"ann": LONG, "d" * 130: LONG, "s1": "Sue"}, fates=Fates((Left(LONG, LONG),), (LONG, "s1"))),
    "wide": Shown(700),
    "transposed": Shown(120, {"ann": LONG}, transpose=True),
}.items())  # fmt: skip
def test_a_class_is_shown_as_far_as_it_fits(same, name, shown):
    grades = list(people())
    rows = grades[:4] if name == "narrow" else None
    report = class_report(RUBRIC, grades, statistics(RUBRIC, grades), style=STYLE, shown=replace(shown, rows=rows))
    same(f"all-class-{name}.txt", drawn(report, shown.width))


def test_a_small_class_has_titles_and_points(same):
    rubric = replace(RUBRIC, points=Decimal(6), criteria=RUBRIC.criteria[:3])
    grades = [replace(each, criteria=each.criteria[:3], possible=Decimal(6)) for each in list(people())[1:3]]
    for transpose in (False, True):
        shown = Shown(80, {"bob": "Bob"}, transpose=transpose)
        report = class_report(rubric, grades, statistics(rubric, grades), style=STYLE, shown=shown)
        same(f"all-class-small{'-transposed' * transpose}.txt", drawn(report, 80))
    assert drawn(class_report(rubric, [], statistics(rubric, []), style=STYLE, shown=Shown()))


def test_notes_of_one_cause_are_one_line(same):
    notes = [
        *((f"s{number}", f"cell {number} was left out") for number in range(7)),
        ("ann", LONG),
        (LONG, "torn"),
        ("bob", "torn"),
    ]
    same("all-notes.txt", drawn(Group(*notes_lines(notes, STYLE))))


def test_an_audit_is_shown(same):
    diff = "--- a\n+++ b\n@@ -1 +1 @@\n-    return x + 1\n+    return x - 1\n     y\n"
    mutants = tuple(
        Mutant(
            f"m{number}", next(iter(Mutator)), "f" * (number % 2), f"w.ipynb[cell {number}]", number, "x", diff, 1, ""
        )
        for number in range(1, 8)
    )
    criteria = (
        CriterionStrength("a", "A", Decimal(10), 8, 7, 3, Decimal(0)),
        CriterionStrength("b", "B", Decimal(5), 0, 0, 0, Decimal(0)),
    )
    stub = (CriterionStrength("c", "C", Decimal(2), 4, 4, 2, Decimal(1)),)
    weak = Audit("01_m", 10, 3, 2, 3, criteria, mutants, 3.0, 2, stale=True, fooled=("zero",))
    audits = [
        weak,
        Audit("02_m", 10, 9, 0, 0, stub, (), 2.0, 1),
        Audit("03_m", 10, 10, 0, 0, criteria[:1], (), 2.0),
        Audit("04_m", 0, 0, 0, 0, (), (), 0.0),
    ]
    for name, survivors, check in (("few", False, False), ("all", True, True)):
        report = audit_report(audits, survivors=survivors, fail_under=90, check=check, style=STYLE)
        console = Console(
            file=io.StringIO(), width=100, force_terminal=True, color_system="standard", legacy_windows=False
        )
        console.print(report)
        same(f"all-audit-{name}.txt", re.sub(r"\x1b\[([\d;]*)m", r"<\1>", console.file.getvalue()))


def test_grades_in_a_gradebook_are_shown_with_what_changes_them(same):
    grades = list(people())
    states = ("graded", "incomplete", "broken", "refused")
    rows = {each.student: (each, states[place % 4]) for place, each in enumerate(grades[:6])}
    whole = module_report(rows, "02_m: Module", STYLE, {"ann": LONG})
    plus = replace(grades[-1], student="pia", adjustments=(Adjustment(AdjustmentKind.EXTRA, "x", Decimal("0.5")),))
    few = module_report({"pia": (plus, "graded")}, "02_m", STYLE)
    events = [Event(AT, "run", LONG, LONG, LONG), Event(AT, "run", "m", "ada", "run 1")]
    same(
        "all-book.txt",
        drawn(Group(whole, few, history_report(events, STYLE), roster_report([("ann", LONG, "a@x")], STYLE))),
    )


@pytest.mark.parametrize("width", [24, 37, 38, 50, 51, 80])
def test_as_many_modules_stand_side_by_side_as_fit(same, width):
    grades = {name: {f"{number:02}_m": grade(name) for number in range(7)} for name in ("ann", "bob")}
    reports = [
        course_report(grades, [f"{number:02}_m" for number in range(7)], STYLE, width, Beside(names))
        for names in ({}, {"ann": "Ann Lee"})
    ]
    same(f"all-course-{width}.txt", drawn(Group(*reports), width))


def test_no_more_rows_are_shown_than_anyone_reads():
    passed = replace(grade("s"), criteria=parts()[:1])
    rubric = replace(RUBRIC, criteria=RUBRIC.criteria[:1])

    def shown(count):
        grades = [replace(passed, student=f"s{number}") for number in range(count)]
        return drawn(
            class_report(rubric, grades[:3], statistics(rubric, grades[:3]), style=STYLE, shown=Shown(rows=grades)),
            80,
        )

    assert "more: --json" not in shown(2_000)
    assert "and 1 more: --json or --format csv has them all" in shown(2_001)


def test_of_what_half_a_class_earns_half_is_told(same):
    rubric = replace(RUBRIC, points=Decimal(4), criteria=RUBRIC.criteria[:2])
    right = replace(parts()[1], status=Status.PASSED, earned=Decimal(2))
    first, second = (
        replace(grade(name), criteria=parts()[:2], possible=Decimal(4), earned=Decimal(2)) for name in ("ann", "bob")
    )
    grades = [first, replace(second, criteria=(parts()[0], right), earned=Decimal(4))]
    report = class_report(rubric, grades, statistics(rubric, grades), style=STYLE, shown=Shown(80))
    same("all-half.txt", coloured(report))
    numbers = native(*grades)["data"]["statistics"]
    assert numbers["criteria"][1] == {"id": "values", "passed": 1, "share": 0.5}


def test_each_status_has_its_sign_colour_and_words(same):
    found = tuple(
        part(each.value, outcome(each, None if each is Status.PASSED else failed("no")), status=each)
        for each in STATUSES
    )
    work = replace(grade(), criteria=found, earned=Decimal(0), possible=Decimal(20))
    reports = [check_report(work, style=style) for style in (STYLE, Style(unicode=False), Style(plain=True))]
    same("all-statuses.txt", coloured(Group(*reports)))
    rubric = replace(RUBRIC, criteria=tuple(each.criterion for each in found), points=Decimal(20))
    grades = [
        replace(work, student=each.value, criteria=(*found[at:], *found[:at])) for at, each in enumerate(STATUSES)
    ]
    same(
        "all-statuses-class.txt",
        coloured(class_report(rubric, grades, statistics(rubric, grades), style=STYLE, shown=Shown(120)), 120),
    )


def test_all_rows_are_all_there_is_to_say():
    grades = list(people())[:2]
    report = class_report(RUBRIC, grades, statistics(RUBRIC, grades), style=STYLE, shown=Shown(80, rows=grades))
    assert "are shown" not in drawn(report)


def test_forty_causes_are_all_shown():
    def shown(count):
        return drawn(
            Group(
                *causes_report(
                    [
                        replace(
                            grade("zoe"),
                            criteria=(),
                            notes=tuple(
                                f"note {'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP'[each] * 3}"
                                for each in range(count)
                            ),
                        )
                    ],
                    {},
                    STYLE,
                )
            )
        )

    assert "more causes" not in shown(40)
    assert "and 1 more causes: --json has them all" in shown(41)
