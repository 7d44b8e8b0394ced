"""What goes out to students: files that are written with a manifest, over nothing that somebody has changed since."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.submission import digest_of
from tito.workflows.course.manifest import MANIFEST, Lesson, Manifest, manifest_text, read_manifest
from tito.workflows.course.opening import write_bytes, write_text

KEPT: Final = Path(".tito", "kept")
_MOST_TOLD: Final = 10


def write_out(
    out: Path, contents: Mapping[str, bytes], lessons: Mapping[str, Lesson], *, overwrite: bool = False
) -> tuple[str, ...]:
    """Write files into a folder, with the manifest that tells them; return where those lie that were overwritten.

    What an earlier release of the same modules wrote and this one has no more is removed. Raises CourseError for
    files that were changed since they were written, and writes nothing then, unless it is to `overwrite` them.
    """
    before = read_manifest(out) or Manifest()
    changed = [name for name, content in contents.items() if _is_changed(out / name, before.files.get(name), content)]
    if changed and not overwrite:
        raise CourseError(*_changed(out, changed))
    kept = keep(out, changed)
    gone = stale(before, contents, lessons)
    for name, content in contents.items():
        if not is_same(out / name, content):
            write_bytes(out / name, content)
    for name in gone:
        if _digest(out / name) == before.files[name]:
            (out / name).unlink()
    left = Manifest(files={name: each for name, each in before.files.items() if name not in gone})
    files = {name: digest_of(content) for name, content in contents.items()}
    whole = Manifest(files=left.files, modules=before.modules).joined(Manifest(files=files, modules=lessons))
    write_text(out / MANIFEST, manifest_text(whole))
    return kept


def keep(root: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Copy files into a new folder among those that are kept, and return their places there."""
    folder, found = root / KEPT, []
    number = len(list(folder.glob("*"))) + 1 if folder.is_dir() else 1
    while (folder / str(number)).exists():
        number += 1
    for name in names:
        place = KEPT / str(number) / name
        write_bytes(root / place, (root / name).read_bytes())
        found.append(place.as_posix())
    return tuple(found)


def stale(before: Manifest, contents: Iterable[str], lessons: Mapping[str, Lesson]) -> list[str]:
    """Return the files of these modules that an earlier release wrote and that are no more part of them."""
    there = set(contents)
    folders = {f"{kind}/{name}/" for name in lessons for kind in ("graders", ".tito/stubs")}
    own = {
        f"{Path(lesson.source).parent.as_posix()}/{given}"
        for name, lesson in before.modules.items()
        if name in lessons
        for given in lesson.given
    }
    own |= {lesson.source for name, lesson in before.modules.items() if name in lessons}
    return [
        name
        for name in before.files
        if name not in there and (name in own or any(name.startswith(folder) for folder in folders))
    ]


def is_same(path: Path, content: bytes) -> bool:
    """Whether a file holds just this content."""
    return _digest(path) == digest_of(content)


def is_edited(path: Path, digest: str | None) -> bool:
    """Whether a file is there and is not the one that was handed out, as its `digest` tells."""
    found = _digest(path)
    return bool(found) and found != digest


def _is_changed(path: Path, digest: str | None, content: bytes) -> bool:
    return is_edited(path, digest) and not is_same(path, content)


def _digest(path: Path) -> str:
    return digest_of(path.read_bytes()) if path.is_file() else ""


def _changed(out: Path, names: list[str]) -> Iterable[Problem]:
    fix = "Use --overwrite, which keeps a copy of it, or another folder for --out."
    for name in names[:_MOST_TOLD]:
        yield Problem("this file was changed since it was released", fix, str(out / name))
    if len(names) > _MOST_TOLD:
        yield Problem(f"{len(names) - _MOST_TOLD} more files were changed since they were released", fix, str(out))
