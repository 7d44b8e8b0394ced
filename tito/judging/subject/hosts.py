"""Hosts: a test's objects as descriptors of the student's meet them, with room for what these keep there."""

from collections.abc import Mapping
from typing import Any, Final

from tito.judging.subject.handles import Guest


class Hosts:
    """One host for each of the judge's objects whose class has a descriptor of the student's.

    What the student's code keeps in its `__dict__`, or under private names, stays in this process: a test's object
    has nothing of it. The rest is asked of the test's object.
    """

    def __init__(self) -> None:
        self._hosts: dict[int, Guest] = {}
        self._classes: dict[type[Guest], type[Guest]] = {}

    def of(self, guest: Guest) -> Guest:
        """Return what a descriptor meets in place of a guest, the same one each time."""
        number: int = guest._tito_number
        if number not in self._hosts:
            kind = type(guest)
            if kind not in self._classes:
                self._classes[kind] = type(kind.__name__, (kind,), dict(_SPACE))
            host = self._hosts[number] = object.__new__(self._classes[kind])
            for name in Guest.__slots__[1:]:
                object.__setattr__(host, name, object.__getattribute__(guest, name))
            object.__setattr__(host, "_tito_kept", {})
        return self._hosts[number]


def _kept(self: Any) -> dict[str, Any]:
    kept: dict[str, Any] = object.__getattribute__(self, "_tito_kept")
    return kept


def _get(self: Any, name: str) -> Any:
    kept = _kept(self)
    return kept[name] if name in kept else Guest.__getattr__(self, name)


def _set(self: Any, name: str, value: Any) -> None:
    if name.startswith("_"):
        _kept(self)[name] = value
    else:
        Guest.__setattr__(self, name, value)


def _delete(self: Any, name: str) -> None:
    if name not in _kept(self):
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
    del _kept(self)[name]


_SPACE: Final[Mapping[str, Any]] = {
    "__dict__": property(_kept),
    "__getattr__": _get,
    "__setattr__": _set,
    "__delattr__": _delete,
}
