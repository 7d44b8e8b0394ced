"""A submission: what one student handed in for one module."""

from dataclasses import dataclass

from tito.model.document import Document


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's work for one module.

    `document` is None where it cannot be graded; `refusal` then says why, in one sentence.
    `notes` name what was found on the way in and does not stop grading: edited locks, changed points and the like.
    """

    student: str
    module: str
    path: str
    document: Document | None
    notes: tuple[str, ...] = ()
    refusal: str = ""
