"""`tito stats`: a course over time and its totals, a module's criteria, and groups of equal failures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from statistics import median

from tito.errors import CourseError, Problem, UsageError
from tito.gradebook import schema
from tito.gradebook.book import Gradebook
from tito.gradebook.decisions import decide
from tito.gradebook.people import module as module_number
from tito.gradebook.people import student as student_number
from tito.model.course import Course
from tito.model.grade import Grade
from tito.records import dataclass
from tito.scoring.items import Alike, Item, Together, alike, items, together
from tito.scoring.totals import Total, Weights, total
from tito.workflows.book.decide import Case, within
from tito.workflows.book.grades import Standing, read_book
from tito.workflows.book.sections import sections_of
from tito.workflows.course.opening import graded_name


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module over the class: how many grades count, mean and median in percent, and who is late or missing."""

    module: str
    title: str
    due: datetime | None
    weight: Decimal
    graded: int
    mean: Decimal
    median: Decimal
    late: int
    missing: int


@dataclass(frozen=True, slots=True)
class StudentLine:
    """One student over the course."""

    student: str
    name: str
    sections: tuple[str, ...]
    shares: tuple[Decimal | None, ...]
    total: Total


@dataclass(frozen=True, slots=True)
class CourseStats:
    """A course: its modules by due date, its students, and the mean total of each section."""

    modules: tuple[ModuleLine, ...]
    students: tuple[StudentLine, ...]
    sections: tuple[tuple[str, int, Decimal], ...]
    drop: int


@dataclass(frozen=True, slots=True)
class ModuleStats:
    """One module: its line, its criteria, those that fail together, and who fails alike."""

    line: ModuleLine
    items: tuple[Item, ...]
    together: tuple[Together, ...]
    alike: tuple[Alike, ...]


def of_course(course: Course, book: Gradebook, among: frozenset[str] | None = None) -> CourseStats:
    """Return a course's statistics. Raises UsageError where nothing was graded, CourseError for wrong weights."""
    weights = weights_of(course)
    found = read_book(course, book, among=among)
    if not found.modules:
        raise UsageError(Problem("the gradebook has no grades yet", "Run `tito grade` first."))
    rubrics = {each.module: each for each in found.rubrics}
    lines = [_line([each for each in found.standings if each.module == name], weights) for name in found.modules]
    far = datetime.max.replace(tzinfo=UTC)
    dues = {name: rubric.late.due if rubric.late else None for name, rubric in rubrics.items()}
    named = [
        replace(line, title=rubrics[line.module].title if line.module in rubrics else "", due=dues.get(line.module))
        for line in lines
    ]
    ordered = sorted(named, key=lambda line: (line.due or far, line.module))
    names = [line.module for line in ordered]
    by_student: dict[str, dict[str, Standing]] = {}
    for each in found.standings:
        by_student.setdefault(each.person.name, {})[each.module] = each
    students = tuple(
        _student(by_student[each.name], names, weights) for each in found.people if each.name in by_student
    )
    return CourseStats(tuple(ordered), students, tuple(_sections(students)), weights.drop)


def of_module(course: Course, book: Gradebook, wanted: str, among: frozenset[str] | None = None) -> ModuleStats:
    """Return a module's statistics. Raises UsageError where it has no grades."""
    name = graded_name(course, wanted)
    found = read_book(course, book, wanted, outcomes=True, among=among)
    grades = [each.grade for each in found.standings if each.grade]
    if not grades:
        raise UsageError(Problem(f"the gradebook has no grades of {name}", "Run `tito grade` first."))
    (rubric,) = found.rubrics
    line = replace(_line(found.standings, weights_of(course)), title=rubric.title)
    return ModuleStats(line, items(rubric, grades), together(rubric, grades), alike(grades))


def comment_alike(course: Course, book: Gradebook, case: Case, key: str, text: str) -> str:
    """Write one comment on a criterion to all students of a group of equal failures; say what was done.

    Raises UsageError for a group that is not there, naming those that are.
    """
    groups = of_module(course, book, case.module).alike
    group = next((each for each in groups if each.key == key), None)
    if group is None:
        names = ", ".join(each.key for each in groups) or "none"
        raise UsageError(Problem(f"there is no group {key}", f"There are {names}: see `tito review MODULE --alike`."))
    own, criterion = within(course, case, group.criterion)
    name = graded_name(course, own.module)
    with book.writing() as connection:
        module = module_number(connection, name)
        for student in group.students:
            who = (student_number(connection, student), module)
            values = {"criterion": criterion, "text": text, "retracts": None}
            decide(connection, schema.comments, who, case.author, case.at, **values)
    return f"{name}, {criterion}: {len(group.students)} students have the comment"


def weights_of(course: Course) -> Weights:
    """Return how much each module counts, by the settings. Raises CourseError for a line that is none."""
    found: dict[str, Decimal] = {}
    for line in course.settings.weights:
        name, colon, number = line.rpartition(":")
        try:
            weight = Decimal(number.strip().rstrip("%")) if colon else Decimal(-1)
        except InvalidOperation:
            weight = Decimal(-1)
        if not weight.is_finite() or weight < 0:
            fix = 'Write it as in weights = ["01_tensor: 2", "20: 0"].'
            raise CourseError(Problem(f"the setting weights holds {line!r}, which is no module and number", fix))
        found[graded_name(course, name.strip())] = weight
    return Weights(found, course.settings.drop_lowest)


def _line(standings: Sequence[Standing], weights: Weights) -> ModuleLine:
    module = standings[0].module
    counting = [each for each in standings if not each.excused]
    grades = [each.grade for each in counting if each.grade and not each.grade.broken]
    shares = [each.final_percent for each in grades]
    mean = sum(shares, Decimal(0)) / len(shares) if shares else Decimal(0)
    middle = Decimal(median(shares)) if shares else Decimal(0)
    late = sum(bool(each.late) for each in grades)
    missing = sum(each.grade is None for each in counting)
    return ModuleLine(module, "", None, weights.weight(module), len(grades), mean, middle, late, missing)


def _student(standings: dict[str, Standing], modules: Sequence[str], weights: Weights) -> StudentLine:
    person = next(iter(standings.values())).person
    grades: dict[str, Grade | None] = {name: standings[name].grade for name in modules if name in standings}
    excused = [name for name in grades if standings[name].excused]
    shares = (_share(grades.get(name), excused=name in excused) for name in modules)
    own = (person.name, person.full_name, sections_of(person))
    return StudentLine(*own, tuple(shares), total(grades, excused, weights))


def _share(grade: Grade | None, *, excused: bool) -> Decimal | None:
    return None if grade is None or grade.broken or excused else grade.final_percent


def _sections(students: Sequence[StudentLine]) -> list[tuple[str, int, Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for each in students:
        for section in each.sections if each.total.percent is not None else ():
            found.setdefault(section, []).append(each.total.percent or Decimal(0))
    return [(name, len(own), sum(own, Decimal(0)) / len(own)) for name, own in sorted(found.items())]
