"""`tito milestone`: programs of the course that run on what a student has exported, and their goals."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from tito.errors import CourseError, Problem, UsageError
from tito.model.course import Course, Goal, Milestone
from tito.records import dataclass
from tito.workflows.course.opening import find_modules, own_folder, read_text, shown, write_text
from tito.workflows.student.module import State as Lesson
from tito.workflows.student.module import status as lessons

RECORD: Final = Path(".tito", "milestones.json")
FOLDER: Final = Path("milestones")
RESULT: Final = "result.json"
VERSION: Final = 1
# A program's result is some names and numbers.
_LARGEST: Final = 100_000


class State(StrEnum):
    """How far a milestone is."""

    LOCKED = "locked"
    OPEN = "open"
    MISSED = "not reached"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its goal, the value that was measured last, and whether that is as asked for."""

    name: str
    goal: str
    value: float | None
    reached: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one milestone is. `missing` are the lessons that it still needs, `at` is when it was run last."""

    milestone: str
    title: str
    history: str
    state: State
    missing: tuple[str, ...]
    figures: tuple[Figure, ...]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run brought: the exit code of the program, and the files that it left."""

    standing: Standing
    code: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is remembered of a milestone: its last figures, and when they were measured."""

    figures: Mapping[str, float]
    at: str


def status(course: Course) -> tuple[Standing, ...]:
    """Return how far each of the course's milestones is; nothing is run for it."""
    entries = _entries(course)
    return tuple(_standing(course, each, entries.get(each.name)) for each in course.settings.milestones)


def find(course: Course, wanted: str) -> Milestone:
    """Return the milestone that is named, or whose name begins so. Raises UsageError where there is not just one."""
    all_of_them = course.settings.milestones
    same = [each for each in all_of_them if each.name == wanted]
    match same or [each for each in all_of_them if wanted and each.name.startswith(wanted)]:
        case [one]:
            return one
        case _:
            names = ", ".join(each.name for each in all_of_them) or "none"
            raise UsageError(Problem(f"there is no one milestone {wanted}", f"The course has {names}."))


def run(course: Course, milestone: Milestone, now: datetime, told: IO[str], *, locked: bool = False) -> Ran:
    """Run a milestone's program, which tells its progress to `told`, and record the figures that it measured.

    With `locked` it runs without the lessons that it needs. Raises UsageError where those are missing otherwise.
    """
    missing = _missing(course, milestone)
    if missing and not locked:
        what = f"{milestone.name} is locked: it needs {', '.join(missing)}"
        raise UsageError(Problem(what, f"Finish what is missing: `tito module complete {missing[0]}`."))
    folder = course.root / FOLDER / milestone.name
    (folder / RESULT).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    code = _started(course, milestone, folder, told)
    if code == 0:
        own_folder(course)
        _record(course, milestone, _Entry(_result(course, folder), now.isoformat(timespec="seconds")))
    files = sorted(shown(course, path) for path in folder.iterdir() if path.name != RESULT)
    entry = _entries(course).get(milestone.name) if code == 0 else None
    return Ran(_standing(course, milestone, entry), code, tuple(files))


def _started(course: Course, milestone: Milestone, folder: Path, told: IO[str]) -> int:
    """Run the program as a person would, `python -m`, in the course's folder; one core, and no other hashes."""
    command = [sys.executable, "-m", milestone.program, str(folder)]
    settings = {"PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    told.flush()
    # The program is the course's own, and no shell reads the line.
    done = subprocess.run(command, cwd=course.root, env={**os.environ, **settings}, stdout=told, check=False)  # noqa: S603
    return done.returncode


def _result(course: Course, folder: Path) -> dict[str, float]:
    """Return the figures that a program wrote, those that are numbers."""
    path = folder / RESULT
    fix = f"Its program is to write {RESULT} into the folder that it is given."
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise CourseError(Problem("there is no result of this milestone", fix, shown(course, path)))
    try:
        content = json.loads(read_text(path, fix))
        return {str(name): float(value) for name, value in content.items() if math.isfinite(float(value))}
    except (ValueError, TypeError, AttributeError, RecursionError):
        what = "this is no result of a milestone"
        raise CourseError(Problem(what, "It is one object of figures and numbers.", shown(course, path))) from None


def _standing(course: Course, milestone: Milestone, entry: _Entry | None) -> Standing:
    missing = _missing(course, milestone)
    figures = tuple(_figure(goal, entry.figures.get(goal.figure) if entry else None) for goal in milestone.goals)
    if entry:
        state = State.REACHED if all(each.reached for each in figures) else State.MISSED
    else:
        state = State.LOCKED if missing else State.OPEN
    at = entry.at if entry else ""
    return Standing(milestone.name, milestone.title, milestone.history, state, missing, figures, at)


def _figure(goal: Goal, value: float | None) -> Figure:
    return Figure(goal.figure, str(goal), value, goal.reached(value))


def _missing(course: Course, milestone: Milestone) -> tuple[str, ...]:
    """Return the modules that a milestone needs and that are not complete; those that are not here are missing."""
    here = {each.id: each for each in course.modules}
    ids = [_id(course, name) for name in milestone.needs]
    found = {each.module: each.state for each in lessons(course, [each for each in ids if each in here])}
    return tuple(each for each in ids if found.get(each) is not Lesson.COMPLETE)


def _id(course: Course, name: str) -> str:
    try:
        return find_modules(course, [name])[0].id
    except UsageError:
        return name


def _entries(course: Course) -> dict[str, _Entry]:
    path = course.root / RECORD
    if not path.is_file():
        return {}
    try:
        content = json.loads(read_text(path, "Remove it."))
        entries = {VERSION: content["milestones"]}[content["version"]]
        return {
            str(name): _Entry({str(key): float(value) for key, value in each["figures"].items()}, str(each["at"]))
            for name, each in entries.items()
        }
    except (ValueError, LookupError, TypeError, AttributeError):
        what = "this is no record of milestones"
        raise CourseError(Problem(what, "Remove it, and run them again.", shown(course, path))) from None


def _record(course: Course, milestone: Milestone, entry: _Entry) -> None:
    entries = sorted((_entries(course) | {milestone.name: entry}).items())
    content = {"version": VERSION, "milestones": {name: asdict(each) for name, each in entries}}
    write_text(course.root / RECORD, json.dumps(content, indent=2) + "\n")
