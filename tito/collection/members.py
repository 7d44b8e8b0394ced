"""What an archive says of one entry, and how much an archive may hold."""

from datetime import datetime
from typing import BinaryIO, Final

from tito.collection.receipts import MAX_BYTES as MAX_RECEIPT
from tito.collection.receipts import NAME as RECEIPT
from tito.collection.tree import MAX_BYTES, MAX_METADATA, METADATA, Kind, megabytes, suffix
from tito.errors import Problem, UnreadableError
from tito.records import dataclass

# No honest class packs better than this; what is smaller than the floor does no harm.
_RATIO: Final = 500
_FLOOR: Final = 32 << 20
# Of one file that lies beside the work.
MAX_BESIDE: Final = 16 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Of an archive: bytes as it lies there, bytes of it that are unpacked, members, and bytes beside the work."""

    packed: int
    unpacked: int
    members: int
    beside: int


@dataclass(frozen=True, slots=True)
class Member:
    """One entry; `held` is a file's content, `modified` its time where it is kept."""

    name: str
    kind: Kind
    fault: str = ""
    held: bytes = b""
    modified: datetime | None = None


@dataclass(slots=True)
class Room:
    """What of an archive's files may be read and kept: work within its own limits, and beside it as much as that."""

    limits: Limits
    path: str
    work: int = 0
    beside: int = 0

    def limit(self, name: str) -> int:
        """Return how many bytes of a file are read."""
        return _of_work(name) or min(MAX_BESIDE, self.limits.beside - self.beside)

    def too_large(self, name: str, size: int) -> str:
        """Return the fault of a file that is larger than what is read of it."""
        if size > (most := _of_work(name) or MAX_BESIDE):
            return f"larger than {megabytes(most)}"
        return f"what lies beside the work in this archive is larger than {megabytes(self.limits.beside)}"

    def kept(self, member: Member) -> Member:
        """Count what a member holds, and return it. Raises UnreadableError for too much work."""
        if _of_work(member.name):
            self.work += len(member.held)
        else:
            self.beside += len(member.held)
        if self.work > self.limits.unpacked:
            raise broken(
                f"the submissions in this archive are larger than {megabytes(self.limits.unpacked)}", self.path
            )
        return member


def _of_work(name: str) -> int:
    """Return how many bytes are read of what can be a submission, or says whose they are; 0 of anything else."""
    own = {METADATA: MAX_METADATA, RECEIPT: MAX_RECEIPT}
    return own.get(name.rpartition("/")[2]) or MAX_BYTES.get(suffix(name), 0)


def broken(what: str, path: str) -> UnreadableError:
    """Return the fault of a whole archive."""
    return UnreadableError(Problem(what, "Hand in the module's file, or a zip of it.", path))


def check_count(count: int, limits: Limits, path: str) -> None:
    """Raise UnreadableError for too many members."""
    if count > limits.members:
        raise broken(f"this archive holds more than {limits.members:,} entries", path)


def check_size(unpacked: int, packed: int, path: str) -> None:
    """Raise UnreadableError for an archive that is made to grow."""
    if unpacked > max(_FLOOR, _RATIO * packed):
        raise broken(f"this archive unpacks to more than {_RATIO} times its size", path)


class Sips:
    """A file that is read in sips: whoever asks for much at once has believed an archive that lies about sizes."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes. Raises ValueError for more than is sipped."""
        whole = size is None or size < 0
        if size is not None and size > self._most:
            raise ValueError("it claims to be larger than it can be")
        content = self._file.read(self._most if whole or size is None else size)
        if whole and len(content) == self._most:
            raise ValueError("it is larger than it can be")
        return content

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move, as files do."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place, as files do."""
        return self._file.tell()

    def seekable(self) -> bool:
        """Say that it can be moved in."""
        return True

    def close(self) -> None:
        """Leave the file to whoever opened it."""


def why(fault: Exception) -> str:
    """Return what a library says of a broken archive, in one short line."""
    return (str(fault).splitlines() or [type(fault).__name__])[0][:120] or type(fault).__name__
