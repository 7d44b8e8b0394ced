"""`tito gradebook show`, `student` and `export`: the grades that count, with those who have none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from tito.errors import Problem, UsageError
from tito.gradebook import people
from tito.gradebook.book import Gradebook
from tito.gradebook.decisions import excused
from tito.gradebook.people import Person
from tito.gradebook.read import Kept, current, with_outcomes
from tito.gradebook.timeline import events
from tito.model.course import Course
from tito.model.escapes import escaped
from tito.model.event import Event
from tito.model.grade import Grade
from tito.model.points import rounded
from tito.model.rubric import Rubric
from tito.scoring.assignment import Part, together
from tito.workflows.course.opening import bare_name, find_assignment, find_module


@dataclass(frozen=True, slots=True)
class Standing:
    """One student in one module: the grade that counts, or None where nothing was handed in."""

    person: Person
    module: str
    kept: Kept | None
    excused: str = ""

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        return "excused" if self.excused else state(self.grade)

    @property
    def grade(self) -> Grade | None:
        """The grade, where there is one."""
        return self.kept.grade if self.kept else None


@dataclass(frozen=True, slots=True)
class Book:
    """The grades of a course: who, in which modules, and how each stands."""

    people: tuple[Person, ...]
    modules: tuple[str, ...]
    standings: tuple[Standing, ...]
    rubrics: tuple[Rubric, ...]


def read_book(
    course: Course, book: Gradebook, wanted: str = "", *, outcomes: bool = False, among: frozenset[str] | None = None
) -> Book:
    """Return the grades that count, of one module or all; everyone on the roster has a row in each.

    Where `among` is given, nobody else has one. An assignment of several modules has one grade for each student.
    Raises UsageError where one of them was never graded.
    """
    if wanted and len(modules := find_assignment(course, wanted).modules) > 1:
        books = [read_book(course, book, each, outcomes=outcomes, among=among) for each in modules]
        return _together(course, wanted, books)
    module = find_module(course, wanted).id if wanted else ""
    with book.reading() as connection:
        kept = current(connection, module)
        if outcomes:
            whole = with_outcomes(connection, kept)
            kept = tuple(replace(each, grade=grade) for each, grade in zip(kept, whole, strict=True))
        everyone, roster = people.students(connection), people.roster(connection)
        why = excused(connection, module)
    found = {(each.grade.student, each.grade.module): each for each in kept}
    modules = (module,) if module else tuple(dict.fromkeys(each.grade.module for each in kept))
    enrolled = {each.name for each in roster}
    chosen = tuple(
        each
        for each in everyone
        if (each.name in enrolled or any((each.name, name) in found for name in modules))
        and (among is None or each.name in among)
    )
    standings = tuple(
        Standing(each, name, found.get((each.name, name)), why.get((each.name, name), ""))
        for name in modules
        for each in chosen
    )
    newest = {each.grade.module: each.rubric for each in sorted(kept, key=lambda each: each.edition)}
    return Book(chosen, modules, standings, tuple(newest[name] for name in modules if name in newest))


def _together(course: Course, name: str, books: Sequence[Book]) -> Book:
    for found in books:
        if not found.rubrics:
            fix = f"Run `tito grade {name}` first."
            raise UsageError(Problem(f"the gradebook has no grades of {found.modules[0]}", fix))
    parts = [
        Part(
            bare_name(course, found.modules[0]),
            found.rubrics[0],
            [each.grade for each in found.standings if each.grade],
        )
        for found in books
    ]
    rubric, grades = together(name, parts)
    known = {grade.student: grade for grade in grades}
    own = {person.name: person for found in books for person in found.people}
    standings = tuple(_whole(person, name, books, rubric, known.get(person.name)) for person in own.values())
    return Book(tuple(own.values()), (name,), standings, (rubric,))


def _part(course: Course, found: Book) -> Part:
    grades = [each.grade for each in found.standings if each.grade]
    return Part(bare_name(course, found.modules[0]), found.rubrics[0], grades)


def _whole(person: Person, name: str, books: Sequence[Book], rubric: Rubric, grade: Grade | None) -> Standing:
    theirs = [each for found in books for each in found.standings if each.person.name == person.name]
    kept = [each.kept for each in theirs if each.kept]
    excused = [each.excused for each in theirs if each.excused]
    why = excused[0] if len(excused) == len(books) else ""
    if not kept or grade is None:
        return Standing(person, name, None, why)
    latest = max(kept, key=lambda each: each.at)
    return Standing(person, name, replace(latest, grade=grade, rubric=rubric), why)


def student_grades(course: Course, book: Gradebook, student: str, wanted: str = "") -> tuple[Kept, ...]:
    """Return a student's grades that count, with what each test said. Raises UsageError for an unknown student."""
    module = find_module(course, wanted).id if wanted else ""
    with book.reading() as connection:
        people.student(connection, student)
        kept = current(connection, module, escaped(student))
        whole = with_outcomes(connection, kept)
    return tuple(replace(each, grade=grade) for each, grade in zip(kept, whole, strict=True))


def student_history(course: Course, book: Gradebook, student: str, wanted: str = "") -> Sequence[Event]:
    """Return all that happened to a student's grades. Raises UsageError for an unknown student."""
    module = find_module(course, wanted).id if wanted else ""
    with book.reading() as connection:
        people.student(connection, student)
        return events(connection, escaped(student), module)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an exported gradebook; numbers are exact, "nothing handed in" has none."""

    student: str
    full_name: str
    email: str
    module: str
    state: str
    earned: Decimal | None
    adjustments: Decimal | None
    final: Decimal | None
    possible: Decimal | None
    percent: Decimal | None
    submitted: str
    late_seconds: int
    level: str
    run: int | None
    graded_at: str


def rows(found: Book) -> tuple[Row, ...]:
    """Return a book as plain rows, for JSON and CSV."""
    return tuple(_row(each) for each in found.standings)


def state(grade: Grade | None) -> str:
    """Return in one word how a grade stands."""
    if grade is None:
        return "missing"
    if grade.broken:
        return "broken"
    if grade.refusal:
        return "refused"
    return "graded" if grade.complete else "incomplete"


def _row(each: Standing) -> Row:
    own = (each.person.name, each.person.full_name, each.person.email, each.module, each.state)
    if each.kept is None:
        return Row(*own, None, None, None, None, None, "", 0, "", None, "")
    grade = each.kept.grade
    number = (grade.earned, grade.final - grade.earned, grade.final, grade.possible, rounded(grade.final_percent, 2))
    late = int(grade.late.total_seconds())
    return Row(*own, *number, _text(grade.submitted), late, grade.level, each.kept.run, _text(each.kept.at))


def _text(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
