"""What stands for the subject's iterators: asked for item by item, so that an endless one costs what a test takes."""

from collections.abc import Coroutine
from typing import Any

from tito.judging.judge.proxies import Proxy
from tito.judging.wire.streams import AWAITED, STREAMS


class Stream(Proxy):
    """An iterator of Python's own; `_tito_keys` are the names by which the contract knows its items."""

    _tito_kind: type
    _tito_keys: tuple[str, ...] = ("items",)

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> Any:
        return self._tito_session.item("special", self, "__next__", self)

    def __length_hint__(self) -> Any:
        return NotImplemented

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object>"

    __str__ = __repr__

    def send(self, value: Any) -> Any:
        """Hand a value to a generator and return its next item."""
        return self._tito_session.item("method", self, self, "send", (value,))

    def throw(self, *fault: Any) -> Any:
        """Raise an exception in a generator and return its next item."""
        return self._tito_session.item("method", self, self, "throw", fault)

    def close(self) -> None:
        """End a generator."""
        self._tito_session.request("method", self, "close", ())


class AsyncStream(Stream):
    """An asynchronous generator."""

    def __aiter__(self) -> "AsyncStream":
        return self

    async def __anext__(self) -> Any:
        return self._tito_session.item("await", self, self)


def _made(name: str, kind: type, base: type) -> type:
    space = {"__class__": property(lambda _: kind), "_tito_kind": kind}
    return type(name.rpartition(".")[2], (base,), space)


_CLASSES = {
    **{name: _made(name, kind, Stream) for name, kind in STREAMS.items()},
    **{name: _made(name, kind, AsyncStream) for name, kind in AWAITED.items()},
}


def stream(session: Any, number: int, name: str) -> Any:
    """Return what stands for an iterator; of a coroutine, its Stream. Raises KeyError where there is no such kind."""
    kind = type(name, (_CLASSES[name],), {"_tito_session": session})
    found: Any = object.__new__(kind)
    object.__setattr__(found, "_tito_number", number)
    return found


def coroutine(held: Any) -> Coroutine[Any, Any, Any]:
    """Return a coroutine that the subject runs to its end when it is awaited here."""

    async def awaited() -> Any:
        return held._tito_session.item("await", held, held)

    return awaited()
