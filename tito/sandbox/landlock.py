"""Landlock: which files a process may read and write, and which processes it may signal.

See landlock(7). A ruleset handles rights; what is handled is refused unless a rule allows it. Rulesets add up: what
one refuses, no later one allows. They bind the calling thread and what it starts.
"""

import os
import stat
import struct
from typing import Final

from tito.sandbox.syscalls import syscall

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
REFER, _TRUNCATE, _IOCTL_DEV, _RESOLVE_UNIX = 1 << 13, 1 << 14, 1 << 15, 1 << 16
READ: Final = READ_FILE | READ_DIR
# Regular files and folders only: no link, pipe, socket or device can be made in scratch.
SCRATCH: Final = READ | WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | REFER | _TRUNCATE
# The same, where folders stay in their places.
KEPT: Final = SCRATCH & ~_REMOVE_DIR
DEVICE: Final = READ_FILE | WRITE_FILE | _TRUNCATE
_OF_FILES: Final = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL_DEV | _RESOLVE_UNIX
_FIRST: Final = (1 << 13) - 1
_TCP: Final = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS: Final = 0b11

# The newest ABI whose rights are handled here, and which ABI brought what. The eighth can bind all of a process's
# threads at once, of which a subject has one.
NEWEST: Final = 9
_REFER_ABI, _TRUNCATE_ABI, _NET_ABI, _IOCTL_ABI, _SCOPE_ABI, _LOG_ABI, _UNIX_ABI = 2, 3, 4, 5, 6, 7, 9
_VERSION, _PATH_BENEATH = 1, 1
# What a submission tries in vain, again and again, is not for the system's log.
_LOG_NOTHING: Final = 1


def version() -> int:
    """Return the kernel's ABI. Raises OSError where it has no Landlock or has it switched off."""
    return syscall("landlock_create_ruleset", None, 0, _VERSION)


def reads(abi: int) -> int:
    """Return a ruleset that handles reading and executing, and allows nothing.

    Moving files between folders is refused by every ruleset that does not allow it, so this one handles that too.
    """
    return _create(struct.pack("Q", READ | EXECUTE | REFER & _handled(abi)))


def everything(abi: int) -> int:
    """Return a ruleset that handles all that an ABI knows, and allows nothing."""
    fields = [_handled(abi)]
    if abi >= _NET_ABI:
        fields.append(_TCP)
    if abi >= _SCOPE_ABI:
        fields.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    return _create(struct.pack(f"{len(fields)}Q", *fields))


def allow(ruleset: int, path: str, rights: int, abi: int = 1) -> None:
    """Allow `rights`, as far as an ABI knows them, below a folder or on a file; a path that is not there is nothing.

    The path may be a symbolic link: the rule is for what it leads to.
    """
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        # A rule for a file that names a right of folders is refused.
        fitting = rights if stat.S_ISDIR(os.fstat(place).st_mode) else rights & _OF_FILES
        syscall("landlock_add_rule", ruleset, _PATH_BENEATH, struct.pack("=Qi", fitting & _handled(abi), place), 0)
    finally:
        os.close(place)


def restrict(ruleset: int, abi: int) -> None:
    """Bind the calling thread to a ruleset, for good, and close it. It must have set no_new_privs."""
    try:
        syscall("landlock_restrict_self", ruleset, _LOG_NOTHING if abi >= _LOG_ABI else 0)
    finally:
        os.close(ruleset)


def _handled(abi: int) -> int:
    rights = _FIRST
    later = {_REFER_ABI: REFER, _TRUNCATE_ABI: _TRUNCATE, _IOCTL_ABI: _IOCTL_DEV, _UNIX_ABI: _RESOLVE_UNIX}
    for since, right in later.items():
        rights |= right if abi >= since else 0
    return rights


def _create(attributes: bytes) -> int:
    # The kernel closes it in programs that this process starts.
    return syscall("landlock_create_ruleset", attributes, len(attributes), 0)
