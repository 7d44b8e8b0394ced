"""`tito grade`: a class's submissions become grades."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Final

from tito.collection.folders import Found, Search, search
from tito.collection.ids import student_id
from tito.errors import Problem, UsageError
from tito.judging.plan import Plan, Ruling, Work
from tito.judging.pool import Judges
from tito.locking.manual import examined, rubrics_own
from tito.model.cell_output import CellOutput
from tito.model.course import Course, Module
from tito.model.grade import Grade
from tito.model.grader import Grader
from tito.model.outcome import Status
from tito.model.rubric import Rubric
from tito.model.submission import ALL_PLACED, Fates, Submission
from tito.records import dataclass
from tito.sandbox.system import with_path
from tito.workflows.course.modules import layout_of
from tito.workflows.course.opening import find_module
from tito.workflows.grading.attempts import BEST, Picked, best, with_attempts, with_groups
from tito.workflows.grading.grader import load_grader, load_rubric, make_plan, with_edition
from tito.workflows.grading.results import Results, Store
from tito.workflows.grading.rules import linting, require
from tito.workflows.grading.scored import CellOutputs, Finish, Grades, Submissions, finishing
from tito.workflows.grading.times import When, unknown
from tito.workflows.student.check import limited, visible


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a class is graded, and how: by default all of it, all criteria, and only what has changed.

    `criterion` is part of an id or a title; `seconds` limits every test, in place of course and
    rubric. `when` says when something was handed in. A single submission may be `named` after its student. Where
    `among` is given, nobody else is graded. `groups` are those of the students who hand in together. With
    `every`, each attempt is a row, where the best one of a whole assignment counts.
    """

    student: str = ""
    criterion: str = ""
    afresh: bool = False
    seconds: float = 0.0
    when: When = unknown
    named: str = ""
    among: frozenset[str] | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    every: bool = False


# For so many, warming judges up with the reference would cost more than it saves.
_FEW: Final = 8
EVERYTHING: Final = Choice()


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a run is: `failed` are submissions that lost points, `slowest` is who took the longest, how long."""

    done: int = 0
    total: int = 0
    student: str = ""
    failed: int = 0
    slowest: tuple[str, float] = ("", 0.0)

    def after(self, ruling: Ruling) -> "Advance":
        """Return how far it is with one more submission."""
        student, run = ruling.submission.student, ruling.run
        failed = run is None or any(each.status is not Status.PASSED for each in run.outcomes)
        slowest = (student, run.seconds) if run and run.seconds > self.slowest[1] else self.slowest
        return Advance(self.done + 1, self.total, student, self.failed + failed, slowest)


@dataclass(frozen=True, slots=True)
class ClassResult:
    """A graded class: a grade per submission, in order of the students, and what graded them.

    `submissions` are in the grades' order, without their documents. Both may be read anew whenever one is asked for.
    `fates` are of what was handed in and is no row. `shown` is what the cells of each showed, where a person grades.
    """

    rubric: Rubric
    grades: Sequence[Grade]
    level: str
    grader: Grader
    submissions: Sequence[Submission]
    fates: Fates = ALL_PLACED
    shown: Sequence[Sequence[CellOutput]] = ()


class Grading:
    """A class's grading: `advance` over its submissions, then ask for the `result`.

    It is of every submission for a module below `paths`, or those of `choice`. What `store` has of an earlier run is
    not judged again. A submission that cannot be read is a grade of its own with the reason. Raises CourseError where
    grader and rubric differ, before anyone is graded.
    """

    def __init__(
        self,
        course: Course,
        wanted: str,
        paths: Sequence[Path],
        judges: Judges,
        *,
        choice: Choice = EVERYTHING,
        store: Store | None = None,
    ) -> None:
        self.judges = judges
        self.paths = paths
        self.choice = choice
        self.course, self.module = course, find_module(course, wanted)
        self._locked = load_grader(course, self.module)
        file = load_rubric(course, self.module, self._locked)
        require(file)
        self.rubric = file.rubric
        self.grader = examined(self._locked, self.rubric)
        there = look(course, self.module, paths)
        self._fates = there.fates
        found = _of_student(_named(there.found, choice.named), choice.student)
        if choice.among is not None:
            found = [each for each in found if each.student in choice.among]
            idle = tuple(each for each in there.fates.nothing if each in choice.among)
            self._fates = replace(there.fates, nothing=idle)
        counts = course.settings.attempts
        only = self.module.stem if len({each.stem for each in self.module.sources}) > 1 else ""
        found = with_attempts(found, paths, self.module.folder.name, counts, only) if not choice.named else found
        found = with_groups(found, choice.groups, choice.when, counts) if choice.groups else found
        if choice.criterion:
            self.rubric = limited(self.rubric, visible(self.grader, self.rubric, choice.criterion))
        self.plan = self._planned(len(found))
        self.store: Store = {} if store is None else store
        self.results = Results(self.plan, found, self.store)
        # What the rows of the result are of: where the best attempt counts, it is known behind `result`.
        self.counting: Sequence[Found] = found

    def advance(self) -> Iterator[Advance]:
        """Judge what has to be judged, and tell of each submission that is done."""
        advance = Advance(total=len(self.results))
        for ruling in self.results.judge(self.judges, afresh=self.choice.afresh):
            advance = advance.after(ruling)
            yield advance

    def result(self) -> ClassResult:
        """Return the graded class."""
        grades = Grades(self.results, self.finish())
        own = rubrics_own(self._locked, self.rubric)
        level, submissions = with_path(self.judges.level), Submissions(self.results, own)
        cells = CellOutputs(self.results)
        if self.course.settings.attempts == BEST and not self.choice.every:
            places = best(grades)
            self.counting = Picked(self.results.found, places)
            own_best = Picked(grades, places), level, self.grader, Picked(submissions, places)
            return ClassResult(self.rubric, *own_best, self._fates, Picked(cells, places))
        return ClassResult(self.rubric, grades, level, self.grader, submissions, self._fates, cells)

    def finish(self) -> Finish:
        """Return what makes a grade of a ruling."""
        return finishing(self.course, self.module, self.grader, self.rubric, self.choice.when)

    def _planned(self, count: int) -> Plan:
        # Without the rubric's own manual criteria, which change nothing that is judged.
        plan = linting(make_plan(self.course, self.module.grader, self._locked, self.rubric), self.rubric)
        if count > _FEW and self.module.source and not self.grader.public:
            source = self.module.source
            # As what is handed in, so that reading it is warm as well.
            plan = replace(plan, warm=Work(path=str(source), content=source.read_bytes()))
        if self.choice.seconds:
            plan = replace(plan, seconds=replace(plan.seconds, test=self.choice.seconds, criteria={}))
        if self.choice.criterion:
            plan = replace(plan, only=tuple(sorted(each.id for each in self.rubric.criteria)))
        elif any(each.manual for each in self.rubric.criteria):
            plan = replace(plan, showing=True)
        return with_edition(plan, self.course, self.judges.level)


def grade(course: Course, wanted: str, paths: Sequence[Path], judges: Judges) -> ClassResult:
    """Grade every submission for a module below `paths`, with nothing kept. See `Grading`."""
    grading = Grading(course, wanted, paths, judges)
    for _ in grading.advance():
        continue
    return grading.result()


def look(course: Course, module: Module, paths: Sequence[Path]) -> Search:
    """Return what becomes of all that lies below `paths`, where it is a module's of the course."""
    return search(paths, layout_of(module, course.modules))


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
