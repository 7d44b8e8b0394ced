"""The test's own exceptions that the student's code meets: raised into it, or handed over."""

from typing import Any, Final

from tito.judging.judge.guests import Guests, library_path
from tito.judging.judge.raised import Error
from tito.judging.wire.codec import Encoder, WireError

_MAX_TEXT: Final = 4_000
# More than a subject keeps: what it forgets is told by its class and its parts.
_MOST: Final = 1_000


class Thrown:
    """The numbers of a test's exceptions, by which the subject says that it means the very same.

    What the student's code was given it may raise, as it may in one process; so a number that was not given out in
    this test stands for nothing.
    """

    def __init__(self, guests: Guests) -> None:
        self._guests = guests
        self._faults: dict[int, BaseException] = {}
        self._numbers: dict[int, int] = {}
        self._next = 1

    def clear(self) -> None:
        """Forget what another test's were."""
        self._faults.clear()
        self._numbers.clear()

    def __getitem__(self, number: Any) -> BaseException:
        if type(number) is not int or number not in self._faults:
            raise WireError("an exception is none that the test gave")
        return self._faults[number]

    def node(self, value: Any, encoder: Encoder) -> object:
        """Return the node of an exception, of an exception class of the test's, or of any other guest."""
        kind = type(value)
        if issubclass(kind, BaseException) and not issubclass(kind, Error):
            return {"w": [self._number(value), *self._parts(value, encoder)]}
        if issubclass(kind, type) and self._is_own(value):
            bases = [self._nearest(each) for each in value.__bases__ if issubclass(each, BaseException)]
            return {"W": [value.__name__, self._guests.node(value, encoder), *map(encoder.encode, bases)]}
        return self._guests.node(value, encoder)

    def _number(self, fault: BaseException) -> int:
        number = self._numbers.setdefault(id(fault), self._next)
        if number == self._next:
            self._faults[number] = fault
            self._next += 1
            if len(self._faults) > _MOST:
                del self._numbers[id(self._faults.pop(next(iter(self._faults))))]
        return number

    def _parts(self, fault: BaseException, encoder: Encoder) -> list[object]:
        """Return the nodes of an exception's class and arguments; of a test's own its text and the guest as well."""
        kind = self._nearest(type(fault))
        parts = [encoder.encode(kind), _args(fault, encoder)]
        return [*parts, _text(fault), self._guests.node(fault, encoder)] if self._is_own(kind) else parts

    def _nearest(self, kind: type) -> type:
        """Return the class, or what it derives from that there is over there as well."""
        return next(
            each for each in kind.__mro__ if library_path(each) or self._is_own(each) or issubclass(each, Error)
        )

    def _is_own(self, kind: type) -> bool:
        return issubclass(kind, BaseException) and not issubclass(kind, Error) and self._guests.serves(kind)


def _args(fault: BaseException, encoder: Encoder) -> object:
    """Return the node of what an exception is made of, or of its text where that cannot be handed over."""
    met = len(encoder.mutables)
    try:
        # Some have what `args` lacks: a file's name, a place in a text.
        return encoder.encode(tuple(fault.__reduce__()[1]))
    except Exception:  # noqa: BLE001 - whatever else stands in it
        encoder.forget(met)
        return encoder.encode((_text(fault),))


def _text(fault: BaseException) -> str:
    try:
        return str(fault)[:_MAX_TEXT]
    except Exception:  # noqa: BLE001 - a test's own __str__ may raise anything
        return ""
