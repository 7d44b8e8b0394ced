"""What data holds of the submission's objects, and what stands for these where they are to have no say."""

import contextlib
from collections.abc import Callable, Collection
from typing import Any, Final

from tito.judging.judge.functions import Bound, Function
from tito.judging.judge.guests import held_node
from tito.judging.judge.proxies import Proxy, ProxyClass, Withheld
from tito.judging.judge.raised import Error
from tito.judging.judge.streams import Stream
from tito.judging.wire.codec import MAX_DEPTH, Encoder, WireError
from tito.judging.wire.codecs import Codecs
from tito.judging.wire.plain import plain

_PARTS: Final = (list, tuple, set, frozenset)
_OBJECTS: Final = (Proxy, ProxyClass, Function, Bound, Error)


def numbers_in(value: Any, codecs: Codecs) -> set[int]:
    """Return the numbers of the submission's objects that a value is or holds.

    An iterator is none: what it gives is looked at then.
    """
    found: set[int] = set()

    def note(one: Any, _: Encoder) -> None:
        if _is_object(one):
            found.add(_number(one))

    if _is_object(value):
        return {_number(value)}
    if _holds(type(value), codecs):
        # What cannot be looked at can be compared by nobody.
        with contextlib.suppress(WireError, TypeError):
            Encoder(note, codecs).encode(value)
    return found


def as_data(value: Any, codecs: Codecs) -> Any:
    """Return a copy of a value in which what derives from a class of data is that data."""

    def stand_in(one: Any) -> Any:
        return as_data(plain(one), codecs) if _is_native(one) else one

    return _rebuilt(value, codecs, stand_in)


def without_say(value: Any, codecs: Codecs, familiar: Collection[int]) -> Any:
    """Return a copy of a container in which no object has a say, but for those whose numbers are `familiar`."""

    def stand_in(one: Any) -> Any:
        if _number(one) in familiar:
            return one
        return without_say(plain(one), codecs, familiar) if _is_native(one) else Withheld(one)

    return _rebuilt(value, codecs, stand_in)


def _rebuilt(value: Any, codecs: Codecs, stand_in: Callable[[Any], Any], depth: int = 0) -> Any:
    if depth > MAX_DEPTH:
        raise WireError("a value is too deep")
    kind = type(value)
    if _is_object(value):
        return stand_in(value)
    if not _holds(kind, codecs) or not numbers_in(value, codecs):
        return value

    def part(one: Any) -> Any:
        return _rebuilt(one, codecs, stand_in, depth + 1)

    if kind in _PARTS:
        return kind(map(part, value))
    if kind is dict:
        return {part(key): part(each) for key, each in value.items()}
    codec: Any = codecs.of(kind)
    return codec.build(part(codec.parts(value)))


def _is_native(value: Any) -> bool:
    """Whether an object is data besides, as its class derives from list, int and the like."""
    return getattr(type(value), "_tito_native", object) is not object


def _is_object(value: Any) -> bool:
    kind = type(value)
    return issubclass(kind, _OBJECTS) and not issubclass(kind, Stream)


def _number(value: Any) -> int:
    node: Any = held_node(value) or {"h": 0}
    # A method has none but its object's.
    number: int = node["h"] if "h" in node else node["m"][0]
    return number


def _holds(kind: type, codecs: Codecs) -> bool:
    codec = codecs.of(kind)
    return kind in _PARTS or kind is dict or bool(codec and codec.holds)
