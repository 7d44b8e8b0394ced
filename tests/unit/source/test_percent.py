"""Our reader of the percent format gives what jupytext gives, with line numbers."""

from pathlib import Path

import jupytext
import pytest

from tito.model.document import Format, Kind
from tito.source import parse, write
from tito.source.percent import BLANKS

ROOT = Path(__file__).parents[3]
SOURCES = sorted([*ROOT.glob("tinytorch/modules/*/*.py"), *ROOT.glob("samples/submitted/*/*/*.py")])
CASES = {
    "header": "# ---\n# title: A\n# jupyter:\n"
    "#   kernelspec:\n#     display_name: P\n#     name: python3\n# ---\n\n# %%\na = 1\n",
    "text before the first cell": "import os\n\n# a comment\n\n# %%\na = 1\n",
    "markdown in comments": "# %% [markdown]\n# # Title\n#\n# text\n",
    "markdown, short": "# %% [md]\n# text\n",
    "markdown in quotes": '# %% [markdown]\n"""\ntext\n"""\n',
    "markdown in raw quotes": '# %% [markdown]\nr"""\n$\\alpha$\n"""\n',
    "raw": "# %% [raw]\n# text\n",
    "title": "# %% A title\na = 1\n",
    "title and kind": "# %% A title [markdown]\n# text\n",
    "JSON metadata": '# %% nbgrader={"grade": true, "grade_id": "a", "points": 1}\na = 1\n',
    "JSON object": '# %% {"tags": ["a"], "x": 1}\na = 1\n',
    "pairs": '# %% tags=["a", "b"] name="x" n=3\na = 1\n',
    "title and pairs": '# %% Title tags=["a"]\na = 1\n',
    "magics": "# %%\n# %matplotlib inline\n# !ls\na = 1\n",
    "empty cells": "# %%\n\n# %%\n\n# %%\na = 1\n",
    "blank lines": "# %%\na = 1\n\n\n\n# %%\n\n\nb = 2\n",
    "two blank lines": "# %%\na = 1\n\n\n# %%\nb = 2\n\n\n",
    "no blank lines": "# %%\na = 1\n# %%\nb = 2\n",
    "no final line end": "# %%\na = 1",
    "sub-cells": "# %%%% deep\na = 1\n",
    "marker in a string": '# %%\na = """\nno cell\n"""\n',
}


def told(cells):
    return [
        (str(cell.kind), cell.source, {key: value for key, value in cell.metadata.items() if key != BLANKS})
        for cell in cells
    ]


def told_by_jupytext(text):
    return [
        (cell.cell_type, cell.source, {key: value for key, value in cell.metadata.items() if key != BLANKS})
        for cell in jupytext.reads(text, fmt="py:percent").cells
    ]


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_cells_are_jupytexts(text):
    assert told(parse(text, "a.py", lenient=True).cells) == told_by_jupytext(text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_cells_of_every_source_here_are_jupytexts(path):
    text = path.read_text("utf-8")
    document = parse(text, str(path), lenient=True)
    if document.has_cells:
        assert told(document.cells) == told_by_jupytext(text)


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_writing_gives_what_jupytext_writes(text):
    written = write(parse(text, "a.py", lenient=True), Format.PERCENT)
    assert written == jupytext.writes(jupytext.reads(text, fmt="py:percent"), fmt="py:percent")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_sources_are_written_back_byte_for_byte_where_jupytext_does(path):
    text = path.read_text("utf-8")
    theirs = jupytext.writes(jupytext.reads(text, fmt="py:percent"), fmt="py:percent")
    document = parse(text, str(path), lenient=True)
    if document.has_cells:
        assert write(document, Format.PERCENT) == theirs


def test_cells_know_their_lines():
    text = '# ---\n# jupyter:\n#   a: 1\n# ---\n\n# %%\na = 1\n\n# %% [markdown]\n"""\nb\n"""\n\n# %%\nc = 3\n'
    document = parse(text, "a.py")
    assert [text.splitlines()[cell.line - 1] for cell in document.cells] == ["a = 1", "b", "c = 3"]


def test_a_script_without_markers_is_one_ordinary_cell():
    document = parse("a = 1\n\nb = 2\n", "a.py")
    assert (document.has_cells, len(document.cells), document.cells[0].source) == (False, 1, "a = 1\n\nb = 2")
    assert document.cells[0].kind is Kind.CODE


def test_an_empty_file_has_no_cells():
    assert parse("", "a.py").cells == ()
