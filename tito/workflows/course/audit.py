"""`tito audit`: mutants of the reference against the locked tests, to see which points no mistake can lose."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from tito.audit.mutants import known, mutants
from tito.audit.strength import Audit, Verdict, strength
from tito.audit.words import Mutant
from tito.errors import BrokenError, CourseError, Problem, UsageError
from tito.judging.plan import Plan, Seconds, Work
from tito.judging.pool import Judges
from tito.model.course import Course, Module
from tito.model.document import Document
from tito.model.outcome import Run, Status
from tito.model.rubric import Rubric
from tito.release import release
from tito.scoring import RubricFile, score
from tito.workflows.course.mistakes import is_recorded, record, write_mistakes
from tito.workflows.course.opening import find_modules, shown, source_of
from tito.workflows.course.sources import parse_source, work_of
from tito.workflows.course.trials import adversaries
from tito.workflows.grading.grader import load_grader, load_rubric, make_plan
from tito.workflows.grading.judges import run_of, start_pool

Progress = Callable[[int, int, str], None]
# A mutant that never ends is found out after this many times what the reference takes for a test, in seconds.
_PATIENCE: Final = 10
_LEAST: Final = 0.25


@dataclass(frozen=True, slots=True)
class Suspects:
    """A module with its rubric and every mutant to be judged; `known` are the ids of the rubric's mistakes."""

    module: Module
    document: Document
    file: RubricFile
    mutants: tuple[Mutant, ...]
    known: tuple[str, ...]


def audit(course: Course, wanted: Sequence[str], progress: Progress, *, write: bool = True) -> tuple[Audit, ...]:
    """Measure the graders of the modules that are named, or of all that have one, and record the known mistakes.

    Where `write` is False, an audit only says that what was recorded is stale. Raises CourseError where a rubric
    names a mutant that is not there, calls one equivalent that a test fails, or knows a mistake that cannot be told,
    and where the reference does not pass.
    """
    modules = [each for each in find_modules(course, wanted) if wanted or each.grader.is_dir()]
    if not modules:
        raise UsageError(Problem("no module here has a grader", "Run `tito lock`."))
    suspects = [suspects_of(course, each) for each in modules]
    return tuple(_measured(course, each, progress, write=write) for each in suspects)


def suspects_of(course: Course, module: Module) -> Suspects:
    """Return a module's mutants. Raises CourseError for every entry of the rubric that fits none."""
    document = parse_source(course, module)
    file = load_rubric(course, module, load_grader(course, module))
    made = {each.id: each for each in mutants(document)}
    problems: list[Problem] = []
    for place, each in enumerate(file.rubric.mutants.equivalent):
        if each.id not in made:
            problems.append(_stale(file, "equivalent", place, each.id))
    for place, mistake in enumerate(file.rubric.mutants.mistakes):
        if mistake.id and mistake.id not in made:
            problems.append(_stale(file, "mistakes", place, mistake.id))
    by_text = [] if problems else _by_text(document, file, problems)
    if problems:
        raise CourseError(*problems)
    made |= {each.id: each for each in by_text}
    texts = iter(by_text)
    names = tuple(each.id or next(texts).id for each in file.rubric.mutants.mistakes)
    return Suspects(module, document, file, tuple(made.values()), names)


def _by_text(document: Document, file: RubricFile, problems: list[Problem]) -> list[Mutant]:
    """Return the known mistakes that are named by a text to replace; add to `problems` where one cannot be made."""
    found = []
    for place, each in enumerate(file.rubric.mutants.mistakes):
        if not each.id:
            try:
                found.append(known(document, each.cell, each.old, each.new))
            except ValueError as fault:
                at = ("mutants", "mistakes", place, "old")
                problems.append(file.placed.problem(str(fault), "Quote the source as it is.", at, value=True))
    return found


def mutated(document: Document, mutant: Mutant) -> Work:
    """Return a document as a work, with a mutant in its place and its name."""
    cells = list(document.cells)
    cells[mutant.cell] = replace(cells[mutant.cell], source=mutant.source)
    return work_of(replace(document, cells=tuple(cells)), mutant.id)


def _measured(course: Course, suspects: Suspects, progress: Progress, *, write: bool) -> Audit:
    rubric, document, begun = suspects.file.rubric, suspects.document, time.monotonic()
    grader = load_grader(course, suspects.module)
    plan = make_plan(course, suspects.module.grader, grader, rubric)
    stub, _ = release(document)
    with start_pool(course) as pool:
        reference = run_of(pool, plan, work_of(document))
        bare = run_of(pool, plan, work_of(stub))
        _refuse_failure(course, suspects.module, reference)
        hurried = replace(_impatient(plan, reference), warm=work_of(document))
        by_id = _judged(pool, hurried, suspects, progress)
        forgers = adversaries(pool, plan, work_of(document))
    runs = [by_id[each.id] for each in suspects.mutants]
    verdicts = [_verdict(rubric, each, run) for each, run in zip(suspects.mutants, runs, strict=True)]
    _refuse_mistaken(suspects, verdicts)
    found = strength(rubric, verdicts, _earned(rubric, bare), time.monotonic() - begun)
    text = record(suspects.file, suspects.module, grader, [(each, by_id[each]) for each in suspects.known])
    stale = not is_recorded(course, suspects.module, text)
    if stale and write:
        write_mistakes(suspects.module, text)
    fooled = tuple(f"{each.test} (answers: {forger.distortion})" for forger in forgers for each in forger.passing)
    return replace(found, known=len(suspects.known), stale=stale, fooled=fooled)


def _judged(judges: Judges, plan: Plan, suspects: Suspects, progress: Progress) -> dict[str, Run]:
    """Return the runs of a module's mutants, by their ids."""
    runs: dict[str, Run] = {}
    works = (mutated(suspects.document, each) for each in suspects.mutants)
    for work, ruling in judges.rulings(plan, works):
        if ruling.run is None:
            raise BrokenError(Problem(f"mutant {work.name} was not judged: {ruling.submission.refusal}"))
        runs[work.name] = ruling.run
        progress(len(runs), len(suspects.mutants), work.name)
    return runs


def _impatient(plan: Plan, reference: Run) -> Plan:
    """Return the plan with limits that make a mutant that never ends cheap."""
    slowest = max((each.seconds for each in reference.outcomes), default=0.0)
    test = min(max(_PATIENCE * slowest, _LEAST), plan.seconds.test)
    load = min(max(_PATIENCE * reference.seconds, _LEAST), plan.seconds.load)
    return replace(plan, seconds=Seconds(test, load, plan.seconds.submission))


def _verdict(rubric: Rubric, mutant: Mutant, run: Run) -> Verdict:
    graded = score(rubric, run, student="", module=rubric.module, path=mutant.path)
    tested = [each for each in graded.criteria if not each.criterion.manual]
    failing = tuple(each.criterion.id for each in tested if each.status is not Status.PASSED)
    return Verdict(mutant, failing, graded.broken)


def _earned(rubric: Rubric, run: Run) -> dict[str, Decimal]:
    graded = score(rubric, run, student="", module=rubric.module, path="")
    return {each.criterion.id: each.earned for each in graded.criteria}


def _refuse_failure(course: Course, module: Module, reference: Run) -> None:
    problems = [
        Problem(
            f"the reference does not pass {each.test} ({each.status})",
            f"Run `tito lock {module.id}`.",
            shown(course, source_of(module)),
        )
        for each in reference.outcomes
        if each.status is not Status.PASSED
    ]
    if problems:
        raise CourseError(*problems)


def _refuse_mistaken(suspects: Suspects, verdicts: Sequence[Verdict]) -> None:
    failing = {each.mutant.id: each.failing for each in verdicts}
    problems = []
    for place, each in enumerate(suspects.file.rubric.mutants.equivalent):
        if failing[each.id]:
            what = f"mutant {each.id} is called equivalent, but it fails {', '.join(failing[each.id])}"
            at = ("mutants", "equivalent", place, "id")
            problems.append(suspects.file.placed.problem(what, "Remove it here.", at, value=True))
    if problems:
        raise CourseError(*problems)


def _stale(file: RubricFile, section: str, place: int, name: str) -> Problem:
    at = ("mutants", section, place, "id")
    what = f"there is no mutant {name}"
    return file.placed.problem(what, "`tito audit --survivors` shows today's ids.", at, value=True)
