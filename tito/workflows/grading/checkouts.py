"""Git checkouts as submissions: one a student, in a folder named after them."""

import os
from pathlib import Path

from tito.collection.disk import at
from tito.collection.layout import Layout, without_ending
from tito.collection.lms import Handed
from tito.collection.tree import Kind, Node, suffix, walk
from tito.workflows.grading.commits import commit_time


def checkouts(path: Path) -> tuple[Path, ...]:
    """Return the checkouts that a path is, or that lie in it; none where it is no folder of such."""
    if _is_checkout(path):
        return (path,)
    try:
        return tuple(sorted(each for each in path.iterdir() if _is_checkout(each)))
    except OSError:
        return ()


def of_checkout(path: Path, prefix: str, layout: Layout) -> Handed:
    """Return the module's file in a checkout, at the time of its last commit; or the reason why there is none.

    Of several files of that name, the one in a folder named after the module counts.
    """
    student = path.name.removeprefix(prefix)
    root = at(path)
    inside = list(walk(root))
    files = [each for each, _ in inside if suffix(each.name) and without_ending(each.name) == layout.stem]
    files = [each for each in files if layout.module in each.path.split("/")] or files
    match files:
        case [one]:
            return Handed((student,), student, one.name, one, commit_time(_on_disk(path, root, one)), fault=one.fault)
        case []:
            unread = next((f"{each.path}: {fault}" for each, fault in inside if each.kind is Kind.FOLDER), "")
            why = f"no file named {layout.stem} in this checkout" + (f"; {unread}" if unread else "")
        case many:
            why = f"{len(many)} files could be the work: {', '.join(each.path for each in many[:5])}"
    return Handed((student,), student, layout.stem, root, fault=why)


def _is_checkout(path: Path) -> bool:
    return not path.is_symlink() and os.path.lexists(path / ".git")


def _on_disk(path: Path, root: Node, node: Node) -> Path:
    return path / node.path.removeprefix(f"{root.path}/")
