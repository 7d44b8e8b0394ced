"""Frozen dataclasses as plain JSON data and back, for what is kept on disk between two runs."""

import base64
import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, partial
from typing import Any, Final, TypeVar

Kind = TypeVar("Kind")
Reader = Callable[[Any], Any]
_LONGEST_NUMBER: Final = 100
_PLAIN: Final[Mapping[Any, tuple[type, ...]]] = {str: (str,), bool: (bool,), int: (int,), float: (float, int)}


def to_plain(value: Any) -> Any:
    """Return what `json.dumps` takes: dataclasses as objects, tuples as arrays, Decimals and times as strings."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: to_plain(each) for key, each in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, Decimal) else value


def from_plain(kind: type[Kind], data: Any) -> Kind:
    """Return the `kind` of which `to_plain` gave `data`. Raises TypeError, ValueError or KeyError for other data."""
    known: Any = kind
    readers = _readers(known)
    return kind(**{name: readers[name](each) for name, each in dict(data).items()})


@cache
def _readers(kind: Any) -> Mapping[str, Reader]:
    hints = typing.get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}


def _reader(hint: Any) -> Reader:
    """Return what reads a value of an annotation; plain ones are taken as they are, if they are of that kind."""
    match typing.get_origin(hint), typing.get_args(hint):
        case origin, (inner, last) if origin is tuple and last is ...:
            each = _reader(inner)
            return lambda data: tuple(map(each, data))
        case origin, parts if origin is tuple:
            readers = [_reader(part) for part in parts]
            return lambda data: tuple(read(part) for read, part in zip(readers, data, strict=True))
        case origin, (inner, *_) if origin in {types.UnionType, typing.Union}:
            some = _reader(inner)
            return lambda data: None if data is None else some(data)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda data: from_plain(hint, data)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    own: Mapping[Any, Reader] = {datetime: datetime.fromisoformat, bytes: base64.b64decode, Decimal: _decimal}
    return own.get(hint) or partial(_checked, _PLAIN.get(hint, (object,)))


def _checked(kinds: tuple[type, ...], data: Any) -> Any:
    if not isinstance(data, kinds) or (isinstance(data, bool) and not {bool, object} & {*kinds}):
        raise TypeError(f"this is no {kinds[0].__name__}")
    return data


def _decimal(text: Any) -> Decimal:
    """Return a number as `to_plain` writes one, no longer than any that is counted with."""
    if not isinstance(text, str) or len(text) > _LONGEST_NUMBER:
        raise TypeError("this is no number")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("this is no number") from None
    if number.is_finite() and abs(number.adjusted()) > _LONGEST_NUMBER:
        raise ValueError("this number is written out longer than any")
    return number
