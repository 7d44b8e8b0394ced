"""Proxies: what a test holds in place of a student's classes, objects and functions.

A proxy class is built once per class of the subject, from its description: with the methods and special methods
that the real class has, and the same bases. So `isinstance`, `type(x) is C`, `len`, operators and subclassing in a
test mean what they say. All that a proxy does is ask its session.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from tito.judging.wire.codec import WireError
from tito.judging.wire.operations import OPERATIONS, REFLECTED

_NO_SPECIALS: Final = ("__init__",)
_HELD: Final = ("_tito_number", "_tito_session")
_READABLE: Final = frozenset({"__name__", "__qualname__", "__doc__", "__module__"})
_MAX_NAMES: Final = 2_000
_LONGEST_NAME: Final = 200
# Python orders a class's bases in steps that grow with the square of their number and more.
_MAX_BASES: Final = 16
_MAX_ANCESTORS: Final = 64


class ProxyClass(type):
    """The class of proxy classes; a test that derives from a proxy class makes a class in the subject too."""

    _tito_session: Any
    _tito_class: int
    _tito_names: tuple[str, ...]
    # The methods of a test's own class that the subject may call; of its own classes it calls none here.
    _tito_announced: frozenset[str] = frozenset()

    def __new__(mcls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> "ProxyClass":
        """Derive a class in a test: the subject gets a subclass whose public methods are served by the judge."""
        session = next(base._tito_session for base in bases if isinstance(base, ProxyClass))
        methods = [key for key, each in space.items() if callable(each) and _is_public(key)]
        remote = session.request("derive", name, [base for base in bases if isinstance(base, ProxyClass)], methods)
        kind = type.__new__(mcls, name, bases, space)
        kind._tito_class = remote._tito_class
        kind._tito_names = (name,)
        kind._tito_announced = frozenset(methods)
        session.adopt(kind)
        return kind

    def __call__(cls, *args: Any, **named: Any) -> Any:
        """Construct an object in the subject."""
        return cls._tito_session.call(cls, args, named)

    def __getattr__(cls, name: str) -> Any:
        """Ask the subject for a class attribute."""
        if name.startswith("__"):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        return cls._tito_session.get(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith("_tito_") or name == "__abstractmethods__":
            type.__setattr__(cls, name, value)
        else:
            cls._tito_session.set(cls, name, value)

    def __repr__(cls) -> str:
        return f"<class {cls.__name__!r}>"


class Proxy:
    """An object of the subject's."""

    __slots__ = ("__weakref__", "_tito_number")
    _tito_session: Any

    def __getattr__(self, name: str) -> Any:
        """Ask for an attribute; special ones are never passed on, for they reach into the interpreter."""
        if name.startswith("__"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._tito_session.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HELD:
            object.__setattr__(self, name, value)
        else:
            self._tito_session.set(self, name, value)

    def __delattr__(self, name: str) -> None:
        self._tito_session.delete(self, name)

    def __repr__(self) -> str:
        return str(self._tito_session.special("__repr__", self))

    def __str__(self) -> str:
        return str(self._tito_session.special("__str__", self))

    def __format__(self, spec: str) -> str:
        return str(self._tito_session.special("__format__", self, spec))

    def __hash__(self) -> int:
        return int(self._tito_number)

    def __del__(self) -> None:
        self._tito_session.drop(self._tito_number)


class Function:
    """A function or bound method of the subject's."""

    def __init__(self, session: Any, number: int, name: str) -> None:
        self._tito_session = session
        self._tito_number = number
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it in the subject."""
        return self._tito_session.call(self, args, named)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __del__(self) -> None:
        self._tito_session.drop(self._tito_number)


class Method:
    """A method in a proxy class: bound on access, through an object, the class or `super()`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._owner: Any = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner

    def __get__(self, holder: Any, kind: Any = None) -> Callable[..., Any]:
        """Return what calls the method in the subject."""
        session, name, owner = self._owner._tito_session, self._name, None
        if holder is None:
            holder = kind
        elif next(vars(each).get(name) for each in type(holder).__mro__ if name in vars(each)) is not self:
            owner = self._owner

        def method(*args: Any, **named: Any) -> Any:
            return session.method(holder, name, args, named, owner)

        method.__name__ = name
        return method


def make_class(session: Any, told: Mapping[str, Any], known: Mapping[int, type]) -> type:
    """Build the proxy class that a description tells of, or an exception class where it is one.

    Raises WireError for a description that no honest subject sends.
    """
    if len(told["bases"]) > _MAX_BASES:
        raise WireError("a class has too many bases")
    name, bases = told["name"], tuple(known[number] for number in told["bases"])
    names = [*told["methods"], *told["special"]]
    if len(names) > _MAX_NAMES or not all(map(_is_name, (name, *names))):
        raise WireError("a class's description is malformed")
    if sum(len(base.__mro__) for base in bases) > _MAX_ANCESTORS:
        raise WireError("a class has too many ancestors")
    try:
        if told["error"] is not None:
            return _error_class(name, told, bases)
        space = {
            "_tito_session": session,
            "_tito_class": told["number"],
            "_tito_names": (name,),
            "__slots__": (),
            "__module__": "submission",
            **{each: Method(each) for each in told["methods"]},
            **{each: _SPECIAL[each] for each in told["special"] if each in _SPECIAL},
        }
        if told["ufunc"]:
            space["__array_ufunc__"] = None
        if "__eq__" in space:
            space["__hash__"] = Proxy.__hash__
        if not bases:
            space["__init__"] = Method("__init__")
        proxied = tuple(base for base in bases if issubclass(base, Proxy)) or (Proxy,)
        return type.__new__(ProxyClass, name, proxied, space)
    except TypeError as fault:
        raise WireError(f"a class's description is impossible: {fault}") from None


def _is_name(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST_NAME and text.isidentifier()


def _error_class(name: str, told: Mapping[str, Any], bases: tuple[type, ...]) -> type:
    parents = tuple(base for base in bases if issubclass(base, Exception)) or (BUILTIN_ERRORS[told["error"]],)
    space = {"__module__": "submission", "_tito_class": told["number"], "_tito_names": (name,)}
    return type(name, parents, space)


def _errors(kind: type[Exception]) -> dict[str, type[Exception]]:
    found = {kind.__name__: kind} if kind.__module__ == "builtins" else {}
    for each in kind.__subclasses__():
        found |= _errors(each)
    return found


BUILTIN_ERRORS: Final = MappingProxyType(_errors(Exception))


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name in _SPECIAL or name in _NO_SPECIALS


def _special(name: str) -> Callable[..., Any]:
    def special(self: Any, *args: Any) -> Any:
        return self._tito_session.special(name, self, *args)

    return special


def _reflected(name: str) -> Callable[..., Any]:
    def special(self: Any, other: Any) -> Any:
        return self._tito_session.special(name, other, self)

    return special


def _called(self: Any, *args: Any, **named: Any) -> Any:
    return self._tito_session.call(self, args, named)


_SPECIAL: Final[dict[str, Callable[..., Any]]] = {
    **{name: _special(name) for name in OPERATIONS},
    **{name: _reflected(ordinary) for name, ordinary in REFLECTED.items()},
    "__call__": _called,
}
