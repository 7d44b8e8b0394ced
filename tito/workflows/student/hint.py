"""`tito hint`: the hints of what does not pass yet, one more each time."""

from collections.abc import Callable
from pathlib import Path

from tito.model.course import Course
from tito.model.outcome import Status
from tito.model.rubric import Criterion
from tito.model.submission import digest_of
from tito.records import dataclass
from tito.workflows.student.check import CheckResult, Task, look
from tito.workflows.student.record import give, given, last_check


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint: the `number`th of `count` for a criterion; without a `title`, nothing is left to give one for."""

    module: str
    title: str = ""
    text: str = ""
    number: int = 0
    count: int = 0
    tests: str = ""


def hint(course: Course, wanted: str, start: Path, judge: Callable[[Task], CheckResult], *, only: str = "") -> Hint:
    """Give the next hint for the first criterion that does not pass, of those whose id or title holds `only`.

    Work that was edited since its last check is judged first.
    """
    task = look(course, wanted, start, only=only)
    failing = [each for each in task.rubric.criteria if each.id in _failing(course, task, judge)]
    if not failing:
        return Hint(task.module.id)
    return _next(course, task.module.id, failing[0])


def _failing(course: Course, task: Task, judge: Callable[[Task], CheckResult]) -> set[str]:
    last = last_check(course, task.module.id) if task.found.path == str(task.module.source) else None
    if last and last.work == digest_of(task.content):
        return {name for name, status in last.statuses.items() if status != Status.PASSED}
    if task.syntax:
        return {each.id for each in task.rubric.criteria}
    return {each.criterion.id for each in judge(task).grade.criteria if each.status is not Status.PASSED}


def _next(course: Course, module: str, criterion: Criterion) -> Hint:
    hints = criterion.hints
    if not hints:
        return Hint(module, criterion.title, tests=criterion.tests)
    number = min(given(course, module, criterion.id) + 1, len(hints))
    give(course, module, criterion.id, number)
    return Hint(module, criterion.title, hints[number - 1], number, len(hints), criterion.tests)
