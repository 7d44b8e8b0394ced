"""Finding submissions: nbgrader's layout, a folder of files, or files; one entry per student, none lost."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tito.errors import Problem, UnreadableError, UsageError

SUFFIXES: Final = (".py", ".ipynb")
MAX_BYTES: Final = {".py": 1 << 20, ".ipynb": 8 << 20}


@dataclass(frozen=True, slots=True)
class Found:
    """A student's file for a module; or, where none can be chosen, the reason."""

    student: str
    path: Path
    refusal: str = ""


def find(paths: Iterable[Path], module: str, stem: str) -> tuple[Found, ...]:
    """Return what each of `paths` holds for `module`, sorted by student.

    A path may be a class's folder (`<student>/<module>/*.py`, nbgrader's layout), one student's folder, a folder
    of files named after students, or a file. `stem` is the file name to prefer, without its ending.
    Raises UsageError for a path that does not exist or holds nothing.
    """
    found: list[Found] = []
    for path in paths:
        if not path.exists():
            raise UsageError(Problem("there is no such file or folder", "Name a folder of submissions.", str(path)))
        here = list(_in(path, module, stem))
        if not here:
            fix = f"Expected <student>/{module}/<file>.py or .ipynb below it."
            raise UsageError(Problem("this folder holds no submission", fix, str(path)))
        found += here
    return tuple(sorted(_told_apart(found), key=lambda each: (each.student.casefold(), each.student)))


def read(path: Path) -> bytes:
    """Return a submission's bytes. Raises UnreadableError for what is not a regular file of a sane size."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as fault:
        raise UnreadableError(Problem(f"cannot be opened: {fault.strerror}", path=str(path))) from None
    with os.fdopen(descriptor, "rb") as file:
        limit = MAX_BYTES.get(path.suffix, 0)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableError(Problem("this is not a regular file", path=str(path)))
        content = file.read(limit + 1)
    if len(content) > limit:
        raise UnreadableError(Problem(f"larger than {limit >> 20} MiB", path=str(path)))
    return content


def _in(path: Path, module: str, stem: str) -> Iterator[Found]:
    if path.is_file() or path.is_symlink():
        yield Found(_student_of(path, module), path)
    elif path.name == module:
        yield _choice(path.absolute().parent.name, path, stem)
    elif (path / module).is_dir():
        yield _choice(path.absolute().name, path / module, stem)
    else:
        yield from _class(path, module, stem)


def _class(path: Path, module: str, stem: str) -> Iterator[Found]:
    for each in sorted(path.iterdir()):
        if each.name.startswith("."):
            continue
        if each.is_symlink():
            yield Found(each.stem, each, "a link, which is not followed")
        elif (each / module).is_dir():
            yield _choice(each.name, each / module, stem)
        elif each.is_file() and each.suffix in SUFFIXES:
            yield Found(each.stem, each)


def _student_of(path: Path, module: str) -> str:
    parent = path.absolute().parent
    return parent.parent.name if parent.name == module else path.stem


def _choice(student: str, folder: Path, stem: str) -> Found:
    files = [each for each in sorted(folder.iterdir()) if each.suffix in SUFFIXES and not each.name.startswith(".")]
    preferred = [each for each in files if each.stem == stem]
    match preferred or files:
        case [one]:
            return Found(student, one)
        case []:
            return Found(student, folder, "no .py or .ipynb file")
        case many:
            names = ", ".join(each.name for each in many)
            return Found(student, folder, f"{len(many)} files could be the submission: {names}")


def _told_apart(found: list[Found]) -> Iterator[Found]:
    """Refuse every one of several submissions that would share a row."""
    students: dict[str, list[Found]] = {}
    for each in found:
        students.setdefault(each.student.casefold(), []).append(each)
    for same in students.values():
        if len({each.path.absolute() for each in same}) == 1:
            yield same[0]
            continue
        paths = ", ".join(str(each.path) for each in same)
        yield from (Found(each.student, each.path, f"several submissions of one student: {paths}") for each in same)
