"""The subject's table of objects that the judge holds by number, and how values cross the wire on its side."""

import builtins
import functools
import types
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from tito.judging.wire.codec import PLAIN_KINDS, Decoder, Encoder, WireError
from tito.judging.wire.operations import OPERATIONS, REFLECTED

Ask = Callable[..., Any]

_METHODS: Final = (
    types.FunctionType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    types.BuiltinFunctionType,
    staticmethod,
    classmethod,
    functools.partialmethod,
)
# What is sent along unasked: a few attributes of the objects at hand, where they are small.
_GLANCES: Final = 8
_SMALL: Final = 4096
_SCALARS: Final = (type(None), bool, int, float, str)
_SPECIAL: Final = frozenset(OPERATIONS) | frozenset(REFLECTED) | {"__call__"}


class Handles:
    """Numbers for objects: an object keeps its number until the judge drops it, so that one object is one proxy.

    `fresh` collects the descriptions of classes that the judge has not seen yet.
    """

    def __init__(self, ask: Ask) -> None:
        self.fresh: list[dict[str, Any]] = []
        self._ask = ask
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._next = 1
        self._guests: dict[tuple[str, ...], type] = {}
        self._likely: dict[str, list[str]] = {}
        self._telling: dict[type, tuple[str, ...]] = {}
        self._touched: dict[int, Any] = {}

    def expect(self, likely: dict[str, list[str]]) -> None:
        """Note which attributes, by class name, the judge is likely to ask for next."""
        self._likely = likely

    def glances(self, encoder: Encoder) -> list[list[Any]]:
        """Return [number, {attribute: node}] of the objects that the last request and its answer named.

        Only what reading cannot change or compute is sent: plain, small values of the instance's own.
        """
        touched, self._touched = self._touched, {}
        found = []
        for number, value in list(touched.items())[-_GLANCES:]:
            try:
                nodes = {name: encoder.encode(each) for name, each in self._plain(value)}
            except Exception:  # noqa: BLE001, S112 - the judge asks for what it is not told
                continue
            if nodes:
                found.append([number, nodes])
        return found

    def _plain(self, value: Any) -> list[tuple[str, Any]]:
        kind = type(value)
        if kind not in self._telling:
            self._telling[kind] = self._names(kind)
        names = self._telling[kind]
        own = vars(value) if names else {}
        return [(name, own[name]) for name in names if name in own and _is_small(own[name])]

    def _names(self, kind: type) -> tuple[str, ...]:
        """Return the likely attributes of a class's objects that no code of the class stands behind."""
        mro = kind.__mro__
        if issubclass(kind, type) or any("__getattribute__" in vars(each) for each in mro[:-1]):
            return ()
        names = (name for each in mro for name in self._likely.get(each.__name__, ()))
        return tuple(name for name in names if not any(name in vars(each) for each in mro))

    def number(self, value: Any) -> int:
        """Return the object's number, a new one where it has none."""
        found = self._numbers.get(id(value))
        if found is None:
            found = self._next
            self._next += 1
            self._numbers[id(value)] = found
            self._objects[found] = value
            if isinstance(value, type):
                self.fresh.append(_describe(value, found, self.number))
        return found

    def drop(self, numbers: list[int]) -> None:
        """Forget objects that the judge no longer holds."""
        for each in numbers:
            self._numbers.pop(id(self._objects.pop(each, None)), None)

    def encoder(self) -> Encoder:
        """Return an encoder that gives the judge a number for what is not plain data."""
        return Encoder(self._node)

    def decoder(self, blob: bytes) -> Decoder:
        """Return a decoder of what the judge sends."""
        return Decoder(blob, self._value, writable=True)

    def _node(self, value: Any) -> object:
        if isinstance(value, Guest):
            return {"j": object.__getattribute__(value, "_tito_number")}
        if isinstance(value, type):
            return {"q": self.number(value)}
        if isinstance(value, types.MethodType | types.FunctionType | types.BuiltinFunctionType):
            return {"p": [self.number(value), str(getattr(value, "__name__", "function"))]}
        number = self.number(value)
        self._touched[number] = value
        return {"h": [number, self.number(type(value))]}

    def _value(self, tag: str, body: Any) -> object:
        match tag:
            case "h":
                self._touched[body] = self._objects[body]
                return self._objects[body]
            case "j":
                number, special = body
                return self._guest_class(tuple(special))(number, self._ask)
            case "g":
                return _by_name(body)
        raise WireError(f"an unknown node {tag!r}")

    def _guest_class(self, special: tuple[str, ...]) -> type:
        if special not in self._guests:
            self._guests[special] = type("Guest", (Guest,), {name: _forward(name) for name in special})
        return self._guests[special]


class Guest:
    """An object of the judge's, as the subject sees it: its public attributes and a few operations."""

    def __init__(self, number: int, ask: Ask) -> None:
        object.__setattr__(self, "_tito_number", number)
        object.__setattr__(self, "_tito_ask", ask)

    def __getattr__(self, name: str) -> Any:
        return self._tito_ask("get", self._tito_number, name)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"attribute {name!r} of a test's object cannot be set")


def _forward(name: str) -> Callable[..., Any]:
    def special(self: Any, *args: Any, **named: Any) -> Any:
        return self._tito_ask("special", self._tito_number, name, args, named)

    return special


def _describe(kind: type, number: int, number_of: Callable[[Any], int]) -> dict[str, Any]:
    own = vars(kind)
    bases = [each for each in kind.__bases__ if each is not object and each.__module__ != "builtins"]
    return {
        "number": number,
        "name": str(kind.__name__),
        "bases": [number_of(each) for each in bases],
        "methods": [name for name, each in own.items() if _is_method(name, each)],
        "special": [name for name, each in own.items() if name in _SPECIAL and callable(each)],
        "error": _builtin_error(kind),
        "ufunc": "__array_ufunc__" in own and own["__array_ufunc__"] is None,
    }


def _is_small(value: Any) -> bool:
    if type(value) is np.ndarray:
        return value.dtype.kind in PLAIN_KINDS and value.nbytes <= _SMALL
    return type(value) in _SCALARS and (type(value) is not str or len(value) <= _SMALL)


def _is_method(name: str, value: object) -> bool:
    return isinstance(value, _METHODS) and (name == "__init__" or not name.startswith("__"))


def _builtin_error(kind: type) -> str | None:
    if not issubclass(kind, Exception):
        return None
    return next(str(each.__name__) for each in kind.__mro__ if vars(builtins).get(each.__name__) is each)


def _by_name(path: str) -> object:
    root, *names = path.split(".")
    return functools.reduce(getattr, names, {"numpy": np, "builtins": builtins}[root])
