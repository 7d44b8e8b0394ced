"""Importing again: three states of a file, and what becomes of it."""

import pytest

from tito.importing.merge import Step, step

STEPS = {
    "new there": (None, None, "b", Step.WRITE),
    "changed there": ("a", "a", "b", Step.WRITE),
    "gone there": ("a", "a", None, Step.REMOVE),
    "edited here": ("a", "x", "a", Step.LEAVE),
    "removed here": ("a", None, "a", Step.LEAVE),
    "removed here and changed there": ("a", None, "b", Step.WRITE),
    "the same change on both sides": ("a", "b", "b", Step.LEAVE),
    "changed on both sides": ("a", "x", "b", Step.CONFLICT),
    "edited here and gone there": ("a", "x", None, Step.CONFLICT),
    "here before the first import": (None, "x", "b", Step.CONFLICT),
    "removed on both sides": ("a", None, None, Step.LEAVE),
}


@pytest.mark.parametrize("name", STEPS)
def test_each_side_keeps_what_it_alone_changed(name):
    base, here, there, wanted = STEPS[name]
    assert step(base, here, there) is wanted
