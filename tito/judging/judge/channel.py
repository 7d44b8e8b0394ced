"""Bytes to and from a subject, against the clock, while what it prints is drained and kept."""

import contextlib
import os
import re
import select
import signal
import socket
import time
from collections.abc import Callable, Collection
from typing import Final

from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.meters import memory, processor
from tito.judging.plan import WALL_FACTOR
from tito.model.outcome import Status
from tito.sandbox.levels import Layer
from tito.sandbox.limits import Limits, threads
from tito.sandbox.scratch import fits, held

KEPT_OUTPUT: Final = 64 << 10
MAX_FILES: Final = 2_000
MAX_DISK: Final = 256 << 20
MAX_THREADS: Final = Limits().threads
MAX_MEMORY: Final = Limits().memory
# Of what goes into a file, which nobody holds up.
MAX_PRINTED: Final = 64 << 20
_CHUNK: Final = 1 << 16
# How faulthandler writes a stack; whoever forges one only shows a place of their own choice.
_STACK: Final = b"Stack (most recent call first):"
_FRAME: Final = re.compile(r'^  File "(.{1,200})", line (\d{1,9}) in (.{1,200})$', re.MULTILINE)
_TRIES: Final = 20
# Windows and macOS have none, and Python asks for no such signal.
_AT_ONCE: Final = getattr(socket, "MSG_NOSIGNAL", 0)
# Reading another process's clock costs as much as handing over a small value, so it is not done for every one.
_GLANCE: Final = 0.05


class Clock:
    """A limit on a subject's processor time, and a wider one on wall time; both in seconds."""

    def __init__(self, pid: int) -> None:
        self._read = processor(pid)
        self.start(0)

    def start(self, seconds: float) -> None:
        """Begin to count anew towards `seconds`."""
        self.limit = seconds
        self._wall = time.monotonic()
        self._cpu = self._used()

    def left(self) -> float:
        """Return after how many seconds the limit can be reached at the earliest; zero or less once it is."""
        wall = self.limit * WALL_FACTOR - (time.monotonic() - self._wall)
        return min(wall, self.limit - (self._used() - self._cpu))

    def _used(self) -> float:
        used = self._read()
        # Where the process has gone, or the system keeps no such clock, the wall decides.
        return time.monotonic() / WALL_FACTOR if used is None else used


class Channel:
    """Frames' bytes: `read` and `send` raise SubjectFault when the subject is silent for too long or gone.

    `ask` is there where the subject was not forked: it asks it where it is; the output is a file then, and no pipe.
    """

    def __init__(self, link: socket.socket, output: int, pid: int, ask: Callable[[], None] | None = None) -> None:
        self.clock = Clock(pid)
        self._check_at = 0.0
        self._link = link
        link.setblocking(False)  # noqa: FBT003 - the socket module's signature
        self._pid = pid
        self._ask = ask
        self._output = output
        # Made once: a new one of this size for each answer would cost as much as the rest of it.
        self._space = memoryview(bytearray(_CHUNK))
        self._buffer = bytearray()
        self._printed = bytearray()
        self._lost = 0
        self._open = True
        self._counted, self._scratch, self._room, self._weighed = False, "", (0, 0), False
        self._waited = self._polled() if ask is None else self._selected

    def watch(self, scratch: str, layers: Collection[Layer]) -> None:
        """Hold the subject from now on to what its layers promise and the system does not everywhere keep.

        That is so many threads, and so many files in its folder besides those there.
        """
        self._counted = {Layer.USER, Layer.LIMITS} <= {*layers}
        if Layer.LIMITS in layers:
            files, size = held(scratch)
            self._scratch, self._room = scratch, (files + MAX_FILES, size + MAX_DISK)
            # The kernel limits what is forked.
            self._weighed = self._ask is not None

    def start(self, seconds: float) -> None:
        """Give the subject `seconds` from now on."""
        self.clock.start(seconds)
        self._check_at = min(self._check_at, time.monotonic() + seconds)

    def read(self, size: int) -> bytes:
        """Return exactly `size` bytes."""
        while len(self._buffer) < size:
            self._receive()
        content = bytes(self._buffer[:size])
        del self._buffer[:size]
        return content

    def send(self, content: bytes) -> None:
        """Send all of `content`, which a subject that does not read cannot hold up for longer than its time."""
        rest = memoryview(content)
        while rest:
            try:
                rest = rest[self._link.send(rest, _AT_ONCE) :]
            except BlockingIOError:
                self._check_time()
                time.sleep(0.001)
            except OSError:
                raise SubjectFault(Status.CRASHED, "the process ended before the test called it") from None

    def close(self) -> None:
        """Keep what is still to be read of the output, before the descriptors go."""
        self._drain()
        self._open = False

    def where(self) -> tuple[tuple[str, int, str], ...]:
        """Ask a subject that does not answer where it is; return its (label, line, function)s, if it tells."""
        with contextlib.suppress(OSError):
            if self._ask is None:
                os.kill(self._pid, signal.SIGUSR1)
            else:
                self._ask()
        told = b""
        for _ in range(_TRIES):
            self._drain()
            _, found, told = bytes(self._printed).rpartition(_STACK)
            if found and told.endswith(b"\n"):
                del self._printed[len(self._printed) - len(told) - len(_STACK) :]
                break
            time.sleep(0.01)
        lines = _FRAME.findall(told.decode("utf-8", "replace"))
        return tuple((path, int(line), function) for path, line, function in reversed(lines))

    def printed(self) -> str:
        """Return what was printed since the last call, cut to a limit."""
        if self._open:
            self._drain()
        text = self._printed.decode("utf-8", "backslashreplace")
        if self._lost:
            text += f"\n… {self._lost:,} more bytes were printed"
        self._printed.clear()
        self._lost = 0
        return text

    def _receive(self) -> None:
        """Take what has come, or wait until there is something or the time is up."""
        now = time.monotonic()
        if now >= self._check_at:
            self._check_at = now + min(self._check_time(), _GLANCE)
        # No answer is there yet: it is waited for before it is looked for.
        self._wait(max(self._check_at - now, 0.001))
        try:
            size = self._link.recv_into(self._space)
        except BlockingIOError:
            return
        except ConnectionError:
            # It ended before it had read all that was sent to it.
            size = 0
        if not size:
            raise SubjectFault(Status.CRASHED, "the process ended in the middle of the test")
        self._buffer += self._space[:size]

    def _wait(self, seconds: float) -> None:
        """Wait for an answer, or for output, which is drained: a subject that cannot print does not answer."""
        if self._waited(seconds):
            self._drain()

    def _polled(self) -> Callable[[float], bool]:
        """Return what waits for link and output, and says whether there is output."""
        poll = select.poll()
        poll.register(self._link, select.POLLIN)
        poll.register(self._output, select.POLLIN)

        def wait(seconds: float) -> bool:
            ready = dict(poll.poll(seconds * 1000))
            if self._output not in ready:
                return False
            if not ready[self._output] & select.POLLIN:
                # Every holder of the pipe has closed it, which poll would report for ever.
                poll.unregister(self._output)
            return True

        return wait

    def _selected(self, seconds: float) -> bool:
        """Wait for the link alone: who prints into a file waits for nobody."""
        select.select([self._link], [], [], seconds)
        return False

    def _check_time(self) -> float:
        left = self.clock.left()
        if left <= 0:
            raise SubjectFault(Status.TIMEOUT, f"no answer within {self.clock.limit:g} s")
        self._check_room()
        return left

    def _check_room(self) -> None:
        if self._counted and threads(self._pid) > MAX_THREADS:
            raise SubjectFault(Status.MEMORY, f"it has started more than {MAX_THREADS} threads")
        if self._weighed and memory(self._pid) > MAX_MEMORY << 20:
            raise SubjectFault(Status.MEMORY, f"it has taken more than {MAX_MEMORY:,} MiB of memory")
        if self._ask and os.fstat(self._output).st_size > MAX_PRINTED:
            raise SubjectFault(Status.MEMORY, f"it has printed more than {MAX_PRINTED >> 20} MiB")
        if self._scratch and not fits(self._scratch, *self._room):
            most = f"{MAX_FILES:,} files or {MAX_DISK >> 20} MiB"
            raise SubjectFault(Status.MEMORY, f"it has filled its folder with more than {most}")

    def _drain(self) -> None:
        # Bounded, so that a flood of output cannot keep the judge from its clock; a file is as it is.
        for _ in range(16 if self._ask is None else MAX_PRINTED // _CHUNK):
            try:
                part = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            if not part:
                return
            kept = part[: KEPT_OUTPUT - len(self._printed)]
            self._printed += kept
            self._lost += len(part) - len(kept)
