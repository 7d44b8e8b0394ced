"""Where the time of a class goes."""

import io
from decimal import Decimal

from rich.console import Console

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Outcome, Status
from tito.model.rubric import Criterion, Rubric
from tito.report import Style
from tito.report.timings import timings_report

CRITERIA = tuple(Criterion(name, Decimal(1), name.title()) for name in ("quick", "slow", "never"))
RUBRIC = Rubric("01_m", "M", Decimal(3), CRITERIA)


def grade(student, seconds, **spent):
    parts = tuple(
        CriterionGrade(
            each, Status.PASSED, Decimal(1), (Outcome(each.id, "t", Status.PASSED, spent.get(each.id, 0.0)),)
        )
        for each in CRITERIA
    )
    return Grade(student, "01_m", "w.py", Decimal(3), Decimal(3), parts, seconds=seconds)


def lines(*grades):
    console = Console(file=io.StringIO(), width=80)
    console.print(timings_report(RUBRIC, grades, Style(unicode=True)))
    return [line.split() for line in console.file.getvalue().splitlines() if "%" in line]


def test_the_dearest_criterion_comes_first_with_its_mean_and_its_slowest():
    rows = lines(grade("ada", 3.5, quick=0.5, slow=2.0), grade("bob", 1.5, quick=0.5, slow=1.0))
    assert rows[1] == ["Slow", "60%", "3.0", "s", "1.5", "s", "2.0", "s", "ada"]
    assert rows[2][:5] == ["Quick", "20%", "1.0", "s", "500"]


def test_what_no_test_took_is_starting_and_loading():
    (first, *_) = lines(grade("ada", 3.5, quick=0.5, slow=2.0), grade("bob", 1.5, quick=0.5, slow=1.0))
    assert first == ["starting", "and", "loading", "20%", "1.0", "s", "500", "ms", "1.0", "s", "ada"]


def test_a_class_that_took_no_time_has_no_shares():
    rows = lines(grade("ada", 0.0))
    assert len(rows) == 4
    assert all("0%" in row for row in rows)


def test_less_than_a_second_is_told_in_milliseconds():
    text = str(lines(grade("ann", 2.0, slow=0.999, quick=1.04)))
    assert "'999', 'ms'" in text
    assert "'1.0', 's'" in text
