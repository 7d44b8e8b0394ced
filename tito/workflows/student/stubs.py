"""The stubs that a workspace keeps, by which untouched work is told."""

from pathlib import Path
from typing import Final

from tito.errors import UnreadableError
from tito.judging.plan import Work
from tito.locking.lock_file import digest
from tito.model.course import Course, Module
from tito.workflows.course.opening import read_text

STUBS: Final = Path(".tito", "stubs")


def is_workspace(course: Course) -> bool:
    """Say whether a course is a student's workspace: one that a release made."""
    return (course.root / STUBS).is_dir()


def stub_work(course: Course, module: Module) -> Work | None:
    """Return a module's stub as work to be judged; None where none is kept."""
    stub = _stub(course, module)
    return Work(path=str(stub), content=stub.read_bytes()) if stub else None


def _stub(course: Course, module: Module) -> Path | None:
    return next(iter(sorted((course.root / STUBS / module.id).glob("*"))), None)


def is_stub(course: Course, module: Module) -> bool:
    """Say whether a module's source is as it was handed out; where no stub is kept, it is not."""
    stub = _stub(course, module)
    if stub is None or module.source is None:
        return False
    try:
        return digest(read_text(module.source, "")) == digest(read_text(stub, ""))
    except UnreadableError:
        return False
