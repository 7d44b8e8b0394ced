"""Trials of a grader: the reference judged with its answers as a forger would give them; what tests let pass."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tito.errors import BrokenError, Problem
from tito.judging.judge.witness import UNLOOKED_AT, Distortion
from tito.judging.plan import Plan, Recorded, Trial, Work
from tito.judging.pool import Judges
from tito.model.grader import Block, Vacuous
from tito.model.outcome import Outcome, Status
from tito.records import dataclass

_ANOTHER: Final = "another student"


@dataclass(frozen=True, slots=True)
class Adversary:
    """What subjects that answer everything in one way would earn: the tests that pass for them."""

    distortion: Distortion
    passing: tuple[Outcome, ...]


def vacuous(judges: Judges, plan: Plan, reference: Work, recorded: Recorded) -> tuple[Vacuous, ...]:
    """Return the answers that tests pass without, found by distorting each of the reference's in every way."""
    answers: dict[str, set[str]] = {}
    asking: dict[str, set[str]] = {}
    for test, forms in recorded.forms.items():
        for answer, found in forms.items():
            answers.setdefault(answer, set()).update(found)
            asking.setdefault(answer, set()).add(test)
    works = [
        replace(reference, name=f"{how}|{answer}", trial=Trial(how, answer), only=_cells(plan, asking[answer]))
        for answer, forms in answers.items()
        for how in _applicable(answer, forms)
    ]
    passing: dict[tuple[str, str], list[str]] = {}
    for work, outcomes in _judged(judges, plan, works):
        how, _, answer = work.name.partition("|")
        for outcome in _let_pass(outcomes):
            passing.setdefault((outcome.test, answer), []).append(how)
    for pair in _unused(judges, plan, reference, passing):
        del passing[pair]
    again = _forms_again(judges, plan, reference) if passing else {}
    return tuple(
        Vacuous(test, answer, tuple(sorted(under)), _lasting(recorded.forms, again, test, answer))
        for (test, answer), under in sorted(passing.items())
    )


def _unused(judges: Judges, plan: Plan, reference: Work, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the (test, answer) in which the test does nothing with the answer: it may be anything then."""
    pairs = set(pairs)
    asking = {answer: [test for test, each in pairs if each == answer] for _, answer in pairs}
    works = [
        replace(reference, name=f"{how}|{answer}", trial=Trial(how, answer), only=_cells(plan, tests))
        for answer, tests in sorted(asking.items())
        for how in sorted(UNLOOKED_AT)
    ]
    passes = Counter(
        (outcome.test, work.name.partition("|")[2])
        for work, outcomes in _judged(judges, plan, works)
        for outcome in _let_pass(outcomes)
    )
    return [pair for pair in pairs if passes[pair] == len(UNLOOKED_AT)]


def _cells(plan: Plan, tests: Collection[str]) -> tuple[str, ...]:
    """Return the grade_ids whose tests ask for an answer."""
    return tuple(each.grade_id for each in plan.grader.criteria if set(each.tests) & set(tests))


def _applicable(answer: str, forms: Collection[str]) -> Iterator[Distortion]:
    """Give what changes an answer of such forms."""
    if "__next__" in answer or "__iter__" in answer:
        yield Distortion.ENDED
    if any("shape (" in form or form.startswith("length") for form in forms):
        yield Distortion.EMPTY
    if any(", finite" in form for form in forms):
        yield from (Distortion.NAN, Distortion.MASKED)
    if any(form.startswith(("shape", "length")) and not form.startswith("shape ()") for form in forms):
        yield from (Distortion.NOTHING, Distortion.FIRST, Distortion.ONE, Distortion.EQUAL)


def alone(judges: Judges, plan: Plan, reference: Work) -> tuple[Block, ...]:
    """Return a grader's blocks, each with the test cells before it without whose running its own tests fail.

    Each test cell is tried by itself behind the cells of its place; where that fails, those before it are left out
    one after another, and what cannot be left out is what it follows.
    """
    cells = [block.cell for block in plan.grader.blocks if block.tests]
    works = [replace(reference, name=cell, only=(cell,)) for cell in cells]
    failing = {work.name for work, outcomes in _judged(judges, plan, works) if not _all_pass(outcomes)}
    return tuple(
        replace(block, follows=_followed(judges, plan, reference, block.cell)) if block.cell in failing else block
        for block in plan.grader.blocks
    )


def _followed(judges: Judges, plan: Plan, reference: Work, cell: str) -> tuple[str, ...]:
    cells = [block.cell for block in plan.grader.blocks if block.tests]
    needed = cells[: cells.index(cell)]
    for earlier in list(needed):
        fewer = [each for each in needed if each != earlier]
        ((_, outcomes),) = _judged(judges, plan, [replace(reference, only=(*fewer, cell))])
        if _all_pass(each for each in outcomes if each.grade_id == cell):
            needed = fewer
    return tuple(needed)


def _all_pass(outcomes: Iterable[Outcome]) -> bool:
    return all(each.status is Status.PASSED for each in outcomes)


def confirmed(judges: Judges, plan: Plan, reference: Work, criteria: Collection[str]) -> frozenset[str]:
    """Return those of `criteria` that pass where every plain answer of the submission's is one constant."""
    if not criteria:
        return frozenset()
    work = replace(reference, trial=Trial(Distortion.CONSTANT), only=tuple(sorted(criteria)))
    ((_, outcomes),) = _judged(judges, plan, [work])
    return frozenset(each.grade_id for each in _let_pass(outcomes))


def adversaries(judges: Judges, plan: Plan, reference: Work) -> tuple[Adversary, ...]:
    """Return what subjects earn that answer everything in one way."""
    # Many a sound test lets what numpy compares with nothing pass: there, an answer's form is asked.
    hows = [how for how in Distortion if how not in UNLOOKED_AT | {Distortion.NOTHING, Distortion.MASKED}]
    works = [replace(reference, name=how, trial=Trial(how)) for how in hows]
    found = {work.name: outcomes for work, outcomes in _judged(judges, plan, works)}
    return tuple(Adversary(how, tuple(_let_pass(found[how]))) for how in hows)


def _judged(judges: Judges, plan: Plan, works: Sequence[Work]) -> Iterator[tuple[Work, Sequence[Outcome]]]:
    for work, ruling in judges.rulings(plan, works):
        if ruling.run is None:
            raise BrokenError(Problem(f"the trial {work.name} was not judged: {ruling.submission.refusal}"))
        yield work, ruling.run.outcomes


def _let_pass(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    return (each for each in outcomes if each.distorted and each.status is Status.PASSED)


def _forms_again(judges: Judges, plan: Plan, reference: Work) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the forms of the reference's answers for another student, whose random numbers are others."""
    ((_, ruling),) = judges.rulings(replace(plan, recording=True), [replace(reference, student=_ANOTHER)])
    return ruling.recorded.forms if ruling.recorded else {}


def _lasting(
    one: Mapping[str, Mapping[str, list[str]]], two: Mapping[str, Mapping[str, list[str]]], test: str, answer: str
) -> tuple[str, ...]:
    forms = one.get(test, {}).get(answer, [])
    return tuple(forms) if forms == two.get(test, {}).get(answer) else ()
