"""Which shared libraries extension modules need: what the dynamic linker would open when one is imported."""

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final

# <elf.h>, 64 bits, little-endian.
_MAGIC: Final = b"\x7fELF\x02\x01"
_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_NEEDED, _DT_STRTAB, _DT_STRSZ, _DT_RPATH, _DT_RUNPATH = 1, 5, 10, 15, 29
_DEFAULT: Final = ("/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib")
CACHE: Final = "/etc/ld.so.cache"


@dataclass(frozen=True, slots=True)
class Dynamic:
    """What an object says to the linker: the libraries that it needs, and where to look for them first."""

    needed: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def needed(objects: Iterable[str], mapped: Iterable[str] = ()) -> set[str]:
    """Return the files that `objects` need, directly or by another library.

    `mapped` are the files that this process has loaded: libraries of the same folders are found there. What cannot
    be found is left out: whether it is needed at all shows when it is imported.
    """
    named = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    folders = tuple(filter(None, dict.fromkeys((*named, *map(os.path.dirname, mapped), *_DEFAULT))))
    found: set[str] = set()
    waiting, seen = list(objects), set[tuple[str, tuple[str, ...]]]()
    usual = cache(lambda name: _find(name, folders))
    while waiting:
        said = dynamic(waiting.pop())
        for name in said.needed:
            if (name, said.places) in seen:
                continue
            seen.add((name, said.places))
            path = _find(name, said.places) or usual(name)
            if path and path not in found:
                found.add(path)
                waiting.append(path)
    return found


def mapped() -> set[str]:
    """Return the shared libraries that this process has loaded."""
    lines = Path("/proc/self/maps").read_text("utf-8", "replace").splitlines()
    paths = {line.split(maxsplit=5)[-1] for line in lines if "/" in line}
    return {path for path in paths if ".so" in path.rpartition("/")[2]}


def dynamic(path: str) -> Dynamic:
    """Read an object's dynamic section; a file that is none, or is damaged, needs nothing."""
    try:
        with open(path, "rb") as file:
            return _read(file, os.path.dirname(path)) if file.read(6) == _MAGIC else Dynamic()
    except (OSError, ValueError, struct.error):
        return Dynamic()


def _read(file: BinaryIO, origin: str) -> Dynamic:
    segments = list(_segments(file))
    entries = [entry for kind, *place in segments if kind == _PT_DYNAMIC for entry in _entries(file, *place)]
    tags = dict(entries)
    if _DT_STRTAB not in tags:
        return Dynamic()
    file.seek(_offset(segments, tags[_DT_STRTAB]))
    strings = file.read(tags[_DT_STRSZ])

    def text(at: int) -> str:
        return strings[at : strings.index(b"\0", at)].decode("utf-8", "replace")

    places = [text(value) for tag, value in entries if tag in {_DT_RPATH, _DT_RUNPATH}]
    folders = [each.replace("${ORIGIN}", origin).replace("$ORIGIN", origin) for each in ":".join(places).split(":")]
    return Dynamic(tuple(text(value) for tag, value in entries if tag == _DT_NEEDED), tuple(filter(None, folders)))


def _entries(file: BinaryIO, offset: int, _: int, size: int) -> Iterator[tuple[int, int]]:
    file.seek(offset)
    return struct.iter_unpack("<qQ", file.read(size))


def _offset(segments: Iterable[tuple[int, int, int, int]], address: int) -> int:
    for kind, offset, start, size in segments:
        if kind == _PT_LOAD and start <= address < start + size:
            return offset + address - start
    raise struct.error("no segment holds this address")


def _segments(file: BinaryIO) -> Iterator[tuple[int, int, int, int]]:
    """Yield kind, offset in the file, address and size in the file."""
    file.seek(32)
    (table,) = struct.unpack("<Q", file.read(8))
    file.seek(54)
    size, count = struct.unpack("<HH", file.read(4))
    file.seek(table)
    for header in struct.iter_unpack(f"<II3QQ{size - 40}x", file.read(size * count)):
        kind, _, offset, address, _, length = header
        yield kind, offset, address, length


def _find(name: str, folders: Iterable[str]) -> str:
    paths = (f"{folder}/{name}" for folder in folders)
    return next((os.path.realpath(path) for path in paths if os.path.isfile(path)), "")
