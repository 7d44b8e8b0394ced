"""Anchored checks: whether what a test compares rests on something that the submission did not say itself.

A check is unanchored where it relates the submission's answers to each other alone, or where the submission's own
code decides it. That is read from the flow of values within each test.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence

from tito.locking.bindings import Function
from tito.locking.flow import Flow
from tito.locking.names import Trace
from tito.locking.parts import Part, Writer
from tito.locking.statements import Statement
from tito.locking.values import Helper, Value
from tito.model.grader import Source

_SETTING_UP = ("setUp", "setup_method", "setUpClass", "setup_class")


def unanchored(parts: Sequence[Part], trace: Trace, contract: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return the checks of each test cell that are not anchored, as path:line, by grade_id.

    `contract` says what kind of answer the reference gave: an object answers comparisons itself.
    """
    helpers = {name: helper for part in parts for name, helper in _helpers(part)}
    found = {
        part.label: _of_cell(part, Flow(_globals(trace, place), contract, helpers))
        for place, part in enumerate(parts)
        if part.writer is Writer.TEST
    }
    return {label: places for label, places in found.items() if places}


def _of_cell(part: Part, flow: Flow) -> tuple[str, ...]:
    arranged = part.arranged
    tests = [each for each in arranged.above if getattr(each.node, "name", "") in arranged.tests]
    for statement in (each for each in arranged.above if each not in tests):
        flow.run([statement.node], _place(part, statement))
    for statement in tests:
        for node in _functions(statement.node):
            flow.test(node, _setting_up(statement.node), _place(part, statement))
    for statement in arranged.inside:
        flow.run([statement.node], _place(part, statement))
    return tuple(dict.fromkeys(flow.found))


class _place:  # noqa: N801 - a function with two arguments bound
    """Says the path:line of a node of a statement."""

    def __init__(self, part: Part, statement: Statement) -> None:
        self._part, self._statement = part, statement

    def __call__(self, node: ast.AST) -> str:
        return self._part.place(self._statement.line_of(node))


def _globals(trace: Trace, place: int) -> dict[str, Value]:
    return {
        name: Value(student=True) if origin.source is Source.SUBMISSION else Value(anchor=True)
        for name, origin in trace.needs[place].items()
    }


def _helpers(part: Part) -> Iterator[tuple[str, Helper]]:
    """Yield the judge's functions of a part: given ones, and those of test cells."""
    for statement in part.statements if part.writer is not Writer.SOLUTION else ():
        # A test that another one calls is judged where it stands.
        if isinstance(statement.node, Function) and statement.node.name not in part.arranged.tests:
            yield statement.node.name, Helper(statement.node, _place(part, statement))


def _functions(node: ast.stmt) -> Iterator[Function]:
    """Yield the test functions of a statement: itself, or its methods."""
    if isinstance(node, Function):
        yield node
    elif isinstance(node, ast.ClassDef):
        yield from (each for each in node.body if isinstance(each, Function) and each.name.startswith("test"))


def _setting_up(node: ast.stmt) -> list[ast.stmt]:
    body = node.body if isinstance(node, ast.ClassDef) else []
    return [part for each in body if isinstance(each, Function) and each.name in _SETTING_UP for part in each.body]
