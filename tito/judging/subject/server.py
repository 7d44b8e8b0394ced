"""The subject: runs a submission's cells and answers the judge's requests about what they defined.

Nothing in this process is trusted: the submission can rewrite all of it. It holds no test, no expected value and no
result, and whatever it sends is checked by the judge.
"""

import __future__

import ast
import builtins
import contextlib
import faulthandler
import inspect
import io
import random
import signal
import socket
import sys
import traceback
import types
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.linalg
import numpy.random  # numpy loads these when they are first used, which would be in every subject

from tito.judging.subject import loops
from tito.judging.subject.handles import Handles
from tito.judging.subject.surroundings import Surroundings, overheard
from tito.judging.wire.codec import Encoder, pack, unpack
from tito.judging.wire.operations import OPERATIONS

_FRAMES: Final = 8
_TEXT: Final = 4_000
_FEATURES: Final = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
_NONE: Final[Mapping[str, Any]] = types.MappingProxyType({})
_AWAIT: Final = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_ANYWHERE: Final = contextlib.nullcontext()


def serve(link: socket.socket, prerequisites: Collection[str]) -> None:
    """Answer requests on `link` until the judge closes it; tracebacks name the `prerequisites`' files as well."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the life of the process
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stdout
    # The judge asks in this way where an endless loop is.
    faulthandler.register(signal.SIGUSR1, file=1, all_threads=False)
    try:
        Subject(link, prerequisites).listen()
    except EOFError:
        return


class Subject:
    """One submission's process: its namespace, and the conversation with the judge."""

    def __init__(self, link: socket.socket, prerequisites: Collection[str]) -> None:
        self._reader = _Reader(link)
        self._send = link.sendall
        self._handles = Handles(self._ask)
        self._own = frozenset(prerequisites)
        self._wanted: Sequence[tuple[str, str]] = ()
        self._modules: dict[str, types.ModuleType] = {}
        self._surroundings: Surroundings | None = None
        self._told: dict[str, list[Any]] = {}
        self._features = 0

    def listen(self) -> None:
        """Say that this process is confined and ready, then serve one request after another."""
        self._reply("value", None)
        while True:
            tree, blob = unpack(self._reader)
            self._answer(tree, blob)

    def _answer(self, tree: dict[str, Any], blob: bytes) -> None:
        self._handles.drop(tree["drop"])
        decoder = self._handles.decoder(blob)
        args = decoder.decode(tree["args"])
        names = decoder.decode(tree["globals"]) if "globals" in tree else {}
        around = decoder.decode(tree["around"]) if "around" in tree else None
        before = [_snapshot(each) for each in decoder.mutables]
        try:
            if "seed" in tree:
                _seed(tree["seed"])
            if names:
                self._graded().__dict__.update(names)
            with self._within(around) if around is not None else _ANYWHERE:
                value = getattr(self, f"_do_{tree['do']}")(*args)
            self._reply("value", value, decoder.mutables, before)
        except Exception as fault:  # noqa: BLE001 - whatever a submission raises is an answer
            self._reply("raised", self._fault(fault))
        except BaseException as fault:  # noqa: BLE001
            self._reply("left", self._fault(fault))

    @contextlib.contextmanager
    def _within(self, around: Mapping[str, Any]) -> Iterator[None]:
        """Be where a test wants its calls to be, and keep what is warned of and logged for the reply."""
        if self._surroundings is None:
            self._surroundings = Surroundings()
        self._surroundings.set(around)
        with overheard(self._told):
            yield

    def _reply(self, kind: str, value: object, after: Sequence[Any] = (), before: Sequence[Any] = ()) -> None:
        sys.stdout.flush()
        encoder = self._handles.encoder()
        node = encoder.encode(value)
        written = [
            [place, encoder.encode(now)]
            for place, (now, then) in enumerate(zip(after, before, strict=True))
            if _differs(now, then)
        ]
        glances = [*self._found(encoder), *self._handles.glances(encoder)]
        tree = {"kind": kind, "value": node, "written": written, "held": glances, "new": self._handles.fresh}
        if self._told:
            tree["told"], self._told = self._told, {}
        self._handles.fresh = []
        self._send(pack(tree, encoder.blob))

    def _found(self, encoder: Encoder) -> list[list[Any]]:
        """Return [module, {name: node}] of what the judge wants next, once."""
        wanted, self._wanted = self._wanted, ()
        found = []
        for module, name in wanted:
            # What cannot be told here is left to the judge's question.
            with contextlib.suppress(Exception):
                found.append([module, {name: encoder.encode(vars(sys.modules[module])[name])}])
        return found

    def _ask(self, what: str, *args: Any) -> Any:
        """Ask the judge about one of its own objects, serving what it asks meanwhile."""
        self._reply("ask", (what, *args))
        while True:
            tree, blob = unpack(self._reader)
            if "do" in tree:
                self._answer(tree, blob)
                continue
            value = self._handles.decoder(blob).decode(tree["value"])
            if tree["kind"] == "value":
                return value
            name, text = value
            raise getattr(builtins, name, RuntimeError)(text)

    def _do_run(
        self,
        name: str,
        cells: Sequence[tuple[str, int, str]],
        wanted: Sequence[tuple[str, str]],
        likely: dict[str, list[str]],
    ) -> list[Any]:
        """Run cells one by one in module `name`, which others may have begun; return what each that failed raised.

        `wanted` are the (module, name) that the judge asks for next, `likely` the attributes by class.
        """
        self._handles.expect(likely)
        self._wanted = wanted
        module = self._modules.get(name) or self._module(name)
        self._own |= {label for label, _, _ in cells}
        return [
            (place, fault) for place, cell in enumerate(cells) if (fault := self._run_cell(module, *cell)) is not None
        ]

    def _module(self, name: str) -> types.ModuleType:
        module = self._modules[name] = types.ModuleType(name)
        module.__dict__.update(display=print, get_ipython=lambda: None)
        sys.modules[name] = module
        parent, _, own = name.rpartition(".")
        if parent in sys.modules:
            setattr(sys.modules[parent], own, module)
        return module

    def _graded(self) -> types.ModuleType:
        """Return the module that the cells of the graded submission run in, behind any of earlier ones."""
        return list(self._modules.values())[-1]

    def _run_cell(self, module: types.ModuleType, label: str, line: int, source: str) -> Any:
        try:
            code = compile("\n" * (line - 1) + source, label, "exec", self._features | _AWAIT, dont_inherit=True)
            # As in a notebook, `from __future__ import …` holds for the cells behind it.
            self._features |= code.co_flags & _FEATURES
            if "asyncio" in source or code.co_flags & inspect.CO_COROUTINE:
                loops.wake_by_pipe()
            # Running the submission is what this process is for.
            awaited = eval(code, module.__dict__)  # noqa: S307
            if code.co_flags & inspect.CO_COROUTINE:
                loops.run(awaited)
        except BaseException as fault:  # noqa: BLE001 - as in a notebook, the next cell still runs
            return self._fault(fault)

    def _do_program(self, cells: Sequence[tuple[str, int, str]], stdin: str, args: Sequence[str]) -> int:
        """Run the cells as a script that reads `stdin`, up to the first that raises; return its exit code."""
        sys.argv, sys.stdin = [cells[0][0] if cells else "", *args], io.StringIO(stdin)
        module = self._module("__main__")
        try:
            for label, line, source in cells:
                code = compile("\n" * (line - 1) + source, label, "exec", dont_inherit=True)
                exec(code, module.__dict__)  # noqa: S102 - running the submission is what this process is for
        except SystemExit as end:
            if isinstance(end.code, int | None):
                return end.code or 0
            sys.stdout.write(f"{end.code}\n")
            return 1
        except Exception:  # noqa: BLE001 - as Python does with a script
            traceback.print_exc()
            return 1
        return 0

    def _do_find(self, module: str, name: str) -> Any:
        try:
            return vars(sys.modules[module])[name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined", name=name) from None

    def _do_get(self, value: Any, name: str) -> Any:
        return getattr(value, name)

    def _do_set(self, value: Any, name: str, content: Any) -> None:
        setattr(value, name, content)

    def _do_delete(self, value: Any, name: str) -> None:
        delattr(value, name)

    # What most calls lack stands last, and is left out of their frames.

    def _do_call(self, function: Callable[..., Any], args: tuple[Any, ...], named: Mapping[str, Any] = _NONE) -> Any:
        return function(*args, **named)

    def _do_method(
        self, value: Any, name: str, args: tuple[Any, ...], named: Mapping[str, Any] = _NONE, owner: Any = None
    ) -> Any:
        if owner is None:
            return getattr(value, name)(*args, **named)
        return getattr(owner, name)(value, *args, **named)

    def _do_special(self, name: str, *args: Any) -> Any:
        return OPERATIONS[name](*args)

    def _do_derive(self, name: str, bases: Sequence[type], methods: Sequence[str]) -> type:
        """Make a subclass whose `methods` are the judge's, for a class that a test derives from a student's."""

        def overriding(method: str) -> Callable[..., Any]:
            def call(this: Any, *args: Any, **named: Any) -> Any:
                return self._ask("invoke", kind, method, (this, *args), named)

            return call

        kind: type = type(name, tuple(bases), {each: overriding(each) for each in methods})
        return kind

    def _do_beside(self, label: str, source: str, name: str) -> None:
        """Run one locked test here, beside the submission: only for what cannot be judged from outside."""
        space: dict[str, Any] = {"__name__": "beside"}
        exec(compile(source, label, "exec"), space)  # noqa: S102
        space[name]()

    def _fault(self, fault: BaseException) -> Any:
        kind = type(fault)
        names = [each.__name__ for each in kind.__mro__ if vars(builtins).get(each.__name__) is each]
        try:
            text = str(fault.msg if isinstance(fault, SyntaxError) else fault)[:_TEXT]
        except Exception:  # noqa: BLE001 - a student's __str__ may raise anything
            text = "(its text cannot be shown)"
        return (kind.__name__, names, text, self._frames(fault), kind if issubclass(kind, Exception) else None)

    def _frames(self, fault: BaseException) -> list[tuple[str, int, str]]:
        found = deque(
            (
                (frame.f_code.co_filename, line, frame.f_code.co_name)
                for frame, line in traceback.walk_tb(fault.__traceback__)
                if frame.f_code.co_filename in self._own
            ),
            maxlen=_FRAMES,
        )
        if isinstance(fault, SyntaxError) and fault.filename in self._own:
            found.append((str(fault.filename), fault.lineno or 1, "<cell>"))
        return list(found)


class _Reader:
    """Exactly as many bytes as asked for, from a socket. Raises EOFError when the judge has gone."""

    def __init__(self, link: socket.socket) -> None:
        self._file = link.makefile("rb")

    def read(self, size: int) -> bytes:
        content = self._file.read(size)
        if len(content) < size:
            raise EOFError
        return content


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - students use the legacy generator


def _snapshot(value: Any) -> Any:
    match value:
        case np.ndarray():
            return value.tobytes()
        case dict():
            return list(value.items())
        case _:
            return list(value)


def _differs(now: Any, then: Any) -> bool:
    if isinstance(now, np.ndarray):
        return bool(now.tobytes() != then)
    parts = list(now.items()) if isinstance(now, dict) else list(now)
    if isinstance(now, dict):
        parts, then = [x for pair in parts for x in pair], [x for pair in then for x in pair]
    return len(parts) != len(then) or any(a is not b for a, b in zip(parts, then, strict=True))
