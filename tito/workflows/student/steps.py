"""Where a student is in a workspace, and what to do next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tito.model.course import Course, Module
from tito.model.submission import digest_of
from tito.records import dataclass
from tito.workflows.student.module import Progress, State, status
from tito.workflows.student.record import last_check


@dataclass(frozen=True, slots=True)
class Standing:
    """One module: how far it is, its points at the last check, and whether the work was edited since.

    `sure` and `open` are as `tito.workflows.student.record.Last` has them; None where it was never checked.
    """

    progress: Progress
    total: Decimal
    sure: Decimal | None = None
    open: Decimal = Decimal(0)
    edited: bool = False
    passed: bool = False


def standings(course: Course, wanted: Sequence[str] = ()) -> tuple[Standing, ...]:
    """Return how far the modules are that are named, or all; nothing is run for it."""
    by_id = {each.id: each for each in course.modules}
    return tuple(_standing(course, by_id[each.module], each) for each in status(course, wanted))


def steps(found: Sequence[Standing], checked: str = "") -> tuple[str, ...]:
    """Return what to do next, in one sentence each; `checked` is a module that passes all visible tests now."""
    here = next((each for each in found if each.progress.module == checked), None)
    told = list(_here(here)) if here else []
    ahead = next((each for each in found if each.progress.state is not State.COMPLETE and each is not here), None)
    if ahead is None:
        return (*told, *(() if told else ("everything is complete: `tito submit` packs a lesson to hand in",)))
    return (*told, _step(ahead)) if not told or (here and here.progress.state is State.COMPLETE) else tuple(told)


def _here(standing: Standing) -> Iterator[str]:
    number = _number(standing.progress.module)
    if standing.progress.state is State.COMPLETE:
        yield f"hand it in: `tito submit {number}` makes the file to upload"
    else:
        yield f"`tito module complete {number}` exports it and notes that it is done"


def _step(standing: Standing) -> str:
    progress, number = standing.progress, _number(standing.progress.module)
    if not progress.path:
        return f"`tito module start {number}` brings {progress.module}"
    if progress.state is State.NOT_STARTED:
        return f"{progress.module}: open {progress.path}, write what is to do, then `tito check {number}`"
    if progress.state is State.CHANGED or (standing.passed and not standing.edited):
        return f"`tito module complete {number}`"
    return f"`tito check {number}`, or `tito hint {number}`"


def _number(module: str) -> str:
    number = module.partition("_")[0]
    return number if number.isdecimal() else module


def _standing(course: Course, module: Module, progress: Progress) -> Standing:
    last = last_check(course, module.id)
    plain = Standing(progress, progress.points)
    if last is None or module.source is None:
        return plain
    edited = digest_of(module.source.read_bytes()) != last.work
    return replace(plain, total=last.total, sure=last.sure, open=last.open, edited=edited, passed=last.passed)
