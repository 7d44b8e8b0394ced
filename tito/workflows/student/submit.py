"""`tito submit`: one file to upload, checked, with a receipt of what is in it."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tito.collection.besides import besides
from tito.collection.receipts import NAME, Receipt
from tito.errors import Problem, UnreadableError, UsageError
from tito.judging.pool import Judges
from tito.model.course import Course
from tito.model.points import points
from tito.model.submission import digest_of
from tito.records import dataclass
from tito.source import parse
from tito.workflows.course.manifest import read_manifest
from tito.workflows.course.opening import shown, write_bytes, write_text
from tito.workflows.grading.grader import load_grader
from tito.workflows.student.check import CheckResult, Task, judged, look
from tito.workflows.student.own import way

FOLDER: Final = "submissions"
_OTHER: Final = "Save the right lesson there, or name another one."


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was packed: the file to upload, the receipt beside it, what it says, and the check that came before."""

    path: str
    receipt_path: str
    receipt: Receipt
    check: CheckResult


def packable(course: Course, wanted: str, start: Path) -> Task:
    """Return what is to be handed in for a module. Raises UsageError where the file is another lesson's."""
    task = look(course, wanted, start)
    here = _ids(task.content, task.own.path)
    if task.grader.solutions and not here & set(task.grader.solutions):
        others = [each.id for each in course.modules if each != task.module and each.grader.is_dir()]
        known = (name for name in others if here & _solutions(course, name))
        named = f": it is {found}'s" if (found := next(known, "")) else ""
        raise UsageError(Problem(f"this file holds no cell of {task.module.id}{named}", _OTHER, task.own.path))
    return task


def submit(course: Course, task: Task, judges: Judges, now: datetime, start: Path) -> Submitted:
    """Run the visible tests, then write the file to upload and its receipt; neither if the file changes meanwhile."""
    result = judged(course, task, judges)
    source = Path(task.found.path)
    if source.read_bytes() != task.content:
        what = "this file changed while it was checked"
        raise UnreadableError(Problem(what, "Run the command again.", task.own.path))
    grade, at = result.grade, now.astimezone(UTC)
    public = f"{points(grade.earned)} of {points(grade.graded)}"
    moment, whole = at.isoformat(timespec="seconds"), digest_of(task.content)
    receipt = Receipt(task.module.id, source.name, whole, moment, public)
    stamp = f"{task.module.id}-{at:%Y%m%dT%H%M%SZ}"
    folder = course.root / FOLDER
    write_bytes(folder / f"{stamp}.zip", _packed(course, task, receipt, source))
    write_text(folder / f"{stamp}.receipt.json", receipt.text())
    packed, beside = (way(folder / f"{stamp}{ending}", start) for ending in (".zip", ".receipt.json"))
    return Submitted(packed, beside, receipt, result)


def _own(course: Course, task: Task) -> list[tuple[str, bytes]]:
    """Return what the student made beside a lesson's file, which grading takes along; what was released is there."""
    manifest = read_manifest(course.root)
    released = manifest.files if manifest else {}
    folder = task.module.folder
    files, _ = besides(task.found)
    return [(each.path, each.content) for each in files if shown(course, folder / each.path) not in released]


def _packed(course: Course, task: Task, receipt: Receipt, source: Path) -> bytes:
    """Return a zip of the lesson's file, what the student made beside it and the receipt, in the module's folder."""
    whole, folder = io.BytesIO(), task.module.folder.name
    moment = max(datetime.fromtimestamp(source.stat().st_mtime, UTC).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    own = [(source.name, task.content), (NAME, receipt.text().encode()), *_own(course, task)]
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in own:
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", moment), content)
    return whole.getvalue()


def _ids(content: bytes, path: str) -> set[str]:
    return {cell.grade_id for cell in parse(content, path, lenient=True).cells if cell.grade_id}


def _solutions(course: Course, name: str) -> set[str]:
    module = next(each for each in course.modules if each.id == name)
    return set(load_grader(course, module).solutions)
