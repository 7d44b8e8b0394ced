"""What a process gives up: gaining privileges, capabilities, being looked into, outliving its parent, its user."""

import contextlib
import ctypes
import os
import re
import signal
import struct
import zlib
from typing import Final

from tito.sandbox.syscalls import syscall

# <linux/prctl.h>
_SET_PDEATHSIG, _SET_DUMPABLE, _SET_KEEPCAPS, _SET_NO_NEW_PRIVS = 1, 4, 8, 38
_CAPABILITY_VERSION: Final = 0x20080522
_CAP_DAC_READ_SEARCH: Final = 1 << 2
_CLONE_NEWUSER: Final = 0x10000000
# The first kernel that counts a user's processes and threads apart in each namespace of users.
_COUNTS_APART: Final = (5, 14)
# systemd's range for users that last as long as a service: no person and no package has a number in it.
_FIRST_USER, _LAST_USER = 61_184, 65_519


def no_new_privileges() -> None:
    """Forbid the calling thread to gain privileges by what it executes, which Landlock and seccomp ask for."""
    syscall("prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def renounce(parent: int, *, searching: bool = False) -> None:
    """Give up all capabilities, be unreadable for other processes, and die with `parent`.

    `searching` keeps the one capability to read what the user's permissions hide (see `become`).
    A change of user undoes the last two, so it comes before.
    """
    _capabilities(_CAP_DAC_READ_SEARCH if searching else 0)
    syscall("prctl", _SET_DUMPABLE, 0, 0, 0, 0)
    die_with(parent)


def die_with(parent: int) -> None:
    """Let the calling process be killed when `parent` ends, or now where it has."""
    syscall("prctl", _SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def become(user: int, scratch: str, *, searching: bool) -> None:
    """Change from root to a user of its own, who owns `scratch` and nothing else.

    An interpreter below /root cannot be read by anyone else; `searching` keeps the capability to read in spite of
    permissions for that, so that Landlock alone says what is read, as it does for an ordinary user.
    """
    os.chown(scratch, user, user)
    syscall("prctl", _SET_KEEPCAPS, int(searching), 0, 0, 0)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    if searching:
        _capabilities(_CAP_DAC_READ_SEARCH)


def counted_apart() -> bool:
    """Move to a namespace of users in which this process is alone, so that its threads can be counted; say whether.

    It keeps its user and gains nothing outside; what it may do within is given up by `renounce`. Not every system
    lets an ordinary user have one.
    """
    user, group = os.geteuid(), os.getegid()
    kernel = tuple(int(each) for each in re.findall(r"\d+", os.uname().release)[:2])
    if kernel < _COUNTS_APART:
        return False
    try:
        syscall("unshare", _CLONE_NEWUSER)
    except OSError:
        return False
    # Otherwise it would own its files by a number that is nobody's.
    with contextlib.suppress(OSError):
        for name, text in (("uid_map", f"{user} {user} 1"), ("setgroups", "deny"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
    return True


def own_user(scratch: str) -> int:
    """Return the number of the user who runs in `scratch`, whose name is random: hardly ever one of two at once."""
    return _FIRST_USER + zlib.crc32(scratch.encode()) % (_LAST_USER - _FIRST_USER + 1)


def _capabilities(kept: int) -> None:
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION, 0))
    # Effective, permitted, inheritable; twice, for 64 capabilities.
    syscall("capset", header, struct.pack("6I", kept, kept, 0, 0, 0, 0))
