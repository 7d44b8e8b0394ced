"""The zygote: a process that has numpy and the prerequisites loaded, and forks a subject whenever it is asked to.

It is started with an empty environment by `tito.judging.launcher` and reads only what the judge sends: it never
sees a grader, a rubric or a submission. After a fork, the child confines itself and becomes a subject.
"""

import gc
import json
import os
import signal
import socket
import sys
import types
from collections.abc import Callable
from typing import Any, NoReturn

from tito.judging import subject
from tito.sandbox.confine import Level, confine
from tito.sandbox.limits import Limits, detach

_IGNORED = signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, *range(32, signal.NSIG)}
_PREREQUISITES: list[str] = []
_IGNORED -= {
    signal.SIGSEGV,
    signal.SIGBUS,
    signal.SIGFPE,
    signal.SIGILL,
    signal.SIGABRT,
    signal.SIGTRAP,
    signal.SIGSYS,
}


def main(control: socket.socket) -> NoReturn:
    """Serve the judge's requests on `control` until it closes."""
    # A subject may signal its parent; this process ends when the judge closes the control socket.
    for number in _IGNORED:
        signal.signal(number, signal.SIG_IGN)
    with control:
        while request := _receive(control):
            reply = _OPERATIONS[request.pop("do")](**request)
            control.sendall(json.dumps(reply).encode() + b"\n")
    os._exit(0)


def _receive(control: socket.socket) -> dict[str, Any]:
    """Return the next request, with the descriptors that came with it, or {} at the end."""
    text, descriptors = b"", []
    while not text.endswith(b"\n"):
        part, passed, _, _ = socket.recv_fds(control, 1 << 20, 2)
        if not part:
            return {}
        text += part
        descriptors += passed
    request: dict[str, Any] = json.loads(text)
    return request | ({"descriptors": descriptors} if descriptors else {})


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
    return {}


def _install(name: str, module: types.ModuleType) -> None:
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)


def _fork(scratch: str, level: str, limits: dict[str, int], descriptors: list[int]) -> dict[str, Any]:
    wire, output = descriptors
    pid = os.fork()
    if pid == 0:
        _become_subject(wire, output, scratch, Level(level), Limits(**limits))
    os.close(wire)
    os.close(output)
    return {"pid": pid}


def _become_subject(wire: int, output: int, scratch: str, level: Level, limits: Limits) -> NoReturn:
    status = 70
    try:
        # Python itself ignores the last two: what raises them becomes an OSError.
        for number in _IGNORED - {signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ}:
            signal.signal(number, signal.SIG_DFL)
        wire = detach(wire, output, scratch)
        confine(level, limits)
        with socket.socket(fileno=wire) as link:
            subject.serve(link, _PREREQUISITES)
        status = 0
    finally:
        os._exit(status)


def _reap(pid: int) -> dict[str, Any]:
    """Kill a subject and its session, and say how it had ended."""
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
    _, status, usage = os.wait4(pid, 0)
    return {"status": status, "memory": usage.ru_maxrss, "cpu": usage.ru_utime + usage.ru_stime}


_OPERATIONS: dict[str, Callable[..., dict[str, Any]]] = {"load": _load, "fork": _fork, "reap": _reap}
