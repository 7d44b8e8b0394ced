"""What a statement does to the names of its notebook: as it runs, and when the functions that it defines run."""

import ast
from collections.abc import Iterable, Sequence

from tito.locking import calls
from tito.locking.bindings import (
    GLOBAL,
    NONLOCAL,
    Comprehension,
    Function,
    arguments_of,
    bindings,
    bound_names,
    roots,
    type_parameters,
)
from tito.locking.uses import Effects, Recorder


def effects(node: ast.stmt) -> Effects:
    """Return what a top-level statement does. Raises RecursionError for one that nests too deeply."""
    reader = _Reader()
    reader.visit(node)
    return reader.names.found()


class _Reader(ast.NodeVisitor):
    """Reads one statement in the order in which it runs."""

    def __init__(self) -> None:
        self.names = Recorder()

    def visit_FunctionDef(self, node: Function) -> None:
        self._all(node.decorator_list)
        self._defaults(node.args)
        with self.names.scope("function", type_parameters(node)):
            for argument in arguments_of(node.args):
                self._annotation(argument.annotation)
            self._annotation(node.returns)
            self._body(node.args, node.body)
        self.names.bind([node.name])

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - the names are ast's

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._all(node.decorator_list)
        with self.names.scope("function", type_parameters(node)):
            self._all([*node.bases, *(keyword.value for keyword in node.keywords)])
            outer = [name for name, declared in bindings(node.body) if declared == GLOBAL]
            with self.names.scope("class", (), outer):
                self._all(node.body)
        self.names.bind([node.name])

    def visit_TypeAlias(self, node: ast.Assign) -> None:
        # Python 3.12's: its value is read when somebody asks for it.
        self.names.bind(roots(node.name))  # type: ignore[attr-defined]
        with self.names.scope("function", type_parameters(node)), self.names.deferred():
            self.visit(node.value)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self.names.star = self.names.star or any(each.name == "*" for each in node.names)
        self.names.bind(bound_names([node]))

    visit_ImportFrom = visit_Import  # noqa: N815 - the names are ast's

    def visit_Assign(self, node: ast.Assign) -> None:
        self._keep(node.value)
        self._targets(node.targets)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._all([node.target, node.value])
        self.names.change(roots(node.target))
        self._targets([node.target])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if self.names.runs_annotations:
            self._annotation(node.annotation)
        if node.value:
            self._keep(node.value)
        if node.value or not isinstance(node.target, ast.Name):
            self._targets([node.target])

    def visit_Delete(self, node: ast.Delete) -> None:
        self._targets(node.targets)

    def visit_Expr(self, node: ast.Expr) -> None:
        inner = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(inner, ast.Call):
            self._call(inner, discarded=True)
        else:
            self.visit(node.value)

    def visit_If(self, node: ast.If | ast.While) -> None:
        self.visit(node.test)
        ends: list[set[str]] = []
        for body in (node.body, node.orelse):
            with self.names.branch(ends):
                self._all(body)
        self.names.join(ends)

    visit_While = visit_If  # noqa: N815 - the names are ast's

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        with self.names.perhaps():
            self._targets([node.target])
            self._all(node.body)
        with self.names.perhaps():
            self._all(node.orelse)

    visit_AsyncFor = visit_For  # noqa: N815 - the names are ast's

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self.visit(item.context_expr)
            self._targets([item.optional_vars] if item.optional_vars else [])
        self._all(node.body)

    visit_AsyncWith = visit_With  # noqa: N815 - the names are ast's

    def visit_Try(self, node: ast.Try | ast.TryStar) -> None:
        with self.names.perhaps():
            self._all([*node.body, *node.orelse])
        for handler in node.handlers:
            with self.names.perhaps():
                self._all([handler.type] if handler.type else [])
                self.names.bind([handler.name] if handler.name else [])
                self._all(handler.body)
        self._all(node.finalbody)

    visit_TryStar = visit_Try  # noqa: N815 - the names are ast's

    def visit_match_case(self, node: ast.match_case) -> None:
        with self.names.perhaps():
            self.visit(node.pattern)
            self.names.bind(bound_names([node.pattern]))
            self._all([node.guard] if node.guard else [])
            self._all(node.body)

    def visit_Name(self, node: ast.Name) -> None:
        self.names.read(node.id)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.names.text(node.value)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            self.names.attribute(node.value.id, node.attr)
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        self._call(node, discarded=False)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self.names.bind([node.target.id], walrus=True)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        # It is handed on, and may be called at once.
        self._defaults(node.args)
        own = {each.arg for each in arguments_of(node.args)} | bound_names([node.body])
        with self.names.scope("function", own):
            self.visit(node.body)

    def visit_ListComp(self, node: Comprehension) -> None:
        first, *others = node.generators
        self.visit(first.iter)
        with self.names.scope("comprehension", bound_names(each.target for each in node.generators)):
            self._all([*first.ifs, *(part for each in others for part in (each.iter, *each.ifs))])
            parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
            # Python 3.15 unpacks in them, and a value may be missing.
            self._all(part for part in parts if part is not None)

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp  # noqa: N815 - the names are ast's

    def _all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)

    def _call(self, node: ast.Call, *, discarded: bool) -> None:
        self.generic_visit(node)
        self.names.call(calls.told(node, discarded=discarded))

    def _body(self, arguments: ast.arguments, body: Sequence[ast.AST]) -> None:
        found = list(bindings(body))
        outer = {name for name, declared in found if declared == GLOBAL}
        free = {name for name, declared in found if declared == NONLOCAL}
        own = {name for name, _ in found} | {each.arg for each in arguments_of(arguments)}
        with self.names.scope("function", own - outer - free, outer), self.names.deferred():
            self._all(body)

    def _defaults(self, arguments: ast.arguments) -> None:
        for each in [*arguments.defaults, *arguments.kw_defaults]:
            if each:
                self._keep(each)

    def _annotation(self, node: ast.expr | None) -> None:
        if node:
            with self.names.annotation():
                self.visit(node)

    def _targets(self, targets: Iterable[ast.expr]) -> None:
        for target in targets:
            match target:
                case ast.Name(id=name):
                    self.names.bind([name])
                case ast.Tuple(elts=parts) | ast.List(elts=parts):
                    self._targets(parts)
                case ast.Starred(value=inner):
                    self._targets([inner])
                case ast.Attribute(value=inner) | ast.Subscript(value=inner):
                    self.visit(target)
                    self.names.change(roots(inner))

    def _keep(self, node: ast.expr) -> None:
        """Read an expression whose value is stored away and not looked at."""
        match node:
            case ast.Name(id=name):
                self.names.read(name, kept=True)
            case ast.Lambda(args=arguments, body=body):
                self._defaults(arguments)
                self._body(arguments, [body])
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                for each in parts:
                    self._keep(each)
            case ast.Dict(keys=keys, values=values):
                self._all(filter(None, keys))
                for each in values:
                    self._keep(each)
            case ast.IfExp(test=test, body=one, orelse=other):
                self.visit(test)
                self._keep(one)
                self._keep(other)
            case _:
                self.visit(node)
