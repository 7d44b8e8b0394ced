"""`tito check`: the visible locked tests on a student's own work."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from tito.audit.fingerprints import name_mistakes
from tito.collection.besides import besides
from tito.collection.folders import Found, in_folder, one, read
from tito.errors import CourseError, Problem, TitoError, UsageError
from tito.judging.judge.linting import ruff
from tito.judging.plan import Plan, Work
from tito.judging.pool import Judges
from tito.model.course import Course, Module
from tito.model.document import Format
from tito.model.grade import Grade
from tito.model.grader import Grader, LockedCriterion
from tito.model.rubric import Criterion, Rubric
from tito.model.submission import digest_of
from tito.records import dataclass
from tito.report.own import NOBODYS, OwnFile, SyntaxFault
from tito.report.why import TO_DO, to_do
from tito.scoring import scored
from tito.workflows.course.export import export
from tito.workflows.course.manifest import read_manifest
from tito.workflows.course.mistakes import load_mistakes
from tito.workflows.course.modules import beside, others
from tito.workflows.course.opening import find_module, shown
from tito.workflows.grading.grader import load_grader, load_rubric, make_plan
from tito.workflows.grading.rules import linting
from tito.workflows.student.own import own_file, rivals
from tito.workflows.student.record import Last, keep
from tito.workflows.student.stubs import is_stub


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One student's own check: the grade over the visible tests, and the criteria that only grading decides.

    `partly` are the ids of those whose tests hold more than students see, `own` is the file that was checked,
    `remarks` tell of what is around it.
    """

    grade: Grade
    hidden: tuple[LockedCriterion, ...]
    own: OwnFile = NOBODYS
    partly: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every visible test passes."""
        return self.grade.earned >= self.grade.graded and not self.grade.broken


@dataclass(frozen=True, slots=True)
class Task:
    """What there is to check, before anything runs: the file, its tests, and what keeps it from being Python.

    `unread` are criteria of style that are told when it is graded, for want of ruff here.
    """

    module: Module
    found: Found
    content: bytes
    grader: Grader
    rubric: Rubric
    only: str
    own: OwnFile
    syntax: SyntaxFault | None = None
    unread: tuple[Criterion, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the workspace's own file, so that what comes of it is worth remembering."""
        return not self.only and self.found.path == str(self.module.source)


def look(course: Course, wanted: str, start: Path, *, only: str = "") -> Task:
    """Return what a check of a module, or of a file's module, is to run; paths are told as seen from `start`.

    `only` limits it to criteria whose id or title holds it. Raises UsageError where there is nothing to check.
    """
    module, path = _work(course, wanted)
    grader = load_grader(course, module)
    rubric = load_rubric(course, module, grader).rubric
    unread = tuple(each for each in rubric.criteria if each.linted and not ruff())
    rubric = replace(rubric, criteria=tuple(each for each in rubric.criteria if each not in unread))
    rubric = limited(rubric, visible(grader, rubric, only))
    found = in_folder(path, others(module)) if path.parent == module.folder else one(path)
    content = read(found)
    own, syntax = own_file(course, module, grader, path, content, start)
    return Task(module, found, content, grader, rubric, only, replace(own, title=rubric.title), syntax, unread)


def judged(
    course: Course,
    task: Task,
    judges: Judges,
    plan: Plan | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> CheckResult:
    """Run the visible tests on what was looked at, by the `plan` of it where there is one already.

    `meanwhile` is called while the judge is at work.
    """
    found, grader = task.found, task.grader
    files, notes = besides(found)
    work = Work(student=found.student, path=found.path, content=task.content, besides=files, notes=notes)
    plan = plan or planned(course, task)
    rulings = judges.rulings(plan, [work])
    # Whatever is not the judge's to say is found out while it is at work.
    meanwhile()
    known, remarks = load_mistakes(course, task.module, grader), tuple(_remarks(course, task))
    edited = tuple(_edited(course, task.module))
    ((_, ruling),) = rulings
    if ruling.run is None:
        raise CourseError(Problem(ruling.submission.refusal))
    notes = (*ruling.submission.notes, *edited)
    grade = name_mistakes(scored(task.rubric, ruling.run, replace(ruling.submission, notes=notes)), known)
    hidden = tuple(each for each in grader.criteria if each.hidden and not task.only)
    ids = {each.id for each in task.rubric.criteria}
    partly = tuple(each.grade_id for each in grader.criteria if each.partly and each.grade_id in ids)
    result = CheckResult(grade, hidden, task.own, partly, remarks)
    if task.is_whole and not grade.broken:
        keep(course, task.module.id, _last(task, result))
    return result


def _last(task: Task, result: CheckResult) -> Last:
    grade = result.grade
    half = [each for each in grade.criteria if each.criterion.id in result.partly and not each.criterion.extra]
    open_points = sum((each.earned for each in half), Decimal(0)) + sum(each.points for each in result.hidden)
    sure = grade.earned - sum((each.earned for each in half), Decimal(0))
    statuses = {each.criterion.id: TO_DO if to_do(each) else each.status.value for each in grade.criteria}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    total = grade.possible + sum(each.points for each in result.hidden)
    return Last(digest_of(task.content), now, sure, open_points, total, statuses)


def planned(course: Course, task: Task) -> Plan:
    """Return what a task is judged by."""
    chosen = tuple(sorted(each.id for each in task.rubric.criteria))
    plan = make_plan(course, task.module.grader, task.grader, task.rubric)
    return replace(linting(plan, task.rubric), only=chosen)


def check(course: Course, wanted: str, judges: Judges, *, only: str = "") -> CheckResult:
    """Run the visible tests of a module, or of a file's module, on the student's own work."""
    return judged(course, look(course, wanted, Path.cwd(), only=only), judges)


def _remarks(course: Course, task: Task) -> Iterator[str]:
    """Tell of other files that could be meant, and of earlier lessons that were edited after their export."""
    found = rivals(task.module)
    if found and task.module.source and task.found.path == str(task.module.source):
        names = ", ".join(each.name for each in (task.module.source, *found))
        yield (
            f"{len(found) + 1} files could be the submission: {names}. Checked was {task.own.label}; keep that one "
            "alone, or name another: `tito check FILE`"
        )
    if task.unread:
        names = ", ".join(each.title for each in task.unread)
        yield f"{names}: decided when it is graded, for ruff is not installed here (`pip install ruff`)"
    for earlier in course.modules:
        if earlier.source and earlier.id < task.module.id and (path := _stale(course, earlier, task.grader)):
            yield (
                f"{earlier.id} was edited after it was exported, so these tests ran on the {path} of before: "
                f"`tito export {earlier.id}`"
            )


def _edited(course: Course, module: Module) -> Iterator[str]:
    """Yield notes on given files that are not as they were released."""
    manifest = read_manifest(course.root)
    for path in beside(module) if manifest else ():
        name = shown(course, path)
        if manifest and digest_of(path.read_bytes()) != manifest.files.get(name, ""):
            yield f"{name} is not as it was released; your work is graded with the original"


def _stale(course: Course, earlier: Module, grader: Grader) -> str:
    """Return the path of an earlier module's export that is older than its source, if the grader stands on it."""
    target = _TARGET.search(earlier.source.read_bytes()) if earlier.source else None
    name = f"{course.settings.package}.{target[1].decode()}" if target else ""
    path = course.root.joinpath(*name.split(".")).with_suffix(".py")
    if earlier.source is None or name not in grader.prerequisites or not path.is_file():
        return ""
    # Where it is older than its export, nothing was edited since, and reading it would take its time at every check.
    if earlier.source.stat().st_mtime <= path.stat().st_mtime:
        return ""
    try:
        (exported,) = export(course, [earlier.id], write=False)
    except TitoError:
        return ""
    return exported.path if exported.changed else ""


# What a source says of where it is exported to; in a notebook, within a text of JSON.
_TARGET: Final = re.compile(rb"#\s*\|\s*default_exp\s+([\w.]+)")


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
    """Return the module to check and the student's file: the one that is named, or, of those begun, edited last."""
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
    begun = [pair for pair in sources if not is_stub(course, pair[0])]
    # In a fresh workspace all files are as old as each other, and the first lesson is where one begins.
    return max(begun, key=lambda pair: pair[1].stat().st_mtime) if begun else sources[0]


def _belongs_to(course: Course, path: Path) -> Module | None:
    """Return the module that a file is of: by its folder's name and its own, by one that names it, or by its own."""
    here = [module for module in course.modules if module.folder.name in path.parts]
    named = [module for module in course.modules if module.source and module.stem == path.stem]
    both = [module for module in named if module in here]
    alone = [module for module in here if not others(module)]
    return next(iter([*both, *alone, *named]), None)
