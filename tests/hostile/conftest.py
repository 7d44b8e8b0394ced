"""Each corpus is graded once at each level that this machine has."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import corpus


@pytest.fixture(scope="package")
def world(tmp_path_factory):
    """Make worlds, one for each run."""
    return lambda: corpus.World(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module", params=corpus.LEVELS)
def level(request):
    """Each level in turn."""
    return request.param
