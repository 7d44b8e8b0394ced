"""What a failing test tells: both sides of its comparison, the call to repeat, and names that are nearly right."""

import ast
import sys

import numpy as np
import pytest

from tito.judging.judge.calls import Call, CallLog
from tito.judging.judge.comparisons import compared
from tito.judging.judge.suggestions import of_text
from tito.model.outcome import Difference
from tito.model.submission import Code

CODE = [Code("w.py", 10, "class Relu:\n    def forward(self, x):\n        self.width = x\n\ndef GELU(): pass")]


def difference(text, calls=None, **names):
    """Fail at a statement that sees `names`, and return what it compared."""
    space = {"np": np, "pytest": pytest, "sys": sys, **names}
    exec("frame = sys._getframe()", space)  # noqa: S102
    return compared(ast.parse(text).body[0], space["frame"], calls or CallLog())[0]


def answered(value, *args, target=None):
    """A log in which the submission gave a value."""
    calls = CallLog()
    calls.add(Call("call", target or len, "", args, result=value))
    return calls


ARRAY = np.float32([[1, 2, 3], [4, 5, 7]])


@pytest.mark.parametrize(
    ("text", "names", "expected", "got", "where"),
    [
        ("assert data == 4", {"data": 6}, "4", "6", ""),
        ("assert 4 == data", {"data": 6}, "4", "6", ""),
        ("assert data == expected", {"data": "ab", "expected": "ac"}, "'ac'", "'ab'", "first at character 2"),
        ("assert expected == data", {"data": 1.5, "expected": 1.25}, "1.25", "1.5", ""),
        ("assert data == pytest.approx(0.5)", {"data": 0.6}, "0.5 ± 5.0e-07", "0.6", ""),
        ("assert data.shape == (2, 2)", {"data": ARRAY}, "(2, 2)", "(2, 3)", ""),
        ("assert data.dtype == np.float64", {"data": ARRAY}, "float64", "float32", ""),
        ("assert len(data) == 3", {"data": [1, 2]}, "3", "2", ""),
        ("assert np.allclose(data, 1)", {"data": ARRAY}, "1", "2.0", "shape (2, 3), 5 of 6 differ, first at [0, 1]"),
        (
            "assert np.allclose(data, want, atol=0.5)",
            {"data": ARRAY, "want": np.array([[1.0, 2.4, 3], [4, 5, 6]])},
            "6.0  float64",
            "7.0  float32",
            "shape (2, 3), 1 of 6 differ, first at [1, 2]",
        ),
        (
            "assert np.array_equal(data, np.array([[0.0]]))",
            {"data": np.zeros((1, 2))},
            "shape (1, 1), float64: np.array([[0.]])",
            "shape (1, 2), float64: np.array([[0., 0.]])",
            "the shapes differ",
        ),
        ("assert data == [1, 2, 3, 4]", {"data": [1, 2, 4, 4]}, "[1, 2, 3, 4]", "[1, 2, 4, 4]", "first at [2]"),
        ("assert data == {'a': 1}", {"data": {"b": 1}}, "{'a': 1}", "{'b': 1}", "keys: missing 'a'; too much 'b'"),
    ],
)
def test_both_sides_are_told_arrays_by_their_first_difference(text, names, expected, got, where):
    assert difference(text, **names) == Difference(expected, got, where)


@pytest.mark.parametrize("text", ["assert data", "assert data > 3", "assert unknown == 3", "assert open('x') == 3"])
def test_what_compares_nothing_that_can_be_told_is_left_to_its_message(text):
    assert difference(text, data=2) is None


def test_the_side_that_the_submission_gave_is_what_was_got():
    total = 1_000.5
    assert difference("assert limit == total", answered(total), total=total, limit=2.0) == Difference("2.0", "1000.5")


def test_sides_that_may_be_either_keep_their_own_names():
    assert difference("assert one == two", one=1, two=2).names == ("two", "one")


@pytest.mark.parametrize(
    ("source", "asks", "repeat"),
    [
        ("class Pair:\n    def __init__(self, a): self.a = a", lambda s: s.a, "Pair(2).a"),
        (
            """class Account:
                def __init__(self, a): self.sum = a
                def pay(self, x): self.sum += x
                def total(self): return self.sum""",
            lambda s: (s.pay(3), s.total()),
            "a1 = Account(2); a1.pay(3); a1.total()",
        ),
        (
            "class Counter:\n    def __init__(self, a): self.n = a\n    def up(self): self.n += 1; return self.n",
            lambda s: (s.up(), s.up()),
            "c1 = Counter(2); c1.up(); c1.up()",
        ),
    ],
)
def test_a_line_repeats_a_call_with_what_was_done_before(subject, source, asks, repeat):
    session = subject(source)
    asks(session.find("work", source.split()[1].rstrip(":"))(2))
    assert session.calls.failing()[1] == repeat


def test_a_call_is_told_with_its_arguments_as_they_were(subject):
    session = subject("def f(x):\n    x[0] = 9\n    return x.sum()")
    session.find("work", "f")(np.array([1.0, 2.0]))
    assert session.calls.failing() == ("f(np.array([1., 2.]))  →  np.float64(11.0)", "f(np.array([1.0, 2.0]))")


def test_a_list_of_objects_that_a_call_changes_is_not_looked_into(subject):
    session = subject("class A:\n    pass\ndef f(x):\n    x.append(1)\n    return len(x)")
    objects = [session.find("work", "A")()]
    assert session.find("work", "f")(objects) == 2
    assert len(objects) == 2


def test_no_line_repeats_what_another_object_has_changed(subject):
    session = subject(
        "class P:\n    def __init__(self): self.v = 1\n"
        "class Step:\n    def __init__(self, all): self.all = all\n    def step(self): self.all[0].v = 2"
    )
    p = session.find("work", "P")()
    session.find("work", "Step")([p]).step()
    assert p.v == 2
    assert session.calls.failing() == ("P().v  →  2", "")


def test_endless_names_are_suggested_to_nobody():
    code = [Code("w.py", 1, f"def {'a' * 5_000}(): pass\n" + "\n".join(f"n{each} = 1" for each in range(9_000)))]
    assert of_text("NameError", f"name '{'a' * 4_999}' is not defined", code) == ""
    assert of_text("NameError", "name 'qqqq' is not defined", code, {"x"}) == ""


def test_what_nothing_looks_for_may_be_what_is_missing():
    told = of_text("NameError", "name 'total' is not defined", CODE[:1], {"GELU", "total"})
    assert told == "It defines Relu (w.py:10), which no test looks for: is that it?"


def test_no_line_repeats_what_cannot_be_written_whole(subject):
    session = subject("def f(x): return 1")
    session.find("work", "f")(np.zeros(1_000))
    call, repeat = session.calls.failing()
    assert call.startswith("f(<array of shape (1000,)")
    assert repeat == ""


def test_a_repeated_array_is_python_that_makes_it_again(subject):
    session = subject("def f(x): return 1")
    value = np.float32([[0.1, np.nan], [-np.inf, 3]])
    session.find("work", "f")(value)
    again = eval(session.calls.failing()[1], {"np": np, "f": lambda x: x})  # noqa: S307
    assert again.dtype == value.dtype
    assert np.array_equal(again, value, equal_nan=True)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("NameError", "name 'ReLU' is not defined", "Did you mean Relu? It is defined at w.py:10."),
        ("AttributeError", "'Relu' object has no attribute 'widht'", "Did you mean width?"),
        ("AttributeError", "module 'numpy' has no attribute 'maximun'", "Did you mean maximum?"),
        ("AttributeError", "'list' object has no attribute 'apend'", "Did you mean append?"),
        ("NameError", "name 'pritn' is not defined", "Did you mean print?"),
        ("NameError", "name 'GELU' is not defined", ""),
        ("NameError", "name 'zzz' is not defined", ""),
        ("TypeError", "name 'ReLU' is not defined", ""),
        ("ModuleNotFoundError", "No module named 'nowhere_to_be_found'", ""),
    ],
)
def test_a_name_that_is_nearly_right_is_suggested(kind, text, told):
    assert of_text(kind, text, CODE) == told


def test_names_that_tests_look_for_are_not_suggested_for_one_another():
    assert of_text("NameError", "name 'GELUS' is not defined", CODE, {"GELU", "Relu"}) == ""


def test_an_installed_package_that_lessons_may_not_import_is_said_to_be_one():
    told = of_text("ModuleNotFoundError", "No module named 'yaml'", CODE)
    assert told.startswith("yaml is installed, but this course's lessons may not import it")
