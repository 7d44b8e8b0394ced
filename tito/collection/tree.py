"""What a class hands in, on disk or in an archive: entries with a name, a kind and a content."""

import stat
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from tito.errors import UnreadableError

# The one place for what intake takes: bytes of a file, by its ending, and of archives and folders.
MAX_BYTES: Final = {".py": 1 << 20, ".ipynb": 8 << 20}
# In which Gradescope's export says who handed in what.
METADATA: Final = "submission_metadata.yml"
MAX_METADATA: Final = 8 << 20
MAX_DEPTH: Final = 16
MAX_NAME: Final = 1_000
MAX_ENTRIES: Final = 50_000


class Kind(StrEnum):
    """What an entry is: anything but a file or a folder is never opened."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"


KINDS: Final = {stat.S_IFREG: Kind.FILE, stat.S_IFDIR: Kind.FOLDER, stat.S_IFLNK: Kind.LINK}
FAULTS: Final = {
    Kind.LINK: "a link, which is not followed",
    Kind.OTHER: "this is not a regular file",
}


class Node(Protocol):
    """An entry. `name` is as it stands there, `path` as it is shown; `fault` says why it must not be read, or ""."""

    @property
    def name(self) -> str:
        """The entry's own name, raw."""

    @property
    def path(self) -> str:
        """Where it is, escaped for showing."""

    @property
    def kind(self) -> Kind:
        """What it is."""

    @property
    def fault(self) -> str:
        """Why it is refused."""

    @property
    def modified(self) -> datetime | None:
        """When it was changed, where that is known; without a zone where only a clock on the wall is."""

    def children(self) -> Sequence["Node"]:
        """Return a folder's entries, by name. Raises UnreadableError."""

    def content(self, limit: int) -> bytes:
        """Return a file's bytes. Raises UnreadableError for more than `limit` of them, and where reading fails."""


def walk(folder: Node, depth: int = MAX_DEPTH) -> Iterator[tuple[Node, str]]:
    """Yield what a folder holds, at any depth, with the reason why it cannot be taken, or "".

    Of folders only those are yielded that cannot be read, or lie deeper than `depth` more. What systems leave behind
    is passed over.
    """
    try:
        inside = folder.children()
    except UnreadableError as fault:
        yield folder, "; ".join(each.what for each in fault.problems)
        return
    for node in inside:
        if is_junk(node.name):
            continue
        if node.kind is not Kind.FOLDER or node.fault:
            yield node, node.fault
        elif depth:
            yield from walk(node, depth - 1)
        else:
            yield node, f"deeper than {MAX_DEPTH} folders"


def is_junk(name: str) -> bool:
    """Return whether an entry is what systems and tools leave behind: hidden ones, __MACOSX and caches."""
    return name.startswith(".") or name in {"__MACOSX", "__pycache__"}


def suffix(name: str) -> str:
    """Return which of the endings that submissions have a name has, in lower case, or ""."""
    return next((each for each in MAX_BYTES if name.lower().endswith(each)), "")


def megabytes(limit: int) -> str:
    """Return a limit as messages name it."""
    return f"{limit >> 20} MiB"
