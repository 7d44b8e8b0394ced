"""A graded class into the gradebook, and back with what people have decided."""

import hashlib
from dataclasses import replace
from datetime import datetime
from importlib import metadata

from tito.gradebook.book import Gradebook
from tito.gradebook.read import Kept, of_batch
from tito.gradebook.record import Batch, Entry, record
from tito.locking import lock_file
from tito.locking.test_digests import test_digests
from tito.model.course import Course
from tito.model.escapes import escaped
from tito.scoring import dump
from tito.workflows.course.opening import find_module
from tito.workflows.grading.grade import ClassResult
from tito.workflows.grading.grader import grader_files


def keep(
    course: Course, book: Gradebook, result: ClassResult, author: str, now: datetime, *, proposed: bool = False
) -> tuple[ClassResult, int]:
    """Write a graded class; return it settled with what people decided, and its batch's number."""
    with book.writing() as connection:
        number = record(connection, _batch(course, result, author, now, proposed=proposed), _entries(result))
        kept = of_batch(connection, number)
    return _settled(result, kept), number


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
