"""Guests: the judge's own objects that a test hands to the student's code, and what of them is served.

Only what the locked tests themselves define is served, by public names, and nothing of it can be set. A module,
or an object of a library, would be a way into the judge; numpy's and Python's own functions travel as their names.
"""

import collections
import functools
import operator
import re
import sys
import types
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

import numpy as np

from tito.judging.judge.functions import Bound, Function
from tito.judging.judge.proxies import Proxy, ProxyClass
from tito.judging.judge.raised import Error
from tito.judging.wire.codec import Encoder
from tito.judging.wire.operations import OPERATIONS

_SERVED: Final = (*OPERATIONS, "__call__")
_TOLD: Final = ("__name__", "__qualname__", "__doc__")
# Their functions and classes are the subject's as well.
_OPEN: Final = sys.stdlib_module_names | {"numpy", "pandas", "scipy"}
_PLAIN: Final[dict[type, Callable[[Any], Any]]] = {
    str: str.__str__,
    bytes: lambda it: bytes.__getitem__(it, slice(None)),
    bytearray: lambda it: bytearray(memoryview(it)),
    bool: bool,
    int: int.__index__,
    float: float.__float__,
    complex: complex.__pos__,
    np.ndarray: lambda it: np.array(np.ndarray.view(it, np.ndarray)),
    tuple: lambda it: tuple(tuple.__iter__(it)),
    list: lambda it: list(list.__iter__(it)),
    dict: dict.copy,
    set: lambda it: set(set.__iter__(it)),
    frozenset: lambda it: frozenset(frozenset.__iter__(it)),
}
# Python's own objects that are made anew over there: what makes one, of which arguments, and of which by name.
_REMADE: Final[dict[type, Callable[[Any], tuple[Any, ...]]]] = {
    re.Pattern: lambda it: ("re:compile", (it.pattern, it.flags)),
    functools.partial: lambda it: ("functools:partial", (it.func, *it.args), it.keywords),
    operator.itemgetter: lambda it: ("operator:itemgetter", it.__reduce__()[1]),
    operator.attrgetter: lambda it: ("operator:attrgetter", it.__reduce__()[1]),
    property: lambda it: ("builtins:property", (it.fget, it.fset, it.fdel)),
    staticmethod: lambda it: ("builtins:staticmethod", (it.__func__,)),
    classmethod: lambda it: ("builtins:classmethod", (it.__func__,)),
    functools.partialmethod: lambda it: ("functools:partialmethod", (it.func, *it.args), it.keywords),
}
# What stands for an attribute of other objects, as a mock of a property does.
_DESCRIBES: Final = ["__get__", "__set__"]
# A method of one of these, such as `found.append`, can be called and has no other names.
_CONTAINERS: Final = frozenset({list, dict, set, collections.deque, collections.Counter, collections.defaultdict})
_ITERATED: Final = ("__iter__", "__next__")
# What a mock keeps in itself, besides what its class defines.
_OF_MOCKS: Final = frozenset({"method_calls", "mock_calls", "call_args", "call_args_list", "call_count", "called"})


class Guests:
    """The numbers of the judge's objects that the subject has been given.

    `homes` are the names of the modules whose functions and classes may be served: the grader's. `refused` are those
    objects that a test tried to hand over and may not.
    """

    def __init__(self, homes: Collection[str]) -> None:
        self.refused: list[Any] = []
        self._homes = homes
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}

    def node(self, value: Any, encoder: Encoder) -> object:
        """Return the node by which the subject may hold `value`. Raises TypeError where it may not."""
        held = _held(value)
        if held is not None:
            return held
        plain = _plain(value)
        if plain is not None:
            return encoder.content(plain)
        path = library_path(value)
        if path:
            return {"g": path}
        if type(value) in _REMADE:
            path, *made_of = _REMADE[type(value)](value)
            return {"v": [path, *map(encoder.encode, made_of)]}
        if not self._is_served(value):
            self.refused.append(value)
            raise TypeError(f"a test cannot hand {_described(value)} to the student's code from outside its process")
        number = self._numbers.setdefault(id(value), len(self._objects))
        if number == len(self._objects):
            self._objects.append(value)
        served = _ITERATED if _is_iterator(value) else _SERVED
        special = [each for each in served if _defines(type(value), each)]
        # A function in a class is bound over there; a property's mock is asked.
        special += ["bind"] if isinstance(value, types.FunctionType) else _DESCRIBES if _describes(value) else []
        told = {name: getattr(value, name) for name in _TOLD if isinstance(value, types.FunctionType | type)}
        return {"j": [number, special, {name: each for name, each in told.items() if isinstance(each, str)}]}

    def __getitem__(self, number: int) -> Any:
        return self._objects[number]

    def serves(self, kind: type) -> bool:
        """Say whether a class is the locked tests' own."""
        return kind.__module__ in self._homes

    def named(self, number: Any, name: Any) -> str:
        """Return what is written where the attribute of a guest is set."""
        return f"{type(self._objects[number]).__name__}.{name}"

    def serve(self, what: str, *args: Any) -> Any:
        """Do what the subject asks of a guest. Raises whatever the guest raises, or AttributeError."""
        match what, args:
            case "get", (int(number), str(name)) if _is_public(self._objects[number], name):
                return getattr(self._objects[number], name)
            case "set", (int(number), str(name), value) if self._is_settable(self._objects[number], name, value):
                return setattr(self._objects[number], name, value)
            case "special", (int(number), "__call__", tuple(given), dict(named)):
                return self._objects[number](*given, **named)
            case "special", (int(number), str(name), tuple(given), dict()) if name in OPERATIONS and (
                name in _ITERATED or not _is_iterator(self._objects[number])
            ):
                return OPERATIONS[name](self._objects[number], *given)
            case "special", (int(number), "__get__" | "__set__" as name, tuple(given), dict()) if _describes(
                self._objects[number]
            ):
                return getattr(type(self._objects[number]), name)(self._objects[number], *given)
            case "invoke", (ProxyClass() as kind, str(name), tuple(given), dict(named)) if (
                name in kind._tito_announced
            ):
                return _own(kind)[name](*given, **named)
        if what == "set":
            raise AttributeError("this attribute of a test's object cannot be set: it holds no data")
        raise AttributeError("a test's object serves public names only")

    def _is_settable(self, guest: Any, name: str, value: Any) -> bool:
        """Whether an attribute, and what it is to hold, is something that an object is about, not what it does."""
        if _is_mock(guest) or type(guest).__module__ not in self._homes or not _is_public(guest, name):
            return False
        return name in getattr(guest, "__dict__", ()) and not callable(getattr(guest, name)) and not callable(value)

    def _is_served(self, value: Any) -> bool:
        if isinstance(value, types.MethodType):
            return self._is_served(value.__self__)
        if isinstance(value, types.BuiltinMethodType) and type(value.__self__) in _CONTAINERS:
            return True
        if _is_mock(value) or _is_iterator(value) or _is_specified(value):
            return True
        home = value if isinstance(value, types.FunctionType | type) else type(value)
        return getattr(home, "__module__", None) in self._homes


def _is_mock(value: Any) -> bool:
    # Where there is a mock, its module is loaded; loading it takes 27 ms.
    mock = sys.modules.get("unittest.mock")
    return bool(mock) and isinstance(value, mock.NonCallableMock)  # type: ignore[union-attr]


def _is_specified(value: Any) -> bool:
    """Whether a value is the function that `autospec` makes of a mock."""
    return isinstance(value, types.FunctionType) and _is_mock(getattr(value, "mock", None))


def _describes(value: Any) -> bool:
    return all(_defines(type(value), each) for each in _DESCRIBES)


def _is_iterator(value: Any) -> bool:
    """Whether a value is one of Python's own iterators: its items are served, and nothing that it is made of."""
    return isinstance(value, Iterator) and type(value).__module__ in {"builtins", "itertools"}


def _is_public(guest: Any, name: str) -> bool:
    """Whether a name is the test's own: what a mock brings along would forget its calls or change its answers."""
    if _is_iterator(guest) or _is_specified(guest):
        return False
    return not name.startswith("_") and not (_is_mock(guest) and (hasattr(type(guest), name) or name in _OF_MOCKS))


def _defines(kind: type, name: str) -> bool:
    return any(name in vars(each) for each in kind.__mro__ if each is not object)


def _held(value: Any) -> object:
    """Return the node of what is the subject's own, or None."""
    kind = type(value)
    if issubclass(kind, Proxy | Function) or (issubclass(kind, Error) and value._tito_number):
        return {"h": value._tito_number}
    if issubclass(kind, Bound):
        holder = _held(value._tito_holder if value._tito_owner is None else value._tito_owner)
        return {"m": [holder["h"], value.__name__]} if isinstance(holder, dict) else None
    if isinstance(value, type) and "_tito_class" in _own(value):
        return {"h": _own(value)["_tito_class"]}
    return None


_own: Final = type.__dict__["__dict__"].__get__


def _plain(value: Any) -> Any:
    """Return what a value of a class that derives from one of data is, or None."""
    for kind, reduce in _PLAIN.items():
        if isinstance(value, kind):
            return reduce(value)
    return None


def library_path(value: Any) -> str:
    """Return "module:name" of a function or class that the standard library or numpy defines under it, else ""."""
    if not isinstance(value, Callable | np.ufunc):  # type: ignore[arg-type]
        return ""
    owner = getattr(value, "__objclass__", None)
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    modules = ("numpy",) if isinstance(value, np.ufunc) else (getattr(owner or value, "__module__", None), "builtins")
    for module in modules:
        if isinstance(module, str) and isinstance(name, str) and module.partition(".")[0] in _OPEN:
            found: Any = sys.modules.get(module)
            for part in name.split("."):
                found = getattr(found, part, None)
            if found is value:
                return f"{module}:{name}"
    return ""


def _described(value: Any) -> str:
    return f"a {type(value).__name__}" if not isinstance(value, types.ModuleType) else f"module {value.__name__}"
