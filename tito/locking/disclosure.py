"""What students may read of a failing test: its text where they have it themselves, no word where it is hidden."""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tito.model.grader import Grader
from tito.model.outcome import Outcome, Run
from tito.records import dataclass


def seen(full: str, public: str) -> Mapping[str, int]:
    """Return how many leading statements students see of each test that they do not see whole, by the test's name.

    `full` and `public` are the two editions of one test module; a class counts as one statement for each of its own.
    """
    known = _bodies(public)
    return {
        name: count for name, body in _bodies(full).items() if (count := _same(body, known.get(name, []))) < len(body)
    }


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Which lines of the tests that are hidden in part a failure may show: the seen ones, by test.

    A failure is shown if it happened at a line that students have, before anything hidden has run.
    """

    lines: Mapping[str, frozenset[str]]

    def of(self, run: Run) -> Run:
        """Return a run in which the outcomes are marked whose text students may not read."""
        return replace(run, outcomes=tuple(self._marked(each) for each in run.outcomes))

    def _marked(self, outcome: Outcome) -> Outcome:
        lines = self.lines.get(outcome.test.partition("[")[0])
        if lines is None:
            return replace(outcome, hidden=False)
        if outcome.failure and outcome.failure.assertion in lines:
            return outcome
        return replace(outcome, hidden=True)


def disclosure(grader: Grader, texts: Mapping[str, str], revealed: Collection[str]) -> Disclosure:
    """Return what may be shown of a grader's tests.

    `texts` are its files by name; the criteria in `revealed` show all. Of a public edition students have every line.
    """
    if grader.public:
        return Disclosure({})
    tests = {test.partition("[")[0]: each for each in grader.criteria for test in each.tests}
    bodies = {f"{file}::{name}": body for file, text in texts.items() for name, body in _bodies(text).items()}
    return Disclosure(
        {
            test: _only_seen(bodies.get(_top(test), []), 0 if criterion.hidden else grader.seen[_top(test)])
            for test, criterion in tests.items()
            if criterion.grade_id not in revealed and (criterion.hidden or _top(test) in grader.seen)
        }
    )


def _top(test: str) -> str:
    """Return a test's file and the function or class in it."""
    return "::".join(test.split("::")[:2])


def _bodies(text: str) -> dict[str, Sequence[ast.stmt]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name: node.body for node in ast.parse(text).body if isinstance(node, kinds)}


def _same(one: Sequence[ast.stmt], other: Sequence[ast.stmt]) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (place for place, (a, b) in enumerate(pairs) if ast.dump(a) != ast.dump(b)), min(len(one), len(other))
    )


def _only_seen(body: Sequence[ast.stmt], count: int) -> frozenset[str]:
    # A line that stands in the hidden part as well may have failed there.
    return frozenset(_lines(body[:count])) - frozenset(_lines(body[count:]))


def _lines(body: Iterable[ast.stmt]) -> Iterator[str]:
    for node in (each for statement in body for each in ast.walk(statement)):
        if isinstance(node, ast.Assert):
            yield ast.unparse(ast.Assert(node.test))
        elif isinstance(node, ast.stmt) and not hasattr(node, "body"):
            yield ast.unparse(node)
