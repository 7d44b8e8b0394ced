"""A judge on a machine of a cluster: a process of its own, in which there is nothing of Dask.

Dask's workers are full of threads, and what forks must have none; so a worker starts its judges as new interpreters.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from tito.errors import BrokenError, Problem
from tito.judging.judge.launcher import Zygote
from tito.judging.worker import Setting, work
from tito.model.coding import to_plain
from tito.sandbox.levels import Level
from tito.workflows.grading.parcel import Order, difference, unpack
from tito.workflows.grading.results import Job, Plan
from tito.workflows.grading.zygote import start_zygote
from tito.workflows.machine.sandbox import unavailable
from tito.workflows.machine.versions import versions

# `-P`: nothing is imported that lies in the worker's folder.
COMMAND: Final = (
    sys.executable, "-P", "-c",
    f"import sys; from {__name__} import judge; judge(*sys.argv[1:])",
)  # fmt: skip


def judge(descriptor: str, folder: str) -> None:
    """Judge what comes over the connection: a parcel first, then jobs; files of its own go into `folder`."""
    link = Connection(int(descriptor))
    try:
        order = unpack(link.recv(), Path(folder))
        _prove(order)
    except Exception as fault:  # noqa: BLE001 - it is raised again where there is somebody to hear it
        link.send(("raised", fault))
        return
    start = Setting(lambda: start_zygote(order.course, order.level), folder, None, os.getppid())
    # Nobody at the other end: then there is nobody to tell, either.
    with contextlib.suppress(BrokenPipeError):
        work(link, _plainly(order.plan), start, ())


def _prove(order: Order) -> None:
    """Raise BrokenError where this machine cannot judge as it was ordered."""
    refusal = lacking(order.level) or difference(versions(order.course.settings.packages), order.versions)
    if refusal:
        raise BrokenError(Problem(refusal))


def lacking(level: Level) -> str:
    """Return why this machine cannot give a level, or "" where it can."""
    missing = unavailable(level)
    return f"it cannot give the sandbox level {level}: {missing}" if missing else ""


def _plainly(plan: Plan) -> Callable[[Zygote, Iterator[Sequence[Any]], Callable[[Any], None]], None]:
    """Return a plan that takes and gives what is not of our own classes."""

    def serve(zygote: Zygote, jobs: Iterator[Sequence[Any]], done: Callable[[Any], None]) -> None:
        plan(zygote, (Job(*each) for each in jobs), lambda judged: done(to_plain(judged)))

    return serve
