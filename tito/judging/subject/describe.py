"""What the judge is told of a class: enough for it to make one that stands for it."""

import dataclasses
import enum
import functools
import inspect
import sys
import types
from collections.abc import Callable
from typing import Any, Final

from tito.judging.wire.numeric import np
from tito.judging.wire.operations import DATACLASS_PARAMS, FIELD_PARTS, OPERATIONS
from tito.judging.wire.plain import READERS

# Classes whose content is data; an object of a class that derives from one has that content besides what it is.
_PLAIN: Final[dict[type, Callable[[Any], Any]]] = {
    kind: READERS[kind]
    for kind in (list, dict, tuple, set, frozenset, np.ndarray, str, bytes, bytearray, int, float, complex)
} | {np.generic: lambda it: np.ndarray.view(np.asarray(it), np.ndarray)[()]}
CHANGING: Final = frozenset({list, dict, set, bytearray})
_NATIVE: Final = frozenset(_PLAIN) - {np.ndarray, np.generic}
_METHODS: Final = (
    types.FunctionType,
    types.MethodDescriptorType,
    types.ClassMethodDescriptorType,
    types.BuiltinFunctionType,
    staticmethod,
    classmethod,
    functools.partialmethod,
)
_SPECIAL: Final = frozenset(OPERATIONS) | {"__call__"}
# What makes an object of a class decide about attributes of others, in whose class it stands.
DESCRIBING: Final = ("__get__", "__set__", "__delete__", "__set_name__")
_LONGEST_DOC: Final = 4_000
_LONGEST_TEXT: Final = 1_000
# What is written without running code of a student's.
_WRITTEN: Final = frozenset({type(None), bool, int, float, str, bytes, types.GenericAlias, types.UnionType})
# These say how a class is made, not what its objects are.
_MEANS_NOTHING: Final = frozenset({"abc", "typing", "typing_extensions"})


def described(kind: type, number: int, number_of: Callable[[Any], int]) -> dict[str, Any]:
    """Return the description of a class, in which its bases stand by their numbers."""
    own, library, many = vars(kind), library_path(kind), isinstance(kind, enum.EnumMeta)
    # The one exception that a class derives from is known by its path; of several, the order counts.
    alone = len(kind.__bases__) == 1
    told: dict[str, Any] = {
        "number": number,
        "name": str(kind.__name__),
        "bases": [number_of(each) for each in kind.__bases__ if _counts(each, many=many, alone=alone)],
        "methods": [name for name, each in own.items() if _is_method(name, each)],
        "special": [name for name, each in own.items() if name in _SPECIAL and _operates(each)],
    }
    rare = {
        "library": library,
        "qualname": "" if kind.__qualname__ == kind.__name__ else str(kind.__qualname__),
        "static": [name for name, each in own.items() if type(each) is staticmethod],
        "of_class": [name for name, each in own.items() if type(each) is classmethod],
        "native": next((each.__name__ for each in kind.__mro__ if each in _NATIVE), ""),
        "natives": [each.__name__ for each in kind.__bases__ if each in _NATIVE],
        "outers": _outers(kind),
        "enum": _nearest_enum(kind) if many else "",
        "errors": error_paths(kind) if issubclass(kind, BaseException) else [],
        "unhashable": kind.__hash__ is None,
        "hashes": callable(own.get("__hash__")),
        "describes": [name for name in DESCRIBING if callable(own.get(name))],
        "mortal": any("__del__" in vars(each) for each in kind.__mro__),
        "ufunc": own.get("__array_ufunc__", ...) is None,
        "generic": hasattr(kind, "__class_getitem__"),
        "meta": [] if many or type(kind) is type else _meta(kind),
        "fields": [_field(each) for each in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else None,
        "params": [name for name in DATACLASS_PARAMS if getattr(own.get("__dataclass_params__"), name, False)],
        "doc": str(own["__doc__"])[:_LONGEST_DOC] if own.get("__doc__") and not library else "",
    }
    return told | {key: each for key, each in rare.items() if each}


def library_path(value: Any) -> str:
    """Return "module:name" of a class or function that an installed library defines under it, else ""."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if not isinstance(module, str) or not isinstance(name, str) or not is_library(module):
        return ""
    try:
        found = functools.reduce(getattr, name.split("."), sys.modules[module])
    except (AttributeError, KeyError):
        return f"{module}:{name}" if module == "builtins" else ""
    return f"{module}:{name}" if found is value else ""


def is_library(module: str) -> bool:
    """Whether a module was found by an import, unlike what the judge sent as text."""
    root = module.partition(".")[0]
    return root in sys.stdlib_module_names or getattr(sys.modules.get(root), "__spec__", None) is not None


def derives_from_data(kind: type) -> bool:
    """Whether objects of a class are data besides."""
    return any(each in _PLAIN for each in kind.__mro__[1:])


def plain_content(value: Any) -> tuple[type, Any] | None:
    """Return which class of data an object's class derives from, and its content as such, or None."""
    for kind in type(value).__mro__[1:]:
        if kind in _PLAIN:
            return kind, _PLAIN[kind](value)
    return None


def error_paths(kind: type) -> list[str]:
    """Return the paths of the libraries' exceptions that a class is or derives from, the nearest first."""
    return [path for each in kind.__mro__ if issubclass(each, BaseException) and (path := library_path(each))]


def _field(field: Any) -> list[Any]:
    """Return a dataclass field's name, the texts of its type, default and factory, and what it takes part in."""
    texts = [
        None if each is dataclasses.MISSING else _text(each)
        for each in (field.type, field.default, field.default_factory)
    ]
    return [str(field.name), *texts, [name for name in FIELD_PARTS if getattr(field, name)]]


def _text(value: Any) -> str:
    """Return the text of a type or of plain data; what else there is could do anything while it is written."""
    if isinstance(value, type) or type(value) in _WRITTEN or type(value).__module__ == "typing":
        return inspect.formatannotation(value)[:_LONGEST_TEXT]
    return f"<{type(value).__name__}>"


def _counts(base: type, *, many: bool, alone: bool) -> bool:
    plain = base in {object, Exception, BaseException} or base in _NATIVE or base.__module__ in _MEANS_NOTHING
    return (
        not plain
        and not (many and library_path(base))
        and not (alone and base.__module__ == "builtins" and _is_error(base))
    )


def _is_error(kind: type) -> bool:
    return issubclass(kind, BaseException)


def _outer(kind: type) -> str:
    """Return the path of a library's class whose objects are more than data."""
    if kind is object or kind in _NATIVE or kind.__module__ in _MEANS_NOTHING:
        return ""
    return library_path(kind)


def _outers(kind: type) -> list[str]:
    """Return the paths of the libraries' classes that a class is or derives from, the nearest first.

    What one of them derives from itself is known by it.
    """
    found = {each: path for each in kind.__mro__ if (path := _outer(each))}
    return [path for each, path in found.items() if not any(each in other.__mro__[1:] for other in found)]


def _nearest_enum(kind: type) -> str:
    return next(path for each in kind.__mro__ if issubclass(each, enum.Enum) and (path := library_path(each)))


def _meta(kind: type) -> list[str]:
    above: tuple[type, ...] = type(kind).__mro__  # type: ignore[assignment]
    found = {name for each in above if each not in {type, object} for name in vars(each)}
    return sorted(name for name in found & _SPECIAL if name not in {"__call__", "__repr__", "__eq__", "__dir__"})


def _operates(value: object) -> bool:
    """Whether Python finds an operation in what a class has under its name: something to call, or that gives it."""
    return callable(value) or hasattr(type(value), "__get__")


def _is_method(name: str, value: object) -> bool:
    if name == "__init__":
        return callable(value)
    return isinstance(value, _METHODS) and not name.startswith("__")
