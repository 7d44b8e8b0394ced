"""Finding submissions: nbgrader's layout, a folder of files, archives, or files; one row a student, none lost."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tito.collection import archive
from tito.collection.disk import DiskNode, at
from tito.collection.ids import same, student_id
from tito.collection.layout import Found, Layout, without_ending
from tito.collection.receipts import MAX_BYTES as MAX_RECEIPT
from tito.collection.tree import MAX_BYTES, Kind, suffix
from tito.errors import Problem, UnreadableError, UsageError

__all__ = ["Found", "find", "one", "read", "receipt"]
_PATHS = 5


def find(paths: Iterable[Path], layout: Layout) -> tuple[Found, ...]:
    """Return what each of `paths` holds for a module, whose submissions the `layout` tells, sorted by student.

    A path may be a class's folder or archive (`<student>/<module>/*.py`, nbgrader's layout), one student's folder or
    archive, a folder of files or archives named after students, or a file. Raises UsageError for a path that does not
    exist, and where there is no submission at all.
    """
    found: list[Found] = []
    empty: list[Path] = []
    for path in paths:
        here = _named(path, layout)
        found += here
        empty += [] if here else [path]
    if not found:
        fix = f"Expected <student>/{layout.module}/<file>.py or .ipynb below it."
        raise UsageError(*(Problem("this folder holds no submission", fix, str(path)) for path in empty))
    found += [Found(path.absolute().name, str(path), refusal=f"no submission for {layout.module}") for path in empty]
    told_apart = _told_apart(_with_id(each) for each in found)
    return tuple(sorted(told_apart, key=lambda each: (each.student.casefold(), each.student, each.path)))


def one(path: Path) -> Found:
    """Return a file that is named by itself, of no student in particular. Raises UsageError where it is not there."""
    node = _there(path, own=1)
    return Found("", node.path, node, node.fault)


def in_folder(path: Path, others: Collection[str]) -> Found:
    """Return a file as `one` does, with what lies beside it; `others` belong to other modules."""
    found = one(path)
    return replace(found, folder=_there(path.parent, own=1), others=frozenset(others))


def read(found: Found) -> bytes:
    """Return a submission's bytes. Raises UnreadableError for what is not a regular file of a sane size."""
    if found.refusal or found.node is None:
        raise UnreadableError(Problem(found.refusal, path=found.path))
    limit = MAX_BYTES.get(suffix(found.path))
    if limit is None:
        raise UnreadableError(Problem("this is no .py or .ipynb file", path=found.path))
    return found.node.content(limit)


def receipt(found: Found) -> bytes:
    """Return the bytes of the receipt that came with a submission, unread; none where none of a sane size did."""
    try:
        return found.receipt.content(MAX_RECEIPT) if found.receipt else b""
    except UnreadableError:
        return b""


def _named(path: Path, layout: Layout) -> list[Found]:
    """Return the rows of a path of the command line; how much of it a student may have made depends on the layout."""
    whole = path.absolute()
    in_module = whole.parent.name == layout.module
    student = whole.parent.parent.name if in_module else without_ending(whole.name)
    if whole.name == layout.module:
        return [layout.choice(whole.parent.name, _there(path, own=2))]
    node = _there(path, own=3 if in_module else 1)
    if node.fault:
        return [Found(student, node.path, refusal=node.fault)]
    if node.kind is Kind.FILE and not archive.suffix(node.name):
        return [Found(student, node.path, node)]
    return list(layout.rows(node))


def _there(path: Path, *, own: int) -> DiskNode:
    try:
        return at(path, own=own)
    except (OSError, ValueError):
        what = "there is no such file or folder"
        raise UsageError(Problem(what, "Name a folder of submissions.", str(path))) from None


def _with_id(found: Found) -> Found:
    student, fault = student_id(found.student)
    if not fault:
        return replace(found, student=student)
    return replace(found, student=student, node=None, refusal=found.refusal or fault)


def _told_apart(found: Iterable[Found]) -> Iterator[Found]:
    """Refuse every one of several submissions that would share a row."""
    students: dict[str, list[Found]] = {}
    for each in found:
        students.setdefault(same(each.student), []).append(each)
    for group in students.values():
        if len({os.path.abspath(each.path) for each in group}) == 1:  # noqa: PTH100 - links are not followed
            yield group[0]
            continue
        paths = ", ".join(each.path for each in group[:_PATHS])
        more = ", …" if len(group) > _PATHS else ""
        why = f"several submissions of one student: {paths}{more}"
        yield from (Found(each.student, each.path, refusal=why) for each in group)
