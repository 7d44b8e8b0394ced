"""A small course of one's own in a temporary folder, and `tito` run as a person runs it."""

import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass

import pytest

from tito.sandbox.system import portable

MODULE = '''
# %% [markdown]
# # Doubling

# %%
#| default_exp core.double

# %% nbgrader={"locked": true, "grade_id": "setup"}
#| export
import numpy as np

LIMIT = 1e-6

# %% nbgrader={"solution": true, "grade_id": "double"}
#| export
def double(x):
    """TODO: return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t-double", "points": 2.5}
def test_double():
    """Doubles numbers."""
    assert double(2) == 4, f"double(2) is 4, got {double(2)}"
    ### BEGIN HIDDEN TESTS
    assert double(-3) == -6
    ### END HIDDEN TESTS

if __name__ == "__main__":
    test_double()

# %% nbgrader={"grade": true, "grade_id": "t-arrays", "points": 1}
assert np.allclose(double(np.arange(3)), [0, 2, 4], atol=LIMIT)

# %% nbgrader={"grade": true, "grade_id": "t-hidden", "points": 1.5}
### BEGIN HIDDEN TESTS
assert double(0.5) == 1
### END HIDDEN TESTS
'''


@dataclass
class Done:
    """What a command did."""

    code: int
    out: str
    err: str


class Course:
    """A folder with a course, and tito in it."""

    def __init__(self, root):
        self.root = root

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
        return path

    def read(self, name):
        return (self.root / name).read_text("utf-8")

    def tito(self, *arguments, cwd=".", **environment):
        command = [sys.executable, "-c", "from tito.cli import main; main()", *map(str, arguments)]
        settings = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": os.environ.get("PYTHONUTF8", "1"), **environment}
        done = subprocess.run(
            command, cwd=self.root / cwd, env=settings, capture_output=True, check=False, timeout=120
        )
        assert "Traceback" not in done.stderr.decode("utf-8", "replace"), done.stderr.decode()
        return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def copy(self, root):
        shutil.copytree(self.root, root)
        return Course(root)


@pytest.fixture(scope="session")
def new_course():
    """What makes a course in an empty folder."""
    return _course


@pytest.fixture
def course(tmp_path):
    return _course(tmp_path)


def _course(root):
    made = Course(root)
    # Where nothing can confine itself, the course says that its submissions are trusted.
    trusted = 'sandbox = "limits"\n' if portable() else ""
    made.write("tito.toml", f'name = "mini"\npackage = "mini"\ntest_seconds = 1\nload_seconds = 1\n{trusted}')
    made.write("modules/01_double/double_dev.py", MODULE)
    return made


@pytest.fixture
def locked(course):
    """The course with grader and rubric."""
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    return course
