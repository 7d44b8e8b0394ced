"""Releases of generated cells: idempotent, importable, and without the solution."""

import ast
import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from tito.release import leaks, release
from tito.source import parse

LINES = st.lists(
    st.sampled_from(
        ["hidden_a = 1", "hidden_b = [1, 2]", "if hidden_c: pass", "return hidden_d", "# a thought", "", '"""text"""']
    ),
    min_size=1,
    max_size=6,
)
KEPT = st.lists(st.sampled_from(["kept = 1", "# kept", "x = 'BEGIN SOLUTION'", ""]), max_size=3)
HASHES = st.sampled_from(["#", "##", "###"])


@st.composite
def functions(draw):
    hashes, indent = draw(HASHES), "    "
    body = textwrap.indent("\n".join([f"{hashes} BEGIN SOLUTION", *draw(LINES), f"{hashes} END SOLUTION"]), indent)
    before = textwrap.indent("\n".join(draw(KEPT)), indent)
    head = "def f(x):" if draw(st.booleans()) else "class A:\n    pass\n\ndef f(x):"
    return f"{head}\n{before}\n{body}"


@st.composite
def sources(draw):
    cells = draw(st.lists(functions(), min_size=1, max_size=3))
    heads = (f'# %% nbgrader={{"solution": true, "grade_id": "s{place}"}}\n' for place in range(len(cells)))
    return "\n\n".join(head + cell for head, cell in zip(heads, cells, strict=True)) + "\n"


@settings(deadline=None, max_examples=150)
@given(sources())
def test_a_stub_parses_holds_no_solution_and_is_its_own_release(text):
    document = parse(text, "a.py")
    released, _ = release(document)
    for cell in released.cells:
        ast.parse(cell.source)
        assert "hidden_" not in cell.source
        assert "raise NotImplementedError()" in cell.source
    assert leaks(document, released) == ()
    assert release(released)[0] == released
