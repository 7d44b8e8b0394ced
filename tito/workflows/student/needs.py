"""`tito doctor` in a student's workspace: what is missing here to work through the lessons, in words for students."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from tito.errors import TitoError
from tito.judging.judge.packages import distributions
from tito.model.course import Course
from tito.records import dataclass
from tito.sandbox.levels import Level
from tito.workflows.machine.sandbox import best

_OLDEST: Final = (3, 11)
# What installs a command into an environment of its own, and what it leaves there.
_TOOLS: Final = {"pipx": "pipx_metadata.json", "uv": "uv-receipt.toml"}
_BESIDE: Final = {
    "pipx": "pipx inject tito-autograder",
    "uv": "uv pip install --python $(uv tool dir)/tito-autograder",
}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that lessons need: what, whether it is there, and what to do where it is not.

    What is not `needed` makes some things nicer.
    """

    what: str
    held: bool
    fix: str = ""
    needed: bool = True


def needs(
    course: Course, find: Callable[[str], Path | None] | None = None, prefix: Path = Path(sys.prefix)
) -> tuple[Need, ...]:
    """Return what the lessons of a workspace need.

    `find` says where an installed package lies, `prefix` is the environment that tito runs in.
    """
    return tuple(_needs(course, find or installed, _tool(prefix)))


def _needs(course: Course, find: Callable[[str], Path | None], tool: str) -> Iterator[Need]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Need(f"Python {version}", sys.version_info[:2] >= _OLDEST, "Install Python 3.11 or newer.")
    for name in course.settings.packages:
        pip = " ".join(distributions([name]))
        yield Need(f"the package {name}", find(name) is not None, f"Run `{_installing(tool, pip)}`.")
    if package := course.settings.package:
        yield replace(_own_package(course, package, find(package)), needed=not tool)
    notebooks = any(each.source and each.source.suffix == ".ipynb" for each in course.modules)
    fix = "Run `python -m pip install jupyterlab`, or work in scripts."
    yield Need("Jupyter", find("ipykernel") is not None, fix, needed=notebooks and not tool)
    fix = f"Run `{_installing(tool, 'watchfiles')}`; without it `tito check --watch` looks for itself."
    yield Need("watchfiles, which tells of saves", find("watchfiles") is not None, fix, needed=False)
    yield _confined()


def _tool(prefix: Path) -> str:
    """Return what made the environment that tito runs in for tito alone; "" where lessons run in it as well."""
    return next((name for name, mark in _TOOLS.items() if (prefix / mark).exists()), "")


def _installing(tool: str, packages: str) -> str:
    """Return the line that installs packages beside tito."""
    return f"{_BESIDE.get(tool, 'python -m pip install')} {packages}"


def _own_package(course: Course, package: str, place: Path | None) -> Need:
    what = f"`import {package}` in notebooks and scripts, wherever they are opened"
    fix = "Run `python -m pip install -e .` in this folder."
    if place is not None and not place.resolve().is_relative_to(course.root.resolve()):
        return Need(f"{what} (what is found is another folder's, {place})", held=False, fix=fix)
    return Need(what, place is not None, fix)


def _confined() -> Need:
    try:
        level = best()
    except TitoError as fault:
        return Need("tests of your own work", held=False, fix=str(fault))
    how = "confined" if level in {Level.STANDARD, Level.STRONG} else f"at level {level}: your code runs as you"
    return Need(f"tests of your own work, {how}", held=True)


def installed(name: str) -> Path | None:
    """Return where a package lies that is importable from any folder; None where there is none."""
    here = {"", str(Path.cwd())}
    before, sys.path = sys.path, [each for each in sys.path if each not in here]
    try:
        found = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    finally:
        sys.path = before
    places = [*(found.submodule_search_locations or []), found.origin or ""] if found else []
    return Path(places[0]) if places else None
