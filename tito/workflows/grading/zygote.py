"""Start the process that forks subjects, before the rest of tito is loaded: it takes as long as that to be ready."""

from tito.judging.judge.launcher import Zygote
from tito.model.course import Course
from tito.sandbox.confine import Level
from tito.sandbox.limits import Limits


def start_zygote(course: Course, level: Level) -> Zygote:
    """Return a zygote with a course's limits and packages; close it, or use it in a `with` statement."""
    cpu = int(course.settings.submission_seconds) + 1
    return Zygote(level, Limits(cpu=cpu), course.settings.packages)
