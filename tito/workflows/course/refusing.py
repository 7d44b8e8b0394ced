"""Tests that cannot be locked: said with every cause, or left out, each with its cell."""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from tito.errors import CourseError, Problem
from tito.judging.plan import Recorded
from tito.locking.refusals import Limits, Refused, problems, refused
from tito.model.course import Course
from tito.model.document import Cell, Document, Kind, Role
from tito.model.grader import LeftOut
from tito.model.outcome import Run

_MEND: Final = "Run the source from its first cell to its last, and correct the cell that fails."
_MISSING: Final = "ModuleNotFoundError"
_NAME_IT: Final = "Name its package in the setting `packages`."


class UnprovedError(CourseError):
    """The reference does not pass its own tests; `tests` are those."""

    def __init__(self, *found: Problem, tests: Sequence[Refused] = ()) -> None:
        super().__init__(*found)
        self.tests = tests


def refuse_failures(course: Course, path: str, places: Mapping[str, str], runs: tuple[Run, Run]) -> None:
    """Raise UnprovedError where a test fails in the judge, and beside the submission as well.

    `runs` are the reference's in these two ways, `places` path:line of the test functions in the source at `path`.
    """
    first, last = runs
    if not (failing := refused(first.outcomes, last.outcomes)):
        return
    told = course.settings
    allowed = Limits(told.packages, told.test_seconds, told.load_seconds, told.submission_seconds)
    cells = [
        Problem(f"a cell of the reference fails: {note}", _NAME_IT if _MISSING in note else _MEND)
        for note in last.notes
    ]
    raise UnprovedError(*cells, *problems(failing, places, path, allowed), tests=failing)


def rest_on_libraries(recorded: Recorded) -> Iterator[str]:
    """Say for each library which tests ask its objects, which answer in the subject."""
    found: dict[str, tuple[dict[str, None], set[str]]] = {}
    for test, classes in recorded.libraries.items():
        for path in classes:
            library, _, name = path.replace(":", ".").rpartition(".")
            if (root := library.partition(".")[0]) not in sys.stdlib_module_names:
                tests, names = found.setdefault(root, ({}, set()))
                tests[test] = None
                names.add(name)
    for root, (tests, names) in found.items():
        listed = ", ".join(test.rpartition("::")[2] for test in tests)
        yield f"what {root} computes in the subject ({', '.join(sorted(names))}) decides in: {listed}"


def without(document: Document, left_out: Collection[LeftOut]) -> Document:
    """Return a document in which nothing stands in the place of the test cells that are left out."""
    gone = {each.grade_id for each in left_out}
    return replace(
        document, cells=tuple(_emptied(cell) if cell.grade_id in gone else cell for cell in document.cells)
    )


def left_out_by(error: CourseError, document: Document) -> tuple[LeftOut, ...]:
    """Return the test cells that an error is all about, with the reasons; none where it is about anything else."""
    tests = {cell.grade_id: cell for cell in document.cells if cell.role is Role.TEST}
    if isinstance(error, UnprovedError):
        reasons = {each.grade_id: each.why for each in reversed(error.tests)}
        return tuple(_left_out(tests[grade_id], why) for grade_id, why in reasons.items() if grade_id in tests)
    found = [(next(_cells_at(document, problem), None), problem) for problem in error.problems]
    if not all(cell and cell.role is Role.TEST for cell, _ in found):
        return ()
    return tuple({cell.grade_id: _left_out(cell, problem.what) for cell, problem in found if cell}.values())


def _emptied(cell: Cell) -> Cell:
    return replace(cell, kind=Kind.MARKDOWN, source="", grading=None)


def _left_out(cell: Cell, why: str) -> LeftOut:
    points = cell.grading.points if cell.grading else None
    return LeftOut(cell.grade_id, points or Decimal(0), why)


def _cells_at(document: Document, problem: Problem) -> Iterator[Cell]:
    for cell in document.cells:
        lines = cell.source.count("\n") + 1
        path, first = document.place(cell)
        if problem.path == path and problem.line and first <= problem.line < first + lines:
            yield cell


def said(note: str) -> str:
    """Return a note on a cell that fails; of a package that is missing, with the setting that names them."""
    return f"{note}. {_NAME_IT}" if _MISSING in note else note
