"""Each folder of tests/pairs holds a source and the release, or the error, that it must give."""

from pathlib import Path

import pytest

from tito.errors import CourseError
from tito.model.document import Format
from tito.release import leaks, release
from tito.source import parse, write

PAIRS = sorted(path.parent for path in (Path(__file__).parents[2] / "pairs").glob("*/source.py"))
RELEASED = [path for path in PAIRS if (path / "release.py").exists()]
REFUSED = [path for path in PAIRS if (path / "error.txt").exists()]


def source(path):
    return parse((path / "source.py").read_text("utf-8"), "source.py")


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.name)
def test_a_source_is_released_as_its_pair_says(path):
    released, _ = release(source(path))
    assert write(released, Format.PERCENT) == (path / "release.py").read_text("utf-8")


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.name)
def test_releasing_again_changes_nothing(path):
    once, _ = release(source(path))
    assert release(once)[0] == once


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.name)
def test_no_solution_is_left(path):
    released, _ = release(source(path))
    assert leaks(source(path), released) == ()


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_a_fault_is_told_as_its_pair_says(path):
    with pytest.raises(CourseError) as caught:
        release(source(path))
    assert str(caught.value) == (path / "error.txt").read_text("utf-8").strip()
