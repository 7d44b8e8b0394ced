"""The known mistakes of a module: recorded by `tito audit` beside its grader, and looked for in every grade."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from tito.audit import fingerprints
from tito.audit.fingerprints import Fingerprint
from tito.errors import CourseError, Problem
from tito.locking.lock_file import digest
from tito.model.course import Course, Module
from tito.model.grader import Grader, function_of
from tito.model.mutants import Mutants
from tito.model.outcome import Run
from tito.model.rubric import Rubric
from tito.scoring import RubricFile
from tito.scoring import dump as dump_rubric
from tito.scoring.rubric_mutants import KEY
from tito.workflows.course.opening import read_text, shown, write_text


def load_mistakes(course: Course, module: Module, grader: Grader) -> tuple[Fingerprint, ...]:
    """Return a module's known mistakes; none where they were recorded of other tests than the grader's."""
    path = module.grader / fingerprints.NAME
    if not path.is_file():
        return ()
    of, known = fingerprints.load(read_text(path, "Run `tito audit`."), shown(course, path))
    return known if of == tests_digest(grader) else ()


def record(file: RubricFile, module: Module, grader: Grader, runs: Sequence[tuple[str, Run]]) -> str:
    """Return the text that records how the rubric's mistakes fail, "" where it names none.

    `runs` are the mutants' ids and runs, in the rubric's order. Raises CourseError where a mistake passes, shows no
    value to tell it by, or fails just as another does.
    """
    mistakes = file.rubric.mutants.mistakes
    known = [
        fingerprints.fingerprint(name, mistake.message, run.outcomes)
        for (name, run), mistake in zip(runs, mistakes, strict=True)
    ]
    problems = [*_untelling(file, known), *_alike(file, known)]
    if problems:
        raise CourseError(*problems)
    return fingerprints.dump(module.id, tests_digest(grader), known) if known else ""


def is_recorded(course: Course, module: Module, text: str) -> bool:
    """Say whether a module's file of known mistakes tells what `record` returned, within rounding."""
    path = module.grader / fingerprints.NAME
    if not path.is_file() or not text:
        return path.is_file() == bool(text)
    (of, there), (wanted, known) = (
        fingerprints.load(each, shown(course, path)) for each in (read_text(path, "Run `tito audit`."), text)
    )
    same = [(each.id, each.message) for each in there] == [(each.id, each.message) for each in known]
    return of == wanted and same and all(map(_equal, there, known))


def write_mistakes(module: Module, text: str) -> None:
    """Write a module's file of known mistakes, or remove it where there are none."""
    path = module.grader / fingerprints.NAME
    if text:
        write_text(path, text)
    else:
        path.unlink(missing_ok=True)


def public_rubric(rubric: Rubric, text: str) -> str:
    """Return a rubric's text for students: without its mutants, which quote the solution."""
    return dump_rubric(replace(rubric, mutants=Mutants())) if rubric.mutants != Mutants() else text


def public_mistakes(known: Sequence[Fingerprint], full: str, public: Grader, text: str) -> str:
    """Return the file of known mistakes for students, "" for none.

    `full` and `text` are the grader's test module and its public edition: a mistake that a hidden test shows, in
    whole or in part, would give that test away, and stays out.
    """
    whole = _functions(full)
    same = {name for name, function in _functions(text).items() if whole.get(name) == function}
    kept = [
        each
        for each in known
        if all(function_of(trace.test) in same for traces in each.traces.values() for trace in traces)
    ]
    return fingerprints.dump(public.module, tests_digest(public), kept) if kept else ""


def tests_digest(grader: Grader) -> str:
    """Return the digest of a grader's tests, on which what is recorded of them rests."""
    return digest("\n".join(f"{name} {each}" for name, each in sorted(grader.files.items())))


def _functions(text: str) -> dict[str, str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name: ast.dump(node) for node in ast.parse(text).body if isinstance(node, kinds)}


def _equal(one: Fingerprint, other: Fingerprint) -> bool:
    return one.traces.keys() == other.traces.keys() and one.alike(other.traces)


def _untelling(file: RubricFile, known: Sequence[Fingerprint]) -> Iterator[Problem]:
    for place, each in enumerate(known):
        if not each.traces:
            yield _problem(file, place, "the tests pass this mistake", "Strengthen a test, or remove it here.")
        elif not each.telling:
            what = f"this mistake fails without a value to tell it by ({', '.join(each.traces)})"
            yield _problem(file, place, what, "Remove it here.")


def _alike(file: RubricFile, known: Sequence[Fingerprint]) -> Iterator[Problem]:
    for (_, one), (place, other) in combinations(enumerate(known), 2):
        if one.traces and _equal(one, other):
            what = f"this mistake fails just as another does: {one.message}"
            yield _problem(file, place, what, "Let one entry name both.")


def _problem(file: RubricFile, place: int, what: str, fix: str) -> Problem:
    return file.placed.problem(what, fix, (KEY, "mistakes", place))
