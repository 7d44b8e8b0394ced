"""Tar archives, plain or packed by gzip, bzip2 or xz: one pass, forwards, of which no byte is believed."""

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Iterator
from typing import IO, BinaryIO, Final, cast

from tito.collection.members import Limits, Member, Room, Sips, broken, check_count, check_size, why
from tito.collection.moments import of_tar
from tito.collection.tree import Kind, megabytes
from tito.errors import UnreadableError

# Headers with long names and the like: tarfile takes one in whole, and copies what it has read for each member.
_HEADER: Final = 64 << 10
_GLOBALS: Final = 64
_CHUNK: Final = 64 << 10
_DICTIONARY: Final = 256 << 20


def members(file: BinaryIO, path: str, limits: Limits) -> Iterator[Member]:
    """Yield a tar's members. Raises UnreadableError where it is none, or breaks a limit."""
    try:
        stream = _Forwards(file, path, limits)
        opened = cast("IO[bytes]", stream)
        with tarfile.open(fileobj=opened, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            yield from _members(archive, path, limits)
        ended = stream.ended
        # Behind the end there are the checksums.
        while stream.read(_CHUNK):
            pass
    except UnreadableError:
        raise
    except Exception as fault:  # noqa: BLE001 - tarfile and four unpackers raise many families of exceptions
        raise broken(f"this is not an archive that can be read ({why(fault)})", path) from None
    # tarfile takes a header that makes no sense for the end.
    if not ended:
        raise broken("this archive is cut off or damaged", path)


def _members(archive: tarfile.TarFile, path: str, limits: Limits) -> Iterator[Member]:
    count, room = 0, Room(limits, path)
    while (entry := archive.next()) is not None:
        count += 1
        check_count(count, limits, path)
        if len(archive.pax_headers) > _GLOBALS:
            raise broken("this archive has headers that no tool writes", path)
        yield room.kept(_member(archive, entry, room))


def _member(archive: tarfile.TarFile, entry: tarfile.TarInfo, room: Room) -> Member:
    kind = _kind(entry)
    if kind is not Kind.FILE:
        return Member(entry.name, kind)
    if entry.size > room.limit(entry.name):
        return Member(entry.name, kind, room.too_large(entry.name, entry.size))
    file = archive.extractfile(entry)
    sips = iter(lambda: file.read(_HEADER) if file else b"", b"")
    return Member(entry.name, kind, held=b"".join(sips), modified=of_tar(entry))


def _kind(entry: tarfile.TarInfo) -> Kind:
    if entry.isreg():
        return Kind.OTHER if entry.issparse() else Kind.FILE
    if entry.isdir():
        return Kind.FOLDER
    return Kind.LINK if entry.issym() or entry.islnk() else Kind.OTHER


class _Forwards(Sips):
    """What a tar unpacks to, within limits; whoever would go back is stopped, as in an endless loop of headers."""

    def __init__(self, file: BinaryIO, path: str, limits: Limits) -> None:
        super().__init__(_unpacked(file), _HEADER)
        self._packed = file
        self._path = path
        self._limits = limits
        self._place = 0
        self.ended = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes. Raises ValueError for more than is sipped, UnreadableError beyond the limits."""
        content = super().read(size)
        self._place += len(content)
        self.ended = len(content) == tarfile.BLOCKSIZE and not any(content)
        check_size(self._place, self._packed.tell(), self._path)
        if self._place > self._limits.unpacked:
            raise broken(f"this archive unpacks to more than {megabytes(self._limits.unpacked)}", self._path)
        return content

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Read on up to `offset`."""
        if whence or offset < self._place:
            raise ValueError("its headers point backwards")
        while self._place < offset and self.read(min(_CHUNK, offset - self._place)):
            pass
        return self._place

    def tell(self) -> int:
        """Return the place."""
        return self._place


def _unpacked(file: BinaryIO) -> BinaryIO:
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if start.startswith(b"BZh"):
        return cast("BinaryIO", bz2.BZ2File(file))
    if start == b"\xfd7zXZ\0":
        return cast("BinaryIO", _Xz(file))
    return file


class _Xz(io.RawIOBase):
    """An xz file, unpacked with a bound on memory, which lzma's own file lacks."""

    def __init__(self, file: BinaryIO) -> None:
        self._packed = file
        self._unpacker = lzma.LZMADecompressor(memlimit=_DICTIONARY)

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, fewer at the end alone."""
        parts: list[bytes] = []
        while size > 0 and (part := self._some(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _some(self, size: int) -> bytes:
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data.lstrip(b"\0") or self._packed.read(_CHUNK).lstrip(b"\0")
                if not rest:
                    return b""
                self._unpacker = lzma.LZMADecompressor(memlimit=_DICTIONARY)
            else:
                rest = self._packed.read(_CHUNK) if self._unpacker.needs_input else b""
                if self._unpacker.needs_input and not rest:
                    raise EOFError("it is cut off")
            if part := self._unpacker.decompress(rest, size):
                return part
