"""What do hidden tests cost? `python tests/benchmarks/hidden.py [SIZE]`

Module 02 is graded as it is, and with a hidden line in each of its tests, for which all of them run twice: on the same
class, in turn, five times each. Processor time of all processes, all told, as a ratio of medians.
"""

import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from classes import ROOT, examples, generated
from main_job import processor

from tito.workflows.course import lock
from tito.workflows.course.opening import open_course
from tito.workflows.grading.grade import grade
from tito.workflows.grading.judges import start_pool

SOURCE = "tinytorch/modules/02_activations/activations_dev.py"
# Each test of the lesson ends in such a line.
END = re.compile(r'^( +)print\(".*passed"\)$', re.MULTILINE)
HIDDEN = r"\1### BEGIN HIDDEN TESTS\n\1assert len(str(np.pi)) > 3\n\1### END HIDDEN TESTS\n\g<0>"


def main(size: int = 100) -> None:
    """Print what a submission takes without and with hidden tests, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = generated(Path(name) / "class", examples("02_activations"), size)
        courses = [copied(Path(name) / "plain"), copied(Path(name) / "hidden", hidden=True)]
        took: list[list[float]] = [[], []]
        for _ in range(5):
            for place, course in enumerate(courses):
                took[place].append(cost(course, folder) / size)
    plain, twice = map(statistics.median, took)
    print(f"without {plain * 1000:.1f} ms, with hidden tests {twice * 1000:.1f} ms: {twice / plain:.2f} times")


def copied(root: Path, *, hidden: bool = False) -> Path:
    """Copy what module 02 needs of the course, and lock it, perhaps with assertions hidden."""
    for part in (
        "tinytorch/core",
        "tinytorch/modules/01_tensor",
        "tinytorch/modules/02_activations",
        "rubrics",
        "graders",
    ):
        shutil.copytree(ROOT / part, root / part)
    for file in ("tinytorch/__init__.py", "pyproject.toml"):
        shutil.copy(ROOT / file, root / file)
    if hidden:
        text = (root / SOURCE).read_text("utf-8")
        made, count = END.subn(HIDDEN, text)
        assert count == 6, count
        (root / SOURCE).write_text(made, "utf-8")
        lock.lock(open_course(root), ["02"])
    return root


def cost(root: Path, folder: Path) -> float:
    used, course = processor(), open_course(root)
    with start_pool(course, 1) as pool:
        grade(course, "02", [folder], pool)
    return processor() - used


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
