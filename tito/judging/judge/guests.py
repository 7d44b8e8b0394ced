"""Guests: the judge's own objects that a test hands to the student's code, and what of them is served.

Only what the locked tests themselves define is served, by public names, and what it does cannot be set. A module,
or an object of a library, would be a way into the judge; numpy's and Python's own functions travel as their names.
"""

import collections
import copy
import functools
import inspect
import operator
import re
import sys
import types
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

import numpy as np

from tito.judging.judge.functions import Bound, Function
from tito.judging.judge.proxies import LAYOUT, Proxy, ProxyClass
from tito.judging.judge.raised import Error
from tito.judging.wire.codec import Encoder
from tito.judging.wire.operations import OPERATIONS
from tito.judging.wire.plain import plain

_SERVED: Final = (*OPERATIONS, "__call__")
_TOLD: Final = ("__name__", "__qualname__", "__doc__")
_DEFAULTS: Final = ("__defaults__", "__kwdefaults__")
# What has these names, and what is written in Python and has more to say.
_NAMED: Final = frozenset({types.FunctionType, types.MethodType, types.BuiltinMethodType})
_WRITTEN: Final = frozenset({types.FunctionType, types.MethodType})
_SAID: Final = frozenset({type(None), bool, int, float, str, type(...)})
# Their functions and classes are the subject's as well.
_OPEN: Final = sys.stdlib_module_names | {"numpy", "pandas", "scipy"}
# Python's own objects that are made anew over there: what makes one, of which arguments, and of which by name.
_REMADE: Final[dict[type, Callable[[Any], tuple[Any, ...]]]] = {
    re.Pattern: lambda it: ("re:compile", (it.pattern, it.flags)),
    functools.partial: lambda it: ("functools:partial", (it.func, *it.args), it.keywords),
    operator.itemgetter: lambda it: ("operator:itemgetter", it.__reduce__()[1]),
    operator.attrgetter: lambda it: ("operator:attrgetter", it.__reduce__()[1]),
    property: lambda it: ("builtins:property", (it.fget, it.fset, it.fdel)),
    staticmethod: lambda it: ("builtins:staticmethod", (it.__func__,)),
    classmethod: lambda it: ("builtins:classmethod", (it.__func__,)),
    functools.partialmethod: lambda it: ("functools:partialmethod", (it.func, *it.args), it.keywords),
}
# What stands for an attribute of other objects, as a mock of a property does.
_DESCRIBES: Final = ["__get__", "__set__"]
# What may be asked of objects of the tests' own classes, whose content is served anyway.
_OF_OBJECTS: Final = ("__dict__", "__copy__", "__deepcopy__")
# What may be asked of the tests' own classes: which of the guests are theirs.
_OF_CLASSES: Final = ("__instancecheck__", "__subclasscheck__")
# What may be asked of some guests besides what is asked of any object.
_ASKED: Final[dict[str, Callable[..., Any]]] = {
    **OPERATIONS,
    "__call__": lambda guest, *given, **named: guest(*given, **named),
    "__hash__": hash,
    "__copy__": copy.copy,
    "__instancecheck__": lambda guest, given: isinstance(given, guest),
    "__subclasscheck__": lambda guest, given: issubclass(given, guest),
    "__get__": lambda guest, *given: type(guest).__get__(guest, *given),
    "__set__": lambda guest, *given: type(guest).__set__(guest, *given),
}
_NOTHING: Final = object()
# A method of one of these, such as `found.append`, can be called and has no other names.
_CONTAINERS: Final = frozenset({list, dict, set, collections.deque, collections.Counter, collections.defaultdict})
_ITERATED: Final = ("__iter__", "__next__")
# What a mock keeps in itself, besides what its class defines.
_OF_MOCKS: Final = frozenset({"method_calls", "mock_calls", "call_args", "call_args_list", "call_count", "called"})


class Guests:
    """The numbers of the judge's objects that the subject has been given.

    `homes` are the names of the modules whose functions and classes may be served: the grader's. `refused` are those
    objects that a test tried to hand over and may not. While one is `looking` at what goes off, nothing can be asked.
    """

    def __init__(self, homes: Collection[str]) -> None:
        self.refused: list[Any] = []
        self.looking = False
        self._homes = homes
        self._objects: list[Any] = []
        self._numbers: dict[object, int] = {}
        self._copied: dict[int, dict[Any, Any]] = {}
        # What the subject has set, by a guest's number and name, that the guest itself was not to have.
        self._unheeded: dict[tuple[int, str], Any] = {}

    def node(self, value: Any, encoder: Encoder) -> object:
        """Return the node by which the subject may hold `value`. Raises TypeError where it may not."""
        held = _held(value)
        if held is not None:
            return held
        data = plain(value)
        if data is not None:
            return encoder.derived(value, data)
        path = library_path(value)
        if path:
            return {"g": path}
        if type(value) in _REMADE:
            path, *made_of = _REMADE[type(value)](value)
            return {"v": [path, *map(encoder.encode, made_of)]}
        if not self._is_served(value):
            self.refused.append(value)
            raise TypeError(f"a test cannot hand {_described(value)} to the student's code from outside its process")
        self.looking = True
        try:
            told, hashed = _told(value), _hash(value)
        finally:
            self.looking = False
        special = [*_specials(value), *(("__dir__", *_OF_OBJECTS) if self._is_object(value) else ())]
        return {"j": [self._number(value), special, encoder.aside(told), _told_of(type(value)), *hashed]}

    def __getitem__(self, number: int) -> Any:
        return self._objects[number]

    def serves(self, kind: type) -> bool:
        """Say whether a class is the locked tests' own."""
        return kind.__module__ in self._homes

    def named(self, number: Any, name: Any) -> str:
        """Return what is written where the attribute of a guest is set."""
        return f"{_home(self._objects[number]).__name__}.{name}"

    def serve(self, what: str, *args: Any, heeded: bool = True) -> Any:
        """Do what the subject asks of a guest. Raises whatever the guest raises, or AttributeError.

        What is set and not `heeded` is seen by nobody but the subject.
        """
        match what, args:
            case "get", (int(number), str(name)) if (number, name) in self._unheeded:
                return self._unheeded[number, name]
            case "get", (int(number), str(name)) if _is_public(self._objects[number], name):
                return getattr(self._objects[number], name)
            case "set", (int(number), str(name), value) if self._is_settable(self._objects[number], name, value):
                return self._set(number, name, value, heeded=heeded)
            case "special", (int(number), str(name), tuple(given), dict(named)) if name == "__call__" or (
                not named and self._operates(self._objects[number], name)
            ):
                return self._operated(number, name, given, named)
            case "invoke", (ProxyClass() as kind, str(name), tuple(given), dict(named)) if (
                name in kind._tito_announced
            ):
                return LAYOUT(kind)[name](*given, **named)
        if what == "set":
            raise AttributeError("this attribute of a test's object cannot be set: it holds no data")
        raise AttributeError("a test's object serves public names only")

    def _number(self, value: Any) -> int:
        """Return a guest's number, the same one each time."""
        number = self._numbers.setdefault(_identity(value), len(self._objects))
        if number == len(self._objects):
            # Held for good, so that no other object gets its id.
            self._objects.append(value)
        return number

    def _set(self, number: int, name: str, value: Any, *, heeded: bool) -> None:
        if heeded:
            self._unheeded.pop((number, name), None)
            setattr(self._objects[number], name, value)
        else:
            self._unheeded[number, name] = value

    def _operated(self, number: int, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        guest = self._objects[number]
        if name == "__dict__":
            found = {each: held for each, held in guest.__dict__.items() if _is_public(guest, each)}
            return found | {each: held for (of, each), held in self._unheeded.items() if of == number}
        if name == "__deepcopy__":
            return copy.deepcopy(guest, self._memo(*given))
        return _ASKED[name](guest, *given, **named)

    def _memo(self, token: int) -> dict[Any, Any]:
        """Return what has been copied before in the same copy of the subject's, which may hold several guests."""
        if token not in self._copied:
            self._copied = {token: {}}
        return self._copied[token]

    def _operates(self, guest: Any, name: str) -> bool:
        """Whether a guest may be asked for what one of Python's own operations calls."""
        if name in _DESCRIBES:
            return _describes(guest)
        if name == "__hash__":
            return _is_hashed(guest)
        if name in _OF_OBJECTS:
            return self._is_object(guest)
        if name in _OF_CLASSES:
            return issubclass(type(guest), type)
        return name in OPERATIONS and (name in _ITERATED or not _is_iterator(guest))

    def _is_settable(self, guest: Any, name: str, value: Any) -> bool:
        """Whether an attribute, and what it is to hold, is something that an object is about, not what it does."""
        if _is_mock(guest) or not self._is_own(guest) or not _is_public(guest, name):
            return False
        return not callable(value) and _holds_data(guest, name)

    def _is_served(self, value: Any) -> bool:
        if isinstance(value, types.MethodType):
            return self._is_served(value.__self__)
        if isinstance(value, types.BuiltinMethodType) and type(value.__self__) in _CONTAINERS:
            return True
        if _is_mock(value) or _is_iterator(value) or _is_specified(value):
            return True
        return self._is_own(value)

    def _is_object(self, value: Any) -> bool:
        """Whether a value is an object of a class of the tests' own."""
        return _home(value) is not value and self._is_own(value) and not _is_mock(value)

    def _is_own(self, value: Any) -> bool:
        """Whether a function, a class or an object's class is the tests' own."""
        home = _home(value)
        names = {getattr(home, "__module__", None)}
        if type(home) is types.FunctionType:
            # What wraps another function has that one's word for where it is from.
            names.add(home.__globals__.get("__name__"))
        return not names.isdisjoint(self._homes)


def _home(value: Any) -> Any:
    """Return what says where an object is from: a function or class itself, or its class."""
    return value if issubclass(type(value), types.FunctionType | type) else type(value)


def _holds_data(guest: Any, name: str) -> bool:
    """Whether what a guest has under a name is no method, and nothing else that computes; it may have nothing."""
    held = inspect.getattr_static(guest, name, _NOTHING)
    if issubclass(type(held), Proxy):
        # A descriptor of the student's, which an object's own value may hide.
        return True
    if _home(guest) is not guest:
        if held is _NOTHING and any(_overrides(type(guest), each) for each in ("__getattr__", "__getattribute__")):
            return False
        if type(held) is types.MemberDescriptorType:
            held = getattr(guest, name, None)
        elif _defines(type(held), "__set__"):
            # A property, say: its own setter decides.
            return True
    return not callable(held) and not _defines(type(held), "__get__")


def _overrides(kind: type, name: str) -> bool:
    """Whether a class answers by Python code of its own."""
    return any(type(vars(each).get(name)) is types.FunctionType for each in kind.__mro__)


def _specials(value: Any) -> list[str]:
    """Return the special methods by which an object of a guest's class over there asks for what the guest does."""
    served = _ITERATED if _is_iterator(value) else _SERVED
    found = [each for each in served if _defines(type(value), each)]
    if _is_hashed(value):
        found.append("__hash__")
    if issubclass(type(value), type):
        found += _OF_CLASSES
    # A function in a class is bound over there; a property's mock is asked.
    return found + (["bind"] if isinstance(value, types.FunctionType) else _DESCRIBES if _describes(value) else [])


def _told(value: Any) -> dict[str, Any]:
    """Return what a function or a class says of itself, which nobody has to ask for."""
    kind = type(value)
    if kind not in _NAMED and not issubclass(kind, type):
        return {}
    found = {name: _look(getattr, value, name) for name in _TOLD}
    told: dict[str, Any] = {name: each for name, each in found.items() if isinstance(each, str)}
    if kind in _WRITTEN:
        annotations = _look(getattr, value, "__annotations__") or {}
        told["__annotations__"] = {name: each for name, each in annotations.items() if _is_sayable(each)}
        told |= {name: each for name in _DEFAULTS if _is_sayable(each := _look(getattr, value, name))}
    if kind is not types.BuiltinMethodType and (signature := _signature(value)) is not None:
        told["__signature__"] = signature
    return told


def _signature(value: Any) -> tuple[Any, ...] | None:
    """Return (parameters, annotation) of a function's or class's signature, of which the same is made over there."""
    # Of a function that wraps one of the submission's, only its own can be told: nothing is asked meanwhile.
    found = _look(inspect.signature, value) or _look(inspect.signature, value, follow_wrapped=False)
    if found is None:
        return None
    parameters = tuple(
        (each.name, int(each.kind), _said(each.default, ...), _said(each.annotation, inspect.Parameter.empty))
        for each in found.parameters.values()
    )
    return parameters, _said(found.return_annotation, inspect.Parameter.empty)


def _said(value: Any, otherwise: Any) -> Any:
    return value if _is_sayable(value) else otherwise


def _is_sayable(value: Any) -> bool:
    """Whether a default or an annotation means over there what it means here."""
    if type(value) is tuple:
        return all(map(_is_sayable, value))
    if type(value) is dict:
        return all(map(_is_sayable, value.values()))
    if issubclass(type(value), type):
        return _held(value) is not None or bool(library_path(value))
    return type(value) in _SAID


def _hash(value: Any) -> list[int]:
    """Return the hash by which an object can be looked up at once over there, if its class computes one."""
    # A mock counts how often it is asked.
    if not _is_hashed(value) or _is_mock(value):
        return []
    found = _look(hash, value)
    return [] if found is None else [found]


def _look(at: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Return what is found of a value, or None where whatever is raised is to be raised where it is asked for."""
    try:
        return at(*given, **named)
    except Exception:  # noqa: BLE001 - the test's own code may raise anything
        return None


def _told_of(kind: type) -> list[str | None]:
    """Return what the class of a guest over there is called, and says of itself."""
    # A library's is long, and nobody asks a mock for it.
    doc = None if kind.__module__.partition(".")[0] in _OPEN else kind.__doc__
    return [kind.__name__, kind.__qualname__, doc if isinstance(doc, str) else None]


def _identity(value: Any) -> object:
    """Return what tells an object from others; a method is made anew wherever it is looked up."""
    if type(value) is types.MethodType:
        return id(value.__self__), id(value.__func__)
    if type(value) is types.BuiltinMethodType:
        return id(value.__self__), value.__name__
    return id(value)


def _is_mock(value: Any) -> bool:
    # Where there is a mock, its module is loaded; loading it takes 27 ms.
    mock = sys.modules.get("unittest.mock")
    return bool(mock) and isinstance(value, mock.NonCallableMock)  # type: ignore[union-attr]


def _is_specified(value: Any) -> bool:
    """Whether a value is the function that `autospec` makes of a mock."""
    return isinstance(value, types.FunctionType) and _is_mock(getattr(value, "mock", None))


def _is_hashed(value: Any) -> bool:
    """Whether an object's class computes its hash; without that, it is one of its kind on either side."""
    found = next((vars(each)["__hash__"] for each in type(value).__mro__ if "__hash__" in vars(each)), None)
    return found is not None and found is not object.__hash__ and not _is_iterator(value)


def _describes(value: Any) -> bool:
    return all(_defines(type(value), each) for each in _DESCRIBES)


def _is_iterator(value: Any) -> bool:
    """Whether a value is one of Python's own iterators: its items are served, and nothing that it is made of."""
    # A mock says that it is of the class that it stands for, which would have to be asked.
    return type(value).__module__ in {"builtins", "itertools"} and issubclass(type(value), Iterator)


def _is_public(guest: Any, name: str) -> bool:
    """Whether a name is the test's own: what a mock brings along would forget its calls or change its answers."""
    if _is_iterator(guest) or _is_specified(guest):
        return False
    return not name.startswith("_") and not (_is_mock(guest) and (hasattr(type(guest), name) or name in _OF_MOCKS))


def _defines(kind: type, name: str) -> bool:
    return any(name in vars(each) for each in kind.__mro__ if each is not object)


def _held(value: Any) -> object:
    """Return the node of what is the subject's own, or None."""
    kind = type(value)
    if issubclass(kind, Proxy | Function) or (issubclass(kind, Error) and value._tito_number):
        return {"h": value._tito_number}
    if issubclass(kind, Bound):
        holder = _held(value._tito_holder if value._tito_owner is None else value._tito_owner)
        return {"m": [holder["h"], value.__name__]} if isinstance(holder, dict) else None
    if isinstance(value, type) and "_tito_class" in LAYOUT(value):
        return {"h": LAYOUT(value)["_tito_class"]}
    return None


def library_path(value: Any) -> str:
    """Return "module:name" of a function or class that the standard library or numpy defines under it, else ""."""
    if not isinstance(value, Callable | np.ufunc):  # type: ignore[arg-type]
        return ""
    owner = getattr(value, "__objclass__", None)
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    modules = ("numpy",) if isinstance(value, np.ufunc) else (getattr(owner or value, "__module__", None), "builtins")
    for module in modules:
        if isinstance(module, str) and isinstance(name, str) and module.partition(".")[0] in _OPEN:
            found: Any = sys.modules.get(module)
            for part in name.split("."):
                found = getattr(found, part, None)
            if found is value:
                return f"{module}:{name}"
    return ""


def _described(value: Any) -> str:
    return f"a {type(value).__name__}" if not isinstance(value, types.ModuleType) else f"module {value.__name__}"
