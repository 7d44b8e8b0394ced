"""Runs what an event loop waits for, in a process that may open no sockets: its loops wake themselves by a pipe."""

import os
import types
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any


class Pipes:
    """A finder that gives asyncio's loops a pipe in place of their pair of sockets, when a lesson first imports it."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, _: Any = None) -> ModuleSpec | None:
        """Find the one module, whose class of loops is changed once it has run."""
        if name != "asyncio.selector_events":
            return None
        spec = PathFinder.find_spec(name, path)
        loader: Any = spec.loader if spec else None
        run = loader.exec_module

        def exec_module(module: types.ModuleType) -> None:
            run(module)
            module.BaseSelectorEventLoop._make_self_pipe = _make_self_pipe  # type: ignore[attr-defined] # noqa: SLF001

        loader.exec_module = exec_module
        return spec


class _End:
    """One end of a pipe, with what asyncio asks of a socket."""

    def __init__(self, number: int) -> None:
        os.set_blocking(number, False)
        self._number = number
        self.send = lambda content: os.write(number, content)
        self.recv = lambda size: os.read(number, size)
        self.close = lambda: os.close(number)

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._number


def _make_self_pipe(self: Any) -> None:
    self._ssock, self._csock = map(_End, os.pipe())
    self._internal_fds += 1
    self._add_reader(self._ssock.fileno(), self._read_from_self)


def event_loop() -> Any:
    """Return a new event loop."""
    import asyncio  # noqa: PLC0415 - few lessons have an event loop, and this costs some 40 ms

    return asyncio.new_event_loop()


def finished(loop: Any, value: Any) -> Any:
    """Run a coroutine to its end, or an asynchronous generator to its next item, and return what it gives."""
    step = anext(value) if isinstance(value, types.AsyncGeneratorType) else value

    async def result() -> Any:
        return await step

    return loop.run_until_complete(result())
