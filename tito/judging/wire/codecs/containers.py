"""Codecs of the standard library's containers; what they hold may be objects of the submission's."""

import array
import collections
import copy
import functools
import io
import queue
import types
from typing import TYPE_CHECKING, Any, Final

from tito.judging.wire.codecs.model import Codec, exact, require, within

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPECODES: Final = "bBhHiIlLqQfd"
_LONGEST: Final = 1 << 31
# What a factory that is no class may make anew each time: the empty or smallest value of these.
_EMPTY: Final = (list, dict, set, tuple, str, bytes, int, float, bool, type(None))


def _pairs(value: Any) -> tuple[Any, ...]:
    return tuple(dict.items(value))


def _mapping(parts: Any) -> dict[Any, Any]:
    pairs = exact(parts, tuple)
    require(fits=len(pairs) <= _MOST_PAIRS, what="too many items")
    return dict(pairs)


# As many as the wire lets one dict have: integers with one hash cost the square of their number.
_MOST_PAIRS: Final = 10_000


def _refill(it: Any, new: Any) -> None:
    it.clear()
    it.update(new)


def _counter(parts: Any) -> collections.Counter[Any]:
    found: collections.Counter[Any] = collections.Counter()
    dict.update(found, _mapping(parts))
    return found


def _factory(value: Any) -> tuple[Any, ...]:
    """Return a default's factory as (class,), or as (None, what it makes) where it is somebody's own function."""
    if value is None or isinstance(value, type):
        return (value,)
    made = value()
    require(fits=type(made) in _EMPTY and (not made or type(made) in {int, float, str, bytes, bool}))
    return (None, made)


def _defaultdict_parts(it: collections.defaultdict[Any, Any]) -> Any:
    try:
        factory = _factory(it.default_factory)
    except Exception:  # noqa: BLE001 - whatever it makes or raises, it is called where it is wanted
        factory = (it.default_factory,)
    return (factory, _pairs(it))


def _defaultdict(parts: Any) -> collections.defaultdict[Any, Any]:
    factory, pairs = parts
    make: Callable[[], Any] | None = factory[0] if len(factory) == 1 else functools.partial(copy.copy, factory[1])
    return collections.defaultdict(make, _mapping(pairs))


def _deque(parts: Any) -> collections.deque[Any]:
    items, longest = parts
    return collections.deque(exact(items, tuple), None if longest is None else within(longest, 0, _LONGEST))


def _refill_deque(it: collections.deque[Any], new: collections.deque[Any]) -> None:
    it.clear()
    it.extend(new)


def _array(parts: Any) -> "array.array[Any]":
    code, content = parts
    require(fits=exact(code, str) in _TYPECODES and len(code) == 1)
    made = array.array(code)
    made.frombytes(exact(content, bytes))
    return made


def _refill_array(it: Any, new: Any) -> None:
    it[:] = new


def _queue(kind: type, parts: Any) -> Any:
    longest, items = parts
    made = kind(within(longest, 0, _LONGEST))
    made.queue.extend(exact(items, tuple))
    return made


def _refill_queue(it: Any, new: Any) -> None:
    it.queue.clear()
    it.queue.extend(new.queue)


def _file_parts(it: Any) -> Any:
    return () if it.closed else (it.getvalue(), it.tell())


def _memory_file(kind: type, holds: type, parts: Any) -> Any:
    made = kind(exact(parts[0], holds) if parts else holds())
    if parts:
        made.seek(within(parts[1], 0, _LONGEST))
    else:
        made.close()
    return made


def _rewrite(it: Any, new: Any) -> None:
    if new.closed:
        it.close()
        return
    it.seek(0)
    it.truncate()
    it.write(new.getvalue())
    it.seek(new.tell())


def _namespace(parts: Any) -> types.SimpleNamespace:
    return types.SimpleNamespace(**exact(parts, dict))


def _refill_namespace(it: Any, new: Any) -> None:
    _refill(vars(it), vars(new))


CODECS: Final = (
    Codec("bytearray", bytearray, bytes, lambda it: bytearray(exact(it, bytes)), fill=_refill_array),
    Codec("array.array", array.array, lambda it: (it.typecode, it.tobytes()), _array, fill=_refill_array),
    Codec("io.StringIO", io.StringIO, _file_parts, functools.partial(_memory_file, io.StringIO, str), fill=_rewrite),
    Codec("io.BytesIO", io.BytesIO, _file_parts, functools.partial(_memory_file, io.BytesIO, bytes), fill=_rewrite),
    Codec("collections.Counter", collections.Counter, _pairs, _counter, fill=_refill, holds=True),
    Codec(
        "collections.OrderedDict",
        collections.OrderedDict,
        lambda it: tuple(it.items()),
        lambda parts: collections.OrderedDict(_mapping(parts)),
        fill=_refill,
        holds=True,
    ),
    Codec(
        "collections.defaultdict",
        collections.defaultdict,
        _defaultdict_parts,
        _defaultdict,
        fill=_refill,
        holds=True,
    ),
    Codec(
        "collections.deque",
        collections.deque,
        lambda it: (tuple(it), it.maxlen),
        _deque,
        fill=_refill_deque,
        holds=True,
    ),
    *(
        Codec(
            f"queue.{kind.__name__}",
            kind,
            lambda it: (it.maxsize, tuple(it.queue)),
            functools.partial(_queue, kind),
            fill=_refill_queue,
            holds=True,
        )
        for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue)
    ),
    Codec("dict_keys", type({}.keys()), tuple, lambda it: dict.fromkeys(_keys(it)).keys(), holds=True),
    Codec("dict_values", type({}.values()), tuple, lambda it: dict(enumerate(exact(it, tuple))).values(), holds=True),
    Codec("dict_items", type({}.items()), tuple, lambda it: _mapping(it).items(), holds=True),
    Codec(
        "types.MappingProxyType",
        types.MappingProxyType,
        lambda it: tuple(it.items()),
        lambda parts: types.MappingProxyType(_mapping(parts)),
        holds=True,
    ),
    Codec(
        "types.SimpleNamespace",
        types.SimpleNamespace,
        lambda it: dict(vars(it)),
        _namespace,
        fill=_refill_namespace,
        holds=True,
    ),
)


def _keys(parts: Any) -> tuple[Any, ...]:
    keys = exact(parts, tuple)
    require(fits=len(keys) <= _MOST_PAIRS, what="too many items")
    return keys
