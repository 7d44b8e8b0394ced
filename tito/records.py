"""Frozen dataclasses with slots, made in a quarter of the time.

The library writes and compiles six methods for each such class, which takes 0.45 ms in Python 3.11, and a command
loads some hundred classes before it does anything. Here the library makes the class, and of its methods `__init__`
alone is compiled; the others are the same for all. Fields, defaults, `replace`, patterns and pickles are as they are
there. `tests/benchmarks/records.py` says what that saves, and whether it still does.
"""

import dataclasses
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Final

__all__ = ["dataclass"]

_SET: Final = object.__setattr__
_VALUES: Final = "_tito_values"
_FAST: Final = {"frozen": True, "slots": True}

if TYPE_CHECKING:
    # So that a type checker sees what it knows.
    from dataclasses import dataclass
else:

    def dataclass(**wanted: Any) -> Any:
        """Decorate a class as the library's `dataclass` does; one that is frozen and has slots is made here."""
        return _record if wanted == _FAST else dataclasses.dataclass(**wanted)


def _record(kind: type) -> type:
    documented = kind.__doc__
    # Else the library would write a signature there, which takes longer than all the rest.
    kind.__doc__ = documented or "A record."
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    made.__doc__ = documented
    fields = dataclasses.fields(made)
    names = [each.name for each in fields]
    own = vars(kind)
    values = attrgetter(*names) if len(names) > 1 else _few(names)
    for name, method in (_METHODS | {"__init__": _init(made, fields), _VALUES: values}).items():
        if name not in own or (name == "__hash__" and own[name] is None):
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


def _init(kind: type, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    """Return `__init__` with the fields as its parameters, in their order and with their defaults."""
    known: dict[str, Any] = {"_set": _SET}
    parameters, lines = ["self"], []
    for place, each in enumerate(fields):
        given = each.name
        if each.default is not dataclasses.MISSING:
            known[f"_d{place}"] = each.default
            parameters.append(f"{each.name}=_d{place}")
        elif each.default_factory is not dataclasses.MISSING:
            known[f"_d{place}"] = each.default_factory
            parameters.append(f"{each.name}=_d{place}")
            given = f"_d{place}() if {each.name} is _d{place} else {each.name}"
        else:
            parameters.append(each.name)
        lines.append(f" _set(self, {each.name!r}, {given})")
    if hasattr(kind, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or " pass"), known)  # noqa: S102 - names of fields alone
    made = known["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    made.__annotations__ = {each.name: each.type for each in fields} | {"return": None}
    return made


def _few(names: list[str]) -> Any:
    return (lambda record: (getattr(record, names[0]),)) if names else (lambda _: ())


@recursive_repr()
def _repr(self: Any) -> str:
    values = zip(dataclasses.fields(self), _of(self), strict=True)
    return f"{type(self).__qualname__}({', '.join(f'{each.name}={value!r}' for each, value in values if each.repr)})"


def _eq(self: Any, other: object) -> Any:
    return _of(self) == _of(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_of(self))


def _refuse_set(_: object, name: str, __: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return list(_of(self))


def _restore(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        _SET(self, each.name, value)


def _of(record: Any) -> tuple[Any, ...]:
    """Return the values of a record's fields."""
    return getattr(type(record), _VALUES)(record)  # type: ignore[no-any-return]


_METHODS: Final[dict[str, Any]] = {
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
