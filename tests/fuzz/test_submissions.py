"""500 submissions that nobody would hand in by accident, read or refused; `nox -s fuzz-submissions` tries 20,000."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from submissions import broken, case, hand_in, hold


@settings(deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_whatever_is_handed_in_is_read_or_refused(seed):
    hold(case(seed))


def test_whatever_is_handed_in_ends_no_run_and_is_not_broken():
    assert broken(range(500)) == set()


def test_a_case_is_the_same_every_time(tmp_path):
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        hand_in(folder, range(40))
    first, second = ({path.name: path.read_bytes() for path in each.iterdir()} for each in tmp_path.iterdir())
    assert first == second
    assert len(first) == 40
