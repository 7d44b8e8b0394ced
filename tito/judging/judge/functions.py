"""What a test holds in place of a student's functions and methods."""

import types
from typing import Any, Final

# What reading them cannot reach into the interpreter by; every other special name stays where it is.
_READABLE: Final = frozenset(
    {"__annotations__", "__defaults__", "__kwdefaults__", "__wrapped__", "__dict__", "__self__", "__func__"}
)
_FROM_TEXT: Final = frozenset({"__code__", "__signature__"})
_CLASSES: Final[dict[str, type]] = {
    "function": types.FunctionType,
    "method": types.MethodType,
    "builtin": types.BuiltinFunctionType,
}
_SORTS: Final = frozenset(_CLASSES) | {"cached"}
# In a class, these are methods of its objects.
_BINDING: Final = frozenset({"function", "cached"})
_HELD: Final = (
    "__name__",
    "__qualname__",
    "_tito_holder",
    "_tito_known",
    "_tito_number",
    "_tito_owner",
    "_tito_session",
    "_tito_sort",
)


class Function:
    """A function or bound method of the subject's; `_tito_sort` says which.

    `_tito_known` is what it was the answer to: the name that a test found it under, the call that returned it. What
    it says of its own name is the submission's word.
    """

    __slots__ = (
        "__name__", "__qualname__", "__weakref__", "_tito_known", "_tito_number", "_tito_session", "_tito_sort",
    )  # fmt: skip

    def __init__(self, session: Any, number: int, name: str, sort: str) -> None:
        if sort not in _SORTS:
            raise ValueError(f"no sort of function: {sort}")
        self._tito_session = session
        self._tito_number = number
        self._tito_sort = sort
        self._tito_known: set[str] = set()
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it in the subject."""
        return self._tito_session.call(self, args, named)

    def __get__(self, held: Any, kind: Any = None) -> Any:
        """Be a method where a test's own class has it, as one that a decorator of the student's made."""
        return self if held is None or self._tito_sort not in _BINDING else types.MethodType(self, held)

    def __getattr__(self, name: str) -> Any:
        """Ask for what the function carries; its code and signature are what the submission's text says."""
        if name in _FROM_TEXT and self._tito_sort in {"function", "method"}:
            return self._tito_session.from_text(self, name)
        if name.startswith("__") and name not in _READABLE:
            raise AttributeError(f"{self.__name__!r} has no attribute {name!r}", name=name, obj=self)
        return self._tito_session.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HELD:
            object.__setattr__(self, name, value)
        else:
            self._tito_session.set(self, name, value)

    def __dir__(self) -> list[str]:
        # Whoever lists names is given no answer of the submission's yet.
        own = self._tito_session.request("get", self, "__dict__") if self._tito_sort == "function" else ()
        return [*dir(Function), *(each for each in map(str, own) if not each.startswith("__"))]

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __del__(self) -> None:
        self._tito_session.drop(self._tito_number)

    __class__ = property(lambda self: _CLASSES.get(self._tito_sort, Function))
    __doc__ = property(lambda self: self._tito_session.get(self, "__doc__"))


class Method:
    """A method in a proxy class: bound on access, through an object, the class or `super()`.

    `kind` says what a class has there: a function, a `staticmethod` or a `classmethod`.
    """

    def __init__(self, name: str, kind: type = types.FunctionType) -> None:
        self.name = name
        self.kind = kind
        self.owner: Any = None
        self._functions: dict[type, Bound] = {}

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner = owner

    def __get__(self, holder: Any, kind: Any = None) -> "Bound":
        """Return what calls the method in the subject."""
        if holder is None:
            # A class has one function under a name, and binds a class method each time.
            return Bound(self, kind, None) if self.kind is classmethod else self._function(kind)
        name, found = self.name, None
        for each in type.__dict__["__mro__"].__get__(type(holder)):
            space = type.__dict__["__dict__"].__get__(each)
            if name in space:
                found = space[name]
                break
        return Bound(self, holder, None if found is self else self.owner)

    def _function(self, kind: type) -> "Bound":
        if kind not in self._functions:
            self._functions[kind] = Bound(self, kind, None)
        return self._functions[kind]


class Changed(Method):
    """What a test has put into a class or taken out of it: it may be anything by now, and is asked for."""

    def __get__(self, holder: Any, kind: Any = None) -> Any:
        """Return what the subject has there."""
        if holder is None:
            return kind._tito_session.get(kind, self.name)
        bound = super().__get__(holder, kind)
        return holder._tito_session.get(holder, self.name) if bound._tito_owner is None else bound


class Bound:
    """A method of the subject's with the object or the class through which it was looked up."""

    __slots__ = (
        "__name__",
        "__qualname__",
        "__weakref__",
        "_tito_holder",
        "_tito_owner",
        "_tito_session",
        "_tito_sort",
    )

    def __init__(self, method: Method, holder: Any, owner: Any) -> None:
        self._tito_session = method.owner._tito_session
        through_class = isinstance(holder, type) and method.kind is not classmethod
        self._tito_sort = "function" if through_class or method.kind is staticmethod else "method"
        self._tito_holder = holder
        self._tito_owner = owner
        self.__name__ = method.name
        self.__qualname__ = f"{method.owner.__qualname__}.{method.name}"

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it in the subject."""
        return self._tito_session.method(self._tito_holder, self.__name__, args, named, self._tito_owner)

    def function(self) -> Any:
        """Return the subject's own bound method or function."""
        holder = self._tito_holder if self._tito_owner is None else self._tito_owner
        return self._tito_session.get(holder, self.__name__)

    def __getattr__(self, name: str) -> Any:
        """Ask for what the method carries."""
        if name == "__self__" and not isinstance(self._tito_holder, type):
            return self._tito_holder
        if name.startswith("__") and name not in _READABLE | _FROM_TEXT:
            raise AttributeError(f"{self.__name__!r} has no attribute {name!r}", name=name, obj=self)
        function = self.function()
        if name in _FROM_TEXT and type(function) is Function:
            return self._tito_session.from_text(function, name, self.__qualname__)
        return getattr(function, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HELD:
            object.__setattr__(self, name, value)
        else:
            setattr(self.function(), name, value)

    def __dir__(self) -> list[str]:
        return dir(self.function())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Bound):
            return NotImplemented
        return self._tito_holder is other._tito_holder and self.__qualname__ == other.__qualname__

    def __hash__(self) -> int:
        return hash((id(self._tito_holder), self.__qualname__))

    def __repr__(self) -> str:
        return f"<method {self.__qualname__}>"

    __class__ = property(lambda self: _CLASSES[self._tito_sort])
    __doc__ = property(lambda self: self.function().__doc__)
