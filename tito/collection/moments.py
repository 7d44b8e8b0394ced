"""When a member of an archive was changed, and when something was handed in, as archives and nbgrader have it."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    import tarfile
    import zipfile

# Info-ZIP's extended timestamp: flags, then the time of change in seconds since 1970, in UTC.
_EXTENDED: Final = 0x5455
# What tools write that know no time.
_NEVER: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a zip has no zone


def of_zip(entry: "zipfile.ZipInfo") -> datetime | None:
    """Return a member's time: in UTC where the zip has that, else as a clock on the wall showed it."""
    for number, field in _fields(entry.extra):
        if number == _EXTENDED and len(field) >= 5 and field[0] & 1:  # noqa: PLR2004 - flags and four bytes
            return _since_1970(struct.unpack_from("<i", field, 1)[0])
    try:
        moment = datetime(*entry.date_time)  # noqa: DTZ001 - a zip has no zone
    except ValueError:
        return None
    return None if moment == _NEVER else moment


def of_tar(entry: "tarfile.TarInfo") -> datetime | None:
    """Return a member's time, in UTC."""
    return _since_1970(entry.mtime)


def stamp(text: str) -> datetime | None:
    """Return the time that nbgrader writes, such as 2015-02-02 15:58:23.948203 America/Los_Angeles; none is UTC."""
    date, _, rest = text.partition(" ")
    clock, _, zone = rest.strip().partition(" ")
    try:
        moment = datetime.fromisoformat(f"{date} {clock}".strip())
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone.strip() or "UTC"))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, place)
        place += 4
        yield number, extra[place : place + length]
        place += length


def _since_1970(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
