"""Files that an import writes into a course, against what it wrote the last time and what was edited since."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from tito.errors import CourseError, Problem, UsageError
from tito.importing.merge import Step, step
from tito.model.submission import digest_of
from tito.records import dataclass
from tito.workflows.course.opening import read_text, write_bytes, write_text

RECORD: Final = "import.json"
# Where the source's version of a conflicting file is put, for whoever merges it by hand.
THEIRS: Final = ".tito/import"
_VERSION: Final = 1


@dataclass(slots=True)
class Merged:
    """A course's folder that is being imported into: what it was the last time, and what was done to it by now.

    `keep` counts every conflict as settled in favour of what is here.
    """

    root: Path
    keep: bool = False
    before: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Any] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def put(self, path: str, content: bytes | None) -> None:
        """Bring one file to what the source makes of it, unless it was edited here; None removes it."""
        place = self.root / path
        here = digest_of(place.read_bytes()) if place.is_file() else None
        there = None if content is None else digest_of(content)
        what = step(self.before.get(path), here, there)
        if what is Step.CONFLICT and not self.keep:
            self.conflicts.append(path)
            self.after[path] = self.before.get(path, "")
            write_bytes(self.root / THEIRS / path, content or b"")
            return
        if there is not None:
            self.after[path] = there
        if what is Step.WRITE and content is not None:
            write_bytes(place, content)
            self.changed.append(path)
        elif what is Step.REMOVE:
            place.unlink(missing_ok=True)
            self.changed.append(path)

    def finish(self, below: str) -> None:
        """Remove what the source no longer makes of the files whose paths begin with `below`."""
        for path in sorted(self.before.keys() - self.after.keys()):
            if path.startswith(below) and path not in self.gone:
                self.put(path, None)
                self.gone |= set() if path in self.after else {path}

    def record(self, kind: str, rows: Mapping[str, Any]) -> None:
        """Write down what was imported, for the next time."""
        files = {**self.before, **self.after}
        files = {path: files[path] for path in files if path not in self.gone}
        content = {"schema_version": _VERSION, "from": kind, "files": files, "modules": rows}
        write_text(self.root / RECORD, json.dumps(content, indent=1, sort_keys=True) + "\n")


def merging(root: Path, kind: str, *, keep: bool = False) -> Merged:
    """Return a folder to import into. Raises CourseError where it was imported from something else."""
    path = root / RECORD
    if not path.is_file():
        if (root.is_dir() and any(root.iterdir())) or root.is_file():
            what = "this is there already, and nothing that was imported"
            raise UsageError(Problem(what, "Name a new folder.", str(root)))
        made = Merged(root, keep)
        # Whatever interrupts it, it goes on from here.
        made.record(kind, {})
        return made
    try:
        content = json.loads(read_text(path, "Restore it."))
        files, rows, known = dict(content["files"]), dict(content["modules"]), content["schema_version"]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CourseError(Problem("this is no record of an import", "Restore it, or remove it.", str(path))) from None
    if known != _VERSION:
        raise CourseError(Problem("a newer tito wrote this record", "Use that one.", str(path)))
    if content.get("from") != kind:
        what = f"this course was imported from {content.get('from')}"
        raise CourseError(Problem(what, f"Import {kind} into a folder of its own.", str(path)))
    return Merged(root, keep, files, rows)


def joint_digest(*parts: bytes) -> str:
    """Return one digest of several contents."""
    return digest_of(b"".join(hashlib.sha256(part).digest() for part in parts))
