"""What another process has used, as judge and worker see it: processor time, memory, and what it has started."""

import contextlib
import os
import time
from collections.abc import Callable

from tito.sandbox.system import portable

Processor = Callable[[], float | None]


def processor(pid: int) -> Processor:
    """Return what reads how many seconds of a processor a process has used: None where nobody tells."""
    return _told(pid) if portable() else _kernels(pid)


def memory(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where it is gone."""
    import psutil  # noqa: PLC0415 - only the portable path looks

    try:
        found = psutil.Process(pid).memory_info()
    except psutil.Error:
        return 0
    # Windows counts there what was promised to a process, which it may not have touched yet.
    return int(found.vms if os.name == "nt" else found.rss)


def end_family(pid: int) -> None:
    """Kill whatever a process has started, and what that has; not the process itself."""
    import psutil  # noqa: PLC0415

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()


def _kernels(pid: int) -> Processor:
    # Linux's clock id of another process's CPU time, as clock_getcpuclockid(3) computes it.
    clock = (~pid << 3) | 2

    def read() -> float | None:
        try:
            return time.clock_gettime(clock)
        except OSError:
            return None

    return read


def _told(pid: int) -> Processor:
    import psutil  # noqa: PLC0415

    def read() -> float | None:
        try:
            times = psutil.Process(pid).cpu_times()
        except psutil.Error:
            return None
        return float(times.user + times.system)

    return read
