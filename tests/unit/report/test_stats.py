"""A course and a module in numbers, as they are printed and drawn."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from rich.console import Console

from tito.report import Style
from tito.report.html.course import StudentRow, course_page, means
from tito.report.stats import course_stats, module_stats
from tito.scoring.items import Alike, Item, Together
from tito.scoring.totals import Total
from tito.workflows.book.stats import ModuleLine

LINES = [
    ModuleLine("01_a", "First <b>", None, Decimal(1), 3, Decimal(50), Decimal(40), 1, 2),
    ModuleLine("02_b", "Second", None, Decimal(2), 3, Decimal(100), Decimal(100), 0, 0),
]


def drawn(renderable, *, unicode=True, width=120):
    console = Console(width=width, no_color=True, legacy_windows=False)
    with console.capture() as text:
        console.print(renderable)
    return text.get()


@pytest.mark.parametrize("unicode", [True, False])
def test_a_course_is_its_modules_its_totals_and_its_sections(unicode):
    totals = [Total(Decimal(55)), Total(Decimal(95)), Total(None)]
    text = drawn(course_stats(LINES, totals, [("Lab 1", 2, Decimal(75))], 1, Style(unicode=unicode)))
    assert "course total of 2 students, the lowest 1 dropped: mean 75.0 %" in text
    assert [line.split()[0] for line in text.splitlines() if line.strip().startswith("50-59")] == ["50-59"]
    assert text.isascii() is not unicode
    (section,) = [line for line in text.splitlines() if "Lab 1" in line]
    assert ("█" if unicode else "#") * 15 in section
    assert ("█" if unicode else "#") * 16 not in section


def test_a_criterion_that_tells_nobody_apart_is_marked():
    items = [
        Item("a", "Alpha", 3, 4, 0.75, 0.5),
        Item("b", "Beta", 1, 4, 0.25, -0.1),
        Item("c", "C", 4, 4, 1.0, None),
    ]
    groups = [Alike("abc123", "b", "Beta", "failed: got …", tuple(f"s{number}" for number in range(8)))]
    text = drawn(module_stats(LINES[0], items, [Together("a", "b", 5, 6, 0.83)], groups, Style()))
    rows = {line.split()[0]: line for line in text.splitlines() if line.strip()}
    assert rows["Beta"].rstrip().endswith("-0.10 !")
    assert rows["Alpha"].rstrip().endswith("+0.50")
    assert "a and b: 5 lose both, of 6 who lose either (phi 0.83)" in text
    assert "abc123  8 students: Beta: failed: got … (s0, s1, s2, s3, s4, s5 and 2 more)" in text


def test_a_modules_bar_is_as_high_as_its_mean():
    first, second = means(LINES)
    assert second.height == pytest.approx(2 * first.height, abs=0.2)
    assert first.y + first.height == pytest.approx(second.y + second.height, abs=0.2)
    assert first.x + first.width < second.x


def test_the_page_of_a_course_escapes_names_and_brackets_what_is_dropped():
    student = StudentRow("ann", "<script>", (Decimal(50), None), Total(Decimal(50), ("01_a",)))
    page = course_page("course", LINES, [student], [], 1, "tito 0")
    assert "<script>" not in page
    assert "(50.0)" in page
    assert "First &lt;b&gt;" in page


def test_a_narrow_table_has_short_bars_and_whole_numbers_and_heads():
    due = datetime(2026, 10, 1, tzinfo=UTC)
    lines = [replace(LINES[0], module="01_summary", due=due), LINES[1]]
    text = drawn(course_stats(lines, [], [], 0, Style()), width=80)
    assert max(map(len, text.splitlines())) <= 80
    for whole in ("01_summary", "2026-10-01", "missing", "median %", "50.0"):
        assert whole in text
