"""A worker's process and the socket that leads to it; one may be begun before it is known what it is for."""

import atexit
import contextlib
import os
import socket
import subprocess
from collections.abc import Sequence
from typing import Any

Begun = tuple["subprocess.Popen[bytes]", socket.socket]

_AHEAD: dict[tuple[tuple[str, ...], int], Begun] = {}


def begun(command: Sequence[str], seed: int) -> Begun:
    """Return a process that was started by `command` with the number of its end of the socket behind it.

    It is the one begun ahead, where there is one; any other is ended. `seed` is that of its hashes. Raises OSError
    where none can start.
    """
    found = _AHEAD.pop((tuple(command), seed), None)
    _end()
    return found or _begin(command, seed)


def begin_ahead(command: Sequence[str], seed: int) -> None:
    """Begin what is going to be asked for, while this process loads itself; what is not ends with it."""
    with contextlib.suppress(OSError):
        _AHEAD[tuple(command), seed] = _begin(command, seed)


def started(command: Sequence[str], seed: int, **given: Any) -> "subprocess.Popen[bytes]":
    """Start a process by `command`; `given` says what it inherits. Raises OSError where it cannot start."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and text
        command,
        stdout=subprocess.DEVNULL,
        # A set of strings has one order on both sides of the wire, and in every run.
        env=os.environ | {"PYTHONHASHSEED": str(seed)},
        # Ctrl-C reaches every process of a terminal's group; it is the coordinator that ends the others.
        start_new_session=True,
        **given,
    )


def _begin(command: Sequence[str], seed: int) -> Begun:
    ours, theirs = socket.socketpair()
    with theirs:
        number = theirs.fileno()
        try:
            return started([*command, str(number)], seed, stdin=subprocess.DEVNULL, pass_fds=[number]), ours
        except OSError:
            ours.close()
            raise


@atexit.register
def _end() -> None:
    while _AHEAD:
        _, (each, link) = _AHEAD.popitem()
        link.close()
        each.kill()
        each.wait()
