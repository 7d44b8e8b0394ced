"""What a class is graded with: a judge for each processor, and the store of what is finished."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from tito.errors import CourseError, Problem
from tito.judging.plan import WALL_FACTOR, Confinement, Plan, Work, seed_for
from tito.judging.pool import Judges, Pool
from tito.model.course import Course
from tito.model.outcome import Run
from tito.sandbox.levels import Level
from tito.workflows.course.opening import own_folder
from tito.workflows.grading.command import SEED, WORKER
from tito.workflows.machine.sandbox import best, choose

if TYPE_CHECKING:
    from tito.gradebook.finished import Finished
    from tito.workflows.grading.cluster import Cluster

_NAME: Final = "finished.db"
_MARGIN: Final = 60.0


@contextmanager
def start_judges(
    course: Course, wanted: Level | None, jobs: int = 0, cluster: str = ""
) -> Iterator["Pool | Cluster"]:
    """Give what judges a class at the level that is `wanted`: a pool here, or the workers of a `cluster`.

    Raises BrokenError where that level cannot be had.
    """
    if cluster:
        from tito.workflows.grading.cluster import connect  # noqa: PLC0415 - few need it

        with connect(course, wanted, cluster, _patience(course)) as judges:
            yield judges
    else:
        with start_pool(course, jobs, partial(choose, course, wanted)) as pool:
            yield pool


def start_pool(course: Course, jobs: int = 0, level: Callable[[], Level] = best) -> Pool:
    """Return `jobs` judges with warm zygotes, or one for each processor; use it in a `with` statement.

    Which `level` they have is found out while they start.
    """
    return Pool(
        WORKER, lambda: confinement(course, level()), jobs or processors(), _patience(course), hash_seed(course)
    )


def hash_seed(course: Course) -> int:
    """Return the seed of the hashes of whatever judges a course's submissions."""
    return seed_for(course.settings.secret, "", "", "") if course.settings.secret else SEED


def confinement(course: Course, level: Level) -> Confinement:
    """Return what a course's subjects are started in."""
    return Confinement(level, int(course.settings.submission_seconds) + 1, course.settings.packages)


def _patience(course: Course) -> float:
    """Return the seconds after which a judge that has said nothing of a submission is taken for dead."""
    settings = course.settings
    return WALL_FACTOR * (settings.load_seconds + settings.submission_seconds) + _MARGIN


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def finished(course: Course, warn: Callable[[str], None]) -> Iterator["Finished"]:
    """Give the course's store of finished work; `warn` is told where nothing can be kept."""
    from tito.gradebook.finished import Finished  # noqa: PLC0415 - a student's check keeps nothing

    with Finished(own_folder(course) / _NAME) as store:
        if store.problem:
            warn(f"what is finished cannot be kept for the next time: {store.problem}")
        yield store


def run_of(judges: Judges, plan: Plan, work: Work) -> Run:
    """Return the run of one work of the course's own."""
    ((_, ruling),) = judges.rulings(plan, [work])
    if ruling.run is None:
        raise CourseError(Problem(ruling.submission.refusal))
    return ruling.run
