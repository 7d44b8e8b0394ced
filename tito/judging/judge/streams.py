"""What stands for the subject's iterators: asked for item by item, so that an endless one costs what a test takes."""

from collections.abc import Generator
from typing import Any, Final

from tito.judging.judge.proxies import Proxy
from tito.judging.wire.streams import AWAITED, STREAMS


class Stream(Proxy):
    """What gives more than one answer; `_tito_keys` are the names by which the contract knows these."""

    _tito_kind: type
    _tito_keys: tuple[str, ...] = ("items",)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object>"

    __str__ = __repr__


class Iterator(Stream):
    """An iterator of Python's own."""

    def __iter__(self) -> "Iterator":
        return self

    def __next__(self) -> Any:
        return self._tito_session.item(self, "special", "__next__", self)

    def __length_hint__(self) -> Any:
        return NotImplemented

    def send(self, value: Any) -> Any:
        """Hand a value to a generator and return its next item."""
        return self._tito_session.item(self, "method", self, "send", (value,))

    def throw(self, *fault: Any) -> Any:
        """Raise an exception in a generator and return its next item."""
        return self._tito_session.item(self, "method", self, "throw", fault)

    def close(self) -> None:
        """End a generator."""
        self._tito_session.request("method", self, "close", ())


class Along(Stream):
    """What stands for an object of the submission's own class that can be walked along."""

    _tito_walker: Proxy

    def __del__(self) -> None:
        """Leave the number to the object, whose it is."""


class Walk(Along, Iterator):
    """A walk by an iterator: nothing of it is asked but its items, which are data."""


class Walkable(Along):
    """An iterable: what is asked of it are walks, its length and items, all data."""

    def __iter__(self) -> Stream:
        found: Stream = self._tito_session.walked(self, "__iter__")
        return found


class AsyncStream(Stream):
    """An asynchronous generator."""

    def __aiter__(self) -> "AsyncStream":
        return self

    async def __anext__(self) -> Any:
        return self._tito_session.item(self, "await", self)


class AsyncWalk(Along, AsyncStream):
    """A walk by an asynchronous iterator: nothing of it is asked but its items, which are data."""


class AsyncWalkable(Along):
    """An asynchronous iterable: what is asked of it are walks."""

    def __aiter__(self) -> Stream:
        found: Stream = self._tito_session.walked(self, "__aiter__")
        return found


class Awaited(Stream):
    """A coroutine, which the subject runs to its end when it is awaited here."""

    def __await__(self) -> Generator[Any, Any, Any]:
        yield from ()
        return self._tito_session.item(self, "await", self)

    def send(self, _: Any) -> Any:
        """Give the coroutine's result, as an event loop asks for it."""
        raise StopIteration(self._tito_session.item(self, "await", self))

    def close(self) -> None:
        """Leave the coroutine where it is: it is awaited there or nowhere."""


def _made(name: str, kind: type) -> type:
    base = {"coroutine": Awaited, "async_generator": AsyncStream}.get(name, Iterator)
    return type(name.rpartition(".")[2], (base,), {"__class__": property(lambda _: kind), "_tito_kind": kind})


_CLASSES: Final = {name: _made(name, kind) for name, kind in (STREAMS | AWAITED).items()}


def stream(session: Any, number: int, name: str) -> Any:
    """Return what stands for an iterator or a coroutine. Raises KeyError where there is no such kind."""
    kind = type(name, (_CLASSES[name],), {"_tito_session": session})
    found: Any = object.__new__(kind)
    object.__setattr__(found, "_tito_number", number)
    return found


def walk(session: Any, walker: Any, *, again: bool) -> Along | None:
    """Return what stands for an object that can be walked along, where no object is wanted; None for any other.

    One that can be walked along `again`, and is no iterator, stands where the reference gave nothing but items.
    """
    if not isinstance(walker, Proxy) or isinstance(walker, Stream):
        return None
    known = (*_WALKS.items(), *(_WALKED.items() if again else ()))
    kind = next((each for name, each in known if hasattr(type(walker), name)), None)
    if kind is None:
        return None
    asked = {name: _asked(name) for name in _SIZED if kind is Walkable and hasattr(type(walker), name)}
    found: Along = object.__new__(type("iterator", (kind,), {"_tito_session": session, **asked}))
    object.__setattr__(found, "_tito_number", walker._tito_number)
    object.__setattr__(found, "_tito_walker", walker)
    return found


_WALKS: Final[dict[str, type[Along]]] = {"__next__": Walk, "__anext__": AsyncWalk}
_WALKED: Final[dict[str, type[Along]]] = {"__iter__": Walkable, "__aiter__": AsyncWalkable}
_SIZED: Final = ("__len__", "__getitem__")


def _asked(name: str) -> Any:
    def special(self: Stream, *args: Any) -> Any:
        return self._tito_session.item(self, "special", name, self, *args)

    return special
