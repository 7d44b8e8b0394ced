"""What the bulk downloads of learning management systems, and nbgrader's exchange, call a student's file.

Sources: the names that Canvas, Moodle and Blackboard give in "download all submissions", and the metadata in
Gradescope's "export submissions".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from tito.collection import archive
from tito.collection.besides import NBGRADERS_TIME
from tito.collection.moments import stamp
from tito.collection.tree import MAX_METADATA, METADATA, Kind, Node, is_junk, suffix, walk
from tito.errors import UnreadableError
from tito.records import dataclass
from tito.source.plain import PlainError, yaml_data

_CANVAS: Final = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)")
_MOODLE: Final = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_file(?:_(?P<file>.*))?")
_BLACKBOARD: Final = re.compile(r"(?P<who>.+)_attempt_(?P<at>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)")
_NBGRADER: Final = re.compile(
    r"(?P<who>[^+]+)\+(?P<assignment>[^+]+)\+(?P<at>\d{4}-\d\d-\d\d [\d:.]+(?: [^+]+)?)(?:\+.*)?"
)
# Canvas and browsers number a file that is handed in again.
_AGAIN: Final = re.compile(r"(?:-|\s?\()(\d{1,3})\)?$")
_UNNAMED: Final = f"{METADATA} does not say whose it is"
_LONGEST_TIME: Final = 100
# Nobody's name has more parts, and no group more members.
_PARTS, _MEMBERS = 20, 100


class Lms(StrEnum):
    """Whose download it is."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    GRADESCOPE = "gradescope"
    NBGRADER = "nbgrader"


@dataclass(frozen=True, slots=True)
class Handed:
    """One file that somebody handed in.

    `keys` are what the download calls the student, the surest first; `plain` is what to call one whom no roster
    names. `name` is the file's own, `at` when it was handed in (without a zone where only a clock on the wall is
    known), `again` how often it was before. `fault` says why it cannot be taken. `squeezed` is a full name of which
    only letters and digits are left. `notes` say why it is taken for the module's; `receipt` is what `tito submit`
    packed beside it. `folder` is what it lies in, where all of that is the student's of one time.
    """

    keys: tuple[str, ...]
    plain: str
    name: str
    node: Node
    at: datetime | None = None
    again: int = 0
    fault: str = ""
    squeezed: str = ""
    notes: tuple[str, ...] = ()
    receipt: Node | None = None
    folder: Node | None = None


def recognise(root: Node) -> Lms | None:
    """Return whose download a folder or archive is; None where its names are nobody's."""
    names = [each.name for each in _inside(root)]
    if METADATA in names:
        return Lms.GRADESCOPE
    for lms, pattern in (
        (Lms.NBGRADER, _NBGRADER),
        (Lms.BLACKBOARD, _BLACKBOARD),
        (Lms.MOODLE, _MOODLE),
        (Lms.CANVAS, _CANVAS),
    ):
        if names and sum(bool(pattern.fullmatch(name)) for name in names) * 2 > len(names):
            return lms
    return None


def handed(root: Node, lms: Lms, assignment: str = "") -> tuple[Handed, ...]:
    """Return every file of a download that can be work; one whose name tells nobody has no keys.

    nbgrader's exchange holds all assignments of a course, so that only those of `assignment` are given.
    """
    return tuple(_exchange(root, assignment) if lms is Lms.NBGRADER else _READERS[lms](root))


def canvas_head(name: str) -> str:
    """Return the beginning of a name of Canvas's download: whose file it is, and which."""
    match = _CANVAS.fullmatch(name)
    return f"{match['name']}_{match['user']}_{match['submission']}" if match else ""


def exchanged(root: Node, assignment: str) -> Iterator[tuple[str, Node | None, datetime | None]]:
    """Yield what lies in nbgrader's `inbound`: whose it is, the folder, and the time that timestamp.txt or it says.

    Of students who have submitted other assignments alone there is no folder; what has nobody's name has no student.
    """
    for entry in _inside(root):
        match = _NBGRADER.fullmatch(entry.name)
        if not match:
            yield "", entry, None
        elif match["assignment"] != assignment:
            yield match["who"], None, None
        else:
            yield match["who"], entry, _stamped(entry) or stamp(match["at"])


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
        own = (match and match["file"]) or entry.name
        for node, fault in _files(entry):
            made = _handed(node, keys, plain, own if node is entry else node.name, fault=fault)
            yield replace(made, folder=_around(node, entry))


def _blackboard(root: Node) -> Iterator[Handed]:
    for node in _work(root):
        match = _BLACKBOARD.fullmatch(node.name)
        if not match or not match["file"]:
            yield _handed(node, (), "", node.name)
            continue
        # Both the assignment's name and the student's may hold the sign between them.
        parts = match["who"].split("_")[-_PARTS:]
        keys = tuple("_".join(parts[start:]) for start in range(1, len(parts))) or (match["who"],)
        yield _handed(node, keys, parts[-1], match["file"], _clock(match["at"]))


def _exchange(root: Node, assignment: str) -> Iterator[Handed]:
    """Yield what lies in nbgrader's `inbound`: a folder for each time that somebody has submitted an assignment."""
    for entry in _inside(root):
        match = _NBGRADER.fullmatch(entry.name)
        if not match:
            yield from (_handed(entry, (), "", entry.name),) if _may_be_work(entry) else ()
        elif match["assignment"] == assignment:
            at = stamp(match["at"])
            for node, fault in _files(entry):
                made = _handed(node, (match["who"],), match["who"], node.name, at, fault=fault)
                yield replace(made, folder=_around(node, entry))


def _stamped(entry: Node) -> datetime | None:
    """Return the time that nbgrader has put beside a submission; None where that cannot be read."""
    try:
        beside = entry.children() if entry.kind is Kind.FOLDER and not entry.fault else ()
        texts = [node.content(_LONGEST_TIME) for node in beside if node.name == NBGRADERS_TIME]
    except UnreadableError:
        return None
    return stamp(texts[0].decode("utf-8", "replace").strip()) if texts else None


def _gradescope(root: Node) -> Iterator[Handed]:
    inside = {each.name: each for each in _inside(root)}
    metadata = _metadata(inside.pop(METADATA))
    for name, entry in inside.items():
        said = metadata.get(name)
        said = said if isinstance(said, Mapping) else {}
        at = _moment(said.get(":created_at"))
        for keys in _submitters(said.get(":submitters")) or [()]:
            for node, fault in _files(entry):
                why = fault if keys else fault or _UNNAMED
                made = _handed(node, keys, keys[0] if keys else "", node.name, at, fault=why)
                yield replace(made, folder=_around(node, entry))


_READERS: Final[Mapping[Lms, Callable[[Node], Iterator[Handed]]]] = {
    Lms.CANVAS: _canvas,
    Lms.MOODLE: _moodle,
    Lms.BLACKBOARD: _blackboard,
    Lms.GRADESCOPE: _gradescope,
}


def _handed(
    node: Node, keys: tuple[str, ...], plain: str, name: str, at: datetime | None = None, *, fault: str = ""
) -> Handed:
    own, number = again(name)
    return Handed(keys, plain, own, node, at or node.modified, number, fault or node.fault)


def _metadata(node: Node) -> Mapping[str, Any]:
    """Return what Gradescope says of each folder; nothing where it cannot be read, so that all are nobody's."""
    try:
        # As texts: somebody's number may begin with zeros, and somebody's name be No.
        content = yaml_data(node.content(MAX_METADATA).decode("utf-8"), texts=True)
    except (UnreadableError, UnicodeDecodeError, PlainError):
        return {}
    return content if isinstance(content, dict) else {}


def _submitters(listed: object) -> list[tuple[str, ...]]:
    students = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    named = (tuple(str(each[key]) for key in (":sid", ":email", ":name") if each.get(key)) for each in students)
    return [keys for keys in named if keys][:_MEMBERS]


def _moment(value: object) -> datetime | None:
    """Return a time as YAML writes one; without a zone it is in UTC."""
    try:
        moment = datetime.fromisoformat(re.sub(r"\s+(?=[-+Z])", "", str(value)))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clock(digits: str) -> datetime | None:
    """Return what the server's clock on the wall showed; None where no clock shows that."""
    try:
        return datetime.strptime(digits, "%Y-%m-%d-%H-%M-%S")  # noqa: DTZ007 - its zone is not known
    except ValueError:
        return None


def _inside(root: Node) -> Sequence[Node]:
    return [each for each in root.children() if not is_junk(each.name)]


def _work(root: Node) -> Iterator[Node]:
    return (each for each in _inside(root) if _may_be_work(each))


def _files(entry: Node) -> Iterator[tuple[Node, str]]:
    """Yield the files of a student's entry that can be work, at any depth, each with its fault, or ""."""
    if entry.kind is not Kind.FOLDER or entry.fault:
        yield from [(entry, entry.fault)] if _may_be_work(entry) else []
        return
    yield from ((node, fault) for node, fault in walk(entry) if node.kind is Kind.FOLDER or _may_be_work(node))


def _around(node: Node, entry: Node) -> Node | None:
    """Return a student's folder where a file lies in it, and not deeper."""
    return entry if node is not entry and node.path.rpartition("/")[0] == entry.path else None


def _may_be_work(node: Node) -> bool:
    """Return whether an entry can be work by its name; a link can be whatever it is called."""
    named = suffix(node.name) or archive.suffix(node.name)
    return node.kind is Kind.LINK or (bool(named) and node.kind is not Kind.FOLDER)
