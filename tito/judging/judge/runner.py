"""The judge: runs one grader's locked tests on one submission after another."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Zygote
from tito.model.outcome import Run
from tito.model.submission import Code

if TYPE_CHECKING:
    import pytest


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long things may take: one test, running the cells, and a whole submission.

    `criteria` are the limits of those grade_ids whose tests have one of their own.
    """

    test: float = 10.0
    load: float = 20.0
    submission: float = 60.0
    criteria: Mapping[str, float] = field(default_factory=dict)

    def of(self, grade_id: str) -> float:
        """Return the limit of one criterion's tests."""
        return self.criteria.get(grade_id, self.test)


@dataclass(frozen=True, slots=True)
class Task:
    """What to judge submissions with.

    `folder` holds the grader's pytest modules; `roots` are the top-level packages that its imports of the course
    name, and `target` is the module that a submission becomes. `unnested` are the grade_ids whose tests run without
    the other tests that they call, `shared` the tests that run beside the submission. `only` limits the grade_ids.
    `module` and the course's `secret` go into the seeds.
    """

    folder: Path
    target: str
    contract: Contract
    roots: Collection[str]
    seconds: Seconds = field(default_factory=Seconds)
    unnested: Collection[str] = ()
    shared: Collection[str] = ()
    only: Collection[str] | None = None
    module: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be judged: the code of a submission, and whose it is."""

    code: Sequence[Code]
    student: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """A collected locked test and its mark's content."""

    grade_id: str
    points: str
    name: str
    item: "pytest.Item" = field(repr=False)


def judge(task: Task, zygote: Zygote, works: Iterable[Work], done: Callable[[Run], None]) -> tuple[Test, ...]:
    """Run the grader on each work and hand its Run to `done` before the next is taken; return the tests, in order.

    Raises CourseError where the grader cannot be collected and BrokenError where no subject can be started.
    """
    from tito.judging.judge import bench  # noqa: PLC0415 - pytest, which a class that has not changed does without

    return bench.judge(task, zygote, works, done)


def warm_up() -> None:
    """Import what judging needs: once, before processes that judge are forked from this one."""
    from tito.judging.judge import bench  # noqa: F401, PLC0415 - see above


def criteria_of(tests: Iterable[Test]) -> Mapping[str, list[Test]]:
    """Return the tests by grade_id, in order."""
    found: dict[str, list[Test]] = {}
    for test in tests:
        found.setdefault(test.grade_id, []).append(test)
    return found
