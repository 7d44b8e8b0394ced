"""A subject's scratch folder, whatever the subject has made of it: what it holds is measured, and it is removed.

Everything goes by descriptors, step by step, so that no link is followed; no path, stack or list of descriptors grows
with what is there. Where the system cannot open a folder within an open one, it goes by path, for people one trusts.
"""

import contextlib
import itertools
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from tito.sandbox.system import portable

_FLAGS: Final = ("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC")
_FOLDER: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in _FLAGS)
# Nobody's folders branch deeper; each level of that holds a descriptor while it is measured.
MAX_DEPTH: Final = 32
_BLOCK: Final = 512
_CHUNK: Final = 10_000
_FOREVER: Final = float("inf")
_MANY: Final = 1 << 60


def held(path: str) -> tuple[int, int]:
    """Return how many files and folders a folder holds that nobody writes into yet, and how many bytes of disk."""
    if portable():
        sizes = list(_sizes(path, _MANY))
        return len(sizes), sum(sizes)
    left = [_MANY, _MANY]
    with contextlib.suppress(OSError), _opened(path) as folder:
        _fits(folder, left, MAX_DEPTH)
    return _MANY - left[0], _MANY - left[1]


def fits(path: str, most_files: int, most_bytes: int) -> bool:
    """Say whether a folder holds no more than so many files and folders, and bytes of disk, and nests within bounds.

    It looks at no more than `most_files`, and may be asked while the folder is in use. Of a folder that nobody can
    enter, which nothing can be put into, only itself counts.
    """
    if portable():
        sizes = list(itertools.islice(_sizes(path, MAX_DEPTH), most_files + 1))
        return len(sizes) <= most_files and sum(sizes) <= most_bytes
    left = [most_files, most_bytes]
    with contextlib.suppress(OSError), _opened(path) as folder:
        return _fits(folder, left, MAX_DEPTH)
    return True


def remove(path: str, seconds: float = _FOREVER) -> bool:
    """Remove a folder and all that is in it, and say whether it is gone; it stops after so many seconds.

    What is left then, or what the system does not allow, is removed by whoever removes the folder around it.
    """
    if portable():
        if sys.version_info >= (3, 12):
            shutil.rmtree(path, onexc=_once_more)
        else:
            shutil.rmtree(path, onerror=_once_more)
        return not os.path.lexists(path)
    ends = time.monotonic() + seconds
    with contextlib.suppress(OSError, TimeoutError), _opened(path) as top:
        _empty(top, ends)
    with contextlib.suppress(OSError):
        os.rmdir(path)
    return not os.path.lexists(path)


def _fits(top: int, left: list[int], depth: int) -> bool:
    """Count what is in an open folder; `depth` bounds the folders that are open at once, one for each branching."""
    here = os.dup(top)
    try:
        folders = _counted(here, left)
        while folders:
            last = folders.pop()
            if not all(_branch_fits(name, here, left, depth) for name in folders):
                return False
            # Behind the last one nothing is left to do here, so that a deep folder holds no descriptors.
            here = _moved(here, last)
            folders = _counted(here, left)
    except OSError:
        # It is gone by now, or closed.
        return True
    finally:
        os.close(here)
    return folders is not None


def _counted(folder: int, left: list[int]) -> list[str] | None:
    """Count the entries of an open folder and return the names of folders; None where there is no more room."""
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                left[0] -= 1
                left[1] -= entry.stat(follow_symlinks=False).st_blocks * _BLOCK
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
            if min(left) < 0:
                return None
    return folders


def _branch_fits(name: str, parent: int, left: list[int], depth: int) -> bool:
    if not depth:
        return False
    with contextlib.suppress(OSError), _opened(name, parent) as folder:
        return _fits(folder, left, depth - 1)
    return True


def _empty(top: int, ends: float) -> None:
    """Empty an open folder, depth first: down by name and up by `..`, which must lead to where it came from."""
    here, folders = os.dup(top), _unlinked(top, ends)
    above: list[tuple[str, tuple[int, int], list[str]]] = []
    try:
        while folders or above:
            if time.monotonic() > ends:
                raise TimeoutError
            if not folders:
                name, place, folders = above.pop()
                here = _moved(here, "..")
                if _place(here) != place:
                    return
                _rmdir(name, here)
            elif not _rmdir(name := folders.pop(), here):
                _unlock(name, here)
                with contextlib.suppress(PermissionError):
                    place, here = _place(here), _moved(here, name)
                    above.append((name, place, folders))
                    folders = _unlinked(here, ends)
    finally:
        os.close(here)


def _unlinked(folder: int, ends: float) -> list[str]:
    """Unlink whatever is no folder in an open folder, and return the names of those that are."""
    folders = []
    with os.scandir(folder) as entries:
        while some := list(itertools.islice(entries, _CHUNK)):
            for entry in some:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                else:
                    with contextlib.suppress(OSError):
                        os.unlink(entry.name, dir_fd=folder)
            if time.monotonic() > ends:
                raise TimeoutError
    return folders


def _rmdir(name: str, parent: int) -> bool:
    try:
        os.rmdir(name, dir_fd=parent)
    except OSError:
        return False
    return True


def _moved(here: int, name: str) -> int:
    """Return what `name` is from an open folder, open in its stead."""
    there = os.open(name, _FOLDER, dir_fd=here)
    os.close(here)
    return there


def _place(folder: int) -> tuple[int, int]:
    found = os.fstat(folder)
    return found.st_dev, found.st_ino


@contextlib.contextmanager
def _opened(name: str, parent: int | None = None) -> Iterator[int]:
    folder = os.open(name, _FOLDER, dir_fd=parent)
    try:
        yield folder
    finally:
        os.close(folder)


def _unlock(name: str, parent: int) -> None:
    # By its descriptor, so that no link is followed; an O_PATH one can be had of a folder without any rights.
    with contextlib.suppress(OSError):
        folder = os.open(name, getattr(os, "O_PATH", os.O_RDONLY) | _FOLDER, dir_fd=parent)
        try:
            os.chmod(f"/proc/self/fd/{folder}", 0o700)
        finally:
            os.close(folder)


def _sizes(path: str, depth: int) -> Iterator[int]:
    """Give the size of each file and folder in a folder, however deep; one that is too deep has no end of a size."""
    with contextlib.suppress(OSError), os.scandir(path) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                yield entry.stat(follow_symlinks=False).st_size
                if entry.is_dir(follow_symlinks=False):
                    yield from _sizes(entry.path, depth - 1) if depth else (_MANY,)


def _once_more(do: Callable[[str], object], path: str, _: Any) -> None:
    """Do again what failed for a file that is read-only, which Windows keeps."""
    with contextlib.suppress(OSError):
        os.chmod(path, stat.S_IRWXU)
        do(path)
