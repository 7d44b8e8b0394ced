"""Folders and files on disk, opened step by step below a folder of the instructor's, so that no link is followed.

Where the system cannot open a name within an open folder, each step is looked at first: enough for one's own files.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from tito.collection.tree import FAULTS, KINDS, MAX_ENTRIES, Kind, megabytes
from tito.errors import Problem, UnreadableError
from tito.model.escapes import escaped
from tito.records import dataclass
from tito.sandbox.system import portable

_NAMES: Final = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in _NAMES)


@dataclass(frozen=True, slots=True)
class DiskNode:
    """The entry at `parts` below `base`, which is trusted; a student may have made every one of `parts`."""

    base: str
    parts: tuple[str, ...]
    path: str
    kind: Kind

    @property
    def name(self) -> str:
        """The entry's own name."""
        return self.parts[-1] if self.parts else os.path.basename(self.base)  # noqa: PTH119 - no path yet

    @property
    def fault(self) -> str:
        """Why it is refused."""
        return FAULTS.get(self.kind, "")

    @property
    def modified(self) -> datetime | None:
        """When it was changed on this disk; None where that cannot be told."""
        try:
            with self._opened(0) as descriptor:
                return datetime.fromtimestamp(os.fstat(descriptor).st_mtime, UTC)
        except (UnreadableError, ValueError, OverflowError):
            return None

    def children(self) -> tuple["DiskNode", ...]:
        """Return a folder's entries, by name. Raises UnreadableError."""
        found = []
        with self._listed() as entries:
            for entry in entries:
                mode = entry.stat(follow_symlinks=False).st_mode
                path = escaped(entry.name) if self.path == "." else f"{self.path}/{escaped(entry.name)}"
                kind = KINDS.get(stat.S_IFMT(mode), Kind.OTHER)
                found.append(DiskNode(self.base, (*self.parts, entry.name), path, kind))
                if len(found) > MAX_ENTRIES:
                    raise UnreadableError(
                        Problem(f"this folder has more than {MAX_ENTRIES:,} entries", "", self.path)
                    )
        return tuple(sorted(found, key=lambda each: each.name))

    def content(self, limit: int) -> bytes:
        """Return a file's bytes. Raises UnreadableError for more than `limit` of them, and where reading fails."""
        with self.opened(limit) as file, self._told():
            content = file.read(limit + 1)
        if len(content) > limit:
            raise UnreadableError(Problem(f"larger than {megabytes(limit)}", path=self.path))
        return content

    @contextmanager
    def opened(self, limit: int) -> Iterator[BinaryIO]:
        """Give a regular file of at most `limit` bytes, open. Raises UnreadableError for all else."""
        with self._opened(0) as descriptor, os.fdopen(descriptor, "rb", closefd=False) as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise UnreadableError(Problem(FAULTS[Kind.OTHER], path=self.path))
            if found.st_size > limit:
                raise UnreadableError(Problem(f"larger than {megabytes(limit)}", path=self.path))
            yield file

    @contextmanager
    def _listed(self) -> Iterator[Iterator[os.DirEntry[str]]]:
        if portable():
            with self._told(), os.scandir(self._looked_at()) as entries:
                yield entries
        else:
            with self._opened(os.O_DIRECTORY) as descriptor, self._told(), os.scandir(descriptor) as entries:
                yield entries

    @contextmanager
    def _opened(self, flags: int) -> Iterator[int]:
        if portable():
            with self._told():
                descriptor = os.open(self._looked_at(), _FLAGS)
            try:
                yield descriptor
            finally:
                os.close(descriptor)
            return
        with self._told():
            descriptor = os.open(self.base, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for place, part in enumerate(self.parts):
                last = place == len(self.parts) - 1
                with self._told():
                    inner = os.open(part, _FLAGS | (flags if last else os.O_DIRECTORY), dir_fd=descriptor)
                os.close(descriptor)
                descriptor = inner
            yield descriptor
        finally:
            os.close(descriptor)

    def _looked_at(self) -> str:
        """Return the path, no part of which is a link; raises OSError where one is."""
        path = self.base
        for part in self.parts:
            path = os.path.join(path, part)  # noqa: PTH118 - no path yet
            if os.path.islink(path):  # noqa: PTH114
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return path

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what the system refused as a sentence."""
        try:
            yield
        except OSError as fault:
            what = FAULTS[Kind.LINK] if fault.errno == errno.ELOOP else f"cannot be opened: {fault.strerror}"
            raise UnreadableError(Problem(what, path=self.path)) from None


def at(path: Path, *, own: int = 1) -> DiskNode:
    """Return the entry at a path that was named on the command line.

    Its last `own` parts may be a student's work, and are not followed where they are links. Raises OSError where
    there is nothing.
    """
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links
    parts = whole.parts[1:][-own:]
    base = whole.parents[len(parts) - 1] if parts else whole
    kind = KINDS.get(stat.S_IFMT(os.lstat(whole).st_mode), Kind.OTHER)
    return DiskNode(str(base), tuple(parts), escaped(str(path)), kind)
