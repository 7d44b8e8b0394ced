"""What a failing assertion compared: its two sides as they were, without asking the submission anything again.

Both sides are read out of the test's own frame and the log of its calls. What would have to be called, or is no plain
data, is left alone: then the assertion's own message says all.
"""

import ast
import builtins
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from types import FrameType, ModuleType
from typing import Any, Final

import numpy as np
import pytest

from tito.judging.judge.calls import CallLog
from tito.judging.judge.literals import shown
from tito.judging.judge.proxies import Proxy
from tito.model.outcome import Difference
from tito.records import dataclass

# (its own name, the place of what was got): which calls compare their first two arguments.
_COMPARING: Final = frozenset(
    {
        *("allclose", "array_equal", "isclose", "array_equiv", "assert_allclose", "assert_array_equal"),
        *("assert_array_almost_equal", "assert_almost_equal", "assert_equal", "assertEqual", "assertAlmostEqual"),
        *("assertListEqual", "assertDictEqual", "assertTupleEqual", "assertSetEqual", "assertSequenceEqual"),
    }
)
_CLOSE: Final = frozenset({"allclose", "isclose", "assert_allclose"})
_EXPECTED: Final = re.compile(r"expect|want|target|desired|correct|truth|reference|should|solution", re.IGNORECASE)
_PURE: Final = frozenset(
    {*("len", "list", "tuple", "set", "dict", "sorted", "sum", "abs", "round", "float", "int", "bool", "str", "repr")}
)
_OPERATORS: Final[Mapping[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.USub: operator.neg, ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}  # fmt: skip
# pytest tells of no public name for what `approx` gives.
_APPROXIMATE: Final = type(pytest.approx(0.0)).__bases__[0]
_OF_ARRAYS: Final = frozenset({"shape", "dtype", "ndim", "size", "T"})
_PLAIN: Final = (bool, int, float, complex, str, bytes, type(None), np.ndarray, np.generic, np.dtype)
_MOST: Final = 1_000_000
_DEEPEST: Final = 6


class _Unknown(Exception):  # noqa: N818 - an answer: this side cannot be told
    """A side that nothing here may work out."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: its text in the test, its value, and whether that came from the submission."""

    text: str
    value: Any
    theirs: bool
    literal: bool


def compared(statement: ast.stmt, frame: FrameType, calls: CallLog) -> tuple[Difference | None, Any]:
    """Return how the two sides of a failing comparison differ, and the value that the submission gave.

    (None, None) where the statement compares nothing that can be told.
    """
    try:
        found = _sides(statement, _Reader(frame, calls))
        if found is None:
            return None, None
        expected, got, close, names = found
        told = _told(expected.value, got.value, close, names)
    except Exception:  # noqa: BLE001 - an explanation that cannot be had leaves the assertion's own message
        return None, None
    return told, got.value


def _sides(statement: ast.stmt, read: "_Reader") -> "tuple[_Side, _Side, Mapping[str, Any], tuple[str, str]] | None":
    """Return (expected, got, tolerances, what they are called) of a statement that compares two things."""
    node = statement.test if isinstance(statement, ast.Assert) else getattr(statement, "value", None)
    close: dict[str, Any] = {}
    while isinstance(node, ast.Call) and len(node.args) == 1 and _called(node) in {"all", "bool"}:
        node = node.args[0]
    match node:
        case ast.Compare(left, [ast.Eq() | ast.Is()], [right]):
            pair = (left, right)
        case ast.Call(args=[first, second, *_]) if _called(node) in _COMPARING:
            pair = (first, second)
            if _called(node) in _CLOSE:
                named = {each.arg: each.value for each in node.keywords if each.arg in {"rtol", "atol", "equal_nan"}}
                close = {"rtol": 1e-5, "atol": 1e-8} | {name: read(each) for name, each in named.items()}
        case _:
            return None
    one, other = (read.side(each) for each in pair)
    if (other.theirs and not one.theirs) or (one.literal and not other.literal):
        return one, other, close, _NAMED
    told = one.theirs or other.literal or isinstance(node, ast.Call)
    if not told and _EXPECTED.search(one.text) and not _EXPECTED.search(other.text):
        return one, other, close, _NAMED
    told = told or bool(_EXPECTED.search(other.text))
    return other, one, close, _NAMED if told else (other.text[:_WIDEST], one.text[:_WIDEST])


_NAMED: Final = ("expected", "got")
_WIDEST: Final = 24


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


class _Reader:
    """Reads expressions of a test out of its frame, where that runs nothing of the submission's."""

    def __init__(self, frame: FrameType, calls: CallLog) -> None:
        self._names = {**vars(builtins), **frame.f_globals, **frame.f_locals}
        self._calls = calls

    def side(self, node: ast.expr) -> _Side:
        """Return one side of a comparison. Raises _Unknown."""
        value = self(node)
        literal = self._is_literal(node)
        theirs = not literal and (self._calls.gave(value) or self._asks(node))
        if isinstance(value, type) and issubclass(value, np.generic):
            value = np.dtype(value)
        return _Side(ast.unparse(node), value, theirs, literal)

    def _is_literal(self, node: ast.expr) -> bool:
        """Whether an expression holds no name but those of libraries and their functions."""
        names = (self._names.get(each.id) for each in ast.walk(node) if isinstance(each, ast.Name))
        return all(isinstance(each, ModuleType | type) or is_pure(each) for each in names)

    def _asks(self, node: ast.expr) -> bool:
        """Whether a part of an expression is the submission's, or was given by it."""
        for each in ast.walk(node):
            value = self._names.get(each.id) if isinstance(each, ast.Name) else None
            if isinstance(value, Proxy | np.ndarray) and (isinstance(value, Proxy) or self._calls.gave(value)):
                return True
        return any(isinstance(each, ast.Call) and self._is_theirs(each) for each in ast.walk(node))

    def _is_theirs(self, node: ast.Call) -> bool:
        try:
            return self._calls.knows(self(node.func))
        except _Unknown:
            return isinstance(node.func, ast.Attribute)

    def __call__(self, node: ast.expr) -> Any:  # noqa: C901, PLR0911 - a table in match form
        match node:
            case ast.Constant(value):
                return value
            case ast.Name(name) if name in self._names:
                return self._names[name]
            case ast.List(parts):
                return [self(each) for each in parts]
            case ast.Tuple(parts):
                return tuple(self(each) for each in parts)
            case ast.Set(parts):
                return {self(each) for each in parts}
            case ast.Dict(keys, values) if all(keys):
                return {self(key): self(each) for key, each in zip(keys, values, strict=True) if key}
            case ast.UnaryOp(sign, inner) if type(sign) in _OPERATORS:
                return _OPERATORS[type(sign)](self._data(inner))
            case ast.BinOp(left, sign, right) if type(sign) in _OPERATORS:
                return self._calculated(sign, left, right)
            case ast.Attribute(inner, name):
                return self._attribute(self(inner), name)
            case ast.Subscript(inner, index):
                return self._item(self(inner), index)
            case ast.Call():
                return self._call(node)
        raise _Unknown

    def _data(self, node: ast.expr) -> Any:
        value = self(node)
        if not is_data(value):
            raise _Unknown
        return value

    def _calculated(self, sign: ast.operator, left: ast.expr, right: ast.expr) -> Any:
        one, other = self(left), self(right)
        known = _OPERATORS[type(sign)]
        if is_data(one) and is_data(other):
            return known(one, other)
        return self._logged(one, f"__{known.__name__}__", (one, other))

    def _attribute(self, value: Any, name: str) -> Any:
        if isinstance(value, ModuleType) and not name.startswith("_"):
            return vars(value)[name]
        if type(value) is np.ndarray and name in _OF_ARRAYS:
            return getattr(value, name)
        if isinstance(value, Proxy):
            return self._logged(value, name, ())
        raise _Unknown

    def _item(self, value: Any, index: ast.expr) -> Any:
        key = self(index)
        if is_data(value) and (is_data(key) or isinstance(key, slice)):
            return value[key]
        return self._logged(value, "__getitem__", (value, key))

    def _call(self, node: ast.Call) -> Any:
        method = node.func
        if isinstance(method, ast.Attribute) and isinstance(target := self(method.value), Proxy):
            return self._logged(target, method.attr, self._args(node))
        function, args = self(method), self._args(node)
        named = {each.arg: self(each.value) for each in node.keywords if each.arg}
        if self._calls.knows(function):
            return self._logged(function, "", args)
        if is_pure(function) and all(map(is_data, (*args, *named.values()))):
            return function(*args, **named)
        raise _Unknown

    def _args(self, node: ast.Call) -> tuple[Any, ...]:
        return tuple(self(each) for each in node.args)

    def _logged(self, target: Any, name: str, args: tuple[Any, ...]) -> Any:
        found = self._calls.answer(target, name, args)
        if found is None:
            raise _Unknown
        return found.result


def is_pure(function: Any) -> bool:
    """Say whether a function is one of a library's, which only computes: numpy's, pytest's `approx`, Python's own."""
    module = str(getattr(function, "__module__", "") or "")
    name = str(getattr(function, "__name__", ""))
    if module == "builtins":
        return name in _PURE
    library = module.partition(".")[0] in {"numpy", "math"} or isinstance(function, np.ufunc)
    return library or name == "approx"


def is_data(value: Any, depth: int = 0) -> bool:
    """Say whether a value is plain data, or pytest's approximation of it; a subclass may be anything."""
    if isinstance(value, Proxy) or depth > _DEEPEST:
        return False
    if type(value) in _PLAIN or isinstance(value, np.generic | np.dtype) or _is_approx(value):
        return not getattr(getattr(value, "dtype", None), "hasobject", False)
    if type(value) in {list, tuple, set, frozenset}:
        return all(is_data(each, depth + 1) for each in value)
    return type(value) is dict and all(
        is_data(key, depth + 1) and is_data(each, depth + 1) for key, each in value.items()
    )


def _is_approx(value: Any) -> bool:
    return isinstance(value, _APPROXIMATE)


def _told(expected: Any, got: Any, close: Mapping[str, Any], names: tuple[str, str]) -> Difference | None:
    """Return how two values differ, arrays and sequences by the first place at which they do."""
    if not (is_data(expected) and is_data(got)):
        return None
    if isinstance(expected, np.ndarray) or isinstance(got, np.ndarray):
        told = _arrays(np.asarray(getattr(expected, "expected", expected)), np.asarray(got), close, expected)
    elif isinstance(expected, list | tuple) and isinstance(got, list | tuple) and type(expected) is type(got):
        told = _sequences(expected, got)
    elif isinstance(expected, dict) and isinstance(got, dict):
        told = _dicts(expected, got)
    elif isinstance(expected, str) and isinstance(got, str):
        told = _texts(expected, got)
    else:
        told = Difference(_one(expected), _one(got))
    return Difference(told.expected, told.got, told.where, names) if told else None


def _arrays(expected: Any, got: Any, close: Mapping[str, Any], wanted: Any) -> Difference | None:
    if expected.shape != got.shape and (not expected.ndim or close) and expected.size <= got.size:
        expected = np.broadcast_to(expected, got.shape)
    if expected.shape != got.shape:
        return Difference(_form(expected), _form(got), "the shapes differ")
    if expected.size > _MOST or {expected.dtype.kind, got.dtype.kind} & set("OSUV"):
        return None
    if _is_approx(wanted):
        close = {"rtol": wanted.rel or 1e-6, "atol": wanted.abs or 1e-12}
    same = np.isclose(got, expected, **close) if close else expected == got
    told = isinstance(wanted, np.ndarray) and expected.dtype != got.dtype
    places = np.argwhere(~np.asarray(same))
    if not len(places):
        return Difference(_form(expected), _form(got)) if expected.dtype != got.dtype else None
    at = tuple(int(each) for each in places[0])
    where = f"shape {got.shape}, {len(places)} of {got.size} differ, first at [{', '.join(map(str, at))}]"
    ends = (f"  {each.dtype}" if told else "" for each in (expected, got))
    one, other = (f"{_one(value[at])}{end}" for value, end in zip((expected, got), ends, strict=True))
    return Difference(one, other, where if at else "")


def _form(value: Any) -> str:
    return f"shape {value.shape}, {value.dtype}: {shown(value)}"


def _sequences(expected: Sequence[Any], got: Sequence[Any]) -> Difference:
    short = _one(expected), _one(got)
    place = next((at for at, pair in enumerate(zip(expected, got, strict=False)) if not _same(*pair)), None)
    if max(len(expected), len(got)) < _FEW:
        return Difference(*short)
    if len(expected) != len(got):
        counts = f"{len(expected)} items expected, {len(got)} got"
        return Difference(*short, f"{counts}; the first difference is at [{_first(place, expected, got)}]")
    if place is None or max(map(len, short)) <= _SHORT:
        return Difference(*short, "" if place is None else f"first at [{place}]")
    return Difference(_one(expected[place]), _one(got[place]), f"of {len(got)} items first at [{place}]")


_SHORT: Final = 56
_FEW: Final = 4


def _first(place: int | None, expected: Sequence[Any], got: Sequence[Any]) -> int:
    return min(len(expected), len(got)) if place is None else place


def _dicts(expected: Mapping[Any, Any], got: Mapping[Any, Any]) -> Difference:
    short = _one(expected), _one(got)
    missing = [key for key in expected if key not in got]
    more = [key for key in got if key not in expected]
    if missing or more:
        both = (("missing", missing), ("too much", more))
        words = [f"{word} {', '.join(map(_one, keys[:_FEW]))}" for word, keys in both if keys]
        return Difference(*short, f"keys: {'; '.join(words)}")
    key = next((each for each in expected if not _same(expected[each], got[each])), None)
    if max(map(len, short)) <= _SHORT or (key is None and None not in expected):
        return Difference(*short)
    return Difference(_one(expected[key]), _one(got[key]), f"at key {_one(key)}")


def _texts(expected: str, got: str) -> Difference:
    place = next((at for at, pair in enumerate(zip(expected, got, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(expected), len(got)) if place is None else place
    if max(len(expected), len(got)) <= _SHORT:
        return Difference(repr(expected), repr(got), f"first at character {at + 1}" if at else "")
    start = max(0, at - _FEW * 4)
    dots = "…" if start else ""
    one, other = (f"{dots}{each[start : start + _SHORT]!r}" for each in (expected, got))
    return Difference(one, other, f"first at character {at + 1}")


def _same(one: Any, other: Any) -> bool:
    found = one == other
    return bool(np.all(found)) if isinstance(found, np.ndarray) else bool(found)


def _one(value: Any) -> str:
    if _is_approx(value):
        return str(value)
    # numpy's own text of a number is its shortest one: 0.1, not 0.10000000149011612.
    plain = isinstance(value, np.dtype) or (isinstance(value, np.generic) and value.dtype.kind in "biuf")
    return str(value) if plain else shown(value)
