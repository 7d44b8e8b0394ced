"""Python's own operations on an object, by the name of their special method: all that a proxy passes on of them."""

import operator
from collections.abc import Callable
from typing import Any, Final

_BINARY: Final = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "divmod": divmod,
    "pow": pow,
    "matmul": operator.matmul,
    "lshift": operator.lshift,
    "rshift": operator.rshift,
    "and": operator.and_,
    "or": operator.or_,
    "xor": operator.xor,
}
_IN_PLACE: Final = {
    f"i{name}": getattr(operator, f"i{getattr(function, '__name__', name).rstrip('_')}")
    for name, function in _BINARY.items()
    if name != "divmod"
}
_OTHERS: Final[dict[str, Callable[..., Any]]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "neg": operator.neg,
    "pos": operator.pos,
    "abs": abs,
    "invert": operator.invert,
    "len": len,
    "bool": bool,
    "int": int,
    "float": float,
    "complex": complex,
    "index": operator.index,
    "round": round,
    "repr": repr,
    "str": str,
    "format": format,
    "iter": iter,
    "next": next,
    "reversed": reversed,
    "contains": operator.contains,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "delitem": operator.delitem,
    "enter": lambda value: type(value).__enter__(value),
    "exit": lambda value, *fault: type(value).__exit__(value, *fault),
    "array": lambda value, *dtype: type(value).__array__(value, *dtype),
}

OPERATIONS: Final[dict[str, Callable[..., Any]]] = {
    f"__{name}__": function for name, function in (_BINARY | _IN_PLACE | _OTHERS).items()
}
# __radd__ and the like: asked as __add__ with the operands in their written order.
REFLECTED: Final = {f"__r{name}__": f"__{name}__" for name in _BINARY}
