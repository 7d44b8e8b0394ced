"""Each corpus is graded once at each level that this machine has, and once more as an ordinary user."""

import importlib.util
import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import corpus

HERE = Path(__file__).parent


def _users():
    spec = importlib.util.spec_from_file_location("sandbox_users", HERE.parent / "unit/sandbox/conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ordinary = _users().ordinary


@pytest.fixture
def again(ordinary, request):
    """Run the tests of this file that `chosen` selects once more as an ordinary user; return how many passed."""
    if os.geteuid() != 0:
        pytest.skip("an ordinary user runs all of these tests already")

    def run(chosen):
        told = ordinary.python("-m", "pytest", "-q", "-p", "no:cacheprovider", request.path, "-k", chosen, "-rs")
        return int(re.search(r"(\d+) passed", told)[1])

    return run


@pytest.fixture(scope="package")
def world(tmp_path_factory):
    """Make worlds, one for each run."""
    return lambda: corpus.World(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module", params=corpus.LEVELS)
def level(request):
    """Each level in turn."""
    return request.param
