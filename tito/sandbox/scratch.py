"""Remove what a subject leaves behind, whatever it has made of its folder."""

import contextlib
import os
from collections.abc import Iterator
from typing import Final

_FOLDER: Final = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def remove(path: str) -> None:
    """Remove a folder and all that is in it, as far as the system allows; follow no link.

    Folders may be nested deeper than any stack or path is long, and closed to their own owner: each is opened up and
    moved to the top before its parent goes.
    """
    with contextlib.suppress(OSError):
        top = os.open(path, os.O_RDONLY | _FOLDER)
        try:
            _empty(top)
        finally:
            os.close(top)
    with contextlib.suppress(OSError):
        os.rmdir(path)


def _empty(top: int) -> None:
    number = 0
    while folders := _unlinked(top):
        before = number
        for name in folders:
            with contextlib.suppress(OSError), _opened(name, top) as folder:
                for inner in _unlinked(folder):
                    _unlock(inner, folder)
                    os.rename(inner, f"tito-{number}", src_dir_fd=folder, dst_dir_fd=top)
                    number += 1
            with contextlib.suppress(OSError):
                os.rmdir(name, dir_fd=top)
        if number == before:
            return


def _unlinked(folder: int) -> list[str]:
    """Unlink whatever is no folder in an open folder, and return the names of those that are."""
    folders = []
    with os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                with contextlib.suppress(OSError):
                    os.unlink(entry.name, dir_fd=folder)
    return folders


@contextlib.contextmanager
def _opened(name: str, parent: int) -> Iterator[int]:
    _unlock(name, parent)
    folder = os.open(name, os.O_RDONLY | _FOLDER, dir_fd=parent)
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
