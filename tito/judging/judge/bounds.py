"""What a test may take of the judge: memory and processor time, whatever a submission's answers make of them."""

import _thread
import contextlib
import mmap
import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Final

from tito.judging.judge.session import Session
from tito.judging.plan import WALL_FACTOR
from tito.sandbox.system import portable

_MEMORY: Final = 1 << 30
_SIZES: Final = "/proc/self/statm"
_LOOK: Final = 1.0


@contextlib.contextmanager
def bounded(session: Session, seconds: float) -> Iterator[None]:
    """End the test with MemoryError or SubjectFault where the judge takes too much memory or processor time.

    It may take 1 GiB more than it has, and several times the subject's `seconds`: an array of a few megabytes is a
    matrix of gigabytes where it meets another one, and a number is a long loop.
    """
    with _memory(_MEMORY), _time(session, seconds * WALL_FACTOR):
        yield


@contextlib.contextmanager
def _memory(more: int) -> Iterator[None]:
    if portable():
        # Whoever started this process watches it.
        yield
        return
    import resource  # noqa: PLC0415 - not every system has it

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = address_space() + more
    if limit == more or (soft != resource.RLIM_INFINITY and soft < limit):
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def address_space() -> int:
    """Return this process's address space in bytes, or 0 where the system does not tell."""
    try:
        sizes = os.open(_SIZES, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        return int(os.read(sizes, 100).split()[0]) * mmap.PAGESIZE
    finally:
        os.close(sizes)


@contextlib.contextmanager
def _time(session: Session, seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if portable():
        with _watched(session, seconds):
            yield
        return
    before = signal.signal(signal.SIGPROF, lambda *_: session.expire(seconds))
    # Again every second: what it raises in a __del__ is lost.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def _watched(session: Session, seconds: float) -> Iterator[None]:
    """Do as `_time` where no signal tells the time: a thread looks, and interrupts as Ctrl-C would."""
    done, begun = threading.Event(), time.process_time()
    before = signal.signal(signal.SIGINT, lambda *_: session.expire(seconds))

    def look() -> None:
        while not done.wait(_LOOK):
            if time.process_time() - begun > seconds:
                _thread.interrupt_main()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        signal.signal(signal.SIGINT, before)
