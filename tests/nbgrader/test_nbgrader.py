"""A released notebook in real nbgrader: it validates, generates as nbgrader would make it, and keeps its points.

Needs nbgrader, which `nox -s nbgrader` installs; elsewhere these tests are skipped, and the summary counts them.
"""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from tito.model.document import Format
from tito.release import release
from tito.source import parse, write

nbgraderformat = pytest.importorskip("nbgrader.nbgraderformat")

ROOT = Path(__file__).parents[2]
SOURCES = sorted(ROOT.glob("tinytorch/modules/*/*_dev.py"))


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem)
def source(request):
    return parse(request.param.read_text("utf-8"), request.param.name)


def nbgrader_course(folder, source):
    """Return what nbgrader's own generate_assignment makes of the instructor's notebook."""
    notebook = folder / "source/lesson/lesson.ipynb"
    notebook.parent.mkdir(parents=True)
    # nbgrader wants its metadata complete and at schema 3, which releasing makes it; the sources stay the teacher's.
    complete, _ = release(source)
    cells = tuple(
        replace(cell, source=original.source) for cell, original in zip(complete.cells, source.cells, strict=True)
    )
    notebook.write_text(write(replace(complete, cells=cells), Format.NOTEBOOK), "utf-8")
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "lesson", "--create"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return nbformat.read(folder / "release/lesson/lesson.ipynb", as_version=4)


def test_the_release_validates_in_nbgraders_own_format(source, tmp_path):
    path = tmp_path / "lesson.ipynb"
    path.write_text(write(release(source)[0], Format.NOTEBOOK), "utf-8")
    # nbgrader's reading validates its metadata, and refuses schemas other than its own.
    notebook = nbgraderformat.read(path, as_version=4)
    points = [cell.metadata.get("nbgrader", {}).get("points", 0) for cell in notebook.cells]
    assert sum(points) == sum(cell.grading.points or 0 for cell in source.cells if cell.grading) > 0


def test_the_release_is_what_nbgrader_generates(source, tmp_path):
    theirs = nbgrader_course(tmp_path, source)
    ours = nbformat.reads(write(release(source)[0], Format.NOTEBOOK), as_version=4)
    assert [cell.cell_type for cell in ours.cells] == [cell.cell_type for cell in theirs.cells]
    for own, their in zip(ours.cells, theirs.cells, strict=True):
        entry, other = dict(own.metadata.get("nbgrader", {})), dict(their.metadata.get("nbgrader", {}))
        other.pop("checksum", None)
        assert entry == other
        assert own.source.split() == their.source.split()
