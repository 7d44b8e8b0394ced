"""A module's source becomes a grader in memory: generated, and tried on the reference until it is proved."""

import ast
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final, get_args

from tito.errors import BrokenError, CourseError, Problem
from tito.judging.plan import LockedTest, Plan, Recorded, Work
from tito.judging.pool import Judges
from tito.locking import lock_file
from tito.locking.cells import locked_cells, solution_ids
from tito.locking.disclosure import seen
from tito.locking.grader_module import Generated, Rules, generate, grader_module
from tito.locking.manual import manual_criteria
from tito.locking.names import Move
from tito.model.course import Course, Module, Unmarked
from tito.model.document import Document, Role
from tito.model.grader import Grader, LeftOut, LockedCriterion, LockedManual, Moved, function_of
from tito.model.outcome import Outcome, Run, Status
from tito.records import dataclass
from tito.release import release
from tito.scoring.partial import partial_credit
from tito.source import exports
from tito.source.markers import check_markers
from tito.workflows.course.opening import read_text, shown, source_of, unmarked_of, write_text
from tito.workflows.course.refusing import left_out_by, refuse_failures, rest_on_libraries, said, without
from tito.workflows.course.sources import parse_source, work_of
from tito.workflows.course.trials import alone, confirmed, vacuous
from tito.workflows.grading.grader import grader_files, make_plan

GENERATED: Final = "Made by `tito lock`"
_SUBMISSION: Final = "submission"
# How often a trial may move names to the submission's side, each time with what rests on them.
_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Built:
    """A grader in memory: its lock, its files by name, what the reference's tests said, and notes for its author."""

    document: Document
    grader: Grader
    files: Mapping[str, str]
    run: Run
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reference:
    """What the reference came to: its run, what was recorded of it, and the tests there are."""

    run: Run
    recorded: Recorded
    tests: Sequence[LockedTest]


def build(
    judges: Judges, course: Course, module: Module, left_out: Sequence[LeftOut] = (), *, partial: bool = False
) -> Built:
    """Make a module's grader, less what is left out, and run it on the reference, which fixes tests and contract.

    Raises CourseError where the reference does not pass, or something cannot be locked; where it is about test cells
    alone and the lock may be `partial`, these are left out as well.
    """
    document = parse_source(course, module)
    check_markers(document)
    with tempfile.TemporaryDirectory(prefix="tito-lock-") as name:
        while True:
            try:
                return _Attempt(course, module, document, Path(name), judges, tuple(left_out)).built()
            except CourseError as error:
                more = left_out_by(error, document) if partial else ()
                if not more:
                    raise
                left_out = (*left_out, *more)


def locked_before(course: Course, module: Module) -> Grader | None:
    """Return the grader that a module was locked with, whatever its source is now; None where it never was."""
    path = module.grader / lock_file.NAME
    return lock_file.load(read_text(path, "Run `tito lock`."), shown(course, path)) if path.is_file() else None


@dataclass(slots=True)
class _Attempt:
    """The locking of one module: names move to the submission's side until judge and subject agree on all others."""

    course: Course
    module: Module
    document: Document
    folder: Path
    judges: Judges
    left_out: tuple[LeftOut, ...]
    moved: tuple[Moved, ...] = ()

    def built(self) -> Built:
        work = work_of(self.document)
        plan, generated, files, first = self._agreed(work)
        apart = _not_passed(first.run)
        beside = tuple(each.test for each in apart)
        last = _ruled(self.judges, replace(plan, beside=beside), work) if apart else first
        path = shown(self.course, source_of(self.module))
        refuse_failures(self.course, path, generated.places, (first.run, last.run))
        public = self._generate(public=True).text
        unanchored = self._generate(contract=last.recorded.kinds).unanchored
        criteria = tuple(
            replace(each, unanchored=tuple(unanchored.get(each.grade_id, ())))
            for each in _criteria(last.tests, test_names(public), set(beside), last.run)
        )
        _refuse_untested(without(self.document, self.left_out), criteria)
        grader = replace(
            plan.grader,
            criteria=criteria,
            contract=last.recorded.kinds,
            writes=last.recorded.writes,
            files={file: lock_file.digest(text) for file, text in files.items()},
            left_out=self.left_out,
        )
        plan = replace(plan, grader=grader, recording=False, beside=beside)
        known = self._known(grader, last.recorded)
        blocks = known.blocks if known else alone(self.judges, plan, work)
        grader = replace(grader, blocks=blocks, seen=_seen(grader, files, public))
        plan = replace(plan, grader=replace(grader, seen={}))
        listed = [each.grade_id for each in criteria if each.unanchored]
        kept = confirmed(self.judges, plan, work, listed)
        criteria = tuple(each if each.grade_id in kept else replace(each, unanchored=()) for each in criteria)
        grader = replace(grader, criteria=criteria)
        found = known.vacuous if known else vacuous(self.judges, plan, work, last.recorded)
        grader = replace(grader, vacuous=found)
        failed = (f"a cell of the reference fails: {said(note)}" for note in last.run.notes)
        notes = (*generated.notes, *rest_on_libraries(last.recorded), *failed)
        return Built(self.document, grader, files, last.run, notes)

    def _known(self, grader: Grader, recorded: Recorded) -> Grader | None:
        """Return the grader that was locked of the same tests for a reference that answers in the same forms, if any.

        What was tried of it then need not be tried again.
        """
        known = locked_before(self.course, self.module)
        if known is None:
            return None
        forms = [recorded.forms.get(each.test, {}).get(each.answer) for each in known.vacuous if each.forms]
        same = (known.files, known.contract, known.writes, len(known.blocks)) == (
            grader.files, grader.contract, grader.writes, len(grader.blocks),
        )  # fmt: skip
        return known if same and forms == [list(each.forms) for each in known.vacuous if each.forms] else None

    def _agreed(self, work: Work) -> tuple[Plan, Generated, dict[str, str], _Reference]:
        """Return the grader on which judge and subject agree, with the reference's run by it."""
        for _ in range(_ROUNDS):
            generated = self._generate()
            files = _files(self.module, generated)
            for file, text in files.items():
                write_text(self.folder / file, text)
            grader = placed(blank(self.course, self.module, self.document, generated), generated)
            grader = replace(grader, moved=self.moved)
            plan = replace(make_plan(self.course, self.folder, grader, None), recording=True)
            found = _ruled(self.judges, plan, work)
            more = self._more([(name, generated.cells[place]) for name, place in found.recorded.differs])
            if not more:
                break
            self.moved += more
        return plan, generated, files, found

    def _more(self, differs: Sequence[tuple[str, int]]) -> tuple[Moved, ...]:
        known = {each.name for each in self.moved}
        first: dict[str, int] = {}
        for name, cell in differs:
            first[name] = min(cell, first.get(name, cell))
        why = "it differs from the judge's own copy when the reference runs, or cannot be handed over"
        return tuple(Moved(name, since, why) for name, since in first.items() if name not in known)

    def _generate(self, *, public: bool = False, contract: Mapping[str, str] | None = None) -> Generated:
        document = without(self.document, self.left_out)
        return generated_of(self.course, self.module, document, self.moved, public=public, contract=contract)


def generated_of(
    course: Course,
    module: Module,
    document: Document,
    moved: Sequence[Moved] = (),
    *,
    public: bool = False,
    contract: Mapping[str, str] | None = None,
) -> Generated:
    """Return the test module that a document becomes, with the names that a trial has moved.

    The `contract` says which answers of the submission's are objects, for the checks that rest on its word alone.
    """
    moves = {each.name: Move(each.since, each.why) for each in moved}
    rules = Rules(tuple(filter(None, [course.settings.package])), unmarked_of(course))
    target = target_of(course, document)
    return generate(document, module.id, target, public=public, rules=rules, moved=moves, contract=contract or {})


def blank(course: Course, module: Module, document: Document, generated: Generated) -> Grader:
    """Return a grader as it is before the reference has run."""
    target = target_of(course, document)
    return Grader(
        module.id,
        target,
        (),
        _asked(generated.text, course),
        locked_cells(document),
        solution_ids(document),
        _prerequisites(course, document, target),
        manual=_manual(document),
    )


def placed(grader: Grader, generated: Generated) -> Grader:
    """Return a grader with the blocks of its module, and whose their names are."""
    return replace(grader, blocks=generated.blocks, names=generated.names, records=generated.records)


def test_file(module: Module) -> str:
    """Return the name of a grader's generated test module."""
    return f"test_{module.id.partition('_')[2] or module.id}.py"


def target_of(course: Course, document: Document) -> str:
    """Return the dotted name of the module that a document becomes."""
    own = exports.target(document)
    return ".".join(part for part in (course.settings.package, own) if part) if own else _SUBMISSION


def test_names(text: str) -> set[str]:
    """Return the names that a grader's module defines."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.parse(text).body if isinstance(node, kinds)}


def seen_of(course: Course, module: Module, document: Document, grader: Grader) -> Mapping[str, int]:
    """Return how much students see of a grader's tests as they lie in its folder."""
    document = without(document, grader.left_out)
    public = grader_module(document, module.id, target_of(course, document), public=True)
    return _seen(grader, grader_files(module.grader), public)


def _ruled(judges: Judges, plan: Plan, work: Work) -> _Reference:
    ((_, ruling),) = judges.rulings(plan, [work])
    if ruling.run is None or ruling.recorded is None:
        failures = (each.failure.message for each in (ruling.run.outcomes if ruling.run else ()) if each.failure)
        why = ruling.submission.refusal or "; ".join(dict.fromkeys(failures)) or "it ended without a word"
        raise BrokenError(Problem(f"the reference could not be judged: {why}", "Run `tito doctor`, or report it."))
    return _Reference(ruling.run, ruling.recorded, ruling.tests)


def _files(module: Module, generated: Generated) -> dict[str, str]:
    name = test_file(module)
    by_hand = {
        file: text
        for file, text in (grader_files(module.grader) if module.grader.is_dir() else {}).items()
        if file != name and GENERATED not in text.partition("\n")[0]
    }
    return {name: generated.text, **by_hand}


def _manual(document: Document) -> tuple[LockedManual, ...]:
    if not any(cell.role in {Role.MANUAL, Role.TASK} for cell in document.cells):
        return ()
    return manual_criteria(document, *(release(document, each)[0] for each in get_args(Unmarked)))


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


def _criteria(
    tests: Sequence[LockedTest], public: set[str], apart: set[str], run: Run
) -> tuple[LockedCriterion, ...]:
    return tuple(
        LockedCriterion(
            grade_id,
            Decimal(same[0].points),
            tuple(each.name for each in same),
            hidden=not any(function_of(each.name) in public for each in same),
            beside=tuple(each.name for each in same if each.name in apart),
            value=_value(Decimal(same[0].points), [each.value for each in run.outcomes if each.grade_id == grade_id]),
        )
        for grade_id, same in _by_grade_id(tests).items()
    )


def _by_grade_id(tests: Sequence[LockedTest]) -> Mapping[str, list[LockedTest]]:
    found: dict[str, list[LockedTest]] = {}
    for test in tests:
        found.setdefault(test.grade_id, []).append(test)
    return found


def _seen(grader: Grader, files: Mapping[str, str], public: str) -> Mapping[str, int]:
    """Return how much students see of the tests; of hand-written ones, which are not released, nothing."""
    tests = {"::".join(test.split("::")[:2]) for each in grader.criteria for test in each.tests}
    found = {
        f"{file}::{test}": count
        for file, text in files.items()
        for test, count in seen(text, public if GENERATED in text.partition("\n")[0] else "").items()
    }
    return {test: count for test, count in found.items() if test in tests}


def _value(points: Decimal, values: Sequence[str]) -> str:
    """Return what the reference's tests end in together, "" where that is no number of points."""
    told = [each for each in values if each and not each.startswith(("a ", "an "))]
    if len(told) > 1:
        return str(sum((partial_credit(each, points)[0] for each in told), Decimal(0)))
    return "".join(told)


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
