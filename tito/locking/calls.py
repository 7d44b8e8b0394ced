"""What a call may do to the names in it, told by the name of the function or method alone."""

import ast
from typing import Final

from tito.locking.bindings import roots
from tito.records import dataclass

# Methods that change the object they belong to, if nobody looks at what they return.
_CHANGING: Final = frozenset({
    "add", "add_edge", "add_edges_from", "add_node", "add_nodes_from", "append", "appendleft", "clear",
    "difference_update", "discard", "extend", "extendleft", "fill", "insert", "intersection_update", "itemset",
    "move_to_end", "pop", "popitem", "popleft", "put", "remove", "resize", "reverse", "rotate", "setdefault",
    "setflags", "shuffle", "sort", "subtract", "symmetric_difference_update", "update",
})  # fmt: skip
# Those of them that change it in any case.
_TAKING: Final = frozenset({"pop", "popitem", "popleft", "setdefault"})
_FIRST_CHANGED: Final = frozenset({
    "anext", "copyto", "delattr", "fill_diagonal", "heapify", "heappop", "heappush", "heappushpop",
    "heapreplace", "insort", "insort_left", "insort_right", "next", "putmask", "setattr", "shuffle",
})  # fmt: skip
_SETTINGS: Final = (
    "set", "seed", "use", "rc", "reset", "config", "basicConfig", "register", "enable", "disable", "filterwarnings",
    "simplefilter", "manual_seed", "chdir", "putenv",
)  # fmt: skip
_PURE_METHODS: Final = frozenset({
    "all", "any", "apply", "argmax", "argmin", "argsort", "astype", "capitalize", "center", "copy", "corr",
    "count", "cumsum", "decode", "describe", "dot", "dropna", "encode", "endswith", "fillna", "find", "format",
    "get", "groupby", "head", "hist", "index", "info", "isalpha", "isdigit", "isin", "isna", "isnull", "items",
    "iloc", "join", "keys", "loc", "lower", "lstrip", "map", "max", "mean", "median", "merge", "min", "mode",
    "nunique", "plot", "ravel", "replace", "reshape", "round", "rstrip", "sample", "show", "sort_index",
    "sort_values", "split", "splitlines", "squeeze", "startswith", "std", "strip", "sum", "swapcase", "tail",
    "title", "to_list", "tolist", "to_numpy", "transpose", "unique", "upper", "value_counts", "values", "var",
    "view", "zfill",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a call changes in place, may change (`touches`), may set up, and hands on to what is called `name`.

    One that `reflects` finds names by their text.
    """

    name: str = ""
    changes: frozenset[str] = frozenset()
    touches: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    passes: frozenset[str] = frozenset()
    reflects: bool = False


def told(node: ast.Call, *, discarded: bool) -> Told:
    """Return what a call may do; `discarded` where nothing is done with its result."""
    given = [*node.args, *(each.value for each in node.keywords)]
    passes = frozenset[str]().union(*(roots(each, calls=True) for each in given))
    changes = frozenset[str]().union(*(roots(each.value) for each in node.keywords if each.arg == "out"))
    match node.func:
        case ast.Attribute(value=inner, attr=name):
            own = _on_object(node, roots(inner), roots(inner, calls=True), discarded=discarded)
        case ast.Name(id=name):
            own = Told(sets=frozenset({name}) if name.startswith(_SETTINGS) else frozenset())
        case _:
            name, own = "", Told()
    if name in _FIRST_CHANGED and node.args:
        changes |= roots(node.args[0])
    reflects = name in {"eval", "exec", "globals", "locals"} or (name in {"dir", "vars"} and not given)
    return Told(name, own.changes | changes, own.touches, own.sets, passes, reflects)


def _on_object(node: ast.Call, near: frozenset[str], far: frozenset[str], *, discarded: bool) -> Told:
    name = getattr(node.func, "attr", "")
    if name in _TAKING or (discarded and name in _CHANGING) or _is_in_place(node):
        return Told(changes=near, touches=far - near)
    sets = far if discarded and name.startswith(_SETTINGS) else frozenset[str]()
    return Told(touches=frozenset() if name in _PURE_METHODS else far, sets=sets)


def _is_in_place(node: ast.Call) -> bool:
    return any(
        each.arg == "inplace" and isinstance(each.value, ast.Constant) and each.value.value is True
        for each in node.keywords
    )
