"""What is kept on disk reads back as it was."""

import json
from decimal import Decimal

import pytest

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
            (Outcome("t", "test_t", Status.FAILED, 0.1, FAILURE, 1, 2, "printed\ud800\x00", shared=True),),
            ("a note",),
        ),
        Criterion("t", Decimal("2.50"), "Title", credit=Credit.PROPORTIONAL),
    ],
)
def test_a_value_reads_back_as_it_was(value):
    assert from_plain(type(value), json.loads(json.dumps(to_plain(value)))) == value


@pytest.mark.parametrize("data", [{"outcomes": 3}, {"nothing": 1}, {}, [], {"outcomes": [{"status": "won"}]}])
def test_other_data_is_an_error(data):
    with pytest.raises((TypeError, ValueError, KeyError)):
        from_plain(Run, data)
