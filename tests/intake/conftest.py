"""What is found below a path, in short."""

import sys
from pathlib import Path

import pytest

from tito.collection.folders import find, read
from tito.collection.layout import Layout
from tito.errors import UnreadableError

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def rows():
    """Return (student, content or the reason of the refusal) of each row."""

    def content(each):
        if each.refusal:
            return each.refusal
        try:
            return read(each)
        except UnreadableError as fault:
            return fault.problems[0].what

    return lambda *paths: [(each.student, content(each)) for each in find(paths, Layout("02_m", "m_dev"))]
