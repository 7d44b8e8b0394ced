"""`tito lock --names`: where each name that a grader's tests use comes from, as its lock file has it."""

from collections.abc import Iterator, Sequence

from tito.errors import CourseError, Problem
from tito.locking import lock_file
from tito.model.course import Course
from tito.model.grader import Grader
from tito.records import dataclass
from tito.workflows.course.opening import find_modules, read_text, shown


@dataclass(frozen=True, slots=True)
class Named:
    """A name at a place: the block is that of a test cell, or of given code before the test cell `block` names."""

    module: str
    block: str
    name: str
    source: str
    why: str


def names(course: Course, wanted: Sequence[str]) -> tuple[Named, ...]:
    """Return the names of the graders of the modules that are named, or of all, in their order.

    Raises CourseError for a grader that was locked before names had sources.
    """
    found: list[Named] = []
    for module in find_modules(course, wanted):
        path = module.grader / lock_file.NAME
        fix = f"Run `tito lock {module.id}`."
        grader = lock_file.load(read_text(path, fix), shown(course, path))
        if grader.criteria and not grader.blocks:
            raise CourseError(Problem("this lock does not say where names come from", fix, shown(course, path)))
        found += _named(grader)
    return tuple(found)


def _named(grader: Grader) -> Iterator[Named]:
    labels = [_label(grader, place) for place in range(len(grader.blocks))]
    for each in grader.names:
        yield Named(grader.module, labels[each.place], each.name, str(each.source), each.why)


def _label(grader: Grader, place: int) -> str:
    tests = [block.cell for block in grader.blocks[place:] if block.cell]
    return grader.blocks[place].cell or (f"given, before {tests[0]}" if tests else "given")
