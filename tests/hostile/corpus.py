"""The hostile corpus: what its indexes say, the submissions made of it, and one graded run of them.

An attack's file holds the attack alone. Those in `forging/` follow wrong.py, a submission that is wrong everywhere;
those in `harm/` follow the honest solution.
"""

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from tito.sandbox.confine import best_level
from tito.sandbox.levels import LAYERS, Level
from tito.workflows.course import lock, rubric
from tito.workflows.course.opening import open_course
from tito.workflows.grading.grade import grade
from tito.workflows.grading.judges import start_pool
from tito.workflows.machine.sandbox import unavailable

HERE = Path(__file__).parent
POINTS = 90
CANARY = "canary-of-the-"
BEST = best_level()
LEVELS = [level for level in (Level.NONE, Level.LIMITS, Level.STANDARD) if LAYERS[level] <= LAYERS[BEST]]
# Bubblewrap or a container, where this machine has one.
LEVELS += [] if unavailable(Level.STRONG) else [Level.STRONG]


@dataclass(frozen=True)
class Attack:
    """One row of an index."""

    name: str
    tries: str
    statuses: frozenset = frozenset()
    earns: int = 0
    needs: frozenset = frozenset()
    fools_classic: bool = False
    traits: frozenset = frozenset()
    kind: str = "forging"

    @property
    def source(self):
        return (HERE / self.kind / f"{self.name}.py").read_text("utf-8")

    def runs_with(self, layers):
        return self.needs <= set(layers)


def index(kind):
    """Return the attacks of `forging` or `harm` by name."""
    rows = yaml.safe_load((HERE / f"{kind}.yaml").read_text("utf-8"))
    return {name: _attack(name, kind, row) for name, row in rows.items()}


def _attack(name, kind, row):
    known = {"tries", "statuses", "earns", "needs", "fools_classic"}
    sets = {key: frozenset(row.get(key, ())) for key in ("statuses", "needs")}
    plain = {key: row[key] for key in row.keys() & known - sets.keys()}
    return Attack(name, kind=kind, traits=frozenset(row.keys() - known), **sets, **plain)


class World:
    """A course with its answers, a class's submissions, and files of others, all in one folder; canaries in each."""

    def __init__(self, folder):
        self.folder = folder
        self.scratch = folder / "scratch"
        self.submissions = folder / "submissions"
        for place in (self.scratch, self.submissions, folder / "home"):
            place.mkdir()
        shutil.copytree(HERE / "course", folder / "course")
        self.course = open_course(folder / "course")
        lock.lock(self.course, ["02"])
        rubric.init(self.course, "02")
        with self.course.modules[0].rubric.open("a") as file:
            file.write(f"# {CANARY}rubric\n")
        self.notes = folder / "home/notes.txt"
        self.notes.write_text(f"{CANARY}home\n")
        self.gradebook = folder / "home/gradebook.db"
        self.gradebook.write_text(f"{CANARY}gradebook\n")
        module = self.course.modules[0]
        kept = [self.notes, self.gradebook, module.source, module.rubric, module.grader / "test_series.py"]
        self._kept = {path: path.read_bytes() for path in kept}
        self.solution = self.course.modules[0].source.read_text("utf-8")
        self.good = self.solution.replace(f"{CANARY}solution", f"{CANARY}neighbour")

    def submission(self, attack, services=()):
        """Return what is handed in: an attack knows every path, for no promise rests on one that nobody knows."""
        told = {"mark": str(self.folder / f"home/mark-{attack.name}"), **self.places(), **dict(services)}
        if attack.kind == "forging":
            setup = self.good.partition('# %% nbgrader={"solution"')[0]
            # In the solution's own cell: whatever stands behind that cell runs behind the tests.
            source = attack.source.replace("# %%\n", "")
            return f"{setup}\n{part('wrong.py')}\nTOLD = {told}\n{source}"
        honest = self.good.replace(f"{CANARY}neighbour", "")
        return f"{honest}\n# %%\nTOLD = {told}\n{part('tell.py')}\n# %%\n{attack.source}\n# %%\ntell(harm)\n"

    def restore(self):
        """Give every file that attacks are told of its first content, and remove what they put beside the submissions."""
        Path(self.places()["neighbour"]).unlink(missing_ok=True)
        for path in self.submissions.iterdir():
            path.rmdir()
        Path(self.places()["neighbour"]).write_text(self.good, "utf-8")
        for path, content in self._kept.items():
            path.unlink(missing_ok=True)
            path.write_bytes(content)

    def places(self):
        module = self.course.modules[0]
        places = {
            "course": self.course.root,
            "solution": module.source,
            "rubric": module.rubric,
            "grader": module.grader / "test_series.py",
            "submissions": self.submissions,
            "neighbour": self.submissions / "neighbour.py",
            "home": self.notes,
            "gradebook": self.gradebook,
            "packages": Path(pytest.__file__).parents[1],
        }
        return {key: str(path) for key, path in places.items()}

    def state(self):
        """Return every file with its content, kind and times, and what processes share or hold open."""
        files = {
            str(path): (path.lstat().st_mode, path.lstat().st_mtime_ns, path.is_file() and path.read_bytes())
            for path in self.folder.rglob("*")
            if "__pycache__" not in path.parts and path != self.scratch
        }
        shared = {str(path) for path in Path("/dev/shm").glob("tito*")}  # noqa: S108
        descriptors = {"open": len(list(Path("/proc/self/fd").iterdir()))}
        return {"files": files, "shared": shared, "descriptors": descriptors, "processes": descendants()}

    @contextmanager
    def watched(self, left):
        """Put into `left` what has changed: files, shared memory, descriptors, processes."""
        tempfile.tempdir, kept = str(self.scratch), sys.dont_write_bytecode
        # What Python itself would put beside the grader is not the subject here.
        sys.dont_write_bytecode = True
        try:
            before = self.state()
            yield
            after = self.state()
        finally:
            tempfile.tempdir, sys.dont_write_bytecode = None, kept
        left |= {key: changed(before[key], after[key]) for key in after}


def part(name):
    return (HERE / name).read_text("utf-8")


def changed(before, after):
    if isinstance(after, dict):
        return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return after - before


def descendants():
    """Return the processes that this one and its descendants have started, zombies apart."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(status.parent.name)] = int(parent)
    mine = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return mine - {os.getpid()}


def run(world, attacks, level, *, every=1, services=()):
    """Grade attacks in one run, each `every`th of them with a good submission behind it; return what is left, too."""
    Path(world.places()["neighbour"]).write_text(world.good, "utf-8")
    for place, each in enumerate(attacks):
        (world.submissions / f"{place:03}-{each.name}.py").write_text(world.submission(each, services), "utf-8")
        if place % every == 0:
            (world.submissions / f"{place:03}-{each.name}-neighbour.py").write_text(world.good, "utf-8")
    left, course = {}, world.course
    if level not in {BEST, Level.STRONG}:
        # Clocks are tried out at the strongest level; here, what stalls is only to be got over.
        course = replace(course, settings=replace(course.settings, test_seconds=0.15, load_seconds=0.5))
    with world.watched(left), start_pool(course, 1, lambda: level) as pool:
        result = grade(course, "02", [world.submissions], pool)
    return {each.student[4:]: each for each in result.grades}, left, result
