"""The wire between judge and subject: frames of JSON and raw buffers that carry plain data and handles, never code.

A frame is two big-endian u32 lengths, a JSON text and a blob. Both sides use this module, but only the judge's
side is trusted: whatever arrives is checked against the limits before it is believed, and what breaks a rule
raises WireError. Nothing here evaluates, imports or unpickles anything that was received.
"""

import json
import math
import struct
import sys
from collections.abc import Callable
from typing import Any, Final, Protocol

import numpy as np

MAX_JSON: Final = 4 << 20
MAX_BLOB: Final = 64 << 20
MAX_ITEMS: Final = 200_000
# Integers whose hashes collide make a set of n cost n² steps; this is for all sets and dicts of a frame together.
MAX_HASHED: Final = 10_000
MAX_DEPTH: Final = 64
MAX_RANK: Final = 32
PLAIN_KINDS: Final = "biufcSU"

# What is its own node, and what a node may be as it stands; no call is made for each of a list's numbers.
_AS_THEY_ARE: Final = frozenset({type(None), bool, str})
_SCALARS: Final = _AS_THEY_ARE | {int, float}
_HEADER: Final = struct.Struct(">II")
_JSON_INTS: Final = 1 << 63
# Python reads and writes at most 4,300 digits by default; hexadecimal has no such limit, so it gets one here.
_MAX_HEX: Final = 1 << 16
_FLOATS: Final = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
_TYPES: Final[dict[str, type]] = {
    **{kind.__name__: kind for kind in (bool, int, float, complex, str, bytes, list, tuple, dict, set)},
    **{
        f"numpy.{kind.__name__}": kind for kind in sorted(set(np.sctypeDict.values()), key=lambda kind: kind.__name__)
    },
}
_TYPE_NAMES: Final = {kind: name for name, kind in _TYPES.items()}


class WireError(Exception):
    """A frame, or a value for one, breaks a rule of the wire."""


class Stream(Protocol):
    """What frames are read from: `read(n)` gives exactly n bytes or raises."""

    def read(self, size: int, /) -> bytes:
        """Return exactly `size` bytes."""


def pack(tree: object, blob: bytes | bytearray = b"") -> bytes:
    """Return one frame of a JSON-able tree and its buffers. Raises WireError where it would be too large."""
    text = _to_json(tree).encode("ascii")
    if len(text) > MAX_JSON or len(blob) > MAX_BLOB:
        raise WireError(f"a value of {len(text) + len(blob):,} bytes is too large to hand over")
    return b"".join((_HEADER.pack(len(text), len(blob)), text, blob))


def unpack(stream: Stream) -> tuple[Any, bytes]:
    """Read one frame and return (tree, blob). Raises WireError for what breaks a rule."""
    size, rest = _HEADER.unpack(stream.read(_HEADER.size))
    if size > MAX_JSON or rest > MAX_BLOB:
        raise WireError(f"a frame of {size + rest:,} bytes is too large")
    text = stream.read(size)
    try:
        tree = _from_json(text.decode("ascii"))
    except (ValueError, RecursionError) as fault:
        raise WireError(f"a frame is not JSON: {fault}") from None
    return tree, stream.read(rest)


def _refuse_constant(text: str) -> None:
    raise WireError(f"{text} is not JSON")


# Made once: with arguments, `json.dumps` and `json.loads` would make a new one for every frame.
_to_json: Final = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False).encode
_from_json: Final = json.JSONDecoder(parse_constant=_refuse_constant).decode


class Encoder:
    """Turn values into nodes; `other` gives the node of a value that is not plain data, or raises WireError.

    `mutables` are the arrays and containers met, in the order in which a Decoder meets theirs.
    """

    def __init__(self, other: Callable[[object], object]) -> None:
        self.blob = bytearray()
        self.mutables: list[Any] = []
        self._other = other
        self._items = 0

    def encode(self, value: object, depth: int = 0) -> object:
        """Return the node for `value`. Raises WireError for what is too deep, too long or not plain."""
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is float:
            return value if math.isfinite(value) else {"f": repr(value)}  # type: ignore[arg-type]
        if kind is int:
            return self._int(value)  # type: ignore[arg-type]
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise WireError("a value is too deep or has too many parts to hand over")
        return self._composite(value, depth + 1)

    def _int(self, value: int) -> object:
        if -_JSON_INTS <= value < _JSON_INTS:
            return value
        text = hex(value)
        if len(text) > _MAX_HEX:
            raise WireError("an integer is too large to hand over")
        return {"i": text}

    def _composite(self, value: object, depth: int) -> object:  # noqa: C901, PLR0911, PLR0912 - a table in match form
        match value:
            case tuple():
                return {"t": self._all(value, depth)}
            case np.ndarray():
                return self._array(value)
            case np.generic() if value.dtype.kind in PLAIN_KINDS and not isinstance(value, str | bytes):
                return {"n": [value.dtype.str, self._buffer(value.tobytes())]}
            case list():
                self.mutables.append(value)
                return {"l": self._all(value, depth)}
            case dict():
                self.mutables.append(value)
                return {"d": self._all([part for pair in value.items() for part in pair], depth)}
            case set():
                self.mutables.append(value)
                return {"s": self._all(value, depth)}
            case frozenset():
                return {"z": self._all(value, depth)}
            case str():
                return str.__str__(value)
            case bytes() | bytearray():
                return {"b": self._buffer(bytes(value))}
            case int():
                return self._int(int.__index__(value))
            case float():
                return self.encode(float.__float__(value), depth)
            case complex():
                return {"c": [self.encode(value.real), self.encode(value.imag)]}
            case slice():
                return {"e": self._all((value.start, value.stop, value.step), depth)}
            case range() if len(value) <= MAX_ITEMS:
                return {"r": [self._int(value.start), self._int(value.stop), self._int(value.step)]}
            case np.dtype() if value.kind in PLAIN_KINDS:
                return {"y": value.str}
        if value is Ellipsis or value is NotImplemented:
            return {"o": repr(value)}
        if isinstance(value, type) and value in _TYPE_NAMES:
            return {"k": _TYPE_NAMES[value]}
        return self._other(value)

    def _all(self, values: Any, depth: int) -> list[object]:
        return [each if type(each) in _AS_THEY_ARE else self.encode(each, depth) for each in values]

    def _array(self, value: np.ndarray[Any, Any]) -> object:
        if value.dtype.kind not in PLAIN_KINDS:
            return self._other(value)
        self.mutables.append(value)
        return {"a": [value.dtype.str, list(value.shape), self._buffer(value.tobytes())]}

    def _buffer(self, content: bytes) -> list[int]:
        start = len(self.blob)
        self.blob += content
        if len(self.blob) > MAX_BLOB:
            raise WireError(f"an array of {len(content):,} bytes is too large to hand over")
        return [start, len(content)]


class Decoder:
    """Turn nodes into values; `other` gives the value of a node that is not plain data, or raises WireError.

    Arrays are read-only views of the blob, or copies of their own where `writable`. `others` counts the values
    that were not plain data.
    """

    def __init__(self, blob: bytes, other: Callable[[str, Any], object], *, writable: bool = False) -> None:
        self.mutables: list[Any] = []
        self.others = 0
        self._blob = blob
        self._writable = writable
        self._other = other
        self._items = 0
        self._hashing = 0

    def decode(self, node: object, depth: int = 0) -> Any:
        """Return the value of `node`. Raises WireError for anything that no Encoder writes."""
        if not isinstance(node, dict):
            if isinstance(node, list):
                raise WireError("a bare list is not a value")
            return node
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise WireError("a value is too deep or has too many parts")
        if len(node) != 1:
            raise WireError("a node has one tag")
        ((tag, body),) = node.items()
        try:
            return self._tagged(tag, body, depth + 1)
        except (TypeError, ValueError, OverflowError, KeyError, IndexError) as fault:
            raise WireError(f"a malformed {tag!r} node: {fault}") from None

    def _tagged(self, tag: str, body: Any, depth: int) -> Any:  # noqa: C901, PLR0911, PLR0912 - a table in match form
        match tag:
            case "a":
                return self._keep(self._array(*body))
            case "n":
                return _scalar(_dtype(body[0]), self._bytes(body[1]))
            case "l":
                return self._fill([], list.extend, self._all, body, depth)
            case "t":
                return tuple(self._all(body, depth))
            case "d":
                return self._fill({}, dict.update, self._pairs, body, depth)
            case "s":
                return self._fill(set(), set.update, self._hashed, body, depth)
            case "z":
                return frozenset(self._hashed(body, depth))
            case "b":
                return self._bytes(body)
            case "f":
                return _FLOATS[body]
            case "i":
                return _big_int(body)
            case "c":
                real, imag = self._all(body, depth)
                return complex(float(real), float(imag))
            case "e":
                start, stop, step = self._all(body, depth)
                return slice(start, stop, step)
            case "r":
                return _range(*self._all(body, depth))
            case "y":
                return _dtype(body)
            case "o":
                return {"Ellipsis": Ellipsis, "NotImplemented": NotImplemented}[body]
            case "k":
                return _TYPES[body]
        self.others += 1
        return self._other(tag, body)

    def _all(self, nodes: Any, depth: int) -> list[Any]:
        if not isinstance(nodes, list):
            raise WireError("a list was expected")
        self._items += len(nodes)
        if self._items > MAX_ITEMS:
            raise WireError("a value has too many parts")
        if _SCALARS.issuperset(map(type, nodes)):
            return list(nodes)
        return [each if type(each) in _SCALARS else self.decode(each, depth) for each in nodes]

    def _keep(self, value: Any) -> Any:
        self.mutables.append(value)
        return value

    def _fill(self, empty: Any, fill: Any, read: Any, body: Any, depth: int) -> Any:
        # Kept before its parts are read, so that the order is the Encoder's.
        self._keep(empty)
        fill(empty, read(body, depth))
        return empty

    def _pairs(self, nodes: Any, depth: int) -> Any:
        parts = self._hashed(nodes, depth)
        return zip(parts[::2], parts[1::2], strict=True)

    def _hashed(self, nodes: Any, depth: int) -> list[Any]:
        self._hashing += len(nodes) ** 2
        if self._hashing > (2 * MAX_HASHED) ** 2:
            raise WireError("a value's sets and dicts are too large")
        return self._all(nodes, depth)

    def _bytes(self, place: Any) -> bytes:
        start, size = place
        if type(start) is not int or type(size) is not int or not 0 <= start <= start + size <= len(self._blob):
            raise WireError("a buffer lies outside its frame")
        return self._blob[start : start + size]

    def _array(self, dtype: str, shape: list[int], place: list[int]) -> np.ndarray[Any, Any]:
        if len(shape) > MAX_RANK or any(type(size) is not int or size < 0 for size in shape):
            raise WireError("an array's shape is malformed")
        content, kind = self._bytes(place), _dtype(dtype)
        if math.prod(shape) * kind.itemsize != len(content):
            raise WireError("an array's shape and size differ")
        if not content:
            return np.empty(shape, kind)
        _check_text(kind, content)
        array = np.frombuffer(content, kind).reshape(shape)
        return array.copy() if self._writable else array


def _dtype(text: str) -> np.dtype[Any]:
    # "<f4" and the like only: numpy's other spellings reach records and objects.
    if not isinstance(text, str) or not text[1:2].isalpha() or not text.isascii() or "," in text:
        raise WireError("a dtype is malformed")
    kind = np.dtype(text)
    if kind.kind not in PLAIN_KINDS or kind.subdtype or kind.itemsize > MAX_JSON:
        raise WireError(f"dtype {text} is not plain")
    return kind


def _scalar(kind: np.dtype[Any], content: bytes) -> Any:
    _check_text(kind, content)
    return np.frombuffer(content, kind)[0]


def _check_text(kind: np.dtype[Any], content: bytes) -> None:
    # numpy keeps any 32 bits as a character, and fails where it is to make text of them.
    if kind.kind == "U" and content and np.frombuffer(content, f"{kind.byteorder}u4").max() > sys.maxunicode:
        raise WireError("an array holds what is no character")


def _range(start: int, stop: int, step: int) -> range:
    found = range(start, stop, step)
    # A few bytes that numpy would make an array of gigabytes of.
    if len(found) > MAX_ITEMS:
        raise WireError("a range is too long")
    return found


def _big_int(text: str) -> int:
    if not isinstance(text, str) or len(text) > _MAX_HEX:
        raise WireError("an integer is malformed")
    return int(text, 16)
