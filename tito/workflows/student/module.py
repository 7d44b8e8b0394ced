"""`tito module`: a student's way through a workspace, told from files and results alone."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, TitoError, UsageError
from tito.judging.pool import Judges
from tito.locking.lock_file import digest
from tito.model.course import Course, Module
from tito.records import dataclass
from tito.workflows.course.export import Exported, export
from tito.workflows.course.mistakes import tests_digest
from tito.workflows.course.opening import find_module, find_modules, read_text, shown, write_text
from tito.workflows.grading.grader import load_grader, load_rubric
from tito.workflows.student.check import CheckResult, check
from tito.workflows.student.stubs import STUBS, is_stub

KEPT: Final = Path(".tito", "kept")
RECORD: Final = Path(".tito", "progress.json")
VERSION: Final = 1


class State(StrEnum):
    """How far a module is."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    CHANGED = "changed since"


@dataclass(frozen=True, slots=True)
class Progress:
    """One module's progress. `why` says what has changed since it was complete; `at` is when that was."""

    module: str
    title: str
    points: Decimal
    state: State
    path: str
    at: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """What `start` did: the file to work in, whether it was brought, and where earlier work was kept."""

    module: str
    path: str
    brought: bool
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Completed:
    """What `complete` did: the check, and the export where all visible tests passed; only then it was recorded."""

    check: CheckResult
    exported: Exported | None = None
    recorded: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A completion: digests of the work, of the tests that it passed, and of what was exported to `path`."""

    work: str
    tests: str
    export: str
    path: str
    at: str


def status(course: Course, wanted: Sequence[str]) -> tuple[Progress, ...]:
    """Return the progress of the modules that are named, or of all; nothing is run for it."""
    modules = find_modules(course, wanted) if wanted else course.modules
    entries = _entries(course)
    return tuple(_progress(course, each, entries.get(each.id)) for each in modules)


def start(course: Course, wanted: str, *, again: bool = False) -> Started:
    """Bring a module's stub; with `again`, a fresh one, and keep the work that was there.

    Work that is there already is never overwritten. Raises UsageError where the workspace has no stub.
    """
    module = find_module(course, wanted)
    if module.source and not again:
        return Started(module.id, shown(course, module.source), brought=False)
    stub = _stub(course, module)
    path = module.source or module.folder / stub.name
    text, kept = read_text(stub, "Get a fresh copy of the release."), ""
    if module.source and (work := read_text(module.source, "Save it as UTF-8.")) != text:
        kept = shown(course, _keep(course, module, module.source, work))
    write_text(path.with_name(stub.name), text)
    return Started(module.id, shown(course, path.with_name(stub.name)), brought=True, kept=kept)


def complete(course: Course, wanted: str, judges: Judges, now: datetime) -> Completed:
    """Check a module, export it and record that it is complete; where a step fails, nothing is recorded.

    Raises CourseError where the work changes meanwhile.
    """
    module = find_module(course, wanted)
    before = _work(module)
    result = check(course, module.id, judges)
    if not result.passed:
        return Completed(result)
    exported = export(course, [module.id])[0] if course.settings.package else None
    if _work(module) != before:
        what = "this file changed while it was checked"
        raise CourseError(Problem(what, "Run the command again.", _path(course, module)))
    path = exported.path if exported else ""
    tests, at = tests_digest(load_grader(course, module)), now.isoformat(timespec="seconds")
    _record(course, module, _Entry(before, tests, _exported(course, path), path, at))
    return Completed(result, exported, recorded=True)


def _progress(course: Course, module: Module, entry: _Entry | None) -> Progress:
    title, worth = _title(course, module)
    path = _path(course, module)
    if module.source is None or is_stub(course, module):
        return Progress(module.id, title, worth, State.NOT_STARTED, path)
    if entry is None:
        return Progress(module.id, title, worth, State.IN_PROGRESS, path)
    why = _changes(course, module, entry)
    return Progress(module.id, title, worth, State.CHANGED if why else State.COMPLETE, path, entry.at, why)


def _changes(course: Course, module: Module, entry: _Entry) -> str:
    if entry.work != _work(module):
        return "the work was edited"
    if entry.tests != tests_digest(load_grader(course, module)):
        return "the tests are others now"
    if entry.path and _exported(course, entry.path) != entry.export:
        return f"{entry.path} was edited or removed"
    return ""


def _title(course: Course, module: Module) -> tuple[str, Decimal]:
    try:
        rubric = load_rubric(course, module, load_grader(course, module)).rubric
    except TitoError:
        return module.id, Decimal(0)
    return rubric.title, rubric.points


def _stub(course: Course, module: Module) -> Path:
    found = sorted((course.root / STUBS / module.id).glob("*"))
    if not found:
        what = f"there is no stub of {module.id} here"
        raise UsageError(Problem(what, "Get one from your instructor: `tito release` makes workspaces with stubs."))
    return found[0]


def _work(module: Module) -> str:
    return digest(read_text(module.source, "Save it as UTF-8.")) if module.source else ""


def _path(course: Course, module: Module) -> str:
    return shown(course, module.source) if module.source else ""


def _exported(course: Course, path: str) -> str:
    place = course.root / path
    return digest(read_text(place, "Run `tito export`.")) if place.is_file() else ""


def _keep(course: Course, module: Module, path: Path, work: str) -> Path:
    folder = course.root / KEPT / module.id
    number = len(list(folder.glob("*"))) + 1 if folder.is_dir() else 1
    place = folder / f"{path.stem}.{number}{path.suffix}"
    write_text(place, work)
    return place


def _entries(course: Course) -> dict[str, _Entry]:
    path = course.root / RECORD
    if not path.is_file():
        return {}
    try:
        content = json.loads(read_text(path, "Remove it."))
        entries: dict[str, dict[str, str]] = {VERSION: content["modules"]}[content["version"]]
        return {name: _Entry(**{key: str(value) for key, value in each.items()}) for name, each in entries.items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        fix = "Remove it, and complete your modules again."
        raise CourseError(Problem("this is no record of progress", fix, shown(course, path))) from None


def _record(course: Course, module: Module, entry: _Entry) -> None:
    entries = sorted((_entries(course) | {module.id: entry}).items())
    content = {"version": VERSION, "modules": {name: asdict(each) for name, each in entries}}
    write_text(course.root / RECORD, json.dumps(content, indent=2) + "\n")
