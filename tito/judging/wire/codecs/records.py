"""Codecs of records: given enumerations, named tuples and dataclasses, of which both sides have a class."""

import dataclasses
import enum
import functools
from typing import Any

from tito.judging.wire.codecs.model import Codec, exact, require


def is_record(kind: Any) -> bool:
    """Whether a class is one whose objects are no more than their fields, or one of a few members."""
    if not isinstance(kind, type):
        return False
    named = issubclass(kind, tuple) and isinstance(getattr(kind, "_fields", None), tuple)
    return issubclass(kind, enum.Enum) or named or dataclasses.is_dataclass(kind)


def tag_of(name: str) -> str:
    """Return the tag of a record that the lesson calls `name`: no library's is one."""
    return f"given {name}"


def record(name: str, kind: Any) -> Codec:
    """Return the codec of a record; no code of its class makes an object of what has come."""
    tag = tag_of(name)
    if issubclass(kind, enum.Enum):
        return Codec(tag, kind, _of_member, functools.partial(_member, kind))
    if issubclass(kind, tuple):
        return Codec(tag, kind, lambda it: tuple(tuple.__iter__(it)), functools.partial(_named, kind), holds=True)
    fields = tuple(each.name for each in dataclasses.fields(kind))
    refill = None if kind.__dataclass_params__.frozen else functools.partial(_refill, fields)
    return Codec(
        tag,
        kind,
        lambda it: {each: getattr(it, each) for each in fields if hasattr(it, each)},
        functools.partial(_filled, kind, fields),
        fill=refill,
        holds=True,
    )


def _of_member(it: Any) -> str | int:
    """Return a member's name, or the bits of flags that are set together."""
    return str(it.name) if type(it).__members__.get(it.name) is it else exact(it.value, int)


def _member(kind: Any, told: Any) -> Any:
    if type(told) is str:
        return kind.__members__[told]
    require(fits=issubclass(kind, enum.Flag), what="this is no member")
    return kind(exact(told, int))


# A student's copy of a class may have other fields: what has no place is left out, what is missing is not set.


def _named(kind: Any, parts: Any) -> Any:
    return tuple.__new__(kind if len(exact(parts, tuple)) == len(kind._fields) else tuple, parts)


def _filled(kind: Any, fields: tuple[str, ...], parts: Any) -> Any:
    told, made = exact(parts, dict), object.__new__(kind)
    for name in fields:
        if name in told:
            object.__setattr__(made, name, told[name])
    return made


def _refill(fields: tuple[str, ...], it: Any, new: Any) -> None:
    for name in fields:
        if hasattr(new, name):
            object.__setattr__(it, name, getattr(new, name))
