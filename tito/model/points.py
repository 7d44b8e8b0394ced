"""Points and percentages as numbers: the one place that rounds, half up."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

# A rubric and a gradebook hold points to a thousandth; a share of them is rounded to a hundredth if that is enough.
FINEST: Final = 3
_USUAL: Final = 2


def places_of(worth: Iterable[Decimal]) -> int:
    """Return to how many decimals shares of such points are rounded: two, or three where they have three."""
    return FINEST if any(each != rounded(each, _USUAL) for each in worth) else _USUAL


def rounded(value: Decimal, places: int = FINEST) -> Decimal:
    """Return a number to so many decimals, half up: away from 0 where it lies in the middle."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def points(value: Decimal) -> str:
    """Return points as every output shows them: whole, without trailing zeros, never as -0."""
    text = f"{rounded(value):f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def worth(value: Decimal) -> str:
    """Return points with their noun: 1 point, 2.5 points."""
    text = points(value)
    return f"{text} point" if text in {"1", "-1"} else f"{text} points"


def mean(value: Decimal) -> str:
    """Return a mean or median of points, to two decimals."""
    return points(rounded(value, _USUAL))


def percent(value: Decimal) -> str:
    """Return a percentage with one decimal, never rounded up to 100."""
    shown = f"{rounded(value, 1):f}"
    return "99.9" if shown == "100.0" and value < 100 else shown  # noqa: PLR2004 - all
