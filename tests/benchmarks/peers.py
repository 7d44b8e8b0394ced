"""nbgrader on the same submissions, in a virtual environment of its own; a word where it cannot be had."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tito.model.document import Format
from tito.release import release
from tito.source import parse, write

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tinytorch/modules/02_activations/activations_dev.py"
GOOD = ROOT / "samples/submitted/babbage/02_activations/activations_dev.ipynb"


def nbgrader(count: int = 6) -> str:
    """Return how many submissions nbgrader grades a second, or why that cannot be told."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = folder / "venv/bin/python"
        try:
            done([sys.executable, "-m", "venv", folder / "venv"], folder)
            done([python, "-m", "pip", "install", "--quiet", "nbgrader", "numpy"], folder)
        except subprocess.CalledProcessError:
            return "not measured: it cannot be installed here"
        course(folder, count)
        done([python, "-m", "nbgrader", "generate_assignment", "lesson", "--create"], folder)
        begun = time.perf_counter()
        done([python, "-m", "nbgrader", "autograde", "lesson", "--create"], folder)
        seconds = (time.perf_counter() - begun) / count
        graded = len(list((folder / "autograded").glob("*/lesson/lesson.ipynb")))
    return f"{1 / seconds:.2f}" if graded == count else f"not measured: it graded {graded} of {count}"


def course(folder: Path, count: int) -> None:
    """Lay out nbgrader's folders: the instructor's notebook, and a good submission `count` times."""
    source = parse(SOURCE.read_text("utf-8"), SOURCE.name)
    # nbgrader wants its metadata complete, which releasing makes it; the cells' sources stay the instructor's.
    stub, _ = release(source)
    cells = tuple(replace(own, source=each.source) for own, each in zip(stub.cells, source.cells, strict=True))
    (folder / "source/lesson").mkdir(parents=True)
    (folder / "source/lesson/lesson.ipynb").write_text(write(replace(stub, cells=cells), Format.NOTEBOOK), "utf-8")
    for place in range(count):
        own = folder / f"submitted/student{place}/lesson"
        own.mkdir(parents=True)
        notebook = json.loads(GOOD.read_text("utf-8"))
        notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        (own / "lesson.ipynb").write_text(json.dumps(notebook), "utf-8")


def done(command: list[object], folder: Path) -> None:
    """Run a command of nbgrader's. Raises CalledProcessError where it fails."""
    # It runs alembic and a kernel by their names.
    path = f"{folder / 'venv/bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": path}
    subprocess.run([str(part) for part in command], cwd=folder, env=environment, check=True, capture_output=True)
