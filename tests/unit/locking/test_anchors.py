"""Anchored checks: what a test compares the submission's answers with."""

import pytest

from tito.locking.grader_module import generate

SOLUTION = "-- solution\nf, g, y, z = abs, abs, 1, 2\nclass Vec: pass\nclass Bad(Exception): pass\n"


def found(notebook, cell, before="", contract=()):
    text = f"{before}{SOLUTION}-- test\n{cell}"
    places = generate(notebook(text), "m", "submission", contract=dict(contract)).unanchored.get("t1", ())
    start = notebook(text).cells[-1].line
    return [int(place.rpartition(":")[2]) - start + 1 for place in places]


ANCHORED = {
    "a literal": "assert f(1) == 2",
    "a literal on the left": "assert 2 == f(1)",
    "a literal within": "assert f(1) in [2, 3]",
    "a judge's name": "import math\nassert f(1) == math.pi",
    "a judge's computation": "import math\nassert f(4) == math.sqrt(4)",
    "a value of the test": "want = [1, 2]\nassert f(1) == want",
    "cases": "for a, want in [(1, 2), (2, 3)]:\n    assert f(a) == want",
    "cases in a dictionary": "cases = {'a': (f(1), 2), 'b': (f(2), 3)} | {f'{k}': (f(k), k) for k in (1, 2)}\nfor text, (a, want) in cases.items():\n    assert a == want, text\nassert cases['a'][0] == 3",
    "all cases": "assert all(f(a) == want for a, want in [(1, 2)])",
    "zipped": "assert all(a == b for a, b in zip(f(1), [2, 3]))",
    "a library's comparison": "import numpy as np\nassert np.allclose(f(1), [2], atol=1e-6)",
    "a library's check": "import numpy as np\nnp.testing.assert_allclose(f(1), 2)",
    "pytest's": "import pytest\nassert f(1) == pytest.approx(2)",
    "a type": "assert isinstance(f(1), int)",
    "none": "assert f(1) is None",
    "a truth about the judge's question": "assert f(7)\nassert not f(8)",
    "a truth without a question": "assert y\nassert Vec().is_empty()",
    "a property that the judge knows": "import math\nassert math.isnan(f(1)) and callable(f)",
    "an error": "import pytest\nwith pytest.raises(ValueError):\n    f(-1)",
    "an error's words": "import pytest\nwith pytest.raises(ValueError) as info:\n    f(-1)\nassert 'no' in str(info.value)",
    "unittest's": "import unittest\nt = unittest.TestCase()\nt.assertEqual(f(1), 2)\nt.assertTrue(f(1) > 0)",
    "what it was given": "import numpy as np\na = np.array([1])\nf(a)\nassert a[0] == 1",
    "one of two": "assert f(1) == g(1) and f(1) == 2",
    "nothing of the submission's": "assert 1 == 1",
    "a list that is filled with a literal": "out = []\nout.append(3)\nassert f(1) == out",
    "a given function": "assert expected(3) == f(3) and near(f(1), g(1))",
    "a table of the judge's": "table = {1: 'a'}\nassert table[f(1)] == 'a'",
    "a small difference to a literal": "assert abs(f(1) - 2) < 1e-6",
    "a list that begins with a literal": "out = [1]\nout.append(f(1))\nassert out == g(1)",
    "an empty list": "assert f(1) == []",
    "an empty dictionary": "assert f(1) == {}",
    "a larger one": "assert max(f(1), 3) == g(1)",
    "an item of a list of one": "assert f(1) == [2][0]",
    "what a method of the judge's gives": "want = [1]\nassert f(1) == want.copy()",
    "a dictionary of others": "cases = {**{'a': 1}, 'b': (f(2), 3)}\nassert f(1) == cases['a']",
    "either of two": "assert f(1) == 2 or f(1) == 3",
    "a named argument of a helper": "def same(a, b):\n    assert a == b\nsame(f(1), b=2)",
    "patched": "from unittest.mock import patch\nwith patch('builtins.input', return_value='7'):\n    assert f(1) == 7",
}  # fmt: skip


@pytest.mark.parametrize("cell", ANCHORED.values(), ids=ANCHORED)
def test_a_check_is_anchored_in(notebook, cell):
    given = "-- given\ndef expected(n): return n + 1\ndef near(a, b): return a == b\n"
    assert found(notebook, cell, given) == []


UNANCHORED = {
    "two answers": ("assert f(1) == g(1)", [1]),
    "two names": ("assert y == z", [1]),
    "an answer and a name": ("assert f(1) == y", [1]),
    "by way of variables": ("a = f(1)\nb = g(1)\nassert a == b", [3]),
    "their lengths": ("assert len(f(1)) == len(g(1))", [1]),
    "their parts": ("assert f(1)[0] == g(1)[-1]", [1]),
    "by a library": ("import numpy as np\nassert np.allclose(f(1), g(1), atol=1e-6)", [2]),
    "by a library's check": ("import numpy as np\nnp.testing.assert_allclose(f(1), g(1))", [2]),
    "one by one": ("for a, b in zip(f(1), g(1)):\n    assert a == b", [2]),
    "all of them": ("assert all(a == b for a, b in zip(f(1), g(1)))", [1]),
    "a small difference": ("assert abs(f(1) - g(1)) < 1e-6", [1]),
    "a largest difference": ("assert max(abs(a - b) for a, b in zip(f(1), g(1))) <= 1e-6", [1]),
    "a norm": ("import numpy as np\nassert not np.linalg.norm(f(1) - g(1)) > 1e-6", [2]),
    "a copy from before": ("before = y.copy()\nf(y)\nassert y == before", [3]),
    "its own classes": ("assert isinstance(y, Vec)", [1]),
    "objects of its own": ("assert Vec(1) + Vec(2) == Vec(3)", [1]),
    "its own verdict of its own": ("assert f(y)", [1]),
    "its own method's": ("assert y.equals(z)", [1]),
    "not the same": ("assert f(y) is not y", [1]),
    "its own error": ("import pytest\nwith pytest.raises(Bad):\n    f(1)", [2]),
    "its own classes' children": ("class Mine(Vec): pass\nassert Mine(1) == y", [2]),
    "one way of two": ("assert f(1) == 2 or f(1) == g(1)", [1]),
    "a list that it filled": ("out = []\nfor n in range(3):\n    out.append(f(n))\nassert out == g(3)", [4]),
    "pairs in a dictionary": ("cases = {'a': (f(1), g(1))}\nfor text, (a, b) in cases.items():\n    assert a == b", [3]),
    "in a helper": ("def same(a, b):\n    assert a == b\nsame(f(1), 2)\nsame(f(1), g(1))", [2]),
    "in a test": ("def test_a():\n    x = f(1)\n    assert x == 1\n    assert x == g(1)", [4]),
    "in a method": ("class TestA:\n    def setup_method(self):\n        self.a = f(1)\n    def test_a(self):\n        assert self.a == g(1)", [5]),
    "of a fixture": ("import pytest\n@pytest.fixture\ndef a():\n    return f(1)\ndef test_a(a):\n    assert a == y", [6]),
    "unittest's": ("import unittest\nt = unittest.TestCase()\nt.assertEqual(f(1), g(1))", [3]),
    "rounded": ("assert round(f(1), 3) == round(g(1), 3)", [1]),
    "neither of two": ("assert f(1) == g(1) and y == z", [1]),
    "a caught error's words": ("try:\n    f(1)\nexcept ValueError as error:\n    assert str(error) == g(1)", [4]),
    "a raised error's words": (
        "import pytest\nwith pytest.raises(ValueError) as info:\n    f(1)\nassert str(info.value) == g(1)", [4],
    ),
    "a dictionary that it filled": ("out = {}\nout['a'] = f(1)\nassert out == g(1)", [3]),
    "an item by its number": ("pair = [f(1), 2]\nassert pair[0] == g(1)", [2]),
    "keys": ("for key in {f(1): 2}:\n    assert key == g(1)", [2]),
    "with a tolerance": ("import numpy as np\nassert np.allclose(f(1), g(1), 1e-6)", [2]),
    "named arguments of a helper": ("def same(a, b):\n    assert a == b\nsame(a=f(1), b=g(1))", [2]),
    "named arguments of a function": ("assert dict(a=f(1)) == g(1)", [1]),
    "sorted backwards": ("assert sorted(f(1), reverse=True) == g(1)", [1]),
    "four helpers deep": (
        "def a(x, y):\n    assert x == y\ndef b(x, y): a(x, y)\ndef c(x, y): b(x, y)\ndef d(x, y): c(x, y)\nd(f(1), g(1))", [2],
    ),
    "in words": ("assert f'{f(1)}' == f'{g(1)}'", [1]),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "lines"), UNANCHORED.values(), ids=UNANCHORED)
def test_a_check_is_unanchored_that_compares(notebook, cell, lines):
    assert found(notebook, cell) == lines


def test_a_check_of_a_given_helper_is_named_where_it_stands(notebook):
    text = f"-- given\ndef same(a, b):\n    assert a == b\n{SOLUTION}-- test\nsame(f(1), g(1))"
    assert generate(notebook(text), "m", "submission").unanchored == {"t1": ("m.py:3",)}


def test_a_long_chain_of_calls_is_read_once(notebook):
    chain = "".join(f".a{n}(f(1))" for n in range(60))
    assert found(notebook, f"assert y{chain} == {'f(' * 60}1{')' * 60}") == [1]


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("assert Vec(1) == 1", [1]),
        ("assert Vec(1)", [1]),
        ("assert (Vec(1) > 0).all()", [1]),
        ("assert Vec(1).total() == 1\nassert len(Vec(1)) == 3\nassert str(Vec(1)) == 'v'", []),
        ("assert Vec(1).head == 2", [1]),
        ("out = []\nout.append(Vec(1))\nassert out == [1]", [3]),
        ("v = Vec(1)\nassert isinstance(v, object) and v is not None", []),
    ],
)
def test_an_object_of_the_submissions_decides_what_it_is_compared_with(notebook, cell, lines):
    contract = {"Vec": "object", "Vec()": "object", "Vec.total()": "data", "Vec.head": "object"}
    assert found(notebook, cell, contract=contract) == lines


def test_what_is_both_the_submissions_and_the_judges_is_no_distance_of_answers(notebook):
    assert found(notebook, "assert abs((f(1) + 2) - g(1)) < 1e-6") == []
    assert found(notebook, "assert abs(f(1) - (g(1) + 2)) < 1e-6") == []
