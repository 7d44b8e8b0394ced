"""`tito module update`: a newer release comes into a student's workspace; what the student wrote stays."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, UsageError
from tito.model.course import Course
from tito.model.document import Document, Format
from tito.model.submission import digest_of
from tito.records import dataclass
from tito.release import fixed
from tito.release.merge import Merged, merge
from tito.source import parse, write
from tito.workflows.course.manifest import MANIFEST, Manifest, manifest_text, read_manifest
from tito.workflows.course.opening import read_text, shown, write_bytes, write_text
from tito.workflows.course.outgoing import is_edited, is_same, keep, stale
from tito.workflows.student.stubs import STUBS

_AGAIN: Final = "Get a whole copy of the release."


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did: files that are others now, new or gone; the student's cells by module; what was kept."""

    files: tuple[str, ...]
    cells: Mapping[str, int]
    kept: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """A student's file of one module: where it is, and what it becomes."""

    module: str
    path: str
    content: bytes
    merged: Merged


def update(course: Course, release: Path) -> Updated:
    """Bring a newer release's tests, data and text into a workspace, with the student's cells kept in them.

    What the student changed otherwise is kept beside. Raises UsageError where one of the two is no release, and
    CourseError for what cannot be read; nothing is written then.
    """
    before, newer = _manifest(course.root, "this workspace"), _manifest(release, "this folder")
    contents = {name: _content(release / name, digest) for name, digest in newer.files.items()}
    works, notes = _works(course, newer, contents)
    sources = {lesson.source for lesson in newer.modules.values()}
    joined = {work.path: work.content for work in works}
    arriving = {name: each for name, each in contents.items() if name not in sources} | joined
    unmet = [name for name in sources if not _is_there(course, name)]
    arriving |= {name: contents[name] for name in unmet}
    fresh = [name for name, each in arriving.items() if not is_same(course.root / name, each)]
    own = {work.path for work in works}
    left_over = stale(before, contents, newer.modules)
    gone = [name for name in left_over if name not in own and (course.root / name).is_file()]
    changed = [name for name in fresh if is_edited(course.root / name, before.files.get(name)) or name in own]
    changed += [name for name in gone if is_edited(course.root / name, before.files.get(name))]
    kept = keep(course.root, [name for name in changed if (course.root / name).is_file()])
    for name in fresh:
        write_bytes(course.root / name, arriving[name])
    for name in gone:
        (course.root / name).unlink()
    left = {name: each for name, each in before.files.items() if name not in gone}
    whole = Manifest(files=left, modules=before.modules).joined(newer)
    write_text(course.root / MANIFEST, manifest_text(whole))
    return Updated(
        tuple(sorted({*fresh, *gone})),
        {work.module: len(work.merged.kept) for work in works},
        kept,
        (*(f"{work.module}: {note}" for work in works for note in work.merged.notes), *notes),
    )


def _manifest(folder: Path, what: str) -> Manifest:
    found = read_manifest(folder)
    if found is None:
        fix = "Name the folder that your instructor's `tito release` wrote, and run this in one that you were given."
        raise UsageError(Problem(f"{what} is no release: it has no {MANIFEST}", fix, str(folder)))
    return found


def _content(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise CourseError(Problem(f"cannot be read: {fault.strerror}", _AGAIN, str(path))) from None
    if digest_of(content) != digest:
        raise CourseError(Problem("this file is not the one that was released", _AGAIN, str(path)))
    return content


def _works(course: Course, newer: Manifest, contents: Mapping[str, bytes]) -> tuple[list[_Work], list[str]]:
    """Return what becomes of each file that the student works in, and notes on those that stay as they are."""
    works, notes = [], []
    for module in course.modules:
        lesson = newer.modules.get(module.id)
        if lesson is None or module.source is None:
            continue
        for path in (module.source, *module.twins):
            new = parse(contents[lesson.source], lesson.source)
            mine = parse(read_text(path, "Save it as UTF-8."), shown(course, path), lenient=True)
            if not mine.has_cells:
                notes.append(f"{mine.path} has no cells, so that it stays as it is")
                continue
            merged = merge(mine, _stub(course, module.id, new), new)
            form = Format(path.suffix[1:])
            document = fixed(merged.document) if form is Format.NOTEBOOK else merged.document
            works.append(_Work(module.id, shown(course, path), write(document, form).encode(), merged))
    return works, notes


def _stub(course: Course, module: str, new: Document) -> Document:
    """Return the stub that the student began with; the new one where there is none."""
    found = sorted((course.root / STUBS / module).glob("*"))
    return parse(found[0].read_bytes(), str(found[0]), lenient=True) if found else new


def _is_there(course: Course, source: str) -> bool:
    """Whether a student has the file that a lesson's source became, in whatever format."""
    return any((course.root / source).with_suffix(f".{form}").is_file() for form in Format)
