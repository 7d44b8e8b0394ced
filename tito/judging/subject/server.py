"""The subject: runs a submission's cells and answers the judge's requests about what they defined.

Nothing in this process is trusted: the submission can rewrite all of it. It holds no test, no expected value and no
result, and whatever it sends is checked by the judge.
"""

import __future__

import _thread
import ast
import contextlib
import copy
import faulthandler
import inspect
import io
import os
import random
import select
import signal
import socket
import sys
import traceback
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from tito.judging.subject import loops, shows
from tito.judging.subject.faults import name_allowed, told_fault
from tito.judging.subject.handles import Guest, Handles
from tito.judging.subject.hosts import Hosts
from tito.judging.subject.surroundings import Surroundings, overheard
from tito.judging.wire.codec import Encoder, pack, unpack
from tito.judging.wire.codecs import STANDARD
from tito.judging.wire.codecs.records import is_record, record
from tito.judging.wire.numeric import PRESENT, np
from tito.judging.wire.operations import OPERATIONS

_FEATURES: Final = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
_NONE: Final[Mapping[str, Any]] = types.MappingProxyType({})
_GONE: Final = object()
_AWAIT: Final = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_MAIN: Final = "__main__"
_ANYWHERE: Final = contextlib.nullcontext()
_CHUNK: Final = 1 << 14
_LARGE: Final = 1 << 20
_MUCH: Final = 1 << 16


def serve(link: socket.socket, prerequisites: Collection[str], allowed: Collection[str] = ()) -> None:
    """Answer requests on `link` until the judge closes it; tracebacks name the `prerequisites`' files as well.

    Where a module cannot be imported, what is said names the packages that are `allowed`.
    """
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the life of the process
    sys.stdout = open(  # noqa: SIM115
        1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", newline="\n", closefd=False
    )
    sys.stderr = sys.stdout
    # What this process was started with is nobody's arguments.
    sys.argv[:] = [""]
    # As in a notebook, modules that lie beside it can be imported; none of them hides one of Python's.
    sys.path.append(os.getcwd())  # noqa: PTH109 - pathlib takes milliseconds to load in each subject
    # The judge asks in this way where an endless loop is.
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1, file=1, all_threads=False)
    try:
        Subject(link, prerequisites, allowed).listen()
    except EOFError:
        return


class Subject:
    """One submission's process: its namespace, and the conversation with the judge."""

    def __init__(self, link: socket.socket, prerequisites: Collection[str], allowed: Collection[str] = ()) -> None:
        self._reader = _Reader(link)
        self._send = link.sendall
        self._codecs = STANDARD.copy()
        self._handles = Handles(self._ask, self._codecs)
        self._hosts = Hosts()
        self._own = frozenset(prerequisites)
        self._allowed = allowed
        self._wanted: Sequence[tuple[str, str]] = ()
        # What names stood for when the judge was told of them, or told of them itself, by (module, name).
        self._known: dict[tuple[str, str], Any] = {}
        self._lent: set[tuple[str, str]] = set()
        self._modules: dict[str, types.ModuleType] = {}
        self._surroundings: Surroundings | None = None
        self._told: dict[str, list[Any]] = {}
        # Where it was not forked, one waits for the judge.
        self._threads = _thread._count()  # noqa: SLF001 - nothing else counts those that were started in any way
        self._features = 0
        # What the last cell ended in, where that is to be shown.
        self._last: Any = None

    def listen(self) -> None:
        """Say that this process is confined and ready, then serve one request after another."""
        self._reply("value", [None])
        while True:
            self.answer()

    def answer(self) -> None:
        """Serve the next request. Raises EOFError where the judge has closed the link."""
        self._answer(*unpack(self._reader))

    def _answer(self, tree: dict[str, Any], blob: bytes) -> None:
        args, names, around = self._taken(tree, blob, "args")
        try:
            if "seed" in tree:
                _seed(tree["seed"])
            if names:
                self._lend(names)
            for name in tree.get("unbound", ()):
                self._graded().__dict__.pop(name, None)
            with self._within(around) if around is not None else _ANYWHERE:
                answer = [getattr(self, f"_do_{tree['do']}")(*args)]
            # What an answer alone holds is free when it has gone off; so nothing here may hold it, either.
            del args, names
            self._reply("value", answer)
        except Exception as fault:  # noqa: BLE001 - whatever a submission raises is an answer
            self._reply("raised", [self._fault(fault)])
        except BaseException as fault:  # noqa: BLE001
            self._reply("left", [self._fault(fault)])

    @contextlib.contextmanager
    def _within(self, around: Mapping[str, Any]) -> Iterator[None]:
        """Be where a test wants its calls to be, and keep what is warned of and logged for the reply."""
        if self._surroundings is None:
            self._surroundings = Surroundings()
        self._surroundings.set(around)
        errors = io.StringIO()
        with overheard(self._told), contextlib.redirect_stderr(errors if "apart" in around else sys.stderr):
            try:
                yield
            finally:
                if text := errors.getvalue():
                    self._told["errors"] = [text[:_MUCH]]

    def _taken(self, tree: dict[str, Any], blob: bytes, key: str) -> tuple[Any, dict[str, Any], Any]:
        """Return what a frame of the judge's brings: a value, names for the module, and the surroundings.

        What it says of things from before is done.
        """
        handles, shared = self._handles, self._handles.shared
        if "fresh" in tree:
            shared.clear()
            handles.thrown.clear()
        if "took" in tree:
            handles.glances.adopt(tree["took"])
        decoder = handles.decoder(blob)
        written = [(number, decoder.content(node)) for number, node in tree.get("written", ())]
        names = decoder.decode(tree["globals"]) if "globals" in tree else {}
        value = decoder.decode(tree[key])
        around = decoder.aside(tree["around"]) if "around" in tree else None
        for number, content in written:
            shared.write(number, content)
        # What the judge let go of may be a part of what it wrote before.
        for number in tree.get("gone", ()):
            shared.forget(number)
        handles.drop(tree.get("drop", ()))
        shared.received(decoder)
        shared.note()
        return value, names, around

    def _reply(self, kind: str, answer: list[Any]) -> None:
        """Send an answer, the only item of a list, which is emptied."""
        sys.stdout.flush()
        handles, shared = self._handles, self._handles.shared
        encoder = handles.encoder()
        try:
            written = shared.changes(encoder) if shared.objects else []
            contents = handles.contents(encoder)
            node = encoder.encode(answer.pop())
        except BaseException:
            encoder.forget()
            raise
        tree = {"kind": kind, "value": node}
        held = shared.hold(encoder) if encoder.mutables else []
        if shared.objects:
            shared.sweep(views=True)
        # What a thread may change meanwhile is to be asked for.
        restless = _thread._count() > self._threads  # noqa: SLF001 - whatever started them
        seen = [] if restless else [*self._found(encoder), *handles.glances.told(encoder)]
        more = {"written": written, "contents": contents, "held": seen, "kept": held, "gone": shared.gone}
        tree |= {key: each for key, each in more.items() if each}
        if handles.fresh:
            tree["new"] = handles.fresh
        if self._told:
            tree["told"], self._told = self._told, {}
        if restless:
            tree["restless"] = True
        rebound = self._rebound()
        if rebound:
            tree["rebound"] = [name for _, name in rebound]
        try:
            frame = pack(tree, encoder.blob)
        except BaseException:
            shared.retract(encoder, held)
            raise
        shared.sent(encoder, held=True)
        if shared.objects:
            shared.note()
        handles.fresh = []
        self._known |= rebound
        self._send(frame)

    def _found(self, encoder: Encoder) -> list[list[Any]]:
        """Return [module, {name: node}] of what the judge wants next, once."""
        wanted, self._wanted = self._wanted, ()
        found = []
        for module, name in wanted:
            # What cannot be told here is left to the judge's question.
            with contextlib.suppress(Exception):
                value = vars(sys.modules[module])[name]
                # What can be written into gets a number where it is asked for.
                if not encoder.is_mutable(value):
                    found.append([module, {name: encoder.aside(value)}])
                    self._note(module, name, value)
        return found

    def _note(self, module: str, name: str, value: Any) -> None:
        """Note what the judge is told that a name stands for."""
        self._known[module, name] = value
        self._lent.discard((module, name))

    def _lend(self, names: Mapping[str, Any]) -> None:
        """Bind names of a test's in the graded module."""
        module = self._graded()
        module.__dict__.update(names)
        graded = list(self._modules)[-1]
        lent = {(graded, name): value for name, value in names.items()}
        self._known.update(lent)
        self._lent.update(lent)

    def _rebound(self) -> dict[tuple[str, str], Any]:
        """Return the names that stand for something else than the judge knows, with what that is."""
        found = {}
        for (module, name), known in self._known.items():
            value = getattr(sys.modules.get(module), "__dict__", _NONE).get(name, _GONE)
            if value is not known:
                found[module, name] = value
        return found

    def _ask(self, what: str, *args: Any) -> Any:
        """Ask the judge about one of its own objects, serving what it asks meanwhile."""
        self._reply("ask", [(what, *args)])
        while True:
            tree, blob = unpack(self._reader)
            if "do" in tree:
                self._answer(tree, blob)
                continue
            value, _, _ = self._taken(tree, blob, "value")
            if tree["kind"] == "value":
                return value
            raise value

    def _do_run(
        self,
        name: str,
        cells: Sequence[tuple[str, int, str]],
        wanted: Sequence[tuple[str, str]],
        likely: dict[str, list[str]],
        records: Sequence[str],
        *how: str,
    ) -> tuple[list[Any], list[str]]:
        """Run cells one by one in module `name`, which others may have begun; return what each that failed raised.

        `wanted` are the (module, name) that the judge asks for next, `likely` the attributes by class; `records` are
        names of classes whose objects cross by value, and those that are there are returned as well. As "main", the
        module is `__main__` to itself; "showing", what the last cell ends in is kept.
        """
        showing = "showing" in how
        if showing:
            shows.be_quiet()
        self._handles.glances.expect(likely)
        self._wanted = wanted
        # What a test has lent is its own; of what the judge has found, it hears whether cells bind it anew.
        while self._lent:
            self._known.pop(self._lent.pop(), None)
        module = self._modules.get(name) or self._module(name)
        if "main" in how:
            sys.modules[_MAIN] = module
            module.__name__ = _MAIN
        self._own |= {label for label, _, _ in cells}
        failed = [
            (place, fault)
            for place, cell in enumerate(cells)
            if (fault := self._run_cell(module, *cell, showing=showing)) is not None
        ]
        return failed, [each for each in records if self._knows(each, module.__dict__.get(each))]

    def _knows(self, name: str, kind: Any) -> bool:
        """Return whether a class is there whose objects can cross by value; from then on they do."""
        if not is_record(kind):
            return False
        if self._codecs.of(kind) is None:
            self._codecs.add([record(name, kind)])
        return True

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

    def _run_cell(self, module: types.ModuleType, label: str, line: int, source: str, *, showing: bool) -> Any:
        source, self._last = "\n" * (line - 1) + source, None
        flags = self._features | _AWAIT
        try:
            parts: Any = shows.parted(source, label, flags) if showing else [(source, "exec")]
            for part, mode in parts:
                code = compile(part, label, mode, self._features | _AWAIT, dont_inherit=True)
                # As in a notebook, `from __future__ import …` holds for the cells behind it.
                self._features |= code.co_flags & _FEATURES
                if "asyncio" in source or code.co_flags & inspect.CO_COROUTINE:
                    loops.share()
                # Running the submission is what this process is for.
                last = eval(code, module.__dict__)  # noqa: S307
                self._last = loops.run(last) if code.co_flags & inspect.CO_COROUTINE else last
        except BaseException as fault:  # noqa: BLE001 - as in a notebook, the next cell still runs
            return self._fault(fault)

    def _do_value(self) -> str:
        last, self._last = self._last, None
        return shows.value(last)

    def _do_pictures(self, most: int) -> tuple[list[bytes], int]:
        return shows.pictures(most)

    def _do_program(self, cells: Sequence[tuple[str, int, str]], stdin: str, args: Sequence[str]) -> int:
        """Run the cells as a script that reads `stdin`, up to the first that raises; return its exit code."""
        sys.argv, sys.stdin = [cells[0][0] if cells else "", *args], io.StringIO(stdin)
        module = self._module(_MAIN)
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
            found = vars(sys.modules[module])[name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined", name=name) from None
        self._note(module, name, found)
        return found

    def _do_get(self, value: Any, name: str) -> Any:
        found = getattr(value, name)
        self._handles.glances.asked(value, name, found)
        return found

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

    def _do_describe(self, descriptor: Any, name: str, attribute: str, args: Sequence[Any]) -> Any:
        """Let a descriptor decide about an attribute of a test's object."""
        held, *rest = args
        if not isinstance(held, Guest) or name == "__set_name__":
            return getattr(descriptor, name)(held, *rest)
        host = self._hosts.of(held)
        if name == "__get__" and attribute in vars(host) and not hasattr(type(descriptor), "__set__"):
            # What a class has goes behind what its object has, unless it decides about setting as well.
            return vars(host)[attribute]
        return getattr(descriptor, name)(host, *rest)

    def _do_special(self, name: str, *args: Any) -> Any:
        return OPERATIONS[name](*args)

    def _do_place(self, function: Any) -> tuple[str, int]:
        code = getattr(function, "__code__", None)
        return (code.co_filename, code.co_firstlineno) if code else ("", 0)

    def _do_signature(self, function: Any) -> tuple[list[tuple[str, int, str | None, str | None]], str | None]:
        """Return the parameters of what is called: name, kind, texts of default and annotation; and what it gives."""
        try:
            found = inspect.signature(function)
        except (TypeError, ValueError) as fault:
            raise AttributeError(str(fault)) from None

        def text(value: Any, written: Callable[[Any], str] = inspect.formatannotation) -> str | None:
            return None if value is inspect.Signature.empty else written(value)

        parameters = found.parameters.values()
        told = [(each.name, int(each.kind), text(each.default, repr), text(each.annotation)) for each in parameters]
        return told, text(found.return_annotation)

    def _do_settle(self) -> None:
        """Do nothing but forget what the judge has dropped."""

    def _do_copy(self, value: Any) -> Any:
        return copy.copy(value)

    def _do_deepcopy(self, value: Any) -> Any:
        return copy.deepcopy(value)

    def _do_await(self, value: Any) -> Any:
        kind = type(value)
        return loops.run(anext(value) if hasattr(kind, "__anext__") and not hasattr(kind, "__await__") else value)

    def _do_derive(
        self, name: str, bases: Sequence[type], methods: Sequence[str], values: dict[str, Any], named: dict[str, Any]
    ) -> type:
        """Make a class that a test derives from a student's: its `methods` are the judge's, its `values` as they are.

        `named` is what the student's `__init_subclass__` is given by keyword.
        """

        def overriding(method: str) -> Callable[..., Any]:
            def call(this: Any, *args: Any, **named: Any) -> Any:
                return self._ask("invoke", kind, method, (this, *args), named)

            call.__name__, call.__qualname__ = method, f"{name}.{method}"
            return call

        space = {"__module__": self._graded().__name__} | values | {each: overriding(each) for each in methods}
        kind: type = types.new_class(name, tuple(bases), named, lambda own: own.update(space))
        return kind

    def _do_beside(self, label: str, source: str, name: str) -> None:
        """Run one locked test here, beside the submission: only for what cannot be judged from outside."""
        space: dict[str, Any] = {"__name__": "beside"}
        exec(compile(source, label, "exec"), space)  # noqa: S102
        space[name]()

    def _fault(self, fault: BaseException) -> Any:
        if isinstance(fault, ModuleNotFoundError):
            name_allowed(fault, self._allowed)
        return told_fault(fault, self._handles, self._own)


class _Reader:
    """Exactly as many bytes as asked for, from a socket. Raises EOFError when the judge has gone."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._held = bytearray()
        self._wait: Callable[[], object] = lambda: None
        if hasattr(select, "poll"):
            # Who waits in `recv` is woken as well when the other end reads what was sent to it, for nothing.
            poll = select.poll()
            poll.register(link, select.POLLIN)
            self._wait = poll.poll

    def read(self, size: int) -> bytes:
        while len(self._held) < size:
            self._wait()
            part = self._link.recv(min(max(_CHUNK, size - len(self._held)), _LARGE))
            if not part:
                raise EOFError
            self._held += part
        with memoryview(self._held) as held:
            content = bytes(held[:size])
        del self._held[:size]
        return content


def _seed(seed: int) -> None:
    random.seed(seed)
    if PRESENT:
        np.random.seed(seed)
