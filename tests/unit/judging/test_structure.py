"""What a function is built of, told from its text."""

import pytest

from tito.judging.judge.structure import Structure, built
from tito.judging.plan import Plan, Work, with_text
from tito.model.grader import Grader
from tito.model.outcome import Outcome, Status
from tito.model.rubric import Built
from tito.model.submission import Code, Submission

SOURCES = [
    "import numpy as np\nfrom numpy.linalg import solve as s\nfrom functools import reduce",
    "def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)",
    "def even(n):\n    return n == 0 or odd(n - 1)\ndef odd(n):\n    return n > 0 and even(n - 1)",
    "def total(xs):\n    t = 0\n    for x in xs:\n        t += x\n    return t",
    "def mean(xs):\n    return total(xs) / len(xs)",
    "def squares(xs):\n    return [x * x for x in xs]",
    "def by(xs):\n    return sorted(xs)\ndef lin(a, b):\n    return s(a, b)\ndef lin2(a, b):\n    return np.linalg.solve(a, b)",
    "class Tree:\n    def depth(self):\n        return 1 + max(child.depth() for child in self.children)",
    "this is no python(",
]
USES = [
    ("fact", "recursion", True),
    ("even", "recursion", True),
    ("total", "recursion", False),
    ("Tree.depth", "recursion", True),
    ("total", "loop", True),
    ("mean", "loop", True),
    ("squares", "loop", False),
    ("squares", "comprehension", True),
    ("by", "call:sorted", True),
    ("total", "call:sorted", False),
    ("lin", "call:numpy.linalg.solve", True),
    ("lin2", "call:numpy.linalg.solve", True),
    ("lin2", "call:solve", True),
    ("by", "call:numpy.linalg.solve", False),
    ("by", "import:numpy", True),
    ("by", "import:pandas", False),
]


@pytest.mark.parametrize(("name", "what", "does"), USES)
def test_a_function_uses_what_its_text_and_what_it_calls_say(name, what, does):
    assert Structure(SOURCES).uses(name, what) is does


def test_the_last_definition_counts():
    assert not Structure([*SOURCES, "def fact(n):\n    return 1"]).uses("fact", "recursion")


def test_what_is_not_known_is_said():
    with pytest.raises(NameError, match="gone"):
        Structure(SOURCES).uses("gone", "loop")
    with pytest.raises(ValueError, match="not 'goto'"):
        Structure(SOURCES).uses("fact", "goto")


WANTED = (
    Built("short", "total", "t", ("recursion",), ("loop", "call:numpy.sum")),
    Built("other", "Stack.push", "t", never=("call:sorted",)),
)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def total(x):\n    return x[0] + total(x[1:]) if x else 0", ["", "there is no function Stack.push"]),
        (
            "import numpy as np\ndef total(x):\n    for y in x: pass\n    return np.sum(x)",
            [
                "total must use recursion; total must not use a loop; total must not use numpy.sum",
                "there is no function Stack.push",
            ],
        ),
        (
            "def total(x): return total(x)\nclass Stack:\n    def push(self, x):\n        self.x = sorted([x])",
            ["", "Stack.push must not use sorted"],
        ),
        ("def total(x:", ["there is no function total", "there is no function Stack.push"]),
    ],
)
def test_a_criterion_of_structure_says_what_is_wrong(source, told):
    assert built((Code("c", 1, source), Code("e", 1, "def total(x): pass", "earlier")), WANTED) == tuple(
        zip(("short", "other"), told, strict=True)
    )


@pytest.mark.parametrize(
    ("needed", "wrong", "status"),
    [
        ([Status.PASSED, Status.PASSED], "", Status.PASSED),
        ([Status.PASSED], "total must use recursion", Status.FAILED),
        ([Status.PASSED, Status.FAILED], "", Status.BLOCKED),
        ([], "", Status.BLOCKED),
        ([Status.BROKEN], "", Status.BROKEN),
    ],
)
def test_how_a_function_is_built_counts_where_its_tests_pass(needed, wrong, status):
    plan = Plan(Grader("m", "m", (), ()), "", built=WANTED[:1])
    outcomes = [Outcome("t", f"t::{place}", each) for place, each in enumerate(needed)]
    submission = Submission("s", "m", "w.py", None, built=(("short", wrong),))
    (found,) = with_text(plan, submission, Work(), outcomes)
    assert (found.grade_id, found.status) == ("short", status)
    assert list(with_text(plan, submission, Work(only=("t",)), outcomes)) == []
