"""Another's program that reads a stranger's text: confined as far as a process can be that has yet to be executed.

It cannot change its user, for it may lie where no other one reads, nor have the filter of system calls, which forbids
to execute anything. The rest is put on between fork and exec: Landlock, by which it reads itself and its libraries
and writes nothing, no capabilities, and limits.
"""

import contextlib
import glob
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tito.sandbox import landlock, libraries, limits, privileges

_LINKERS: Final = "/lib*/ld-*.so*"
_PART: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Said:
    """What a program wrote to its standard output, cut to a limit, and its exit code; None where it had no time."""

    output: bytes
    code: int | None


def run(
    command: Sequence[str], given: bytes, environment: Mapping[str, str], seconds: float, most: int = 1 << 20
) -> Said:
    """Run a program on what it is `given`, for so many seconds; of its output, `most` bytes are read.

    Raises OSError where it cannot be started.
    """
    parent, readable = os.getpid(), _readable(command[0])
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - a program that the instructor has installed
                command,
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=environment,
                preexec_fn=lambda: _confine(parent, command[0], readable, seconds),  # noqa: PLW1509 - one thread
            )
        except subprocess.SubprocessError as fault:
            raise OSError(str(fault)) from None
    with process:
        try:
            return _read(process, time.monotonic() + seconds, most)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _read(process: "subprocess.Popen[bytes]", ends: float, most: int) -> Said:
    output, pipe = b"", process.stdout
    while pipe and len(output) < most:
        if not select.select([pipe], [], [], max(ends - time.monotonic(), 0))[0]:
            return Said(output, None)
        part = os.read(pipe.fileno(), min(_PART, most - len(output)))
        if not part:
            break
        output += part
    else:
        return Said(output, 0)
    try:
        return Said(output, process.wait(max(ends - time.monotonic(), 0)))
    except subprocess.TimeoutExpired:
        return Said(output, None)


def _readable(program: str) -> list[str]:
    shared = libraries.needed([program], libraries.mapped()) if os.path.exists("/proc/self/maps") else set()
    return [*sorted(shared), *glob.glob(_LINKERS), libraries.CACHE, "/dev/urandom"]


def _confine(parent: int, program: str, readable: Sequence[str], seconds: float) -> None:
    os.setsid()
    limits.apply(limits.Limits(cpu=int(seconds) + 1, memory=2048, file=0), None)
    # What this system does not have, or does not allow here, is left out: what runs is no stranger's code.
    with contextlib.suppress(OSError):
        privileges.no_new_privileges()
        _only_read(program, readable)
    with contextlib.suppress(OSError):
        privileges.renounce(parent)


def _only_read(program: str, readable: Sequence[str]) -> None:
    abi = min(landlock.version(), landlock.NEWEST)
    own = landlock.everything(abi)
    for path in readable:
        landlock.allow(own, path, landlock.READ_FILE, abi)
    for path in (program, *glob.glob(_LINKERS)):
        landlock.allow(own, path, landlock.READ_FILE | landlock.EXECUTE, abi)
    landlock.allow(own, "/dev/null", landlock.DEVICE, abi)
    landlock.restrict(own, abi)
