"""Releases of generated cells: idempotent, importable, and without the solution."""

import ast
import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from tito.release import leaks, release
from tito.source import parse
from tito.source.hidden import visible

LINES = st.lists(
    st.sampled_from(
        ["hidden_a = 1", "hidden_b = [1, 2]", "if hidden_c: pass", "return hidden_d", "# a thought", "", '"""text"""']
    ),
    min_size=1,
    max_size=6,
)
KEPT = st.lists(st.sampled_from(["kept = 1", "# kept", "x = 'BEGIN SOLUTION'", ""]), max_size=3)
HASHES = st.sampled_from(["#", "##", "###"])
SOLUTION = '# %% nbgrader={{"solution": true, "grade_id": "s{0}"}}\n'


@st.composite
def functions(draw):
    hashes, indent = draw(HASHES), "    "
    body = textwrap.indent("\n".join([f"{hashes} BEGIN SOLUTION", *draw(LINES), f"{hashes} END SOLUTION"]), indent)
    before = textwrap.indent("\n".join(draw(KEPT)), indent)
    head = "def f(x):" if draw(st.booleans()) else "class A:\n    pass\n\ndef f(x):"
    return f"{head}\n{before}\n{body}"


@st.composite
def definitions(draw):
    """A function or class that stands within its markers, head and all."""
    head = draw(
        st.sampled_from(["def f(x):", "async def f(x: int = (1)) -> 'a:b':", "def f(\n    x,\n):  # hidden_e"])
    )
    deep = draw(st.integers(min_value=1, max_value=4))
    comment, told, inline = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    body = ["# hidden_f"] * comment + ['"""Kept."""'] * told + ["hidden_g = 1"]
    text = (
        f"{head.partition('  #')[0]} hidden_h"
        if inline
        else f"{head}\n" + textwrap.indent("\n".join(body), " " * deep)
    )
    text = draw(st.sampled_from(["", "@kept\n", "@kept(1)\n\n"])) + text
    if draw(st.booleans()):
        text = "class A(B):\n" + textwrap.indent(text, " " * deep)
    margin = draw(st.sampled_from(["", "    "])) if text.startswith("class") else ""
    return f"{margin}### BEGIN SOLUTION\n{text}\n{margin}### END SOLUTION"


def scripts(cells):
    return st.lists(cells, min_size=1, max_size=3).map(
        lambda drawn: "\n\n".join(SOLUTION.format(place) + cell for place, cell in enumerate(drawn)) + "\n"
    )


@settings(deadline=None, max_examples=200)
@given(scripts(functions() | definitions()))
def test_a_stub_parses_holds_no_solution_and_is_its_own_release(text):
    document = parse(text, "a.py")
    released, _ = release(document)
    for cell in released.cells:
        ast.parse(cell.source)
        assert "hidden_" not in cell.source
        assert "raise NotImplementedError()" in cell.source
    assert leaks(document, released) == ()
    assert release(released)[0] == released


@st.composite
def partly_hidden(draw, depth):
    """Nested blocks of a test, some of whose statements are hidden."""
    indent, lines = "    " * depth, []
    for _ in range(draw(st.integers(min_value=1, max_value=3))):
        head = draw(
            st.sampled_from(["def test_a():", "for x in y:  # kept", "with a:", "assert kept", "assert kept"])
        )
        block = [indent + head]
        if head != "assert kept" and depth < 3:
            block += draw(partly_hidden(depth + 1))
        elif head != "assert kept":
            block = [indent + "assert kept"]
        if draw(st.booleans()) and not any("HIDDEN" in line for line in block):
            hidden = [line.replace("kept", "hidden_a") for line in block]
            block = [f"{indent}### BEGIN HIDDEN TESTS", *hidden, f"{indent}### END HIDDEN TESTS"]
        lines += block
    return lines


@settings(deadline=None, max_examples=150)
@given(partly_hidden(0))
def test_a_test_without_its_hidden_parts_is_python(lines):
    shown = visible("\n".join(lines))
    ast.parse(shown)
    assert "hidden_" not in shown
    assert shown.count("assert kept") == sum(line.strip() == "assert kept" for line in lines)
