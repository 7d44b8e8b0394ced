"""What a cell showed when it ran, or what a file says that it showed, and the pictures that may be shown of it."""

import struct
import zlib
from typing import Final

from tito.records import dataclass

MOST_TEXT: Final = 8_000
MOST_PICTURES: Final = 4
MOST_BYTES: Final = 512 << 10

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_SIDE: Final = 4_000
_AREA: Final = 4 << 20
# Samples of one pixel by colour type, with the depths that each may have (PNG, third edition, table 8).
_SAMPLES: Final = {0: (1, {1, 2, 4, 8, 16}), 2: (3, {8, 16}), 3: (1, {1, 2, 4, 8}), 4: (2, {8, 16}), 6: (4, {8, 16})}
# None of these unpacks to more than it says, moves, or names another place.
_KNOWN: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"tEXt"})


@dataclass(frozen=True, slots=True)
class CellOutput:
    """What one cell showed: `text` that it printed, the `value` that it ended in, `error`, and PNG `pictures`.

    `label` and `line` say where the cell stands, as its code does. `criteria` are those whose answer it is part of,
    "" among them for the student's own code. `left_out` counts pictures that are not here.
    """

    label: str
    line: int = 1
    text: str = ""
    value: str = ""
    error: str = ""
    pictures: tuple[bytes, ...] = ()
    left_out: int = 0
    criteria: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not (self.text or self.value or self.error or self.pictures or self.left_out)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the cells of one answer showed when tito `ran` them, and what the file `says` otherwise.

    `asked` is whether they were: work that was judged before a person had to grade anything was not.
    """

    ran: tuple[CellOutput, ...] = ()
    says: tuple[CellOutput, ...] = ()
    asked: bool = False


def png_size(content: bytes) -> tuple[int, int] | None:
    """Return a PNG's width and height; None for what is none, is damaged, too large or holds anything besides.

    Its chunks are walked and its pixels counted, but never drawn: what a browser is given is as large as it says.
    """
    if not content.startswith(_SIGNATURE) or len(content) > MOST_BYTES:
        return None
    try:
        chunks = _chunks(content)
        (first, head), *_ = chunks
        width, height, depth, colour, *method = struct.unpack(">IIBBBBB", head)
        samples, depths = _SAMPLES[colour]
    except (ValueError, KeyError, struct.error):
        return None
    names = [name for name, _ in chunks]
    fits = 0 < width <= _SIDE and 0 < height <= _SIDE and width * height <= _AREA
    ordered = first == b"IHDR" and names.count(b"IHDR") == names.count(b"IEND") == 1 and names[-1] == b"IEND"
    # Neither another compression or filter than PNG's one, nor interlaced.
    if not (fits and ordered and depth in depths and not any(method)):
        return None
    pixels = b"".join(data for name, data in chunks if name == b"IDAT")
    wanted = height * (1 + (width * depth * samples + 7) // 8)
    return (width, height) if _unpacked(pixels, wanted + 1) == wanted else None


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks by name. Raises ValueError where one is damaged or of no known name."""
    found, at = [], len(_SIGNATURE)
    while at < len(content):
        size, name = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + size
        data = content[at + 8 : end - 4]
        if end > len(content) or name not in _KNOWN:
            raise ValueError("no chunk")
        if zlib.crc32(name + data) != int.from_bytes(content[end - 4 : end]):
            raise ValueError("a damaged chunk")
        found.append((name, data))
        at = end
    return found


def _unpacked(content: bytes, most: int) -> int:
    """Return how many bytes there are in a zlib stream, counted up to `most`; -1 for none."""
    stream = zlib.decompressobj()
    try:
        return len(stream.decompress(content, most))
    except zlib.error:
        return -1
