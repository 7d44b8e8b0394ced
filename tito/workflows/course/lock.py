"""`tito lock`: an instructor's module becomes a locked grader, proved on the reference before it is written."""

import ast
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem
from tito.judging.plan import LockedTest, Plan, Recorded, Work
from tito.judging.pool import Judges
from tito.locking import lock_file
from tito.locking.cells import locked_cells, solution_ids
from tito.locking.disclosure import seen
from tito.locking.grader_module import grader_module
from tito.locking.manual import manual_criteria
from tito.model.course import Course, Module
from tito.model.document import Document, Role
from tito.model.grader import Grader, LockedCriterion, LockedManual
from tito.model.outcome import Outcome, Run, Status
from tito.release import release
from tito.sandbox.confine import best_level
from tito.scoring.partial import partial_credit
from tito.source import exports
from tito.source.markers import check_markers
from tito.workflows.course.opening import find_modules, read_text, shown, source_of, write_text
from tito.workflows.course.sources import parse_source, work_of
from tito.workflows.grading.grader import changed_files, grader_files, make_plan
from tito.workflows.grading.judges import start_pool

GENERATED: Final = "Made by `tito lock`"
_SUBMISSION: Final = "submission"


@dataclass(frozen=True, slots=True)
class Built:
    """A grader in memory: its lock, its files by name, and what the reference's tests said."""

    document: Document
    grader: Grader
    files: Mapping[str, str]
    run: Run


@dataclass(frozen=True, slots=True)
class Locked:
    """What locking one module did, or, for `--check`, what has drifted."""

    module: str
    criteria: int
    points: Decimal
    changed: tuple[str, ...]
    shared: tuple[str, ...]


def lock(course: Course, wanted: Sequence[str]) -> tuple[Locked, ...]:
    """Write the graders of the modules that are named, or of all. Raises CourseError where one cannot be proved."""
    built = [(module, build(course, module)) for module in find_modules(course, wanted)]
    return tuple(_write(module, each) for module, each in built)


def check(course: Course, wanted: Sequence[str]) -> tuple[Locked, ...]:
    """Say which graders differ from what their sources would make today, or were changed by hand."""
    return tuple(_compare(course, module) for module in find_modules(course, wanted))


def build(course: Course, module: Module) -> Built:
    """Make a module's grader and run it on the reference, which fixes tests, points and contract."""
    document = parse_source(course, module)
    check_markers(document)
    files = _files(course, module, document)
    grader = _blank(course, module, document)
    with tempfile.TemporaryDirectory(prefix="tito-lock-") as name, start_pool(course, best_level(), 1) as pool:
        folder = Path(name)
        for file, text in files.items():
            write_text(folder / file, text)
        plan = replace(make_plan(course, folder, grader, None), recording=True)
        first = _ruled(pool, plan, work_of(document))
        apart = _not_passed(first.run)
        beside = tuple(each.test for each in apart)
        last = _ruled(pool, replace(plan, beside=beside), work_of(document)) if apart else first
    _refuse_failures(course, module, [first.run, last.run])
    public = grader_module(document, module.id, grader.target, public=True)
    criteria = _criteria(last.tests, test_names(public), set(beside), last.run)
    _refuse_untested(document, criteria)
    digests = {file: lock_file.digest(text) for file, text in files.items()}
    grader = replace(
        grader, criteria=criteria, contract=last.recorded.kinds, writes=last.recorded.writes, files=digests
    )
    grader = replace(grader, seen=_seen(module, document, grader, files))
    return Built(document, grader, files, last.run)


@dataclass(frozen=True, slots=True)
class _Reference:
    """What the reference came to: its run, what was recorded of it, and the tests there are."""

    run: Run
    recorded: Recorded
    tests: Sequence[LockedTest]


def _ruled(judges: Judges, plan: Plan, work: Work) -> _Reference:
    ((_, ruling),) = judges.rulings(plan, [work])
    if ruling.run is None or ruling.recorded is None:
        raise CourseError(Problem(ruling.submission.refusal))
    return _Reference(ruling.run, ruling.recorded, ruling.tests)


def test_file(module: Module) -> str:
    """Return the name of a grader's generated test module."""
    return f"test_{module.id.partition('_')[2] or module.id}.py"


def target_of(course: Course, document: Document) -> str:
    """Return the dotted name of the module that a document becomes."""
    own = exports.target(document)
    return ".".join(part for part in (course.settings.package, own) if part) if own else _SUBMISSION


def _files(course: Course, module: Module, document: Document) -> dict[str, str]:
    name = test_file(module)
    by_hand = {
        file: text
        for file, text in (grader_files(module.grader) if module.grader.is_dir() else {}).items()
        if file != name and GENERATED not in text.partition("\n")[0]
    }
    return {name: grader_module(document, module.id, target_of(course, document)), **by_hand}


def _blank(course: Course, module: Module, document: Document) -> Grader:
    target = target_of(course, document)
    return Grader(
        module.id,
        target,
        (),
        _asked(grader_module(document, module.id, target), course),
        locked_cells(document),
        solution_ids(document),
        _prerequisites(course, document, target),
        manual=_manual(document),
    )


def _manual(document: Document) -> tuple[LockedManual, ...]:
    if not any(cell.role in {Role.MANUAL, Role.TASK} for cell in document.cells):
        return ()
    return manual_criteria(document, *(release(document, strict_nbgrader=each)[0] for each in (False, True)))


def _asked(text: str, course: Course) -> tuple[str, ...]:
    names = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if node.module.partition(".")[0] in {course.settings.package, _SUBMISSION}
    ]
    return tuple(sorted(set(names)))


def _prerequisites(course: Course, document: Document, target: str) -> tuple[str, ...]:
    """Return the package's modules that the document imports, and theirs, each after what it needs."""
    found: dict[str, None] = {}
    root = course.settings.package

    def visit(text: str, trail: tuple[str, ...]) -> None:
        for name in exports.imports(text):
            path = course.root.joinpath(*name.split(".")).with_suffix(".py")
            own = bool(root) and name.partition(".")[0] == root and name != target
            if not own or name in found or name in trail or not path.is_file():
                continue
            visit(read_text(path, "Run `tito export`."), (*trail, name))
            found[name] = None

    for code in work_of(document).code:
        visit(code.source, ())
    return tuple(found)


def _not_passed(run: Run) -> list[Outcome]:
    return [each for each in run.outcomes if each.status is not Status.PASSED]


def _refuse_failures(course: Course, module: Module, runs: Sequence[Run]) -> None:
    """Refuse a reference that fails; a test that fails beside the submission too failed in the judge first."""
    problems = [Problem(f"a cell of the reference fails: {note}", "Mend it.") for note in runs[-1].notes]
    failing = {each.test for each in _not_passed(runs[-1])}
    for each in _not_passed(runs[0]):
        if each.test in failing:
            why = each.failure.message if each.failure else ""
            what = f"the reference does not pass {each.test} ({each.status}): {why}"
            problems.append(Problem(what, "Mend the solution or the test.", shown(course, source_of(module))))
    if problems:
        raise CourseError(*problems)


def _criteria(
    tests: Sequence[LockedTest], public: set[str], apart: set[str], run: Run
) -> tuple[LockedCriterion, ...]:
    return tuple(
        LockedCriterion(
            grade_id,
            Decimal(same[0].points),
            tuple(each.name for each in same),
            hidden=not any(function_of(each.name) in public for each in same),
            shared=tuple(each.name for each in same if each.name in apart),
            value=_value(Decimal(same[0].points), [each.value for each in run.outcomes if each.grade_id == grade_id]),
        )
        for grade_id, same in _by_grade_id(tests).items()
    )


def _by_grade_id(tests: Sequence[LockedTest]) -> Mapping[str, list[LockedTest]]:
    found: dict[str, list[LockedTest]] = {}
    for test in tests:
        found.setdefault(test.grade_id, []).append(test)
    return found


def _seen(module: Module, document: Document, grader: Grader, files: Mapping[str, str]) -> Mapping[str, int]:
    """Return how much students see of the tests; of hand-written ones, which are not released, nothing."""
    name = test_file(module)
    public = grader_module(document, module.id, grader.target, public=True)
    tests = {"::".join(test.split("::")[:2]) for each in grader.criteria for test in each.tests}
    found = {
        f"{file}::{test}": count
        for file, text in files.items()
        for test, count in seen(text, public if file == name else "").items()
    }
    return {test: count for test, count in found.items() if test in tests}


def _value(points: Decimal, values: Sequence[str]) -> str:
    """Return what the reference's tests end in together, "" where that is no number of points."""
    told = [each for each in values if each and not each.startswith(("a ", "an "))]
    if len(told) > 1:
        return str(sum((partial_credit(each, points)[0] for each in told), Decimal(0)))
    return "".join(told)


def function_of(test: str) -> str:
    """Return the name of the function or class that a test's id names within its module."""
    return test.split("::")[1].partition("[")[0]


def test_names(text: str) -> set[str]:
    """Return the names that a grader's module defines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.parse(text).body if isinstance(node, kinds)}


def _refuse_untested(document: Document, criteria: Sequence[LockedCriterion]) -> None:
    tested = {each.grade_id for each in criteria}
    problems = [
        Problem(
            f"grade cell {cell.grade_id} holds no test", "Add an assertion or a test function.", *document.place(cell)
        )
        for cell in document.cells
        if cell.role.value == "test" and cell.grade_id not in tested
    ]
    if problems:
        raise CourseError(*problems)


def _write(module: Module, built: Built) -> Locked:
    stale = (
        [path for path in module.grader.glob("test_*.py") if path.name not in built.files]
        if module.grader.is_dir()
        else []
    )
    text = lock_file.dump(built.grader)
    name = test_file(module)
    before = {path.name: path.read_text("utf-8") for path in module.grader.glob("*") if path.is_file()}
    write_text(module.grader / name, built.files[name])
    write_text(module.grader / lock_file.NAME, text)
    for path in stale:
        path.unlink()
    after = {name: built.files[name], lock_file.NAME: text}
    changed = [file for file, content in after.items() if before.get(file) != content]
    return _locked(built.grader, [*changed, *(path.name for path in stale)])


def _compare(course: Course, module: Module) -> Locked:
    path = module.grader / lock_file.NAME
    if not path.is_file():
        return Locked(module.id, 0, Decimal(0), ("there is no grader; run `tito lock`",), ())
    locked = lock_file.load(read_text(path, "Run `tito lock`."), shown(course, path))
    document = parse_source(course, module)
    drift = [f"{place.name}: {how}" for place, how in changed_files(module.grader, locked)]
    fresh = _blank(course, module, document)
    name = test_file(module)
    if lock_file.digest(_files(course, module, document)[name]) != locked.files.get(name):
        drift.append(f"{name}: its source has changed since it was locked")
    drift += [
        f"{lock_file.NAME}: {part} no longer as in the source"
        for part in ("target", "asked", "cells", "solutions", "prerequisites", "manual")
        if getattr(fresh, part) != getattr(locked, part)
    ]
    if not drift and _seen(module, document, locked, grader_files(module.grader)) != locked.seen:
        drift.append(f"{lock_file.NAME}: what students see of the tests no longer as in the source")
    return _locked(locked, drift)


def _locked(grader: Grader, changed: Sequence[str]) -> Locked:
    worth = [each.points for each in grader.criteria] + [each.points for each in grader.manual]
    points = sum(worth, Decimal(0))
    shared = tuple(test for each in grader.criteria for test in each.shared)
    return Locked(grader.module, len(worth), points, tuple(changed), shared)
