"""The subject's table of objects that the judge holds by number, and how values cross the wire on its side."""

import functools
import importlib
import inspect
import itertools
import types
from collections.abc import Callable, Iterable
from operator import is_
from typing import Any, Final

from tito.judging.subject.describe import CHANGING, derives_from_data, described, is_library, plain_content
from tito.judging.subject.faults import Thrown, told_fault
from tito.judging.subject.glances import Glances
from tito.judging.wire.codec import Decoder, Encoder, WireError, is_data
from tito.judging.wire.codecs import STANDARD, Codecs
from tito.judging.wire.numeric import np
from tito.judging.wire.shared import Shared
from tito.judging.wire.streams import AWAITED_NAMES, STREAM_NAMES

Ask = Callable[..., Any]

# What has a name and is called, by how the judge shows it.
_FUNCTIONS: Final[dict[type, str]] = {
    types.FunctionType: "function",
    types.MethodType: "method",
    types.BuiltinFunctionType: "builtin",
    types.MethodDescriptorType: "builtin",
    types.WrapperDescriptorType: "builtin",
    types.MethodWrapperType: "builtin",
    types.ClassMethodDescriptorType: "builtin",
    np.ufunc: "builtin",
    type(functools.lru_cache(len)): "cached",
}


_UNTOLD: Final[tuple[Any, ...]] = (None, object.__hash__)


class Handles:
    """Numbers for objects: an object keeps its number until the judge drops it, so that one object is one proxy.

    `fresh` collects the descriptions of classes that the judge has not seen yet; `shared` are the values that can
    change, `glances` what is told besides.
    """

    def __init__(self, ask: Ask, codecs: Codecs = STANDARD) -> None:
        self.fresh: list[dict[str, Any]] = []
        self.shared = Shared(codecs, -1)
        self.thrown = Thrown()
        self._ask = ask
        self._codecs = codecs
        self._objects: dict[int, Any] = {}
        self.glances = Glances(self.shared, self._objects)
        self._numbers: dict[int, int] = {}
        self._next = 1
        # What the judge knows of the content of objects that are lists, dicts or sets besides.
        self._contents: dict[int, list[Any]] = {}
        self._within: set[int] = set()
        self._writers: dict[type, Callable[[Any, Encoder], object]] = {}
        # Held for good: whoever lent them holds them, so that none is gone for a student's weak reference or `id`.
        self._guests: dict[int, Guest] = {}
        self._guest_classes: dict[tuple[Any, ...], type[Guest]] = {}

    def encoder(self) -> Encoder:
        """Return an encoder that gives the judge a number for what is not data."""
        return self.shared.encoder(self._node)

    def decoder(self, blob: bytes) -> Decoder:
        """Return a decoder of what the judge sends."""
        return self.shared.decoder(blob, self._value)

    def is_data(self, value: Any) -> bool:
        """Whether a value crosses by itself, without a handle."""
        return is_data(value, self._codecs)

    def number(self, value: Any) -> int:
        """Return the object's number, a new one where it has none."""
        found = self._numbers.get(id(value))
        if found is None:
            found = self._next
            self._next += 1
            self._numbers[id(value)] = found
            self._objects[found] = value
            if isinstance(value, type):
                self.fresh.append(described(value, found, self.number))
        return found

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget objects that the judge no longer holds."""
        for each in numbers:
            self._numbers.pop(id(self._objects.pop(each, None)), None)
            self._contents.pop(each, None)

    def contents(self, encoder: Encoder) -> list[list[Any]]:
        """Return [number, node] of the objects whose content as a list, dict or set has changed."""
        found: list[list[Any]] = []
        if not self._contents:
            return found
        for number, before in self._contents.items():
            _, plain = plain_content(self._objects[number]) or (None, [])
            now = _items(plain)
            if len(now) != len(before) or not all(map(is_, now, before)):
                self._contents[number] = now
                found.append([number, encoder.content(plain)])
        return found

    def _node(self, value: Any, encoder: Encoder) -> object:
        kind = type(value)
        write = self._writers.get(kind)
        if write is None:
            write = self._writers[kind] = self._writer(kind)
        return write(value, encoder)

    def _writer(self, kind: type) -> Callable[[Any, Encoder], object]:  # noqa: PLR0911 - a table
        """Return what makes the node of an object of that class: the class says which sort it is."""
        if issubclass(kind, Guest):
            return lambda value, _: {"j": object.__getattribute__(value, "_tito_number")}
        if issubclass(kind, BaseException):
            return lambda value, encoder: {"v": encoder.encode(told_fault(value, self))}
        if issubclass(kind, type):
            return lambda value, _: {"q": self.number(value)}
        if kind in _FUNCTIONS:
            return self._function
        if kind in STREAM_NAMES or kind in AWAITED_NAMES:
            return lambda value, _: {"u": [self.number(value), STREAM_NAMES.get(kind) or AWAITED_NAMES[kind]]}
        if kind.__hash__ in _UNTOLD and not derives_from_data(kind):
            return self._plain_object
        return self._object

    def _function(self, value: Any, _: Encoder) -> object:
        return {"p": [self.number(value), str(getattr(value, "__name__", "function")), _FUNCTIONS[type(value)]]}

    def _plain_object(self, value: Any, _: Encoder) -> object:
        number = self.number(value)
        self.glances.touch(number, value)
        return {"h": [number, self.number(type(value))]}

    def _object(self, value: Any, encoder: Encoder) -> object:
        number = self.number(value)
        self.glances.touch(number, value)
        return {"h": [number, self.number(type(value)), *self._more(number, value, encoder)]}

    def _more(self, number: int, value: Any, encoder: Encoder) -> list[Any]:
        """Return the hash of an object, where its class computes one, and its content, where it is data besides."""
        hashed = None
        if type(value).__hash__ not in _UNTOLD:
            try:
                hashed = hash(value)
            except Exception:  # noqa: BLE001 - whatever a student's __hash__ does, it does it where it is asked for
                hashed = None
        content = None if number in self._within else plain_content(value) or self._base(value)
        if content is None:
            return [] if hashed is None else [hashed]
        kind, plain = content
        if kind in CHANGING:
            self._contents[number] = _items(plain)
        self._within.add(number)
        try:
            return [hashed, encoder.encode(plain)]
        finally:
            self._within.discard(number)

    def _base(self, value: Any) -> tuple[type, Any] | None:
        """Return the library's class of unchanging values that a value's class derives from, and its content."""
        for kind in type(value).__mro__[1:]:
            codec = self._codecs.of(kind)
            if codec is not None and codec.fill is None:
                return kind, codec.build(codec.parts(value))
        return None

    def _value(self, tag: str, body: Any, decoder: Decoder) -> object:  # noqa: PLR0911 - a table in match form
        match tag:
            case "h":
                found = self._objects[body]
                self.glances.touch(body, found)
                return found
            case "m":
                number, name = body
                return getattr(self._objects[number], name)
            case "j":
                number, special, told, *more = body
                return self._guest(number, special, decoder.aside(told), *more)
            case "g":
                return by_path(body)
            case "w":
                number, kind, args, *more = body
                return self.thrown.fault(number, *map(decoder.decode, (kind, args, *more)))
            case "W":
                return self.thrown.kind(*map(decoder.decode, body))
            case "v":
                path, args, *named = body
                return by_path(path)(*decoder.decode(args), **(decoder.decode(named[0]) if named else {}))
        raise WireError(f"an unknown node {tag!r}")

    def _guest(
        self, number: int, special: list[str], told: dict[str, Any], kind: list[str], hashed: int | None = None
    ) -> "Guest":
        """Return what stands for an object of the judge's: the same one each time, with what it can do by now."""
        made_of = self._guest_class(tuple(special), *kind)
        found = self._guests.get(number)
        if found is None:
            found = self._guests[number] = made_of(number, self._ask)
        object.__setattr__(found, "__class__", made_of)
        if "__signature__" in told:
            told["__signature__"] = _signature(*told["__signature__"])
        object.__setattr__(found, "_tito_told", told)
        object.__setattr__(found, "_tito_hash", hashed)
        return found

    def _guest_class(self, special: tuple[str, ...], name: str, qualname: str, doc: str | None) -> "type[Guest]":
        key = (special, name, qualname, doc)
        if key not in self._guest_classes:
            # A function or class is its own copy, an object of a test's class is asked for one, an iterator has none.
            space: dict[str, Any] = {} if "__next__" in special else {"__copy__": _itself, "__deepcopy__": _itself}
            space |= {each: _forward(each) for each in special}
            space |= {each: method for each, method in _METHODS.items() if each in special}
            if space.pop("bind", None):
                space["__get__"] = _bind
            space |= {"__module__": "__main__", "__qualname__": qualname, "__doc__": doc}
            self._guest_classes[key] = type(name, (Guest,), space)
        return self._guest_classes[key]


class Guest:
    """An object of the judge's, as the subject sees it: its public attributes and a few operations.

    Its class is called as the judge's is, and has nothing else of it.
    """

    __slots__ = ("__weakref__", "_tito_ask", "_tito_hash", "_tito_number", "_tito_told")

    def __init__(self, number: int, ask: Ask) -> None:
        object.__setattr__(self, "_tito_number", number)
        object.__setattr__(self, "_tito_ask", ask)
        object.__setattr__(self, "_tito_told", {})

    def __getattribute__(self, name: str) -> Any:
        told = object.__getattribute__(self, "_tito_told")
        return told[name] if name in told else object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        return self._tito_ask("get", self._tito_number, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "__signature__":
            # What a library, such as pyplot, notes on whatever stands in its function's place; the judge needs none.
            self._tito_told[name] = value
        else:
            self._tito_ask("set", self._tito_number, name, value)


def _itself(self: Any, *_: Any) -> Any:
    return self


def _signature(parameters: tuple[tuple[Any, ...], ...], annotation: Any) -> inspect.Signature:
    made = [
        inspect.Parameter(name, kind, default=default, annotation=each) for name, kind, default, each in parameters
    ]
    return inspect.Signature(made, return_annotation=annotation)


def _forward(name: str) -> Callable[..., Any]:
    def special(self: Any, *args: Any, **named: Any) -> Any:
        return self._tito_ask("special", self._tito_number, name, args, named)

    return special


def _hash(self: Any) -> Any:
    # A set or dict that goes along needs it while nothing can be asked.
    if self._tito_hash is not None:
        return self._tito_hash
    return self._tito_ask("special", self._tito_number, "__hash__", (), {})


def _vars(self: Any) -> Any:
    return self._tito_ask("special", self._tito_number, "__dict__", (), {})


def _deepcopy(self: Any, memo: dict[Any, Any]) -> Any:
    # Several guests in one copy are copied by one memory of what has been copied before.
    token = memo.setdefault(_COPY, next(_COPIES))
    return self._tito_ask("special", self._tito_number, "__deepcopy__", (token,), {})


def _of_guests(name: str) -> Callable[..., Any]:
    """Return a check of a class's, which nothing passes that is not the judge's as well."""

    def check(self: Any, given: Any) -> Any:
        return issubclass(type(given), Guest) and self._tito_ask("special", self._tito_number, name, (given,), {})

    return check


_COPY: Final = "tito"
_COPIES: Final = itertools.count()
# What an object of a guest's class does otherwise than to ask for the same.
_METHODS: Final[dict[str, Any]] = {
    "__hash__": _hash,
    "__dict__": property(_vars),
    "__deepcopy__": _deepcopy,
    "__instancecheck__": _of_guests("__instancecheck__"),
    "__subclasscheck__": _of_guests("__subclasscheck__"),
}


def _bind(self: Any, held: Any, _: type | None = None) -> Any:
    return self if held is None else types.MethodType(self, held)


def by_path(path: str) -> Any:
    """Return what a library defines under "module:name"."""
    module, _, name = path.partition(":")
    if not is_library(module):
        raise WireError(f"{module} is no library")
    return functools.reduce(getattr, name.split("."), importlib.import_module(module))


def _items(content: Any) -> list[Any]:
    return [*content, *content.values()] if isinstance(content, dict) else list(content)
