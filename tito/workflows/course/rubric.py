"""`tito rubric`: start a rubric from a grader, and prove that it mirrors the grader's points."""

from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files

from tito.errors import CourseError, Problem, TitoError
from tito.locking import lock_file
from tito.model.course import Course, Module
from tito.model.grader import LockedCriterion, LockedManual
from tito.model.rubric import Credit, Criterion, CriterionKind, Rubric
from tito.records import dataclass
from tito.scoring import dump
from tito.scoring.partial import partial_credit
from tito.workflows.course.opening import find_module, find_modules, read_text, shown, write_text
from tito.workflows.grading.grader import load_rubric
from tito.workflows.grading.rules import require


@dataclass(frozen=True, slots=True)
class Checked:
    """One rubric: its points and criteria where it is right, its problems where it is not."""

    module: str
    path: str
    points: Decimal
    criteria: int
    problems: tuple[Problem, ...] = ()


def check(course: Course, wanted: Sequence[str]) -> tuple[Checked, ...]:
    """Check the rubrics of the modules that are named, or of all that have a grader."""
    modules = find_modules(course, wanted)
    return tuple(_checked(course, module) for module in modules if wanted or module.grader.is_dir())


def init(course: Course, wanted: str, *, force: bool = False) -> str:
    """Write a first rubric out of a module's grader, and the schema for editors; return the rubric's path.

    Raises CourseError where there is a rubric already, unless `force`.
    """
    module = find_module(course, wanted)
    if module.rubric.exists() and not force:
        path = shown(course, module.rubric)
        raise CourseError(Problem("this rubric is there already", "Use --force to replace it.", path))
    lock = module.grader / lock_file.NAME
    grader = lock_file.load(read_text(lock, f"Run `tito lock {module.id}`."), shown(course, lock))
    criteria = (*map(criterion_of, grader.criteria), *map(criterion_of, grader.manual))
    total = sum((each.points for each in criteria), Decimal(0))
    write_text(
        module.rubric, dump(Rubric(module.id, _title(module.id.partition("_")[2] or module.id), total, criteria))
    )
    write_text(module.rubric.with_name("schema.json"), schema())
    return shown(course, module.rubric)


def criterion_of(locked: LockedCriterion | LockedManual) -> Criterion:
    """Return a rubric's first criterion for what was locked."""
    own = (locked.grade_id, locked.points, _title(locked.grade_id))
    if isinstance(locked, LockedManual):
        return Criterion(*own, kind=CriterionKind.MANUAL)
    # A cell that ends in all of its points is nbgrader's partial credit.
    value = locked.value not in {"", "True"} and partial_credit(locked.value, locked.points)[0] == locked.points
    return Criterion(*own, credit=Credit.VALUE if value and locked.points else Credit.ALL)


def schema() -> str:
    """Return the JSON Schema of rubrics."""
    return files("tito.scoring").joinpath("rubric.schema.json").read_text("utf-8")


def _checked(course: Course, module: Module) -> Checked:
    path = shown(course, module.rubric)
    lock = module.grader / lock_file.NAME
    try:
        grader = lock_file.load(read_text(lock, f"Run `tito lock {module.id}`."), shown(course, lock))
        file = load_rubric(course, module, grader)
        require(file)
        rubric = file.rubric
    except TitoError as fault:
        return Checked(module.id, path, Decimal(0), 0, fault.problems)
    return Checked(module.id, path, rubric.points, len(rubric.criteria))


def _title(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").removeprefix("test ").capitalize()
