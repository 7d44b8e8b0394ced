"""What each mutator makes of a line, and what it leaves alone."""

import textwrap

import pytest

from tito.audit.mutants import known, mutants
from tito.audit.words import Mutator
from tito.errors import CourseError
from tito.source import parse

HEAD = """\
# %%
import numpy as np

# %% nbgrader={"solution": true, "grade_id": "cell"}
"""


def document(body, head="def f(x, y):", *, numpy=True):
    lines = [head, "    ### BEGIN SOLUTION", *textwrap.indent(body, "    ").splitlines(), "    ### END SOLUTION"]
    return parse((HEAD if numpy else HEAD.replace("import numpy as np", "pass")) + "\n".join(lines), "work_dev.py")


def changed(body, kind, **options):
    """Return what a kind of mutator makes of a solution: the lines that differ, joined by a bar."""
    found = [each for each in mutants(document(body, **options)) if each.mutator is kind]
    return [
        " | ".join(line[1:].strip() for line in each.diff.splitlines()[3:] if line.startswith("+")) for each in found
    ]


TABLE = [
    (Mutator.OPERATOR, "z = x + y", ["z = x - y"]),
    (Mutator.OPERATOR, "z = x - y", ["z = x + y"]),
    (Mutator.OPERATOR, "z = x * y", ["z = x / y"]),
    (Mutator.OPERATOR, "z = x / y", ["z = x * y"]),
    (Mutator.OPERATOR, "z = x @ y", ["z = x * y"]),
    (Mutator.OPERATOR, "z = 1 / x ** y", ["z = 1 * x ** y", "z = 1 / (x * y)"]),
    (Mutator.OPERATOR, "z = (x + y) * 3", ["z = (x + y) / 3", "z = (x - y) * 3"]),
    (Mutator.OPERATOR, "z = -x", ["z = x"]),
    (Mutator.OPERATOR, "z = not x", ["z = x"]),
    (Mutator.OPERATOR, "z = x and y", ["z = (x or y)"]),
    (Mutator.OPERATOR, "x += y", ["x -= y", "x = y"]),
    (Mutator.COMPARISON, "z = x < y", ["z = x <= y", "z = x >= y"]),
    (Mutator.COMPARISON, "z = x is None", ["z = x is not None"]),
    (Mutator.CONSTANT, "z = 1", ["z = 2", "z = 0"]),
    (Mutator.CONSTANT, "z = 0", ["z = 1"]),
    (Mutator.CONSTANT, "z = 1.702", ["z = 1.0", "z = 0.0", "z = 3.404"]),
    (Mutator.CONSTANT, "z = True", ["z = False"]),
    (Mutator.CONSTANT, "z = None", ["z = 0"]),
    (Mutator.CONSTANT, 'z = "sum"', ['z = ""']),
    (Mutator.OFF_BY_ONE, "z = range(x)", ["z = range(x - 1)", "z = range(1, x)"]),
    (Mutator.OFF_BY_ONE, "z = range(1, x + y)", ["z = range(1, (x + y) - 1)"]),
    (Mutator.OFF_BY_ONE, "z = x[y:]", ["z = x[y + 1:]"]),
    (Mutator.OFF_BY_ONE, "z = x[:y]", ["z = x[:y - 1]"]),
    (Mutator.OFF_BY_ONE, "z = x[y]", ["z = x[y - 1]"]),
    (Mutator.AXIS, "z = x.sum(axis=y)", ["z = x.sum()", "z = x.sum(axis=0)", "z = x.sum(axis=-1)"]),
    (Mutator.AXIS, "z = x.sum(0, keepdims=True)", ["z = x.sum(0)", "z = x.sum(0, keepdims=False)"]),
    (
        Mutator.DTYPE,
        "z = np.array(x, dtype=np.float32)",
        ["z = np.array(x)", "z = np.array(x, dtype=np.int32)", "z = np.array(x, dtype=np.float64)"],
    ),
    (Mutator.DTYPE, "z = x.astype(np.float64)", ["z = x", "z = x.astype(np.int32)"]),
    (Mutator.DROP, "z = x + y", ["z = x", "z = y"]),
    (Mutator.DROP, "z = x / y", ["z = x"]),
    (Mutator.DROP, "z = (x + y + 1) / 2", ["z = (x + y + 1)", "z = (x + y) / 2", "z = (1) / 2", "z = (x + 1) / 2", "z = (y + 1) / 2"]),
    (Mutator.DROP, "z = x or y", ["z = x", "z = y"]),
    (Mutator.DROP, "z = x if y else 3", ["z = x", "z = 3"]),
    (Mutator.SWAP, "z = x - y", ["z = y - x"]),
    (Mutator.SWAP, "z = x - y - 1", ["z = 1 - (x - y)", "z = y - x - 1"]),
    (Mutator.SWAP, "z = np.matmul(x, y)", ["z = np.matmul(y, x)"]),
    (Mutator.SWAP, "z = np.where(x, y, 3)", ["z = np.where(y, x, 3)", "z = np.where(x, 3, y)"]),
    (Mutator.SWAP, "z = (x, y)", ["z = (y, x)"]),
    (Mutator.NUMPY, "z = np.log(x)", ["z = np.log2(x)", "z = np.log1p(x)", "z = x"]),
    (Mutator.NUMPY, "z = np.exp(-x) ** 2", ["z = np.exp2(-x) ** 2", "z = np.expm1(-x) ** 2", "z = (-x) ** 2"]),
    (Mutator.NUMPY, "z = np.max(x, axis=0)", ["z = np.min(x, axis=0)", "z = np.mean(x, axis=0)"]),
    (Mutator.NUMPY, "z = x.std()", ["z = x.var()"]),
    (Mutator.RETURN, "return y", ["return None", "return x"]),
    (Mutator.RETURN, "return Tensor(y + 1)", ["return None", "return x", "return Tensor(np.zeros_like(y + 1))"]),
    (
        Mutator.SHAPE,
        "return Tensor(y + 1)",
        ["return y + 1", "return Tensor(np.ravel(y + 1))", "return Tensor(np.expand_dims(y + 1, 0))"],
    ),
    (Mutator.IN_PLACE, "return 2 * x.data", ["result = 2 * x.data | x.data[...] += 1 | return result"]),
    (Mutator.IN_PLACE, "z = x.copy()", ["z = x"]),
    (Mutator.STATEMENT, "if x:\n    raise ValueError", ["pass"]),
    (Mutator.STATEMENT, "x = x.data", ["pass"]),
    (Mutator.STATEMENT, "x.grad = 0", ["pass"]),
    (Mutator.STATEMENT, "x.append(y)", ["pass"]),
]  # fmt: skip
LEFT_ALONE = [
    (Mutator.OPERATOR, "z = x"),
    (Mutator.OPERATOR, "z = x << y"),
    (Mutator.OPERATOR, 'raise ValueError("a" + x)'),
    (Mutator.COMPARISON, "z = x < y < 3"),
    (Mutator.CONSTANT, "z = f'{x} is 3'"),
    (Mutator.CONSTANT, 'z = ""'),
    (Mutator.CONSTANT, 'raise ValueError("3")'),
    (Mutator.CONSTANT, "z: Literal[3] = x"),
    (Mutator.CONSTANT, '"""About 3."""'),
    (Mutator.CONSTANT, "if x is None:\n    z = y"),
    (Mutator.OFF_BY_ONE, "z = x[:3]"),
    (Mutator.OFF_BY_ONE, "z = x[None]"),
    (Mutator.AXIS, "z = x.sum(0)"),
    (Mutator.DTYPE, "z = np.array(x)"),
    (Mutator.DROP, "z = f(x)"),
    (Mutator.SWAP, "z = x + y"),
    (Mutator.SWAP, "z = np.maximum(0, x)"),
    (Mutator.SWAP, "z = isinstance(x, int)"),
    (Mutator.SWAP, "a, b = x"),
    (Mutator.SWAP, "z = f(x, x)"),
    (Mutator.NUMPY, "z = other.exp(x)"),
    (Mutator.NUMPY, "z = np.reshape(x, 3)"),
    (Mutator.RETURN, "return"),
    (Mutator.SHAPE, "return x"),
    (Mutator.IN_PLACE, "return x"),
    (Mutator.IN_PLACE, "if y: return x.data"),
    (Mutator.STATEMENT, "z = x"),
    (Mutator.STATEMENT, "if x:\n    z = 1\nelse:\n    z = 2"),
]


@pytest.mark.parametrize(("kind", "before", "after"), TABLE, ids=[f"{row[0]}: {row[1]}" for row in TABLE])
def test_a_mutator_makes_its_mistakes_in_a_line(kind, before, after):
    assert changed(before, kind) == after


@pytest.mark.parametrize(("kind", "before"), LEFT_ALONE, ids=[f"{row[0]}: {row[1]}" for row in LEFT_ALONE])
def test_a_mutator_leaves_other_lines_alone(kind, before):
    assert changed(before, kind) == []


def test_without_numpy_nothing_of_it_is_written():
    texts = changed("return Tensor(np.exp(x.data, dtype=float))", Mutator.DTYPE, numpy=False)
    assert texts == ["return Tensor(np.exp(x.data))", "return Tensor(np.exp(x.data, dtype=int))"]
    assert changed("return Tensor(x)", Mutator.SHAPE, numpy=False) == []


GIVEN = """
class F:
    def forward(self, x, dim):
        ### BEGIN SOLUTION
        return x
        ### END SOLUTION

    def __call__(self, x, dim):
        return self.forward(x, dim)
"""


def test_a_given_call_is_broken_in_three_ways():
    found = [each for each in mutants(parse(HEAD + GIVEN, "w.py")) if each.mutator is Mutator.CALL]
    assert [each.what for each in found] == [
        "without `def __call__(self, x, dim):; return self.forward(x, dim)`",
        "`return self.forward(x, dim)` → `self.forward(x, dim)`",
        "`self.forward(x, dim)` → `self.forward(x)`",
    ]
    assert {each.part for each in found} == {"F.__call__"}


def test_what_is_not_in_a_solution_is_never_changed():
    text = HEAD + "A = 1 + 2\n\ndef f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n"
    assert {each.line for each in mutants(parse(text, "w.py"))} == {9}
    assert mutants(parse(text.replace('"solution": true', '"grade": true, "points": 1'), "w.py")) == ()


def test_mutants_are_the_same_each_time_and_each_is_there_once():
    body = "z = 1 + np.exp(-x) / (1 + y)\nif z > 0:\n    raise ValueError\nreturn Tensor(z)"
    once, again = mutants(document(body)), mutants(document(body))
    assert once == again
    assert len({each.id for each in once}) == len({each.source for each in once}) == len(once)
    assert [each.line for each in once] == sorted(each.line for each in once)


def test_an_id_stays_when_other_lines_change():
    before = {each.what: each.id for each in mutants(document("z = x + y\nreturn z"))}
    after = {each.what: each.id for each in mutants(document("# first\nw = x - 1\nz = x + y\nreturn z"))}
    assert before.items() <= after.items()


def test_equal_edits_of_one_function_have_ids_of_their_own():
    found = [each for each in mutants(document("z = x + y\nw = x + y")) if each.mutator is Mutator.OPERATOR]
    assert [each.what for each in found] == ["`x + y` → `x - y`"] * 2
    assert len({each.id for each in found}) == 2


def test_a_mutant_tells_its_line_and_diff():
    (mutant,) = [each for each in mutants(document("z = 3\nz = x + y")) if each.mutator is Mutator.OPERATOR]
    assert (mutant.path, mutant.line, mutant.part) == ("work_dev.py", 8, "f")
    assert mutant.diff == textwrap.dedent("""\
        --- work_dev.py
        +++ work_dev.py
        @@ -7,3 +7,3 @@
             z = 3
        -    z = x + y
        +    z = x - y
             ### END SOLUTION
        """)


def test_a_solution_that_is_not_python_is_named():
    with pytest.raises(CourseError, match=r"^work_dev.py:7: cell cell is not Python"):
        mutants(document("z = = x"))


def test_a_known_mistake_is_the_cell_with_a_text_replaced():
    mutant = known(document("z = x + y"), "cell", "x + y", "y + 2 * x")
    assert mutant.id.startswith("cell/mistake/")
    assert "z = y + 2 * x" in mutant.source
    assert mutant.line == 7


@pytest.mark.parametrize(
    ("cell", "old", "new", "told"),
    [
        ("gone", "x", "y", "there is no solution cell gone"),
        ("cell", "q", "y", "'q' is there 0 times in the solution of cell cell, not once"),
        ("cell", "z", "y", "'z' is there 2 times in the solution of cell cell, not once"),
        ("cell", "def", "y", "'def' is there 0 times in the solution of cell cell, not once"),
        ("cell", "x + y", "(", "with '(' for 'x + y', cell cell is not Python"),
    ],
)
def test_a_known_mistake_that_cannot_be_made_says_why(cell, old, new, told):
    with pytest.raises(ValueError, match="^" + told.replace("(", r"\(").replace("+", r"\+")):
        known(document("z = x + y\nw = z"), cell, old, new)
