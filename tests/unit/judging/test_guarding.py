"""What would run the submission's text or files in the judge, and does not."""

import datetime as dt
import doctest
import functools
import inspect
import io
import pickle
import typing

import numpy as np
import pytest

from tito.judging.judge.guarding import guarded

HOSTILE = '''
import os, pickle
def f(x: "print('run')" = 1) -> "int":
    """Say.

    >>> print("run")
    run
    """
def g(x: "list[int] | None", y: "str") -> "dict[str, int]": pass
class Point:
    x: "exit()"
class Evil:
    def __reduce__(self): return eval, ("print('run')",)
def bad(): return pickle.dumps(Evil())
def good(): return pickle.dumps({"a": [1, (2.5, "x")], "b": {3}})
'''


@pytest.fixture
def find(subject):
    session = subject(HOSTILE)
    with guarded():
        yield lambda name: session.find("work", name)


@pytest.mark.parametrize(
    "evaluate",
    [
        typing.get_type_hints,
        lambda f: inspect.get_annotations(f, eval_str=True),
        lambda f: functools.singledispatch(lambda _: 0).register(f),
    ],
)
def test_an_annotation_that_computes_is_not_evaluated(find, evaluate, capsys):
    with pytest.raises(TypeError, match="computes"):
        evaluate(find("f"))
    assert "run" not in capsys.readouterr().out


def test_a_class_s_annotations_are_not_evaluated_either(find):
    with pytest.raises(TypeError, match="computes"):
        typing.get_type_hints(find("Point"))


def test_annotations_that_are_names_are(find):
    found = {"x": list[int] | None, "y": str, "return": dict[str, int]}
    assert typing.get_type_hints(find("g")) == found == inspect.get_annotations(find("g"), eval_str=True)


def test_examples_are_not_run(find):
    with pytest.raises(TypeError, match="doctest"):
        doctest.run_docstring_examples(find("f"), {"f": find("f")})


def test_a_pickle_calls_nothing(find, capsys, tmp_path):
    (tmp_path / "bad").write_bytes(find("bad")())
    for load in (
        lambda: pickle.loads(find("bad")()),  # noqa: S301
        lambda: pickle.load(io.BytesIO((tmp_path / "bad").read_bytes())),  # noqa: S301
        lambda: pickle.Unpickler(io.BytesIO(find("bad")())).load(),  # noqa: S301
        lambda: np.load(tmp_path / "bad", allow_pickle=True),
    ):
        with pytest.raises(pickle.UnpicklingError):
            load()
    assert "run" not in capsys.readouterr().out


def test_plain_values_arrays_and_the_test_s_own_objects_are_pickled(find):
    assert pickle.loads(find("good")()) == {"a": [1, (2.5, "x")], "b": {3}}  # noqa: S301
    values = [np.arange(3), dt.date(2026, 1, 2), {"a": np.float64(1)}]
    back = pickle.loads(pickle.dumps(values))  # noqa: S301
    assert back[0].tolist() == [0, 1, 2]
    assert back[1:] == values[1:]
    point = find("Point")()
    assert type(pickle.loads(pickle.dumps(point))) is type(point)  # noqa: S301


def test_everything_is_as_it_was_behind_it():
    before = (pickle.load, pickle.loads, inspect.get_annotations, doctest.DocTestRunner.run)
    with guarded():
        assert pickle.load is not before[0]
    assert (pickle.load, pickle.loads, inspect.get_annotations, doctest.DocTestRunner.run) == before
