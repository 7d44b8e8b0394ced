"""A module's mutants before its judges: each by all tests, or first by those that stand right behind its cell.

A mistake is nearly always seen by the tests of the part that it is in. Where it is only asked which mutants some test
fails, the first one that does so is enough, and all others have to run for the few mutants alone that survive these.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from tito.audit.strength import Verdict
from tito.audit.words import Mutant
from tito.errors import BrokenError, Problem
from tito.judging.plan import Plan, Work
from tito.judging.pool import Judges
from tito.model.course import Module
from tito.model.document import Document, Role
from tito.model.outcome import Run, Status
from tito.model.rubric import Criterion, Rubric
from tito.records import dataclass
from tito.scoring import RubricFile, score
from tito.workflows.course.sources import work_of

Progress = Callable[[int, int, str], None]
# So many mutants at a time are tried on a criterion that none has failed yet.
_SOME: Final = 8


@dataclass(frozen=True, slots=True)
class Suspects:
    """A module with its rubric and every mutant to be judged; `known` are the ids of the rubric's mistakes."""

    module: Module
    document: Document
    file: RubricFile
    mutants: tuple[Mutant, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant's run, and what it says."""

    run: Run
    verdict: Verdict


def by_all(judges: Judges, plan: Plan, suspects: Suspects, progress: Progress) -> dict[str, Tried]:
    """Judge every mutant by all criteria, and return by its id what came of it."""
    return _counted(_tried(judges, plan, suspects, [(each, None) for each in suspects.mutants]), suspects, progress)


def by_nearest(judges: Judges, plan: Plan, suspects: Suspects, progress: Progress) -> dict[str, Tried]:
    """Judge every mutant by the criteria behind its cell, and by all where it survives these; see `by_all`.

    What the rubric names, as known or as equivalent, is judged by all. Each criterion with points then has a mutant
    that fails it, or was tried on all of them.
    """
    named = {*suspects.known, *(each.id for each in suspects.file.rubric.mutants.equivalent)}
    nearest = _nearest(suspects.document, suspects.file.rubric)
    first = [(each, nearest[each.cell]) for each in suspects.mutants if each.id not in named and nearest[each.cell]]
    killed = (pair for pair in _tried(judges, plan, suspects, first, hasty=True) if pair[1].verdict.failing)
    found = _counted(killed, suspects, progress)
    whole = [(each, None) for each in suspects.mutants if each.id in named]
    found |= _counted(_tried(judges, plan, suspects, whole), suspects, progress, len(found))
    rest = [(each, None) for each in suspects.mutants if each.id not in found]
    found |= _counted(_tried(judges, plan, suspects, rest, hasty=True), suspects, progress, len(found))
    for criterion in suspects.file.rubric.criteria:
        if criterion.points and not criterion.manual:
            found |= _until_killed(judges, plan, suspects, criterion, found)
    return found


def _until_killed(
    judges: Judges, plan: Plan, suspects: Suspects, criterion: Criterion, found: Mapping[str, Tried]
) -> dict[str, Tried]:
    """Try a criterion that no mutant fails on those that it has not judged, until one does."""
    if any(criterion.id in each.verdict.failing for each in found.values()):
        return {}
    left = [each for each in suspects.mutants if criterion.id not in (found[each.id].verdict.by or (criterion.id,))]
    more: dict[str, Tried] = {}
    for start in range(0, len(left), _SOME):
        tried = _tried(
            judges, plan, suspects, [(each, _with_needs(criterion)) for each in left[start : start + _SOME]]
        )
        more |= {name: _joined(found[name], each) for name, each in tried}
        if any(criterion.id in each.verdict.failing for each in more.values()):
            break
    return more


def _nearest(document: Document, rubric: Rubric) -> list[tuple[str, ...]]:
    """Return for every cell the criteria of the test cells behind it, up to the next cell that is a solution."""
    graded = {each.id for each in rubric.criteria if not each.manual}
    found: list[tuple[str, ...]] = []
    group: tuple[str, ...] = ()
    tests_follow = False
    for cell in reversed(document.cells):
        if cell.role is Role.TEST and cell.grade_id in graded:
            group = (cell.grade_id, *group) if tests_follow else (cell.grade_id,)
            tests_follow = True
        elif cell.role is Role.SOLUTION:
            tests_follow = False
        found.append(group)
    return found[::-1]


def _with_needs(criterion: Criterion) -> tuple[str, ...]:
    """Return a criterion with the one whose tests have to pass for it to count."""
    text = criterion.built or criterion.linted
    return (criterion.id, text.needs) if text and text.needs else (criterion.id,)


def _tried(
    judges: Judges,
    plan: Plan,
    suspects: Suspects,
    mutants: Iterable[tuple[Mutant, tuple[str, ...] | None]],
    *,
    hasty: bool = False,
) -> Iterator[tuple[str, Tried]]:
    """Judge mutants, each by the criteria that stand with it, and give their ids with what came of them."""
    by_id = {each.id: each for each in suspects.mutants}
    works = (replace(_mutated(suspects.document, each), only=by, hasty=hasty) for each, by in mutants)
    for work, ruling in judges.rulings(plan, works):
        if ruling.run is None:
            raise BrokenError(Problem(f"mutant {work.name} was not judged: {ruling.submission.refusal}"))
        verdict = _verdict(suspects.file.rubric, by_id[work.name], ruling.run, work)
        yield work.name, Tried(ruling.run, verdict)


def _counted(
    tried: Iterable[tuple[str, Tried]], suspects: Suspects, progress: Progress, before: int = 0
) -> dict[str, Tried]:
    found: dict[str, Tried] = {}
    for name, each in tried:
        found[name] = each
        progress(before + len(found), len(suspects.mutants), name)
    return found


def _mutated(document: Document, mutant: Mutant) -> Work:
    """Return a document as a work, with a mutant in its place and its name."""
    cells = list(document.cells)
    cells[mutant.cell] = replace(cells[mutant.cell], source=mutant.source)
    return work_of(replace(document, cells=tuple(cells)), mutant.id)


def _verdict(rubric: Rubric, mutant: Mutant, run: Run, work: Work) -> Verdict:
    graded = score(rubric, run, student="", module=rubric.module, path=mutant.path)
    # A hasty one that was killed has not come to all criteria.
    by = {each.grade_id for each in run.outcomes} if work.hasty else work.only
    judged = [each for each in graded.criteria if by is None or each.criterion.id in by]
    tested = [each for each in judged if not each.criterion.manual]
    failing = tuple(each.criterion.id for each in tested if each.status is not Status.PASSED)
    broken = any(each.status is Status.BROKEN and not each.criterion.dropped for each in tested)
    return Verdict(mutant, failing, broken, None if by is None else tuple(sorted(by)))


def _joined(one: Tried, other: Tried) -> Tried:
    """Return what came of a mutant in two runs by different criteria."""
    first, second = one.verdict, other.verdict
    failing, by = (*first.failing, *second.failing), (*(first.by or ()), *(second.by or ()))
    return replace(one, verdict=replace(first, failing=failing, by=by, broken=first.broken or second.broken))
