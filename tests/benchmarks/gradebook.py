"""Measure what commands about grades cost beside one bare pytest run, in turn: `python tests/benchmarks/gradebook.py [TURNS]`

A class of forty is graded once; then each command is timed as often as said, by the processor's time, and told as a
share of what pytest takes for one empty test. Ends with 1 where a median is above 0.4.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

MODULE = """\
# %% nbgrader={"solution": true, "grade_id": "f"}
def f(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t", "points": 4}
def test_f():
    assert f(2) == 4

# %% [markdown] nbgrader={"grade": true, "solution": true, "grade_id": "why", "points": 1}
# Because.
"""
TITO = [sys.executable, "-m", "tito"]
COMMANDS = {
    "gradebook show": ["gradebook", "show"],
    "gradebook show ps1": ["gradebook", "show", "ps1"],
    "gradebook student s1 ps1": ["gradebook", "student", "s1", "ps1"],
    "gradebook history s1 ps1": ["gradebook", "history", "s1", "ps1"],
    "gradebook export ps1": ["gradebook", "export", "ps1"],
    "review ps1 --list": ["review", "ps1", "--list"],
    "stats ps1": ["stats", "ps1"],
    "roster show": ["roster", "show"],
}
MOST = 0.4


def main(turns: int = 9) -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        made(Path(folder))
        pytest = [sys.executable, "-m", "pytest", "-q", "test_one.py"]
        commands = {"pytest": pytest, **{name: [*TITO, *words] for name, words in COMMANDS.items()}}
        spent: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(turns):
            for name, command in commands.items():
                spent[name].append(processor(command, folder))
    medians = {name: statistics.median(each) for name, each in spent.items()}
    print("| what | processor time, median | of one bare pytest run |\n|---|---|---|")
    for name, median in medians.items():
        print(f"| `{name}` | {median:.2f} s | {median / medians['pytest']:.2f} |")
    return int(any(median > MOST * medians["pytest"] for name, median in medians.items() if name != "pytest"))


def made(root: Path) -> None:
    """Write a course of one module, lock it, and grade a class."""
    (root / "modules/ps1").mkdir(parents=True)
    (root / "tito.toml").write_text('name = "mini"\n')
    (root / "test_one.py").write_text("def test_one():\n    pass\n")
    (root / "modules/ps1/ps1.py").write_text(MODULE)
    for number in range(40):
        place = root / f"submitted/s{number}/ps1"
        place.mkdir(parents=True)
        (place / "ps1.py").write_text(MODULE.replace("Because.", f"For {number} reasons."))
    for words in (
        ["lock"],
        ["rubric", "init", "ps1"],
        ["gradebook", "init"],
        ["grade", "ps1", "submitted", "--quiet"],
    ):
        subprocess.run([*TITO, *words], cwd=root, check=True, capture_output=True)


def processor(command: list[str], folder: str) -> float:
    """Return the processor's seconds that a command takes. Raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
