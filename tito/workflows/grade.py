"""`tito grade` and `tito check`: submissions become grades."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tito.audit.fingerprints import name_mistakes
from tito.collection.folders import Found, find, one
from tito.collection.ids import student_id
from tito.errors import CourseError, Problem, UsageError
from tito.judging.contract import Contract
from tito.judging.launcher import Zygote
from tito.locking.disclosure import disclosure
from tito.model.course import Course, Module
from tito.model.document import Format
from tito.model.grade import Grade
from tito.model.grader import Grader, LockedCriterion
from tito.model.outcome import Run
from tito.model.rubric import Rubric
from tito.model.submission import Code, Submission
from tito.scoring import refuse, score
from tito.workflows.course import find_module, shown
from tito.workflows.intake import submission
from tito.workflows.judging import (
    grader_files,
    judge_all,
    load_grader,
    load_rubric,
    make_task,
    prerequisites,
)
from tito.workflows.mistakes import load_mistakes
from tito.workflows.times import When, timed, unknown

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ClassResult:
    """A graded class: a grade per submission, in order of the students, and what graded them.

    `submissions` are in the grades' order.
    """

    rubric: Rubric
    grades: tuple[Grade, ...]
    level: str
    grader: Grader
    submissions: tuple[Submission, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One student's own check: the grade over the visible tests, and the criteria that only grading decides."""

    grade: Grade
    hidden: tuple[LockedCriterion, ...]


def grade(  # noqa: PLR0913 - what an instructor may say of a class
    course: Course,
    wanted: str,
    paths: Sequence[Path],
    zygote: Zygote,
    *,
    student: str = "",
    named: str = "",
    progress: Progress,
    when: When = unknown,
) -> ClassResult:
    """Grade every submission for a module below `paths`, or `student`'s alone, with subjects of a fresh `zygote`.

    A single submission may be `named` after its student. `progress` is called with done, total and the student at
    hand; `when` says when something was handed in. A submission that cannot be read is a grade of its own with the
    reason. Raises CourseError where grader and rubric differ, before anyone is graded.
    """
    module = find_module(course, wanted)
    grader = load_grader(course, module)
    rubric = load_rubric(course, module, grader).rubric
    found = _of_student(_named(find(paths, module.id, _stem(module)), named), student)
    submissions = [timed(submission(each, grader), each, rubric, when) for each in found]
    readable = [each for each in submissions if not each.refusal]
    grades = {each.path: refuse(rubric, each) for each in submissions if each.refusal}
    waiting = iter(readable)
    revealed = {each.id for each in rubric.criteria if each.reveal}
    shown_to_students = disclosure(grader, grader_files(module.grader), revealed)
    known = load_mistakes(course, module, grader)

    def done(run: Run) -> None:
        each = next(waiting)
        grades[each.path] = name_mistakes(_scored(rubric, shown_to_students.of(run), each), known)

    def feed() -> Iterator[Sequence[Code]]:
        for each in readable:
            progress(len(grades), len(submissions), each.student)
            yield each.code

    task = make_task(course, module.grader, grader, rubric, Contract(grader.contract))
    judge_all(task, zygote, prerequisites(course, grader), feed(), done)
    progress(len(grades), len(submissions), "")
    ordered = tuple(grades[each.path] for each in submissions)
    return ClassResult(rubric, ordered, str(zygote.level), grader, tuple(submissions))


def check(course: Course, wanted: str, zygote: Zygote, *, only: str = "") -> CheckResult:
    """Run the visible tests of a module, or of a file's module, on the student's own work in a fresh `zygote`.

    `only` limits them to criteria whose id or title holds it. Raises UsageError where there is nothing to check.
    """
    module, path = _work(course, wanted)
    grader = load_grader(course, module)
    rubric = load_rubric(course, module, grader).rubric
    visible = _visible(grader, rubric, only)
    rubric = _without(rubric, {each.id for each in rubric.criteria} - visible)
    mine = submission(one(path), grader)
    if mine.refusal:
        raise CourseError(Problem(mine.refusal))
    runs: list[Run] = []
    task = make_task(course, module.grader, grader, rubric, Contract(grader.contract))
    judge_all(replace(task, only=visible), zygote, prerequisites(course, grader), [mine.code], runs.append)
    hidden = tuple(each for each in grader.criteria if each.hidden and not only)
    known = load_mistakes(course, module, grader)
    return CheckResult(name_mistakes(_scored(rubric, runs[0], mine), known), hidden)


def _scored(rubric: Rubric, run: Run, each: Submission) -> Grade:
    own = {"student": each.student, "module": each.module, "path": each.path}
    return score(rubric, run, **own, notes=each.notes, submitted=each.submitted)


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


def _work(course: Course, wanted: str) -> tuple[Module, Path]:
    """Return the module to check and the student's file: the one that is named, or the one edited last."""
    if wanted.endswith((f".{Format.PERCENT}", f".{Format.NOTEBOOK}")):
        path = Path(wanted).absolute()
        if not path.is_file():
            raise UsageError(Problem("there is no such file", "Name a module or a file.", wanted))
        for module in course.modules:
            if module.id in path.parts or (module.source and module.source.stem == path.stem):
                return module, path
        raise UsageError(Problem("this file belongs to no module", "Keep it in its module's folder.", wanted))
    if wanted:
        module = find_module(course, wanted)
        if module.source is None:
            raise UsageError(Problem(f"there is no work for {module.id} here", "Name the file to check."))
        return module, module.source
    sources = [(each, each.source) for each in course.modules if each.source]
    if not sources:
        raise UsageError(Problem("there is no module here to check", "Name a file.", shown(course, course.root)))
    return max(sources, key=lambda pair: pair[1].stat().st_mtime)


def _visible(grader: Grader, rubric: Rubric, only: str) -> set[str]:
    titles = {each.id: f"{each.id} {each.title}".casefold() for each in rubric.criteria}
    hidden = {each.grade_id for each in grader.criteria if each.hidden} if grader.public else set()
    chosen = {name for name, title in titles.items() if only.casefold() in title and name not in hidden}
    if not chosen:
        raise UsageError(Problem(f"no visible criterion has {only!r} in its id or title", "Leave -k out to see all."))
    return chosen


def _without(rubric: Rubric, left_out: set[str]) -> Rubric:
    criteria = tuple(each for each in rubric.criteria if each.id not in left_out)
    return replace(rubric, criteria=criteria, points=sum((each.points for each in criteria), start=rubric.points * 0))
