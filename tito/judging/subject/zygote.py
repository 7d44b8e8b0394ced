"""The zygote: a process that has numpy and the prerequisites loaded, and forks a subject whenever it is asked to.

It is started with an empty environment by `tito.judging.judge.launcher` and reads only what the judge sends: it never
sees a grader, a rubric or a submission. After a fork, the child confines itself and becomes a subject.
"""

import _sitebuiltins
import builtins
import gc
import importlib
import json
import os
import signal
import socket
import sys
import types
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from tito.judging.subject.server import serve
from tito.sandbox import access, seccomp
from tito.sandbox.confine import Cell, Layer, Refused, confine
from tito.sandbox.limits import Limits, detach

_PREREQUISITES: list[str] = []
_ALLOWED: list[str] = []
# The package with which this process has more threads than one.
_THREADED: list[str] = []
_SUBJECTS: set[int] = set()
# A fault of a process's own is no word from another one.
_FAULTS = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGSYS}
_OTHERS = set(range(1, 32)) - _FAULTS
# What is used of a package whose own module imports little.
_USED = {"matplotlib": "matplotlib.pyplot"}


def main(
    control: socket.socket,
    packages: Collection[str],
    scratches: str,
    first: Collection[str],
    allowed: Collection[str],
) -> NoReturn:
    """Serve the judge's requests on `control` until it closes.

    Subjects read the standard library and `packages`, folders or files, and have their scratch below `scratches`. The
    modules `first` are imported here, once for all of them. `allowed` is what the course calls the packages.
    """
    _ALLOWED.extend(allowed)
    _import(first, scratches)
    # A subject may signal its parent; this process ends when the judge closes the control socket.
    signal.pthread_sigmask(signal.SIG_BLOCK, _OTHERS)
    # Nobody presses Ctrl-C in a subject, and what a student's code sends itself is no interruption of ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    forks = _Forks(control, packages, scratches)
    operations: dict[str, Callable[..., dict[str, Any]]] = {"load": _load, "fork": forks.fork, "reap": _reap}
    with control:
        while request := _receive(control):
            _reply(control, operations[request.pop("do")](**request))
    # The judge has gone, perhaps killed: a subject that never reads again would outlive it.
    for pid in _SUBJECTS:
        _kill(pid)
    os._exit(0)


def _import(names: Collection[str], scratches: str) -> None:
    """Import a course's packages, and make the names that `site` would have made."""
    builtins.help = _sitebuiltins._Helper()  # noqa: SLF001 - as site makes it
    builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D")
    builtins.quit = builtins.exit
    # Where matplotlib keeps what it knows of fonts: with what is removed in the end.
    os.environ["MPLCONFIGDIR"] = f"{scratches}/matplotlib"
    for name in names:
        try:
            importlib.import_module(_USED.get(name, name))
        except Exception:  # noqa: BLE001, S112 - whoever needs it meets the same fault, in the subject
            continue
        # A fork has one thread alone, which waits for ever where another one held a lock: the judge starts anew.
        if _threads() > 1:
            _THREADED.append(name)
            return


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - pathlib takes milliseconds to load
    except OSError:
        return 1


def _receive(control: socket.socket) -> dict[str, Any]:
    """Return the next request, with the descriptors that came with it, or {} at the end."""
    text, descriptors = b"", []
    while not text.endswith(b"\n"):
        try:
            part, passed, _, _ = socket.recv_fds(control, 1 << 20, 2)
        except ConnectionResetError:
            return {}
        if not part:
            return {}
        text += part
        descriptors += passed
    request: dict[str, Any] = json.loads(text)
    return request | ({"descriptors": descriptors} if descriptors else {})


def _reply(control: socket.socket, reply: dict[str, Any]) -> None:
    try:
        if reply:
            control.sendall(json.dumps(reply).encode() + b"\n")
    except BrokenPipeError:
        # The judge has gone meanwhile: what is read next is the end.
        pass


def _load(modules: list[list[str]]) -> dict[str, Any]:
    """Make the prerequisites out of their texts, so that no folder of the course is ever on the path."""
    for name, text in modules:
        parent = ""
        for part in name.split(".")[:-1]:
            parent = f"{parent}.{part}" if parent else part
            if parent not in sys.modules:
                package = types.ModuleType(parent)
                package.__path__ = []
                _install(parent, package)
        module = types.ModuleType(name)
        module.__file__ = f"{name.replace('.', '/')}.py"
        _PREREQUISITES.append(module.__file__)
        _install(name, module)
        try:
            exec(compile(text, module.__file__, "exec"), module.__dict__)  # noqa: S102 - the course's own code
        except Exception as fault:  # noqa: BLE001 - whatever it is, the judge says it
            return {"error": f"{type(fault).__name__}: {fault}", "module": name}
    gc.collect()
    gc.freeze()
    return {"loaded": len(modules), "threaded": _THREADED[0] if _THREADED else ""}


def _install(name: str, module: types.ModuleType) -> None:
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)


class _Forks:
    """Makes subjects, each confined to what all of them may read and to its own scratch."""

    def __init__(self, control: socket.socket, packages: Collection[str], scratches: str) -> None:
        self._control = control
        self._access = access.access(sys.path, packages)
        self._searching = not access.public((*self._access.exact, str(Path(scratches).parent)))
        self._scratches = scratches

    @cached_property
    def _ruleset(self) -> int:
        return access.exact(self._access, self._scratches)

    def fork(
        self,
        *,
        scratch: str,
        layers: list[str],
        abi: int,
        limits: dict[str, int],
        given: str,
        folders: bool,
        descriptors: list[int],
    ) -> dict[str, Any]:
        """Fork a subject, which itself tells its process id: in a namespace of its own, the judge sees another.

        It reads what is `given` as well, a folder; where there are `folders` in it, it moves none of its own away.
        """
        put_on = [Layer(each) for each in layers]
        # What is the same for all is made here, once.
        rulesets = (self._ruleset,) if Layer.LANDLOCK in put_on else ()
        if Layer.SECCOMP in put_on:
            seccomp.prepared()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _reply(self._control, {"pid": os.getpid()})
            wide = replace(self._access, folders=(*self._access.folders, given)) if given else self._access
            cell = Cell(scratch, wide, rulesets, parent, Limits(**limits), self._searching, abi, keeping=folders)
            _become_subject(descriptors, put_on, cell)
        _SUBJECTS.add(pid)
        for each in descriptors:
            os.close(each)
        return {}


def _become_subject(descriptors: list[int], layers: Collection[Layer], cell: Cell) -> NoReturn:
    status = 70
    wire, output = descriptors
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OTHERS)
        wire, *rulesets = detach(wire, output, cell.scratch, cell.rulesets)
        confine(layers, replace(cell, rulesets=tuple(rulesets)))
        with socket.socket(fileno=wire) as link:
            serve(link, _PREREQUISITES, _ALLOWED)
        status = 0
    except Refused as fault:
        os.write(1, f"{fault.layer}: {fault.reason}".encode())
    finally:
        os._exit(status)


def _reap(pid: int) -> dict[str, Any]:
    """Kill a subject and its session, and say how it had ended."""
    _kill(pid)
    _SUBJECTS.discard(pid)
    _, status, usage = os.wait4(pid, 0)
    return {"status": status, "memory": usage.ru_maxrss, "cpu": usage.ru_utime + usage.ru_stime}


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
