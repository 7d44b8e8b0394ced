"""Charts as numbers: where bars, dots and ticks stand in a picture of 640 by 220."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from tito.report.html.charts import Bar, Dot, Tick, histogram, shares, time_line
from tito.report.html.course import means
from tito.workflows.book.stats import ModuleLine


def row(student, submitted, percent, late=0):
    return SimpleNamespace(student=student, submitted=submitted, percent=percent, late_seconds=late, parts=())


def test_bars_stand_on_one_line_and_the_highest_reaches_the_top():
    found = histogram([0, 2, 4, 0, 0, 0, 0, 0, 0, 1])
    assert {bar.y + bar.height for bar in found.bars} == {190.0}
    first, last = found.bars[0], found.bars[9]
    assert (first.x, first.width, first.height, first.label) == (38.0, 52.6, 0.0, "0\u20139")
    assert (found.bars[2].y, found.bars[2].height, found.bars[1].height) == (12.0, 178.0, 89.0)
    assert (last.x, last.height, last.label, last.count) == (583.4, 44.5, "90\u2013100", 1)
    assert found.ticks == (Tick(190.0, "0"), Tick(145.5, "1"), Tick(101.0, "2"), Tick(56.5, "3"), Tick(12.0, "4"))


@pytest.mark.parametrize(("most", "marks"), [(0, "01"), (3, "0123"), (9, "0369"), (17, "0 5 10 15")])
def test_an_axis_has_five_marks_at_most(most, marks):
    wanted = marks.split() if " " in marks else list(marks)
    assert [each.label for each in histogram([most, 0]).ticks] == wanted


def test_dots_stand_by_time_and_share_and_late_ones_are_named():
    found = time_line(
        [
            row("bob", "2026-10-02T12:00:00+00:00", 50, late=1),
            row("ann", "2026-10-01T12:00:00+00:00", 120),
            row("cy", "", 10),
            row("dan", "2026-10-01T18:00:00+00:00", None),
        ]
    )
    assert found.dots == (
        Dot(46.0, 12.0, late=False, title="ann: 120 %, 2026-10-01 12:00"),
        Dot(628.0, 101.0, late=True, title="bob: 50 %, 2026-10-02 12:00, late"),
    )
    assert [each.at for each in found.days] == [46.0, 240.0, 434.0, 628.0]
    assert [each.label for each in found.days][::3] == ["01 Oct 12:00", "02 Oct 12:00"]
    assert found.shares == (Tick(190.0, "0"), Tick(101.0, "50"), Tick(12.0, "100"))


def test_a_time_line_needs_two_times_and_is_an_hour_long_at_least():
    one = row("ann", "2026-10-01T12:00:00+00:00", 10)
    assert time_line([one]) is None
    assert [dot.x for dot in time_line([one, one]).dots] == [46.0, 46.0]
    assert time_line([one, one]).days[3].label == "01 Oct 13:00"


def test_a_course_has_a_bar_for_each_mean():
    lines = [
        ModuleLine(f"0{place}_m", "M", None, Decimal(1), 3, Decimal(mean), Decimal(0), 0, 0)
        for place, mean in ((1, 50), (2, 100))
    ]
    assert means(lines) == (Bar(64.3, 101.0, 242.4, 89.0, "01", 50), Bar(367.3, 12.0, 242.4, 178.0, "02", 100))
    assert means([]) == ()


def test_a_share_is_never_rounded_up_to_all():
    known = {
        "counted": 3,
        "criteria": [{"id": str(each), "passed": 1, "share": each} for each in (0.996, 1, 0.005, 0)],
    }
    assert [each.percent for each in shares(known, [])] == ["99", "100", "0", "0"]
    assert next(each.title for each in shares(known, [])) == "0.996"
