"""A small course and a class for it, of whom everyone's score is known."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

MODULE = '''
# %%
#| default_exp core.double

# %% nbgrader={"solution": true, "grade_id": "double"}
#| export
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t-small", "points": 2}
assert double(2) == 4

# %% nbgrader={"grade": true, "grade_id": "t-large", "points": 3}
assert double(500) == 1000
'''
BODIES = {
    Decimal(5): "return x + x",
    Decimal(2): "return x + x if x < 100 else 7",
    Decimal(3): "return x + x if x > 100 else [x][1]",
    Decimal(0): "return 'no'",
}
PAUSE = "import time\n\ntime.sleep({pause})\n\n\n"


@dataclass
class Class:
    """A course, the folder of its class's submissions, and what each student scores."""

    course: Path
    submitted: Path
    expected: dict[str, Decimal]

    def command(self, *options):
        given = [str(self.submitted), "--no-gradebook", *map(str, options)]
        return [sys.executable, "-c", "from tito.cli import main; main()", "grade", "01", *given]

    def run(self, *options, **environment):
        return subprocess.run(
            self.command(*options), cwd=self.course, env={**os.environ, **environment}, capture_output=True,
            text=True, check=False, timeout=120,
        )  # fmt: skip

    def scores(self, path):
        grades = json.loads(path.read_text("utf-8"))["data"]["grades"]
        assert len(grades) == len({each["student"] for each in grades})
        return {each["student"]: Decimal(str(each["earned"])) for each in grades}


@pytest.fixture(scope="session")
def locked(tmp_path_factory):
    root = tmp_path_factory.mktemp("course") / "course"
    (root / "modules" / "01_double").mkdir(parents=True)
    (root / "tito.toml").write_text('name = "mini"\npackage = "mini"\ntest_seconds = 2\nload_seconds = 2\n')
    (root / "modules" / "01_double" / "double_dev.py").write_text(MODULE)
    for arguments in (["lock"], ["rubric", "init", "01"]):
        command = [sys.executable, "-c", "from tito.cli import main; main()", *arguments]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture
def new_class(locked, tmp_path):
    """What makes a class of so many students, whose code pauses for so many seconds when it is loaded."""

    def make(count, pause=0.0):
        made = Class(tmp_path / "course", tmp_path / "submitted", {})
        shutil.copytree(locked, made.course)
        made.submitted.mkdir()
        for place in range(count):
            score, body = list(BODIES.items())[place % len(BODIES)]
            before = PAUSE.format(pause=pause) if pause else ""
            (made.submitted / f"s{place:02}.py").write_text(f"{before}def double(x):\n    {body}\n")
            made.expected[f"s{place:02}"] = score
        return made

    return make
