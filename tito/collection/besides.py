"""What a student handed in beside the file that is graded: within limits, by its place in the folder, or left out."""

import re
from collections.abc import Iterator
from typing import Final

from tito.collection.choosing import Found
from tito.collection.naming import without_ending
from tito.collection.receipts import NAME as RECEIPT
from tito.collection.tree import Kind, Node, is_junk, megabytes, suffix
from tito.errors import UnreadableError
from tito.judging.plan import Given
from tito.model.escapes import escaped

# What nbgrader's exchange puts beside each submission.
NBGRADERS_TIME: Final = "timestamp.txt"
_MOST_FILES: Final = 200
_MOST_BYTES: Final = 16 << 20
_DEEPEST: Final = 8
_NAMED: Final = 5
# What every system takes as a name.
_NAME: Final = re.compile(r"[^/\\\x00-\x1f\x7f]{1,200}")


def besides(found: Found) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """Return the files that lie beside a submission in its folder, and notes on those that were left out.

    Other modules' files and notebooks are no part of it, but for the other one of a pair with the submission.
    """
    files, left, space = list[Given](), list[str](), _MOST_BYTES
    for path, node in _below(found.folder, "", _DEEPEST) if found.folder and found.node else ():
        if _is_passed_over(path, node, found):
            continue
        why = node.fault or ("" if _NAME.fullmatch(node.name) else "its name is none that every system takes")
        why = why or ("" if len(files) < _MOST_FILES else f"more than {_MOST_FILES} files")
        try:
            content = b"" if why else node.content(space)
        except UnreadableError:
            why = f"there are more than {megabytes(_MOST_BYTES)} of files, or it cannot be read"
        if why:
            left.append(f"{escaped(path)} was left out: {why}")
        else:
            files.append(Given(path, content))
            space -= len(content)
    more = [f"and {len(left) - _NAMED} more files were left out"] if len(left) > _NAMED else []
    return tuple(files), (*left[:_NAMED], *more)


def _below(folder: Node, path: str, depth: int) -> Iterator[tuple[str, Node]]:
    """Yield what is no folder below one, with its place there, as deep as that."""
    try:
        inside = folder.children()
    except UnreadableError:
        return
    for node in inside:
        place = f"{path}{node.name}"
        if is_junk(node.name):
            continue
        if node.kind is not Kind.FOLDER:
            yield place, node
        elif depth and not node.fault and _NAME.fullmatch(node.name):
            yield from _below(node, f"{place}/", depth - 1)


def _is_passed_over(path: str, node: Node, found: Found) -> bool:
    if path in {RECEIPT, NBGRADERS_TIME}:
        return True
    if "/" in path or not suffix(path):
        return path.lower().endswith(".ipynb")
    stem = without_ending(path)
    own = found.node is not None and path == found.node.name
    pair = found.node is not None and stem == without_ending(found.node.name)
    return own or stem in found.others or (suffix(path) == ".ipynb" and not pair) or not node.name
