"""`tito doctor` in a student's workspace: what is missing here to work through the lessons, in words for students."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tito.errors import TitoError
from tito.judging.judge.packages import distributions
from tito.model.course import Course
from tito.sandbox.levels import Level
from tito.workflows.machine.sandbox import best

_OLDEST: Final = (3, 11)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that lessons need: what, whether it is there, and what to do where it is not.

    What is not `needed` makes some things nicer.
    """

    what: str
    held: bool
    fix: str = ""
    needed: bool = True


def needs(course: Course, find: Callable[[str], Path | None] | None = None) -> tuple[Need, ...]:
    """Return what the lessons of a workspace need; `find` says where an installed package lies."""
    return tuple(_needs(course, find or installed))


def _needs(course: Course, find: Callable[[str], Path | None]) -> Iterator[Need]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Need(f"Python {version}", sys.version_info[:2] >= _OLDEST, "Install Python 3.11 or newer.")
    for name in course.settings.packages:
        pip = " ".join(distributions([name]))
        yield Need(f"the package {name}", find(name) is not None, f"Run `python -m pip install {pip}`.")
    if package := course.settings.package:
        yield _own_package(course, package, find(package))
    notebooks = any(each.source and each.source.suffix == ".ipynb" for each in course.modules)
    fix = "Run `python -m pip install jupyterlab`, or work in scripts."
    yield Need("Jupyter", find("ipykernel") is not None, fix, needed=notebooks)
    fix = "Run `python -m pip install watchfiles`; without it `tito check --watch` looks for itself."
    yield Need("watchfiles, which tells of saves", find("watchfiles") is not None, fix, needed=False)
    yield _confined()


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
