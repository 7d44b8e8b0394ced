"""Where a student's own lines are, as a terminal opens them and as Jupyter numbers them; the first thing first."""

import io

import pytest
from rich.console import Console

from tito.model.outcome import Frame
from tito.report import Style, syntax_report
from tito.report.own import OwnCell, OwnFile, SyntaxFault

SCRIPT = OwnFile("modules/02_m/m_dev.py", "m_dev.py", "02_m", root="../")
NOTEBOOK = OwnFile(
    "m.ipynb", "m.ipynb", cells=(OwnCell(None, "# Title"), OwnCell(7, "def f(x):"), OwnCell(None, "y = 1"))
)


@pytest.mark.parametrize(
    ("own", "path", "line", "told"),
    [
        (SCRIPT, "m_dev.py", 12, "modules/02_m/m_dev.py:12"),
        (SCRIPT, "mini/core/double.py", 3, "../mini/core/double.py:3"),
        (NOTEBOOK, "m.ipynb[cell 2]", 4, "m.ipynb, In [7] `def f(x):`, line 4"),
        (NOTEBOOK, "m.ipynb[cell 3]", 1, "m.ipynb, In [ ] `y = 1`, line 1"),
        (NOTEBOOK, "m.ipynb[cell 99]", 1, "m.ipynb, cell 99, line 1"),
    ],
)
def test_a_place_is_as_it_is_opened(own, path, line, told):
    assert own.place(path, line) == told


def test_a_frame_shows_its_line():
    assert SCRIPT.frame(Frame("m_dev.py", 3, "f", "  return 1")) == "modules/02_m/m_dev.py:3 in f: return 1"


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("m.ipynb[cell 2]:3: NameError: x", "m.ipynb, In [7] `def f(x):`, line 3: NameError: x"),
        ("m.ipynb[cell 2]: this cell did not end", "m.ipynb, In [7] `def f(x):`, line 1: this cell did not end"),
        ("locked cell setup was edited: see", "locked cell setup was edited: see"),
        ("other.py:3: NameError: x", "other.py:3: NameError: x"),
    ],
)
def test_a_note_on_a_cell_of_the_file_names_it_as_jupyter_does(note, told):
    assert NOTEBOOK.note(note) == told


def test_a_syntax_error_has_its_line_a_caret_and_nothing_about_points():
    fault = SyntaxFault("m_dev.py", 12, 11, "SyntaxError", "expected ':'", "#| export", "class ReLU")
    stream = io.StringIO()
    Console(file=stream, width=80).print(syntax_report(fault, style=Style(), own=SCRIPT))
    lines = stream.getvalue().splitlines()
    assert lines[1] == "✗ this is not Python yet: modules/02_m/m_dev.py:12:11"
    assert lines[2] == "  SyntaxError: expected ':'"
    assert lines[4:6] == ["    12 │ class ReLU", "       │           ^"]
    assert "point" not in stream.getvalue()
