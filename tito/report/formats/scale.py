"""Points in a system that knows whole ones only."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

_SCALES: Final = (1, 2, 4, 5, 10, 20, 50, 100)


def is_whole(value: Decimal) -> bool:
    """Say whether points are a whole number."""
    return value == value.to_integral_value()


def whole_scale(worth: Iterable[Decimal]) -> int:
    """Return the least scale at which all of some points are whole, to two places."""
    worth = tuple(worth)
    return next((scale for scale in _SCALES if all(is_whole(each * scale) for each in worth)), _SCALES[-1])
