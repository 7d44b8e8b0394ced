"""An assignment's modules, graded one after the other, as one result; and that result beside nbgrader's."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tito.collection.ids import student_id
from tito.errors import Problem, UsageError
from tito.judging.pool import Judges
from tito.model.course import Assignment, Course
from tito.model.grade import Grade, Review
from tito.model.grader import Grader
from tito.model.submission import Fates
from tito.scoring.assignment import NOBODY, Part, late_of, together
from tito.scoring.comparison import Comparison, compare
from tito.scoring.settle import settle
from tito.workflows.book.nbgrader_book import NbgraderBook, read_nbgrader
from tito.workflows.course.opening import bare_name, find_module, part_of, rubric_of
from tito.workflows.grading.attempts import BEST, LONG_AGO, Picked, best
from tito.workflows.grading.grade import Choice, ClassResult, Grading
from tito.workflows.grading.grader import grader_files
from tito.workflows.grading.results import Store
from tito.workflows.grading.times import When, refuse_strangers

if TYPE_CHECKING:
    from decimal import Decimal

_DATABASE: Final = "gradebook.db"
_NBGRADER: Final = "nbgrader"
_RANDOM: Final = re.compile(r"random|\brng\b|shuffle|hypothesis|uuid4|secrets\.")


def gradings(
    course: Course,
    assignment: Assignment,
    paths: Sequence[Path],
    judges: Judges,
    choice: Choice,
    *,
    when: Callable[[str], When],
    store: Store | None,
) -> Iterator[Grading]:
    """Give the grading of each module of an assignment that anybody has handed in.

    `when` tells for a module what knows its times. Raises UsageError where nobody has handed in any, and CourseError
    where the modules cannot be one.
    """
    late_of(assignment.name, [each for name in assignment.modules if (each := rubric_of(course, name))])
    empty: list[UsageError] = []
    several = len(assignment.modules) > 1
    for module in assignment.modules:
        own = replace(choice, when=when(module), every=several)
        try:
            work = Grading(course, module, _own(course, assignment, module, paths), judges, choice=own, store=store)
        except UsageError as fault:
            empty.append(fault)
            continue
        refuse_strangers(own.when, work.results.found)
        yield work
    if len(empty) == len(assignment.modules):
        raise empty[0]


def _own(course: Course, assignment: Assignment, module: str, paths: Sequence[Path]) -> list[Path]:
    """Return the paths but those that are named after the folder of another of the assignment's modules."""
    folders = {find_module(course, name).folder.name for name in assignment.modules}
    others = folders - {find_module(course, module).folder.name}
    return [path for path in paths if not others & {path.absolute().name, path.absolute().parent.name}] or list(paths)


def joined(
    course: Course,
    assignment: Assignment,
    results: Sequence[ClassResult],
    reviews: Mapping[str, Review] = NOBODY,
) -> ClassResult:
    """Return the results of an assignment's modules as one, with what people decided about it; of one as it is.

    A part of an assignment is late with the whole alone.
    """
    if len(assignment.modules) == 1:
        return _undated(results[0]) if part_of(course, assignment.modules[0]) else results[0]
    graded = {result.grader.module: result for result in results}
    rubric, grades = together(assignment.name, tuple(_parts(course, assignment, graded)), reviews)
    return ClassResult(rubric, grades, results[0].level, results[0].grader, (), _fates(results, grades))


def _undated(result: ClassResult) -> ClassResult:
    rubric = replace(result.rubric, late=None)
    return replace(result, rubric=rubric, grades=tuple(settle(rubric, grade) for grade in result.grades))


def _parts(course: Course, assignment: Assignment, graded: Mapping[str, ClassResult]) -> Iterator[Part]:
    """Yield what an assignment consists of, what nobody has handed in as well."""
    for name in assignment.modules:
        result = graded.get(name)
        if rubric := result.rubric if result else rubric_of(course, name):
            yield Part(bare_name(course, name), rubric, result.grades if result else ())


def with_best(course: Course, assignment: Assignment, results: Sequence[ClassResult]) -> list[ClassResult]:
    """Return results that hold every attempt with that attempt of each student alone that comes to most as a whole.

    An attempt is what had been handed in by one moment: of each module the newest.
    """
    if len(assignment.modules) == 1 or course.settings.attempts != BEST:
        return list(results)
    students = {grade.student for result in results for grade in result.grades}
    chosen = [_best(course, assignment, results, student) for student in students]
    places = [sorted(place for own in chosen if (place := own[at]) is not None) for at in range(len(results))]
    return [_picked(result, own) for result, own in zip(results, places, strict=True)]


def _best(
    course: Course, assignment: Assignment, results: Sequence[ClassResult], student: str
) -> tuple[int | None, ...]:
    own = [
        sorted((_moment(grade), place) for place, grade in enumerate(result.grades) if grade.student == student)
        for result in results
    ]
    moments = sorted({moment for rows in own for moment, _ in rows})
    attempts = [tuple(_newest(rows, moment) for rows in own) for moment in moments]
    wholes = [
        joined(course, assignment, [_picked(result, () if place is None else (place,)) for result, place in pairs])
        for attempt in attempts
        for pairs in [list(zip(results, attempt, strict=True))]
    ]
    (place,) = best([whole.grades[0] for whole in wholes])
    return attempts[place]


def _newest(rows: Sequence[tuple[datetime, int]], by: datetime) -> int | None:
    return next((place for moment, place in reversed(rows) if moment <= by), None)


def _moment(grade: Grade) -> datetime:
    return grade.submitted or LONG_AGO


def _picked(result: ClassResult, places: Sequence[int]) -> ClassResult:
    cells = Picked(result.shown, places) if result.shown else result.shown
    own = Picked(result.grades, places), Picked(result.submissions, places)
    return replace(result, grades=own[0], submissions=own[1], shown=cells)


def _fates(results: Sequence[ClassResult], grades: Sequence[Grade]) -> Fates:
    """Return what has no place for any module, and of whom there is nothing for all of them."""
    left = dict.fromkeys(each for result in results for each in result.fates.left)
    idle = {student for result in results for student in result.fates.nothing}
    return Fates(tuple(left), tuple(sorted(idle - {each.student for each in grades})))


def compared(
    course: Course, results: Sequence[ClassResult], wanted: str, paths: Sequence[Path]
) -> tuple[Comparison, ...]:
    """Return graded modules beside what nbgrader's autograde gave, by its database.

    `wanted` is the database's file, or "nbgrader" where it lies beside the folder of submissions. Raises UsageError
    where there is none.
    """
    book = read_nbgrader(_database(wanted, paths))
    return tuple(_compared(course, result, book) for result in results)


def _compared(course: Course, result: ClassResult, book: NbgraderBook) -> Comparison:
    module = find_module(course, result.grader.module)
    own = (module.folder.name, module.stem)
    names = {cell.grade_id for cell in result.grader.criteria} | {cell.grade_id for cell in result.grader.left_out}
    theirs: dict[tuple[str, str], Decimal] = {}
    for score in book.scores:
        if (score.assignment, score.notebook) == own and score.auto is not None and score.cell in names:
            theirs[student_id(score.student)[0], score.cell] = score.auto
    left_out = {cell.grade_id for cell in result.grader.left_out}
    random = set(_random(result.grader, grader_files(module.grader)))
    return compare(module.id, result.grades, theirs, left_out=left_out, random=random)


def _random(grader: Grader, files: Mapping[str, str]) -> Iterator[str]:
    """Yield the criteria whose tests' text speaks of randomness."""
    lines = "".join(files.values()).split("\n")
    for block in grader.blocks:
        if block.cell and _RANDOM.search("\n".join(lines[block.first - 1 : block.last])):
            yield block.cell


def _database(wanted: str, paths: Sequence[Path]) -> Path:
    if wanted != _NBGRADER:
        return Path(wanted)
    places = [parent / _DATABASE for path in paths for parent in list(path.absolute().parents)[:4]]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        what = "nbgrader's database is not beside these submissions"
        raise UsageError(Problem(what, "Name its file: --compare path/to/gradebook.db.", str(paths[0])))
    return found
