"""Untrusted text: what is shown, what is written into other formats, and what a CI runner would obey."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tito.report.text import csv_cell, csv_text, escaped, json_text, label, safe, unobeyed

SHOWN = {
    "plain": ("é ✓ 漢 a = b[::2]  # no", "é ✓ 漢 a = b[::2]  # no"),
    "a test's id": ("test_a.py::test_b", "test_a.py::test_b"),
    "controls": ("a\x1b[31mb\x00\x7f\x9b", "a\\x1b[31mb\\x00\\x7f\\x9b"),
    "lines and tabs": ("a\tb\r\nc\rd", "a   b\nc\\x0dd"),
    "bidi": ("\u202egnp\u2066", "\\u202egnp\\u2066"),
    "invisible": ("a\u200bb\u00adc\u3164d", "a\\u200bb\\xadc\\u3164d"),
    "tags": ("\U000e0041", "\\U000e0041"),
    "half a character": ("\ud800", "\\ud800"),
    "four marks on a letter": ("a\u0301\u0301\u0301\u0301", "a\u0301\u0301\u0301\\u0301"),
    "GitHub's command": ("::error::x", "\\::error::x"),
    "a command that a fold would free": ("x ::error::x", "x \\::error::x"),
    "an older command, obeyed within a line": ("x##[error]y ##VSO[x]", "x#\\#[error]y #\\#VSO[x]"),
    "TeamCity's": ("##teamcity[x]", "#\\#teamcity[x]"),
    "a heading": ("## [x]", "## [x]"),
}


@pytest.mark.parametrize(("text", "shown"), SHOWN.values(), ids=SHOWN)
def test_what_acts_is_shown_and_what_does_not_is_left_alone(text, shown):
    assert safe(text) == shown


def test_a_long_text_is_cut_with_a_word():
    assert safe("x" * 50, 10) == "x" * 10 + " … (40 more characters)"


def test_a_label_is_one_line_that_shows_all_of_it():
    assert label("a\nb\tc\r\x1b") == "a\\nb\\tc\\x0d\\x1b"


def test_a_line_that_folding_began_with_a_command_is_broken():
    assert unobeyed("xx\n::error::a\n \x1b[31m ::b\nc::d") == "xx\n\\::error::a\n \x1b[31m \\::b\nc::d"


def test_json_means_the_same_and_holds_no_command():
    document = json.dumps({"a": "##[error]x", "b": "##vso[y]", "c": "## [no]"})
    assert "##[" not in json_text(document)
    assert "##vso[" not in json_text(document)
    assert json.loads(json_text(document)) == json.loads(document)


CELLS = {
    "plain": ("ann", "ann"),
    "a formula": ("=1+1", "'=1+1"),
    "others that begin one": ("+1", "'+1"),
    "minus": ("-1", "'-1"),
    "at": ("@SUM(A1)", "'@SUM(A1)"),
    "full width": ("\uff1d1", "'\uff1d1"),
    "behind blanks": (" \n =1", "' \n =1"),
    "tab": ("\tx", "'\tx"),
    "carriage return": ("\rx", "\\x0dx"),
    "apostrophe": ("'tis", "''tis"),
    "within": ("a=1", "a=1"),
    "controls": ("a\x1bb\ud800", "a\\x1bb\\ud800"),
}


@pytest.mark.parametrize(("text", "cell"), CELLS.values(), ids=CELLS)
def test_a_csv_cell_is_no_formula(text, cell):
    assert csv_cell(text) == cell


@given(st.text() | st.text(alphabet="=+-@\t\r\n' \"ax"))
def test_a_csv_cell_is_taken_back_exactly(text):
    file = io.StringIO()
    csv.writer(file).writerow([csv_cell(text), "end"])
    ((cell, _),) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert csv_text(cell) == escaped(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@given(st.text())
def test_escaped_text_can_be_written_anywhere_and_is_escaped_once(text):
    escaped(text).encode("utf-8")
    assert escaped(escaped(text)) == escaped(text)
