"""The zygote: a process that has numpy and the prerequisites loaded, and forks a subject whenever it is asked to.

It is started with an empty environment by `tito.judging.judge.launcher` and reads only what the judge sends: it never
sees a grader, a rubric or a submission. After a fork, the child confines itself and becomes a subject.
"""

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from tito.judging.subject.server import serve
from tito.judging.subject.warm import import_packages, make_modules
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
    # A fork has one thread alone, which waits for ever where another one held a lock: the judge starts anew.
    for name in import_packages(first, scratches):
        if _threads() > 1:
            _THREADED.append(name)
            break
    # A subject may signal its parent; this process ends when the judge closes the control socket.
    signal.pthread_sigmask(signal.SIG_BLOCK, _OTHERS)
    # Nobody presses Ctrl-C in a subject, and what a student's code sends itself is no interruption of ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    forks = _Forks(control, packages, scratches)
    operations: dict[str, Callable[..., dict[str, Any]]] = {
        "load": _load,
        "rehearse": _rehearse,
        "fork": forks.fork,
        "reap": _reap,
    }
    with control:
        while request := _receive(control):
            _reply(control, operations[request.pop("do")](**request))
    # The judge has gone, perhaps killed: a subject that never reads again would outlive it.
    for pid in _SUBJECTS:
        _kill(pid)
    os._exit(0)


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
    """Make the prerequisites, whose pages all forks share."""
    told = make_modules(modules, _PREREQUISITES)
    if told:
        return told
    # Out of the collector's sight; to look for rubbish first would take longer than there is any.
    gc.freeze()
    return {"loaded": len(modules), "threaded": _THREADED[0] if _THREADED else ""}


def _rehearse() -> dict[str, Any]:
    """Go through what subjects do, which saves each of many more than it takes once."""
    from tito.judging.subject.rehearsal import rehearse  # noqa: PLC0415 - only before many

    told = rehearse()
    gc.freeze()
    return {"rehearsed": len(told)}


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
