"""What does judging cost, beside another checkout of tito? `python tests/benchmarks/against.py FOLDER [MODULES]`

Both grade the other checkout's lessons by its own references, this one with graders that it has locked itself: classes
of two sizes in turn, five times each, so that what is done once drops out. Processor time of all processes.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("tinytorch", "rubrics", "graders", "pyproject.toml")
MODULES = ("01_tensor", "02_activations", "03_layers", "04_losses", "05_autograd")
FEW, MANY, TIMES = 10, 50, 5


def main(other: str, *modules: str) -> None:
    """Print what a submission takes in either checkout, and the ratio of the medians."""
    chosen = modules or MODULES
    with tempfile.TemporaryDirectory() as name:
        sides = [
            (tree, copied(Path(other), Path(name) / side)) for side, tree in (("then", other), ("now", str(ROOT)))
        ]
        tito(*sides[1], "lock", *chosen)
        for module in chosen:
            classes = [handed_in(sides[0][1], module, Path(name) / f"{module}-{size}", size) for size in (FEW, MANY)]
            took: list[list[float]] = [[], []]
            for _ in range(TIMES):
                for place, side in enumerate(sides):
                    few, many = (tito(*side, "grade", module, str(each), "-j", "1", "--force") for each in classes)
                    took[place].append((many - few) / (MANY - FEW) * 1000)
            then, now = map(statistics.median, took)
            print(f"{module}: then {then:.1f} ms, now {now:.1f} ms: {now / then:.2f} times", flush=True)


def copied(checkout: Path, root: Path) -> Path:
    """Copy the course of a checkout."""
    root.mkdir()
    for part in PARTS:
        source = checkout / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / part)
    return root


def handed_in(course: Path, module: str, folder: Path, size: int) -> Path:
    """Write a class in which everybody has solved a module as its reference does."""
    folder.mkdir()
    (source,) = (course / "tinytorch/modules" / module).glob("*_dev.py")
    for place in range(size):
        (folder / f"s{place:02}.py").write_text(f"{source.read_text('utf-8')}\n# {place}\n", "utf-8")
    return folder


def tito(tree: str, course: Path, *arguments: str) -> float:
    """Run a command of a checkout's tito in a course; return the processor time of all that it starts."""
    before = spent()
    subprocess.run(
        [sys.executable, "-c", "from tito.cli import main; main()", *arguments],
        cwd=course,
        env={**os.environ, "PYTHONPATH": tree},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return spent() - before


def spent() -> float:
    """Return the processor time of processes that have ended here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(*sys.argv[1:])
