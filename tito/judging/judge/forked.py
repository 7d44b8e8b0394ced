"""The judge of one submission: a fork of the worker that reads it, runs the tests and tells one outcome at a time.

It speaks to its worker alone, over one socket: it borrows subjects there, and tells what it finds. It never returns.
"""

import gc
import json
import os
import socket
import tempfile
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn

from tito.errors import BrokenError, Problem
from tito.judging.judge.bounds import address_space
from tito.judging.judge.judgement import tell_all
from tito.judging.judge.launcher import Ending, Subject
from tito.judging.judge.template import Template, Test
from tito.judging.plan import Plan, Trial
from tito.model.submission import Submission
from tito.sandbox.levels import Layer
from tito.sandbox.privileges import die_with

# Over what the worker has: what a few megabytes of text may become, and a test's own gibibyte.
_MEMORY: Final = 3 << 30
_FIRST: Final = 3
_FILES: Final = 4_096
_WORD: Final = 1 << 16
_ENDS: Final = 2


class Borrowed:
    """Subjects as the worker lends them, over the judge's own socket."""

    def __init__(self, desk: socket.socket) -> None:
        self._desk = desk
        self._held = b""

    def tell(self, word: str, content: Any) -> None:
        """Say something that is not answered; an outcome goes off with what follows it at once."""
        text = json.dumps([word, content]).encode()
        self._held += len(text).to_bytes(4) + text
        if word != "outcome":
            self._desk.sendall(self._held)
            self._held = b""

    def spawn(self) -> Subject:
        """Start a subject. Raises BrokenError where the machine refuses."""
        told, ends = self._asked("spawn", None)
        link, output = ends
        layers = frozenset(map(Layer, told["layers"]))
        return Subject(told["pid"], told["inner"], socket.socket(fileno=link), output, told["scratch"], layers)

    def end(self, subject: Subject) -> Ending:
        """End a subject. Raises BrokenError where it went with what had started it."""
        subject.close()
        told, _ = self._asked("reap", subject.inner)
        return Ending(told["signal"], told["code"])

    def _asked(self, word: str, content: Any) -> tuple[dict[str, Any], list[int]]:
        self.tell(word, content)
        text, ends, _, _ = socket.recv_fds(self._desk, _WORD, _ENDS)
        if not text:
            os._exit(1)
        told = json.loads(text)
        if "broken" in told:
            raise BrokenError(Problem(told["broken"], "Run `tito doctor`."))
        return told, ends


def judge(  # noqa: PLR0913 - all that a fork is born with
    desk: socket.socket,
    worker: int,
    folder: str,
    *,
    plan: Plan,
    template: Template,
    tests: Sequence[Test],
    read: Callable[[], Submission],
    trial: Trial | None = None,
) -> NoReturn:
    """Judge what `read` reads by `tests`, then leave.

    `desk` leads to the worker, whose process id is `worker`; `folder` is this process's own.
    """
    lender = Borrowed(desk)
    try:
        _settle(desk, worker, folder)
        tell_all(lender.tell, lender, plan, template, tests, read, trial)
    finally:
        os._exit(0)


def _settle(desk: socket.socket, worker: int, folder: str) -> None:
    """Keep nothing of the worker's but the desk, end with it, and be bounded."""
    gc.disable()
    die_with(worker)
    os.closerange(_FIRST, desk.fileno())
    os.closerange(desk.fileno() + 1, _FILES)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(_FIRST):
        os.dup2(nowhere, standard)
    tempfile.tempdir = folder
    os.chdir(folder)
    _bound()


def _bound() -> None:
    import resource  # noqa: PLC0415 - not every system has it

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size, (soft, hard) = address_space(), resource.getrlimit(resource.RLIMIT_AS)
    limit = size + _MEMORY
    if size and (soft == resource.RLIM_INFINITY or limit < soft):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
