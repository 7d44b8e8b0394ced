"""Runs what an event loop waits for, in a process that may open no sockets."""

import asyncio
import types
from typing import Any


class Loop(asyncio.SelectorEventLoop):
    """An event loop that no other thread can wake up, which is all that its sockets are for."""

    def finish(self, value: Any) -> Any:
        """Run a coroutine to its end, or an asynchronous generator to its next item."""
        step = anext(value) if isinstance(value, types.AsyncGeneratorType) else value
        asyncio.set_event_loop(self)
        return self.run_until_complete(_result(step))

    def _make_self_pipe(self) -> None:
        self._ssock = self._csock = None

    def _close_self_pipe(self) -> None:
        pass


async def _result(step: Any) -> Any:
    return await step
