"""What packages cost: a submission that imports pandas and matplotlib beside the same one with numpy, and a class of 300.

    python tests/benchmarks/packages.py [--size 300]

The two kinds are graded in turn, and medians of five are compared; exits with 1 where a promise is broken.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import whole_class
from classes import ROOT, examples, generated

sys.path.insert(0, str(ROOT))

_TURNS = 5
_MOST_TIMES = 1.5
_LEAST_OF_MODULE_02 = 0.5
_SETTINGS = 'packages = ["{}"]\ntest_seconds = 5\nload_seconds = 20\n'
_LESSON = """
# %% nbgrader={{"locked": true, "grade_id": "setup"}}
{imports}

# %% nbgrader={{"solution": true, "grade_id": "middle"}}
def middle(values):
    ### BEGIN SOLUTION
    return {answer}
    ### END SOLUTION

# %% nbgrader={{"grade": true, "grade_id": "t-middle", "points": 2}}
def test_middle():
    assert middle([1, 2, 6]) == 3

# %% nbgrader={{"grade": true, "grade_id": "t-empty", "points": 1}}
def test_one():
    assert middle([4.0]) == 4
"""
_KINDS = {
    "numpy": ("numpy", "import numpy as np", "float(np.mean(values))"),
    "pandas": ('pandas", "matplotlib', "import pandas as pd\nimport matplotlib.pyplot as plt", "float(pd.Series(values).mean())"),
}  # fmt: skip


def main() -> int:
    """Print both comparisons, and return 1 where one is worse than promised."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=300)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as name:
        courses = {kind: _course(Path(name, kind), kind) for kind in _KINDS}
        costs = {kind: [] for kind in _KINDS}
        for _ in range(_TURNS):
            for kind, course in courses.items():
                costs[kind].append(_graded(course, size).cpu / size)
        rate = size / _graded(courses["pandas"], size).seconds
        folder = generated(Path(name, "class"), examples("02_activations"), size)
        cost, _ = whole_class.run("02_activations", folder, "--force")
    middle = {kind: statistics.median(each) for kind, each in costs.items()}
    times, share = middle["pandas"] / middle["numpy"], rate * cost.seconds / size
    told = ", ".join(f"{kind} {each * 1000:.1f} ms" for kind, each in middle.items())
    print(f"processor time each: {told}: {times:.2f} times (at most {_MOST_TIMES})")
    print(
        f"{size} pandas submissions: {rate:.1f} a second, module 02's {size / cost.seconds:.1f}: {share:.2f} of it (at least {_LEAST_OF_MODULE_02})"
    )
    return int(times > _MOST_TIMES or share < _LEAST_OF_MODULE_02)


def _course(folder: Path, kind: str) -> Path:
    """Make a course of one lesson, locked, with a class beside it: no two files alike."""
    packages, imports, answer = _KINDS[kind]
    (folder / "modules/01_middle").mkdir(parents=True)
    (folder / "tito.toml").write_text(_SETTINGS.format(packages))
    lesson = _LESSON.format(imports=imports, answer=answer)
    (folder / "modules/01_middle/middle_dev.py").write_text(lesson)
    for command in (["lock"], ["rubric", "init", "01"]):
        whole_class.subprocess.run(
            [*whole_class.main_job.TITO, *command], cwd=folder, check=True, capture_output=True
        )
    (folder / "class").mkdir()
    return folder


def _graded(course: Path, size: int) -> whole_class.Cost:
    text = (course / "modules/01_middle/middle_dev.py").read_text().replace("### ", "# ")
    for place in range(size):
        (course / f"class/s{place:04}.py").write_text(text + " " * (place % 997))
    cost, grades = whole_class.run("01_middle", course / "class", "--force", root=course)
    assert [each["earned"] for each in grades] == [3] * size
    return cost


if __name__ == "__main__":
    sys.exit(main())
