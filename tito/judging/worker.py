"""A worker of a pool: a process that judges jobs with a zygote of its own until the coordinator ends it."""

import contextlib
import os
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, TypeVar

from tito.judging.judge.launcher import Zygote
from tito.sandbox.privileges import die_with

Job = TypeVar("Job")
Result = TypeVar("Result")
# Judges one job after another with a warm zygote, and hands the results on in the order of the jobs.
Serve = Callable[[Zygote, Iterator[Job], Callable[[Result], None]], None]

_FOLDER: Final = "tito-run-"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker is given: what makes its zygote, where its temporary files go, and the coordinator's process id.

    `core` is the processor to stay on, if any.
    """

    start: Callable[[], Zygote]
    folder: str
    core: int | None
    coordinator: int


def work(link: Connection, serve: Serve[Any, Any], setting: Setting, inherited: Sequence[Connection]) -> None:
    """Serve the jobs that come over `link` until one is None or the coordinator has gone.

    `inherited` are the ends of links that a fork copied and others own.
    """
    # Only Linux has this; elsewhere a worker ends when it finds nobody at the other end.
    with contextlib.suppress(OSError):
        die_with(setting.coordinator)
    for each in inherited:
        each.close()
    tempfile.tempdir = setting.folder
    if setting.core is not None:
        os.sched_setaffinity(0, {setting.core})
    try:
        with setting.start() as zygote:
            serve(zygote, _jobs(link), lambda result: link.send(("done", result)))
    except Exception as fault:  # noqa: BLE001 - it is raised again where there is somebody to hear it
        link.send(("raised", fault))


def run_folder() -> str:
    """Make a folder for the temporary files of this process's workers; remove those of processes that were killed."""
    for each in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        number = each.name.removeprefix(_FOLDER).partition("-")[0]
        if number.isdecimal() and not Path(f"/proc/{number}").exists() and Path("/proc/self").exists():
            shutil.rmtree(each, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
    # Subjects are other users when root grades: each reaches its own folder and sees no other's name.
    Path(folder).chmod(0o711)
    return folder


def _jobs(link: Connection) -> Iterator[Any]:
    """Return the jobs as they come, read by a thread: neither end may wait to be read while it writes."""
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def read() -> None:
        job = object()
        while job is not None:
            try:
                job = link.recv()
            except (EOFError, OSError):
                job = None
            waiting.put(job)

    threading.Thread(target=read, daemon=True).start()
    return iter(waiting.get, None)
