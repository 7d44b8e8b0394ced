"""Codecs of numpy's: arrays of dates, records, objects and masked ones, odd scalars, and random generators."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from tito.judging.wire.codecs.dtypes import plain_dtype
from tito.judging.wire.codecs.model import Codec, exact, require, within

_MAX_RANK: Final = 32
_MAX_CELLS: Final = 200_000
_MAX_FIELDS: Final = 200
_MAX_SIZE: Final = 64 << 20
_WORD: Final = (1 << 32) - 1
_LONG: Final = (1 << 64) - 1
_LONGEST: Final = (1 << 128) - 1
_TWISTER: Final = 624


def _shape(value: Any) -> tuple[int, ...]:
    shape = exact(value, tuple)
    require(fits=len(shape) <= _MAX_RANK)
    return tuple(within(size, 0, _MAX_SIZE) for size in shape)


def _all_fields(dtype: Any) -> Any:
    return dtype.fields


def _fields(dtype: np.dtype[Any]) -> Any:
    """Return a record's dtype as (size, ((name, offset, short name or fields, shape), …))."""
    told = []
    for name in dtype.names or ():
        kind, offset = _all_fields(dtype)[name][:2]
        base, shape = kind.subdtype or (kind, ())
        told.append((name, offset, _fields(base) if base.names else base.str, shape))
    return (dtype.itemsize, tuple(told))


def _record(parts: Any, depth: int = 0) -> np.dtype[Any]:
    size, fields = parts
    require(fits=depth <= 4 and 0 < len(exact(fields, tuple)) <= _MAX_FIELDS)  # noqa: PLR2004
    kinds = []
    for _, _, kind, shape in fields:
        base = plain_dtype(kind) if isinstance(kind, str) else _record(kind, depth + 1)
        require(fits=math.prod(_shape(shape)) * base.itemsize <= _MAX_SIZE)
        kinds.append(np.dtype((base, shape)) if shape else base)
    names = [exact(name, str) for name, *_ in fields]
    offsets = [within(offset, 0, _MAX_SIZE) for _, offset, *_ in fields]
    # numpy itself refuses what lies outside the size, but lets fields overlap: plain bytes may.
    return np.dtype({"names": names, "formats": kinds, "offsets": offsets, "itemsize": within(size, 1, _MAX_SIZE)})


def _array_parts(it: np.ndarray[Any, Any]) -> Any:
    match it.dtype.kind:
        case "m" | "M":
            return ("dates", it.dtype.str, it.shape, it.tobytes())
        case "V" if it.dtype.names and not it.dtype.hasobject:
            return ("records", _fields(it.dtype), it.shape, it.tobytes())
        case "O":
            return ("objects", None, it.shape, tuple(it.ravel().tolist()))
    raise ValueError(f"arrays of {it.dtype} do not cross")


def _array(parts: Any) -> np.ndarray[Any, Any]:
    kind, told, shape, content = parts
    shape = _shape(shape)
    if kind == "objects":
        return _objects(shape, exact(content, tuple))
    dtype = _record(told) if kind == "records" else plain_dtype(told)
    require(fits=kind in {"records", "dates"} and (kind == "records" or dtype.kind in "mM"))
    require(fits=math.prod(shape) * dtype.itemsize == len(exact(content, bytes)), what="shape and size differ")
    check_text(dtype, content)
    return np.frombuffer(content, dtype).reshape(shape).copy() if content else np.empty(shape, dtype)


def _objects(shape: tuple[int, ...], cells: tuple[Any, ...]) -> np.ndarray[Any, Any]:
    require(fits=math.prod(shape) == len(cells) <= _MAX_CELLS, what="shape and size differ")
    flat = np.empty(len(cells), object)
    # One by one: numpy would make rows of cells that are lists.
    for place, cell in enumerate(cells):
        flat[place] = cell
    return flat.reshape(shape)


def check_text(dtype: np.dtype[Any], content: bytes) -> None:
    """Raise where text holds what is no character: numpy keeps any 32 bits, and fails where it makes text of them."""
    for kind, offset in _texts(dtype):
        rows = np.frombuffer(content, np.uint8).reshape(-1, dtype.itemsize)[:, offset : offset + kind.itemsize]
        points = np.ascontiguousarray(rows).view(f"{kind.byteorder}u4")
        require(fits=not points.size or int(points.max()) <= 0x10FFFF, what="what is no character")  # noqa: PLR2004


def _texts(dtype: np.dtype[Any], offset: int = 0) -> list[tuple[np.dtype[Any], int]]:
    if dtype.subdtype:
        base, shape = dtype.subdtype
        return [each for n in range(math.prod(shape)) for each in _texts(base, offset + n * base.itemsize)]
    if dtype.names:
        found = (_all_fields(dtype)[name][:2] for name in dtype.names)
        return [each for kind, at in found for each in _texts(kind, offset + at)]
    return [(dtype, offset)] if dtype.kind == "U" and dtype.itemsize else []


def _fill(it: np.ndarray[Any, Any], new: np.ndarray[Any, Any]) -> None:
    # One that grows would leave views of it behind that show memory which is no longer there.
    if it.dtype != new.dtype or it.size != new.size:
        raise ValueError("what was written into an array does not fit it")
    if not it.flags.writeable and it.flags.owndata:
        # Whoever has locked it may write through another array, or have unlocked it since.
        it.flags.writeable = True
    if it.flags.writeable:
        if it.shape != new.shape:
            it.shape = new.shape
        it[...] = new
        it.flags.writeable = new.flags.writeable


def _masked_parts(it: np.ma.MaskedArray[Any, Any]) -> Any:
    mask = None if it.mask is np.ma.nomask else np.asarray(it.mask)
    # What the mask hides may be anything, and is kept as it is.
    return (np.asarray(it.data), mask, None if it._fill_value is None else np.asarray(it._fill_value), it.hardmask)  # type: ignore[attr-defined] # noqa: SLF001


def _masked(parts: Any) -> Any:
    data, mask, fill, hard = parts
    exact(data, np.ndarray)
    if mask is not None:
        require(fits=exact(mask, np.ndarray).dtype == np.ma.make_mask_descr(data.dtype) and mask.shape == data.shape)
    made: Any = np.ma.MaskedArray(data, np.ma.nomask if mask is None else mask, hard_mask=exact(hard, bool))
    if fill is not None:
        made.fill_value = exact(fill, np.ndarray)[()]
    return made


def _fill_masked(it: Any, new: Any) -> None:
    _fill(it.data, new.data)
    it.mask = new.mask


def _one(parts: Any) -> Any:
    array = exact(parts, np.ndarray)
    require(fits=array.shape == ())
    return array[()]


def _date(kind: type[np.generic]) -> Codec:
    def build(parts: Any) -> Any:
        return exact(_one(parts), kind)

    return Codec(f"numpy.{kind.__name__}", kind, np.asarray, build)


# Random generators: wild states make numpy's read beyond their memory, so each field is bounded.


def _bounded(*bounds: int) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        array = exact(value, np.ndarray)
        require(fits=array.dtype in (np.dtype(np.uint64), np.dtype(np.uint32)) and array.shape == bounds)
        return array

    return check


def _number(high: int) -> Callable[[Any], int]:
    return lambda value: within(value, 0, high)


def _odd(value: Any) -> int:
    require(fits=exact(value, int) % 2 == 1, what="an increment is odd")
    return within(value, 1, _LONGEST)


_PCG: Final = {"state": {"state": _number(_LONGEST), "inc": _odd}}
_HALVES: Final = {"has_uint32": _number(1), "uinteger": _number(_WORD)}
_STATES: Final[dict[str, Mapping[str, Any]]] = {
    "PCG64": _PCG | _HALVES,
    "PCG64DXSM": _PCG | _HALVES,
    "MT19937": {"state": {"key": _bounded(_TWISTER), "pos": _number(_TWISTER)}},
    "SFC64": {"state": {"state": _bounded(4)}, **_HALVES},
    "Philox": {
        "state": {"counter": _bounded(4), "key": _bounded(2)},
        "buffer": _bounded(4),
        "buffer_pos": _number(4),
        **_HALVES,
    },
}


def _checked(told: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    require(fits=exact(told, dict).keys() == wanted.keys())
    return {
        name: _checked(told[name], check) if isinstance(check, Mapping) else check(told[name])
        for name, check in wanted.items()
    }


def _bits(parts: Any) -> Any:
    state = dict(exact(parts, dict))
    name = exact(state.pop("bit_generator"), str)
    checked = _checked(state, _STATES[name])
    made: Any = getattr(np.random, name)(0)
    made.state = {"bit_generator": name, **checked}
    return made


def _legacy(parts: Any) -> np.random.RandomState:
    name, key, place, has_gauss, gauss = parts
    state = {"bit_generator": name, "state": {"key": key, "pos": place}}
    made = np.random.RandomState(_bits(state))
    made.set_state((name, key, place, within(has_gauss, 0, 1), exact(gauss, float)))
    return made


def _restate(it: Any, new: Any) -> None:
    it.bit_generator.state = new.bit_generator.state


def _bit_generator(name: str) -> Codec:
    def fill(it: Any, new: Any) -> None:
        it.state = new.state

    return Codec(f"numpy.random.{name}", getattr(np.random, name), lambda it: it.state, _bits, fill=fill)


CODECS: Final = (
    # Only what the wire does not carry as it is: it asks for this one where the dtype is not plain.
    Codec("numpy.ndarray", np.ndarray, _array_parts, _array, fill=_fill),
    Codec("numpy.ma.MaskedArray", np.ma.MaskedArray, _masked_parts, _masked, fill=_fill_masked),
    Codec("numpy.ma.masked", type(np.ma.masked), lambda _: (), lambda _: np.ma.masked),
    Codec("numpy.str_", np.str_, str, lambda text: np.str_(exact(text, str))),
    Codec("numpy.bytes_", np.bytes_, bytes, lambda content: np.bytes_(exact(content, bytes))),
    Codec("numpy.void", np.void, np.asarray, _one),
    _date(np.datetime64),
    _date(np.timedelta64),
    Codec(
        "numpy.random.Generator",
        np.random.Generator,
        lambda it: it.bit_generator.state,
        lambda parts: np.random.Generator(_bits(parts)),
        fill=_restate,
    ),
    Codec(
        "numpy.random.RandomState",
        np.random.RandomState,
        lambda it: it.get_state(),
        _legacy,
        fill=lambda it, new: it.set_state(new.get_state()),
    ),
    *map(_bit_generator, _STATES),
)
