"""A code cell as top-level statements: their text and what each does to the notebook's names."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tito.errors import CourseError, Problem
from tito.locking.scopes import effects
from tito.locking.uses import Effects
from tito.model.document import Cell, Document
from tito.records import dataclass
from tito.source.hidden import edition
from tito.source.magics import without_magics
from tito.source.syntax import tree

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Statement:
    """One top-level statement: `text` is its source, with the comments right above it.

    `lines` gives for each line that `node` may name the line of the cell that it was.
    """

    node: ast.stmt
    text: str
    lines: Sequence[int]

    @cached_property
    def effects(self) -> Effects:
        """What it does to names."""
        return effects(self.node)

    @property
    def line(self) -> int:
        """The cell's line on which it begins."""
        return self.line_of(self.node)

    @property
    def is_import(self) -> bool:
        """Whether it imports."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_definition(self) -> bool:
        """Whether it only binds names: a function, a class, an import or an assignment."""
        return self.is_import or isinstance(self.node, Definition | ast.Assign | ast.AnnAssign)

    @property
    def awaits(self) -> bool:
        """Whether it awaits something itself, as a notebook may and a module may not."""
        return _awaits(self.node)

    def line_of(self, node: ast.AST) -> int:
        """Return the cell's line on which a part of it begins."""
        number = getattr(node, "lineno", 1)
        return self.lines[number - 1] if number <= len(self.lines) else number


@dataclass(frozen=True, slots=True)
class Split:
    """A cell's statements, and the magics that were left out, with their lines."""

    statements: tuple[Statement, ...]
    left_out: tuple[tuple[int, str], ...] = ()


def split(document: Document, cell: Cell, *, public: bool) -> Split:
    """Split a code cell, without its hidden lines if `public`. Raises CourseError where it is not Python."""
    kept = edition(cell.source, public=public)
    text, left_out = without_magics(kept.text)
    try:
        found = tuple(_unfolded(_split(tree(text), text.split("\n"), kept.lines)))
        for statement in found:
            _ = statement.effects
    except SyntaxError as fault:
        line = fault.lineno or 1
        raise _no_python(document, cell, kept.lines[min(line, len(kept.lines)) - 1], fault.msg) from None
    except (ValueError, RecursionError, MemoryError):
        raise _no_python(document, cell, 1, "it nests too deeply") from None
    return Split(found, tuple(_placed(left_out, kept.text.split("\n"), kept.lines)))


def _no_python(document: Document, cell: Cell, line: int, why: str) -> CourseError:
    what = f"cell {cell.grade_id or '(without a grade_id)'} is not Python: {why}"
    return CourseError(Problem(what, "Correct this line of the cell.", *document.place(cell, line)))


def _placed(left_out: Sequence[str], texts: Sequence[str], lines: Sequence[int]) -> Iterator[tuple[int, str]]:
    start = 0
    for magic in left_out:
        start = next((place for place in range(start, len(texts)) if texts[place].strip() == magic), start)
        yield lines[start], magic
        start += 1


def _split(module: ast.Module, texts: Sequence[str], lines: Sequence[int]) -> Iterator[Statement]:
    end = 0
    for node in module.body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(each.lineno for each in decorators)])
        last = node.end_lineno or first
        if first <= end:
            # Two statements share a line: their text is remade.
            text = ast.unparse(node)
        else:
            text = "\n".join([*_comments(texts, end, first), *texts[first - 1 : last]])
        end = last
        yield Statement(node, _without_tail(text, node), lines)


def _unfolded(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield statements, and what stands below `if __name__ == "__main__":` as if it stood there without.

    In a notebook that is so, and what judges is no notebook.
    """
    for each in statements:
        match each.node:
            case ast.If(
                test=ast.Compare(ast.Name("__name__"), [ast.Eq()], [ast.Constant("__main__")]), body=body, orelse=[]
            ):
                yield from _unfolded(Statement(node, ast.unparse(node), each.lines) for node in body)
            case _:
                yield each


def _comments(texts: Sequence[str], end: int, first: int) -> Sequence[str]:
    """Return the comment lines that stand right above line `first`, directives left out."""
    start = first - 1
    while start > end and texts[start - 1].lstrip().startswith("#") and not texts[start - 1].startswith("#|"):
        start -= 1
    return texts[start : first - 1]


def _without_tail(text: str, node: ast.stmt) -> str:
    # `a = 1; assert a` shares its last line with the next statement.
    try:
        same = len(tree(text).body) == 1
    except SyntaxError:
        same = False
    return text if same else ast.unparse(node)


def _awaits(node: ast.AST) -> bool:
    if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith):
        return True
    if isinstance(node, ast.comprehension) and node.is_async:
        return True
    return not isinstance(node, Definition | ast.Lambda) and any(map(_awaits, ast.iter_child_nodes(node)))
