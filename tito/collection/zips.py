"""Zip archives: the directory is checked first, then the members that can be submissions are read."""

import stat
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO, Final, cast

from tito.collection.members import Limits, Member, Room, Sips, broken, check_count, check_size, why
from tito.collection.moments import of_zip
from tito.collection.tree import KINDS, Kind

_ENCRYPTED: Final = 0x1
_UTF_8: Final = 0x800
# zipfile reads a directory in one go: of 46 bytes or more for each entry.
_DIRECTORY: Final = 8 << 20
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def members(file: BinaryIO, path: str, limits: Limits) -> Iterator[Member]:
    """Yield a zip's members. Raises UnreadableError where it is none, or breaks a limit."""
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", Sips(file, _DIRECTORY)))
    except Exception as fault:  # noqa: BLE001 - zipfile raises seven families of exceptions on broken files
        raise broken(f"this is not a zip that can be read ({why(fault)})", path) from None
    entries = archive.infolist()
    check_count(len(entries), limits, path)
    check_size(sum(each.file_size for each in entries), file.seek(0, 2), path)
    room = Room(limits, path)
    for entry in entries:
        yield room.kept(_member(archive, entry, room))


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: Room) -> Member:
    name, kind = _name(entry), _kind(entry)
    if kind is not Kind.FILE:
        return Member(name, kind)
    limit = room.limit(name)
    if entry.flag_bits & _ENCRYPTED:
        return Member(name, kind, "it is encrypted")
    if entry.compress_type not in _METHODS:
        return Member(name, kind, "it is packed by a method that is not read: pack it as a plain zip")
    if entry.file_size > limit:
        return Member(name, kind, room.too_large(name, entry.file_size))
    try:
        with archive.open(entry) as file:
            return Member(name, kind, held=file.read(limit), modified=of_zip(entry))
    except Exception as fault:  # noqa: BLE001 - likewise of a member
        return Member(name, kind, f"it cannot be unpacked ({why(fault)})")


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name as it was meant: macOS writes UTF-8 without saying so."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF_8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _kind(entry: zipfile.ZipInfo) -> Kind:
    mode = stat.S_IFMT(entry.external_attr >> 16)
    if mode:
        return KINDS.get(mode, Kind.OTHER)
    return Kind.FOLDER if entry.filename.endswith("/") else Kind.FILE
