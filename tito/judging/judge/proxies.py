"""Proxies: what a test holds in place of a student's classes and objects; all that they do is ask their session."""

import copy
import enum
import inspect
import types
import weakref
from collections.abc import Callable, Generator, Sequence
from typing import Any, Final

from tito.judging.judge.derived import kept, parts_of
from tito.judging.judge.functions import Changed
from tito.judging.wire.operations import OPERATIONS

_HELD: Final = ("_tito_number", "_tito_hash", "_tito_session")
# What reading them cannot reach into the interpreter by; every other special name stays where it is.
_READABLE: Final = frozenset({
    "__annotations__", "__slots__", "__match_args__", "__abstractmethods__", "__members__", "__name__",
    "__qualname__",
})  # fmt: skip
LAYOUT: Final = type.__dict__["__dict__"].__get__
ORDER: Final = type.__dict__["__mro__"].__get__
_PARENTS: Final = type.__dict__["__bases__"].__get__


class ProxyClass(type):
    """The class of proxy classes; a test that derives from a proxy class makes a class in the subject too."""

    _tito_session: Any
    _tito_class: int
    _tito_names: tuple[str, ...]
    # The methods of a test's own class that the subject may call; of its own classes it calls none here.
    _tito_announced: frozenset[str] = frozenset()
    _tito_native: type = object
    _tito_outer: str = ""
    # Whether the class says what happens when one of its objects goes, and whether they do just what the data does
    # that they are besides.
    _tito_mortal: bool = False
    _tito_quiet: bool = False

    def __new__(mcls, name: str, bases: tuple[type, ...], space: dict[str, Any], **named: Any) -> "ProxyClass":
        """Derive a class in a test: the subject gets a subclass whose methods are served by the judge."""
        session = next(base._tito_session for base in bases if isinstance(base, ProxyClass))
        parts = parts_of(space, session.hands)
        remote = session.request("derive", name, _over_there(session, bases, space.get("__module__")), *parts, named)
        # What a class is given by keyword is for the submission's `__init_subclass__`.
        kind = type.__new__(mcls, name, bases, kept(space, parts.values))
        kind._tito_class = remote._tito_class
        kind._tito_names = (name,)
        kind._tito_announced = frozenset(parts.methods)
        session.adopt(kind)
        return kind

    def __call__(cls, *args: Any, **named: Any) -> Any:
        """Construct an object in the subject."""
        return cls._tito_session.call(cls, args, named)

    def __getattr__(cls, name: str) -> Any:
        """Ask the subject for a class attribute."""
        if name == "__signature__":
            return _signature(cls)
        if name.startswith("_tito_") or (name.startswith("__") and name not in _READABLE):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}", name=name, obj=cls)
        return cls._tito_session.get(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith("_tito_") or name == "__abstractmethods__":
            type.__setattr__(cls, name, value)
        else:
            cls._tito_session.set(cls, name, value)
            if name in SPECIAL:
                type.__setattr__(cls, name, SPECIAL[name])
            else:
                _forget(cls, name)

    def __delattr__(cls, name: str) -> None:
        cls._tito_session.delete(cls, name)
        if name not in SPECIAL:
            _forget(cls, name)
        elif name in LAYOUT(cls):
            type.__delattr__(cls, name)

    def __dir__(cls) -> list[str]:
        # Whoever lists names is given no answer of the submission's yet.
        return list(map(str, cls._tito_session.request("special", "__dir__", cls)))

    def __repr__(cls) -> str:
        return f"<class {cls.__name__!r}>"

    @property  # type: ignore[misc]
    def __dict__(cls) -> Any:  # type: ignore[override]
        """What the class defines, as the subject has it."""
        if "_tito_announced" not in LAYOUT(cls):
            return cls._tito_session.get(cls, "__dict__")
        own = LAYOUT(cls).items()
        return {name: getattr(cls, name) if type(each) is Changed else each for name, each in own}

    @property
    def __bases__(cls) -> tuple[type, ...]:  # type: ignore[override]
        """The bases that the submission's class has."""
        return tuple(each for each in _PARENTS(cls) if not _is_root(each)) or (object,)

    @property
    def __mro__(cls) -> tuple[type, ...]:
        """The bases in order, as the submission's class has them."""
        return tuple(each for each in ORDER(cls) if not _is_root(each))


class EnumProxyClass(ProxyClass, enum.EnumMeta):
    """The class of proxies of enumerations, whose members are the subject's."""

    _member_map_ = property(lambda cls: cls._tito_session.get(cls, "_member_map_"))
    _member_names_ = property(lambda cls: cls._tito_session.get(cls, "_member_names_"))
    _value2member_map_ = property(lambda cls: cls._tito_session.get(cls, "_value2member_map_"))


class _Inherited:
    """What every object has from Python: a class that defines none of its own has Python's."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __get__(self, held: Any, kind: Any = None) -> Any:
        if held is None:
            return getattr(getattr(kind, "_tito_native", object), self._function.__name__)
        return types.MethodType(self._function, held)


def _inherited(function: Callable[..., Any]) -> Any:
    return _Inherited(function)


class Proxy:
    """An object of the subject's."""

    _tito_root = True
    # The methods and operations that an object's class and those above define.
    _tito_defines: frozenset[str] = frozenset()
    _tito_session: Any
    _tito_number: int
    _tito_hash: int | None = None

    def __getattr__(self, name: str) -> Any:
        """Ask for an attribute; special ones are never passed on, for they reach into the interpreter."""
        if name.startswith(("__", "_tito_")) and name not in _READABLE:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        return self._tito_session.get(self, name)

    @_inherited
    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HELD:
            object.__setattr__(self, name, value)
        else:
            self._tito_session.set(self, name, value)

    @_inherited
    def __delattr__(self, name: str) -> None:
        self._tito_session.delete(self, name)

    @_inherited
    def __repr__(self) -> str:
        return str(_done("__repr__", self))

    @_inherited
    def __str__(self) -> str:
        return str(_done("__str__", self))

    @_inherited
    def __format__(self, spec: str) -> str:
        return str(_done("__format__", self, spec))

    @_inherited
    def __dir__(self) -> list[str]:
        return list(map(str, _done("__dir__", self)))

    @_inherited
    def __hash__(self) -> int:
        return hash_of(self)

    def __copy__(self) -> Any:
        return self._tito_session.copied(self, deep=False)

    def __deepcopy__(self, _: dict[int, Any]) -> Any:
        return self._tito_session.copied(self, deep=True)

    @_inherited
    def __reduce_ex__(self, _: Any) -> Any:
        kept = self._tito_session.copied(self, deep=True)
        return _unpickled, (self._tito_session.pickled(kept),)

    def __del__(self) -> None:
        self._tito_session.drop(self._tito_number)


def hash_of(self: Proxy) -> int:
    """Return the hash of an object: told along with it, for to ask would be to talk while an answer is being read."""
    kind: Any = type(self)
    if getattr(kind, "_tito_quiet", False):
        # A text's is another one in each process.
        return int(kind._tito_native.__hash__(self))
    return self._tito_number if self._tito_hash is None else self._tito_hash


# A pickle is bytes and holds nothing: the copy that it stands for is held by its session.
_PICKLED: Final[weakref.WeakValueDictionary[int, Any]] = weakref.WeakValueDictionary()


def pickled(kept: Any) -> int:
    """Return the number by which a pickle finds an object again, for as long as the object is held."""
    _PICKLED[id(kept)] = kept
    return id(kept)


def _unpickled(number: int) -> Any:
    return copy.deepcopy(_PICKLED[number])


def _is_root(kind: type) -> bool:
    """Whether a class is the judge's own, which the submission's classes have as a base here and not over there."""
    return "_tito_root" in LAYOUT(kind)


def _annotations(held: Any) -> Any:
    if isinstance(held, type) and "_tito_announced" in LAYOUT(held):
        return LAYOUT(held).get("__annotations__", {})
    return held._tito_session.get(held, "__annotations__")


# In place of those of these two classes, which their objects would have as well.
for _kind in (ProxyClass, Proxy):
    type.__setattr__(_kind, "__annotations__", property(_annotations))


def _signature(kind: ProxyClass) -> Any:
    """Return what an object is made from: what its constructor takes, or what the subject says of it."""
    made = kind.__init__  # type: ignore[misc]
    if made is object.__init__:
        return kind._tito_session.signature(kind)
    found = inspect.signature(made)
    return found.replace(parameters=list(found.parameters.values())[1:])


def _over_there(session: Any, bases: Sequence[type], module: Any) -> list[Any]:
    """Return the subject's classes for a class's bases; for one of the test's own `module`, one is made there."""
    known = [each for each in bases if isinstance(each, ProxyClass) or each.__module__ == module]
    return [each if isinstance(each, ProxyClass) else _twin(session, each) for each in known]


def _twin(session: Any, base: type) -> Any:
    methods, values = parts_of(LAYOUT(base), session.hands)
    # Only of classes that derive from the submission's does the subject ask for methods by name.
    values |= {name: LAYOUT(base)[name] for name in methods if session.hands(LAYOUT(base)[name])}
    bases = _over_there(session, base.__bases__, base.__module__)
    return session.request("derive", base.__name__, bases, [], values, {})


def _forget(kind: ProxyClass, name: str) -> None:
    """Ask from now on for what a test has put into a class or taken out of it, also where that was a method."""
    if not name.startswith("__"):
        changed = Changed(name)
        changed.owner = kind
        type.__setattr__(kind, name, changed)


def _done(name: str, held: Any, *args: Any) -> Any:
    """Have an operation done on an object; where a test's class has its own, this is the one above it."""
    owner = _above(type(held), name)
    if owner is None:
        return held._tito_session.special(name, held, *args)
    return held._tito_session.method(held, name, args, {}, owner)


def _above(kind: type, name: str) -> Any:
    """Return the submission's class from which a test's own class derives if that one defines `name`, else None."""
    overridden = False
    for each in ORDER(kind) if "_tito_announced" in LAYOUT(kind) else ():
        if isinstance(each, ProxyClass) and "_tito_announced" not in LAYOUT(each):
            return each if overridden else None
        overridden = overridden or name in LAYOUT(each)
    return None


def _special(name: str) -> Callable[..., Any]:
    def special(self: Any, *args: Any) -> Any:
        return _done(name, self, *args)

    return special


def _leaving(name: str) -> Callable[..., Any]:
    def special(self: Any, kind: Any, fault: Any, _: Any) -> Any:
        # The traceback is the test's: nobody there could read it.
        found = _done(name, self, kind, fault, None)
        if fault is None:
            return found
        return _later(self, found, fault) if name == "__aexit__" else _excused(self, found, fault)

    return special


def _excused(held: Any, found: Any, fault: BaseException) -> Any:
    """Return what says whether what failed below a `with` is forgotten, which it then is."""
    if found:
        held._tito_session.witness.loses(fault)
    return found


async def _later(held: Any, found: Any, fault: BaseException) -> Any:
    return _excused(held, await found, fault)


def _await(self: Any) -> Generator[Any, Any, Any]:
    # It is run to its end over there, where its loop is.
    yield from ()
    return self._tito_session.awaited(self)


def _called(self: Any, *args: Any, **named: Any) -> Any:
    owner = _above(type(self), "__call__")
    if owner is None:
        return self._tito_session.call(self, args, named)
    return self._tito_session.method(self, "__call__", args, named, owner)


_NONE: Final = object()


# What objects of Python's own classes around data are; what the submission makes them do is not asked.
_PLAIN: Final[dict[str, Callable[[Any], Any]]] = {
    "collections:UserList": list,
    "collections:UserDict": lambda held: dict(held.items()),
    "collections:ChainMap": lambda held: dict(held.items()),
    "collections:UserString": str,
}


def _refused(*_: Any) -> Any:
    return NotImplemented


def silent(name: str, held: Any, *args: Any) -> Any:
    """Do an operation on an object that has no say in it, as on the data that it is besides, or on any object."""
    kind: Any = type(held)
    if issubclass(kind, Proxy):
        make = _PLAIN.get(kind._tito_outer)
        plain = make(held) if make else getattr(held, "_tito_plain", _NONE)
        if plain is not _NONE:
            return getattr(type(plain), name, _refused)(plain, *args)
    found = getattr(kind._tito_native, name, None)
    if found is not None:
        return found(held, *args)
    if name == "__contains__":
        return any(each is args[0] or each == args[0] for each in (held.keys() if hasattr(kind, "keys") else held))
    return NotImplemented


def _describing(name: str) -> Callable[..., Any]:
    def describing(self: Any, held: Any, *args: Any) -> Any:
        return self._tito_session.describe(self, name, _attribute(self, type(held)), (held, *args))

    return describing


def _attribute(value: Any, kind: type) -> str:
    """Return the name under which a class has a value."""
    return next((name for each in ORDER(kind) for name, found in LAYOUT(each).items() if found is value), "")


def _get(self: Any, held: Any, kind: Any = None) -> Any:
    return self._tito_session.describe(self, "__get__", _attribute(self, type(held)), (held, kind))


def _named(self: Any, owner: Any, name: str) -> None:
    # A class that derives from the submission's is the subject's as well, and has said so there.
    if not isinstance(owner, ProxyClass):
        self._tito_session.describe(self, "__set_name__", name, (owner, name))


# What the objects of a student's class do with attributes of the test's own objects, in whose class they stand.
DESCRIBING: Final[dict[str, Callable[..., Any]]] = {
    "__get__": _get,
    "__set__": _describing("__set__"),
    "__delete__": _describing("__delete__"),
    "__set_name__": _named,
}
SPECIAL: Final[dict[str, Callable[..., Any]]] = {
    **{name: _special(name) for name in OPERATIONS if name != "__dir__"},
    "__exit__": _leaving("__exit__"),
    "__aexit__": _leaving("__aexit__"),
    "__await__": _await,
    "__call__": _called,
}
