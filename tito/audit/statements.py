"""Mistakes of a whole statement: wrong returns, inputs changed in place, steps and methods left out."""

from collections.abc import Iterator

import libcst as cst

from tito.audit.view import Edit, View
from tito.audit.words import Mutator


def returns(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a return of nothing, of the input and of zeros."""
    if not isinstance(node, cst.Return) or node.value is None:
        return
    told = view.text(node.value)
    wanted = ["None", *_first_parameter(node, view)]
    if view.numpy and (made := _constructed(node.value)):
        name, content = made
        wanted.append(f"{name}({view.numpy}.zeros_like({view.whole(content)}))")
    yield from (Edit(Mutator.RETURN, node, f"return {each}") for each in wanted if each != told)


def shapes(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a return of another shape, and of the bare array where an object of its class belongs."""
    if not isinstance(node, cst.Return) or not view.numpy or not (made := _constructed(node.value)):
        return
    name, content = made
    text = view.whole(content)
    yield Edit(Mutator.SHAPE, node, f"return {text}")
    yield Edit(Mutator.SHAPE, node, f"return {name}({view.numpy}.ravel({text}))")
    yield Edit(Mutator.SHAPE, node, f"return {name}({view.numpy}.expand_dims({text}, 0))")


def in_place(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a return before which an operand's array is written into."""
    function, indent = view.function(node), view.indent(node)
    if not isinstance(node, cst.Return) or not node.value or not function or indent is None:
        return
    body = view.whole(function.body)
    for each in function.params.params:
        name = each.name.value
        if f"{name}.data" in body:
            lines = [f"result = {view.whole(node.value)}", f"{name}.data[...] += 1", "return result"]
            yield Edit(Mutator.IN_PLACE, node, f"\n{indent}".join(lines))


def steps(node: cst.CSTNode, _view: View) -> Iterator[Edit]:
    """Yield a step left out: a check, a call for its effect, an attribute's or a name's new value."""
    match node:
        case cst.If(orelse=None):
            yield Edit(Mutator.STATEMENT, node, "pass")
        case cst.AugAssign() | cst.Expr(value=cst.Call()):
            yield Edit(Mutator.STATEMENT, node, "pass")
        case cst.Assign(targets=[cst.AssignTarget(target=target)], value=value):
            again = isinstance(target, cst.Name) and target.value in _names(value)
            if again or isinstance(target, cst.Attribute | cst.Subscript):
                yield Edit(Mutator.STATEMENT, node, "pass")


def given_call(node: cst.FunctionDef, view: View) -> Iterator[Edit]:
    """Yield a class without its `__call__`, one that returns nothing and one that forgets an argument."""
    yield Edit(Mutator.CALL, node, "pass")
    for each in _returns(node):
        if each.value:
            yield Edit(Mutator.CALL, each, view.whole(each.value))
        match each.value:
            case cst.Call(args=[*rest, _]) if rest:
                rest[-1] = rest[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
                yield Edit(Mutator.CALL, each.value, view.whole(each.value.with_changes(args=rest, lpar=[], rpar=[])))


def _constructed(value: cst.BaseExpression | None) -> tuple[str, cst.BaseExpression] | None:
    """Return the class and the content of a call such as `Tensor(content)`."""
    match value:
        case cst.Call(func=cst.Name(value=name), args=[cst.Arg(value=content, keyword=None, star=""), *_]) if name[
            0
        ].isupper():
            return name, content
    return None


def _first_parameter(node: cst.Return, view: View) -> list[str]:
    function = view.function(node)
    names = [each.name.value for each in function.params.params] if function else []
    return [each for each in names if each not in {"self", "cls"}][:1] or names[:1]


def _names(node: cst.CSTNode) -> set[str]:
    found = {node.value} if isinstance(node, cst.Name) else set()
    return found.union(*(_names(each) for each in node.children))


def _returns(node: cst.CSTNode) -> Iterator[cst.Return]:
    if isinstance(node, cst.Return):
        yield node
    for each in node.children:
        yield from _returns(each)
