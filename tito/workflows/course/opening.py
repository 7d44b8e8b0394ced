"""Find the course around a folder, read its settings and name its modules."""

import contextlib
import difflib
import os
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, cast, get_args

from tito.errors import CourseError, Problem, UnreadableError, UsageError
from tito.model.course import ATTEMPTS, Assignment, Course, Module, Settings, Unmarked
from tito.model.rubric import Rubric
from tito.sandbox.levels import Level
from tito.workflows.course.modules import modules_of
from tito.workflows.course.settings import (
    ASSIGNMENTS,
    MILESTONES,
    assignment_problems,
    milestone_problems,
    read_assignments,
    read_milestones,
)

FILE: Final = "tito.toml"
_PYPROJECT: Final = "pyproject.toml"


def open_course(start: Path) -> Course:
    """Return the course that `start` lies in: the nearest folder above with a tito.toml or a [tool.tito] table.

    Raises UsageError where there is none and CourseError for settings that are wrong.
    """
    for folder in (start, *start.parents):
        for path, table in ((folder / FILE, None), (folder / _PYPROJECT, "tito")):
            if path.is_file() and (found := _table(path, table)) is not None:
                return _course(folder, _settings(found, path))
    what = "this folder belongs to no course"
    raise UsageError(
        Problem(what, f"Go to a folder below one with {FILE} or [tool.tito] in {_PYPROJECT}.", str(start))
    )


def find_module(course: Course, wanted: str) -> Module:
    """Return the module that `wanted` names: its id, its number, its name or a unique beginning of one."""
    ids = [module.id for module in course.modules]
    same = [module for module in course.modules if wanted in {module.id, *module.id.split("_", 1)}]
    starts = [module for module in course.modules if _begins(module.id, wanted)]
    match same or starts:
        case [one]:
            return one
        case []:
            raise UsageError(Problem(f"there is no module {wanted}", f"The course has {', '.join(ids) or 'none'}."))
        case several:
            names = ", ".join(module.id for module in several)
            if wanted in {each.name for each in course.settings.assignments} | {each.folder.name for each in several}:
                what = f"{wanted} is an assignment, and this command takes one module of it"
                raise UsageError(Problem(what, f"Name {names.replace(', ', ' or ')}."))
            raise UsageError(Problem(f"{wanted} may be {names}", "Write more of it."))


def find_assignment(course: Course, wanted: str) -> Assignment:
    """Return the assignment that `wanted` names: one of the settings, a folder of several modules, or a module."""
    if found := next((each for each in course.settings.assignments if each.name == wanted), None):
        return Assignment(wanted, tuple(find_module(course, each).id for each in found.modules))
    together = tuple(each.id for each in course.modules if each.folder.name == wanted and each.id != wanted)
    if together:
        return Assignment(wanted, together)
    module = find_module(course, wanted)
    return Assignment(module.id, (module.id,))


def rubric_of(course: Course, name: str) -> Rubric | None:
    """Return a module's rubric as it is in the course, whether or not it is locked; None where it has none yet."""
    from tito.scoring import load  # noqa: PLC0415 - most commands read no rubric

    path = find_module(course, name).rubric
    return load(read_text(path, "Restore it."), shown(course, path)).rubric if path.is_file() else None


def assignments(course: Course) -> tuple[Assignment, ...]:
    """Return the assignments of several modules: those of the settings, and folders of which none names a module."""
    named = tuple(find_assignment(course, each.name) for each in course.settings.assignments)
    taken = {module for each in named for module in each.modules}
    folders: dict[Path, list[str]] = {}
    for module in course.modules:
        folders.setdefault(module.folder, []).append(module.id)
    whole = (
        Assignment(folder.name, tuple(ids)) for folder, ids in folders.items() if len(ids) > 1 and not taken & {*ids}
    )
    return tuple(each for each in (*named, *whole) if len(each.modules) > 1)


def graded_name(course: Course, wanted: str) -> str:
    """Return the name that an assignment's grades go by, which is the module's id where it has but one."""
    found = find_assignment(course, wanted)
    return found.name if len(found.modules) > 1 else found.modules[0]


def part_of(course: Course, module: str) -> str:
    """Return the name of the assignment that a module is a part of, "" where it is one by itself."""
    return next((each.name for each in assignments(course) if module in each.modules), "")


def whole_name(course: Course, wanted: str, what: str) -> str:
    """Return the name under which is kept what belongs to a whole assignment, such as `what`.

    It is a module's id where that is an assignment of its own. Raises UsageError for a part of one.
    """
    name = graded_name(course, wanted)
    if whole := part_of(course, name):
        fault = f"{name} is a part of {whole}, and {what} is the whole assignment's"
        raise UsageError(Problem(fault, f"Name {whole}."))
    return name


def bare_name(course: Course, wanted: str) -> str:
    """Return what to call a module within its assignment: its file's name."""
    return find_module(course, wanted).stem.removesuffix("_dev")


def find_modules(course: Course, wanted: Iterable[str]) -> tuple[Module, ...]:
    """Return the modules that are named, those of assignments too, or, where none is, all that have a source."""
    names = dict.fromkeys(module for each in wanted for module in find_assignment(course, each).modules)
    named = tuple(find_module(course, each) for each in names)
    return named or tuple(module for module in course.modules if module.source)


def source_of(module: Module) -> Path:
    """Return a module's source. Raises CourseError where the course holds none."""
    if module.source is None:
        raise CourseError(
            Problem(f"module {module.id} has no source here", "Add a .py or .ipynb file to its folder.")
        )
    return module.source


def read_text(path: Path, fix: str) -> str:
    """Return a text file of the course. Raises UnreadableError, which says `fix`, where that fails."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8"
        raise UnreadableError(Problem(f"cannot be read: {reason}", fix, str(path))) from None


def write_text(path: Path, text: str) -> None:
    """Write a text whole or not at all, in UTF-8."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: to a temporary file beside it, then renamed.

    A device or pipe, such as /dev/null and /dev/stdout, is written to as it stands.
    """
    if path.is_relative_to("/dev") or (path.exists() and not (path.is_file() or path.is_dir())):
        path.write_bytes(content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def unmarked_of(course: Course) -> Unmarked:
    """Return what the course makes of solution cells without markers."""
    return cast("Unmarked", course.settings.unmarked)


def own_folder(course: Course) -> Path:
    """Return the folder of a course where tito keeps what is its own; git is told to leave it alone."""
    folder = course.root / ".tito"
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("*\n", "utf-8")
    return folder


def shown(course: Course, path: Path) -> str:
    """Return a path as messages name it: relative to the course's folder where it lies in it."""
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _begins(module: str, wanted: str) -> bool:
    return bool(wanted) and (module.startswith(wanted) or module.partition("_")[2].startswith(wanted))


def _table(path: Path, name: str | None) -> dict[str, Any] | None:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        fix = "Correct that place: texts stand in quotation marks, lists in brackets."
        raise CourseError(Problem(f"this is not TOML: {fault}", fix, str(path))) from None
    table = content if name is None else content.get("tool", {}).get(name)
    return table if isinstance(table, dict) else None


def _settings(table: dict[str, Any], path: Path) -> Settings:
    kinds = {each.name: type(each.default) for each in fields(Settings)}
    problems = []
    for key, value in table.items():
        kind = kinds.get(key)
        if key == MILESTONES:
            problems += milestone_problems(value, str(path))
        elif key == ASSIGNMENTS:
            problems += assignment_problems(value, str(path))
        elif kind is None:
            near = difflib.get_close_matches(key, kinds, 1)
            fix = f"Did you mean {near[0]}?" if near else f"The keys are {', '.join(kinds)}."
            problems.append(Problem(f"unknown setting {key}", fix, str(path)))
        elif not _fits(value, kind):
            problems.append(Problem(f"setting {key} is not {_NAMES[kind]}", f"It is {value!r}.", str(path)))
        elif key == "sandbox" and value not in set(Level):
            problems.append(
                Problem(f"there is no sandbox level {value}", f"There are {', '.join(Level)}.", str(path))
            )
        elif key == "unmarked" and value not in get_args(Unmarked):
            what = f"setting unmarked is {value!r}"
            problems.append(Problem(what, 'It is "keep" or "empty", or left out.', str(path)))
        elif key == "attempts" and value not in ATTEMPTS:
            what = f"setting attempts is {value!r}"
            problems.append(Problem(what, f"It is one of {', '.join(ATTEMPTS)}.", str(path)))
    if problems:
        raise CourseError(*problems)
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    given[MILESTONES] = read_milestones(table.get(MILESTONES, {}))
    given[ASSIGNMENTS] = read_assignments(table.get(ASSIGNMENTS, {}))
    return Settings(**given)


_LEVELS: Final = ", ".join(Level)
_NAMES: Final = {str: "a text", tuple: "a list of texts", float: "a positive number", int: "a whole number"}


def _fits(value: object, kind: type) -> bool:
    if kind is tuple:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, kind)


def _course(root: Path, settings: Settings) -> Course:
    return Course(root, settings, modules_of(root, settings))
