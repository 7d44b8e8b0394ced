"""What is kept on disk reads back as it was."""

import json
from decimal import Decimal

import pytest

from tito.judging.plan import Recorded
from tito.model.coding import from_plain, to_plain
from tito.model.outcome import Failure, Frame, Outcome, Run, Status
from tito.model.rubric import Credit, Criterion

FAILURE = Failure(
    "wrong", "left 1, right 2", "assert f(1) == 2", (Frame("a.py", 3, "f", "return x"),), ("f(1)  →  1",)
)


@pytest.mark.parametrize(
    "value",
    [
        Run((), level="limits", seconds=0.25),
        Run(
            (Outcome("t", "test_t", Status.FAILED, 0.1, FAILURE, 1, 2, "printed\ud800\x00", beside=True),),
            ("a note",),
        ),
        Criterion("t", Decimal("2.50"), "Title", credit=Credit.PROPORTIONAL, may_write=("out",)),
        Recorded({"f()": "data"}, ("a",), differs=(("a", 3), ("b", 0))),
    ],
)
def test_a_value_reads_back_as_it_was(value):
    assert from_plain(type(value), json.loads(json.dumps(to_plain(value)))) == value


@pytest.mark.parametrize("data", [{"outcomes": 3}, {"nothing": 1}, {}, [], {"outcomes": [{"status": "won"}]}])
def test_other_data_is_an_error(data):
    with pytest.raises((TypeError, ValueError, KeyError)):
        from_plain(Run, data)


@pytest.mark.parametrize(
    "changed",
    [
        {"points": "1e999999999"}, {"points": "9" * 5_000}, {"points": "x"}, {"points": 1.5}, {"points": None},
        {"title": 5}, {"title": None}, {"id": ["x"]}, {"seconds": 1}, {"extra": 1},
    ],
)  # fmt: skip
def test_a_number_is_measured_and_a_kind_is_asked_for(changed):
    plain = to_plain(Criterion("t", Decimal("2.50"), "Title", seconds=Decimal(1)))
    assert from_plain(Criterion, plain).points == Decimal("2.50")
    with pytest.raises((TypeError, ValueError)):
        from_plain(Criterion, plain | changed)
