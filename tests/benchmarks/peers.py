"""Other autograders on the same submission, each in a virtual environment of its own; a word where one cannot be had."""

import ast
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from classes import ROOT

from tito.model.document import Format
from tito.release import release
from tito.source import parse, write

SOURCE = ROOT / "tinytorch/modules/02_activations/activations_dev.py"
GRADER = ROOT / "graders/02_activations/test_activations.py"
GOOD = ROOT / "samples/submitted/babbage/02_activations/activations_dev.ipynb"

# The locked tests as they are, on the names that the notebook has left behind.
OTTER_TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points}
LOCKED = {locked!r}


@test_case(points=points)
def locked(env):
    import sys
    import types

    home = sys.modules["tinytorch.core.activations"] = types.ModuleType("tinytorch.core.activations")
    home.__dict__.update(env)
    space = {{}}
    exec(LOCKED, space)
    space[{test!r}]()
"""


class Place:
    """A folder with a virtual environment, and the clock of what runs there."""

    def __init__(self, folder: Path, *packages: str) -> None:
        self.folder = folder
        self._bin = folder / "venv/bin"
        self.run(sys.executable, "-m", "venv", "venv")
        self.run(self._bin / "python", "-m", "pip", "install", "--quiet", *packages)

    def run(self, *command: object) -> float:
        """Run a command there and return its seconds. Raises CalledProcessError where it fails."""
        # They run kernels, alembic and the like by their names.
        path = f"{self._bin}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": path}
        begun = time.perf_counter()
        arguments = [str(part) for part in command]
        subprocess.run(arguments, cwd=self.folder, env=environment, check=True, capture_output=True)
        return time.perf_counter() - begun

    def tool(self, name: str, *arguments: object) -> float:
        """Run an installed program in the same way."""
        return self.run(self._bin / name, *arguments)


def rate(measure: Callable[[Place, int], float], count: int, *packages: str) -> str:
    """Return how many submissions a second `measure` grades, or why that cannot be told."""
    with tempfile.TemporaryDirectory() as name:
        try:
            place = Place(Path(name), *packages)
        except subprocess.CalledProcessError:
            return "not measured: it cannot be installed here"
        try:
            return f"{count / measure(place, count):.2f}"
        except (subprocess.CalledProcessError, AssertionError) as fault:
            return f"not measured: {fault}"


def nbgrader() -> str:
    """Return how many submissions nbgrader grades a second; it uses one processor."""
    return rate(_nbgrader, 6, "nbgrader", "numpy")


def otter() -> str:
    """Return how many submissions `otter run` grades a second, one after the other."""
    return rate(_otter, 3, "otter-grader", "ipykernel", "numpy", "pytest")


def _nbgrader(place: Place, count: int) -> float:
    """Lay out nbgrader's folders: the instructor's notebook, and a good submission `count` times; grade them."""
    source = parse(SOURCE.read_text("utf-8"), SOURCE.name)
    # nbgrader wants its metadata complete, which releasing makes it; the cells' sources stay the instructor's.
    stub, _ = release(source)
    cells = tuple(replace(own, source=each.source) for own, each in zip(stub.cells, source.cells, strict=True))
    lesson = place.folder / "source/lesson"
    lesson.mkdir(parents=True)
    (lesson / "lesson.ipynb").write_text(write(replace(stub, cells=cells), Format.NOTEBOOK), "utf-8")
    for number in range(count):
        own = place.folder / f"submitted/student{number}/lesson"
        own.mkdir(parents=True)
        (own / "lesson.ipynb").write_text(notebook(), "utf-8")
    place.tool("nbgrader", "generate_assignment", "lesson", "--create")
    seconds = place.tool("nbgrader", "autograde", "lesson", "--create")
    graded = len(list((place.folder / "autograded").glob("*/lesson/lesson.ipynb")))
    assert graded == count, f"it graded {graded} of {count}"
    return seconds


def _otter(place: Place, count: int) -> float:
    """Give otter the locked tests in its own form and let it run a good submission `count` times."""
    tests, locked = place.folder / "tests", GRADER.read_text("utf-8")
    tests.mkdir()
    for each in ast.parse(locked).body:
        if isinstance(each, ast.FunctionDef) and each.decorator_list:
            ((criterion,), (points,)) = each.decorator_list[0].args, each.decorator_list[0].keywords
            name = criterion.value.replace("-", "_")
            text = OTTER_TEST.format(name=name, points=points.value.value, locked=locked, test=each.name)
            (tests / f"{name}.py").write_text(text, "utf-8")
    (place.folder / "out").mkdir()
    (place.folder / "lesson.ipynb").write_text(notebook(), "utf-8")
    place.tool("otter", "generate", "-t", "tests", "-o", "autograder.zip")
    seconds = sum(
        place.tool("otter", "run", "--no-logo", "-a", "autograder.zip", "-o", "out", "lesson.ipynb")
        for _ in range(count)
    )
    told = json.loads((place.folder / "out/results.json").read_text("utf-8"))["tests"]
    scores = [(each["score"], each["max_score"]) for each in told if "score" in each]
    assert scores, "it gave no scores"
    assert all(score == most for score, most in scores), f"it gave {scores}"
    return seconds


def notebook() -> str:
    """Return a good submission as they want it, with the name of a kernel."""
    content = json.loads(GOOD.read_text("utf-8"))
    content["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(content)
