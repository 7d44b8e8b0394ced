"""A solution cell as a syntax tree with places: what mutators look at, and how their edits become text."""

from typing import Any

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, ParentNodeProvider, PositionProvider

from tito.audit.words import Mutator
from tito.records import dataclass
from tito.source.markers import Marked, regions

# What is written in these is no behaviour that a test may hold a student to: messages, types, decorations.
_QUIET = (cst.Raise, cst.Annotation, cst.Decorator, cst.FormattedString, cst.Import, cst.ImportFrom)


@dataclass(frozen=True, slots=True)
class Edit:
    """A mistake to make: `text` in the place of `node`, whose own parentheses stay."""

    mutator: Mutator
    node: cst.CSTNode
    text: str


class View:
    """A cell's tree. `numpy` is the name by which the document knows NumPy, "" where it does not."""

    def __init__(self, source: str, numpy: str) -> None:
        self.source = source
        self.numpy = numpy
        self._lines = source.splitlines(keepends=True)
        wrapper = MetadataWrapper(cst.parse_module(source))
        self._module = wrapper.module
        self._places = wrapper.resolve(PositionProvider)
        self._parents = wrapper.resolve(ParentNodeProvider)
        marked = [each for each in regions(source) if each.kind is Marked.SOLUTION]
        self._inside = {line for each in marked for line in range(each.first + 1, each.last)}

    def nodes(self) -> list[cst.CSTNode]:
        """Return the nodes that may be changed, in the order of the text: those of solutions, less what is quiet."""
        return [node for node in self._walk(self._module) if self._is_inside(node)]

    def given_calls(self) -> list[cst.FunctionDef]:
        """Return the `__call__` methods that stand beside a solution: a student can break what is given as well."""
        found = (node for node in self._walk(self._module) if isinstance(node, cst.FunctionDef))
        return [node for node in found if node.name.value == "__call__"]

    def text(self, node: cst.CSTNode) -> str:
        """Return a node's text without its own parentheses, so that it can stand between them."""
        place = self.place(node)
        lines = self._lines[place.start.line - 1 : place.end.line]
        lines[-1] = lines[-1][: place.end.column]
        return "".join([lines[0][place.start.column :], *lines[1:]])

    def whole(self, node: cst.CSTNode) -> str:
        """Return the text of a node, or of a changed one, with its own parentheses."""
        return self._module.code_for_node(node)

    def place(self, node: cst.CSTNode) -> CodeRange:
        """Return where a node stands in the cell; lines count from 1, columns from 0."""
        return self._places[node]

    def indent(self, node: cst.CSTNode) -> str | None:
        """Return the indent of the line that a statement begins, or None where it does not begin one."""
        start = self.place(node).start
        before = self._lines[start.line - 1][: start.column]
        return None if before.strip() else before

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """Return the node around a node."""
        return self._parents.get(node)

    def function(self, node: cst.CSTNode) -> cst.FunctionDef | None:
        """Return the innermost function around a node."""
        found = self.parent(node)
        while found:
            if isinstance(found, cst.FunctionDef):
                return found
            found = self.parent(found)
        return None

    def part(self, node: cst.CSTNode) -> str:
        """Return the dotted name of the classes and functions around a node, itself included."""
        names: list[str] = []
        at: cst.CSTNode | None = node
        while at:
            if isinstance(at, cst.FunctionDef | cst.ClassDef):
                names.insert(0, at.name.value)
            at = self.parent(at)
        return ".".join(names)

    def scope(self, node: cst.CSTNode, source: str) -> str:
        """Return the innermost function around a node, or else all, out of the cell as it is after an edit."""
        function = self.function(node)
        if function is None:
            return source
        place, lines = self.place(function), source.splitlines(keepends=True)
        body = lines[place.start.line - 1 : place.end.line + len(lines) - len(self._lines)]
        return "".join(["if True:\n", *body] if place.start.column else body)

    def edited(self, node: cst.CSTNode, text: str) -> str:
        """Return the cell's source with `text` in a node's place."""
        place = self.place(node)
        before = (
            "".join(self._lines[: place.start.line - 1]) + self._lines[place.start.line - 1][: place.start.column]
        )
        after = self._lines[place.end.line - 1][place.end.column :] + "".join(self._lines[place.end.line :])
        return before + text + after

    def _walk(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        found: list[cst.CSTNode] = []
        rest: list[Any] = [node]
        while rest:
            at = rest.pop()
            if not isinstance(at, _QUIET) and not _is_docstring(at):
                found.append(at)
                rest += reversed(at.children)
        return found

    def _is_inside(self, node: cst.CSTNode) -> bool:
        place = self._places.get(node)
        return place is not None and {place.start.line, place.end.line} <= self._inside


def _is_docstring(node: cst.CSTNode) -> bool:
    texts = cst.SimpleString | cst.ConcatenatedString
    return isinstance(node, cst.Expr) and isinstance(node.value, texts)
