"""A submission: what one student handed in for one module."""

import hashlib
from datetime import datetime
from typing import Final

from tito.model.document import Document
from tito.records import dataclass


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file's content, by which it is known again."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Code:
    """Code to run as one cell: `label` and `line` say where it stands in the student's file.

    `module` is the dotted name of the module that it is part of, "" for the one that is graded. In `main` code, as in
    every cell of a notebook, `__name__` is `__main__`; a script without cells is imported.
    """

    label: str
    line: int
    source: str
    module: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a grade cell stands in a submission: `after` so many of the cells that run."""

    grade_id: str
    after: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a student wrote for a person to grade: `text` starts on `line` of the file; `digest` is its SHA-256."""

    criterion: str
    text: str
    digest: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Shows:
    """A cell of which a person is to see what it shows: where its code stands, and the `criterion` that it is for."""

    criterion: str
    label: str
    line: int


@dataclass(frozen=True, slots=True)
class Linted:
    """What ruff found for a criterion of style: the first findings in words, and how many there are.

    `unreadable` says that it could not look, by what the submission is; `broken` why it could not by our own fault.
    """

    criterion: str
    told: tuple[str, ...] = ()
    count: int = 0
    unreadable: bool = False
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's work for one module.

    `code` is what the subject runs, cell by cell: the student's, with the locked originals in their places. `places`
    are those of the grade cells that the submission holds; without one, a test's is behind everything.
    `document` is None where it cannot be graded; `refusal` then says why, in one sentence.
    `notes` name what was found on the way in and does not stop grading: edited locks, changed points and the like.
    `digest` is the SHA-256 of the file, `submitted` when it was handed in, where that is known. `answers` are for a
    person to grade, `blank` the manual criteria for which there is none, `shows` the cells whose outputs belong to
    them. `built` says of each criterion of structure what is wrong, "" where nothing is, `linted` of each of style.
    """

    student: str
    module: str
    path: str
    document: Document | None
    code: tuple[Code, ...] = ()
    places: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""
    digest: str = ""
    submitted: datetime | None = None
    answers: tuple[Answer, ...] = ()
    blank: tuple[str, ...] = ()
    built: tuple[tuple[str, str], ...] = ()
    shows: tuple[Shows, ...] = ()
    linted: tuple[Linted, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """What was handed in and has no place, and why."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of a class's files beside those that are rows: what has no place, and of whom there is nothing."""

    left: tuple[Left, ...] = ()
    nothing: tuple[str, ...] = ()


ALL_PLACED: Final = Fates()
