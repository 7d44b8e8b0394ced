"""What a test ends in: one text for each number, whichever library's."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from tito.judging.judge.credit import credit_text


class Liar(float):
    """Says that it is a float, and is one; its text is a lie."""

    def __repr__(self):
        return "99"


class Imposter:
    """Says of itself that it is a float."""

    @property
    def __class__(self):
        return float

    def __float__(self):
        return 99.0


VALUES = {
    "int": (3, "3"),
    "float": (2.5, "2.5"),
    "whole float": (3.0, "3"),
    "True": (True, "True"),
    "numpy's True": (np.True_, "True"),
    "numpy's int": (np.int64(3), "3"),
    "numpy's float": (np.float64(2.5), "2.5"),
    "numpy's small float": (np.float32(0.5), "0.5"),
    "an array of no dimension": (np.array(2.5), "2.5"),
    "an array": (np.array([2.5]), "a ndarray"),
    "nan": (float("nan"), "nan"),
    "numpy's infinity": (np.float64("-inf"), "-inf"),
    "negative": (-1, "-1"),
    "huge": (10**5000, "inf"),
    "Decimal": (Decimal("1.10"), "1.10"),
    "Fraction": (Fraction(1, 4), "0.25"),
    "None": (None, ""),
    "text": ("5", "a str"),
    "list": ([5], "a list"),
    "int's name begins with a vowel": (int, "a type"),
    "complex": (5j, "a complex"),
    "a subclass of float": (Liar(5), "a Liar"),
    "what says that it is a float": (Imposter(), "an Imposter"),
}


@pytest.mark.parametrize(("value", "text"), VALUES.values(), ids=VALUES)
def test_every_value_has_its_text(value, text):
    assert credit_text(value) == text
