"""Generated documents are read and written as jupytext reads and writes them."""

import json

import jupytext
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tito.errors import UnreadableError
from tito.model.document import Document, Format, Kind
from tito.source import parse, write
from tito.source.percent import BLANKS

# An indented first line is left out: jupytext itself writes its marker back indented.
LINE = st.sampled_from(
    [
        "a = 1",
        "def f(x):",
        "if a: b = 2",
        "# comment",
        "'''text'''",
        "",
        "",
        "x = '# %%'",
        "#| export",
        "class A: pass",
        '"""',
        "x = '''",
        "# it's \"",
        "# %matplotlib inline",
        "# !pip install x",
        "    # %time y",
        "  ",
        "# %% in a string, or a cell",
    ]
)
TEXT = st.sampled_from(["# Title", "Some *text*.", "", "- item", "$x^2$", "a | b"])
META = st.sampled_from(
    [
        "",
        ' tags=["a"]',
        ' nbgrader={"grade": true, "grade_id": "x", "points": 1}',
        " n=1",
        " Title",
        ' {"n": 1}',
        " a='q'",
    ]
)
CODE = st.builds(lambda meta, lines: f"# %%{meta}\n" + "\n".join(lines), META, st.lists(LINE, max_size=5))
PROSE = st.builds(
    lambda lines, quoted: (
        "# %% [markdown]\n"
        + ('"""\n' + "\n".join(lines) + '\n"""' if quoted else "\n".join(f"# {line}".rstrip() for line in lines))
    ),
    st.lists(TEXT, min_size=1, max_size=4),
    st.booleans(),
)
GAP = st.sampled_from(["\n", "\n\n", "\n\n\n", "\n\n\n\n"])
HEADER = st.sampled_from(
    ["", "import os\n\n", "# ---\n# jupyter:\n#   jupytext:\n#     main_language: python\n# ---\n\n"]
)
SCRIPT = st.builds(
    lambda header, cells: header + "".join(cell + gap for cell, gap in cells),
    HEADER,
    st.lists(st.tuples(CODE | PROSE, GAP), min_size=1, max_size=5),
)


def told(kind, source, metadata):
    return str(kind), source, {key: value for key, value in metadata.items() if key != BLANKS}


def code(document):
    return [told(each.kind, each.source, each.metadata) for each in document.cells if each.kind is Kind.CODE]


def cells_as_jupytext_has_them(text):
    """Return jupytext's cells of a text in which no graded cell begins within a string, where we differ."""
    cells = jupytext.reads(text, fmt="py:percent").cells
    assume(not any("nbgrader=" in cell.source or '"nbgrader":' in cell.source for cell in cells))
    return cells


@settings(deadline=None, max_examples=300)
@given(SCRIPT)
def test_cells_are_jupytexts(text):
    ours = [told(cell.kind, cell.source, cell.metadata) for cell in parse(text, "a.py", lenient=True).cells]
    theirs = [told(cell.cell_type, cell.source, cell.metadata) for cell in cells_as_jupytext_has_them(text)]
    assert ours == theirs


@settings(deadline=None, max_examples=100)
@given(SCRIPT)
def test_a_script_is_written_back_byte_for_byte_where_jupytext_does(text):
    cells_as_jupytext_has_them(text)
    written = write(parse(text, "a.py", lenient=True), Format.PERCENT)
    theirs = jupytext.writes(jupytext.reads(text, fmt="py:percent"), fmt="py:percent")
    if theirs == text:
        assert written == text
    # Where it does not, it is blank lines that are guessed, and a marker that the first cell gets.
    assert [line for line in written.splitlines() if line] == [line for line in theirs.splitlines() if line]


@settings(deadline=None, max_examples=60)
@given(SCRIPT)
def test_a_notebook_keeps_kinds_sources_and_grading(text):
    document = parse(text, "a.py", lenient=True)
    again = parse(write(document, Format.NOTEBOOK), "a.ipynb", lenient=True)
    assert [(cell.kind, cell.source, cell.grading) for cell in again.cells] == [
        (cell.kind, cell.source, cell.grading) for cell in document.cells
    ]


@settings(deadline=None, max_examples=60)
@given(SCRIPT)
def test_code_that_is_written_reads_the_same(text):
    document = parse(text, "a.py", lenient=True)
    again = parse(write(document, Format.PERCENT), "a.py", lenient=True)
    assert code(again) == code(document)


PIECES = st.sampled_from(
    [
        b"# %%",
        b" nbgrader={",
        b'{"cells": [',
        b'"""',
        b"=[",
        b"\\",
        b"\n",
        b"# ---\n",
        b"# jupyter:\n",
        b"# coding: hex",
        b"\0",
    ]
)
BYTES = st.lists(PIECES | st.binary(max_size=6), max_size=12).map(b"".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cell_type", "source", "metadata", "outputs", "nbgrader", "id", "grade_id"]), inner
        )
    ),
    max_leaves=8,
)
NOTEBOOK = st.builds(
    lambda cells, metadata, major: json.dumps({"cells": cells, "metadata": metadata, "nbformat": major}).encode(),
    JSON
    | st.lists(st.fixed_dictionaries({"cell_type": st.just("code"), "source": JSON, "metadata": JSON}), max_size=2),
    JSON,
    st.sampled_from([3, 4, 5]),
)


@settings(deadline=None, max_examples=200)
@given(BYTES | NOTEBOOK, st.sampled_from(["a.py", "a.ipynb"]))
def test_any_file_is_a_document_or_refused(content, path):
    try:
        told = parse(content, path, lenient=True)
    except UnreadableError as fault:
        told = fault
    assert isinstance(told, Document) or str(told).startswith(path)
