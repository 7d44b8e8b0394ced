"""`tito grade`: a class's submissions become grades."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tito.collection.folders import Found, find
from tito.collection.ids import student_id
from tito.errors import Problem, UsageError
from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Zygote
from tito.judging.pool import Here, Judges
from tito.locking.manual import examined
from tito.model.course import Course, Module
from tito.model.grade import Grade
from tito.model.grader import Grader
from tito.model.outcome import Status
from tito.model.rubric import Rubric
from tito.model.submission import Submission
from tito.workflows.course.opening import find_module
from tito.workflows.grading.grader import load_grader, load_rubric, make_task, prerequisites
from tito.workflows.grading.results import Judged, Plan, Store, edition, judge_found
from tito.workflows.grading.scored import Grades, Submissions, finishing
from tito.workflows.grading.times import When, unknown
from tito.workflows.student.check import limited, visible


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a class is graded, and how: by default all of it, all criteria, and only what has changed.

    `criterion` is part of an id or a title; `seconds` limits every test, in place of course and
    rubric. `when` says when something was handed in. A single submission may be `named` after its student.
    """

    student: str = ""
    criterion: str = ""
    afresh: bool = False
    seconds: float = 0.0
    when: When = unknown
    named: str = ""


EVERYTHING: Final = Choice()


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a run is: `failed` are submissions that lost points, `slowest` is who took the longest, how long."""

    done: int = 0
    total: int = 0
    student: str = ""
    failed: int = 0
    slowest: tuple[str, float] = ("", 0.0)

    def after(self, judged: Judged) -> "Advance":
        """Return how far it is with one more submission."""
        student, run = judged.submission.student, judged.run
        failed = run is None or any(each.status is not Status.PASSED for each in run.outcomes)
        slowest = (student, run.seconds) if run and run.seconds > self.slowest[1] else self.slowest
        return Advance(self.done + 1, self.total, student, self.failed + failed, slowest)


@dataclass(frozen=True, slots=True)
class ClassResult:
    """A graded class: a grade per submission, in order of the students, and what graded them.

    `submissions` are in the grades' order, without their documents. Both may be read anew whenever one is asked for.
    """

    rubric: Rubric
    grades: Sequence[Grade]
    level: str
    grader: Grader
    submissions: Sequence[Submission]


def grade(
    course: Course,
    wanted: str,
    paths: Sequence[Path],
    judges: Judges | Zygote,
    *,
    progress: Callable[[Advance], None],
    choice: Choice = EVERYTHING,
    store: Store | None = None,
) -> ClassResult:
    """Grade every submission for a module below `paths`, or those of `choice`.

    `judges` are a pool, or a zygote for judging here. What `store` has of an earlier run is not judged again.
    `progress` is told of each submission that is done. A submission that cannot be read is a grade of its own with
    the reason. Raises CourseError where grader and rubric differ, before anyone is graded.
    """
    judges = Here(judges) if isinstance(judges, Zygote) else judges
    module = find_module(course, wanted)
    grader = load_grader(course, module)
    rubric = load_rubric(course, module, grader).rubric
    grader = examined(grader, rubric)
    found = _of_student(_named(find(paths, module.id, _stem(module)), choice.named), choice.student)
    if choice.criterion:
        rubric = limited(rubric, visible(grader, rubric, choice.criterion))
    plan = _plan(course, module, grader, rubric, judges, choice)
    advance = Advance(total=len(found))

    def seen(judged: Judged) -> None:
        nonlocal advance
        advance = advance.after(judged)
        progress(advance)

    kept: Store = {} if store is None else store
    results = judge_found(plan, found, judges, kept, seen, afresh=choice.afresh)
    grades = Grades(results, finishing(course, module, grader, rubric, choice.when))
    return ClassResult(rubric, grades, str(judges.level), grader, Submissions(results))


def _plan(course: Course, module: Module, grader: Grader, rubric: Rubric, judges: Judges, choice: Choice) -> Plan:
    task = make_task(course, module.grader, grader, rubric, Contract(grader.contract))
    if choice.seconds:
        task = replace(task, seconds=replace(task.seconds, test=choice.seconds, criteria={}))
    if choice.criterion:
        task = replace(task, only=frozenset(each.id for each in rubric.criteria))
    modules = prerequisites(course, grader)
    return Plan(grader, task, modules, edition(course, module, task, modules, str(judges.level)))


def _named(found: Sequence[Found], student: str) -> Sequence[Found]:
    if student and len(found) != 1:
        what = f"--as names one submission, and there are {len(found)}"
        raise UsageError(Problem(what, "Grade one file, or leave --as out."))
    name, fault = student_id(student) if student else ("", "")
    if fault:
        raise UsageError(Problem(f"--as: {fault}", "Use letters, digits and the like."))
    return [replace(each, student=name) for each in found] if student else found


def _of_student(found: Sequence[Found], student: str) -> Sequence[Found]:
    chosen = [each for each in found if not student or each.student == student]
    if not chosen:
        names = ", ".join(each.student for each in found[:8])
        raise UsageError(Problem(f"there is no submission of {student}", f"There are {names}."))
    return chosen


def _stem(module: Module) -> str:
    return module.source.stem if module.source else f"{module.id.partition('_')[2]}_dev"
