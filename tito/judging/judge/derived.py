"""What the subject gets of a class that a test derives from a student's: what the student's code may meet there."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from tito.judging.judge.functions import Changed, Method
from tito.judging.wire.operations import OPERATIONS

# What else Python or a student's code looks for in a class under a special name; Python itself sets the others.
_ALSO: Final = frozenset({
    "__annotations__", "__call__", "__class_getitem__", "__delete__", "__doc__", "__get__", "__init__",
    "__match_args__", "__post_init__", "__qualname__", "__set__", "__set_name__",
})  # fmt: skip
# These decide about their class where they stand, so they stay in the judge's class as well.
_DESCRIBING: Final = ("__get__", "__set__", "__set_name__")


class Parts(NamedTuple):
    """The names of the methods, which the subject asks for by name, and all else that it gets as it is."""

    methods: list[str]
    values: dict[str, Any]


def parts_of(space: Mapping[str, Any], hands: Callable[[Any], bool]) -> Parts:
    """Return what crosses of a class's own names; `hands` says whether a value can, and what cannot stays here."""
    known = {name: value for name, value in space.items() if _is_met(name)}
    methods = [name for name, value in known.items() if _is_method(value)]
    return Parts(methods, {name: each for name, each in known.items() if name not in methods and hands(each)})


def kept(space: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the judge's part of a class: data that the subject has is asked for, as its code may change it."""
    told = {name for name, value in values.items() if not name.startswith("__") and not _describes(value)}
    return {name: Changed(name) if name in told else value for name, value in space.items()}


def _is_met(name: str) -> bool:
    return not (name.startswith("__") and name.endswith("__")) or name in OPERATIONS or name in _ALSO


def _is_method(value: Any) -> bool:
    """Whether a value is bound to an object that it is looked up through, and called by the test's own code."""
    kind = type(value)
    theirs = issubclass(kind, Method | staticmethod) or hasattr(kind, "_tito_session")
    return callable(value) and hasattr(kind, "__get__") and not hasattr(kind, "__set__") and not theirs


def _describes(value: Any) -> bool:
    return any(hasattr(type(value), each) for each in _DESCRIBING)
