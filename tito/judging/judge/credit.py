"""What a test ends in: the number that it hands to pytest's `record_property("credit", …)`, as text."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pytest

CREDIT: Final = "credit"
_NUMBERS: Final = (float, Decimal, Fraction)


def credit_of(item: pytest.Item) -> str:
    """Return what a test that passed has recorded last, and forget it; "" where it recorded nothing."""
    found = [value for name, value in item.user_properties if name == CREDIT]
    item.user_properties.clear()
    return credit_text(found[-1]) if found else ""


def credit_text(value: Any) -> str:
    """Return a number of any library's as text that says the same in all: "True", "2.5", "nan", or "a list" for none.

    The type itself is looked at: what stands for a submission's object may say that it is anything.
    """
    kind = type(value)
    if issubclass(kind, np.generic) or (kind is np.ndarray and value.ndim == 0):
        value = value.item()
        kind = type(value)
    if value is None:
        return ""
    if kind is bool:
        return str(value)
    if kind in {int, *_NUMBERS}:
        return _number(value)
    return f"{'an' if kind.__name__[:1] in 'aeiouAEIOU' else 'a'} {kind.__name__[:40]}"


def _number(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    try:
        number = float(value)
    except OverflowError:
        return "inf" if value > 0 else "-inf"
    return str(int(number)) if number.is_integer() else repr(number)
