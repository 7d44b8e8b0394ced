"""Runs what an event loop waits for, in a process that may open no sockets."""

import types
from typing import Any


def event_loop() -> Any:
    """Return an event loop that no other thread can wake up, which is all that its sockets are for."""
    import asyncio  # noqa: PLC0415 - few lessons have an event loop, and this costs some 40 ms

    class Loop(asyncio.SelectorEventLoop):
        def _make_self_pipe(self) -> None:
            self._ssock = self._csock = None

        def _close_self_pipe(self) -> None:
            pass

    loop = Loop()
    asyncio.set_event_loop(loop)
    return loop


def finished(loop: Any, value: Any) -> Any:
    """Run a coroutine to its end, or an asynchronous generator to its next item, and return what it gives."""
    step = anext(value) if isinstance(value, types.AsyncGeneratorType) else value

    async def result() -> Any:
        return await step

    return loop.run_until_complete(result())
