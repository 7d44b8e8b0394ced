"""`tito lock`: an instructor's module becomes a locked grader, proved on the reference before it is written."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tito.locking import lock_file
from tito.model.course import Course, Module
from tito.model.grader import Grader, LeftOut
from tito.records import dataclass
from tito.workflows.course.building import (
    Built,
    blank,
    build,
    generated_of,
    locked_before,
    placed,
    seen_of,
    test_file,
)
from tito.workflows.course.opening import find_modules, write_text
from tito.workflows.course.refusing import without
from tito.workflows.course.sources import parse_source
from tito.workflows.grading.grader import changed_files
from tito.workflows.grading.judges import start_pool


@dataclass(frozen=True, slots=True)
class Locked:
    """What locking one module did, or, for `--check`, what has drifted."""

    module: str
    criteria: int
    points: Decimal
    changed: tuple[str, ...]
    beside: tuple[str, ...]
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def lock(course: Course, wanted: Sequence[str], *, partial: bool = False) -> tuple[Locked, ...]:
    """Write the graders of the modules that are named, or of all.

    Raises CourseError where one cannot be proved; a `partial` one is what is left without the tests that cannot.
    """
    modules = find_modules(course, wanted)
    with start_pool(course) as pool:
        built = [(module, build(pool, course, module, partial=partial)) for module in modules]
    return tuple(write_grader(module, each) for module, each in built)


def check(course: Course, wanted: Sequence[str]) -> tuple[Locked, ...]:
    """Say which graders differ from what their sources would make today, or were changed by hand."""
    return tuple(_compare(course, module) for module in find_modules(course, wanted))


def write_grader(module: Module, built: Built) -> Locked:
    """Write a grader that was built, and say what changed of it."""
    stale = (
        [path for path in module.grader.glob("test_*.py") if path.name not in built.files]
        if module.grader.is_dir()
        else []
    )
    text = lock_file.dump(built.grader)
    name = test_file(module)
    before = {path.name: path.read_text("utf-8") for path in module.grader.glob("*") if path.is_file()}
    write_text(module.grader / name, built.files[name])
    write_text(module.grader / lock_file.NAME, text)
    for path in stale:
        path.unlink()
    after = {name: built.files[name], lock_file.NAME: text}
    changed = [file for file, content in after.items() if before.get(file) != content]
    return _locked(built.grader, [*changed, *(path.name for path in stale)], built.notes)


def _compare(course: Course, module: Module) -> Locked:
    locked = locked_before(course, module)
    if locked is None:
        return Locked(module.id, 0, Decimal(0), ("there is no grader; run `tito lock`",), ())
    document = parse_source(course, module)
    drift = [f"{place.name}: {how}" for place, how in changed_files(module.grader, locked)]
    generated = generated_of(course, module, without(document, locked.left_out), locked.moved)
    fresh = placed(blank(course, module, document, generated), generated)
    name = test_file(module)
    if lock_file.digest(generated.text) != locked.files.get(name):
        drift.append(f"{name}: its source has changed since it was locked")
    drift += [
        f"{lock_file.NAME}: {part} no longer as in the source"
        for part in ("target", "asked", "cells", "solutions", "prerequisites", "manual")
        if getattr(fresh, part) != getattr(locked, part)
    ]
    # A lock of version 1 has no blocks.
    if locked.blocks and _placed(locked) != _placed(fresh):
        drift.append(f"{lock_file.NAME}: what its blocks take from whom no longer as in the source")
    if not drift and seen_of(course, module, document, locked) != locked.seen:
        drift.append(f"{lock_file.NAME}: what students see of the tests no longer as in the source")
    return _locked(locked, drift)


def _placed(grader: Grader) -> tuple[object, ...]:
    """Return whose each name is at each place, and what goes across there; trials alone say what follows what."""
    names = {(each.name, each.place, each.source) for each in grader.names}
    return names, grader.records, [replace(each, follows=()) for each in grader.blocks]


def _locked(grader: Grader, changed: Sequence[str], notes: Sequence[str] = ()) -> Locked:
    worth = [each.points for each in grader.criteria] + [each.points for each in grader.manual]
    points = sum(worth, Decimal(0))
    beside = tuple(test for each in grader.criteria for test in each.beside)
    return Locked(grader.module, len(worth), points, tuple(changed), beside, tuple(notes), grader.left_out)
