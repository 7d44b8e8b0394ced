"""What the subject gets of a test cell: copies of names, and imports, on which later code of the reference rests."""

import ast
from collections.abc import Iterator, Sequence

from tito.locking.names import Trace
from tito.locking.parts import Part, Writer
from tito.locking.statements import Statement
from tito.model.grader import Source

_BRANCHING = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.Match)


def sends(parts: Sequence[Part], place: int, trace: Trace) -> tuple[str, ...]:
    """Return the names that a test cell binds or changes where students see it, and that code of theirs reads."""
    part = parts[place]
    statements = (*part.arranged.above, *part.arranged.inside)
    imported = {name for each in statements if each.is_import for name in each.effects.now.binds}
    own = {name for each in statements for use in (each.effects.now, each.effects.later) for name in use.binds}
    changed = {
        name
        for each in statements
        for name in each.effects.now.changes
        if name in trace.needs[place] and trace.needs[place][name].source is Source.JUDGE
    }
    tests = set(part.arranged.tests)
    names = ((own | changed) & part.shown) - imported - tests
    return tuple(sorted(name for name in names if _is_read(name, parts, place)))


def imports(parts: Sequence[Part], place: int) -> tuple[str, ...]:
    """Return the import statements of a test cell whose names code of the students' reads."""
    part = parts[place]
    return tuple(
        ast.unparse(each.node)
        for each in part.arranged.above
        if each.is_import and any(_is_read(name, parts, place) for name in each.effects.now.binds & part.shown)
    )


def _is_read(name: str, parts: Sequence[Part], place: int) -> bool:
    """Return whether code that runs in the subject reads a name before it is bound again."""
    if any(name in each.effects.later.reads for each in _students(parts[:place])):
        return True
    for part in parts[place + 1 :]:
        for statement in part.statements:
            effects = statement.effects
            if part.writer is not Writer.TEST and name in effects.reads:
                return True
            if name in effects.now.binds and not isinstance(statement.node, _BRANCHING):
                return False
    return False


def _students(parts: Sequence[Part]) -> Iterator[Statement]:
    yield from (each for part in parts if part.writer is not Writer.TEST for each in part.statements)
