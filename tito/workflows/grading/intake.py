"""What was found of a student becomes a Submission, or a refusal with its reason."""

import hashlib
from dataclasses import replace

from tito.collection.answers import answers
from tito.collection.folders import Found, read
from tito.collection.prepare import prepare
from tito.collection.remarks import remarks
from tito.errors import TitoError
from tito.model.grader import Grader
from tito.model.outcome import Failure, Outcome, Status
from tito.model.submission import Submission
from tito.source import parse


def submission(found: Found, grader: Grader) -> Submission:
    """Read what was found and compare it with the grader; a file that cannot be read becomes a refusal."""
    try:
        content = read(found)
    except TitoError as fault:
        return refused(found, grader, fault)
    return parsed(found.student, found.path, content, grader)


def parsed(student: str, path: str, content: bytes, grader: Grader) -> Submission:
    """Compare a file's content with the grader; what is no source becomes a refusal."""
    whole = Submission(student, grader.module, path, None)
    try:
        document = parse(content, path, lenient=True)
    except TitoError as fault:
        return replace(whole, refusal=str(fault))
    code, notes = prepare(document, grader)
    notes = (*remarks(content, document), *notes)
    given, blank = answers(document, grader)
    digest = hashlib.sha256(content).hexdigest()
    return replace(whole, document=document, code=code, notes=notes, digest=digest, answers=given, blank=blank)


def blank_outcomes(submission: Submission) -> tuple[Outcome, ...]:
    """Return what is to be said of manual criteria without an answer: as in nbgrader, it earns nothing."""
    why = Failure("there is no answer: the cell is as it was handed out, or gone")
    return tuple(Outcome(name, "", Status.MISSING, failure=why) for name in submission.blank)


def refused(found: Found, grader: Grader, fault: TitoError) -> Submission:
    """Return the refusal of what could not be read: the reason that it was found with, or the one at hand."""
    return Submission(found.student, grader.module, found.path, None, refusal=found.refusal or str(fault))
