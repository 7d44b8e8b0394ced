"""`tito validate`: lint a module's source and prove its grader, stub and rubric, all findings in one go."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tito.errors import Problem, TitoError
from tito.judging.judge.linting import linted
from tito.judging.judge.structure import built
from tito.judging.pool import Judges
from tito.model.course import Course, Module
from tito.model.document import Kind, Role
from tito.model.outcome import Status
from tito.model.rubric import Rubric
from tito.model.submission import Code
from tito.records import dataclass
from tito.report.words import left_out
from tito.scoring import RubricFile
from tito.scoring.mirror import unallowed
from tito.workflows.course.lock import check as check_locks
from tito.workflows.course.opening import find_modules, shown
from tito.workflows.course.release import Proof, gives_nothing, prove
from tito.workflows.grading.grader import read_rubric
from tito.workflows.grading.intake import pieces
from tito.workflows.grading.judges import start_pool
from tito.workflows.grading.rules import rule_problems


@dataclass(frozen=True, slots=True)
class Validated:
    """What was proved of one module; it is sound where `problems` is empty."""

    module: str
    criteria: int
    points: Decimal
    reference: Decimal
    stub: Decimal
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]


def validate(course: Course, wanted: Sequence[str]) -> tuple[Validated, ...]:
    """Validate the modules that are named, or all."""
    modules = find_modules(course, wanted)
    with start_pool(course) as pool:
        return tuple(_validated(pool, course, module) for module in modules)


def _validated(judges: Judges, course: Course, module: Module) -> Validated:
    zero = Decimal(0)
    try:
        proof = prove(judges, course, module)
    except TitoError as fault:
        return Validated(module.id, 0, zero, zero, zero, fault.problems, ())
    problems = [*proof.problems, *_unlocked(course, module), *_rubric(course, module, proof)]
    criteria = proof.built.grader.criteria
    total = sum((each.points for each in criteria), zero)
    earning = (each for each in proof.stub_run.outcomes if not gives_nothing(proof.built.grader, each))
    passed = {each.test for each in earning if each.status is Status.PASSED}
    stub = sum((each.points for each in criteria if set(each.tests) <= passed), zero)
    warnings = (
        *proof.warnings,
        *_unpriced(proof),
        *map(left_out, proof.built.grader.left_out),
        *(f"{test} runs beside the submission, where it can be forged" for test in _beside(proof)),
    )
    return Validated(module.id, len(criteria), total, total, stub, tuple(problems), warnings)


def _unpriced(proof: Proof) -> list[str]:
    document = proof.built.document
    return [
        "{}:{}: grade cell {} is worth no points".format(*document.place(cell), cell.grade_id)
        for cell in document.cells
        if cell.role is Role.TEST and cell.grading and not cell.grading.points
    ]


def _unlocked(course: Course, module: Module) -> list[Problem]:
    (locked,) = check_locks(course, [module.id])
    return [Problem(f"grader {module.id}: {each}", f"Run `tito lock {module.id}`.") for each in locked.changed]


def _rubric(course: Course, module: Module, proof: Proof) -> list[Problem]:
    grader = proof.built.grader
    try:
        file = read_rubric(course, module, grader)
    except TitoError as fault:
        return list(fault.problems)
    return [*unallowed(file, grader), *_structure(course, module, proof, file.rubric), *_style(proof, file)]


def _structure(course: Course, module: Module, proof: Proof, rubric: Rubric) -> list[Problem]:
    """Return which criteria of structure the reference itself does not meet."""
    document = proof.built.document
    code = [Code("", 1, cell.source) for cell in document.cells if cell.kind is Kind.CODE]
    found = built(code, [each.built for each in rubric.criteria if each.built])
    fix = "Correct what the criterion asks for, or the reference."
    path = shown(course, module.rubric)
    return [Problem(f"the reference does not meet {name}: {why}", fix, path) for name, why in found if why]


def _style(proof: Proof, file: RubricFile) -> Iterator[Problem]:
    """Yield which criteria of style cannot be graded, or are not met by the reference itself."""
    if problems := list(rule_problems(file)):
        yield from problems
        return
    wanted = {each.id: (place, each.linted) for place, each in enumerate(file.rubric.criteria) if each.linted}
    found = linted(pieces(proof.built.document, proof.built.grader), [rules for _, rules in wanted.values()])
    for each in found:
        if each.told or each.broken:
            what = f"the reference does not meet {each.criterion}: {each.broken or '; '.join(each.told)}"
            at = ("criteria", wanted[each.criterion][0], "rules")
            yield file.placed.problem(what, "Correct the reference, or the rules.", at)


def _beside(proof: Proof) -> list[str]:
    return [test for each in proof.built.grader.criteria for test in each.beside]
