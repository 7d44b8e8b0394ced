"""`--prereqs student`: a module on top of the student's own earlier modules, beside its grade on the reference ones.

The student's earlier modules are student code: they run in the subject, before the submission, and never in the
process that forks it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tito.collection.folders import Found, find, one
from tito.errors import UsageError
from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.runner import Task, Work, judge
from tito.model.course import Course, Module
from tito.model.grade import CriterionGrade, Grade
from tito.model.grader import Grader
from tito.model.outcome import Failure, Outcome, Run, Status
from tito.model.rubric import Rubric
from tito.model.submission import Code, Submission
from tito.source.exports import is_exported
from tito.workflows.course.opening import find_module
from tito.workflows.grading.grade import Choice, ClassResult
from tito.workflows.grading.grader import load_grader, load_rubric, make_task, prerequisites
from tito.workflows.grading.intake import submission
from tito.workflows.grading.results import Judged
from tito.workflows.grading.scored import finishing
from tito.workflows.student.check import CheckResult


@dataclass(frozen=True, slots=True)
class Earlier:
    """A module that another one needs: its id, the dotted name that it is imported by, and the reference's text."""

    module: Module
    grader: Grader
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A submission and the student's own earlier modules: their code by module id, in the order of import."""

    found: Found
    submission: Submission
    own: Mapping[str, tuple[Code, ...]]

    def work(self, earlier: Sequence[Earlier], count: int) -> Work:
        """Return what to judge: the submission on the first `count` own modules, the reference in other places."""
        used = dict(list(self.own.items())[:count])
        code: list[Code] = []
        for each in earlier:
            if each.module.id in used:
                code += [replace(cell, module=each.name) for cell in used[each.module.id]]
            elif code:
                # It imports what the student wrote, so it has to be made anew.
                code.append(Code(f"{each.name.replace('.', '/')}.py", 1, each.text, each.name))
        return Work((*code, *self.submission.code), self.submission.student)


def on_own_stacks(
    course: Course, wanted: str, paths: Sequence[Path], zygote: Zygote, result: ClassResult, choice: Choice
) -> ClassResult:
    """Return a class's grades on the students' own earlier modules, each with what it earned on the reference."""
    module = find_module(course, wanted)
    earlier = _earlier(course, result.grader)
    theirs = {each.module.id: _by_student(paths, each.module) for each in earlier}
    stacks = {}
    for each in find(paths, module.id, _stem(module)):
        own = {name: found[each.student] for name, found in theirs.items() if each.student in found}
        stacks[each.path] = Stack(each, submission(each, result.grader), _code(earlier, own))
    task = _task(course, module, result.grader, result.rubric)
    finish = finishing(course, module, result.grader, result.rubric, choice.when)
    chosen = [each for each in result.grades if not each.refusal and each.path in stacks]
    zygote.load(prerequisites(course, result.grader))
    runs = _judged(task, zygote, [stacks[each.path].work(earlier, len(earlier)) for each in chosen])
    graded = {}
    for reference, run in zip(chosen, runs, strict=True):
        stack = stacks[reference.path]
        grade = finish(Judged(stack.submission, run), stack.found)
        graded[reference.path] = _blamed(reference, grade, stack, earlier, task, zygote)
    return replace(result, grades=tuple(graded.get(each.path, each) for each in result.grades))


def check_on_own_stack(course: Course, result: CheckResult, zygote: Zygote) -> CheckResult:
    """Return a student's check on the earlier modules as they stand in the workspace, beside the exported ones."""
    module = find_module(course, result.grade.module)
    grader = load_grader(course, module)
    rubric = load_rubric(course, module, grader).rubric
    shown = {each.criterion.id for each in result.grade.criteria}
    rubric = replace(rubric, criteria=tuple(each for each in rubric.criteria if each.id in shown))
    earlier = _earlier(course, grader)
    own = {each.module.id: one(each.module.source) for each in earlier if each.module.source}
    found = one(Path(result.grade.path))
    stack = Stack(found, submission(found, grader), _code(earlier, own))
    task = replace(_task(course, module, grader, rubric), only=frozenset(shown))
    zygote.load(prerequisites(course, grader))
    (run,) = _judged(task, zygote, [stack.work(earlier, len(earlier))])
    finish = finishing(course, module, grader, rubric, Choice().when)
    grade = replace(finish(Judged(stack.submission, run), found), possible=result.grade.possible)
    return replace(result, grade=_blamed(result.grade, grade, stack, earlier, task, zygote))


def _earlier(course: Course, grader: Grader) -> tuple[Earlier, ...]:
    """Return the modules that a grader's submissions import, in order; those without a grader are nobody's task."""
    texts = prerequisites(course, grader)
    graders = [(each, load_grader(course, each)) for each in course.modules if each.grader.is_dir()]
    by_name = {each.target: (module, each) for module, each in graders}
    return tuple(Earlier(*by_name[name], name, text) for name, text in texts.items() if name in by_name)


def _by_student(paths: Sequence[Path], module: Module) -> dict[str, Found]:
    try:
        found = find(paths, module.id, _stem(module))
    except UsageError:
        return {}
    # In a folder of files without folders for modules, a file is of the module that is graded.
    return {each.student: each for each in found if module.id in Path(each.path).parts}


def _code(earlier: Iterable[Earlier], own: Mapping[str, Found]) -> dict[str, tuple[Code, ...]]:
    """Return the exported code of the student's own modules; one that cannot be read is the reference's."""
    found = {}
    for each in earlier:
        if each.module.id in own:
            theirs = submission(own[each.module.id], each.grader)
            if not theirs.refusal:
                exported = tuple(cell for cell in theirs.code if is_exported(cell.source))
                found[each.module.id] = tuple(
                    replace(cell, label=f"{each.module.id}/{cell.label}") for cell in exported or theirs.code
                )
    return found


def _stem(module: Module) -> str:
    return module.source.stem if module.source else f"{module.id.partition('_')[2]}_dev"


def _task(course: Course, module: Module, grader: Grader, rubric: Rubric) -> Task:
    task = make_task(course, module.grader, grader, rubric, Contract(grader.contract))
    return replace(task, only=frozenset(each.id for each in rubric.criteria))


def _judged(task: Task, zygote: Zygote, works: Sequence[Work]) -> list[Run]:
    runs: list[Run] = []
    judge(task, zygote, works, runs.append)
    return runs


def _blamed(
    reference: Grade, own: Grade, stack: Stack, earlier: Sequence[Earlier], task: Task, zygote: Zygote
) -> Grade:
    """Return the grade on the own stack, in which what only the stack breaks is blocked by the module to blame."""
    passed = {each.criterion.id for each in reference.criteria if each.status is Status.PASSED}
    failing = {each.criterion.id for each in own.criteria if each.status is not Status.PASSED}
    lost = sorted(passed & failing)
    blame = _blame(lost, stack, earlier, task, zygote) if lost and not own.broken else {}
    criteria = tuple(_blocked(each, blame.get(each.criterion.id, "")) for each in own.criteria)
    return replace(
        own, criteria=criteria, notes=(*own.notes, *_notes(stack, earlier, blame)), reference=reference.earned
    )


def _blame(
    lost: Sequence[str], stack: Stack, earlier: Sequence[Earlier], task: Task, zygote: Zygote
) -> dict[str, str]:
    """Name for each criterion the first own module with which it no longer passes."""
    names = list(stack.own)
    blame = dict.fromkeys(lost, names[-1])
    works = [stack.work(earlier, count) for count in range(1, len(names))]
    runs = _judged(replace(task, only=frozenset(lost)), zygote, works) if works else []
    for name, run in reversed(list(zip(names, runs, strict=False))):
        for each in run.outcomes:
            if each.status is not Status.PASSED:
                blame[each.grade_id] = name
    return blame


def _blocked(each: CriterionGrade, module: str) -> CriterionGrade:
    if not module:
        return each
    outcomes = tuple(_told(outcome, module) for outcome in each.outcomes)
    return replace(each, status=Status.BLOCKED, outcomes=outcomes)


def _told(outcome: Outcome, module: str) -> Outcome:
    if outcome.status is Status.PASSED:
        return outcome
    failure = outcome.failure or Failure("")
    message = f"blocked by {module}: it passes with the reference; here {failure.message}"
    return replace(outcome, status=Status.BLOCKED, failure=replace(failure, message=message))


def _notes(stack: Stack, earlier: Sequence[Earlier], blame: Mapping[str, str]) -> Iterable[str]:
    for each in earlier:
        blocked = [criterion for criterion, name in blame.items() if name == each.module.id]
        if each.module.id not in stack.own:
            yield f"{each.module.id} was not handed in or cannot be read: the reference's was used"
        elif blocked:
            yield f"blocked by {each.module.id}: {', '.join(blocked)}"
