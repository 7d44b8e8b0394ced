"""What this system lacks of that by which judges and subjects are forked; where it lacks any, both are started anew.

That is the portable path: Windows and macOS take it, and so does whoever sets TITO_PORTABLE=1.
"""

import importlib.util
import os
import select
import signal
import socket
import sys
from functools import cache
from types import ModuleType
from typing import Final

PORTABLE: Final = "TITO_PORTABLE"
_NEEDED: Final[tuple[tuple[ModuleType, tuple[str, ...]], ...]] = (
    (os, ("fork", "setsid", "getuid", "killpg", "O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC")),
    (signal, ("SIGKILL", "SIGUSR1", "setitimer")),
    # Who is at the other end of a socket, with its process, only Linux says.
    (socket, ("AF_UNIX", "SCM_RIGHTS", "SO_PASSCRED", "SCM_CREDENTIALS", "MSG_NOSIGNAL")),
    (select, ("poll",)),
)
_MODULES: Final = ("resource", "fcntl")
MARK: Final = ", portable"
_SYSTEMS: Final = {"darwin": "macOS", "win32": "Windows"}
_SOME: Final = 2
_OFF: Final = {"", "0"}


@cache
def lacking() -> tuple[str, ...]:
    """Return the names of what this system has not."""
    names = [f"{module.__name__}.{name}" for module, found in _NEEDED for name in found if not hasattr(module, name)]
    names += [name for name in _MODULES if not _importable(name)]
    return (*names, *(() if os.open in os.supports_dir_fd else ("dir_fd",)))


def portable() -> bool:
    """Whether judges and subjects are started anew: where something is lacking, or where it is forced."""
    return bool(lacking()) or os.environ.get(PORTABLE, "") not in _OFF


def reason() -> str:
    """Return why nothing is forked here."""
    found, system = lacking(), _SYSTEMS.get(sys.platform, "this system")
    if not found:
        return f"{PORTABLE} is set, so that nothing is forked that could confine itself"
    more = f" and {len(found) - _SOME} more" if len(found) > _SOME else ""
    return f"{system} lacks {', '.join(found[:_SOME])}{more}, so that nothing is forked that could confine itself"


def with_path(level: str) -> str:
    """Return a level's name as reports say it: with the path, where that is the portable one."""
    return f"{level}{MARK}" if portable() else level


def _importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
