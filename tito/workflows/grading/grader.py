"""Set up a judge for one grader: the zygote with its prerequisites, and the task."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tito.errors import BrokenError, CourseError, Problem
from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.runner import Seconds, Task, Test, Work, judge, warm_up
from tito.judging.pool import Judges
from tito.locking import lock_file
from tito.model.course import Course, Module
from tito.model.grader import Grader
from tito.model.outcome import Run
from tito.model.rubric import Nested, Rubric
from tito.model.submission import Code
from tito.scoring import RubricFile, load, mirror
from tito.workflows.course.opening import read_text, shown


def prerequisites(course: Course, grader: Grader) -> Mapping[str, str]:
    """Return the texts of the modules that submissions may import. Raises CourseError where one is missing."""
    texts = {}
    for name in grader.prerequisites:
        path = course.root.joinpath(*name.split(".")).with_suffix(".py")
        if not path.is_file():
            what = f"{grader.module} needs {shown(course, path)}, which is not there"
            raise CourseError(Problem(what, "Finish the module that makes it and run `tito export`."))
        texts[name] = read_text(path, "Run `tito export`.")
    return texts


def load_grader(course: Course, module: Module) -> Grader:
    """Read a module's lock file and prove that the grader's files are the ones that were locked."""
    path = module.grader / lock_file.NAME
    if not path.is_file():
        what = f"module {module.id} has no grader"
        raise CourseError(Problem(what, f"Run `tito lock {module.id}`.", shown(course, path)))
    grader = lock_file.load(read_text(path, "Run `tito lock`."), shown(course, path))
    problems = [
        Problem(f"this file is not the one that was locked ({how})", _FRESH[grader.public], shown(course, place))
        for place, how in changed_files(module.grader, grader)
    ]
    if problems:
        raise CourseError(*problems)
    return grader


_FRESH = {False: "Run `tito lock`, or restore it.", True: "Get a fresh copy of the release."}


def changed_files(folder: Path, grader: Grader) -> Iterable[tuple[Path, str]]:
    """Yield the grader's files that differ from their digests, are missing or were added, and how."""
    there = grader_files(folder)
    for name, wanted in grader.files.items():
        if name not in there:
            yield folder / name, "missing"
        elif lock_file.digest(there[name]) != wanted:
            yield folder / name, "edited by hand"
    for name in there.keys() - grader.files.keys():
        yield folder / name, "not locked"


def grader_files(folder: Path) -> dict[str, str]:
    """Return the Python files of a grader's folder, by name."""
    return {path.name: read_text(path, "Remove it.") for path in sorted(folder.glob("*.py"))}


def load_rubric(course: Course, module: Module, grader: Grader) -> RubricFile:
    """Read a module's rubric and prove that it mirrors the grader's points."""
    if not module.rubric.is_file():
        what = f"module {module.id} has no rubric"
        raise CourseError(Problem(what, f"Run `tito rubric init {module.id}`.", shown(course, module.rubric)))
    path = shown(course, module.rubric)
    rubric = load(read_text(module.rubric, "Run `tito rubric init`."), path)
    problems = mirror(rubric, grader)
    if problems:
        raise CourseError(*problems)
    return rubric


def make_task(course: Course, folder: Path, grader: Grader, rubric: Rubric | None, contract: Contract) -> Task:
    """Return what the judge needs to know to run a grader for a rubric."""
    settings = course.settings
    criteria = {each.id: float(each.seconds) for each in rubric.criteria if each.seconds} if rubric else {}
    unnested = [each.id for each in rubric.criteria if each.nested is Nested.SKIP] if rubric else []
    return Task(
        folder.absolute(),
        grader.target,
        contract,
        roots(course, grader.target),
        Seconds(settings.test_seconds, settings.load_seconds, settings.submission_seconds, criteria),
        unnested,
        [test for each in grader.criteria for test in each.shared],
        module=grader.module,
        secret=settings.secret,
    )


def roots(course: Course, target: str) -> Collection[str]:
    """Return the top-level packages whose names the judge asks the subject for."""
    return {name for name in (course.settings.package, target.partition(".")[0]) if name}


def judge_each(
    task: Task,
    judges: Judges,
    modules: Mapping[str, str],
    codes: Sequence[Sequence[Code]],
    done: Callable[[int], None],
) -> list[Run]:
    """Return the run of each of `codes`, dealt out to `judges`; `done` is told the place of each as it comes.

    Raises BrokenError where one takes two judges with it.
    """
    runs: dict[int, Run] = {}

    def serve(zygote: Zygote, places: Iterator[int], ready: Callable[[Run], None]) -> None:
        zygote.load(modules)
        judge(task, zygote, (Work(codes[place]) for place in places), ready)

    def ready(place: int, run: Run) -> None:
        runs[place] = run
        done(place)

    def lost(place: int) -> Run:
        raise BrokenError(Problem(f"judging number {place + 1} ended two processes", "Run `tito doctor`."))

    warm_up()
    judges.run(serve, range(len(codes)), ready, lost)
    return [runs[place] for place in range(len(codes))]


def judge_all(
    task: Task,
    zygote: Zygote,
    modules: Mapping[str, str],
    submissions: Iterable[Sequence[Code]],
    done: Callable[[Run], None],
) -> tuple[Test, ...]:
    """Load the prerequisites and judge one submission after another."""
    zygote.load(modules)
    return judge(task, zygote, map(Work, submissions), done)
