"""Bytes that were handed in become a Submission, or a refusal with its reason: in the judge alone, never before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tito.collection.answers import answers, own_cells, shows
from tito.collection.prepare import prepare
from tito.collection.receipts import read_receipt
from tito.collection.remarks import remarks
from tito.errors import Problem, TitoError
from tito.judging.judge.linting import Piece, linted
from tito.judging.judge.structure import built
from tito.judging.plan import Own, Plan, Work
from tito.model.document import Document, Format, Kind, Role
from tito.model.grader import Grader
from tito.model.submission import Code, Linted, Submission, digest_of
from tito.source import parse
from tito.source.exports import is_exported
from tito.source.magics import without_magics


def submitted(plan: Plan, work: Work) -> Submission:
    """Return the submission that a work is, on the student's own earlier modules where it has some."""
    if work.content is None:
        whole = Submission(work.student, plan.grader.module, work.path, None, work.code, work.places)
    else:
        whole = _with_receipt(parsed(work.student, work.path, work.content, plan.grader), work.receipt)
    whole = replace(whole, built=built(whole.code, plan.built), linted=_linted(whole, plan))
    if not whole.refusal and whole.document:
        whole = replace(whole, notes=(*whole.notes, *_unlike(work, whole.document)))
    if work.depth is None or whole.refusal:
        return whole
    own = {each.name: _exported(each, plan) for each in work.own[: work.depth]}
    earlier = tuple(_stood_on(plan, own))
    moved = tuple(replace(place, after=place.after + len(earlier)) for place in whole.places)
    notes = (*whole.notes, *_replaced(plan, own))
    return replace(whole, code=(*earlier, *whole.code), places=moved, notes=notes)


def _linted(submission: Submission, plan: Plan) -> tuple[Linted, ...]:
    document = submission.document
    return linted(pieces(document, plan.grader), plan.rules) if document and plan.rules else ()


def pieces(document: Document, grader: Grader) -> list[Piece]:
    """Return the code of a document as ruff is to read it: what the student wrote, and where names come from."""
    own = {id(cell) for cell in own_cells(document, grader)}
    tests = {id(cell) for cell in document.cells if cell.kind is not Kind.CODE or cell.role is Role.TEST}
    places = [(cell, *document.place(cell)) for cell in document.cells if id(cell) not in tests]
    return [
        Piece(without_magics(cell.source)[0], path.rpartition("/")[2], line, id(cell) in own)
        for cell, path, line in places
    ]


def _unlike(work: Work, document: Document) -> Iterator[str]:
    """Yield a note on the other one of a pair of script and notebook, where its solutions are others."""
    name = work.path.rpartition("/")[2]
    for each in work.besides:
        if each.path != name and each.path in {f"{name.rpartition('.')[0]}.{form}" for form in Format}:
            try:
                same = _solutions(parse(each.content, each.path, lenient=True)) == _solutions(document)
            except TitoError:
                same = False
            if not same:
                yield f"{each.path} holds other solutions; {name} counts"


def _solutions(document: Document) -> dict[str, str]:
    """Return what a student wrote into each solution or manual cell."""
    written = (cell for cell in document.cells if cell.role in {Role.SOLUTION, Role.MANUAL})
    return {cell.grade_id: cell.source.strip() for cell in written}


def _with_receipt(submission: Submission, content: bytes) -> Submission:
    """Return a submission with a note on the receipt that came with it."""
    receipt = read_receipt(content) if content and not submission.refusal else None
    if receipt is None:
        return submission
    return replace(submission, notes=(*submission.notes, receipt.told(submission.digest)))


def _replaced(plan: Plan, own: Mapping[str, Sequence[Code]]) -> Iterator[str]:
    for earlier in plan.earlier:
        if earlier.grader and not own.get(earlier.name):
            yield f"{earlier.grader.module} was not handed in or cannot be read: the reference's was used"


def _stood_on(plan: Plan, own: Mapping[str, Sequence[Code]]) -> Iterator[Code]:
    """Give the code of a student's own earlier modules, and of the reference's that stand on these."""
    begun = False
    for earlier in plan.earlier:
        if theirs := own.get(earlier.name):
            begun = True
            yield from theirs
        elif begun:
            # It imports what the student wrote, so it has to be made anew.
            yield Code(f"{earlier.name.replace('.', '/')}.py", 1, earlier.text, earlier.name)


def _exported(own: Own, plan: Plan) -> tuple[Code, ...]:
    """Return the exported code of a student's earlier module; nothing where it cannot be read."""
    grader = next(each.grader for each in plan.earlier if each.name == own.name)
    theirs = parsed("", own.path, own.content, grader) if grader else None
    if grader is None or theirs is None or theirs.refusal:
        return ()
    exported = tuple(cell for cell in theirs.code if is_exported(cell.source))
    return tuple(
        replace(cell, label=f"{grader.module}/{cell.label}", module=own.name) for cell in exported or theirs.code
    )


def parsed(student: str, path: str, content: bytes, grader: Grader) -> Submission:
    """Compare a file's content with the grader; what is no source becomes a refusal, whatever it does to a reader."""
    try:
        return compared(student, path, content, grader)
    except TitoError as fault:
        why = str(fault)
    except Exception as fault:  # noqa: BLE001 - a fault of ours, which costs nobody but whoever wrote such a file
        what = f"it cannot be read, which is a fault of tito's ({type(fault).__name__})"
        why = str(Problem(what, "Report it with this file.", path))
    return Submission(student, grader.module, path, None, refusal=why)


def compared(student: str, path: str, content: bytes, grader: Grader) -> Submission:
    """Return the Submission that a file's content is for a grader. Raises UnreadableError for what is no source."""
    document = parse(content, path, lenient=True)
    code, places, notes = prepare(document, grader)
    notes = (*remarks(content, document), *notes)
    given, blank = answers(document, grader)
    whole = Submission(student, grader.module, path, document, code, places, notes)
    whole = replace(whole, digest=digest_of(content), shows=shows(document, grader))
    return replace(whole, answers=given, blank=blank)
