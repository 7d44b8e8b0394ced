"""The criteria of a document that a person grades: nbgrader's manual answers and tasks."""

import hashlib
from dataclasses import replace
from decimal import Decimal

from tito.model.document import Document, Role
from tito.model.grader import Grader, LockedManual
from tito.model.rubric import Rubric


def manual_criteria(document: Document, *handed_out: Document) -> tuple[LockedManual, ...]:
    """Return a document's manual answers and tasks, in order, with what students are given in their place.

    `handed_out` are the student's editions of the document, cell for cell.
    """
    return tuple(
        LockedManual(
            cell.grade_id,
            (cell.grading and cell.grading.points) or Decimal(0),
            cell.role,
            _blank(cell.role, place, handed_out),
        )
        for place, cell in enumerate(document.cells)
        if cell.role in {Role.MANUAL, Role.TASK}
    )


def examined(grader: Grader, rubric: Rubric) -> Grader:
    """Return a grader with a rubric's own manual criteria, which look at all that a student wrote."""
    own = set(rubrics_own(grader, rubric))
    added = (LockedManual(each.id, each.points, Role.ORDINARY) for each in rubric.criteria if each.id in own)
    return replace(grader, manual=(*grader.manual, *added))


def rubrics_own(grader: Grader, rubric: Rubric) -> tuple[str, ...]:
    """Return the manual criteria that a rubric has and a grader does not know."""
    known = {each.grade_id for each in grader.manual}
    return tuple(each.id for each in rubric.criteria if each.manual and each.id not in known)


def bare(text: str) -> str:
    """Return the SHA-256 of a text without its blanks, for which an answer is as it was handed out."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()


def _blank(role: Role, place: int, handed_out: tuple[Document, ...]) -> tuple[str, ...]:
    """Return what is no answer: the cell itself, or the unmarked cells behind a task."""
    found: dict[str, None] = {}
    for document in handed_out:
        if role is Role.MANUAL:
            found[bare(document.cells[place].source)] = None
            continue
        for cell in document.cells[place + 1 :]:
            if cell.grading:
                break
            found[bare(cell.source)] = None
    return tuple(found)
