"""The judge's table of what the subject has told of: its classes, its objects by number, its exceptions."""

import weakref
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from tito.judging.judge.faults import Raised
from tito.judging.judge.guests import Guests
from tito.judging.judge.proxies import BUILTIN_ERRORS, Function, ProxyClass, make_class
from tito.judging.judge.sources import Sources
from tito.judging.wire.codec import Decoder, WireError

_MAX_CLASSES: Final = 1_000
_MAX_PARENTS: Final = 64
_MAX_NAME: Final = 200
_MAX_TEXT: Final = 4_000


class Objects:
    """What stands in the judge for the subject's classes and objects: one proxy each, as long as a test holds it.

    `session` is what the proxies ask; `guests` are the judge's own objects, which the subject may hand back.
    """

    def __init__(self, session: Any, guests: Guests) -> None:
        self._session = session
        self._guests = guests
        self._classes: dict[int, type] = {}
        self._proxies: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
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

    def drop(self, number: int) -> None:
        """Note that no test holds an object any longer."""
        self._dropped[number] = None

    def dropped(self) -> list[int]:
        """Return the numbers that the subject may forget."""
        return list(self._dropped)

    def forget(self) -> None:
        """Take the subject as told of what was dropped."""
        self._dropped.clear()

    def decoder(self, blob: bytes) -> Decoder:
        """Return a decoder of what the subject sends."""
        return Decoder(blob, self._value)

    def _value(self, tag: str, body: Any) -> object:
        match tag:
            case "h":
                number, kind = body
                return self._proxy(number, self._classes[kind])
            case "q":
                return self._classes[body]
            case "p":
                number, name = body
                if not isinstance(name, str) or len(name) > _MAX_NAME:
                    raise WireError("a function's name is malformed")
                return self._held(number, lambda: Function(self._session, number, name))
            case "j":
                return self._guests[body]
        raise WireError(f"an unknown node {tag!r}")

    def _proxy(self, number: int, kind: type) -> Any:
        if not isinstance(kind, ProxyClass):
            return _made([kind], "")

        def make() -> Any:
            made: Any = object.__new__(kind)  # type: ignore[arg-type]
            object.__setattr__(made, "_tito_number", number)
            return made

        return self._held(number, make)

    def _held(self, number: int, make: Callable[[], Any]) -> Any:
        if type(number) is not int:
            raise WireError("an object's number is malformed")
        held = self._proxies.get(number)
        if held is None:
            held = self._proxies[number] = make()
        self._dropped.pop(number, None)
        return held


def told_fault(value: Any, sources: Sources) -> tuple[Raised, Exception]:
    """Turn a told exception into what is known of it, and the exception to raise in the test.

    Raises WireError for what no honest subject sends.
    """
    name, parents, text, frames, kind = value
    if not isinstance(name, str) or not isinstance(text, str) or len(parents) > _MAX_PARENTS:
        raise WireError("an exception is malformed")
    told = Raised(name[:_MAX_NAME], text[:_MAX_TEXT], sources.frames(frames))
    kinds = [kind] if isinstance(kind, type) and issubclass(kind, Exception) else []
    kinds += [BUILTIN_ERRORS[each] for each in parents if each in BUILTIN_ERRORS]
    fault = _made(kinds, told.text)
    fault._tito_raised = told  # type: ignore[attr-defined]
    return told, fault


def write_back(original: Any, content: Any) -> None:
    """Give an argument of the test the content that the student's code wrote into it."""
    if type(original) is not type(content):
        raise WireError("what was written in place changed its type")
    match original:
        case np.ndarray():
            if original.flags.writeable:
                original[...] = content
        case list():
            original[:] = content
        case dict() | set():
            original.clear()
            original.update(content)


def _made(kinds: Sequence[type[Exception]], text: str) -> Exception:
    for kind in kinds:
        try:
            return kind(text)
        except TypeError:
            # Some built-in exceptions want more than a text; a parent of theirs does not.
            continue
    return Exception(text)
