"""What Python's libraries would run of a text or a file that may be the submission's, while a test runs in the judge.

An annotation that is a text is evaluated by `typing.get_type_hints`, a docstring's examples are run by `doctest`, a
pickle calls what it names. Here annotations are names and subscripts, examples are not run, and a pickle makes plain
values, numpy's arrays and copies of the submission's objects.
"""

import contextlib
import inspect
import io
import pickle
import re
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Final

# Names, attributes, subscripts, unions and texts: nothing of it calls anything.
_NAMES: Final = re.compile(r"[\w.\[\], |'\"-]*")
_MADE: Final = frozenset({
    "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "object", "range", "set",
    "slice", "str", "tuple",
})  # fmt: skip
_NUMPY: Final = frozenset({"_reconstruct", "_frombuffer", "dtype", "ndarray", "scalar"})
_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "builtins": _MADE,
    "collections": frozenset({"Counter", "OrderedDict", "defaultdict", "deque"}),
    "datetime": frozenset({"date", "datetime", "time", "timedelta", "timezone"}),
    "decimal": frozenset({"Decimal"}),
    "fractions": frozenset({"Fraction"}),
    "numpy": _NUMPY,
    "numpy.core.multiarray": _NUMPY,
    "numpy.core.numeric": _NUMPY,
    "numpy._core.multiarray": _NUMPY,
    "numpy._core.numeric": _NUMPY,
    "tito.judging.judge.proxies": frozenset({"_unpickled"}),
}
_EVALUATED: Final = tuple(name for name in ("_evaluate", "evaluate") if hasattr(typing.ForwardRef, name))
_annotations: Final = inspect.get_annotations
_find: Final = pickle._Unpickler.find_class  # noqa: SLF001 - what libraries derive from


class _Unpickler(pickle._Unpickler):  # noqa: SLF001 - written in Python, as the other is not
    """Python's own, which asks below what it may call."""


def _load(file: Any, **named: Any) -> Any:
    return _Unpickler(file, **named).load()


def _loads(content: Any, /, **named: Any) -> Any:
    return _Unpickler(io.BytesIO(content), **named).load()


def _found(self: Any, module: str, name: str) -> Any:
    if name not in _KNOWN.get(module, ()):
        raise pickle.UnpicklingError(f"a pickle of {module}.{name} is not loaded where tests run")
    return _find(self, module, name)


def _get_annotations(value: Any, *, eval_str: bool = False, **named: Any) -> Any:
    found = _annotations(value, **named)
    if eval_str:
        for each in found.values():
            _check(each)
        return _annotations(value, eval_str=True, **named)
    return found


def _check(text: Any) -> None:
    if isinstance(text, str) and not _NAMES.fullmatch(text):
        raise TypeError(f"the annotation {text[:60]!r} computes, and is not evaluated where tests run")


def _evaluating(evaluate: Any) -> Any:
    def checked(self: Any, *args: Any, **named: Any) -> Any:
        _check(self.__forward_arg__)
        return evaluate(self, *args, **named)

    return checked


def _run(*_: Any, **__: Any) -> Any:
    raise TypeError(
        "doctest would run the submission's examples where tests run; write what you expect as assertions"
    )


# Whose attribute, by which name, and what stands there while a test runs.
_PLACES: Final[tuple[tuple[Any, str, Any], ...]] = (
    (pickle, "load", _load), (pickle, "loads", _loads), (pickle, "Unpickler", _Unpickler),
    (pickle._Unpickler, "find_class", _found),  # noqa: SLF001
    (inspect, "get_annotations", _get_annotations),
    *((typing.ForwardRef, name, _evaluating(getattr(typing.ForwardRef, name))) for name in _EVALUATED),
)  # fmt: skip
# What stands for a module's function or class, by its id: a test's module may have imported it by name.
STANDS_FOR: Final[Mapping[int, Any]] = {
    id(getattr(owner, name)): value for owner, name, value in _PLACES if isinstance(owner, types.ModuleType)
}


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Run nothing of the submission's meanwhile that a library would run."""
    doctest = sys.modules.get("doctest")
    places = (*_PLACES, (doctest.DocTestRunner, "run", _run)) if doctest else _PLACES
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    for owner, name, value in places:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)
