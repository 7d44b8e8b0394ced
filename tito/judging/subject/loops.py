"""asyncio without sockets: a submission may open none, and an event loop wakes itself by a pair of them."""

import os
from collections.abc import Awaitable
from typing import Any


class _PipeEnd:
    """One end of a pipe with the few methods of a socket that an event loop's own pair needs."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def recv(self, size: int) -> bytes:
        return os.read(self._descriptor, size)

    def send(self, content: bytes) -> int:
        return os.write(self._descriptor, content)

    def close(self) -> None:
        os.close(self._descriptor)


def wake_by_pipe() -> None:
    """Let event loops that are made from now on wake themselves by a pipe."""
    if _SOCKETS:
        return
    from asyncio import selector_events  # noqa: PLC0415 - it takes 50 ms to load, and few submissions use it

    loop: Any = selector_events.BaseSelectorEventLoop
    loop._make_self_pipe = _make_pipe  # noqa: SLF001 - asyncio has no other way


def share() -> None:
    """Let what is made to be awaited, also where nothing runs yet, be for the loop that a notebook's cells share."""
    import asyncio  # noqa: PLC0415 - see above

    global _LOOP  # noqa: PLW0603 - there is one for a notebook's whole life
    if _LOOP is None:
        wake_by_pipe()
        _LOOP = asyncio.new_event_loop()
    asyncio.set_event_loop(_LOOP)


def by_sockets() -> None:
    """Let event loops be as Python makes them, where a submission may open sockets and pipes wake nobody."""
    global _SOCKETS  # noqa: PLW0603 - one for a process's whole life
    _SOCKETS = True


def run(awaited: Awaitable[Any]) -> Any:
    """Run what is to be awaited, a cell for one, in the loop that a notebook's cells share; return what it gives."""
    share()

    async def result() -> Any:
        return await awaited

    return _LOOP.run_until_complete(result())


_LOOP: Any = None
_SOCKETS = False


def _make_pipe(loop: Any) -> None:
    reading, writing = os.pipe()
    loop._ssock, loop._csock = _PipeEnd(reading), _PipeEnd(writing)  # noqa: SLF001 - asyncio's own names
    loop._internal_fds += 1  # noqa: SLF001
    loop._add_reader(reading, loop._read_from_self)  # noqa: SLF001
