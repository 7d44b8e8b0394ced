"""Proxies: what a test holds in place of a student's classes and objects.

A proxy class is built once per class of the subject, from its description: with the methods and special methods
that the real class has, and the same bases. So `isinstance`, `type(x) is C`, `len`, operators and subclassing in a
test mean what they say. All that a proxy does is ask its session; but where a class derives from list, dict, str and
the like, its objects' content is here as well, and what the class leaves to that base is decided here.
"""

import copy
import dataclasses
import enum
import functools
import types
import weakref
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from tito.judging.judge.functions import Changed, Method
from tito.judging.judge.raised import error_class, loaded
from tito.judging.wire.codec import WireError
from tito.judging.wire.operations import OPERATIONS

_NO_SPECIALS: Final = ("__init__",)
_HELD: Final = ("_tito_number", "_tito_hash", "_tito_session")
# What reading them cannot reach into the interpreter by; every other special name stays where it is.
_READABLE: Final = frozenset({
    "__annotations__", "__slots__", "__match_args__", "__abstractmethods__", "__members__", "__name__",
    "__qualname__",
})  # fmt: skip
_MAX_NAMES: Final = 2_000
_LONGEST_NAME: Final = 200
_LONGEST_DOC: Final = 4_000
# Python orders a class's bases in steps that grow with the square of their number and more.
_MAX_BASES: Final = 16
_MAX_ANCESTORS: Final = 64
_MAX_FIELDS: Final = 200
_LAYOUT: Final = type.__dict__["__dict__"].__get__
_ORDER: Final = type.__dict__["__mro__"].__get__
_PARENTS: Final = type.__dict__["__bases__"].__get__

NATIVES: Final[Mapping[str, type]] = MappingProxyType(
    {kind.__name__: kind for kind in (list, dict, tuple, set, frozenset, str, int, float, complex, bytes, bytearray)}
)
# What changes such an object happens in the subject, which then tells the new content.
_CHANGING: Final = {
    "list": ("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse"),
    "dict": ("clear", "pop", "popitem", "setdefault", "update"),
    "set": ("add", "clear", "discard", "pop", "remove", "update", "difference_update", "intersection_update",
            "symmetric_difference_update"),
    "bytearray": ("append", "extend", "insert", "remove", "pop", "clear", "reverse"),
}  # fmt: skip
_CHANGING_OPERATIONS: Final = (
    "__setitem__", "__delitem__", "__iadd__", "__imul__", "__ior__", "__iand__", "__ixor__", "__isub__",
)  # fmt: skip


class ProxyClass(type):
    """The class of proxy classes; a test that derives from a proxy class makes a class in the subject too."""

    _tito_session: Any
    _tito_class: int
    _tito_names: tuple[str, ...]
    # The methods of a test's own class that the subject may call; of its own classes it calls none here.
    _tito_announced: frozenset[str] = frozenset()
    _tito_native: type = object
    _tito_outer: str = ""

    def __new__(mcls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> "ProxyClass":
        """Derive a class in a test: the subject gets a subclass whose public methods are served by the judge."""
        session = next(base._tito_session for base in bases if isinstance(base, ProxyClass))
        methods = [key for key, each in space.items() if callable(each) and _is_public(key)]
        remote = session.request("derive", name, [base for base in bases if isinstance(base, ProxyClass)], methods)
        kind = type.__new__(mcls, name, bases, space)
        kind._tito_class = remote._tito_class
        kind._tito_names = (name,)
        kind._tito_announced = frozenset(methods)
        session.adopt(kind)
        return kind

    def __call__(cls, *args: Any, **named: Any) -> Any:
        """Construct an object in the subject."""
        return cls._tito_session.call(cls, args, named)

    def __getattr__(cls, name: str) -> Any:
        """Ask the subject for a class attribute."""
        if name.startswith("_tito_") or (name.startswith("__") and name not in _READABLE):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}", name=name, obj=cls)
        return cls._tito_session.get(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith("_tito_") or name == "__abstractmethods__":
            type.__setattr__(cls, name, value)
        else:
            cls._tito_session.set(cls, name, value)
            if name in _SPECIAL:
                type.__setattr__(cls, name, _SPECIAL[name])
            else:
                _forget(cls, name)

    def __delattr__(cls, name: str) -> None:
        cls._tito_session.delete(cls, name)
        if name not in _SPECIAL:
            _forget(cls, name)
        elif name in _LAYOUT(cls):
            type.__delattr__(cls, name)

    def __repr__(cls) -> str:
        return f"<class {cls.__name__!r}>"

    @property  # type: ignore[misc]
    def __dict__(cls) -> Any:  # type: ignore[override]
        """What the class defines, as the subject has it."""
        return cls._tito_session.get(cls, "__dict__") if "_tito_announced" not in _LAYOUT(cls) else _LAYOUT(cls)

    @property
    def __bases__(cls) -> tuple[type, ...]:  # type: ignore[override]
        """The bases that the submission's class has."""
        return tuple(each for each in _PARENTS(cls) if each not in _ROOTS) or (object,)

    @property
    def __mro__(cls) -> tuple[type, ...]:
        """The bases in order, as the submission's class has them."""
        return tuple(each for each in _ORDER(cls) if each not in _ROOTS)


class EnumProxyClass(ProxyClass, enum.EnumMeta):
    """The class of proxies of enumerations, whose members are the subject's."""

    _member_map_ = property(lambda cls: cls._tito_session.get(cls, "_member_map_"))
    _member_names_ = property(lambda cls: cls._tito_session.get(cls, "_member_names_"))
    _value2member_map_ = property(lambda cls: cls._tito_session.get(cls, "_value2member_map_"))


class Proxy:
    """An object of the subject's."""

    _tito_session: Any
    _tito_number: int
    _tito_hash: int | None = None

    def __getattr__(self, name: str) -> Any:
        """Ask for an attribute; special ones are never passed on, for they reach into the interpreter."""
        if name.startswith(("__", "_tito_")) and name not in _READABLE:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        return self._tito_session.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HELD:
            object.__setattr__(self, name, value)
        else:
            self._tito_session.set(self, name, value)

    def __delattr__(self, name: str) -> None:
        self._tito_session.delete(self, name)

    def __repr__(self) -> str:
        return str(self._tito_session.special("__repr__", self))

    def __str__(self) -> str:
        return str(self._tito_session.special("__str__", self))

    def __format__(self, spec: str) -> str:
        return str(self._tito_session.special("__format__", self, spec))

    def __dir__(self) -> list[str]:
        return list(map(str, self._tito_session.special("__dir__", self)))

    def __hash__(self) -> int:
        # Told along with the object: to ask for it would be to talk while an answer is being read.
        return self._tito_number if self._tito_hash is None else self._tito_hash

    def __copy__(self) -> Any:
        return self._tito_session.copied(self, deep=False)

    def __deepcopy__(self, _: dict[int, Any]) -> Any:
        return self._tito_session.copied(self, deep=True)

    def __reduce_ex__(self, _: Any) -> Any:
        kept = self._tito_session.copied(self, deep=True)
        return _unpickled, (self._tito_session.pickled(kept),)

    def __del__(self) -> None:
        self._tito_session.drop(self._tito_number)


# A pickle is bytes and holds nothing: the copy that it stands for is held by its session.
_PICKLED: Final[weakref.WeakValueDictionary[int, Any]] = weakref.WeakValueDictionary()


def pickled(kept: Any) -> int:
    """Return the number by which a pickle finds an object again, for as long as the object is held."""
    _PICKLED[id(kept)] = kept
    return id(kept)


def _unpickled(number: int) -> Any:
    return copy.deepcopy(_PICKLED[number])


def _own_attributes(self: Any) -> Any:
    return self._tito_session.get(self, "__dict__")


class _Doc:
    """What a class says of itself; an object of it may say something else, as a decorator's does."""

    def __init__(self, text: str | None) -> None:
        self._text = text

    def __get__(self, held: Any, kind: type) -> Any:
        return self._text if held is None else held._tito_session.get(held, "__doc__")


_ATTRIBUTES: Final = property(_own_attributes)
_ROOTS: Final = frozenset({Proxy})


def make_class(session: Any, told: Mapping[str, Any], known: Mapping[int, type]) -> type:
    """Build the proxy class that a description tells of, or an exception class where it is one.

    Raises WireError for a description that no honest subject sends.
    """
    names = [*told["methods"], *told["special"]]
    if len(told["bases"]) > _MAX_BASES or len(names) > _MAX_NAMES or not all(map(_is_name, (told["name"], *names))):
        raise WireError("a class's description is malformed")
    bases = tuple(known[number] for number in told["bases"])
    if sum(len(_ORDER(base)) for base in bases) > _MAX_ANCESTORS:
        raise WireError("a class has too many ancestors")
    try:
        if told.get("errors"):
            return error_class(session, told, bases)
        return _proxy_class(session, told, bases)
    except (TypeError, ValueError, AttributeError, LookupError) as fault:
        raise WireError(f"a class's description is impossible: {fault}"[:_LONGEST_NAME]) from None


def _proxy_class(session: Any, told: Mapping[str, Any], bases: tuple[type, ...]) -> type:
    name, native = told["name"], NATIVES.get(told.get("native", ""), object)
    space = {
        "__module__": "submission",
        "__qualname__": name,
        "__doc__": _Doc(str(told.get("doc", ""))[:_LONGEST_DOC] or None),
        "__dict__": _ATTRIBUTES,
        "_tito_session": session,
        "_tito_class": told["number"],
        "_tito_names": (name,),
        "_tito_native": native,
        "_tito_outer": str(told.get("outer", "")),
        **{each: Method(each) for each in told["methods"]},
        **{each: _SPECIAL[each] for each in told["special"] if each in _SPECIAL},
        **_rare(told),
    }
    proxied = tuple(base for base in bases if issubclass(base, Proxy)) or (Proxy,)
    natives = tuple(NATIVES[each] for each in told.get("natives", ()))
    if natives:
        space = _changing(native.__name__) | space
    if proxied == (Proxy,) and native is object:
        space.setdefault("__init__", Method("__init__"))
    if told.get("outer") and not told.get("enum"):
        space["__class__"] = property(functools.partial(_outer_class, name, told.get("library", "")))
    kind = _metaclass(tuple(told.get("meta", ())))
    if told.get("enum"):
        return type.__new__(EnumProxyClass, name, (*proxied, *natives, _enum_base(told["enum"])), space)
    return type.__new__(kind, name, (*proxied, *natives), space)


def _rare(told: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if told.get("unhashable"):
        found["__hash__"] = None
    elif "__eq__" in told["special"]:
        found["__hash__"] = Proxy.__hash__
    if told.get("ufunc"):
        found["__array_ufunc__"] = None
    if told.get("generic"):
        found["__class_getitem__"] = classmethod(types.GenericAlias)
    if (fields := told.get("fields")) is not None:
        if len(fields) > _MAX_FIELDS or not all(map(_is_name, fields)):
            raise WireError("a dataclass's fields are malformed")
        made: Any = dataclasses.make_dataclass("Fields", [(each, object) for each in fields])
        found["__dataclass_fields__"] = made.__dataclass_fields__
        found["__dataclass_params__"] = made.__dataclass_params__
    return found


def _changing(native: str) -> dict[str, Any]:
    methods = {name: Method(name) for name in _CHANGING.get(native, ())}
    known = [name for name in _CHANGING_OPERATIONS if methods and hasattr(NATIVES[native], name)]
    operations = {name: _SPECIAL[name] for name in known}
    return methods | operations


@functools.cache
def _metaclass(names: tuple[str, ...]) -> type[ProxyClass]:
    """Return the class of a class whose own class defines operations, as an enumeration's does."""
    known = {name: _of_class(name) for name in names if name in OPERATIONS}
    return type("ProxyClass", (ProxyClass,), known) if known else ProxyClass


def _of_class(name: str) -> Callable[..., Any]:
    def special(cls: Any, *args: Any) -> Any:
        return cls._tito_session.special(name, cls, *args)

    return special


def _enum_base(path: str) -> type[enum.Enum]:
    found = getattr(enum, path.removeprefix("enum:"), enum.Enum)
    return found if isinstance(found, type) and issubclass(found, enum.Enum) else enum.Enum


def _outer_class(name: str, library: str, self: Any) -> type:
    """Return what `isinstance` looks at: the library's class, or one that derives from it as the submission's."""
    kind = loaded(type(self)._tito_outer)
    if kind is None:
        return type(self)
    return kind if library else _derived(name, kind)


@functools.lru_cache(maxsize=256)
def _derived(name: str, kind: type) -> type:
    try:
        return type(kind)(name, (kind,), {})
    except Exception:  # noqa: BLE001 - a class that refuses to be derived from so
        return kind


def _is_name(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST_NAME and text.isidentifier()


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name in _SPECIAL or name in _NO_SPECIALS


def _forget(kind: ProxyClass, name: str) -> None:
    """Ask from now on for what a test has put into a class or taken out of it, also where that was a method."""
    if not name.startswith("__"):
        changed = Changed(name)
        changed.owner = kind
        type.__setattr__(kind, name, changed)


def _special(name: str) -> Callable[..., Any]:
    def special(self: Any, *args: Any) -> Any:
        return self._tito_session.special(name, self, *args)

    return special


def _exit(self: Any, kind: Any, fault: Any, _: Any) -> Any:
    # The traceback is the test's: nobody there could read it.
    return self._tito_session.special("__exit__", self, kind, fault, None)


def _called(self: Any, *args: Any, **named: Any) -> Any:
    return self._tito_session.call(self, args, named)


_SPECIAL: Final[dict[str, Callable[..., Any]]] = {
    **{name: _special(name) for name in OPERATIONS if name != "__dir__"},
    "__exit__": _exit,
    "__call__": _called,
}
