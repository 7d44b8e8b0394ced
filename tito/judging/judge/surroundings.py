"""What a test changes around the student's code, and what it listens for: told to the subject, and told by it.

A test that patches `input`, sets an environment variable, changes the folder or captures what is printed means the
student's code, which runs elsewhere. So whatever differs from how the test began goes along with each request, and
what was printed, warned of or logged meanwhile happens again here.
"""

import ast
import builtins
import contextlib
import decimal
import importlib
import io
import logging
import os
import re
import sys
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TextIO

import numpy as np

# Words of a grader's module without which none of its tests looks at anything but answers.
_WORDS: Final = (
    "monkeypatch", "patch", "mock", "environ", "stdin", "chdir", "capsys", "capfd", "redirect_std", "caplog",
    "warns", "warnings", "logging", "tmp_path", "tempfile", "open(", "Path(", "getcwd", "exists(", "argv", "errstate",
    "seterr", "localcontext", "getcontext", "setcontext", "setrecursionlimit", "stderr",
)  # fmt: skip
_USUAL: Final = ("builtins.input", "builtins.print", "builtins.open", "time.sleep", "time.time")
_LIBRARIES: Final = frozenset(
    {"builtins", "time", "random", "os", "sys", "datetime", "math", "getpass", "webbrowser"}
)
# Of the large ones, what a test names in order to replace it.
_REPLACED: Final = re.compile(rf"({'|'.join((*_LIBRARIES, 'numpy', 'pandas', 'matplotlib'))})(\.[A-Za-z_]\w*)+")
_MOST_TOLD: Final = 100
_MOST_FILES: Final = 2_000
_LONGEST: Final = 2_000
_MUCH: Final = 1 << 16
_DEPTH: Final = sys.getrecursionlimit()
_CATEGORIES: Final = {
    name: kind for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Warning)
}


class Surroundings:
    """The surroundings of one test, as they were when it began and as they are now.

    `names` are the library functions, dotted, that the test may have replaced; `sink` is where nobody listens to what
    is printed; `folder` is the subject's own.
    """

    def __init__(self, names: Collection[str], sink: TextIO, folder: str) -> None:
        self._sink = sink
        self._folder = folder
        self._environment = dict(os.environ)
        self._originals = {name: found for name in names if (found := _library(name)) is not None}
        self._stdin = sys.stdin
        self._argv = list(sys.argv)
        self._settings = _settings()

    @property
    def listening(self) -> bool:
        """Whether the test captures what is printed."""
        return sys.stdout is not self._sink

    def changed(self) -> dict[str, Any]:
        """Return what is not as it was when the test began, for the subject to change it, too."""
        _lend(self._folder)
        changed: dict[str, Any] = {
            "environment": _difference(self._environment, dict(os.environ)),
            "replaced": {name: now for name, old in self._originals.items() if (now := _library(name)) is not old},
        }
        if sys.stdin is not self._stdin and isinstance(sys.stdin, io.StringIO):
            stdin, self._stdin = sys.stdin, sys.stdin
            changed["input"] = stdin.read()
        if self.listening or sys.stderr is not self._sink:
            # What goes to either stream is told by itself.
            changed["apart"] = True
        if sys.argv != self._argv:
            changed["argv"] = list(map(str, sys.argv))
        if sys.getrecursionlimit() != _DEPTH:
            changed["depth"] = sys.getrecursionlimit()
        if levels := _levels():
            changed["levels"] = levels
        changed |= {name: now for name, now in _settings().items() if now != self._settings[name]}
        with contextlib.suppress(ValueError):
            changed["folder"] = str(Path.cwd().relative_to(self._folder))
        return changed

    def hear(self, printed: str, told: Mapping[str, Any]) -> None:
        """Let happen here what the student's code printed, warned of and logged."""
        if printed and self.listening:
            sys.stdout.write(printed)
        if sys.stderr is not self._sink:
            sys.stderr.write(errors_of(told))
        for category, text in _pairs(told.get("warnings")):
            warnings.warn(text, _CATEGORIES.get(category, UserWarning), stacklevel=2)
        for name, level, text in _records(told.get("logged")):
            logging.getLogger(name).log(level, "%s", text)


def errors_of(told: Mapping[str, Any]) -> str:
    """Return what was written to the standard error stream, where that was told apart."""
    match told.get("errors"):
        case [str(text)]:
            return text[:_MUCH]
    return ""


@lru_cache(maxsize=64)
def looked_at(text: str) -> tuple[str, ...] | None:
    """Return the library functions that a grader's module may replace; None where it looks at no surroundings."""
    if not any(word in text for word in _WORDS):
        return None
    nodes = list(ast.walk(ast.parse(text)))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    dotted = {text for text in texts if isinstance(text, str) and _REPLACED.fullmatch(text)}
    attributes = {
        f"{node.value.id}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in _LIBRARIES
    }
    # Seeds are passed on in their own way.
    found = {*_USUAL, *dotted, *attributes, *_set_by_name(nodes)}
    return tuple(sorted(name for name in found if not name.endswith(".seed")))


def _set_by_name(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield what `patch.object(plt, "show")` and the like replace, dotted."""
    imports = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules = {alias.asname or alias.name: alias.name for alias in imports}
    for node in nodes:
        match node:
            case ast.Call(args=[ast.Name(id=name), ast.Constant(value=str(attribute)), *_]) if name in modules:
                if _REPLACED.fullmatch(dotted := f"{modules[name]}.{attribute}"):
                    yield dotted


def _settings() -> dict[str, Any]:
    """Return what numpy and decimal are told of how to calculate."""
    context = decimal.getcontext()
    return {"errors": np.geterr(), "decimal": (context.prec, context.rounding)}


def _levels() -> dict[str, int]:
    """Return the levels of loggers that are not as Python has them, by name; the root's is ""."""
    found = {"": logging.root.level} if logging.root.level != logging.WARNING else {}
    for name, logger in logging.root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and logger.level:
            found[name] = logger.level
    return found


def _lend(folder: str) -> None:
    """Let a subject that is another user have the files that a test has put into its folder."""
    if not hasattr(os, "geteuid"):
        return
    owner = os.stat(folder)  # noqa: PTH116
    if owner.st_uid == os.geteuid():
        return
    pending, left = [folder], _MOST_FILES
    while pending and left:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                left -= 1
                if not left:
                    return
                if entry.stat(follow_symlinks=False).st_uid == os.geteuid():
                    os.chown(entry.path, owner.st_uid, owner.st_gid, follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)


def _library(name: str) -> Any:
    module, _, attribute = name.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), attribute, None)
    except (ImportError, ValueError):
        return None
    return found if callable(found) or isinstance(found, str | int | float) else None


def _difference(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str | None]:
    """Return the variables that were set, and None for those that were deleted."""
    changed: dict[str, str | None] = {name: value for name, value in now.items() if before.get(name) != value}
    return changed | dict.fromkeys(before.keys() - now.keys())


def _pairs(told: Any) -> Iterator[tuple[str, str]]:
    for each in _bounded(told):
        match each:
            case (str(category), str(text)):
                yield category, text[:_LONGEST]


def _records(told: Any) -> Iterator[tuple[str, int, str]]:
    for each in _bounded(told):
        match each:
            case (str(name), int(level), str(text)) if 0 <= level <= logging.CRITICAL:
                yield name[:_LONGEST], level, text[:_LONGEST]


def _bounded(told: Any) -> Sequence[Any]:
    return told[:_MOST_TOLD] if isinstance(told, list) else ()
