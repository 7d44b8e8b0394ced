"""`tito check`: the visible locked tests on a student's own work."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tito.audit.fingerprints import name_mistakes
from tito.collection.besides import besides
from tito.collection.folders import in_folder, one, read
from tito.errors import CourseError, Problem, UsageError
from tito.judging.plan import Work
from tito.judging.pool import Judges
from tito.model.course import Course, Module
from tito.model.document import Format
from tito.model.grade import Grade
from tito.model.grader import Grader, LockedCriterion
from tito.model.rubric import Rubric
from tito.workflows.course.manifest import digest_of, read_manifest
from tito.workflows.course.mistakes import load_mistakes
from tito.workflows.course.modules import beside, others
from tito.workflows.course.opening import find_module, shown
from tito.workflows.grading.grader import load_grader, load_rubric, make_plan
from tito.workflows.grading.scored import scored


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One student's own check: the grade over the visible tests, and the criteria that only grading decides."""

    grade: Grade
    hidden: tuple[LockedCriterion, ...]


def check(course: Course, wanted: str, judges: Judges, *, only: str = "") -> CheckResult:
    """Run the visible tests of a module, or of a file's module, on the student's own work.

    `only` limits them to criteria whose id or title holds it. Raises UsageError where there is nothing to check.
    """
    module, path = _work(course, wanted)
    grader = load_grader(course, module)
    rubric = load_rubric(course, module, grader).rubric
    chosen = visible(grader, rubric, only)
    rubric = limited(rubric, chosen)
    found = in_folder(path, others(module)) if path.parent == module.folder else one(path)
    files, notes = besides(found)
    work = Work(student=found.student, path=found.path, content=read(found), besides=files, notes=notes)
    plan = replace(make_plan(course, module.grader, grader, rubric), only=tuple(sorted(chosen)))
    ((_, ruling),) = judges.rulings(plan, [work])
    if ruling.run is None:
        raise CourseError(Problem(ruling.submission.refusal))
    hidden = tuple(each for each in grader.criteria if each.hidden and not only)
    known = load_mistakes(course, module, grader)
    notes = (*ruling.submission.notes, *_edited(course, module))
    submission = replace(ruling.submission, notes=notes)
    return CheckResult(name_mistakes(scored(rubric, ruling.run, submission), known), hidden)


def _edited(course: Course, module: Module) -> Iterator[str]:
    """Yield notes on given files that are not as they were released."""
    manifest = read_manifest(course.root)
    for path in beside(module) if manifest else ():
        name = shown(course, path)
        if manifest and digest_of(path.read_bytes()) != manifest.files.get(name, ""):
            yield f"{name} is not as it was released; your work is graded with the original"


def visible(grader: Grader, rubric: Rubric, only: str) -> set[str]:
    """Return the ids of the criteria whose id or title holds `only`; in a public grader, the visible ones."""
    titles = {each.id: f"{each.id} {each.title}".casefold() for each in rubric.criteria}
    hidden = {each.grade_id for each in grader.criteria if each.hidden} if grader.public else set()
    chosen = {name for name, title in titles.items() if only.casefold() in title and name not in hidden}
    if not chosen:
        raise UsageError(Problem(f"no visible criterion has {only!r} in its id or title", "Leave -k out to see all."))
    return chosen


def limited(rubric: Rubric, chosen: Collection[str]) -> Rubric:
    """Return a rubric of the chosen criteria alone."""
    criteria = tuple(each for each in rubric.criteria if each.id in chosen)
    counted = (each.points for each in criteria if not each.extra)
    return replace(rubric, criteria=criteria, points=sum(counted, start=rubric.points * 0))


def _work(course: Course, wanted: str) -> tuple[Module, Path]:
    """Return the module to check and the student's file: the one that is named, or the one edited last."""
    if wanted.endswith((f".{Format.PERCENT}", f".{Format.NOTEBOOK}")):
        path = Path(wanted).absolute()
        if not path.is_file():
            raise UsageError(Problem("there is no such file", "Name a module or a file.", wanted))
        if module := _belongs_to(course, path):
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


def _belongs_to(course: Course, path: Path) -> Module | None:
    """Return the module that a file is of: by its folder's name and its own, by one that names it, or by its own."""
    here = [module for module in course.modules if module.folder.name in path.parts]
    named = [module for module in course.modules if module.source and module.stem == path.stem]
    both = [module for module in named if module in here]
    alone = [module for module in here if not others(module)]
    return next(iter([*both, *alone, *named]), None)
