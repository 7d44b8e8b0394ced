"""Judges on the machines of a Dask cluster: batches of submissions go out as tasks, results come back as JSON.

This process alone knows the store. A grader goes to each worker once, and is named by its digest from then on.
"""

import hashlib
import json
import logging
import queue
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tito.errors import BrokenError, CourseError, Problem, TitoError, UnreadableError, UsageError
from tito.judging.plan import Plan, Ruling, Work
from tito.judging.pool import given_up, terminable
from tito.model.coding import from_plain, to_plain
from tito.model.course import Course
from tito.records import dataclass
from tito.sandbox.levels import Level
from tito.workflows.grading import cluster_worker
from tito.workflows.grading.judges import confinement, hash_seed
from tito.workflows.grading.parcel import difference, pack
from tito.workflows.machine.versions import versions

if TYPE_CHECKING:
    from distributed import Client, Future

_BATCH: Final = 8
# Batches for each of the workers' threads: one in work, and what is on the way to and from it.
_AHEAD: Final = 3
# What a work may cost: a worker in company, and as many as this by itself.
_TRIES: Final = 2
_CONNECT: Final = 5.0
_COUNT_EVERY: Final = 2.0
_ADDRESS: Final = re.compile(r"(tcp|tls)://\S+:\d+")
_FORM: Final = "Write tcp://HOST:PORT or tls://HOST:PORT."
_GUIDE: Final = "See docs/scale.md."


@contextmanager
def connect(course: Course, wanted: Level | None, address: str, patience: float) -> Iterator["Cluster"]:
    """Give the judges of the cluster whose scheduler is at `address`, at a sandbox level that all of them can give.

    `patience` is how many seconds one submission may take before its judge is taken for dead. Raises UsageError where
    Dask is missing or the address is none, and BrokenError where nobody is there or a worker cannot judge.
    """
    client = _client(address)
    with closing(client):
        yield Cluster(client, course, _level(client, course, wanted), patience)


class Cluster:
    """Judges in the processes of a cluster's workers, each warm for the grader at hand."""

    def __init__(self, client: "Client", course: Course, level: Level, patience: float) -> None:
        self.level = level
        self._client = client
        self._course = course
        self._patience = patience
        self._seed = hash_seed(course)

    def close(self) -> None:
        """Leave the cluster; what its workers have not begun is dropped."""
        self._client.close()

    def rulings(self, plan: Plan, works: Iterable[Work]) -> Iterator[tuple[Work, Ruling]]:
        """Judge the works of a plan with all workers; see `Judges`.

        Raises what the judges raise, and BrokenError where the cluster is gone or says nothing any more.
        """
        parcel = _Parcel(self._client, pack(plan, confinement(self._course, self.level), self._seed))
        parcel.give(self._client.nthreads())
        window = _Window(self._client, parcel.digest, self._patience)
        batches = _Batches(works)
        with terminable():
            while window.fill(batches) or window:
                batch, future = window.finished()
                for work, ruling in self._results(batch, future, batches, parcel):
                    yield work, ruling or given_up(plan, work)

    def _results(
        self, batch: "_Batch", future: "Future[str]", batches: "_Batches", parcel: "_Parcel"
    ) -> Iterator[tuple[Work, Ruling | None]]:
        """Return the rulings of a batch, None for each work that is lost; or put off what must be tried again."""
        text = _answer(future)
        if text is None:
            yield from ((work, None) for work in batches.apart(batch))
            return
        reply = json.loads(text)
        if "missing" in reply:
            parcel.give([reply["worker"]])
            batches.back(batch)
        elif "rulings" in reply:
            by_name = {name: from_plain(Ruling, ruling) for name, ruling in reply["rulings"]}
            yield from ((work, by_name[work.name]) for work in batch.works)
        else:
            problems = [from_plain(Problem, each) for each in reply["problems"]]
            raise _fault(reply["fault"], reply["worker"], problems)


class _Parcel:
    """What the workers judge by, and who has it."""

    def __init__(self, client: "Client", text: str) -> None:
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        self._client = client
        self._text = text

    def give(self, workers: Iterable[str]) -> None:
        """Send it to those that do not have it; whoever dies meanwhile needs it no more."""
        # No workers at all would mean all of them to Dask.
        asked = list(workers) or [""]
        held = self._client.run(cluster_worker.holds, self.digest, workers=asked, on_error="ignore")
        lacking = [worker for worker, has in held.items() if not has]
        if lacking:
            self._client.run(cluster_worker.keep, self._text, workers=lacking, on_error="ignore")


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Works that travel together, and how many times their workers have died."""

    works: Sequence[Work]
    deaths: int = 0


class _Batches:
    """The works in batches, read from where they come from as they are asked for.

    Dask gives up all that waits at a worker together with what it died of. So the works of a lost batch are suspects:
    they come last, each by itself, when there is nothing else to die with.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self._source = iter(works)
        self._returned: deque[_Batch] = deque()
        self._suspects: deque[_Batch] = deque()

    def take(self, *, alone: bool) -> _Batch | None:
        """Return the next batch, if there is one; a suspect only where it is `alone`."""
        if self._returned:
            return self._returned.popleft()
        works = list(islice(self._source, _BATCH))
        if works:
            return _Batch(works)
        return self._suspects.popleft() if self._suspects and alone else None

    def back(self, batch: _Batch) -> None:
        """Take a batch back that was not judged."""
        self._returned.append(batch)

    def apart(self, batch: _Batch) -> Sequence[Work]:
        """Put off the works of a lost batch; return those that are given up."""
        if batch.deaths == _TRIES:
            return batch.works
        self._suspects.extend(_Batch([work], batch.deaths + 1) for work in batch.works)
        return ()


class _Window:
    """The batches on their way: a few for each thread of the workers there are. True while there are any."""

    def __init__(self, client: "Client", digest: str, patience: float) -> None:
        self._client = client
        self._digest = digest
        self._patience = patience
        self._out: dict[Future[str], _Batch] = {}
        self._ready: queue.SimpleQueue[Future[str]] = queue.SimpleQueue()
        self._width, self._counted = 0, 0.0

    def __bool__(self) -> bool:
        return bool(self._out)

    def fill(self, batches: _Batches) -> bool:
        """Send off what there is room for; say whether anything was sent."""
        sent = False
        while len(self._out) < self._room() and (batch := batches.take(alone=not self._out)):
            works = [to_plain(work) for work in batch.works]
            future = self._client.submit(cluster_worker.judge_batch, self._digest, works, pure=False)
            self._out[future] = batch
            future.add_done_callback(self._ready.put)
            sent = True
        return sent

    def finished(self) -> tuple[_Batch, "Future[str]"]:
        """Wait for the next batch that has come back in one way or the other."""
        try:
            future = self._ready.get(timeout=self._patience * _BATCH)
        except queue.Empty:
            what = f"no worker of the cluster has answered for {self._patience * _BATCH:.0f} s"
            raise BrokenError(Problem(what, f"What is finished is kept. {_GUIDE}")) from None
        return self._out.pop(future), future

    def _room(self) -> int:
        """Return how many batches may be out, counting the workers now and then: some come late, others go."""
        if time.monotonic() - self._counted > _COUNT_EVERY:
            self._width = _AHEAD * max(sum(self._client.nthreads().values()), 1)
            self._counted = time.monotonic()
        return self._width


def _client(address: str) -> "Client":
    if not _ADDRESS.fullmatch(address):
        raise UsageError(Problem(f"--cluster {address} is no address of a scheduler", _FORM))
    try:
        from distributed import Client  # noqa: PLC0415 - it is an extra
    except ImportError:
        what = "--cluster needs Dask, which is not installed"
        raise UsageError(Problem(what, "Run `pip install 'tito-autograder[cluster]'`.")) from None
    if address.startswith("tls://"):
        _prove_tls(address)
    # What goes wrong is said by tito, once.
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_CONNECT, set_as_default=False)
    except (ValueError, TypeError) as fault:
        raise UsageError(Problem(f"--cluster {address}: {fault}", _FORM)) from None
    except OSError:
        what = f"there is no Dask scheduler at {address}"
        raise BrokenError(Problem(what, f"Start `dask scheduler` there. {_GUIDE}")) from None
    try:
        client.wait_for_workers(1, timeout=_CONNECT)
    except TimeoutError:
        client.close()
        what = f"the cluster at {address} has no worker"
        raise BrokenError(Problem(what, f"Start `dask worker {address}`. {_GUIDE}")) from None
    return client


def _prove_tls(address: str) -> None:
    """Raise UsageError where Dask has not been told of certificates to speak TLS with, or cannot use them."""
    from distributed.security import Security  # noqa: PLC0415

    fix = f"Set Dask's certificates of a client. {_GUIDE}"
    try:
        context = Security().get_connection_args("client").get("ssl_context")
    except (OSError, ValueError) as fault:
        raise UsageError(Problem(f"--cluster {address}: these certificates cannot be used: {fault}", fix)) from None
    if context is None:
        raise UsageError(Problem(f"--cluster {address} needs certificates, and Dask has been told of none", fix))


def _level(client: "Client", course: Course, wanted: Level | None) -> Level:
    """Return the level that every worker judges at. Raises BrokenError with the reason of each that cannot."""
    level, packages = wanted or Level(course.settings.sandbox), course.settings.packages
    offers = client.run(cluster_worker.offer, level.value, list(packages), on_error="return")
    ours = versions(packages)
    refusals = [(worker, why) for worker, offer in offers.items() if (why := _refusal(offer, ours))]
    if refusals:
        raise BrokenError(*(_of_worker(*each) for each in sorted(refusals)))
    levels = {Level(offer["level"]) for offer in offers.values()}
    return levels.pop() if len(levels) == 1 else level


def _refusal(offer: Mapping[str, Any] | Exception, ours: Mapping[str, str]) -> str:
    if isinstance(offer, Exception):
        return f"{type(offer).__name__}: {offer}"
    return str(offer.get("refusal", "")) or difference(offer["versions"], ours)


def _fault(kind: str, worker: str, problems: Iterable[Problem]) -> TitoError:
    """Return what a judge raised: a fault of the course as it is, one of the machine with its name."""
    course: dict[str, type[TitoError]] = {each.__name__: each for each in (CourseError, UnreadableError)}
    if kind in course:
        return course[kind](*problems)
    return BrokenError(*(_of_worker(worker, each.what) for each in problems))


def _of_worker(worker: str, why: str) -> Problem:
    return Problem(f"the worker {worker} cannot judge: {why}", f"It needs what is installed here. {_GUIDE}")


def _answer(future: "Future[str]") -> str | None:
    """Return what a worker said, or None where the worker, and those that Dask tried in its place, died of it."""
    from distributed import CancelledError, KilledWorker  # noqa: PLC0415

    try:
        text: str = future.result()
    except KilledWorker:
        return None
    except CancelledError:
        raise BrokenError(Problem("the cluster's scheduler is gone", f"What is finished is kept. {_GUIDE}")) from None
    except Exception as fault:
        what = f"a worker of the cluster failed: {type(fault).__name__}: {fault}"
        raise BrokenError(Problem(what, f"What is finished is kept. {_GUIDE}")) from fault
    return text
