"""What makes a release a workspace: settings, a project that pip installs, a page to begin with, and handouts."""

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import jinja2

from tito.errors import CourseError, Problem, TitoError
from tito.judging.judge.packages import distributions
from tito.model.course import Course
from tito.source import exports
from tito.workflows.course.export import package_init
from tito.workflows.course.manifest import Lesson
from tito.workflows.course.opening import FILE, find_module, shown
from tito.workflows.course.package import own_wheel
from tito.workflows.course.settings import quoted, settings_text
from tito.workflows.course.sources import parse_source

_KEPT: Final = (
    *("name", "package", "packages", "handouts", "test_seconds", "load_seconds", "submission_seconds", "milestones"),
)
_WHEELS: Final = "wheels"


def handouts(course: Course) -> tuple[Path, ...]:
    """Return the files that a release takes along as they are.

    Raises CourseError for what is not there or not to be handed out, and for milestones whose program is not among
    them or whose needs are no modules.
    """
    kept = _kept_back(course)
    problems, found = [], dict[Path, None]()
    for name in course.settings.handouts:
        place = course.root / name
        if not place.resolve().is_relative_to(course.root.resolve()) or not place.exists():
            what = "this handout is not in the course's folder"
            problems.append(Problem(what, "Mend `handouts` in the settings.", name))
            continue
        for path in _files(place):
            found[path] = None
            if path.resolve() in kept or any(each in kept for each in path.resolve().parents):
                what = "handing this out would give solutions or tests away"
                problems.append(Problem(what, "Name narrower `handouts`.", shown(course, path)))
    problems += _milestones(course, found)
    if problems:
        raise CourseError(*problems)
    return tuple(found)


def workspace_files(
    course: Course, taken: Sequence[Path], out: Path, lessons: Mapping[str, Lesson]
) -> dict[str, bytes]:
    """Return all of a workspace in `out` that is no module's own, by name; `lessons` are the modules in it."""
    settings = course.settings
    texts = {FILE: settings_text("A student's workspace, made by `tito release`.", settings, _KEPT)}
    contents = {shown(course, path): path.read_bytes() for path in taken}
    install, wheel = settings.install, ""
    if not install:
        name, content = own_wheel()
        wheel = f"{_WHEELS}/{name}"
        contents[wheel] = content
        install = f'python -m pip install ./{wheel} -e ".[jupyter]"'
    init = f"{settings.package}/__init__.py"
    if settings.package and init not in contents and not (out / init).exists():
        texts[init] = package_init(settings.package)
    texts |= _pages(course, lessons, install, wheel)
    return contents | {name: text.encode() for name, text in texts.items()}


def _pages(course: Course, lessons: Mapping[str, Lesson], install: str, wheel: str) -> dict[str, str]:
    """Return the pages that are made of templates; `wheel` is tito's own, where one travels along."""
    settings = course.settings
    first = min(lessons)
    path = lessons[first].source
    words = {
        "name": settings.name or settings.package or "Course",
        "package": settings.package,
        "install": install,
        "wheel": wheel,
        "first": path,
        "notebooks": path.endswith(".ipynb"),
        "number": first.partition("_")[0],
        "milestones": settings.milestones[0].name if settings.milestones else "",
        "handouts": settings.handouts,
    }
    project = {
        "project": quoted(_project(settings.package or settings.name)),
        "package": quoted(settings.package) if settings.package else "",
        "dependencies": f"[{', '.join(map(quoted, distributions(settings.packages)))}]",
    }
    return {
        "README.md": _filled("README.md.txt", words),
        "pyproject.toml": _filled("pyproject.toml.txt", project),
        ".gitignore": _filled("gitignore.txt", {}),
    }


def _filled(template: str, words: dict[str, Any]) -> str:
    text = files("tito.templates").joinpath("workspace", template).read_text("utf-8")
    # The pages are Markdown and TOML, which have no escapes of HTML.
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)  # noqa: S701
    return environment.from_string(text).render(words)


def _project(name: str) -> str:
    word = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return f"{word or 'course'}-workspace"


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for path in sorted(place.rglob("*")):
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(place).parts)
        if path.is_file() and not hidden:
            yield path


def _kept_back(course: Course) -> set[Path]:
    """Return the files and folders that hold solutions, tests or settings."""
    settings = course.settings
    names = [settings.modules, settings.graders, settings.rubrics, ".tito", ".git", FILE, "pyproject.toml"]
    places = [course.root / name for name in names]
    for module in course.modules:
        with contextlib.suppress(TitoError):
            target = exports.target(parse_source(course, module)) if module.source and settings.package else ""
            if target:
                places.append(course.root.joinpath(settings.package, *target.split(".")).with_suffix(".py"))
    return {each.resolve() for each in places}


def _milestones(course: Course, taken: dict[Path, None]) -> list[Problem]:
    problems = []
    for each in course.settings.milestones:
        program = course.root.joinpath(*each.program.split(".")).with_suffix(".py")
        if program not in taken:
            what = f"the program of milestone {each.name} is not handed out"
            problems.append(Problem(what, "Add it to `handouts`.", shown(course, program)))
        for name in each.needs:
            try:
                find_module(course, name)
            except TitoError as fault:
                problems += [Problem(f"milestone {each.name}: {fault.problems[0]}")]
    return problems
