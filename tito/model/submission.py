"""A submission: what one student handed in for one module."""

from dataclasses import dataclass

from tito.model.document import Document


@dataclass(frozen=True, slots=True)
class Code:
    """Code to run as one cell: `label` and `line` say where it stands in the student's file."""

    label: str
    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a student wrote for a person to grade: `text` starts on `line` of the file; `digest` is its SHA-256."""

    criterion: str
    text: str
    digest: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's work for one module.

    `code` is what the subject runs, cell by cell: the student's, with the locked originals in their places.
    `document` is None where it cannot be graded; `refusal` then says why, in one sentence.
    `notes` name what was found on the way in and does not stop grading: edited locks, changed points and the like.
    """

    student: str
    module: str
    path: str
    document: Document | None
    code: tuple[Code, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""
