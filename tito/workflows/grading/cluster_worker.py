"""What a Dask worker runs for tito: it keeps parcels by digest, and warm judges for each, which are no part of it."""

import asyncio
import atexit
import contextlib
import hashlib
import json
import shutil
import subprocess
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, Final

from tito.errors import TitoError
from tito.judging.worker import run_folder
from tito.model.coding import to_plain
from tito.model.course import Course, Settings
from tito.sandbox.levels import Level
from tito.workflows.grading.cluster_judge import COMMAND, lacking
from tito.workflows.machine.sandbox import choose
from tito.workflows.machine.versions import versions

# Graders whose parcels are kept, and the seconds for which a judge stays warm when there is nothing to do.
_KEPT: Final = 16
_WARM: Final = 300.0
_TRIES: Final = 2


async def offer(wanted: str, packages: Sequence[str]) -> dict[str, Any]:
    """Return the sandbox level that this machine judges at where `wanted` is asked for, and the versions it has.

    Or a `refusal`, the reason in words.
    """
    return await asyncio.to_thread(_offer, Level(wanted), packages)


def holds(digest: str) -> bool:
    """Whether the parcel is here."""
    return _desk().holds(digest)


def keep(parcel: str) -> None:
    """Keep a parcel."""
    _desk().keep(parcel)


def judge_batch(digest: str, jobs: Sequence[Sequence[Any]], patience: float) -> str:
    """Judge jobs in order by the parcel of that digest; return JSON.

    Its `results` are the jobs', None for one that two judges died of; or it has a `fault` with `problems`, or says
    that the parcel is `missing`. `worker` is the address of this one.
    """
    from distributed import get_worker  # noqa: PLC0415 - it is an extra

    answer: dict[str, Any] = {"worker": get_worker().address}
    if not holds(digest):
        return json.dumps(answer | {"missing": True})
    try:
        return json.dumps(answer | {"results": _judged(digest, jobs, patience)})
    except TitoError as fault:
        return json.dumps(answer | {"fault": type(fault).__name__, "problems": to_plain(fault.problems)})


def _offer(wanted: Level, packages: Sequence[str]) -> dict[str, Any]:
    try:
        refusal = lacking(wanted)
        level = "" if refusal else choose(Course(Path(), Settings(sandbox=wanted)), None).value
        return {"refusal": refusal, "level": level, "versions": versions(packages)}
    except PackageNotFoundError as fault:
        return {"refusal": f"it lacks {fault.name}"}


def _judged(digest: str, jobs: Sequence[Sequence[Any]], patience: float) -> list[Any]:
    results: list[Any] = []
    deaths = 0
    while (reached := len(results)) < len(jobs):
        judge = _desk().take(digest)
        try:
            judge.serve(jobs[reached:], results, patience)
        except (EOFError, OSError):
            judge.end()
            deaths = deaths + 1 if len(results) == reached else 1
            if deaths == _TRIES:
                results.append(None)
                deaths = 0
        except BaseException:
            judge.end()
            raise
        else:
            _desk().put_back(judge)
    return results


class _Judge:
    """A judge process, and what it has to do with: see cluster_judge."""

    def __init__(self, digest: str, parcel: str) -> None:
        self.digest = digest
        self._folder = run_folder()
        self._link, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
                [*COMMAND, str(theirs.fileno()), self._folder],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        with contextlib.suppress(OSError):
            self._link.send(parcel)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def serve(self, jobs: Sequence[Sequence[Any]], results: list[Any], patience: float) -> None:
        """Add each job's result as it comes. Raises EOFError or OSError where it dies or is silent for too long."""
        for job in jobs:
            self._link.send(job)
        for _ in jobs:
            if not self._link.poll(patience):
                raise EOFError
            kind, content = self._link.recv()
            if kind == "raised":
                raise content
            results.append(content)

    def end(self) -> None:
        """Kill it; remove what it left."""
        self._process.kill()
        self._process.wait()
        self._link.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Desk:
    """The parcels and the idle judges of this process, which any of its threads takes from and puts back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parcels: OrderedDict[str, str] = OrderedDict()
        self._idle: list[tuple[float, _Judge]] = []
        atexit.register(lambda: self._end_idle(0.0))
        threading.Thread(target=self._watch, daemon=True).start()

    def holds(self, digest: str) -> bool:
        return digest in self._parcels

    def keep(self, parcel: str) -> None:
        with self._lock:
            self._parcels[hashlib.sha256(parcel.encode()).hexdigest()] = parcel
            while len(self._parcels) > _KEPT:
                self._parcels.popitem(last=False)

    def take(self, digest: str) -> _Judge:
        """Return an idle judge of a grader, or a new one, in place of the one that has been idle for longest."""
        with self._lock:
            parcel = self._parcels[digest]
            warm = [each for each in self._idle if each[1].digest == digest and each[1].alive]
            chosen = warm[-1:] or self._idle[:1]
            self._idle = [each for each in self._idle if each not in chosen]
        if warm:
            return warm[-1][1]
        for _, judge in chosen:
            judge.end()
        return _Judge(digest, parcel)

    def put_back(self, judge: _Judge) -> None:
        with self._lock:
            self._idle.append((time.monotonic(), judge))

    def _watch(self) -> None:
        while True:
            time.sleep(_WARM / 10)
            self._end_idle(_WARM)

    def _end_idle(self, seconds: float) -> None:
        with self._lock:
            cold = [each for each in self._idle if time.monotonic() - each[0] >= seconds]
            self._idle = [each for each in self._idle if each not in cold]
        for _, judge in cold:
            judge.end()


@cache
def _desk() -> _Desk:
    return _Desk()
