"""What a confined process may read: the standard library, named packages, and the libraries that these need."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tito.sandbox import landlock, libraries

# Folders within the standard library's that hold other packages: an editable install there leads to a course.
_OTHERS: Final = frozenset({"site-packages", "dist-packages"})
_NO_CODE: Final = frozenset({"__pycache__", "tests", "include"})
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full")
# Where libraries look for others that are loaded, to tell them how many threads to take.
_OWN_MAPS: Final = "/proc/self/maps"
_SOURCES: Final = (
    "/dev/urandom",
    "/dev/random",
    "/sys/fs/cgroup/cpu.max",
    "/sys/fs/cgroup/cpu/cpu.cfs_quota_us",
    "/sys/fs/cgroup/cpu/cpu.cfs_period_us",
    "/usr/share/zoneinfo",
    "/usr/lib/locale",
    libraries.CACHE,
)


@dataclass(frozen=True, slots=True)
class Access:
    """What may be read.

    `exact` names it; `folders` are the few that hold all of it, for a rule each. Of those `listed`, the names of what
    is in them may be read, without which nothing is imported from them.
    """

    exact: tuple[str, ...]
    folders: tuple[str, ...]
    listed: tuple[str, ...]


def access(standard: Iterable[str], packages: Iterable[str]) -> Access:
    """Return what a process needs that imports from the folders `standard` and the `packages`, folders or files."""
    standard, packages = [each for each in standard if os.path.isdir(each)], list(packages)
    inner = [entry for folder in standard for entry in _entries(folder)]
    objects = [path for place in packages for path in _objects(place)]
    objects += [path for path in inner if path.endswith(".so")]
    shared = libraries.needed(objects, libraries.mapped())
    sources = [each for each in _SOURCES if os.path.exists(each)]
    exact = (*inner, *packages, *sorted(shared), *sources)
    folders = {*standard, *packages, *(os.path.dirname(each) for each in shared), *sources}
    return Access(exact, tuple(sorted(folders)), tuple(standard))


def restrict(shared: Iterable[int], wide: Access, scratch: str, abi: int, *, keeping: bool = False) -> None:
    """Bind the calling thread to reading what `wide` names and to writing in `scratch`, `keeping` the folders in it.

    Two rulesets, for speed: the `shared` one holds hundreds of rules, is made once by `exact` and is the same for
    every process; the other one keeps each out of its neighbours' scratch.
    """
    own = landlock.everything(abi)
    for path in wide.folders:
        landlock.allow(own, path, landlock.READ, abi)
    for path in _DEVICES:
        landlock.allow(own, path, landlock.DEVICE, abi)
    landlock.allow(own, _OWN_MAPS, landlock.READ_FILE, abi)
    landlock.allow(own, scratch, landlock.KEPT if keeping else landlock.SCRATCH, abi)
    for ruleset in (*shared, own):
        landlock.restrict(ruleset, abi)


def exact(wide: Access, scratches: str) -> int:
    """Return the ruleset of what may be read by every process whose scratch folder lies in `scratches`."""
    abi = landlock.version()
    ruleset = landlock.reads(abi)
    for path in (*wide.exact, *_DEVICES):
        landlock.allow(ruleset, path, landlock.READ)
    for path in wide.listed:
        landlock.allow(ruleset, path, landlock.READ_DIR)
    # Which process's own it is, the ruleset of each says.
    landlock.allow(ruleset, "/proc", landlock.READ_FILE)
    landlock.allow(ruleset, scratches, landlock.READ | landlock.REFER, abi)
    return ruleset


def public(paths: Iterable[str]) -> bool:
    """Whether every user may read all of `paths`, as far as permissions say: not so below /root."""
    return all(map(_public, paths))


def _entries(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        yield from (entry.path for entry in entries if entry.name not in _OTHERS)


def _objects(place: str) -> Iterator[str]:
    """Yield the extension modules in a package, however deep, or a file that is one."""
    if os.path.isfile(place):
        yield place
    for parent, folders, files in os.walk(place):
        folders[:] = [each for each in folders if each not in _NO_CODE]
        yield from (os.path.join(parent, name) for name in files if name.endswith(".so"))


def _public(path: str) -> bool:
    while True:
        try:
            mode = os.stat(path).st_mode
        except OSError:
            return False
        wanted = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(mode) else 0)
        if mode & wanted != wanted:
            return False
        parent = os.path.dirname(path)
        if parent == path:
            return True
        path = parent
