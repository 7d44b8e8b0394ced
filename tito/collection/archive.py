"""An archive as a tree of entries: read member by member into memory, and never unpacked to disk."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import datetime
from typing import BinaryIO, Final

from tito.collection.members import MAX_BESIDE, Limits, Member
from tito.collection.tree import FAULTS, MAX_DEPTH, MAX_NAME, Kind, is_junk, megabytes
from tito.errors import Problem, UnreadableError
from tito.model.escapes import escaped
from tito.records import dataclass

CLASS: Final = Limits(packed=512 << 20, unpacked=1 << 30, members=20_000, beside=256 << 20)
STUDENT: Final = Limits(packed=32 << 20, unpacked=64 << 20, members=2_000, beside=MAX_BESIDE)
SUFFIXES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
OTHERS: Final = (".7z", ".rar", ".tar.zst", ".gz", ".bz2", ".xz")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class ArchiveNode:
    """An entry of an archive, with its content."""

    name: str
    path: str
    kind: Kind
    fault: str = ""
    inside: tuple["ArchiveNode", ...] = ()
    held: bytes = b""
    modified: datetime | None = None

    def children(self) -> tuple["ArchiveNode", ...]:
        """Return a folder's entries, by name."""
        return self.inside

    def content(self, limit: int) -> bytes:
        """Return a file's bytes. Raises UnreadableError for more than `limit` of them, or a fault of the member's."""
        if self.fault:
            raise UnreadableError(Problem(self.fault, path=self.path))
        if len(self.held) > limit:
            raise UnreadableError(Problem(f"larger than {megabytes(limit)}", path=self.path))
        return self.held


def suffix(name: str) -> str:
    """Return the ending by which a name is an archive's, in lower case, or ""."""
    low = name.lower()
    return max((each for each in (*SUFFIXES, *OTHERS) if low.endswith(each)), key=len, default="")


def open_archive(file: BinaryIO, path: str, limits: Limits) -> tuple[ArchiveNode, tuple[str, ...]]:
    """Return an archive's root folder, and what is to be said of each member whose path is unsafe.

    `path` is shown. Raises UnreadableError where it is no archive, or breaks a limit.
    """
    if path.lower().endswith(OTHERS) and not path.lower().endswith(SUFFIXES):
        raise UnreadableError(Problem("this kind of archive is not read", "Hand in a zip.", path))
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    # Loaded where there is an archive.
    from tito.collection import tars, zips  # noqa: PLC0415

    read = zips.members if start in _ZIP else tars.members
    root, strays = _Branch(), list[str]()
    for member in read(file, path, limits):
        why = _unsafe(member.name)
        if why:
            strays.append(f"unsafe member {escaped(member.name)[:80]}: {why}")
        else:
            _grow(root, member)
    return _frozen(root, path.rpartition("/")[2], path), tuple(strays)


@dataclass(slots=True)
class _Branch:
    """A node while its archive is read."""

    kind: Kind = Kind.FOLDER
    fault: str = ""
    held: bytes = b""
    modified: datetime | None = None
    inside: dict[str, "_Branch"] = field(default_factory=dict)


def _unsafe(name: str) -> str:
    """Return why a member's path is not taken, or ""."""
    if not name or len(name) > MAX_NAME or "\0" in name:
        return "its name is empty, too long or holds a NUL"
    if "\\" in name:
        return "a backslash in its path"
    if name.startswith("/") or _DRIVE.match(name):
        return "an absolute path"
    parts = name.split("/")
    if ".." in parts:
        return "`..` in its path"
    return f"deeper than {MAX_DEPTH} folders" if len(parts) > MAX_DEPTH else ""


def _grow(root: _Branch, member: Member) -> None:
    """Put a member into the tree; what is there already with its name, or as a file, is a fault of both."""
    parts = [part for part in member.name.split("/") if part not in {"", "."}]
    if not parts or any(map(is_junk, parts)):
        return
    for part in parts[:-1]:
        root = root.inside.setdefault(part, _Branch())
        if root.kind is not Kind.FOLDER:
            root.fault = "there is a file and a folder of this name in the archive"
    here = root.inside.get(parts[-1])
    if here is None:
        root.inside[parts[-1]] = _Branch(
            member.kind, member.fault or FAULTS.get(member.kind, ""), member.held, member.modified
        )
    elif not (here.kind is member.kind is Kind.FOLDER):
        here.fault = "this name is there more than once in the archive"


def _frozen(branch: _Branch, name: str, path: str) -> ArchiveNode:
    clashes = _clashes(branch.inside)
    for each, others in clashes:
        branch.inside[each].fault = f"names that differ only in case or form: {others}"
    inside = (_frozen(each, own, f"{path}/{escaped(own)}") for own, each in sorted(branch.inside.items()))
    return ArchiveNode(name, path, branch.kind, branch.fault, tuple(inside), branch.held, branch.modified)


def _clashes(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    same: dict[str, list[str]] = {}
    for name in names:
        same.setdefault(unicodedata.normalize("NFKC", name).casefold(), []).append(name)
    for group in same.values():
        if len(group) > 1:
            yield from ((name, ", ".join(map(escaped, group[:3]))) for name in group)
