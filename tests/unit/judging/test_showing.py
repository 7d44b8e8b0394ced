"""What cells show is told behind the tests, bounded, whatever a submission makes of it."""

import itertools
import textwrap

import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.showing import Showing
from tito.judging.judge.subjects import Subjects
from tito.judging.plan import Seconds
from tito.model.cell_output import png_size
from tito.model.grader import Grader
from tito.model.submission import Code, Shows

GRADER = Grader("m", "work", (), ())
PICTURE = r"""
import struct, zlib
def chunk(name, data): return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
def png(side): return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(bytes(side * (side + 1)))) + chunk(b"IEND", b""))
def answering(self): SUBJECT._do_pictures = lambda most: self
import gc
SUBJECT = next(each for each in gc.get_objects() if type(each).__name__ == "Subject")
"""


@pytest.fixture
def shows(zygote):
    """Give what (seconds, cells …) show, each with the criterion `all`."""
    opened = []

    def start(*cells, seconds=4.0, ended=()):
        code = [Code(f"w[cell {place}]", 1, textwrap.dedent(each)) for place, each in enumerate(cells, 1)]
        subjects = Subjects(zygote, Contract(recording=True), set(), GRADER, code, Seconds(load=seconds), seed=1)
        opened.append(subjects)
        of = [Shows("all", each.label, 1) for each in code]
        return list(Showing(subjects.empty, "work", code, seconds, dict(ended), of).cells())

    yield start
    for each in opened:
        each.close()


def told(cells):
    return [(each.text, each.value, each.error) for each in cells]


def test_a_cell_shows_what_it_printed_ended_in_and_raised(shows):
    cells = shows(
        "print('a')\n'b'",
        "1/0",
        "x = 3",
        "x;",
        "x",
        "if x:\n    x",
        "None",
        "await __import__('asyncio').sleep(0, 7)",
    )
    assert told(cells) == [
        ("a\n", "'b'", ""), ("", "", "ZeroDivisionError: division by zero"), ("", "", ""), ("", "", ""),
        ("", "3", ""), ("", "", ""), ("", "", ""), ("", "7", ""),
    ]  # fmt: skip
    assert [each.label for each in cells] == [f"w[cell {place}]" for place in range(1, 9)]
    assert {each.criteria for each in cells} == {("all",)}


def test_future_statements_and_lines_are_as_without_a_look(shows):
    cells = shows("from __future__ import annotations", "def f(x: gone): pass\nf.__annotations__", "\n\n1/0 +")
    assert told(cells)[1][1] == "{'x': 'gone'}"
    assert "SyntaxError" in cells[2].error


HANGS = "class R:\n    def __repr__(self):\n        while True: pass\nR()"
LEAVES = "import os\nclass R:\n    def __repr__(self): os._exit(3)\nR()"


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (HANGS, "what it ends in cannot be shown: no answer within 3 s"),
        (LEAVES, "what it ends in cannot be shown: the process ended"),
        ("import os\nos._exit(3)", "the process ended in the middle of the test (exit code 3)"),
        ("import sys\nsys.exit(3)", "SystemExit: 3"),
    ],
)
def test_what_ends_a_subject_is_said_of_its_cell_and_the_next_one_still_shows(shows, source, what):
    first, last = shows(source, "6 * 7", seconds=6.0)
    assert first.error.startswith(what)
    assert last.value == "42"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("class R:\n    def __repr__(self): 1/0\nR()", "(this value cannot be shown: ZeroDivisionError)"),
        ("class R:\n    def __repr__(self): return 7\nR()", "(this value cannot be shown: TypeError)"),
        ("class R:\n    def __repr__(self): raise SystemExit\nR()", ""),
        ("class R:\n    def __repr__(self): raise KeyboardInterrupt\nR()", ""),
    ],
)
def test_a_value_that_cannot_be_shown_is_no_error_of_ours(shows, source, value):
    assert [each.value for each in shows(source, "8")] == [value, "8"]


def test_long_texts_and_values_are_cut_with_a_word(shows):
    printed, value = shows("print('x' * 10**6)", "'y' * 10**7")
    assert len(printed.text) < 8_200
    assert "more characters are left out" in printed.text
    assert len(value.value) < 8_200


def test_all_cells_together_have_a_bound(shows):
    cells = shows(*["print('x' * 7_000)"] * 40)
    assert sum(len(each.text) for each in cells) < (128 << 10) + 40 * 60


def test_an_endless_cell_costs_those_behind_it_their_look_alone(shows):
    cells = shows("1", "while True: print('x' * 1000)", "3", seconds=1.0)
    assert [each.value for each in cells] == ["1", "", ""]
    assert "no answer within" in cells[1].error
    assert cells[2].error == "not run again: the cells before it took all time, or their process"


def test_a_cell_that_ended_the_tests_subject_is_not_run_again(shows):
    cells = shows("while True: pass", "3", ended={0: "this cell did not end"}.items())
    assert told(cells) == [("", "", "this cell did not end"), ("", "3", "")]


@pytest.mark.parametrize(
    "answer",
    [
        "7", "None", "'x'", "([], )", "([], 1, 2)", "(7, 1)", "([b'x'], 1)", "([png(2)[:-1]], 1)", "([png(2) + b'<svg>'], 1)",
        "([bytes(10**6)], 1)", "(['x', 7, None], 3)", "([png(2)], 'x')", "([png(2)], True)", "(7,) * 9", "[[png(2)], 1]",
    ],
)  # fmt: skip
def test_lying_pictures_are_none(shows, answer):
    (cell,) = shows(f"{PICTURE}\nanswering({answer})")
    assert cell.pictures == ()


def test_pictures_are_bounded_by_number_and_bytes(shows):
    (many,) = shows(f"{PICTURE}\nanswering(([png(3)] * 50, 10**30))")
    assert (len(many.pictures), many.left_out) == (4, 999_996)
    noise = "b'IDAT', zlib.compress(__import__('random').randbytes(620 * 621))"
    big = PICTURE.replace('b"IDAT", zlib.compress(bytes(side * (side + 1)))', noise)
    cells = shows(*[f"{big}\nanswering(([png(620)], 1))"] * 4)
    assert [(len(each.pictures), each.left_out) for each in cells] == [(1, 0), (1, 0), (0, 1), (0, 1)]


def test_figures_are_drawn_once_and_only_the_first(shows):
    pytest.importorskip("matplotlib")
    open_figures = """
        import sys, types
        class Figure:
            def get_size_inches(self): return 4, 3
            def savefig(self, place, **how): place.write(png(5))
        left = list(range(10_000))
        pyplot = sys.modules["matplotlib.pyplot"] = types.ModuleType("pyplot")
        pyplot.get_fignums, pyplot.figure = lambda: list(left), lambda number: Figure()
        pyplot.close = lambda _: left.clear()
    """
    first, second = shows(PICTURE + textwrap.dedent(open_figures), "1")
    assert [png_size(each) for each in first.pictures] == [(5, 5)] * 4
    assert (first.left_out, second.pictures, second.left_out) == (9_996, (), 0)


def test_escapes_and_html_are_kept_as_they_are_and_made_safe_where_they_are_shown(shows):
    from tito.report.cells import cell_view

    (cell,) = shows("print('\\x1b[2J<b>\\u202e')\n'<script>'")
    view = cell_view(cell)
    assert "\x1b" not in view.text
    assert "\u202e" not in view.text
    assert list(itertools.chain(view.text.split("\n"))) == ["\\x1b[2J<b>\\u202e", ""]
