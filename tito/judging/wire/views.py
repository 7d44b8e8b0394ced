"""Views: an array that shows a part of one that both sides have is told of as that part, and so shares its memory."""

import math
from collections.abc import Sequence
from typing import Any, Final

from tito.judging.wire.faults import WireError
from tito.judging.wire.numeric import np

_MOST: Final = 64 << 20


def part_of(value: np.ndarray[Any, Any], owner: Any) -> tuple[int, list[int], list[int]] | None:
    """Return offset, shape and strides of what `value` shows of the memory of `owner`, or None if it shows none."""
    if type(owner) is not np.ndarray or owner is value or owner.dtype != value.dtype or not owner.flags.c_contiguous:
        return None
    offset, shape, strides = _address(value) - _address(owner), list(value.shape), list(value.strides)
    fits = value.size and value.nbytes <= _MOST and _lies_within(owner, offset, shape, strides)
    return (offset, shape, strides) if fits else None


def shown(owner: Any, offset: int, shape: Sequence[int], strides: Sequence[int]) -> np.ndarray[Any, Any]:
    """Return the array that shows such a part of `owner`. Raises WireError where that is none."""
    numbers = (offset, *shape, *strides)
    if type(owner) is not np.ndarray or owner.dtype.hasobject or not all(type(each) is int for each in numbers):
        raise WireError("a view is malformed")
    count = math.prod(shape)
    if min(shape, default=1) < 1 or count * owner.dtype.itemsize > _MOST or len(shape) != len(strides):
        raise WireError("a view's shape is malformed")
    if not owner.flags.c_contiguous or not _lies_within(owner, offset, shape, strides):
        raise WireError("a view lies outside of its array")
    return np.ndarray(tuple(shape), owner.dtype, owner, offset, tuple(strides))


def _address(array: np.ndarray[Any, Any]) -> int:
    return int(array.__array_interface__["data"][0])


def _lies_within(owner: Any, offset: int, shape: Sequence[int], strides: Sequence[int]) -> bool:
    spans = [(size - 1) * stride for size, stride in zip(shape, strides, strict=True)]
    first, last = offset + sum(min(0, each) for each in spans), offset + sum(max(0, each) for each in spans)
    return bool(first >= 0 and last + owner.dtype.itemsize <= owner.nbytes)
