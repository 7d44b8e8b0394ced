"""Guests: the judge's own objects that a test hands to the student's code, and what of them is served.

Only what the locked tests themselves define is served, by public names, and nothing of it can be set. A module,
or an object of a library, would be a way into the judge; numpy's and Python's own functions travel as their names.
"""

import builtins
import sys
import types
from collections.abc import Callable, Collection
from typing import Any, Final

import numpy as np

from tito.judging.judge.proxies import Function, Proxy, ProxyClass
from tito.judging.wire.operations import OPERATIONS

_SERVED: Final = (*OPERATIONS, "__call__")
# What a mock keeps in itself, besides what its class defines.
_OF_MOCKS: Final = frozenset({"method_calls", "mock_calls", "call_args", "call_args_list", "call_count", "called"})


class Guests:
    """The numbers of the judge's objects that the subject has been given.

    `homes` are the names of the modules whose functions and classes may be served: the grader's.
    """

    def __init__(self, homes: Collection[str]) -> None:
        self._homes = homes
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}

    def node(self, value: Any) -> object:
        """Return the node by which the subject may hold `value`. Raises TypeError where it may not."""
        if isinstance(value, Proxy | Function):
            return {"h": value._tito_number}
        if isinstance(value, type) and hasattr(value, "_tito_class"):
            return {"h": value._tito_class}
        name = _library_name(value)
        if name:
            return {"g": name}
        if not self._is_served(value):
            raise TypeError(f"a test cannot hand {_described(value)} to the student's code from outside its process")
        number = self._numbers.setdefault(id(value), len(self._objects))
        if number == len(self._objects):
            self._objects.append(value)
        special = [each for each in _SERVED if _defines(type(value), each)]
        return {"j": [number, special]}

    def __getitem__(self, number: int) -> Any:
        return self._objects[number]

    def serve(self, what: str, *args: Any) -> Any:
        """Do what the subject asks of a guest. Raises whatever the guest raises, or AttributeError."""
        match what, args:
            case "get", (int(number), str(name)) if _is_public(self._objects[number], name):
                return getattr(self._objects[number], name)
            case "special", (int(number), "__call__", tuple(given), dict(named)):
                return self._objects[number](*given, **named)
            case "special", (int(number), str(name), tuple(given), dict()) if name in OPERATIONS:
                return OPERATIONS[name](self._objects[number], *given)
            case "invoke", (ProxyClass() as kind, str(name), tuple(given), dict(named)) if (
                name in kind._tito_announced
            ):
                return vars(kind)[name](*given, **named)
        raise AttributeError("a test's object serves public names only")

    def _is_served(self, value: Any) -> bool:
        if isinstance(value, types.MethodType):
            return self._is_served(value.__self__)
        if _is_mock(value):
            return True
        home = value if isinstance(value, types.FunctionType | type) else type(value)
        return getattr(home, "__module__", None) in self._homes


def _is_mock(value: Any) -> bool:
    # Where there is a mock, its module is loaded; loading it takes 27 ms.
    mock = sys.modules.get("unittest.mock")
    return bool(mock) and isinstance(value, mock.NonCallableMock)  # type: ignore[union-attr]


def _is_public(guest: Any, name: str) -> bool:
    """Whether a name is the test's own: what a mock brings along would forget its calls or change its answers."""
    return not name.startswith("_") and not (_is_mock(guest) and (hasattr(type(guest), name) or name in _OF_MOCKS))


def _defines(kind: type, name: str) -> bool:
    return any(name in vars(each) for each in kind.__mro__ if each is not object)


def _library_name(value: Any) -> str:
    if not isinstance(value, Callable | np.ufunc):  # type: ignore[arg-type]
        return ""
    name = getattr(value, "__name__", "")
    for library in (builtins, np):
        if isinstance(name, str) and name.isidentifier() and vars(library).get(name) is value:
            return f"{library.__name__}.{name}"
    return ""


def _described(value: Any) -> str:
    return f"a {type(value).__name__}" if not isinstance(value, types.ModuleType) else f"module {value.__name__}"
