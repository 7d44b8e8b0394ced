"""Views: an array that shows a part of one that both sides have is told of as that part, and so shares its memory."""

from collections.abc import Sequence
from typing import Any

from tito.judging.wire.faults import WireError
from tito.judging.wire.numeric import np


def part_of(value: np.ndarray[Any, Any], owner: Any) -> tuple[int, list[int]] | None:
    """Return offset and strides of what `value` shows of the memory of `owner`, or None where it shows none."""
    if type(owner) is not np.ndarray or owner is value or owner.dtype != value.dtype or not owner.flags.c_contiguous:
        return None
    offset, strides = _address(value) - _address(owner), list(value.strides)
    fits = value.size and _is_aligned(owner, offset, strides) and _lies_within(owner, offset, value.shape, strides)
    return (offset, strides) if fits else None


def shown(value: np.ndarray[Any, Any], owner: Any, offset: int, strides: Sequence[int]) -> np.ndarray[Any, Any]:
    """Return the array that shows such a part of `owner`, or `value`, its content, where `owner` lies otherwise here.

    Raises WireError where that is no part.
    """
    if type(owner) is not np.ndarray or not value.size or len(strides) != value.ndim:
        raise WireError("a view is malformed")
    if not all(type(each) is int for each in (offset, *strides)):
        raise WireError("a view's place is malformed")
    if owner.dtype != value.dtype or not owner.flags.c_contiguous:
        return value
    if not _is_aligned(owner, offset, strides):
        raise WireError("a view lies between the items of its array")
    if not _lies_within(owner, offset, value.shape, strides):
        raise WireError("a view lies outside of its array")
    return np.ndarray(value.shape, owner.dtype, owner, offset, tuple(strides))


def _address(array: np.ndarray[Any, Any]) -> int:
    return int(array.__array_interface__["data"][0])


def _is_aligned(owner: Any, offset: int, strides: Sequence[int]) -> bool:
    """Whether a part has whole items of its array: what lies across two of them may be nothing that it can hold."""
    return not any(each % owner.dtype.itemsize for each in (offset, *strides))


def _lies_within(owner: Any, offset: int, shape: Sequence[int], strides: Sequence[int]) -> bool:
    spans = [(size - 1) * stride for size, stride in zip(shape, strides, strict=True)]
    first, last = offset + sum(min(0, each) for each in spans), offset + sum(max(0, each) for each in spans)
    return bool(first >= 0 and last + owner.dtype.itemsize <= owner.nbytes)
