"""Git checkouts as submissions: one a student, in a folder named after them."""

import os
from pathlib import Path

from tito.collection.choosing import Found, Nothing
from tito.collection.disk import at
from tito.collection.layout import Layout
from tito.collection.lms import Handed
from tito.collection.tree import Node, suffix
from tito.model.submission import Left
from tito.workflows.grading.commits import commit_time


def checkouts(path: Path) -> tuple[Path, ...]:
    """Return the checkouts that a path is, or that lie in it; none where it is no folder of such."""
    if _is_checkout(path):
        return (path,)
    try:
        return tuple(sorted(each for each in path.iterdir() if _is_checkout(each)))
    except OSError:
        return ()


def of_checkout(path: Path, prefix: str, layout: Layout) -> Handed | Left | Nothing:
    """Return the module's file in a checkout, at the time of its last commit; or the reason why there is none."""
    student = path.name.removeprefix(prefix)
    root = at(path)
    fate = layout.of_student(student, root)
    if not isinstance(fate, Found):
        return fate
    if fate.node is None:
        return Left(fate.path, fate.refusal)
    own, at_last = f"{layout.stem}{suffix(fate.node.name)}", commit_time(_on_disk(path, root, fate.node))
    return Handed((student,), student, own, fate.node, at_last, notes=fate.notes)


def _is_checkout(path: Path) -> bool:
    return not path.is_symlink() and os.path.lexists(path / ".git")


def _on_disk(path: Path, root: Node, node: Node) -> Path:
    return path / node.path.removeprefix(f"{root.path}/")
