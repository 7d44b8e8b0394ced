"""The visible edition of a grader's modules: what students see of its tests, cut at the first line that is hidden.

It is judged in a pass of its own, before any hidden line runs: all that students read comes from there, so that
nothing a submission keeps of a hidden test, to say it later, is ever said to anybody.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tito.model.outcome import Outcome, Status


def visible(text: str, seen: Mapping[str, int]) -> str:
    """Return a module whose tests end behind what is `seen` of them: a number of leading statements, by test.

    Every line keeps its number. A test of which nothing is seen does nothing.
    """
    lines = text.split("\n")
    for name, node in _tests(ast.parse(text)):
        if name in seen:
            _cut(lines, node, seen[name])
    return "\n".join(lines)


def together(first: Outcome | None, second: Outcome) -> Outcome:
    """Return what a test with hidden lines says: the pass with all of it decides, the visible one is read."""
    shown = first.output if first else ""
    if second.status is Status.PASSED:
        return replace(second, output=shown)
    if first and first.status is not Status.PASSED:
        return replace(first, value=second.value, seconds=first.seconds + second.seconds)
    return replace(second, output=shown, hidden=True)


Node = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _tests(tree: ast.Module) -> Iterator[tuple[str, Node]]:
    return ((node.name, node) for node in tree.body if isinstance(node, Node))


def _cut(lines: list[str], node: Node, count: int) -> None:
    """Blank the statements of a test behind the first `count`, of a class those of its methods and fields."""
    body = list(node.body)
    if count >= len(body):
        return
    kept = body[:count]
    start = (kept[-1].end_lineno or 0) + 1 if kept else body[0].lineno
    indent = " " * body[0].col_offset
    for number in range(start, (node.end_lineno or start) + 1):
        lines[number - 1] = ""
    if not kept:
        lines[start - 1] = f"{indent}pass"
