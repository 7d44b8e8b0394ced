"""The grader of a module with its rubric, proved to be what was locked, and the plan to judge by."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tito.errors import CourseError, Problem
from tito.judging.plan import Earlier, Given, Plan, Seconds
from tito.locking import lock_file
from tito.model.coding import to_plain
from tito.model.course import Course, Module
from tito.model.grader import Grader
from tito.model.rubric import Nested, Rubric
from tito.sandbox.levels import Level
from tito.sandbox.system import with_path
from tito.scoring import RubricFile, load
from tito.scoring.mirror import mirror, unallowed
from tito.workflows.course.modules import HIDDEN, beside
from tito.workflows.course.opening import read_text, shown
from tito.workflows.grading.results import digest
from tito.workflows.machine.versions import versions


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
        raise CourseError(Problem(what, f"Run `tito lock {module.id}`{_HANDED_OUT}", shown(course, path)))
    grader = lock_file.load(read_text(path, f"Run `tito lock {module.id}`{_HANDED_OUT}"), shown(course, path))
    problems = [
        Problem(f"this file is not the one that was locked ({how})", _FRESH[grader.public], shown(course, place))
        for place, how in changed_files(module.grader, grader)
    ]
    if problems:
        raise CourseError(*problems)
    return grader


_MOST_GIVEN = 64 << 20
_HANDED_OUT = "; in a workspace that was handed out, get a fresh copy of it."
_FRESH = {
    False: "Run `tito lock`, or restore it.",
    True: "Get a fresh copy of the workspace; your own modules stay as they are.",
}


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
    """Read a module's rubric and prove that it mirrors the grader's points, and that its tests may run as they do."""
    rubric = read_rubric(course, module, grader)
    problems = unallowed(rubric, grader, beside_alone=True)
    if problems:
        raise CourseError(*problems)
    return rubric


def read_rubric(course: Course, module: Module, grader: Grader) -> RubricFile:
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


def make_plan(course: Course, folder: Path, grader: Grader, rubric: Rubric | None) -> Plan:
    """Return what judges need to know to run a grader, which lies in `folder`, for a rubric."""
    settings = course.settings
    criteria = {each.id: float(each.seconds) for each in rubric.criteria if each.seconds} if rubric else {}
    unnested = tuple(each.id for each in rubric.criteria if each.nested is Nested.SKIP) if rubric else ()
    structure = tuple(each.built for each in rubric.criteria if each.built) if rubric else ()
    return Plan(
        grader,
        str(folder.absolute()),
        tuple(Earlier(name, text) for name, text in prerequisites(course, grader).items()),
        tuple(sorted(roots(course, grader.target))),
        Seconds(settings.test_seconds, settings.load_seconds, settings.submission_seconds, criteria),
        unnested,
        tuple(test for each in grader.criteria for test in each.beside),
        secret=settings.secret,
        given=given_files(course, grader.module),
        built=structure,
        may_write={each.id: each.may_write for each in rubric.criteria if each.may_write} if rubric else {},
    )


def given_files(course: Course, wanted: str) -> tuple[Given, ...]:
    """Return the files beside a module's source, those for its tests alone among them, by their places in its folder.

    Raises CourseError where they are too large.
    """
    module = next((each for each in course.modules if each.id == wanted), None)
    found = [] if module is None else list(beside(module))
    if module and sum(path.stat().st_size for path in found) > _MOST_GIVEN:
        what = f"the files beside this module's source have more than {_MOST_GIVEN >> 20} MiB"
        fix = "Make them smaller, or let students download them."
        raise CourseError(Problem(what, fix, shown(course, module.folder)))
    places = [(path, path.relative_to(module.folder)) for path in found] if module else []
    return tuple(
        Given(place.as_posix(), path.read_bytes(), hidden=place.parts[0] == HIDDEN) for path, place in places
    )


def with_edition(plan: Plan, course: Course, level: Level) -> Plan:
    """Return a plan with the digest of all that decides its rulings besides what is handed in."""
    # What cells show decides nothing: whoever was judged before a person had to look is not judged again.
    decisive = replace(plan, folder="", warm=None, edition="", showing=False)
    files = grader_files(Path(plan.folder)).values()
    parts = (json.dumps(versions(course.settings.packages)), json.dumps(to_plain(decisive)), with_path(level))
    return replace(plan, edition=digest(*parts, *files))


def roots(course: Course, target: str) -> Collection[str]:
    """Return the top-level packages whose names the judge asks the subject for."""
    return {name for name in (course.settings.package, target.partition(".")[0]) if name}
