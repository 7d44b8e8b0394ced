"""What is told of one work, of every kind of thing that there is to say and of texts without end: how far it is shown."""

from dataclasses import replace
from decimal import Decimal

import pytest
from rich.console import Group

from tests.unit.report.everything import (
    LINES,
    LONG,
    OWN,
    SEEN,
    STYLE,
    coloured,
    drawn,
    everything,
    failed,
    grade,
    native,
    outcome,
    part,
    parts,
)
from tito.model.cell_output import Seen
from tito.model.grade import Adjustment, AdjustmentKind, Mark
from tito.model.grader import LockedCriterion
from tito.model.outcome import Frame, Status
from tito.model.rubric import Level
from tito.report import (
    first_thing,
    student_report,
    syntax_report,
)
from tito.report.cells import cells_report
from tito.report.check import check_report
from tito.report.formats.explain import explain
from tito.report.formats.view import view
from tito.report.html import student_page
from tito.report.own import OwnCell, OwnFile, SyntaxFault
from tito.report.review import Shown as Answer
from tito.report.review import answer_report, whole_report
from tito.report.style import Style


def test_a_student_is_told_all_of_it(same):
    hidden = [LockedCriterion("h", Decimal(3), ("t.py::test_h",), hidden=True)]
    same(
        "all-student.txt",
        drawn(student_report(replace(everything(), student=LONG, module=LONG), style=STYLE, name=LONG)),
    )
    told = check_report(
        everything(),
        hidden=hidden,
        style=STYLE,
        own=OWN,
        partly=["passed", "values"],
        remarks=[LONG],
        steps=["go on"],
    )
    same("all-check.txt", drawn(told))
    plain = check_report(everything(), style=Style(plain=True), own=OWN, partly=["passed"])
    same("all-check-plain.txt", drawn(plain))


def test_the_first_thing_is_a_stop_then_what_is_missing_then_what_is_to_do(same):
    stopped, rest = everything(), grade()
    stubs = tuple(each for each in parts() if each.criterion.id.startswith(("stub", "passed")))
    reports = [first_thing(each, style=STYLE, own=OWN) for each in (stopped, rest, replace(rest, criteria=stubs))]
    same("all-first.txt", drawn(Group(*reports)))
    assert first_thing(replace(rest, criteria=parts()[:1]), style=STYLE) is None


def test_a_notebooks_places_are_its_cells(same):
    cells = (OwnCell(3, LONG), OwnCell(None, "y = 1"))
    own = OwnFile("w.ipynb", "w.ipynb", cells=cells)
    frames = [Frame(f"w.ipynb[cell {number}]", 2, "f") for number in (1, 2, 3, 0)]
    found = [part(each.path, outcome(Status.ERROR, failed(f"no {each.path}", frames=(each,)))) for each in frames]
    work = replace(grade(notes=("w.ipynb[cell 2]:3: KeyError: 1", "w.ipynb[cell 9]: x")), criteria=tuple(found))
    same("all-notebook.txt", drawn(check_report(work, style=STYLE, own=own)))


@pytest.mark.parametrize("column", [0, 3])
def test_what_is_no_python_is_pointed_at(same, column):
    fault = SyntaxFault("w.py", 9, column, "SyntaxError", LONG, "def f(:", f"x = {LONG}")
    for name, each in (("one", fault), ("first", replace(fault, line=1, before=" "))):
        same(f"all-syntax-{name}-{column}.txt", drawn(syntax_report(each, style=STYLE, own=OWN)))


def test_what_cells_showed_is_shown(same):
    reports = [
        cells_report(SEEN, STYLE),
        cells_report(SEEN, STYLE, 2),
        cells_report(Seen(), STYLE),
        cells_report(Seen(asked=True), STYLE),
    ]
    same("all-cells.txt", drawn(Group(*reports), 240))


def test_no_more_levels_are_shown_than_there_are_keys(same):
    levels = tuple(Level(f"level {number} {LONG}", Decimal(number), LONG) for number in range(11))
    shown = Answer(replace(parts()[0].criterion, title=LONG), LINES, levels, Mark(Decimal(2), levels[2].name), LONG)
    same(
        "all-answer.txt",
        drawn(Group(answer_report(shown, STYLE, 5), answer_report(replace(shown, text=LONG * 3), STYLE, 5))),
    )


def test_a_whole_work_may_be_long():
    assert "more character" not in drawn(whole_report("a" * 100_000, STYLE), 80)
    assert "… (1 more character)" in drawn(whole_report("a" * 100_001, STYLE), 80)


def test_an_answers_text_may_be_long():
    def shown(size):
        return drawn(answer_report(Answer(parts()[0].criterion, "a" * size, ()), STYLE, 5), 30_000)

    assert "more character" not in shown(20_000)
    assert "… (1 more character)" in shown(20_001)


def test_what_is_sure_is_green_where_it_is_all_there_is_to_earn(same):
    right, wrong = parts()[0], parts()[1]
    hidden = [LockedCriterion("h", Decimal(3), ("t.py::test_h",), hidden=True)]
    bonus = replace(right, criterion=replace(right.criterion, id="bonus", extra=True))
    all_of_it = replace(grade(), criteria=(right, bonus), earned=Decimal(2), possible=Decimal(2))
    half = replace(all_of_it, criteria=(right, wrong), possible=Decimal(4))
    reports = [
        check_report(each, hidden=secret, style=STYLE, partly=partly)
        for each in (all_of_it, half)
        for secret, partly in (
            (hidden, ()),
            ((), ["passed"]),
            ((), ["values"]),
            ((), ["bonus"]),
            (hidden, ["passed", "values"]),
        )
    ]
    same("all-sure.txt", coloured(Group(*reports)))


def test_what_is_earned_whole_is_green(same):
    whole = replace(grade(), criteria=parts()[:1], earned=Decimal(2), possible=Decimal(2))
    less = replace(whole, earned=Decimal("1.5"))
    more = replace(whole, adjustments=(Adjustment(AdjustmentKind.EXTRA, "x", Decimal(1)),))
    waits = replace(whole, criteria=(*parts()[:1], next(each for each in parts() if each.pending)))
    same("all-totals.txt", coloured(Group(*(check_report(each, style=STYLE) for each in (whole, less, more, waits)))))


@pytest.mark.parametrize("count", [12, 13])
def test_twelve_lines_are_shown_whole(count):
    told = part("a", outcome(Status.FAILED, failed("\n".join(f"line {each}" for each in range(count)))))
    (seen,) = view(native(replace(grade(), criteria=(told,)))).rows[0].parts
    assert ("more line" in explain(seen)) is (count > 12)
    assert ("more line" in drawn(check_report(replace(grade(), criteria=(told,)), style=STYLE))) is (count > 12)


def test_what_a_person_has_yet_to_grade_waits_whatever_its_tests_said():
    waiting = replace(parts()[0], pending=True)
    (seen,) = view(native(replace(grade(), criteria=(waiting,)))).rows[0].parts
    assert explain(seen) == "why: a person has yet to grade this"


def test_what_waits_is_said_to_be_extra_credit_where_it_is_that_alone():
    waiting = next(each for each in parts() if each.pending)
    extra = replace(waiting, criterion=replace(waiting.criterion, extra=True))
    work = replace(grade(), criteria=(parts()[0], extra), earned=Decimal(2), possible=Decimal(2))
    assert "incomplete: 2 of 2 points, extra credit has yet to be graded" in drawn(check_report(work, style=STYLE))
    page = student_page(seen := view(native(work)), seen.rows[0], ())
    assert "so far: a person has yet to grade the extra credit" in page
