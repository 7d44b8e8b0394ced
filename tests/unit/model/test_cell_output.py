"""Which bytes are a picture that a page may hold."""

import struct
import zlib

import pytest

from tito.model.cell_output import MOST_BYTES, png_size

END = (b"IEND", b"")


def head(width=2, height=2, depth=8, colour=2, *method):
    return b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, *(method or (0, 0, 0)))


def pixels(count=14):
    return b"IDAT", zlib.compress(bytes(count))


def png(*chunks, damage=0):
    packed = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data) ^ damage)
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + packed


GOOD = png(head(), (b"tEXt", b"Software\0test"), pixels(), END)


def test_a_whole_picture_has_its_size():
    assert png_size(GOOD) == (2, 2)
    assert png_size(png(head(9, 3, 1, 0), pixels(9), END)) == (9, 3)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + GOOD,
        GOOD[:-1],
        GOOD + b"\0",
        GOOD + b"<script>",
        GOOD[:8],
        GOOD[:16],
        png(head(), pixels(), END, damage=1),
        png(pixels(), head(), END),
        png(head(), pixels()),
        png(head(), head(), pixels(), END),
        png(head(), pixels(), END, END),
        png(head(), END),
        png(head(), pixels(13), END),
        png(head(), pixels(15), END),
        png(head(), (b"IDAT", b"no zlib"), END),
        png(head(0, 2), pixels(), END),
        png(head(4_001, 1, 1, 0), pixels(502), END),
        png(head(4_000, 4_000), pixels(), END),
        png(head(2, 2, 3), pixels(), END),
        png(head(2, 2, 8, 5), pixels(), END),
        png(head(2, 2, 8, 2, 0, 0, 1), pixels(), END),
        png(head(), (b"iCCP", b"x\0\0" + zlib.compress(bytes(1 << 20))), pixels(), END),
        png(head(), (b"acTL", bytes(8)), pixels(), END),
        png(head(2, 2, 8, 2), pixels(1 << 24), END),
        png(head(), (b"tEXt", bytes(MOST_BYTES)), pixels(), END),
        b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR",
    ],
)
def test_what_lies_about_itself_is_no_picture(content):
    assert png_size(content) is None
