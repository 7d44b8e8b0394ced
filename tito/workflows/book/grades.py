"""`tito gradebook show`, `student` and `export`: the grades that count, with those who have none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from tito.gradebook import people
from tito.gradebook.book import Gradebook
from tito.gradebook.decisions import excused
from tito.gradebook.people import Person
from tito.gradebook.read import Kept, current, of_whole, with_outcomes
from tito.gradebook.timeline import events
from tito.model.course import Assignment, Course
from tito.model.escapes import escaped
from tito.model.event import Event
from tito.model.grade import Grade
from tito.model.points import rounded
from tito.model.rubric import Rubric
from tito.records import dataclass
from tito.scoring.assignment import Part, late_of, together
from tito.scoring.settle import NO_REVIEW
from tito.workflows.course.opening import assignments, bare_name, find_assignment, rubric_of


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
    course: Course,
    book: Gradebook,
    wanted: str = "",
    *,
    outcomes: bool = False,
    among: frozenset[str] | None = None,
    student: str = "",
) -> Book:
    """Return the grades that count, of one assignment or all; everyone on the roster has a row in each.

    Where `among` or a `student` is given, nobody else has one. An assignment of several modules has one grade for
    each student. Raises CourseError where its modules cannot be one.
    """
    whole = find_assignment(course, wanted) if wanted else None
    modules = whole.modules if whole else ()
    found = _read(book, modules, outcomes=outcomes, among=frozenset({student}) if student else among, student=student)
    if whole is None:
        return _by_assignment(course, book, found)
    return _together(course, book, whole, found) if len(modules) > 1 else found


def _read(
    book: Gradebook, modules: Sequence[str], *, outcomes: bool, among: frozenset[str] | None, student: str
) -> Book:
    """Return the grades that count of some modules, or of all that were graded, module by module."""
    with book.reading() as connection:
        kept = tuple(each for name in modules or ("",) for each in current(connection, name, student))
        if outcomes:
            whole = with_outcomes(connection, kept)
            kept = tuple(replace(each, grade=grade) for each, grade in zip(kept, whole, strict=True))
        everyone, roster = people.students(connection), people.roster(connection)
        why = {who: text for name in modules or ("",) for who, text in excused(connection, name).items()}
    found = {(each.grade.student, each.grade.module): each for each in kept}
    modules = tuple(modules) or tuple(dict.fromkeys(each.grade.module for each in kept))
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


def _by_assignment(course: Course, book: Gradebook, found: Book) -> Book:
    """Return the grades of modules with those of assignments of several in the place of their modules'."""
    wholes = [each for each in assignments(course) if {*each.modules} & {*found.modules}]
    if not wholes:
        return found
    books = {each.name: _together(course, book, each, found) for each in wholes}
    parts = {module for each in wholes for module in each.modules}
    names = tuple(sorted({*found.modules, *books} - (parts - books.keys())))
    standings = {name: [each for each in found.standings if each.module == name] for name in found.modules}
    standings |= {name: list(whole.standings) for name, whole in books.items()}
    rubrics = {each.module: each for one in (found, *books.values()) for each in one.rubrics}
    rows = tuple(each for name in names for each in standings[name])
    return Book(found.people, names, rows, tuple(rubrics[name] for name in names if name in rubrics))


def _together(course: Course, book: Gradebook, whole: Assignment, found: Book) -> Book:
    """Return the grades of an assignment of several modules, of which some may not have been handed in by anybody."""
    parts = tuple(_parts(course, whole, found))
    late = late_of(whole.name, [part.rubric for part in parts])
    with book.reading() as connection:
        reviews = of_whole(connection, whole, late.due if late else None)
    rubric, grades = together(whole.name, parts, reviews) if parts else (None, ())
    known = {grade.student: grade for grade in grades}
    standings = tuple(
        _whole(person, whole, found, known.get(person.name), rubric, reviews.get(person.name, NO_REVIEW).excused)
        for person in found.people
    )
    return Book(found.people, (whole.name,), standings, (rubric,) if rubric else ())


def _parts(course: Course, whole: Assignment, found: Book) -> Iterator[Part]:
    """Yield what an assignment consists of; the course's own rubric says what is worth a module nobody handed in."""
    rubrics = {each.module: each for each in found.rubrics}
    for name in whole.modules if rubrics.keys() & {*whole.modules} else ():
        grades = [each.grade for each in found.standings if each.module == name and each.grade]
        if rubric := rubrics.get(name) or rubric_of(course, name):
            yield Part(bare_name(course, name), rubric, grades)


def _whole(
    person: Person, whole: Assignment, found: Book, grade: Grade | None, rubric: Rubric | None, why: str
) -> Standing:
    theirs = [each for each in found.standings if each.person.name == person.name and each.module in whole.modules]
    kept = [each.kept for each in theirs if each.kept]
    free = [each.excused for each in theirs if each.excused]
    why = why or (free[0] if len(free) == len(whole.modules) else "")
    if not kept or grade is None or rubric is None:
        return Standing(person, whole.name, None, why)
    latest = max(kept, key=lambda each: each.at)
    return Standing(person, whole.name, replace(latest, grade=replace(grade, excused=why), rubric=rubric), why)


def student_grades(course: Course, book: Gradebook, student: str, wanted: str = "") -> tuple[Kept, ...]:
    """Return a student's grades that count, with what each test said. Raises UsageError for an unknown student."""
    with book.reading() as connection:
        people.student(connection, student)
    found = read_book(course, book, wanted, outcomes=True, student=escaped(student))
    return tuple(each.kept for each in found.standings if each.kept)


def student_history(course: Course, book: Gradebook, student: str, wanted: str = "") -> Sequence[Event]:
    """Return all that happened to a student's grades. Raises UsageError for an unknown student."""
    whole = find_assignment(course, wanted) if wanted else None
    names = dict.fromkeys((whole.name, *whole.modules)) if whole else ("",)
    with book.reading() as connection:
        people.student(connection, student)
        found = [event for name in names for event in events(connection, escaped(student), name)]
    return sorted(found, key=lambda each: each.at)


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
