"""Mistakes in a call: another function, axis, dtype or bound, arguments that have changed places."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import libcst as cst

from tito.audit.view import Edit, View
from tito.audit.words import Mutator

# What is taken for each other, in NumPy and as methods of arrays.
_OTHERS: Final = {
    "exp": ("exp2", "expm1"), "log": ("log2", "log1p"), "log2": ("log",), "log1p": ("log",), "sqrt": ("square",),
    "square": ("sqrt",), "abs": ("sign",), "tanh": ("sin", "sign"), "sign": ("abs",), "maximum": ("minimum",),
    "minimum": ("maximum",), "max": ("min", "mean"), "min": ("max",), "amax": ("amin",), "sum": ("mean", "max"),
    "mean": ("sum", "median"), "var": ("std",), "std": ("var",), "prod": ("sum",), "argmax": ("argmin",),
    "argmin": ("argmax",), "any": ("all",), "all": ("any",), "zeros": ("ones",), "ones": ("zeros",),
    "zeros_like": ("ones_like",), "ones_like": ("zeros_like",), "array": ("asarray",), "matmul": ("multiply",),
    "dot": ("multiply",), "outer": ("inner",), "normal": ("uniform",), "randn": ("rand",), "uniform": ("normal",),
    "standard_normal": ("random",), "random": ("standard_normal",), "rand": ("randn",), "isfinite": ("isnan",),
    "ceil": ("floor",), "floor": ("ceil",), "cumsum": ("cumprod",), "add": ("subtract",), "subtract": ("add",),
    "multiply": ("add",), "divide": ("multiply",), "hstack": ("vstack",), "vstack": ("hstack",),
}  # fmt: skip
_METHODS_ALONE: Final = frozenset({"max", "min", "sum", "mean", "var", "std", "prod", "any", "all", "argmax"})
# A call that can be forgotten around its argument.
_ONE_TO_ONE: Final = frozenset({"exp", "log", "log1p", "sqrt", "square", "abs", "tanh", "sign", "negative"})
_ANY_ORDER: Final = frozenset({
    "isinstance", "maximum", "minimum", "add", "multiply", "hypot", "logaddexp", "allclose", "array_equal", "max",
    "min", "print", "zip", "hasattr", "setattr", "getattr", "issubclass", "swapaxes",
})  # fmt: skip
_AXES: Final = frozenset({"axis", "dim", "axes", "keepdims"})
_BOUND: Final = {"range": 3, "arange": 3}


def functions(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a NumPy function or method taken for another, and one that is forgotten around its argument."""
    match node:
        case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value=name)) as func):
            ours = _is_numpy(owner, view)
            if ours or name in _METHODS_ALONE or name in {"normal", "uniform", "standard_normal"}:
                yield from (
                    Edit(Mutator.NUMPY, func, f"{view.whole(owner)}.{other}") for other in _OTHERS.get(name, ())
                )
            if ours and name in _ONE_TO_ONE and len(node.args) == 1:
                yield Edit(Mutator.NUMPY, node, _tight(node.args[0].value, view))


def axes(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a call without its axis or keepdims, and with others."""
    for place, arg in enumerate(_args(node)):
        if isinstance(node, cst.Call) and arg.keyword and arg.keyword.value in _AXES:
            yield Edit(Mutator.AXIS, node, _without(node, place, view))
            told = view.text(arg.value)
            flipped = ("True", "False") if arg.keyword.value == "keepdims" else ("0", "-1")
            yield from (
                Edit(Mutator.AXIS, arg, view.text(arg).removesuffix(told) + other)
                for other in flipped
                if other != told
            )


def dtypes(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a call with another dtype, and without one."""
    for place, arg in enumerate(_args(node)):
        if isinstance(node, cst.Call) and arg.keyword and arg.keyword.value == "dtype":
            yield Edit(Mutator.DTYPE, node, _without(node, place, view))
            yield from _other_dtypes(arg.value, view)
    match node:
        case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(value="astype")), args=[only, *_]):
            yield Edit(Mutator.DTYPE, node, view.whole(value))
            yield from _other_dtypes(only.value, view)


def bounds(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield ranges, slices and indices that begin or end one off."""
    match node:
        case cst.Call(func=cst.Name(value="range") | cst.Attribute(attr=cst.Name(value="arange")), args=[*args]) if (
            args
        ):
            last = args[min(len(args), 2) - 1].value
            yield Edit(Mutator.OFF_BY_ONE, last, f"{_tight(last, view)} - 1")
            if len(args) == 1:
                yield Edit(Mutator.OFF_BY_ONE, last, f"1, {view.whole(last)}")
        case cst.Slice(lower=lower, upper=upper):
            for bound, sign in ((lower, "+"), (upper, "-")):
                if bound and not isinstance(bound, cst.Integer):
                    yield Edit(Mutator.OFF_BY_ONE, bound, f"{_tight(bound, view)} {sign} 1")
        case cst.Index(value=cst.Name() as name) if name.value not in {"None", "Ellipsis"}:
            yield Edit(Mutator.OFF_BY_ONE, name, f"{name.value} - 1")


def swapped_arguments(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a call whose neighbouring arguments have changed places."""
    if not isinstance(node, cst.Call) or _name(node.func) in _ANY_ORDER:
        return
    plain = [place for place, arg in enumerate(node.args) if not arg.keyword and not arg.star]
    for one, other in itertools.pairwise(plain):
        values = [view.whole(node.args[place].value) for place in (one, other)]
        if values[0] != values[1]:
            args = list(node.args)
            args[one] = args[one].with_changes(value=node.args[other].value)
            args[other] = args[other].with_changes(value=node.args[one].value)
            yield Edit(Mutator.SWAP, node, view.whole(node.with_changes(args=args, lpar=[], rpar=[])))


def copies(node: cst.CSTNode, view: View) -> Iterator[Edit]:
    """Yield a copy that is not made, so that two names share one array."""
    match node:
        case cst.Call(func=cst.Attribute(value=value, attr=cst.Name(value="copy")), args=[]):
            yield Edit(Mutator.IN_PLACE, node, view.whole(value))
        case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value="copy")), args=[only]) if _is_numpy(
            owner, view
        ):
            yield Edit(Mutator.IN_PLACE, node, _tight(only.value, view))


def _other_dtypes(value: cst.BaseExpression, view: View) -> Iterator[Edit]:
    told = view.text(value)
    names = [f"{view.numpy}.{each}" for each in ("int32", "float64")] if view.numpy else ["int", "float"]
    yield from (Edit(Mutator.DTYPE, value, each) for each in names if each != told)


def _without(node: cst.Call, place: int, view: View) -> str:
    args = [arg for other, arg in enumerate(node.args) if other != place]
    if args:
        args[-1] = args[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return view.whole(node.with_changes(args=args, lpar=[], rpar=[]))


def _args(node: cst.CSTNode) -> Sequence[cst.Arg]:
    return node.args if isinstance(node, cst.Call) else ()


def _name(func: cst.BaseExpression) -> str:
    match func:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return name
    return ""


def _is_numpy(owner: cst.BaseExpression, view: View) -> bool:
    return bool(view.numpy) and view.whole(owner) in {view.numpy, f"{view.numpy}.random", f"{view.numpy}.linalg"}


def _tight(node: cst.BaseExpression, view: View) -> str:
    """Return a node's text such that it holds together beside any operator."""
    text = view.whole(node)
    tight = cst.Name | cst.Attribute | cst.Call | cst.Subscript | cst.Integer | cst.Float
    return text if isinstance(node, tight) or getattr(node, "lpar", None) else f"({text})"
