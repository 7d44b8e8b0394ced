"""The flow of values through a test: where what the submission says and what it is compared with come from."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tito.locking.bindings import Function, arguments_of, roots
from tito.locking.calls import told
from tito.locking.relations import called, raised, related
from tito.locking.values import ANCHOR, Helper, Place, Value, Values, filled, join

_EVERY: Final = frozenset({"all", "alltrue", "any", "assert_", "assertFalse", "assertTrue", "bool", "sometrue"})
_SMALLER: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_IDENTITY: Final = (ast.Is, ast.IsNot)
_DIFFERING: Final = frozenset({"abs", "absolute", "fabs", "item", "max", "mean", "norm", "sum"})


class Flow(Values):
    """Follows statements and notes the checks that are not anchored, in `found`.

    `known` are the notebook's names, `helpers` the judge's functions.
    """

    def __init__(
        self, known: Mapping[str, Value], contract: Mapping[str, str], helpers: Mapping[str, Helper]
    ) -> None:
        super().__init__(known, contract, helpers)
        self.found: list[str] = []

    def run(self, body: Sequence[ast.stmt], place: Place) -> None:
        """Follow statements."""
        with self.at(place):
            self.follow(body)

    def test(self, node: Function, before: Sequence[ast.stmt], place: Place) -> None:
        """Follow a test function, with what sets up for it before."""
        kept = dict(self._values)
        with self.at(place):
            for argument in arguments_of(node.args):
                fixture = self._helpers.get(argument.arg)
                self._values[argument.arg] = self.inlined(fixture, []) if fixture else ANCHOR
            self.follow([*before, *node.body])
        self._values = kept

    def follow(self, body: Iterable[ast.stmt]) -> None:
        """Follow statements, in order."""
        for node in body:
            self._statement(node)

    def _statement(self, node: ast.stmt) -> None:
        self._seen.clear()
        match node:
            case ast.Assert(test=test):
                self._note(node, self._anchored(test))
            case ast.Expr(value=ast.Call() as call):
                self._checked(node, call)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._assigned(node)
            case ast.Return(value=ast.expr() as value):
                self._returned.append(self.value(value))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._helpers[node.name] = Helper(node, self._places[-1])
                self._values.pop(node.name, None)
            case ast.ClassDef(name=name, bases=bases):
                derived = any(self.value(each).student for each in bases)
                self._values[name] = Value(student=True) if derived else ANCHOR
            case _:
                self._compound(node)

    def _compound(self, node: ast.stmt) -> None:
        match node:
            case ast.For(target=target, iter=items, body=body) | ast.AsyncFor(target=target, iter=items, body=body):
                self.target(target, self.items(items))
                # What a first round has filled is there in the second.
                self.follow([*body, *body, *node.orelse])
            case ast.While(body=body, orelse=orelse):
                self.follow([*body, *body, *orelse])
            case ast.If(body=body, orelse=orelse):
                self._branch(body, orelse)
            case ast.With(items=entered, body=body) | ast.AsyncWith(items=entered, body=body):
                for item in entered:
                    self._entered(node, item)
                self.follow(body)
            case ast.Try() | ast.TryStar():
                self._tried(node)
            case ast.Match(cases=cases):
                self.follow([each for case in cases for each in case.body])

    def _tried(self, node: ast.Try | ast.TryStar) -> None:
        self.follow(node.body)
        for handler in node.handlers:
            self._values |= {handler.name: Value(student=True)} if handler.name else {}
            self.follow(handler.body)
        self.follow([*node.orelse, *node.finalbody])

    def _branch(self, body: Sequence[ast.stmt], orelse: Sequence[ast.stmt]) -> None:
        before = dict(self._values)
        self.follow(body)
        after, self._values = self._values, before
        self.follow(orelse)
        for name, value in after.items():
            self._values[name] = join([value, self._values[name]]) if name in self._values else value

    def _entered(self, node: ast.stmt, item: ast.withitem) -> None:
        call = item.context_expr
        value = self.value(call)
        if isinstance(call, ast.Call) and raised(call) is not None:
            self._note(node, self._raises(call))
            value = Value(student=True)
        if item.optional_vars:
            self.target(item.optional_vars, value)

    def _assigned(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                found = self.value(value)
                for target in targets:
                    self.target(target, found)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.target(target, self.value(value))
            case ast.AugAssign(target=target, value=value):
                self.target(target, filled(self.value(target), self.value(value)))

    def _note(self, node: ast.AST, verdict: bool | None) -> None:  # noqa: FBT001 - three values
        if verdict is False:
            self.found.append(self._places[-1](node))

    def _checked(self, node: ast.stmt, call: ast.Call) -> None:
        """Follow a call that stands alone: it may be a check of a library's."""
        name = called(call)
        if raised(call) is not None:
            self._note(node, self._raises(call))
        elif name.startswith("assert"):
            self._note(node, self._anchored(call))
        changed = told(call, discarded=True).changes
        value = self.value(call)
        self.fill(changed, join([self.value(each) for each in call.args]))
        if value.student:
            # The submission may have written into what it was given.
            self.fill(frozenset[str]().union(*map(roots, call.args)), Value(student=True))

    def _anchored(self, node: ast.expr) -> bool | None:
        """Return whether a verdict is anchored; None where the submission has no part in it."""
        match node:
            case ast.BoolOp(op=op, values=parts):
                found = self._joined(op, [self._anchored(each) for each in parts])
            case ast.UnaryOp(op=ast.Not(), operand=inner) | ast.Await(value=inner):
                found = self._anchored(inner)
            case ast.NamedExpr(target=target, value=inner):
                self.target(target, self.value(inner))
                found = self._anchored(inner)
            case ast.Compare(left=left, ops=ops, comparators=others):
                found = self._relation([left, *others], ops)
            case ast.GeneratorExp(elt=inner, generators=loops) | ast.ListComp(elt=inner, generators=loops):
                self.loops(loops)
                found = self._anchored(inner)
            case ast.Call():
                found = self._decided(node)
            case _:
                value = self.value(node)
                found = not value.handle if value.student else None
        return found

    def _joined(self, op: ast.boolop, verdicts: Sequence[bool | None]) -> bool | None:
        """Return whether one anchored part is enough, as of an `and`, or all must be."""
        enough = isinstance(op, ast.And)
        known = [each for each in verdicts if each is not None]
        return (enough if enough in known else not enough) if known else None

    def _decided(self, call: ast.Call) -> bool | None:
        name, values = called(call), [self.value(each) for each in call.args]
        owner = self.owner(call)
        if name in _EVERY and (call.args or isinstance(call.func, ast.Attribute)):
            return self._anchored(call.args[0] if call.args else call.func.value)  # type: ignore[attr-defined]
        if (pair := related(call)) and not owner.student:
            return self._relation(pair, [ast.Is() if name in {"isinstance", "issubclass"} else ast.Eq()])
        result = self.value(call)
        if not result.student:
            return None
        if owner.student or self.value(call.func).student:
            # Its own code decides; that is an answer to a question only where the question is not its own as well.
            return not result.handle and (not values or any(each.anchor for each in values))
        return True

    def _relation(self, sides: Sequence[ast.expr], ops: Sequence[ast.cmpop]) -> bool | None:
        values = [self.value(each) for each in sides]
        if not any(each.student for each in values):
            return None
        if any(each.handle for each in values) and not all(isinstance(op, _IDENTITY) for op in ops):
            return False
        small = any(isinstance(op, _SMALLER) for op in ops)
        if small and any(self._is_difference(each) for each in sides):
            return False
        return any(each.anchor for each in values)

    def _is_difference(self, node: ast.expr) -> bool:
        """Return whether a node measures how far two of the submission's values are from each other."""
        match node:
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return self.value(left).word and self.value(right).word
            case ast.GeneratorExp(elt=inner, generators=loops) | ast.ListComp(elt=inner, generators=loops):
                self.loops(loops)
                return self._is_difference(inner)
            case ast.UnaryOp(operand=inner) | ast.BinOp(left=inner, op=ast.Pow()):
                return self._is_difference(inner)
            case ast.Call() if called(node) in _DIFFERING:
                measured = node.args[0] if node.args else getattr(node.func, "value", None)
                return measured is not None and self._is_difference(measured)
        return False

    def _raises(self, call: ast.Call) -> bool | None:
        kind = raised(call)
        value = self.value(kind) if kind else ANCHOR
        return not value.word
