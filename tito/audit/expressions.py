"""Mistakes within an expression: operators, comparisons, constants, dropped terms, swapped operands."""

from collections.abc import Iterator
from typing import Final

import libcst as cst

from tito.audit.view import Edit, View
from tito.audit.words import Mutator

_OPERATORS: Final = {
    cst.Add: "-", cst.Subtract: "+", cst.Multiply: "/", cst.Divide: "*", cst.FloorDivide: "/", cst.Modulo: "//",
    cst.Power: "*", cst.MatrixMultiply: "*", cst.BitAnd: "|", cst.BitOr: "&", cst.And: "or", cst.Or: "and",
}  # fmt: skip
# `=` in the place of `+=` is a gradient that is overwritten rather than added to.
_ASSIGNMENTS: Final = {
    cst.AddAssign: ("-=", "="),
    cst.SubtractAssign: ("+=", "="),
    cst.MultiplyAssign: ("/=", "="),
    cst.DivideAssign: ("*=", "="),
}
_COMPARISONS: Final = {
    cst.LessThan: ("<=", ">="), cst.LessThanEqual: ("<", ">"), cst.GreaterThan: (">=", "<="),
    cst.GreaterThanEqual: (">", "<"), cst.Equal: ("!=",), cst.NotEqual: ("==",), cst.Is: ("is not",),
    cst.IsNot: ("is",), cst.In: ("not in",), cst.NotIn: ("in",),
}  # fmt: skip
_BOTH_SIDES: Final = (cst.Add, cst.Multiply, cst.BitAnd, cst.BitOr, cst.And, cst.Or)
_ORDERED: Final = (cst.Subtract, cst.Divide, cst.MatrixMultiply, cst.FloorDivide, cst.Modulo, cst.Power)
_Infix = cst.BinaryOperation | cst.BooleanOperation


def operators(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield another operator, and a sign or `not` that is left out."""
    match node:
        case cst.BinaryOperation() | cst.BooleanOperation() if type(node.operator) in _OPERATORS:
            text = f"{view.whole(node.left)} {_OPERATORS[type(node.operator)]} {view.whole(node.right)}"
            # A product in the place of a power would come apart among other factors.
            loose = isinstance(node.operator, cst.Power | cst.And) and not node.lpar
            yield Edit(Mutator.OPERATOR, node, f"({text})" if loose else text)
        case cst.AugAssign():
            for sign in _ASSIGNMENTS.get(type(node.operator), ()):
                text = f"{view.whole(node.target)} {sign} {view.whole(node.value)}"
                yield Edit(Mutator.OPERATOR, node, text)
        case cst.UnaryOperation(operator=cst.Minus() | cst.Not()):
            yield Edit(Mutator.OPERATOR, node, view.whole(node.expression))


def comparisons(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a comparison with its bound moved, and its opposite."""
    match node:
        case cst.Comparison(comparisons=[only]):
            for sign in _COMPARISONS.get(type(only.operator), ()):
                text = f"{view.whole(node.left)} {sign} {view.whole(only.comparator)}"
                yield Edit(Mutator.COMPARISON, node, text)


def constants(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield other numbers, the other truth, an empty text, and 0 for None."""
    match node:
        case cst.Integer():
            whole = node.evaluated_value
            for each in (whole + 1, whole - 1) if whole else (1,):
                yield Edit(Mutator.CONSTANT, node, str(each))
        case cst.Float():
            value = node.evaluated_value
            for other in (1.0, 0.0, 2 * value):
                if other != value:
                    yield Edit(Mutator.CONSTANT, node, repr(other))
        case cst.Name(value="True" | "False"):
            yield Edit(Mutator.CONSTANT, node, "False" if node.value == "True" else "True")
        case cst.Name(value="None") if isinstance(view.parent(node), cst.Assign | cst.Arg):
            yield Edit(Mutator.CONSTANT, node, "0")
        case cst.SimpleString() if node.evaluated_value:
            yield Edit(Mutator.CONSTANT, node, '""')


def dropped_terms(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield an operation without one of its operands, and a choice without its choice."""
    match node:
        case cst.BinaryOperation() | cst.BooleanOperation():
            yield Edit(Mutator.DROP, node, view.whole(node.left))
            if isinstance(node.operator, _BOTH_SIDES):
                yield Edit(Mutator.DROP, node, view.whole(node.right))
        case cst.IfExp():
            yield Edit(Mutator.DROP, node, view.whole(node.body))
            yield Edit(Mutator.DROP, node, view.whole(node.orelse))


def swaps(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield an operation whose operands have changed places, and a pair turned round."""
    match node:
        case cst.BinaryOperation() if isinstance(node.operator, _ORDERED):
            sign = view.whole(node.operator)
            yield Edit(Mutator.SWAP, node, f"{_operand(node.right, view)}{sign}{_operand(node.left, view)}")
        case cst.Tuple(elements=[first, second, *rest]) if not isinstance(view.parent(node), cst.AssignTarget):
            turned = [second, first, *rest]
            text = ", ".join(view.whole(each.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for each in turned)
            yield Edit(Mutator.SWAP, node, text)


def _operand(node: cst.BaseExpression, view: View) -> str:
    text = view.whole(node)
    loose = isinstance(node, _Infix | cst.UnaryOperation | cst.Comparison | cst.IfExp) and not node.lpar
    return f"({text})" if loose else text
