"""Proxy classes, each built once per class of the subject, from its description.

A proxy class has the methods and special methods that the real class has, and the same bases. So `isinstance`,
`type(x) is C`, `len`, operators and subclassing in a test mean what they say. Where a class derives from list, dict,
str and the like, its objects' content is in the judge as well, and what the class leaves to it is decided there.
"""

import dataclasses
import enum
import functools
import types
from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from tito.judging.judge.functions import Method
from tito.judging.judge.proxies import DESCRIBING, ORDER, SPECIAL, EnumProxyClass, Proxy, ProxyClass, hash_of
from tito.judging.judge.raised import error_class, loaded
from tito.judging.judge.sources import value_of
from tito.judging.wire.codec import WireError
from tito.judging.wire.operations import DATACLASS_PARAMS, FIELD_PARTS, OPERATIONS

_MAX_NAMES: Final = 2_000
_LONGEST_NAME: Final = 200
_LONGEST_DOC: Final = 4_000
# Python orders a class's bases in steps that grow with the square of their number and more.
_MAX_BASES: Final = 16
_MAX_ANCESTORS: Final = 64
_MAX_FIELDS: Final = 200
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
# What any class may define of data without being anything else than it.
_SHOWING: Final = frozenset({"__init__", "__repr__", "__str__", "__format__"})


def _own_attributes(self: Any) -> Any:
    return self._tito_session.get(self, "__dict__")


class _Doc:
    """What a class says of itself; an object of it may say something else, as a decorator's does."""

    def __init__(self, text: str | None) -> None:
        self._text = text

    def __get__(self, held: Any, kind: type) -> Any:
        return self._text if held is None else held._tito_session.get(held, "__doc__")


_ATTRIBUTES: Final = property(_own_attributes)


def make_class(session: Any, told: Mapping[str, Any], known: Mapping[int, type]) -> type:
    """Build the proxy class that a description tells of, or an exception class where it is one.

    Raises WireError for a description that no honest subject sends.
    """
    names = [*told["methods"], *told["special"]]
    many = len(told["bases"]) > _MAX_BASES or len(names) > _MAX_NAMES
    if many or not all(map(_is_name, (told["name"], *names))) or not all(map(_is_method, told["methods"])):
        raise WireError("a class's description is malformed")
    bases = tuple(known[number] for number in told["bases"])
    if sum(len(ORDER(base)) for base in bases) > _MAX_ANCESTORS:
        raise WireError("a class has too many ancestors")
    try:
        if told.get("errors"):
            return error_class(session, told, bases)
        return _proxy_class(session, told, bases)
    except (TypeError, ValueError, AttributeError, LookupError) as fault:
        raise WireError(f"a class's description is impossible: {fault}"[:_LONGEST_NAME]) from None


def _proxy_class(session: Any, told: Mapping[str, Any], bases: tuple[type, ...]) -> type:
    name, native = told["name"], NATIVES.get(told.get("native", ""), object)
    outers = tuple(map(str, told.get("outers", ())[:_MAX_BASES]))
    space = {
        "__module__": "submission",
        "__qualname__": _qualname(told),
        "__doc__": _Doc(str(told.get("doc", ""))[:_LONGEST_DOC] or None),
        "__dict__": _ATTRIBUTES,
        "_tito_session": session,
        "_tito_class": told["number"],
        "_tito_names": (name,),
        "_tito_native": native,
        "_tito_outer": outers[0] if outers else "",
        "_tito_mortal": bool(told.get("mortal")),
        **{each: Method(each) for each in told["methods"]},
        **{each: Method(each, staticmethod) for each in told.get("static", ()) if each in told["methods"]},
        **{each: Method(each, classmethod) for each in told.get("of_class", ()) if each in told["methods"]},
        **{each: SPECIAL[each] for each in told["special"] if each in SPECIAL},
        **{each: DESCRIBING[each] for each in told.get("describes", ())},
        **_rare(told),
    }
    proxied = tuple(base for base in bases if issubclass(base, Proxy)) or (Proxy,)
    natives = tuple(NATIVES[each] for each in told.get("natives", ()))
    if natives:
        space = _changing(native.__name__) | space
    if outers and not told.get("enum"):
        space["__class__"] = property(functools.partial(_outer_class, name, outers, bool(told.get("library"))))
    own = (*told["methods"], *told["special"], *(["__hash__"] if told.get("hashes") else ()))
    space["_tito_defines"] = defines = frozenset(own).union(*(base._tito_defines for base in proxied))
    space["_tito_quiet"] = native is not object and defines.isdisjoint({*dir(native)} - _SHOWING)
    kind = _metaclass(tuple(told.get("meta", ())))
    if told.get("enum"):
        return type.__new__(EnumProxyClass, name, (*proxied, *natives, _enum_base(told["enum"])), space)
    return type.__new__(kind, name, (*proxied, *natives), space)


def _qualname(told: Mapping[str, Any]) -> str:
    name: str = told.get("qualname", told["name"])
    if len(name) > _LONGEST_NAME or not all(_is_name(each) or each == "<locals>" for each in name.split(".")):
        raise WireError("a class's name is malformed")
    return name


def _rare(told: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if told.get("unhashable"):
        found["__hash__"] = None
    elif told.get("hashes"):
        found["__hash__"] = hash_of
    if told.get("ufunc"):
        found["__array_ufunc__"] = None
    if told.get("generic"):
        found["__class_getitem__"] = classmethod(types.GenericAlias)
    if (fields := told.get("fields")) is not None:
        found |= _dataclass(fields, told.get("params", ()))
    return found


def _dataclass(fields: Sequence[Sequence[Any]], params: Collection[str]) -> dict[str, Any]:
    """Return what a dataclass says of itself; what is neither data nor one of Python's types stands as its text."""
    if len(fields) > _MAX_FIELDS or not all(_is_name(each[0]) for each in fields):
        raise WireError("a dataclass's fields are malformed")
    made: Any = dataclasses.make_dataclass("Fields", [(each[0], object) for each in fields])
    for name, *texts, parts in fields:
        field = made.__dataclass_fields__[name]
        for key, text in zip(("type", "default", "default_factory"), texts, strict=True):
            setattr(field, key, dataclasses.MISSING if text is None else value_of(text))
        for key in FIELD_PARTS:
            setattr(field, key, key in parts)
    for key in DATACLASS_PARAMS:
        setattr(made.__dataclass_params__, key, key in params)
    return {name: vars(made)[name] for name in ("__dataclass_fields__", "__dataclass_params__")}


def _changing(native: str) -> dict[str, Any]:
    methods = {name: Method(name) for name in _CHANGING.get(native, ())}
    known = [name for name in _CHANGING_OPERATIONS if methods and hasattr(NATIVES[native], name)]
    operations = {name: SPECIAL[name] for name in known}
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


def _outer_class(name: str, outers: Sequence[str], library: bool, self: Any) -> Any:  # noqa: FBT001 - to be partial
    """Return what `isinstance` looks at: the library's class, or one that derives from these as the submission's."""
    kinds = tuple(kind for path in outers if (kind := loaded(path)) is not None)
    mine: Any = type(self)
    if not kinds:
        return mine
    return kinds[0] if library else _derived(name, kinds, mine)


@functools.lru_cache(maxsize=256)
def _derived(name: str, kinds: tuple[type, ...], made: Any) -> type:
    """Return a class that derives from libraries' and makes what a proxy class makes, as sklearn's `clone` asks."""
    try:
        meta: Any = types.new_class(name, tuple(dict.fromkeys(map(type, kinds))))
        meta.__call__ = lambda _, *args, **named: made(*args, **named)
        found: type = meta(name, kinds, {"__module__": made.__module__})
    except Exception:  # noqa: BLE001 - classes that refuse to be derived from so, or one from the other
        return kinds[0]
    return found


def _is_method(name: str) -> bool:
    """Whether a method is one by its name: what Python itself calls, and what a proxy is, no description replaces."""
    return name == "__init__" or not name.startswith(("__", "_tito_"))


def _is_name(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST_NAME and text.isidentifier()
