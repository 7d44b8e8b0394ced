"""What both sides hold: objects that can change, by number, and what either side has written into one.

In one process a list that is handed over is one list: whoever writes into it, the other one sees it, and gets it
back as what it is. So each side tells with its next frame what has changed of what both hold, and calls the rest by
number.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import is_
from types import MappingProxyType
from typing import Any, Final

from tito.judging.wire.codec import Decoder, Encoder
from tito.judging.wire.codecs import Codecs
from tito.judging.wire.faults import WireError
from tito.judging.wire.numeric import np
from tito.judging.wire.plain import plain

# Each costs both sides a comparison with every frame.
MOST: Final = 256


class Shared:
    """One side's objects by number; those that it numbers itself have `sign`."""

    def __init__(self, codecs: Codecs, sign: int) -> None:
        self.objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        # What the other side knows of each.
        self._told: dict[int, Any] = {}
        self._codecs = codecs
        self._sign = sign
        self.next = sign
        self._theirs = -sign
        self._changing: list[int] = []
        self.gone: list[int] = []
        # Where each was first handed over.
        self.origins: dict[int, Any] = {}

    def encoder(self, other: Callable[[Any, Any], object]) -> Encoder:
        """Return an encoder for one frame. `sent` or `Encoder.forget` must follow."""
        return Encoder(other, self._codecs, self._numbers, self.next, self._sign, self.objects)

    def decoder(self, blob: bytes, other: Callable[[str, Any, Any], object]) -> Decoder:
        """Return a decoder for one frame of the other side; `received` must follow."""
        return Decoder(blob, other, self._codecs, self.objects, self._theirs, -self._sign)

    def changes(self, encoder: Encoder) -> list[list[Any]]:
        """Return [number, node] of what has been written into since the other side last knew it."""
        if not self._told:
            return []
        self._changing = [number for number in self._told if self._changed(number, self.objects[number])]
        for number in self._changing:
            # What it held before is held here no longer.
            self._told[number] = None
        return [[number, encoder.content(self._data(self.objects[number]))] for number in self._changing]

    def has_changed(self) -> bool:
        """Say whether anything has been written into since the other side last knew it."""
        return any(self._changed(number, self.objects[number]) for number in self._told)

    def sent(self, encoder: Encoder, origin: Any = None, start: int = 0, *, held: bool = False) -> None:
        """Take in what a frame that goes off has told and has given numbers to, unless that is `held` already.

        `origin` says where that was, from the place `start` on: what is written into it later is known by it.
        """
        for place, value in () if held else enumerate(encoder.mutables):
            self.objects[encoder.first + place * self._sign] = value
            if origin and place >= start:
                self.origins[encoder.first + place * self._sign] = origin
        self.next += len(encoder.mutables) * self._sign
        for number in self._changing:
            self._told.pop(number, None)
        self._changing, self.gone = [], []

    def hold(self, encoder: Encoder) -> list[int]:
        """Keep of what a frame gave numbers to what somebody else here holds, too, and return its places.

        What was made for an answer alone can never be handed out again. Outer ones come first, so that what only
        they hold is free when its turn comes.
        """
        values, held = encoder.mutables, []
        for place in range(len(values)):
            value, values[place] = values[place], None
            if sys.getrefcount(value) > _ALONE or _shows_what_is_held(value):
                held.append(place)
                self.objects[encoder.first + place * self._sign] = value
            else:
                del self._numbers[id(value)]
        return held

    def retract(self, encoder: Encoder, held: Iterable[int]) -> None:
        """Take back what `hold` has kept: the frame cannot be sent."""
        for place in held:
            self.forget(encoder.first + place * self._sign)

    def received(self, decoder: Decoder, kept: Sequence[int] | None = None) -> None:
        """Take in what a frame of the other side gave numbers to: all, or what stands at the places `kept`."""
        for place in range(len(decoder.mutables)) if kept is None else kept:
            value = decoder.mutables[place]
            number = self._theirs - place * self._sign
            self.objects[number] = value
            self._numbers[id(value)] = number
        self._theirs -= len(decoder.mutables) * self._sign

    def note(self) -> None:
        """Take what is held as the other side knows it now: called wherever somebody is about to write."""
        if len(self.objects) != len(self._told):
            for number in self.objects.keys() - self._told.keys():
                self._told[number] = self.content(self.objects[number])

    def write(self, number: int, content: Any) -> None:
        """Give an object the content that the other side gave it. Raises WireError where that cannot be."""
        value, kind = self.objects[number], type(content)
        if type(value) is not kind and type(self._data(value)) is not kind:
            raise WireError("what was written in place changed its type")
        self._told.pop(number, None)
        # What a class that derives from one of these does besides is not asked.
        if kind is list:
            list.__setitem__(value, slice(None), content)
        elif kind is dict or kind is set:
            kind.clear(value)
            kind.update(value, content)
        else:
            codec = self._codecs.of(kind)
            if codec is None or codec.fill is None:
                raise WireError(f"a {kind.__name__} is not written in place")
            codec.fill(value, content)

    def adopt(self, value: Any, content: Any, *, ours: bool) -> None:
        """Give the next number of one side to a value that went along without one and that both hold.

        `content` is what it held then.
        """
        number = self.next if ours else self._theirs
        if ours:
            self.next += self._sign
        else:
            self._theirs -= self._sign
        self.objects[number] = value
        self._numbers[id(value)] = number
        self._told[number] = content

    def origin(self, number: int) -> Any:
        """Return where an object was first handed over, or for a view where what it shows was, or None."""
        if number in self.origins or type(self.objects.get(number)) is not np.ndarray:
            return self.origins.get(number)
        value = self.objects[number]
        owners = (each for each in self.origins if type(self.objects[each]) is np.ndarray)
        return next((self.origins[each] for each in owners if np.may_share_memory(self.objects[each], value)), None)

    def insist(self, number: int) -> None:
        """Tell the other side the content of an object with the next frame, whatever it has written into it."""
        self._told[number] = None

    def sweep(self, besides: Mapping[int, int] = MappingProxyType({}), *, views: bool = False) -> None:
        """Forget what nobody else on this side holds, and the oldest of too many: the other side is told in `gone`.

        `besides` says how often an object, by id, is held by somebody who does not count. With `views`, a view of
        what others hold is kept until the other side lets go of it.
        """
        for number in list(self.objects):
            value = self.objects[number]
            alone = sys.getrefcount(value) <= _OURS + besides.get(id(value), 0)
            if (alone and not (views and _shows_what_is_held(value))) or len(self.objects) > MOST:
                self.gone.append(number)
                self.forget(number)

    def forget(self, number: int) -> None:
        """Hold an object no longer."""
        value = self.objects.pop(number, None)
        self._told.pop(number, None)
        self._numbers.pop(id(value), None)
        self.origins.pop(number, None)

    def clear(self) -> None:
        """Forget everything: what is handed over in one test is another test's no longer."""
        self.objects.clear()
        self._numbers.clear()
        self._told.clear()
        self.origins.clear()

    def content(self, value: Any) -> Any:
        """Return what says whether an object has been written into later: it differs then."""
        kind = type(value)
        if kind is np.ndarray and not value.dtype.hasobject:
            return ((value.shape, value.flags.writeable), value.tobytes())
        if kind is list or kind is set:
            return list(value)
        if kind is dict:
            return [*value, *value.values()]
        data = self._data(value)
        return self._encoded(value) if type(data) is kind else self.content(data)

    def _data(self, value: Any) -> Any:
        """Return what crosses of an object: itself, or the data that its class derives from."""
        return value if type(value) in self._codecs.mutable else plain(value)

    def _encoded(self, value: Any) -> Any:
        encoder = Encoder(lambda one, _: {"id": id(one)}, self._codecs)
        return (encoder.content(value), bytes(encoder.blob))

    def _changed(self, number: int, value: Any) -> bool:
        told, now = self._told[number], self.content(value)
        if told is None:
            return True
        if isinstance(now, list):
            return len(now) != len(told) or not all(map(is_, now, told))
        return bool(now[:2] != told[:2])


def _shows_what_is_held(value: Any) -> bool:
    """Whether an array is a view of memory that others have, too."""
    # Its own reference, and the one that is counted here.
    return type(value) is np.ndarray and value.base is not None and sys.getrefcount(value.base) > 2  # noqa: PLR2004


def _counts() -> tuple[int, int]:
    """Return what is counted here for an object in a table that is looked at, and for one that was taken out."""
    held, out = {0: object()}, [object()]
    value, out[0] = out[0], None
    alone = sys.getrefcount(value)
    for number in list(held):
        value = held[number]
        return sys.getrefcount(value), alone
    raise AssertionError


_OURS, _ALONE = _counts()
