"""Hosts: a test's objects as descriptors of the student's meet them, with room for what these keep there."""

from typing import Any

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
                self._classes[kind] = type(kind.__name__, (kind,), {"__setattr__": _set, "__delattr__": _delete})
            host = self._hosts[number] = object.__new__(self._classes[kind])
            for name in Guest.__slots__[1:]:
                object.__setattr__(host, name, object.__getattribute__(guest, name))
        return self._hosts[number]


def _set(self: Any, name: str, value: Any) -> None:
    if name.startswith("_"):
        object.__setattr__(self, name, value)
    else:
        Guest.__setattr__(self, name, value)


def _delete(self: Any, name: str) -> None:
    object.__delattr__(self, name)
