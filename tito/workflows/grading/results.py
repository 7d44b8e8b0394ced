"""Submissions become runs: what was judged before is taken from the store, the rest is dealt out to the judges."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol

from tito.collection.folders import Found, read
from tito.errors import UnreadableError
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.runner import Task, Work, judge, warm_up
from tito.judging.pool import Judges
from tito.model.coding import from_plain, to_plain
from tito.model.course import Course, Module
from tito.model.grader import Grader
from tito.model.outcome import Failure, Outcome, Run, Status
from tito.model.submission import Submission
from tito.workflows.grading.intake import parsed, refused
from tito.workflows.machine.versions import versions

_RECENT: Final = 2_000


class Store(Protocol):
    """Where finished work is kept by key: a dict, or something that outlives this process."""

    def __setitem__(self, key: str, text: str, /) -> None: ...

    def get(self, key: str, /) -> str | None:
        """Return the text of a key."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one submission came to: its run, or none where it was refused. Its document and code are left out."""

    submission: Submission
    run: Run | None = None

    @property
    def lasting(self) -> bool:
        """Whether it would be the same the next time: what tito or the machine broke is tried again."""
        return not self.run or all(each.status is not Status.BROKEN for each in self.run.outcomes)


@dataclass(frozen=True, slots=True)
class Job:
    """A submission on its way to a judge, with the key of its result."""

    student: str
    path: str
    content: bytes
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides what submissions to one module come to: `edition` is a digest of everything but them."""

    grader: Grader
    task: Task
    modules: Mapping[str, str]
    edition: str

    def key(self, found: Found, content: bytes) -> str:
        """Return the key of a submission's result: its bytes, its file's name and, for the seeds, its student."""
        return _digest(self.edition, found.student, Path(found.path).name, hashlib.sha256(content).hexdigest())

    def __call__(self, zygote: Zygote, jobs: Iterator[Job], done: Callable[[Judged], None]) -> None:
        """Judge one job after another."""
        waiting: list[Submission] = []

        def works() -> Iterator[Work]:
            for job in jobs:
                each = parsed(job.student, job.path, job.content, self.grader)
                if each.refusal:
                    done(Judged(_slim(each)))
                    continue
                waiting.append(each)
                yield Work(each.code, each.student)

        zygote.load(self.modules)
        judge(self.task, zygote, works(), lambda run: done(Judged(_slim(waiting.pop()), run)))

    def lost(self, job: Job) -> Judged:
        """Return what becomes of a job that two workers died of: tito's own fault, in the submission's row."""
        why = Failure("the process that judged this died, and so did the next one. Run `tito doctor`.")
        tests = [(each.grade_id, test) for each in self.grader.criteria for test in each.tests]
        outcomes = tuple(Outcome(grade_id, test, Status.BROKEN, failure=why) for grade_id, test in tests)
        return Judged(_slim(parsed(job.student, job.path, job.content, self.grader)), Run(outcomes))


class Results(Sequence[Judged]):
    """What each of `found` came to, in their order. They are read from the store when they are asked for.

    What a class came to in this run need not be read again the first time; of a larger crowd, most does.
    """

    def __init__(self, found: Sequence[Found], store: Store) -> None:
        self.found = found
        self._store = store
        self._keys: list[str] = [""] * len(found)
        self._passing: dict[int, Judged] = {}
        self._recent: dict[int, Judged] = {}

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, place: Any) -> Any:
        """Return one, or those of a slice."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        kept = self._passing.get(place) or self._recent.pop(place, None) or _read(self._store.get(self._keys[place]))
        if kept is None:
            raise LookupError(f"the result of {self.found[place].student} is not in the store any more")
        # The same file may have been found elsewhere the last time.
        before, path = kept.submission, self.found[place].path
        return replace(kept, submission=replace(before, path=path, refusal=before.refusal.replace(before.path, path)))

    def put(self, place: int, key: str, judged: Judged) -> None:
        """Keep a result: in the store where it lasts, else for this run alone."""
        if key and judged.lasting:
            self._store[key] = json.dumps(to_plain(judged))
            self._note(place, key, judged)
        else:
            self._passing[place] = judged

    def recall(self, place: int, key: str) -> Judged | None:
        """Return what the store has of an earlier run, and count it as this run's."""
        kept = _read(self._store.get(key))
        if kept:
            self._note(place, key, kept)
        return kept

    def _note(self, place: int, key: str, judged: Judged) -> None:
        self._keys[place] = key
        if len(self._recent) < _RECENT:
            self._recent[place] = judged


def judge_found(
    plan: Plan,
    found: Sequence[Found],
    judges: Judges,
    store: Store,
    seen: Callable[[Judged], None],
    *,
    afresh: bool = False,
) -> Results:
    """Judge what was found, but for what the store knows already unless `afresh`; `seen` is told of each result.

    Submissions are read one by one as judges get free, so that memory does not grow with a class.
    """
    results = Results(found, store)
    places: dict[str, int] = {}

    def finished(place: int, key: str, judged: Judged) -> None:
        results.put(place, key, judged)
        seen(judged)

    def jobs() -> Iterator[Job]:
        for place, each in enumerate(found):
            try:
                content = read(each)
            except UnreadableError as fault:
                finished(place, "", Judged(refused(each, plan.grader, fault)))
                continue
            key = plan.key(each, content)
            known = None if afresh else results.recall(place, key)
            if known:
                seen(known)
                continue
            places[key] = place
            warm_up()
            yield Job(each.student, each.path, content, key)

    judges.run(plan, jobs(), lambda job, judged: finished(places.pop(job.key), job.key, judged), plan.lost)
    return results


def edition(course: Course, module: Module, task: Task, modules: Mapping[str, str], level: str) -> str:
    """Return a digest of all that decides a result besides the submission."""
    files = [*sorted(module.grader.iterdir()), module.rubric]
    return _digest(
        json.dumps(versions(course.settings.packages)),
        *(each.read_text("utf-8") for each in files if each.is_file()),
        json.dumps(dict(modules)),
        repr((task.seconds, task.only, task.secret, task.roots)),
        level,
    )


def _digest(*parts: str) -> str:
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        whole.update(len(content).to_bytes(8) + content)
    return whole.hexdigest()


def _slim(submission: Submission) -> Submission:
    return replace(submission, document=None, code=())


def _read(text: str | None) -> Judged | None:
    """Return what was kept, or None for a text that is not of this version."""
    if text is None:
        return None
    try:
        return from_plain(Judged, json.loads(text))
    except (TypeError, ValueError, KeyError):
        return None
