"""Whether tito runs in a container that keeps submissions from the machine around it."""

import socket
from pathlib import Path
from typing import Final

# What Docker, podman and systemd-nspawn put into a container.
_MARKS: Final = (".dockerenv", "run/.containerenv", "run/systemd/container")
_LOOPBACK: Final = {"lo"}


# The inode of the first namespace of processes, PROC_PID_INIT_INO of <linux/proc_ns.h>: a machine's own.
_MACHINES: Final = 0xEFFFFFFC


def found(root: Path = Path("/")) -> bool:
    """Whether this is a container: it has processes of its own and its engine's mark, which alone proves nothing."""
    try:
        own = (root / "proc/self/ns/pid").stat().st_ino != _MACHINES
    except OSError:
        return False
    return own and any((root / each).exists() for each in _MARKS)


def refused(root: Path = Path("/"), interfaces: set[str] | None = None) -> str:
    """Return why the container around tito confines nothing, or "" where it does: it is there, without a network."""
    if not found(root):
        return "tito does not run in one"
    names = {name for _, name in socket.if_nameindex()} if interfaces is None else interfaces
    if names - _LOOPBACK:
        return f"it has a network ({', '.join(sorted(names - _LOOPBACK))}); start it with --network none"
    return ""
