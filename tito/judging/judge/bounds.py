"""Bounds on what the judge itself spends on a test, which computes with what the submission gave.

An array of a few megabytes is a matrix of gigabytes where it meets another one, and a number is a long loop.
"""

import contextlib
import os
import resource
import signal
import threading
from collections.abc import Iterator
from typing import Final

from tito.judging.judge.channel import WALL_FACTOR
from tito.judging.judge.session import Session

_MEMORY: Final = 1 << 30
_SIZES: Final = "/proc/self/statm"


@contextlib.contextmanager
def bounded(session: Session, seconds: float) -> Iterator[None]:
    """End the test with MemoryError or SubjectFault where the judge takes too much memory or processor time.

    It may take 1 GiB more than it has, and several times the subject's `seconds`.
    """
    with _memory(_MEMORY), _time(session, seconds * WALL_FACTOR):
        yield


@contextlib.contextmanager
def _memory(more: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _size() + more
    if limit == more or (soft != resource.RLIM_INFINITY and soft < limit):
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _size() -> int:
    """Return this process's address space in bytes, or 0 where the system does not tell."""
    try:
        sizes = os.open(_SIZES, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        return int(os.read(sizes, 100).split()[0]) * resource.getpagesize()
    finally:
        os.close(sizes)


@contextlib.contextmanager
def _time(session: Session, seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
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
