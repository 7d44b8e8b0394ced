"""Find and open a course's gradebook."""

import getpass
import os
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tito.gradebook.location import FILE, Location, is_nbgraders, locate
from tito.model.course import Course
from tito.workflows.course.opening import assignments

if TYPE_CHECKING:
    from tito.gradebook.book import Gradebook

VARIABLE = "TITO_GRADEBOOK"
_BESIDE_NBGRADERS = "tito-gradebook.db"


def place(course: Course, given: str, environment: Mapping[str, str]) -> Location:
    """Return where a course's gradebook is: as given, as TITO_GRADEBOOK or the course's setting says, or its file."""
    if given:
        return locate(given, course.root.cwd())
    named = environment.get(VARIABLE, "") or course.settings.gradebook
    return locate(named or _own(course), course.root)


def wanted(course: Course, given: str, environment: Mapping[str, str]) -> bool:
    """Say whether a course keeps a gradebook: one is named, or its file is there."""
    named = given or environment.get(VARIABLE, "") or course.settings.gradebook
    return bool(named) or (course.root / _own(course)).is_file()


def _own(course: Course) -> str:
    """Return the name of a course's own file: another one where nbgrader's database has it, which nobody opens."""
    path = course.root / FILE
    return _BESIDE_NBGRADERS if path.is_file() and is_nbgraders(path) else FILE


def open_book(
    course: Course, given: str, now: datetime, *, create: bool = False, server: bool = False
) -> "Gradebook":
    """Open a course's gradebook; see `open_gradebook`."""
    from tito.gradebook.book import open_gradebook  # noqa: PLC0415 - SQLAlchemy, for those who keep one

    return open_gradebook(
        place(course, given, os.environ), now, create=create, server=server, late_days=course.settings.late_days,
        assignments=assignments(course),
    )  # fmt: skip


def author(given: str = "") -> str:
    """Return who decides: as given, or the account's name."""
    try:
        return given or getpass.getuser()
    except (KeyError, OSError, ImportError):
        # A container's user may have no name, and Windows tells of it by its environment alone.
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"
