"""Our reader of the percent format gives what jupytext gives, with line numbers."""

from pathlib import Path

import jupytext
import pytest

from tito.model.document import Format, Kind
from tito.source import parse, write
from tito.source.percent import BLANKS
from tito.source.percent_marker import UNREAD

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
    "marker in a string": '# %%\na = """\n# %% no cell\n"""\n',
    "marker in quoted text": '# %% [markdown]\n"""\n# %% no cell\n"""\n',
    "magic in a string": '# %%\na = """\n# %time\n"""\n',
    "quotes in comments": '# %%\n# it\'s a """ in a comment\n\n# %%\nb = 2\n',
    "quotes in strings": "# %%\na = '\"\"\"'  # '''\n\n# %%\nc = 3\n",
    "nested quotes": '# %%\na = """ \'\'\'\n"""\n\n# %%\nb = 2\n',
    "more magics": "# %%\n# %%time\n    # %time y\n# x = !ls\n# !pip install \\\n#   a\n# %load a # noescape\n",
    "other markers": "# In[1]:\na = 1\n\n# <codecell>\nb = 2\n\n    # %% indented\nc = 3\n",
    "no markers": "# %%\n# %%%\n# %%x\na = 1\n",
    "odd pairs": "# %% a = 1 b='q' c=['x', 'y'] d=null e\na = 1\n",
    "unreadable pairs": "# %% bad={\na = 1\n\n# %% x=y\nb = 2\n",
    "kind as a key": '# %% cell_type="markdown"\n# text\n',
    "interpreter and coding": "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n# %%\na = 1\n",
    "blank lines before the first cell": "\n# %%\na = 1\n",
    "blank lines of spaces": "# %%\na = 1\n  \n\n# %%\nb = 2\n   \n",
    "root metadata alone": "# ---\n# title: A\n# ---\n# %%\na = 1\n",
    "own notebook metadata": "# ---\n# jupyter:\n#   own: 1\n#\n#   other: 2\n# ---\n\n# %%\na = 1\n",
    "cell metadata filter": "# ---\n# jupyter:\n#   jupytext:\n#     cell_metadata_filter: -all\n# ---\n\n# %% n=1\na = 1\n",
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


@pytest.mark.parametrize("comment", ["# copy the array first", "# why?", "#cat is a name", "# ? unsure"])
def test_a_comment_stays_one_where_jupytext_takes_it_for_a_command(comment):
    text = f"# %%\n{comment}\na = 1\n"
    document = parse(text, "a.py")
    assert document.cells[0].source == f"{comment}\na = 1"
    assert write(document, Format.PERCENT) == text.replace("#cat", "# cat")


def test_a_string_left_open_ends_at_the_next_graded_cell():
    text = '# %%\na = """\n\n# %% nbgrader={"grade_id": "b", "solution": true}\nb = 2\n\n# %%\nc = 3\n'
    assert [cell.source for cell in parse(text, "a.py").cells] == ['a = """', "b = 2", "c = 3"]


@pytest.mark.parametrize(
    "text",
    [
        "# ---\n# jupyter:\n#   a: " + "[" * 6000 + "\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter:\n#   a: 2025-13-45\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter:\n#   jupytext: 5\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter:\n#   a: !!bool x\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter:\n#   a: !!python/name:os.system\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter:\n#   a: !!timestamp x\n#   b: !!int x\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter:\n#   a: "
        + "9" * 5000
        + "\n#   b: 1:1:1\n#   c: 0x"
        + "f" * 5000
        + "\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter: &a\n#   a: &b [*a, *a]\n#   c: [*b, *b]\n# ---\n\n# %%\na = 1\n",
        "# ---\n# jupyter:\n#   <<: 5\n#   ? [1]\n#   : 2\n# ---\n\n# %%\na = 1\n",
        '# %% {"a": ' + "[" * 100_000 + "\na = 1\n",
        "# %% a=" + "[" * 100_000 + "\na = 1\n",
        "# %% " + "=" * 100_000 + "\na = 1\n",
    ],
    ids=[
        "deep YAML",
        "no date",
        "odd jupytext",
        "typed",
        "a function",
        "wrong types",
        "huge numbers",
        "aliases",
        "odd keys",
        "deep JSON",
        "deep pair",
        "many =",
    ],
)
def test_hostile_metadata_costs_no_cell(text):
    assert parse(text, "a.py", lenient=True).cells[-1].source == "a = 1"


def test_what_a_header_says_has_no_type_but_its_own():
    text = "# ---\n# jupyter:\n#   a: !!bool x\n#   b: 2025-10-01\n#   c: [1, 1.5, yes, ~, '2', 007]\n# ---\n\n# %%\n"
    metadata = parse(text, "a.py").metadata
    assert metadata["a"] == "x"
    assert (metadata["b"], metadata["c"]) == ("2025-10-01", [1, 1.5, True, None, "2", "007"])


@pytest.mark.parametrize("marker", ["a='" + "x" * (1 << 14), "a=1 " * (1 << 13), '{"a": "' + "x" * (1 << 14) + '"}'])
def test_a_marker_that_nobody_writes_is_not_taken_apart(marker):
    (cell,) = parse(f"# %% {marker}\na = 1\n", "a.py", lenient=True).cells
    assert set(cell.metadata) == {UNREAD}
    assert cell.source == "a = 1"


@pytest.mark.parametrize("value", ["{1, 2}", "b'x'", "1j", "{1: 2}", "..."])
def test_what_no_notebook_can_hold_is_no_metadata(value):
    (cell,) = parse(f"# %% a={value}\nb = 1\n", "a.py", lenient=True).cells
    assert "a" not in cell.metadata


def test_a_script_without_markers_is_one_ordinary_cell():
    document = parse("a = 1\n\nb = 2\n", "a.py")
    assert (document.has_cells, len(document.cells), document.cells[0].source) == (False, 1, "a = 1\n\nb = 2")
    assert document.cells[0].kind is Kind.CODE


def test_an_empty_file_has_no_cells():
    assert parse("", "a.py").cells == ()


def test_nbgraders_metadata_ends_an_open_string_in_either_spelling():
    text = '# %% {"n": 1}\na = """\n\n# %% {"nbgrader": {"grade": true, "grade_id": "b", "points": 1}}\nb = 2\n'
    assert [cell.source for cell in parse(text, "a.py", lenient=True).cells] == ['a = """', "b = 2"]
