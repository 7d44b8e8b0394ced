"""Reading takes time and memory in proportion to a submission's length, whatever it holds.

Times are compared with each other alone; `tests/benchmarks/readers.py` shows them.
"""

import sys
import tracemalloc
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from readers import CASES, GRADER, MOST, measured, parsed


@pytest.mark.parametrize("name", CASES)
def test_four_times_as_much_takes_no_more_than_some_four_times_as_long(name):
    path, make = CASES[name]
    ratios = []
    while not ratios or (ratios[-1] > MOST and len(ratios) < 10):
        _, took, more = measured(path, make, 0.01)
        ratios.append(more / took)
    assert min(ratios) <= MOST


@pytest.mark.parametrize("name", CASES)
def test_a_sign_takes_some_bytes_of_memory(name):
    path, make = CASES[name]
    content = make(100_000).encode()
    tracemalloc.start()
    parsed("ann", path, content, GRADER)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * len(content)
