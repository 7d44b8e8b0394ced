"""A course's totals: weights, what is dropped, what is missing or left out."""

from decimal import Decimal

import pytest

from tito.model.grade import Grade
from tito.scoring.totals import Total, Weights, bins, total


def graded(**shares):
    return {
        name: None if share is None else Grade("s", name, "w.py", Decimal(share), Decimal(100), ())
        for name, share in shares.items()
    }


@pytest.mark.parametrize(
    ("shares", "weights", "drop", "expected", "dropped"),
    [
        ({"a": 50, "b": 100}, {}, 0, 75, ()),
        ({"a": 50, "b": 100}, {"a": 3}, 0, "62.5", ()),
        ({"a": 50, "b": 100, "c": 0}, {"c": 0}, 0, 75, ()),
        ({"a": 50, "b": None}, {}, 0, 25, ()),
        ({"a": 50, "b": 100, "c": 30}, {}, 1, 75, ("c",)),
        ({"a": 50, "b": 100, "c": None}, {}, 1, 75, ("c",)),
        ({"a": 50, "b": 50, "c": 80}, {"b": 2}, 1, 60, ("a",)),
        ({"a": 50}, {}, 3, 50, ()),
    ],
)
def test_a_total_is_the_weighted_mean_without_the_lowest(shares, weights, drop, expected, dropped):
    own = Weights({name: Decimal(weight) for name, weight in weights.items()}, drop)
    assert total(graded(**shares), (), own) == Total(Decimal(expected), dropped)


def test_what_is_excused_counts_nowhere():
    assert total(graded(a=50, b=None), ("b",), Weights({}, 0)) == Total(Decimal(50))
    assert total(graded(a=None), ("a",), Weights({}, 0)) == Total(None)


def test_totals_fall_into_ten_parts():
    found = bins([Total(Decimal(share)) for share in ("0", "9.99", "10", "99", "100", "104")] + [Total(None)])
    assert found == (2, 1, 0, 0, 0, 0, 0, 0, 0, 3)
