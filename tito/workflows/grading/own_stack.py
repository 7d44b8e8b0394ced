"""`--prereqs student`: a module on top of the student's own earlier modules, beside its grade on the reference ones.

The student's earlier modules are student code: they are read in the judge and run in the subject, before the
submission, and never in the process that forks it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tito.collection.folders import Found, one, read
from tito.errors import UnreadableError, UsageError
from tito.judging.plan import Own, Plan, Ruling, Work
from tito.judging.pool import Judges
from tito.model.course import Course, Module
from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Failure, Outcome, Status
from tito.records import dataclass
from tito.workflows.course.opening import find_module
from tito.workflows.grading.grade import Choice, ClassResult, Grading, look
from tito.workflows.grading.grader import load_grader, load_rubric, make_plan, with_edition
from tito.workflows.grading.results import Results, Store
from tito.workflows.grading.rules import linting
from tito.workflows.grading.scored import Finish, finishing
from tito.workflows.student.check import CheckResult


@dataclass(frozen=True, slots=True)
class Stacks:
    """What students' own stacks are judged with: the plan, with the graders of what it stands on, and the modules."""

    plan: Plan
    modules: Mapping[str, Module]
    judges: Judges
    store: Store
    finish: Finish

    def graded(self, grades: Sequence[tuple[Grade, Found]], own: Sequence[Mapping[str, Found]]) -> list[Grade]:
        """Return each grade, which was earned on the reference, as it is on the student's own modules.

        What only these break is blocked, by the first of them with which it no longer passes.
        """
        found = [each for _, each in grades]
        stacks = [self._stack(each) for each in own]
        whole = [replace(_NOTHING, own=stack, depth=len(stack)) for stack in stacks]
        rulings = self._rulings(found, whole)
        theirs = [self.finish(ruling, each) for ruling, each in zip(rulings, found, strict=True)]
        lost = [_lost(grade, mine) for (grade, _), mine in zip(grades, theirs, strict=True)]
        blame = self._blame(found, stacks, lost)
        return [
            self._told(grade, mine, to_blame)
            for (grade, _), mine, to_blame in zip(grades, theirs, blame, strict=True)
        ]

    def _stack(self, own: Mapping[str, Found]) -> tuple[Own, ...]:
        """Return a student's own modules in the order of import; one that cannot be had is the reference's."""
        stack = []
        for name, module in self.modules.items():
            if module.id in own:
                try:
                    stack.append(Own(name, own[module.id].path, read(own[module.id])))
                except UnreadableError:
                    continue
        return tuple(stack)

    def _rulings(self, found: Sequence[Found], forms: Sequence[Work]) -> list[Ruling]:
        def work(place: int, file: Work) -> Work:
            form = forms[place]
            return replace(file, own=form.own, depth=form.depth, only=form.only)

        results = Results(self.plan, found, self.store, work)
        for _ in results.judge(self.judges):
            continue
        return list(results)

    def _blame(
        self, found: Sequence[Found], stacks: Sequence[tuple[Own, ...]], lost: Sequence[tuple[str, ...]]
    ) -> list[dict[str, str]]:
        """Name for each criterion that is lost the first own module with which it no longer passes."""
        blame = [
            dict.fromkeys(names, stack[-1].name) if stack else {} for names, stack in zip(lost, stacks, strict=True)
        ]
        asked = [
            (place, depth)
            for place, stack in enumerate(stacks)
            for depth in range(len(stack) - 1, 0, -1)
            if lost[place]
        ]
        forms = [replace(_NOTHING, own=stacks[place], depth=depth, only=lost[place]) for place, depth in asked]
        rulings = self._rulings([found[place] for place, _ in asked], forms)
        for (place, depth), ruling in zip(asked, rulings, strict=True):
            for outcome in ruling.run.outcomes if ruling.run else ():
                if outcome.status is not Status.PASSED:
                    blame[place][outcome.grade_id] = stacks[place][depth - 1].name
        return blame

    def _told(self, reference: Grade, own: Grade, blame: Mapping[str, str]) -> Grade:
        names = {criterion: self.modules[name].id for criterion, name in blame.items()}
        criteria = tuple(_blocked(each, names.get(each.criterion.id, "")) for each in own.criteria)
        return replace(
            own, criteria=criteria, notes=(*own.notes, *_notes(names)), reference=reference.earned,
            possible=reference.possible,
        )  # fmt: skip


_NOTHING = Work()


def on_own_stacks(grading: Grading) -> ClassResult:
    """Return a judged class's grades on the students' own earlier modules, with what each earned on the reference."""
    result = grading.result()
    stacks = _stacks(grading.course, grading.plan, grading.judges, grading.store, grading.finish())
    theirs = {module.id: _by_student(grading.course, grading.paths, module) for module in stacks.modules.values()}
    rows = list(zip(result.grades, grading.counting, strict=True))
    chosen = [place for place, (grade, _) in enumerate(rows) if not grade.refusal and not grade.broken]
    own = [
        {name: found[rows[place][1].student] for name, found in theirs.items() if rows[place][1].student in found}
        for place in chosen
    ]
    graded = dict(zip(chosen, stacks.graded([rows[place] for place in chosen], own), strict=True))
    return replace(result, grades=tuple(graded.get(place, grade) for place, (grade, _) in enumerate(rows)))


def check_on_own_stack(course: Course, result: CheckResult, judges: Judges) -> CheckResult:
    """Return a student's check on the earlier modules as they stand in the workspace, beside the exported ones."""
    module = find_module(course, result.grade.module)
    grader = load_grader(course, module)
    rubric = load_rubric(course, module, grader).rubric
    shown = tuple(sorted(each.criterion.id for each in result.grade.criteria))
    rubric = replace(rubric, criteria=tuple(each for each in rubric.criteria if each.id in shown))
    plan = replace(linting(make_plan(course, module.grader, grader, rubric), rubric), only=shown)
    stacks = _stacks(course, plan, judges, {}, finishing(course, module, grader, rubric, Choice().when))
    own = {each.id: one(each.source) for each in stacks.modules.values() if each.source}
    (grade,) = stacks.graded([(result.grade, one(Path(result.grade.path)))], [own])
    return replace(result, grade=grade)


def _stacks(course: Course, plan: Plan, judges: Judges, store: Store, finish: Finish) -> Stacks:
    """Return what judges own stacks; of what the plan stands on, only what has a grader is anybody's task."""
    graders = [(each, load_grader(course, each)) for each in course.modules if each.grader.is_dir()]
    by_name = {grader.target: (module, grader) for module, grader in graders}
    earlier = tuple(
        replace(each, grader=by_name[each.name][1]) if each.name in by_name else each for each in plan.earlier
    )
    modules = {each.name: by_name[each.name][0] for each in earlier if each.grader}
    return Stacks(with_edition(replace(plan, earlier=earlier), course, judges.level), modules, judges, store, finish)


def _by_student(course: Course, paths: Sequence[Path], module: Module) -> dict[str, Found]:
    try:
        found = look(course, module, paths).found
    except UsageError:
        return {}
    # In a folder of files without folders for modules, a file is of the module that is graded.
    return {each.student: each for each in found if module.id in Path(each.path).parts}


def _lost(reference: Grade, own: Grade) -> tuple[str, ...]:
    """Return the criteria that pass on the reference and not on the student's own modules."""
    passed = {each.criterion.id for each in reference.criteria if each.status is Status.PASSED}
    failing = {each.criterion.id for each in own.criteria if each.status is not Status.PASSED}
    return () if own.broken else tuple(sorted(passed & failing))


def _blocked(grade: CriterionGrade, module: str) -> CriterionGrade:
    if not module:
        return grade
    outcomes = tuple(_blocked_by(outcome, module) for outcome in grade.outcomes)
    return replace(grade, status=Status.BLOCKED, outcomes=outcomes)


def _blocked_by(outcome: Outcome, module: str) -> Outcome:
    if outcome.status is Status.PASSED:
        return outcome
    failure = outcome.failure or Failure("")
    message = f"blocked by {module}: it passes with the reference; here {failure.message}"
    return replace(outcome, status=Status.BLOCKED, failure=replace(failure, message=message))


def _notes(blame: Mapping[str, str]) -> Iterator[str]:
    criteria: defaultdict[str, list[str]] = defaultdict(list)
    for criterion, module in blame.items():
        criteria[module].append(criterion)
    yield from (f"blocked by {module}: {', '.join(names)}" for module, names in sorted(criteria.items()))
