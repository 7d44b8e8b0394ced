"""Finding submissions: nbgrader's layout, a folder of files, archives, or files; nothing is lost."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tito.collection import archive
from tito.collection.choosing import Fate, Found, Nothing
from tito.collection.disk import DiskNode, at
from tito.collection.ids import same, student_id
from tito.collection.layout import Layout
from tito.collection.lms import Lms, exchanged, recognise
from tito.collection.naming import without_ending
from tito.collection.receipts import MAX_BYTES as MAX_RECEIPT
from tito.collection.tree import MAX_BYTES, Kind, Node, suffix
from tito.errors import Problem, UnreadableError, UsageError
from tito.model.submission import ALL_PLACED, Fates, Left
from tito.records import dataclass

__all__ = ["Found", "Search", "find", "one", "read", "receipt", "search"]
_PATHS = 5
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Search:
    """What became of all that was handed in: the rows, and what is none."""

    found: tuple[Found, ...]
    fates: Fates = ALL_PLACED


def search(paths: Iterable[Path], layout: Layout) -> Search:
    """Return what becomes of each thing below `paths` for a module, whose submissions the `layout` tells, by student.

    A path may be a class's folder or archive (`<student>/<module>/*.py`, nbgrader's layout), one student's folder or
    archive, a folder of files or archives named after students, nbgrader's exchange, or a file. Raises UsageError for
    a path that does not exist, and where there is no submission at all.
    """
    fates: list[Fate] = []
    empty: list[Path] = []
    for path in paths:
        here = _named(path, layout)
        fates += here
        empty += [] if any(not isinstance(each, Nothing) for each in here) else [path]
    found = [each for each in fates if isinstance(each, Found)]
    left = tuple(each for each in fates if isinstance(each, Left))
    if not found:
        fix = f"Expected <student>/{layout.module}/<file>.py or .ipynb below it."
        nothing = (Problem("this folder holds no submission", fix, str(path)) for path in empty)
        raise UsageError(*nothing, *(Problem(each.why, fix, each.source) for each in left[:_PATHS]))
    found += [Found(path.absolute().name, str(path), refusal=f"no submission for {layout.module}") for path in empty]
    told_apart = _told_apart(_with_id(each) for each in found)
    rows = tuple(sorted(told_apart, key=lambda each: (each.student.casefold(), each.student, each.path)))
    there = {same(each.student) for each in rows}
    idle = {each.student for each in fates if isinstance(each, Nothing) and same(each.student) not in there}
    return Search(rows, Fates(left, tuple(sorted(idle))))


def find(paths: Iterable[Path], layout: Layout) -> tuple[Found, ...]:
    """Return the rows alone of what `search` finds."""
    return search(paths, layout).found


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


def _named(path: Path, layout: Layout) -> list[Fate]:
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
    if node.kind is Kind.FOLDER and recognise(node) is Lms.NBGRADER:
        return list(_exchange(node, layout))
    return list(layout.rows(node))


def _exchange(root: Node, layout: Layout) -> Iterator[Fate]:
    """Yield what becomes of nbgrader's `inbound`: of each student the latest that was submitted."""
    handed: dict[str, list[tuple[datetime, Node]]] = {}
    for student, entry, moment in exchanged(root, layout.module):
        if student:
            handed.setdefault(student, []).extend([(moment or _LONG_AGO, entry)] if entry else [])
        elif entry and (entry.kind is Kind.FOLDER or suffix(entry.name) or entry.fault):
            yield Left(entry.path, "its name is not one that nbgrader's exchange gives")
    for student, own in handed.items():
        if not own:
            yield Nothing(student)
            continue
        moment, entry = max(own, key=lambda each: (each[0], each[1].name))
        fate = layout.submitted(student, entry)
        again = (f"the latest of {len(own)} submissions counts",) if len(own) > 1 else ()
        known = None if moment == _LONG_AGO else moment
        yield replace(fate, notes=(*fate.notes, *again), stamped=known) if isinstance(fate, Found) else fate


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
