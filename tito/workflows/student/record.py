"""What is remembered of a student's checks: the last one of each module, and the hints that were asked for."""

import json
from collections.abc import Mapping
from dataclasses import field, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from tito.errors import TitoError
from tito.model.coding import from_plain, to_plain
from tito.model.course import Course
from tito.model.outcome import Status
from tito.records import dataclass
from tito.workflows.course.opening import own_folder, read_text, write_text

RECORD: Final = Path(".tito", "checks.json")
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Last:
    """The last check of a module: the digest of the work, when, and its points.

    `sure` are earned, `open` are what hidden tests decide, of `total`; `statuses` say how each visible criterion
    stood, in a word.
    """

    work: str
    at: str
    sure: Decimal
    open: Decimal
    total: Decimal
    statuses: Mapping[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether every visible test passed."""
        return all(each == Status.PASSED for each in self.statuses.values())


@dataclass(frozen=True, slots=True)
class _Record:
    """All of it: the last checks by module, and how many hints were given, by module and criterion."""

    checks: Mapping[str, object] = field(default_factory=dict)
    hints: Mapping[str, object] = field(default_factory=dict)


def last_check(course: Course, module: str) -> Last | None:
    """Return the last check of a module, of whatever the file was then."""
    kept = _read(course).checks.get(module)
    try:
        return from_plain(Last, kept) if isinstance(kept, dict) else None
    except (TypeError, ValueError, KeyError):
        return None


def keep(course: Course, module: str, last: Last) -> None:
    """Remember a check; hints of what passes now are to be asked for anew."""
    record = _read(course)
    left = {name: count for name, count in _hints(record, module).items() if last.statuses.get(name) != Status.PASSED}
    _write(course, _Record({**record.checks, module: to_plain(last)}, {**record.hints, module: left}))


def given(course: Course, module: str, criterion: str) -> int:
    """Return how many hints of a criterion were given."""
    return _hints(_read(course), module).get(criterion, 0)


def give(course: Course, module: str, criterion: str, count: int) -> None:
    """Remember how many hints of a criterion were given."""
    record = _read(course)
    own = _hints(record, module) | {criterion: count}
    _write(course, replace(record, hints={**record.hints, module: own}))


def _hints(record: _Record, module: str) -> dict[str, int]:
    own = record.hints.get(module)
    return {str(key): each for key, each in own.items() if isinstance(each, int)} if isinstance(own, dict) else {}


def _read(course: Course) -> _Record:
    """Return what is remembered; of a file that nobody can read, nothing: all in it can be had again."""
    path = course.root / RECORD
    try:
        content = json.loads(read_text(path, "")) if path.is_file() else {}
        if content.get("version") == VERSION:
            return _Record(dict(content["checks"]), dict(content["hints"]))
    except (TitoError, ValueError, LookupError, TypeError, AttributeError):
        pass
    return _Record()


def _write(course: Course, record: _Record) -> None:
    own_folder(course)
    content = {"version": VERSION, "checks": dict(record.checks), "hints": dict(record.hints)}
    try:
        write_text(course.root / RECORD, json.dumps(content, indent=1) + "\n")
    except OSError:
        # Where nothing can be written, a check is as good without being remembered.
        return
