"""Python's own operations on an object, by the names of their special methods: what a proxy passes on.

Each calls the method itself, as its class defines it, and gives NotImplemented where that does: which operand comes
first, and what happens then, Python decides where the operation was written.
"""

from collections.abc import Callable
from typing import Any, Final

_BINARY: Final = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul", "lshift", "rshift", "and", "or",
    "xor",
)  # fmt: skip
_OTHERS: Final = (
    "eq", "ne", "lt", "le", "gt", "ge", "neg", "pos", "abs", "invert", "len", "length_hint", "bool", "int", "float",
    "complex", "index", "round", "trunc", "floor", "ceil", "repr", "str", "format", "bytes", "fspath", "dir", "iter",
    "next", "reversed", "contains", "missing", "getitem", "setitem", "delitem", "enter", "exit", "aenter", "aexit",
    "aiter", "anext", "await", "array",
)  # fmt: skip

# __radd__ and the like are known to the contract by the name of the operation.
REFLECTED: Final = {f"__r{name}__": f"__{name}__" for name in _BINARY}
# What is asked of an object with something else in hand, which may be what a test expects of it; by what it comes to.
ASKING: Final = {
    **{f"__{each}__": f"__{each}__" for each in _BINARY},
    **REFLECTED,
    **{f"__i{each}__": f"__{each}__" for each in _BINARY if each != "divmod"},
    **dict.fromkeys(("__eq__", "__ne__"), "__eq__"),
    **dict.fromkeys(("__lt__", "__le__", "__gt__", "__ge__"), "__lt__"),
    "__contains__": "__contains__",
}


def _operation(name: str) -> Callable[..., Any]:
    def call(value: Any, *args: Any) -> Any:
        # As Python looks it up, which passes over what the object itself has.
        kind: Any = type(value)
        found: Any = next((vars(each)[name] for each in kind.__mro__ if name in vars(each)), None)
        bind = getattr(type(found), "__get__", None)
        return found(*args) if bind is None else bind(found, value, kind)(*args)

    return call


OPERATIONS: Final[dict[str, Callable[..., Any]]] = {
    name: _operation(name)
    for name in (
        *(f"__{each}__" for each in (*_BINARY, *_OTHERS)),
        *REFLECTED,
        *(f"__i{each}__" for each in _BINARY if each != "divmod"),
    )
}

# What is told of a dataclass, and of each of its fields.
DATACLASS_PARAMS: Final = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")
FIELD_PARTS: Final = ("repr", "init", "compare", "kw_only")
