"""Times of archives' members: in UTC where the archive has that, a wall's clock where not, and nothing for nonsense."""

import io
import struct
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest

from tito.collection.archive import CLASS, open_archive
from tito.collection.moments import of_tar, of_zip


def entry(date_time=(2026, 10, 1, 12, 30, 2), extra=b""):
    made = zipfile.ZipInfo("a.py", (1980, 1, 1, 0, 0, 0))
    made.date_time, made.extra = date_time, extra
    return made


UTC_FIELD = struct.pack("<HHBi", 0x5455, 5, 1, 1_790_000_000)
OTHER_FIELD = struct.pack("<HHI", 0x7875, 4, 7)
ZIPS = {
    "a wall's clock": (entry(), datetime(2026, 10, 1, 12, 30, 2)),  # noqa: DTZ001 - a zip has no zone
    "in UTC": (entry(extra=UTC_FIELD), datetime.fromtimestamp(1_790_000_000, UTC)),
    "in UTC behind another": (entry(extra=OTHER_FIELD + UTC_FIELD), datetime.fromtimestamp(1_790_000_000, UTC)),
    "no change time in it": (entry(extra=struct.pack("<HHBi", 0x5455, 5, 2, 1)), datetime(2026, 10, 1, 12, 30, 2)),  # noqa: DTZ001
    "never": (entry((1980, 1, 1, 0, 0, 0)), None),
    "no such month": (entry((2026, 13, 1, 0, 0, 0)), None),
    "before 1970": (entry(extra=struct.pack("<HHBi", 0x5455, 5, 1, -1)), None),
    "cut off": (entry(extra=b"\x55\x54\xff\xff\x01"), datetime(2026, 10, 1, 12, 30, 2)),  # noqa: DTZ001
}


@pytest.mark.parametrize(("member", "moment"), ZIPS.values(), ids=ZIPS)
def test_a_zips_time(member, moment):
    assert of_zip(member) == moment


@pytest.mark.parametrize(
    ("seconds", "moment"),
    [
        (1e9, datetime.fromtimestamp(1e9, UTC)),
        (-5, None),
        (0, None),
        (1, datetime.fromtimestamp(1, UTC)),
        (1e30, None),
        (float("nan"), None),
    ],
)
def test_a_tars_time(seconds, moment):
    member = tarfile.TarInfo("a.py")
    member.mtime = seconds
    assert of_tar(member) == moment


def test_an_archives_entry_knows_its_time():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as made:
        member = tarfile.TarInfo("ann/a.py")
        member.size, member.mtime = 3, 1_000_000_000
        made.addfile(member, io.BytesIO(b"a=1"))
    root, _ = open_archive(packed, "c.tar", CLASS)
    assert root.children()[0].children()[0].modified == datetime.fromtimestamp(1e9, UTC)
