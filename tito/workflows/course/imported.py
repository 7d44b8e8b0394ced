"""What every import ends in: a course's settings, graders and rubrics, each module proved, and a row for each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tito.errors import TitoError
from tito.importing.packages import packages
from tito.importing.titles import Told, title, told
from tito.judging.pool import Judges
from tito.locking import lock_file
from tito.model.coding import from_plain, to_plain
from tito.model.course import Course, Module, Settings
from tito.model.document import Document, Role
from tito.model.grader import Grader, LockedCriterion, LockedManual
from tito.model.outcome import Status
from tito.model.rubric import Criterion, Late, Rubric
from tito.records import dataclass
from tito.report.words import left_out
from tito.scoring import dump
from tito.source import nbgrader
from tito.workflows.course.lock import write_grader
from tito.workflows.course.merging import Merged, joint_digest
from tito.workflows.course.opening import FILE, open_course, source_of
from tito.workflows.course.release import Proof, gives_nothing, prove
from tito.workflows.course.rubric import criterion_of, schema
from tito.workflows.course.settings import settings_text
from tito.workflows.course.sources import parse_source
from tito.workflows.grading.grader import given_files, load_grader
from tito.workflows.grading.judges import start_pool
from tito.workflows.machine.versions import versions

_HEAD: Final = "Imported by `tito import`; what is edited here stays when it is imported again."
_KEYS: Final = ("name", "packages", "unmarked", "time_from")


@dataclass(frozen=True, slots=True)
class Notebook:
    """One notebook of another grader's course: as a document of tito's, or the reasons why it is none."""

    assignment: str
    name: str
    document: Document | None
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    ending: str = "ipynb"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one notebook: `left_out` are tests that grade nobody, and why; `refused` says why it is none.

    Counted are graded cells: those whose tests run apart, beside the submission, and those that a person grades.
    """

    module: str
    assignment: str
    notebook: str
    points: Decimal
    apart: int = 0
    beside: int = 0
    by_hand: int = 0
    left_out: tuple[str, ...] = ()
    stub: Decimal | None = None
    reference: Decimal | None = None
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A course that was imported: its folder, a row for each notebook, what was written, and what needs a person."""

    folder: str
    rows: tuple[Row, ...]
    changed: tuple[str, ...]
    conflicts: tuple[str, ...]
    notes: tuple[str, ...]
    students: int = 0
    decisions: int = 0

    @property
    def whole(self) -> bool:
        """Whether every notebook became a module, with all of its tests, and nothing waits for a person."""
        return not self.conflicts and not any(row.refused or row.left_out for row in self.rows)


@dataclass(slots=True)
class Brought:
    """A course that is being imported: what was read so far, and the folder that it is written to.

    It is `whole` where what it does not hold any more is gone; else other modules of the folder stay.
    """

    merged: Merged
    notes: tuple[str, ...] = ()
    notebooks: list[Notebook] = field(default_factory=list)
    refused: list[Notebook] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    late: Mapping[str, Late] = field(default_factory=dict)
    time_from: str = ""
    whole: bool = True

    @property
    def modules(self) -> str:
        """The beginning of the paths of all that this import makes of sources."""
        alone = "" if self.whole or not self.notebooks else f"{self.notebooks[0].assignment}/"
        return f"{Settings().modules}/{alone}"

    def put(self, path: str, content: bytes) -> None:
        """Write a file of a module's folder."""
        self.beside.add(path)
        self.merged.put(f"{Settings().modules}/{path}", content)


def finish(brought: Brought, name: str, kind: str) -> Imported:
    """Write settings, graders and rubrics for what was brought, prove each module, and return what it came to."""
    merged = brought.merged
    own = {Path(path).name.removesuffix(".py") for path in brought.beside} | {
        path.split("/")[1] for path in brought.beside
    }
    documents = [each.document for each in brought.notebooks if each.document]
    named = packages(documents, own)
    if not brought.whole and (merged.root / FILE).is_file():
        named = tuple(sorted({*named, *open_course(merged.root).settings.packages}))
    settings = Settings(name=name, packages=named or ("numpy",), unmarked="empty", time_from=brought.time_from)
    merged.put(FILE, settings_text(_HEAD, settings, _KEYS).encode())
    merged.put(f"{settings.rubrics}/schema.json", schema().encode())
    merged.finish(brought.modules)
    course = open_course(merged.root)
    known: dict[str, Any] = {}
    with start_pool(course) as pool:
        rows = [_row(pool, course, each, brought, known) for each in brought.notebooks]
    rows += [_refused(each, each.problems) for each in brought.refused]
    if brought.whole:
        merged.finish("")
    merged.record(kind, known if brought.whole else {**merged.rows, **known})
    ordered = tuple(sorted(rows, key=lambda row: (row.assignment, row.notebook)))
    notes = (*brought.notes, *brought.left_out)
    return Imported(str(merged.root), ordered, tuple(merged.changed), tuple(merged.conflicts), notes)


def _row(judges: Judges, course: Course, notebook: Notebook, brought: Brought, known: dict[str, Any]) -> Row:
    path = course.root / course.settings.modules / notebook.assignment / f"{notebook.name}.{notebook.ending}"
    module = next((each for each in course.modules if each.source == path), None)
    if module is None or notebook.document is None:
        return _refused(notebook, (f"{notebook.assignment} has another source of that name",))
    row = _known(course, module, brought.merged.rows.get(module.id))
    try:
        if row is None:
            proof = prove(judges, course, module, partial=True)
            write_grader(module, proof.built)
            row = _proved(notebook, module, proof)
        grader, document = load_grader(course, module), parse_source(course, module)
    except TitoError as fault:
        return replace(_refused(notebook, tuple(map(str, fault.problems))), module=module.id)
    rubric = rubric_for(module, document, grader, brought.late.get(notebook.assignment))
    brought.merged.put(module.rubric.relative_to(course.root).as_posix(), dump(rubric).encode())
    known[module.id] = {"digest": _digest(course, module), "row": to_plain(row)}
    return replace(row, notes=(*notebook.notes, *row.notes))


def _known(course: Course, module: Module, entry: Any) -> Row | None:
    """Return what a module came to the last time, if nothing that decides it has changed since."""
    if not isinstance(entry, dict) or entry.get("digest") != _digest(course, module):
        return None
    try:
        return from_plain(Row, entry["row"])
    except (TypeError, ValueError, KeyError):
        return None


def _digest(course: Course, module: Module) -> str:
    """Return a digest of all that decides what a module comes to, and of what it came to."""
    source, lock = source_of(module), module.grader / lock_file.NAME
    parts = [each.content for each in given_files(course, module.id)]
    tools = json.dumps([lock_file.VERSION, versions(course.settings.packages), to_plain(course.settings)])
    return joint_digest(source.read_bytes(), lock.read_bytes() if lock.is_file() else b"", tools.encode(), *parts)


def rubric_for(module: Module, document: Document, grader: Grader, late: Late | None = None) -> Rubric:
    """Return the rubric of an imported module, in the cells' order, with titles from its text.

    What nbgrader ran in the student's own process may go on doing so: such tests are allowed, and marked in reports.
    """
    names = told(document)
    graded: list[LockedCriterion | LockedManual] = [*grader.criteria, *grader.manual]
    locked = {each.grade_id: each for each in graded}
    order = [cell.grade_id for cell in document.cells if cell.grade_id in locked]
    criteria = [_titled(criterion_of(locked[each]), names.get(each)) for each in dict.fromkeys((*order, *locked))]
    loose = {each.grade_id: (bool(each.unanchored), bool(each.beside)) for each in grader.criteria}
    allowed = tuple(
        replace(each, unanchored=loose[each.id][0], beside=loose[each.id][1]) if each.id in loose else each
        for each in criteria
    )
    total = sum((each.points for each in allowed), Decimal(0))
    stem = module.source.stem if module.source else module.id
    return Rubric(module.id, title(document, stem), total, allowed, late)


def _titled(criterion: Criterion, found: Told | None) -> Criterion:
    return replace(criterion, title=found.title, tests=found.tests) if found else criterion


def _proved(notebook: Notebook, module: Module, proof: Proof) -> Row:
    grader = proof.built.grader
    total = sum((each.points for each in grader.criteria), Decimal(0))
    earning = (each for each in proof.stub_run.outcomes if not gives_nothing(grader, each))
    passed = {each.test for each in earning if each.status is Status.PASSED}
    stub = sum((each.points for each in grader.criteria if set(each.tests) <= passed), Decimal(0))
    beside = sum(bool(each.beside) for each in grader.criteria)
    return Row(
        module.id,
        notebook.assignment,
        notebook.name,
        _points(proof.built.document),
        len(grader.criteria) - beside,
        beside,
        len(grader.manual),
        tuple(map(left_out, grader.left_out)),
        stub,
        total,
        notes=(*proof.built.notes, *map(str, proof.problems)),
    )


def _refused(notebook: Notebook, problems: Sequence[str]) -> Row:
    points = _points(notebook.document) if notebook.document else Decimal(0)
    tests = [cell.grade_id for cell in notebook.document.cells if cell.role is Role.TEST] if notebook.document else []
    return Row(
        "",
        notebook.assignment,
        notebook.name,
        points,
        refused=tuple(problems),
        left_out=tuple(tests),
        notes=notebook.notes,
    )


def _points(document: Document) -> Decimal:
    worth = [cell.grading.points for cell in document.cells if cell.grading and cell.role in nbgrader.GRADED]
    return sum((each for each in worth if each is not None), Decimal(0))
