"""What was found of a student becomes a Submission, or a refusal with its reason."""

import hashlib
from dataclasses import replace

from tito.collection.folders import Found, read
from tito.collection.prepare import prepare
from tito.collection.remarks import remarks
from tito.errors import TitoError
from tito.model.grader import Grader
from tito.model.submission import Submission
from tito.source import parse


def submission(found: Found, grader: Grader) -> Submission:
    """Read what was found and compare it with the grader; a file that cannot be read becomes a refusal."""
    refused = Submission(found.student, grader.module, found.path, None, refusal=found.refusal)
    if found.refusal:
        return refused
    try:
        content = read(found)
        document = parse(content, found.path, lenient=True)
    except TitoError as fault:
        return replace(refused, refusal=str(fault))
    code, notes = prepare(document, grader)
    digest = hashlib.sha256(content).hexdigest()
    notes = (*remarks(content, document), *notes)
    return Submission(found.student, grader.module, found.path, document, code, notes, digest=digest)
