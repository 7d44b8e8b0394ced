"""`tito release`: the students' edition of modules, proved on stub and reference before anything is written."""

import ast
import re
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from tito.audit import fingerprints
from tito.errors import CourseError, Problem, UsageError
from tito.judging.pool import Judges
from tito.locking import lock_file
from tito.model.course import Course, Module
from tito.model.document import Document, Format, Role
from tito.model.grader import Grader, LeftOut, LockedCriterion, function_of
from tito.model.outcome import Outcome, Run, Status
from tito.model.rubric import Rubric
from tito.records import dataclass
from tito.release import fixed, leaks, release, solved, told_beside
from tito.scoring.partial import partial_credit
from tito.source import write
from tito.source.hidden import visible
from tito.source.magics import without_magics
from tito.workflows.course.building import Built, build, generated_of, locked_before, placed, test_file, test_names
from tito.workflows.course.manifest import Lesson, Manifest, read_manifest
from tito.workflows.course.mistakes import load_mistakes, public_mistakes, public_rubric
from tito.workflows.course.modules import HIDDEN, overlooked
from tito.workflows.course.opening import find_modules, read_text, shown, source_of, unmarked_of, write_text
from tito.workflows.course.outgoing import write_out
from tito.workflows.course.refusing import without
from tito.workflows.course.rubric import schema
from tito.workflows.course.sources import parse_source, work_of
from tito.workflows.course.workspace import handouts, workspace_files
from tito.workflows.grading.grader import given_files, load_rubric, make_plan
from tito.workflows.grading.judges import run_of, start_pool
from tito.workflows.student.stubs import STUBS

_HIDDEN: Final = re.compile(rf"\b{HIDDEN}[./]|\b(from|import) {HIDDEN}\b")


@dataclass(frozen=True, slots=True)
class Released:
    """One module's release: the files written, what its author should know, and the proof."""

    module: str
    files: tuple[str, ...]
    warnings: tuple[str, ...]
    criteria: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Release:
    """What was written: the modules, and the workspace's other files; and copies of what was overwritten."""

    modules: tuple[Released, ...]
    files: tuple[str, ...]
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """A stub made of a source, with what the locked tests said of reference and stub."""

    built: Built
    stub: Document
    warnings: tuple[str, ...]
    stub_run: Run
    problems: tuple[Problem, ...]


def release_modules(
    course: Course,
    wanted: Sequence[str],
    out: Path,
    form: Format | None = None,
    *,
    with_prerequisites: bool = False,
    overwrite: bool = False,
) -> Release:
    """Write a student's workspace with the modules that are named: stubs, public graders, rubrics and what is beside.

    `form` is the stubs' format, each source's own where it is None. Raises CourseError where a proof fails, or a file
    was changed since it was released and it is not to `overwrite` such; nothing is written then.
    """
    out, taken = out.absolute(), handouts(course)
    modules = _modules(course, wanted)
    with start_pool(course) as pool:
        proofs = [(module, prove(pool, course, module)) for module in modules]
    problems = [problem for _, proof in proofs for problem in proof.problems]
    if problems:
        raise CourseError(*problems)
    rubrics = [load_rubric(course, module, proof.built.grader).rubric for module, proof in proofs]
    editions = [
        _edition(course, module, proof, rubric, form) for (module, proof), rubric in zip(proofs, rubrics, strict=True)
    ]
    lessons = {edition.released.module: edition.lesson for edition in editions}
    before = read_manifest(out) or Manifest()
    around = workspace_files(course, taken, out, {**before.modules, **lessons})
    if with_prerequisites:
        around |= _prerequisites(course, [proof.built.grader for _, proof in proofs])
    contents = {name: content for edition in editions for name, content in edition.contents.items()}
    kept = write_out(out, contents | around, lessons, overwrite=overwrite)
    return Release(tuple(edition.released for edition in editions), tuple(sorted(around)), kept)


def release_solved(
    course: Course, wanted: Sequence[str], out: Path, form: Format | None = None, *, overwrite: bool = False
) -> Release:
    """Write the solved edition of modules: sources without markers, hidden tests and mark schemes, for afterwards."""
    editions, contents = [], dict[str, bytes]()
    for module in _modules(course, wanted):
        document = parse_source(course, module)
        own = form or document.format
        name = f"modules/{module.folder.name}/{source_of(module).stem}.{own}"
        files = {name: write(solved(document), own).encode(), **_given(course, module)}
        editions.append(Released(module.id, tuple(files), (), 0, 0))
        contents |= files
    kept = write_out(out.absolute(), contents, {}, overwrite=overwrite)
    return Release(tuple(editions), (), kept)


def _modules(course: Course, wanted: Sequence[str]) -> tuple[Module, ...]:
    modules = find_modules(course, wanted)
    if not modules:
        raise UsageError(Problem("this course has no module to release", "Write one first.", str(course.root)))
    return modules


def prove(judges: Judges, course: Course, module: Module, *, partial: bool = False) -> Proof:
    """Make a module's stub and prove it: it parses and runs, holds no solution and earns nothing.

    It stands without what its grader was locked without; where `partial`, without whatever cannot be locked today.
    """
    built = build(judges, course, module, () if partial else _left_out(course, module), partial=partial)
    stub, warnings = release(built.document, unmarked_of(course))
    problems = [*leaks(built.document, stub, unmarked_of(course)), *_unparsable(stub)]
    problems += told_beside(built.document, _given(course, module), unmarked_of(course))
    run = _judge_stub(judges, course, built, stub)
    path = shown(course, source_of(module))
    problems += [
        Problem(
            f"the stub passes {each.test}, worth points of {each.grade_id}", "Make the test need a solution.", path
        )
        for each in run.outcomes
        if each.status is Status.PASSED and not gives_nothing(built.grader, each)
    ]
    # A given cell may need what students have yet to write; a cell that is theirs has to leave something to import.
    theirs = [note for note in run.notes if _is_solutions(stub, note)]
    problems += [
        Problem(f"a cell of the stub fails: {note}", "Leave a stub that can be imported.")
        for note in theirs
        if "NotImplementedError" not in note
    ]
    given = [f"a given cell fails in the stub: {note}" for note in run.notes if note not in theirs]
    beside = (*_not_handed_out(course, module), *_needing_hidden(course, module, built.document))
    return Proof(built, stub, (*warnings, *given, *beside), run, tuple(problems))


def _not_handed_out(course: Course, module: Module) -> list[str]:
    what = "a notebook without nbgrader's metadata beside a lesson is no part of it and is not released"
    return [f"{shown(course, path)}: {what}" for path in overlooked(module)]


def _needing_hidden(course: Course, module: Module, document: Document) -> list[str]:
    """Return a warning for each test whose visible lines read what students do not get."""
    if not any(each.hidden for each in given_files(course, module.id)):
        return []
    needing = [
        cell for cell in document.cells if cell.role is Role.TEST and _HIDDEN.search(visible(cell.source, cell.kind))
    ]
    what = f"needs the folder {HIDDEN} in what students see of it, and they do not get that"
    return ["{}:{}: test {} {}".format(*document.place(cell), cell.grade_id, what) for cell in needing]


def _is_solutions(stub: Document, note: str) -> bool:
    """Whether a note on what a cell raised is on one that students fill in."""
    for cell in stub.cells:
        label, line = stub.place(cell)
        lines = cell.source.count("\n") + 1
        named = note.startswith(f"{label}:") and line <= _line(note.removeprefix(f"{label}:")) < line + lines
        if named and cell.role is Role.SOLUTION:
            return True
    return False


def _line(text: str) -> int:
    number = text.partition(":")[0]
    return int(number) if number.isdecimal() else 0


def gives_nothing(grader: Grader, outcome: Outcome) -> bool:
    """Return whether a test that passed ended in no points, where the reference's ends in some."""
    locked = next(each for each in grader.criteria if each.grade_id == outcome.grade_id)
    return bool(locked.value) and not partial_credit(outcome.value, locked.points)[0]


def _unparsable(stub: Document) -> list[Problem]:
    found = []
    for cell in stub.cells:
        try:
            ast.parse(without_magics(cell.source)[0] if cell.kind.value == "code" else "")
        except SyntaxError as fault:
            what = f"the stub of cell {cell.grade_id} is not Python: {fault.msg}"
            found.append(Problem(what, "Move the solution markers.", *stub.place(cell, fault.lineno or 1)))
    return found


def _judge_stub(judges: Judges, course: Course, built: Built, stub: Document) -> Run:
    with tempfile.TemporaryDirectory(prefix="tito-prove-") as name:
        folder = Path(name)
        for file, text in built.files.items():
            write_text(folder / file, text)
        plan = make_plan(course, folder, built.grader, None)
        plan = replace(plan, unnested=tuple(each.grade_id for each in built.grader.criteria))
        return run_of(judges, plan, work_of(stub))


@dataclass(frozen=True, slots=True)
class _Edition:
    """One module's files, by their names in the workspace, and what is told of them."""

    released: Released
    lesson: Lesson
    contents: Mapping[str, bytes]


def _edition(course: Course, module: Module, proof: Proof, rubric: Rubric, form: Format | None) -> _Edition:
    grader, text = public_edition(course, module, proof.built)
    form = form or proof.stub.format
    stub = f"{source_of(module).stem}.{form}"
    lesson = f"modules/{module.folder.name}"
    written = write(fixed(proof.stub) if form is Format.NOTEBOOK else proof.stub, form)
    texts = {
        f"{lesson}/{stub}": written,
        # What `tito module start` brings again, and tells untouched work by.
        (STUBS / module.id / stub).as_posix(): written,
        f"graders/{module.id}/{test_file(module)}": text,
        f"graders/{module.id}/{lock_file.NAME}": lock_file.dump(grader),
        f"rubrics/{rubric.module}.yaml": public_rubric(rubric, read_text(module.rubric, "Run `tito rubric init`.")),
        "rubrics/schema.json": schema(),
    }
    known = load_mistakes(course, module, proof.built.grader)
    if mistakes := public_mistakes(known, proof.built.files[test_file(module)], grader, text):
        texts[f"graders/{module.id}/{fingerprints.NAME}"] = mistakes
    given = _given(course, module)
    contents = {name: each.encode() for name, each in texts.items()} | given
    hidden = sum(each.hidden for each in grader.criteria)
    released = Released(module.id, tuple(contents), proof.warnings, len(grader.criteria), hidden)
    places = tuple(name.removeprefix(f"{lesson}/") for name in given)
    return _Edition(released, Lesson(f"{lesson}/{stub}", places), contents)


def _given(course: Course, module: Module) -> dict[str, bytes]:
    """Return the files beside a module's source that students get, by their names in the workspace."""
    folder = f"modules/{module.folder.name}"
    return {f"{folder}/{each.path}": each.content for each in given_files(course, module.id) if not each.hidden}


def _left_out(course: Course, module: Module) -> Sequence[LeftOut]:
    """Return what the module's grader was locked without."""
    locked = locked_before(course, module)
    return locked.left_out if locked else ()


def public_edition(course: Course, module: Module, built: Built) -> tuple[Grader, str]:
    """Return the grader that students get: the visible tests, and every criterion with its points."""
    document = without(built.document, built.grader.left_out)
    generated = generated_of(course, module, document, built.grader.moved, public=True)
    there = test_names(generated.text)
    criteria = tuple(_public_criterion(each, there, built.grader) for each in built.grader.criteria)
    tests = {test for each in criteria for test in each.tests}
    follows = {block.cell: block.follows for block in built.grader.blocks}
    grader = placed(built.grader, generated)
    public = replace(
        grader,
        criteria=criteria,
        files={test_file(module): lock_file.digest(generated.text)},
        public=True,
        seen={},
        blocks=tuple(replace(block, follows=follows.get(block.cell, ())) for block in grader.blocks),
        vacuous=tuple(each for each in built.grader.vacuous if each.test in tests),
    )
    return public, generated.text


def _public_criterion(locked: LockedCriterion, there: Collection[str], grader: Grader) -> LockedCriterion:
    """Return a criterion with the tests that students have; where they have not all of it, that is said."""
    tests = tuple(test for test in locked.tests if function_of(test) in there)
    cut = any("::".join(test.partition("[")[0].split("::")[:2]) in grader.seen for test in tests)
    return replace(locked, tests=tests, partly=bool(tests) and (cut or len(tests) < len(locked.tests)))


def _prerequisites(course: Course, graders: Sequence[Grader]) -> dict[str, bytes]:
    names = dict.fromkeys(name for grader in graders for name in grader.prerequisites)
    paths = [Path(*name.split(".")).with_suffix(".py") for name in names]
    return {path.as_posix(): (course.root / path).read_bytes() for path in paths}
