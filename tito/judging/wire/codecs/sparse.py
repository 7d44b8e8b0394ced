"""Codecs of scipy's sparse matrices and arrays: C code follows their indices, so each of these is checked."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from scipy import sparse

from tito.judging.wire.codecs.model import Codec, exact, require, within

_MOST: Final = 1 << 31
# What a shape may come to where a test makes it dense, which it is then out of memory for, in its own test.
_FORMATS: Final = ("csr", "csc", "coo", "dia", "bsr", "lil", "dok")


def _shape(value: Any) -> tuple[int, int]:
    rows, columns = exact(value, tuple)
    return within(rows, 0, _MOST), within(columns, 0, _MOST)


def _numbers(value: Any) -> Any:
    require(fits=exact(value, np.ndarray).dtype.kind in "biufc")
    return value


def _places(value: Any, size: int) -> Any:
    require(fits=exact(value, np.ndarray).dtype in (np.dtype(np.int32), np.dtype(np.int64)) and value.ndim == 1)
    require(fits=not len(value) or 0 <= value.min() <= value.max() < size, what="an index lies outside")
    return value


def _compressed_parts(it: Any) -> Any:
    return (it.shape, it.data, it.indices, it.indptr)


def _compressed(kind: Any, axis: int) -> Callable[[Any], Any]:
    def build(parts: Any) -> Any:
        told, data, indices, pointers = parts
        shape = _shape(told)
        block = _numbers(data).shape[1:] or (1, 1)
        require(fits=data.ndim in {1, 3} and all(each > 0 for each in block))
        sizes = (shape[0] // block[0], shape[1] // block[1])
        require(fits=sizes[0] * block[0] == shape[0] and sizes[1] * block[1] == shape[1])
        _places(indices, sizes[1 - axis])
        _places(pointers, len(indices) + 1)
        fits = len(pointers) == sizes[axis] + 1 and len(data) == len(indices) and pointers[0] == 0
        require(fits=bool(fits and pointers[-1] == len(indices) and (np.diff(pointers) >= 0).all()))
        return kind((data, indices, pointers), shape=shape)

    return build


def _triples_parts(it: Any) -> Any:
    found = it.tocoo()
    rows, columns = found.coords
    return (found.shape, found.data, rows, columns)


def _triples(kind: Any) -> Callable[[Any], Any]:
    def build(parts: Any) -> Any:
        told, data, rows, columns = parts
        shape = _shape(told)
        require(fits=_numbers(data).ndim == 1 and len(data) == len(rows) == len(columns))
        found = sparse.coo_array((data, (_places(rows, shape[0]), _places(columns, shape[1]))), shape=shape)
        return kind(found)

    return build


def _diagonals(kind: Any) -> Callable[[Any], Any]:
    def build(parts: Any) -> Any:
        told, data, offsets = parts
        shape = _shape(told)
        require(fits=_numbers(data).ndim == 2 and exact(offsets, np.ndarray).dtype.kind == "i")  # noqa: PLR2004
        lowest, highest = -shape[0], shape[1]
        require(fits=not len(offsets) or lowest < offsets.min() <= offsets.max() < highest)
        require(fits=len(offsets) == len(data) == len(np.unique(offsets)))
        return kind((data, offsets), shape=shape)

    return build


def _codec(name: str) -> Codec:
    kind: Any = getattr(sparse, name)
    match name[:3]:
        case "csr" | "bsr":
            parts, build = _compressed_parts, _compressed(kind, 0)
        case "csc":
            parts, build = _compressed_parts, _compressed(kind, 1)
        case "dia":
            parts, build = (lambda it: (it.shape, it.data, it.offsets)), _diagonals(kind)
        case _:
            parts, build = _triples_parts, _triples(kind)
    return Codec(f"scipy.sparse.{name}", kind, parts, build)


CODECS: Final = tuple(_codec(f"{name}_{sort}") for name in _FORMATS for sort in ("array", "matrix"))
