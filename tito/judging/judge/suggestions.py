"""What the text of a submission suggests where a name is missing: a near one, or why a package cannot be had."""

import ast
import builtins
import difflib
import importlib.util
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from tito.model.submission import Code
from tito.source.syntax import parsed

_NEAR: Final = 0.6
# Nobody writes more names, or longer ones; comparing them all would take its time.
_MOST: Final = 2_000
_LONGEST: Final = 80
# How Python tells of a name and of a module that it does not find.
_TOLD: Final = re.compile(
    r"(?:module '(?P<module>[\w.]+)'|'(?P<type>[\w.]+)' object|type object '\w+')?"
    r" ?(?:^name|No module named|has no attribute) '(?P<name>[\w.]+)'"
)


def suggestion(fault: BaseException, code: Sequence[Code], asked: Collection[str] = ()) -> str:
    """Return one sentence on a name or a module that was not found; "" where nothing is near.

    `asked` are the names that the tests look for, which are not to be suggested for one another.
    """
    kind = next((each.__name__ for each in _KINDS if isinstance(fault, each)), "")
    return of_text(kind, str(fault), code, asked)


def of_text(kind: str, text: str, code: Sequence[Code], asked: Collection[str] = ()) -> str:
    """Return the same of an exception of which only the name of its class and its text are known."""
    found = _TOLD.search(text)
    if found is None or kind not in _NAMES:
        return ""
    name = found["name"]
    if len(name) > _LONGEST:
        return ""
    if kind in {"ModuleNotFoundError", "ImportError"}:
        # Where the exception itself names what may be imported, the setting adds nothing.
        told, _, setting = installed(name).partition(": ")
        return f"{told}." if setting and "may import" in text else installed(name)
    names = _attributes(found["module"], found["type"])
    own = dict(_names(code)) if names is None else {}
    if name in own:
        # It is there, and what should have defined it stopped before.
        return ""
    others = [each for each in names or own if each not in asked]
    near = _nearest(name, [*others, *(_BUILTINS if kind == "NameError" else ())])
    if asked and not near:
        return _instead([(each, place) for each, place in _defined(code) if each not in asked])
    where = f" It is defined at {own[near]}." if own.get(near) else ""
    return f"Did you mean {near}?{where}" if near else ""


def _instead(defined: Sequence[tuple[str, str]]) -> str:
    """Return what a file defines that no test looks for, where that is little: it may be the other, renamed."""
    if not 0 < len(defined) <= _LITTLE or any(len(name) > _LONGEST for name, _ in defined):
        return ""
    names = " and ".join(f"{name} ({place})" for name, place in defined)
    return f"It defines {names}, which no test looks for: is that it?"


_LITTLE: Final = 2
_KINDS: Final = (ModuleNotFoundError, ImportError, NameError, AttributeError)
_NAMES: Final = frozenset(each.__name__ for each in _KINDS)
_BUILTINS: Final = tuple(name for name in dir(builtins) if not name.startswith("_"))


def _attributes(module: str | None, kind: str | None) -> Sequence[str] | None:
    """Return the names that a library's module or class has; None for what is the submission's own."""
    if module is not None:
        return dir(sys.modules.get(module, sys))
    home, _, name = (kind or "").rpartition(".")
    found = getattr(sys.modules.get(home or "builtins"), name, None) if kind else None
    return dir(found) if isinstance(found, type) else None


def _nearest(name: str, names: Sequence[str]) -> str:
    # Upper and lower case are the commonest slip, and weigh nothing.
    known = [each for each in names if each != name and len(each) <= _LONGEST]
    folded = {each.casefold(): each for each in known[:_MOST]}
    found = difflib.get_close_matches(name.casefold(), list(folded), 1, _NEAR)
    return folded[found[0]] if found else ""


def installed(name: str) -> str:
    """Return why a package that is installed cannot be imported in a lesson; "" where it is not installed here."""
    top = name.partition(".")[0]
    if not top.isidentifier():
        return ""
    try:
        found = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        found = None
    # The course's own package is found by the judge, whether it is exported or not.
    if found is None or type(found.loader).__module__.startswith("tito."):
        return ""
    return f"{top} is installed, but this course's lessons may not import it: `packages` in its settings names those."


def _defined(code: Sequence[Code]) -> Iterator[tuple[str, str]]:
    for cell in code:
        tree = parsed(cell.source)
        for node in tree.body if tree else ():
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                yield node.name, f"{cell.label}:{cell.line + node.lineno - 1}"


def _names(code: Sequence[Code]) -> Iterator[tuple[str, str]]:
    for cell in code:
        tree = parsed(cell.source)
        for node in ast.walk(tree) if tree else ():
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
                    yield name, f"{cell.label}:{cell.line + node.lineno - 1}"
                case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                    yield name, ""
