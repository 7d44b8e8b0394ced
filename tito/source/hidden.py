"""A test cell in its two editions: as students see it, without hidden tests and mark schemes, and whole."""

import ast

from tito.source.markers import Marked, Region, regions


def visible(source: str) -> str:
    """Return a test cell's source as students see it: without hidden tests and mark schemes."""
    lines: list[str | None] = list(source.splitlines())
    for region in _hidden(source):
        lines[region.first - 1 : region.last] = [None] * (region.last - region.first + 1)
    kept = "\n".join(line for line in lines if line is not None)
    return source if kept == source.rstrip("\n") else _with_bodies(kept.rstrip())


def unmarked(source: str) -> str:
    """Return a test cell's source without the markers of its hidden tests; the tests themselves stay."""
    marks = {line for region in _hidden(source) for line in (region.first, region.last)}
    return "\n".join(line for number, line in enumerate(source.splitlines(), 1) if number not in marks)


def _hidden(source: str) -> list[Region]:
    return [each for each in regions(source) if each.kind is not Marked.SOLUTION]


def _with_bodies(source: str) -> str:
    """Give a block that hiding has emptied a `pass`, so that what is left is Python."""
    lines = source.splitlines()
    for _ in range(len(lines) + 1):
        try:
            ast.parse("\n".join(lines))
        except IndentationError as fault:
            head = _head_above(lines, fault.lineno or len(lines))
            indent = len(lines[head]) - len(lines[head].lstrip())
            lines.insert(head + 1, " " * (indent + 4) + "pass")
        except SyntaxError:
            break
        else:
            break
    return "\n".join(lines)


def _head_above(lines: list[str], line: int) -> int:
    for place in range(min(line, len(lines)) - 1, -1, -1):
        if lines[place].rstrip().endswith(":"):
            return place
    return 0
