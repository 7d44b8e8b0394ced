"""What the bulk downloads of learning management systems call a student's file.

Sources: the names that Canvas, Moodle and Blackboard give in "download all submissions", and the metadata in
Gradescope's "export submissions".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import yaml

from tito.collection import archive
from tito.collection.archive import is_junk
from tito.collection.tree import MAX_METADATA, METADATA, Kind, Node, suffix
from tito.errors import UnreadableError

_CANVAS: Final = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)")
_MOODLE: Final = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_file(?:_(?P<file>.*))?")
_BLACKBOARD: Final = re.compile(r"(?P<who>.+)_attempt_(?P<at>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)")
# Canvas and browsers number a file that is handed in again.
_AGAIN: Final = re.compile(r"(?:-|\s?\()(\d{1,3})\)?$")


class Lms(StrEnum):
    """Whose download it is."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    GRADESCOPE = "gradescope"


@dataclass(frozen=True, slots=True)
class Handed:
    """One file that somebody handed in.

    `keys` are what the download calls the student, the surest first; `plain` is what to call one whom no roster
    names. `name` is the file's own, `at` when it was handed in (without a zone where only a clock on the wall is
    known), `again` how often it was before. `fault` says why it cannot be taken. `squeezed` is a full name of which
    only letters and digits are left.
    """

    keys: tuple[str, ...]
    plain: str
    name: str
    node: Node
    at: datetime | None = None
    again: int = 0
    fault: str = ""
    squeezed: str = ""


def recognise(root: Node) -> Lms | None:
    """Return whose download a folder or archive is; None where its names are nobody's."""
    names = [each.name for each in _inside(root)]
    if METADATA in names:
        return Lms.GRADESCOPE
    for lms, pattern in ((Lms.BLACKBOARD, _BLACKBOARD), (Lms.MOODLE, _MOODLE), (Lms.CANVAS, _CANVAS)):
        if names and sum(bool(pattern.fullmatch(name)) for name in names) * 2 > len(names):
            return lms
    return None


def handed(root: Node, lms: Lms) -> tuple[Handed, ...]:
    """Return every file of a download that can be work; one whose name tells nobody has no keys."""
    return tuple(_READERS[lms](root))


def again(name: str) -> tuple[str, int]:
    """Return a file's name without the number of its repetition, and that number."""
    ending = archive.suffix(name) or suffix(name)
    stem = name[: len(name) - len(ending)]
    found = _AGAIN.search(stem)
    return (stem[: found.start()] + ending, int(found[1])) if found else (name, 0)


def _canvas(root: Node) -> Iterator[Handed]:
    for node in _work(root):
        match = _CANVAS.fullmatch(node.name)
        if match:
            made = _handed(node, (match["user"],), f"{match['name']}-{match['user']}", match["file"])
            yield replace(made, squeezed=match["name"])
        else:
            yield _handed(node, (), "", node.name)


def _moodle(root: Node) -> Iterator[Handed]:
    for entry in _inside(root):
        match = _MOODLE.fullmatch(entry.name)
        keys = (f"Participant {match['id']}", match["name"]) if match else ()
        plain = f"{match['name']}-{match['id']}" if match else ""
        if entry.kind is Kind.FOLDER and not entry.fault:
            yield from (_handed(node, keys, plain, node.name) for node in _below(entry))
        elif _may_be_work(entry):
            yield _handed(entry, keys, plain, (match and match["file"]) or entry.name)


def _blackboard(root: Node) -> Iterator[Handed]:
    for node in _work(root):
        match = _BLACKBOARD.fullmatch(node.name)
        if not match or not match["file"]:
            yield _handed(node, (), "", node.name)
            continue
        # Both the assignment's name and the student's may hold the sign between them.
        parts = match["who"].split("_")
        keys = tuple("_".join(parts[start:]) for start in range(1, len(parts))) or (match["who"],)
        at = datetime.strptime(match["at"], "%Y-%m-%d-%H-%M-%S")  # noqa: DTZ007 - the server's own clock
        yield _handed(node, keys, parts[-1], match["file"], at)


def _gradescope(root: Node) -> Iterator[Handed]:
    inside = {each.name: each for each in _inside(root)}
    for name, entry in _metadata(inside[METADATA]).items():
        folder = inside.get(str(name))
        if folder is None or folder.kind is not Kind.FOLDER or folder.fault or not isinstance(entry, Mapping):
            continue
        at = entry.get(":created_at")
        for student in entry.get(":submitters") or ():
            keys = tuple(str(student[key]) for key in (":sid", ":email", ":name") if student.get(key))
            for node in _below(folder):
                yield _handed(node, keys, keys[0] if keys else "", node.name, _moment(at))


_READERS: Final[Mapping[Lms, Callable[[Node], Iterator[Handed]]]] = {
    Lms.CANVAS: _canvas,
    Lms.MOODLE: _moodle,
    Lms.BLACKBOARD: _blackboard,
    Lms.GRADESCOPE: _gradescope,
}


def _handed(node: Node, keys: tuple[str, ...], plain: str, name: str, at: datetime | None = None) -> Handed:
    own, number = again(name)
    return Handed(keys, plain, own, node, at or node.modified, number, node.fault)


def _metadata(node: Node) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(node.content(MAX_METADATA).decode("utf-8"))
    except (UnreadableError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return None


def _inside(root: Node) -> Sequence[Node]:
    return [each for each in root.children() if not is_junk(each.name)]


def _work(root: Node) -> Iterator[Node]:
    return (each for each in _inside(root) if _may_be_work(each))


def _below(folder: Node) -> Iterator[Node]:
    """Yield the files of a student's folder that can be work, at any depth."""
    for each in _inside(folder):
        if each.kind is Kind.FOLDER and not each.fault:
            yield from _below(each)
        elif _may_be_work(each):
            yield each


def _may_be_work(node: Node) -> bool:
    return bool(suffix(node.name) or archive.suffix(node.name)) and node.kind is not Kind.FOLDER
