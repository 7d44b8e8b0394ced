"""The wire between judge and subject: frames of JSON and raw buffers that carry plain data and handles, never code.

A frame is two big-endian u32 lengths, a JSON text and a blob. Both sides use this module, but only the judge's
side is trusted: whatever arrives is checked against the limits before it is believed, and what breaks a rule
raises WireError. Nothing here evaluates, imports or unpickles anything that was received.
"""

import builtins
import json
import math
import struct
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final, NoReturn, Protocol

from tito.judging.wire.codecs import STANDARD, Codec, Codecs
from tito.judging.wire.codecs.dtypes import plain_dtype
from tito.judging.wire.faults import WireError
from tito.judging.wire.numeric import np
from tito.judging.wire.views import part_of, shown

__all__ = ["Decoder", "Encoder", "NotData", "Stream", "WireError", "is_data", "pack", "unpack"]

MAX_JSON: Final = 4 << 20
MAX_BLOB: Final = 64 << 20
MAX_ITEMS: Final = 200_000
# Integers whose hashes collide make a set of n cost n² steps; this is for all sets and dicts of a frame together.
MAX_HASHED: Final = 10_000
MAX_DEPTH: Final = 64
MAX_RANK: Final = 32
_LONGEST_FAULT: Final = 300
PLAIN_KINDS: Final = "biufcSU"
_NAMED_KINDS: Final = PLAIN_KINDS + "mMO"

# What is its own node, and what a node may be as it stands; no call is made for each of a list's numbers.
_AS_THEY_ARE: Final = frozenset({type(None), bool, str})
_SCALARS: Final = _AS_THEY_ARE | {int, float}
_HEADER: Final = struct.Struct(">II")
_JSON_INTS: Final = 1 << 63
# Python reads and writes at most 4,300 digits by default; hexadecimal has no such limit, so it gets one here.
_MAX_HEX: Final = 1 << 16
_FLOATS: Final = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
_TYPES: Final[dict[str, type]] = {
    **{kind.__name__: kind for kind in (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset)},
    **{kind.__name__: kind for kind in (object, type, type(None), range, slice)},
    **{name: kind for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)},
    **{
        f"numpy.{kind.__name__}": kind for kind in sorted(set(np.sctypeDict.values()), key=lambda kind: kind.__name__)
    },
}
# Text and bytes of numpy's have a codec: a buffer does not tell where they end.
_NUMPY_SCALARS: Final = frozenset(
    kind
    for kind in np.sctypeDict.values()
    if np.dtype(kind).kind in PLAIN_KINDS and not issubclass(kind, str | bytes)
)
_CONSTANTS: Final = (type(Ellipsis), type(NotImplemented))
_TYPE_NAMES: Final = {kind: name for name, kind in _TYPES.items()}


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


class NotData(Exception):  # noqa: N818 - no error where an object may stand
    """A library's value holds something that only the subject can see into."""


class Encoder:
    """Turn values into nodes; `other(value, encoder)` gives that of what is not data, or raises WireError.

    `mutables` are the arrays and containers met. Each gets a number, from `first` on by `step`, by which both sides
    may speak of it later; `numbers` has those that both know, by id, `objects` the same by number. `codecs` are those
    of libraries' values.
    """

    def __init__(
        self,
        other: Callable[[Any, Any], object],
        codecs: Codecs = STANDARD,
        numbers: dict[int, int] | None = None,
        first: int = 1,
        step: int = 1,
        objects: Mapping[int, Any] = MappingProxyType({}),
    ) -> None:
        self.blob = bytearray()
        self.mutables: list[Any] = []
        self.first = first
        self._other = other
        self._codecs = codecs
        self._numbers = {} if numbers is None else numbers
        self._step = step
        self._objects = objects
        self._items = 0
        self._within = 0
        self._strict = 0

    def encode(self, value: Any, depth: int = 0) -> object:
        """Return the node for `value`. Raises WireError for what is too deep, too long or not data."""
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is float:
            return value if math.isfinite(value) else {"f": repr(value)}
        if kind is int:
            return self._int(value)
        if kind in self._codecs.mutable and not self._within:
            number = self._numbers.get(id(value))
            if number is not None:
                return {"=": number}
            self.number(value)
            if kind is np.ndarray and value.base is not None and (node := self._view(value)):
                return node
        return self.content(value, depth)

    def content(self, value: Any, depth: int = 0) -> object:
        """Return the node of an array, a container or the like with its content, whether it has a number or not."""
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise WireError("a value is too deep or has too many parts to hand over")
        kind = type(value)
        write = self._WRITE.get(kind) or self._codecs.writers.get(kind) or self._writer(kind)
        return write(self, value, depth + 1)

    def derived(self, value: Any, plain: Any) -> object:
        """Return the node of `plain`, which is what a value of a class that derives from data holds.

        What changes in place has the number of the value itself: so that is what the other side gives back.
        """
        if self._within or not self.is_mutable(plain):
            return self.encode(plain)
        number = self._numbers.get(id(value))
        if number is not None:
            return {"=": number}
        self.number(value)
        return self.content(plain)

    def is_mutable(self, value: Any) -> bool:
        """Whether a value gets a number, since either side may write into it later."""
        return type(value) in self._codecs.mutable

    def aside(self, value: Any) -> object:
        """Return the node for what goes along without a number, by the one that it has already where it has one."""
        number = self._numbers.get(id(value))
        if number is not None:
            return {"=": number}
        self._within += 1
        try:
            return self.encode(value)
        finally:
            self._within -= 1

    def number(self, value: Any) -> None:
        """Give a value a number that stands in no node: the other side knows which one it is."""
        self._numbers[id(value)] = self.first + len(self.mutables) * self._step
        self.mutables.append(value)

    def forget(self, met: int = 0) -> None:
        """Take back the numbers that this frame gave, but for the first `met`."""
        for value in self.mutables[met:]:
            del self._numbers[id(value)]
        del self.mutables[met:]

    def _int(self, value: int) -> object:
        if -_JSON_INTS <= value < _JSON_INTS:
            return value
        text = hex(value)
        if len(text) > _MAX_HEX:
            raise WireError("an integer is too large to hand over")
        return {"i": text}

    def _all(self, values: Any, depth: int) -> list[object]:
        return [each if type(each) in _AS_THEY_ARE else self.encode(each, depth) for each in values]

    def _list(self, value: list[Any], depth: int) -> object:
        return {"l": self._all(value, depth)}

    def _tuple(self, value: tuple[Any, ...], depth: int) -> object:
        return {"t": self._all(value, depth)}

    def _dict(self, value: dict[Any, Any], depth: int) -> object:
        return {"d": self._all([part for pair in value.items() for part in pair], depth)}

    def _set(self, value: set[Any], depth: int) -> object:
        return {"s": self._all(value, depth)}

    def _frozenset(self, value: frozenset[Any], depth: int) -> object:
        return {"z": self._all(value, depth)}

    def _bytes(self, value: bytes, _: int) -> object:
        return {"b": self._buffer(value)}

    def _complex(self, value: complex, _: int) -> object:
        return {"c": [self.encode(value.real), self.encode(value.imag)]}

    def _slice(self, value: slice, depth: int) -> object:
        return {"e": self._all((value.start, value.stop, value.step), depth)}

    def _range(self, value: range, _: int) -> object:
        # A longer one would be refused; asked for item by item, it is none too long.
        if value and (value[-1] - value[0]) // value.step >= MAX_ITEMS:
            return self._object(value)
        return {"r": [self._int(value.start), self._int(value.stop), self._int(value.step)]}

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> object:
        if value.dtype.kind not in PLAIN_KINDS:
            return self._library(value, depth)
        # What a library locks inside of its values, it locks anew where they are built.
        locked = () if value.flags.writeable or self._strict else (True,)
        return {"a": [value.dtype.str, list(value.shape), self._buffer(value.tobytes()), *locked]}

    def _view(self, value: np.ndarray[Any, Any]) -> object:
        """Return the node of a part of an array that has a number, or None."""
        met = ((self.first + place * self._step, each) for place, each in enumerate(self.mutables))
        for number, owner in (*self._objects.items(), *met):
            if value.dtype.kind in PLAIN_KINDS and (part := part_of(value, owner)):
                # Where the other side's array lies otherwise, the content is what it gets.
                return {"A": [number, *part, self._array(value, 0)]}
        return None

    def _scalar(self, value: np.generic, _: int) -> object:
        return {"n": [value.dtype.str, self._buffer(value.tobytes())]}

    def _writer(self, kind: type) -> Callable[..., object]:
        """Return how values of a class are written, and keep it: what there is to ask depends on the class alone."""
        if self._codecs.of(kind):
            found: Callable[..., object] = Encoder._library
        elif issubclass(kind, type):
            found = Encoder._type
        elif kind.__module__ == "numpy.dtypes":
            found = Encoder._dtype
        elif kind in _CONSTANTS:
            found = Encoder._constant
        else:
            found = Encoder._object
        self._codecs.writers[kind] = found
        return found

    def _type(self, value: type, _: int) -> object:
        name = _TYPE_NAMES.get(value) or self._codecs.name_of(value)
        return {"k": name} if name else self._object(value)

    def _dtype(self, value: Any, _: int) -> object:
        return {"y": value.str} if value.kind in _NAMED_KINDS else self._object(value)

    def _constant(self, value: Any, _: int) -> object:
        return {"o": repr(value)}

    def _library(self, value: Any, depth: int) -> object:
        """Return a library's value as its parts; an object inside makes the whole an object, but for containers."""
        codec: Any = self._codecs.of(type(value))
        self._within += 1
        self._strict += not codec.holds
        try:
            return {"x": [codec.tag, self.encode(_parts(codec, value), depth)]}
        except NotData:
            if self._strict > 1:
                raise
            if self.mutables and self.mutables[-1] is value:
                self.forget(len(self.mutables) - 1)
        finally:
            self._within -= 1
            self._strict -= not codec.holds
        return self._object(value)

    def _object(self, value: Any, _: int = 0) -> object:
        if self._strict:
            raise NotData
        return self._other(value, self)

    def _buffer(self, content: bytes) -> list[int]:
        start = len(self.blob)
        self.blob += content
        if len(self.blob) > MAX_BLOB:
            raise WireError(f"an array of {len(content):,} bytes is too large to hand over")
        return [start, len(content)]

    # By exact class: what derives from one of these is the submission's own, or the test's, and no data as it stands.
    _WRITE: ClassVar[dict[type, Callable[..., object]]] = {
        list: _list,
        tuple: _tuple,
        dict: _dict,
        set: _set,
        frozenset: _frozenset,
        bytes: _bytes,
        complex: _complex,
        slice: _slice,
        range: _range,
        np.ndarray: _array,
        **dict.fromkeys(_NUMPY_SCALARS, _scalar),
    }


def is_data(value: Any, codecs: Codecs = STANDARD) -> bool:
    """Whether a value crosses by itself, without a handle to anything in it."""
    try:
        Encoder(_no_data, codecs).encode(value)
    except Exception:  # noqa: BLE001 - whatever a student's object does while it is looked at
        return False
    return True


def _no_data(*_: object) -> NoReturn:
    raise WireError("no data")


def _parts(codec: Codec, value: Any) -> Any:
    try:
        return codec.parts(value)
    except Exception as fault:
        raise NotData from fault


class Decoder:
    """Turn nodes into values; `other(tag, body, decoder)` gives those that are not data, or raises WireError.

    `mutables` are the arrays and containers met, in the order in which the Encoder met them, and so with the same
    numbers from `first` on by `step`; `known` has those from before, `again` those of them that were met.
    """

    def __init__(
        self,
        blob: bytes,
        other: Callable[[str, Any, Any], object],
        codecs: Codecs = STANDARD,
        known: Mapping[int, Any] | None = None,
        first: int = 1,
        step: int = 1,
    ) -> None:
        self.mutables: list[Any] = []
        self.again: dict[int, Any] = {}
        self._blob = blob
        self._other = other
        self._codecs = codecs
        self._known = {} if known is None else known
        self._first = first
        self._step = step
        self._items = 0
        self._hashing = 0
        self._within = 0
        self._skip = False

    @property
    def following(self) -> int:
        """The number of the next array or container."""
        return self._first + len(self.mutables) * self._step

    def aside(self, node: Any) -> Any:
        """Return the value of what came along without a number."""
        self._within += 1
        try:
            return self.decode(node)
        finally:
            self._within -= 1

    def content(self, node: Any) -> Any:
        """Return the new content of something that has a number already, as a value that gets none."""
        self._skip = True
        value = self.decode(node)
        if self._skip:
            raise WireError("this has no content that changes")
        return value

    def decode(self, node: Any, depth: int = 0) -> Any:
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
        read = self._READ.get(tag)
        try:
            if read:
                return read(self, body, depth + 1)
            return self._other(tag, body, self)
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as fault:
            raise WireError(f"a malformed {tag!r} node: {fault}"[:_LONGEST_FAULT]) from None

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
        if self._skip and not self._within:
            self._skip = False
        elif not self._within:
            self.mutables.append(value)
        return value

    # A container is kept before its parts are read: so the order is the Encoder's, and it may be a part of itself.

    def _list(self, body: Any, depth: int) -> Any:
        found: list[Any] = self._keep([])
        found += self._all(body, depth)
        return found

    def _tuple(self, body: Any, depth: int) -> Any:
        return tuple(self._all(body, depth))

    def _dict(self, body: Any, depth: int) -> Any:
        found: dict[Any, Any] = self._keep({})
        parts = self._hashed(body, depth)
        found.update(zip(parts[::2], parts[1::2], strict=True))
        return found

    def _set(self, body: Any, depth: int) -> Any:
        found: set[Any] = self._keep(set())
        found.update(self._hashed(body, depth))
        return found

    def _frozenset(self, body: Any, depth: int) -> Any:
        return frozenset(self._hashed(body, depth))

    def _hashed(self, nodes: Any, depth: int) -> list[Any]:
        self._hashing += len(nodes) ** 2
        if self._hashing > (2 * MAX_HASHED) ** 2:
            raise WireError("a value's sets and dicts are too large")
        return self._all(nodes, depth)

    def _same(self, number: Any, _: int) -> Any:
        place, rest = divmod(number - self._first, self._step)
        if not rest and 0 <= place < len(self.mutables):
            return self.mutables[place]
        found = self.again[number] = self._known[number]
        return found

    def _view(self, body: Any, _: int) -> Any:
        number, offset, strides, content = body
        value = self._made(content["a"])
        found = shown(value, self._same(number, 0), offset, strides)
        found.flags.writeable = found.flags.writeable and value.flags.writeable
        return self._keep(found)

    def _library(self, body: Any, depth: int) -> Any:
        tag, node = body
        codec = self._codecs.tagged(tag)
        if codec is None:
            return self._other("x", body, self)
        self._within += 1
        parts = self.decode(node, depth)
        self._within -= 1
        try:
            value = codec.build(parts)
        except Exception as fault:  # noqa: BLE001 - the library's own, on parts that are not what it makes
            raise WireError(f"a malformed {tag}: {type(fault).__name__}: {fault}"[:_LONGEST_FAULT]) from None
        return self._keep(value) if codec.fill else value

    def _bytes(self, place: Any, _: int = 0) -> bytes:
        start, size = place
        if type(start) is not int or type(size) is not int or not 0 <= start <= start + size <= len(self._blob):
            raise WireError("a buffer lies outside its frame")
        return self._blob[start : start + size]

    def _float(self, body: Any, _: int) -> float:
        return _FLOATS[body]

    def _int(self, body: Any, _: int) -> int:
        return _big_int(body)

    def _complex(self, body: Any, depth: int) -> complex:
        real, imag = self._all(body, depth)
        return complex(float(real), float(imag))

    def _slice(self, body: Any, depth: int) -> slice:
        start, stop, step = self._all(body, depth)
        return slice(start, stop, step)

    def _range(self, body: Any, depth: int) -> range:
        return _range(*self._all(body, depth))

    def _dtype(self, body: Any, _: int) -> Any:
        return np.dtype(object) if body == "|O" else plain_dtype(body)

    def _constant(self, body: Any, _: int) -> Any:
        return {"Ellipsis": Ellipsis, "NotImplemented": NotImplemented}[body]

    def _type(self, body: Any, _: int) -> Any:
        return _TYPES.get(body) or self._codecs.named(body)

    def _scalar(self, body: Any, _: int) -> Any:
        kind, content = _dtype(body[0]), self._bytes(body[1])
        _check_content(kind, content)
        return np.frombuffer(content, kind)[0]

    def _array(self, body: Any, _: int) -> Any:
        return self._keep(self._made(body))

    def _made(self, body: Any) -> np.ndarray[Any, Any]:
        dtype, shape, place, *locked = body
        if len(shape) > MAX_RANK or any(type(size) is not int or size < 0 for size in shape):
            raise WireError("an array's shape is malformed")
        content, kind = self._bytes(place), _dtype(dtype)
        if math.prod(shape) * kind.itemsize != len(content):
            raise WireError("an array's shape and size differ")
        _check_content(kind, content)
        found = np.frombuffer(content, kind).reshape(shape).copy() if content else np.empty(shape, kind)
        if locked:
            found.flags.writeable = False
        return found

    _READ: ClassVar[dict[str, Callable[..., Any]]] = {
        "a": _array,
        "n": _scalar,
        "l": _list,
        "t": _tuple,
        "d": _dict,
        "s": _set,
        "z": _frozenset,
        "b": _bytes,
        "f": _float,
        "i": _int,
        "c": _complex,
        "e": _slice,
        "r": _range,
        "y": _dtype,
        "o": _constant,
        "k": _type,
        "x": _library,
        "=": _same,
        "A": _view,
    }


def _dtype(text: str) -> np.dtype[Any]:
    # "<f4" and the like only: numpy's other spellings reach records and objects.
    if not isinstance(text, str) or not text[1:2].isalpha() or not text.isascii() or "," in text:
        raise WireError("a dtype is malformed")
    kind = np.dtype(text)
    if kind.kind not in PLAIN_KINDS or kind.subdtype or kind.itemsize > MAX_JSON:
        raise WireError(f"dtype {text} is not plain")
    return kind


def _check_content(kind: np.dtype[Any], content: bytes) -> None:
    if kind.kind == "b" and content and max(content) > 1:
        raise WireError("an array holds what is neither true nor false")
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
