"""The fuzz targets for a few hundred inputs each, without atheris."""

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_rule_of_the_wire(name):
    @settings(deadline=None, max_examples=300)
    @given(st.binary(max_size=400))
    def holds(data):
        TARGETS[name](data)

    holds()


@pytest.mark.parametrize("name", TARGETS)
def test_random_bytes_break_no_rule_of_the_wire(name):
    for seed in range(300):
        TARGETS[name](random.Random(seed).randbytes(600))  # noqa: S311
