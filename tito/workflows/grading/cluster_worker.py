"""What a Dask worker runs for tito: it keeps parcels by digest, and warm workers for each, no part of itself."""

import asyncio
import atexit
import hashlib
import json
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any, Final

from tito.errors import BrokenError, Problem, TitoError
from tito.judging.plan import Work
from tito.judging.pool import Pool
from tito.model.coding import from_plain, to_plain
from tito.model.course import Course, Settings
from tito.sandbox.levels import Level
from tito.workflows.grading.command import WORKER
from tito.workflows.grading.parcel import difference, unpack
from tito.workflows.machine.sandbox import choose, unavailable
from tito.workflows.machine.versions import versions

# Graders whose parcels are kept, and the seconds for which a worker stays warm when there is nothing to do.
_KEPT: Final = 16
_WARM: Final = 300.0
# Longer than the coordinator waits, who knows how long a submission may take.
_PATIENCE: Final = 3_600.0


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


def judge_batch(digest: str, works: Sequence[Any]) -> str:
    """Judge works by the parcel of that digest; return JSON.

    Its `rulings` are the works', each with the name of its work; or it has a `fault` with `problems`, or says that
    the parcel is `missing`. `worker` is the address of this one.
    """
    from distributed import get_worker  # noqa: PLC0415 - it is an extra

    answer: dict[str, Any] = {"worker": get_worker().address}
    if not holds(digest):
        return json.dumps(answer | {"missing": True})
    try:
        return json.dumps(answer | {"rulings": _judged(digest, [from_plain(Work, work) for work in works])})
    except TitoError as fault:
        return json.dumps(answer | {"fault": type(fault).__name__, "problems": to_plain(fault.problems)})


def _offer(wanted: Level, packages: Sequence[str]) -> dict[str, Any]:
    try:
        refusal = _lacking(wanted)
        level = "" if refusal else choose(Course(Path(), Settings(sandbox=wanted)), None).value
        return {"refusal": refusal, "level": level, "versions": versions(packages)}
    except PackageNotFoundError as fault:
        return {"refusal": f"it lacks {fault.name}"}


def _lacking(level: Level) -> str:
    """Return why this machine cannot give a level, or "" where it can."""
    missing = unavailable(level)
    return f"it cannot give the sandbox level {level}: {missing}" if missing else ""


def _judged(digest: str, works: Sequence[Work]) -> list[Any]:
    bench = _desk().take(digest)
    try:
        rulings = [[work.name, to_plain(ruling)] for work, ruling in bench.pool.rulings(bench.order.plan, works)]
    except BaseException:
        bench.close()
        raise
    _desk().put_back(bench)
    return rulings


class _Warm:
    """A pool of one worker, which is warm for one parcel; it has nothing of Dask's processes, which have threads.

    Raises BrokenError where this machine cannot judge as the parcel orders.
    """

    def __init__(self, digest: str, parcel: str) -> None:
        self.digest = digest
        self._folder = tempfile.mkdtemp(prefix="tito-parcel-")
        self.order = unpack(parcel, Path(self._folder))
        confined = self.order.confinement
        refusal = _lacking(confined.level) or difference(versions(confined.packages), self.order.versions)
        if refusal:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise BrokenError(Problem(refusal))
        self.pool = Pool(WORKER, lambda: confined, patience=_PATIENCE, seed=self.order.seed)

    def close(self) -> None:
        """End it; remove what it left."""
        self.pool.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class _Desk:
    """The parcels and the idle workers of this process, which any of its threads takes from and puts back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parcels: OrderedDict[str, str] = OrderedDict()
        self._idle: list[tuple[float, _Warm]] = []
        atexit.register(lambda: self._end_idle(0.0))
        threading.Thread(target=self._watch, daemon=True).start()

    def holds(self, digest: str) -> bool:
        return digest in self._parcels

    def keep(self, parcel: str) -> None:
        with self._lock:
            self._parcels[hashlib.sha256(parcel.encode()).hexdigest()] = parcel
            while len(self._parcels) > _KEPT:
                self._parcels.popitem(last=False)

    def take(self, digest: str) -> _Warm:
        """Return an idle worker for a grader, or a new one, in place of the one that has been idle for longest."""
        with self._lock:
            parcel = self._parcels[digest]
            warm = [each for each in self._idle if each[1].digest == digest]
            chosen = warm[-1:] or self._idle[:1]
            self._idle = [each for each in self._idle if each not in chosen]
        if warm:
            return warm[-1][1]
        for _, cold in chosen:
            cold.close()
        return _Warm(digest, parcel)

    def put_back(self, warm: _Warm) -> None:
        with self._lock:
            self._idle.append((time.monotonic(), warm))

    def _watch(self) -> None:
        while True:
            time.sleep(_WARM / 10)
            self._end_idle(_WARM)

    def _end_idle(self, seconds: float) -> None:
        with self._lock:
            cold = [each for each in self._idle if time.monotonic() - each[0] >= seconds]
            self._idle = [each for each in self._idle if each not in cold]
        for _, warm in cold:
            warm.close()


@cache
def _desk() -> _Desk:
    return _Desk()
