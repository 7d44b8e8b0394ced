"""The judge's table of what the subject has told of: its classes, its objects by number."""

import weakref
from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np

from tito.judging.judge.classes import make_class
from tito.judging.judge.functions import Function
from tito.judging.judge.guests import Guests
from tito.judging.judge.proxies import EnumProxyClass, Proxy, ProxyClass
from tito.judging.judge.raised import Error
from tito.judging.judge.streams import Stream, stream
from tito.judging.wire.codec import Decoder, WireError
from tito.judging.wire.codecs.records import tag_of

_MAX_CLASSES: Final = 1_000
_MAX_NAME: Final = 200
_MAX_KNOWN: Final = 16
_MAX_MEMBERS: Final = 10_000
# These cannot be referred to weakly, so each time that one comes it is a new one.
_UNNOTED: Final = frozenset({tuple, int, bytes})
_CHANGING: Final = frozenset({list, dict, set, bytearray})


class Objects:
    """What stands in the judge for the subject's classes and objects: one proxy each, as long as a test holds it.

    `session` is what the proxies ask; `guests` are the judge's own objects, which the subject may hand back. Where it
    is `reducing`, an object that is data besides is that data. `others` counts what was decoded that is not data,
    `loud` what of it does otherwise than the data that it is besides.
    `streams` are the iterators that were decoded since it was emptied.
    """

    def __init__(self, session: Any, guests: Guests, records: Collection[str], *, recording: bool) -> None:
        self.others = 0
        self.loud = 0
        self.reducing = False
        self.recording = recording
        self.streams: list[Stream] = []
        # What was asked for, and of what: functions in the answer are known by that.
        self.origin: tuple[Any, str] | None = None
        # What callable objects were the answer to, by number.
        self.known: dict[int, str] = {}
        # The numbers of objects that stand where data is due.
        self.silent: set[int] = set()
        self._session = session
        self._guests = guests
        self._records = frozenset(map(tag_of, records))
        self._classes: dict[int, type] = {}
        self._proxies: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
        # Members of enumerations that cannot be referred to weakly either; each is one object for good.
        self._members: dict[int, Any] = {}
        # What handed over a plain copy where data was expected, with that copy: both change together.
        self._reduced: dict[int, tuple[Any, Any]] = {}
        self._copies: dict[int, int] = {}
        # The numbers of what a test holds of classes that say what happens when an object goes.
        self.mortal: set[int] = set()
        self._dropped: dict[int, None] = {}

    def learn(self, new: Sequence[dict[str, Any]]) -> None:
        """Build proxy classes from their descriptions. Raises WireError for what no honest subject sends."""
        for told in new:
            number = told["number"]
            if type(number) is not int or number in self._classes or len(self._classes) >= _MAX_CLASSES:
                raise WireError("a class's number is malformed")
            self._classes[number] = make_class(self._session, told, self._classes)

    def adopt(self, kind: ProxyClass) -> None:
        """Take a test's own subclass as the class of the objects that the subject makes of it."""
        self._classes[kind._tito_class] = kind

    def hold(self, number: int, fault: Error) -> None:
        """Let an exception ask for what the subject's one has."""
        fault._tito_number = number
        fault._tito_reduced |= self.reducing
        self._proxies[number] = fault

    def error(self, number: Any, kind: type) -> Error | None:
        """Return the exception that stands for a number already. Raises WireError where that is of another class."""
        found: Error | None = self._held(number, Error)
        if number <= 0 or (found is not None and type(found) is not kind):
            raise WireError("an exception was something else before")
        return found

    def drop(self, number: int) -> None:
        """Note that no test holds an object any longer."""
        left = self._copies.get(number, 1) - 1
        if left:
            self._copies[number] = left
        else:
            self._copies.pop(number, None)
            self._dropped[number] = None

    def dropped(self) -> list[int]:
        """Return the numbers that the subject may forget."""
        return list(self._dropped)

    def forget(self) -> None:
        """Take the subject as told of what was dropped."""
        self._dropped.clear()

    def refill(self, number: Any, content: Any) -> None:
        """Give an object that is a list, dict or set besides the content that it has now."""
        held = self._proxies.get(number)
        if held is not None:
            _fill(held, type(held)._tito_native, content)
        if number in self._reduced:
            _fill(self._reduced[number][1], type(self._reduced[number][1]), content)

    def reduced(self, held: Any, copy: Any) -> None:
        """Keep a copy that a test is given in place of an object as that object's content changes."""
        if type(copy) in _CHANGING and isinstance(held, Proxy):
            self._reduced[held._tito_number] = (held, copy)

    def settle(self) -> None:
        """Let go of what one test was given."""
        self._reduced.clear()
        self.known.clear()
        self.silent.clear()

    def value(self, tag: str, body: Any, decoder: Decoder) -> object:  # noqa: PLR0911 - a table in match form
        """Return what a node that is no data stands for: a decoder asks this."""
        if tag == "u":
            return self._stream(*body)
        if tag == "v":
            return self._fault(body, decoder)
        if tag == "h" and self.reducing and len(body) == 4:  # noqa: PLR2004 - with its content
            return decoder.decode(body[3])
        if tag == "j":
            # What is the judge's own answers to nobody but the judge.
            self.others += self.recording
            return self._guests[body]
        self.others += 1
        match tag:
            case "h":
                return self._object(decoder, *body)
            case "q":
                self.loud += 1
                return self._classes[body]
            case "p":
                return self._function(*body)
            case "x" if body[0] in self._records:
                return Unknown()
        raise WireError(f"an unknown node {tag!r}")

    def _fault(self, body: Any, decoder: Decoder) -> BaseException:
        """Return an exception, which is data where what it is equal to is decided here."""
        before = self.others
        fault: BaseException = self._session.fault_of(decoder.decode(body))
        if self.reducing:
            self.others = before
        return fault

    def _function(self, number: Any, name: Any, sort: Any) -> Function:
        if not isinstance(name, str) or len(name) > _MAX_NAME:
            raise WireError("a function's name is malformed")
        found: Function | None = self._held(number, Function)
        if found is None:
            found = self._proxies[number] = Function(self._session, number, name, sort)
        if self.origin is not None and len(found._tito_known) < _MAX_KNOWN:
            found._tito_known.add(self._session.keyed(*self.origin))
        return found

    def _stream(self, number: Any, name: str) -> Any:
        found = self._held(number, Stream)
        if found is None:
            found = self._proxies[number] = stream(self._session, number, name)
        self.streams.append(found)
        return found

    def _object(self, decoder: Decoder, number: int, kind: int, hashed: Any = None, content: Any = ...) -> Any:
        made_of: Any = self._classes[kind]
        if not isinstance(made_of, ProxyClass) or (hashed is not None and type(hashed) is not int):
            raise WireError("an object is malformed")
        self.loud += not made_of._tito_quiet
        if made_of._tito_native is not object:
            return self._native(decoder, made_of, number, hashed, content)
        made = self._held(number, Proxy)
        if made is None:
            made = _OBJECT(made_of)
            self._keep(number, made)
        if content is not ... and type(plain := decoder.decode(content)) is not np.ndarray:
            # What it is where it has no say; arrays change.
            object.__setattr__(made, "_tito_plain", plain)
        if hashed is not None:
            object.__setattr__(made, "_tito_hash", hashed)
        return made

    def _native(self, decoder: Decoder, kind: Any, number: int, hashed: Any, content: Any) -> Any:
        """Return an object that is data besides, with its content."""
        native: type = kind._tito_native
        if native in _CHANGING:
            made = self._held(number, Proxy)
            if made is None:
                made = self._keep(number, _new(native)(kind))
            if content is not ...:
                _fill(made, native, decoder.decode(content))
            return made
        plain = decoder.decode(content)
        if type(plain) is not native:
            raise WireError("an object's content is malformed")
        if native not in _UNNOTED:
            made = self._held(number, Proxy)
            if made is not None:
                return made
        if number in self._members:
            return self._members[number]
        made = _new(native)(kind, plain)
        object.__setattr__(made, "_tito_hash", hashed)
        if native in _UNNOTED:
            if isinstance(kind, EnumProxyClass) and len(self._members) < _MAX_MEMBERS:
                self._members[number] = made
            return self._copy(number, made)
        return self._keep(number, made)

    def _keep(self, number: int, made: Any) -> Any:
        object.__setattr__(made, "_tito_number", number)
        self._proxies[number] = made
        if type(made)._tito_mortal:
            self.mortal.add(number)
        return made

    def _copy(self, number: Any, made: Any) -> Any:
        if type(number) is not int:
            raise WireError("an object's number is malformed")
        object.__setattr__(made, "_tito_number", number)
        self._copies[number] = self._copies.get(number, 0) + 1
        self._dropped.pop(number, None)
        return made

    def _held(self, number: Any, kind: type) -> Any:
        """Return what stands for a number already, or None."""
        if type(number) is not int:
            raise WireError("an object's number is malformed")
        held = self._proxies.get(number)
        if held is not None and not issubclass(type(held), kind):
            raise WireError("an object was something else before")
        self._dropped.pop(number, None)
        return held


class Unknown:
    """A record whose class the judge has not made yet: it stands before it in the source."""


def _new(native: Any) -> Any:
    return native.__new__


_OBJECT: Final[Any] = object.__new__


def _fill(held: Any, native: type, content: Any) -> None:
    if type(content) is not native:
        raise WireError("an object's content changed its type")
    match content:
        case list():
            list.__setitem__(held, slice(None), content)
        case dict():
            dict.clear(held)
            dict.update(held, content)
        case set():
            set.clear(held)
            set.update(held, content)
        case bytearray():
            bytearray.__setitem__(held, slice(None), content)
