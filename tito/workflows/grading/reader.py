"""A confined process that reads strangers' files for `tito similar`: bytes in, passages and code out, and no more.

It is told which hashes tell nothing, then reads one file after another from its standard input. Every message is
counted before it is read, on both sides.
"""

import json
import struct
import sys
from collections.abc import Collection
from typing import BinaryIO, Final

from tito.errors import TitoError
from tito.model.document import Kind
from tito.sandbox.access import Access
from tito.sandbox.levels import Layer
from tito.similarity.passages import Passage, passages
from tito.source import parse
from tito.source.magics import without_magics

# `-P`: nothing is imported that lies in the folder at hand.
COMMAND: Final = (sys.executable, "-P", "-c", f"import sys; from {__name__} import main; main(sys.argv[1])")
SIZE: Final = struct.Struct("<II")
PASSAGE: Final = struct.Struct("<QII")
LONGEST: Final = 256 << 10
MOST: Final = 40_000
_SAMPLES: Final = {
    "a.py": b'# %% nbgrader={"grade": false, "grade_id": "a", "solution": true}\nx = 1  # coding\n',
    "a.ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
}
_CPU: Final = 600
_MEMORY: Final = 1024


def main(setting: str) -> None:
    """Confine this process to nothing but its standard streams, then read until they end."""
    told = json.loads(setting)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    # What reading imports on the way is there before nothing can be opened any more.
    for name, sample in _SAMPLES.items():
        _code(sample, name)
    _confine(told["layers"], told["scratch"], told["parent"])
    ignored = frozenset(each for (each,) in struct.iter_unpack("<Q", _exactly(source, _count(source))))
    while True:
        try:
            length, notebook = SIZE.unpack(_exactly(source, SIZE.size))
        except EOFError:
            return
        sink.write(_answer(_exactly(source, length), "a.ipynb" if notebook else "a.py", ignored))
        sink.flush()


def _confine(layers: Collection[str], scratch: str, parent: int) -> None:
    if not layers:
        return
    from tito.sandbox.confine import Cell, confine  # noqa: PLC0415 - it needs what Windows lacks
    from tito.sandbox.limits import Limits  # noqa: PLC0415

    nothing = Access((), (), ())
    limits = Limits(cpu=_CPU, memory=_MEMORY, file=1, files=16, threads=1)
    confine([Layer(each) for each in layers], Cell(scratch, nothing, (), parent, limits))


def _answer(content: bytes, name: str, ignored: Collection[int]) -> bytes:
    try:
        text = _code(content, name)[:LONGEST]
        found = passages(text, ignored)[:MOST]
    except (TitoError, RecursionError, MemoryError, ValueError):
        text, found = "", []
    body = text.encode("utf-8", "replace")
    return SIZE.pack(len(found), len(body)) + b"".join(map(_packed, found)) + body


def _packed(each: Passage) -> bytes:
    return PASSAGE.pack(each.hash, each.first, each.last)


def _code(content: bytes, name: str) -> str:
    """Return the code of a file, cell by cell, without magics."""
    document = parse(content, name, lenient=True)
    cells = (without_magics(cell.source)[0] for cell in document.cells if cell.kind is Kind.CODE)
    return "\n\n".join(cells) + "\n"


def _count(source: BinaryIO) -> int:
    return SIZE.unpack(_exactly(source, SIZE.size))[0]  # type: ignore[no-any-return]


def _exactly(source: BinaryIO, length: int) -> bytes:
    content = source.read(length)
    if len(content) < length:
        raise EOFError
    return content


def unpacked(head: bytes, body: bytes) -> tuple[list[Passage], str]:
    """Return what an answer holds. Raises ValueError for one that no reader gives."""
    count, length = SIZE.unpack(head)
    if len(body) != count * PASSAGE.size + length:
        raise ValueError("an answer of another length")
    found = [Passage(*each) for each in PASSAGE.iter_unpack(body[: count * PASSAGE.size])]
    text = body[count * PASSAGE.size :].decode("utf-8", "replace")
    last = text.count("\n") + 1
    if any(not 0 < each.first <= each.last <= last for each in found):
        raise ValueError("a passage outside of its text")
    return found, text


def size_of(head: bytes) -> int:
    """Return how long the rest of an answer is. Raises ValueError beyond what a reader gives."""
    count, length = SIZE.unpack(head)
    # A character takes four bytes at most.
    if count > MOST or length > LONGEST * 4:
        raise ValueError("an answer that is too long")
    return count * PASSAGE.size + length  # type: ignore[no-any-return]


def first_message(ignored: Collection[int]) -> bytes:
    """Return the message that comes first: the hashes that tell nothing."""
    body = b"".join(struct.pack("<Q", each) for each in sorted(ignored))
    return SIZE.pack(len(body), 0) + body
