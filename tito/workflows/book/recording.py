"""A graded class into the gradebook, and back with what people have decided."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from importlib import metadata

from sqlalchemy import Connection

from tito.gradebook import people
from tito.gradebook.book import Gradebook
from tito.gradebook.decisions import review_of
from tito.gradebook.latedays import LateDays
from tito.gradebook.read import Kept, of_batch, of_whole, times_of
from tito.gradebook.record import Batch, Entry, record
from tito.gradebook.shown import put_shown
from tito.gradebook.wholes import parts
from tito.locking import lock_file
from tito.locking.test_digests import test_digests
from tito.model.course import Assignment, Course
from tito.model.escapes import escaped
from tito.model.grade import Review
from tito.model.rubric import Rubric
from tito.scoring import dump, settle
from tito.scoring.assignment import late_of
from tito.scoring.settle import NO_REVIEW
from tito.workflows.course.opening import find_module
from tito.workflows.grading.grade import ClassResult
from tito.workflows.grading.grader import grader_files
from tito.workflows.grading.times import UNTIMED


def keep(
    course: Course, book: Gradebook, result: ClassResult, author: str, now: datetime, *, proposed: bool = False
) -> tuple[ClassResult, int]:
    """Write a graded class; return it settled with what people decided, and its batch's number.

    A time of submission that is known of the same bytes stays known.
    """
    with book.writing() as connection:
        result = _with_times(connection, result)
        number = record(connection, _batch(course, result, author, now, proposed=proposed), _entries(result))
        kept = of_batch(connection, number)
        _put_shown(connection, result, kept)
    return _settled(result, kept), number


def look(book: Gradebook, result: ClassResult) -> ClassResult:
    """Return a graded class as the gradebook would settle it, and write nothing."""
    module = result.grader.module
    with book.reading() as connection:
        result = _with_times(connection, result)
        rubric, late_days = _own(connection, result), LateDays(connection)
        grades = []
        for grade, each in zip(result.grades, result.submissions, strict=True):
            who = people.known(connection, grade.student, module)
            answers = {answer.criterion: answer.digest for answer in each.answers}
            review = review_of(connection, who, answers) if who else NO_REVIEW
            due = review.due or (rubric.late.due if rubric.late else None)
            review = replace(review, budget=late_days.of(*who, due)) if who else review
            grades.append(settle(rubric, grade, review))
    return replace(result, grades=tuple(grades))


def decided(book: Gradebook, whole: Assignment, results: Sequence[ClassResult]) -> Mapping[str, Review]:
    """Return what people decided about an assignment of several modules as a whole, by student."""
    if len(whole.modules) == 1:
        return {}
    late = late_of(whole.name, [result.rubric for result in results])
    with book.reading() as connection:
        return of_whole(connection, whole, late.due if late else None)


def _own(connection: Connection, result: ClassResult) -> Rubric:
    """Return a module's rubric without lateness where that is a whole assignment's."""
    return replace(result.rubric, late=None) if result.grader.module in parts(connection) else result.rubric


def _with_times(connection: Connection, result: ClassResult) -> ClassResult:
    """Return a graded class in which what is not said anew of times is as it was recorded."""
    known = times_of(connection, result.grader.module)
    if not known:
        return result
    rubric = _own(connection, result)
    grades = []
    for grade, each in zip(result.grades, result.submissions, strict=True):
        moment = None if grade.submitted else known.get((escaped(grade.student), each.digest))
        notes = tuple(note for note in grade.notes if note != UNTIMED)
        timed = settle(rubric, replace(grade, submitted=moment, notes=notes)) if moment else grade
        grades.append(timed)
    return replace(result, grades=tuple(grades))


def _batch(course: Course, result: ClassResult, author: str, now: datetime, *, proposed: bool) -> Batch:
    grader = result.grader
    folder = find_module(course, grader.module).grader
    edition = f"{dump(result.rubric)}\0{lock_file.dump(grader)}"
    return Batch(
        result.rubric,
        hashlib.sha256(edition.encode()).hexdigest(),
        author,
        now,
        f"tito {metadata.version('tito-autograder')}",
        proposed,
        test_digests(grader, grader_files(folder)),
    )


def _entries(result: ClassResult) -> list[Entry]:
    pairs = zip(result.grades, result.submissions, strict=True)
    return [Entry(grade, each.digest, each.answers) for grade, each in pairs]


def _put_shown(connection: Connection, result: ClassResult, kept: Sequence[Kept]) -> None:
    """Write what each one's cells showed, one by one: together they may be large."""
    runs = {(each.grade.student, each.grade.path): each.run for each in kept}
    for grade, cells in zip(result.grades, result.shown, strict=False):
        if cells:
            put_shown(connection, runs[escaped(grade.student), escaped(grade.path)], cells)


def _settled(result: ClassResult, kept: tuple[Kept, ...]) -> ClassResult:
    """Return the result with the grades as the gradebook settled them, each test's words as they were."""
    settled = {(each.grade.student, each.grade.path): each.grade for each in kept}
    grades = []
    for grade in result.grades:
        found = settled.get((escaped(grade.student), escaped(grade.path)))
        parts = zip(found.criteria, grade.criteria, strict=True) if found else ()
        criteria = tuple(replace(new, outcomes=old.outcomes) for new, old in parts)
        grades.append(replace(found, criteria=criteria) if found else grade)
    return replace(result, grades=tuple(grades))
