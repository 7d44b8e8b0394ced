"""Both corpora once more as an ordinary user, where root runs the tests."""

import importlib.util
import os
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _users():
    spec = importlib.util.spec_from_file_location("sandbox_users", HERE.parent / "unit/sandbox/conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ordinary = _users().ordinary


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs all of these tests already")
@pytest.mark.parametrize("corpus", ["forging", "harm"])
def test_the_corpora_are_held_for_an_ordinary_user_too(ordinary, corpus):
    # What forgeries try does not turn on a user's rights: one level, the quickest, is enough here.
    chosen = "limits or file" if corpus == "forging" else "test_"
    told = ordinary.python(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", HERE / f"test_{corpus}.py", "-k", chosen, "-rs")
    )
    assert int(re.search(r"(\d+) passed", told)[1]) > 100
