"""Subjects where nothing is forked: each a process started anew, one always ahead, waiting for its submission.

It is limited by the clock and by what it is seen to use, and by nothing else: for one's own work, and that of people
one trusts.
"""

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from tito.errors import BrokenError, CourseError, Problem
from tito.judging.judge.launcher import COMMAND, Ending, Starter, Subject, check_loaded, environment, setting_for
from tito.judging.judge.meters import end_family
from tito.judging.plan import Given
from tito.judging.wire.loopback import Door, order
from tito.records import dataclass
from tito.sandbox.scratch import remove

_PATIENCE: Final = 30.0
_CLEARING: Final = 2.0
_MOST: Final = 1 << 16
_LONGEST: Final = 300


class Portable(Starter):
    """Starts each subject as a process of its own."""

    _next: "_Alone | None" = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._running: dict[int, _Alone] = {}
        # It imports the packages while the judge gets ready.
        self._next = self._begun()
        self._know()

    def load(self, modules: Mapping[str, str]) -> None:
        """See `Starter`."""
        self._modules |= modules
        self._drop()
        waiting = self._begun()
        waiting.load(self._modules)
        self._next = waiting

    def spawn(self, brought: Iterable[Given] = ()) -> Subject:
        """See `Starter`."""
        alone, self._next = self._next or self._begun(), None
        told = alone.told or alone.load(self._modules)
        scratch = self._scratch(brought)
        alone.say(do="begin", scratch=scratch)
        self._running[told.pid] = alone
        output = os.open(alone.printed, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        os.lseek(output, 0, os.SEEK_END)
        return Subject(told.pid, told.pid, told.link, output, scratch, self.layers, alone.ask)

    def reap(self, subject: Subject) -> Ending:
        """See `Starter`."""
        ending = self._running.pop(subject.inner).end()
        # The next one gets ready while nothing else is at work.
        self._next = self._next or self._begun()
        remove(subject.scratch, _CLEARING)
        return ending

    def rehearse(self) -> None:
        """Do nothing: a process that is started for one subject hands nothing on to another."""

    def restart(self) -> None:
        """See `Starter`."""
        self._drop()

    def close(self) -> None:
        """End every subject."""
        self.furnish(())
        self._drop()
        for alone in self._running.values():
            alone.end()
        remove(self._scratches)

    def _begun(self) -> "_Alone":
        setting = setting_for(self._packages, self.places, None) | {"scratches": self._scratches}
        setting["first"] = setting["first"] if self._warm else []
        return _Alone(json.dumps(setting), self._scratches)

    def _drop(self) -> None:
        waiting, self._next = self._next, None
        if waiting:
            waiting.end()


@dataclass(frozen=True, slots=True)
class _Told:
    """What a subject has said of itself: its process, and the link on which it waits."""

    pid: int
    link: Any


class _Alone:
    """The process of one subject, from its start to its end; `told` is there once it has loaded everything."""

    def __init__(self, setting: str, folder: str) -> None:
        self.told: _Told | None = None
        number, self.printed = tempfile.mkstemp(dir=folder, prefix="printed-")
        with os.fdopen(number, "ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
                [*COMMAND, setting],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment() | {"HOME": folder},
            )

    def load(self, modules: Mapping[str, str]) -> _Told:
        """Have the prerequisites made; else it ends. Raises CourseError where one cannot be, BrokenError else."""
        try:
            with Door() as door:
                self.say(do="load", modules=list(modules.items()), address=door.address)
                link = door.guest(lambda: self._process.poll() is None, _PATIENCE)
            reply = json.loads(_line(link))
            self.told = _Told(int(reply["pid"]), link)
            check_loaded(reply)
        except (OSError, ValueError):
            why = last_line(self.printed)
            self.end()
            raise BrokenError(Problem(f"a subject did not start: {why}", "Run `tito doctor`.")) from None
        except CourseError:
            self.end()
            raise
        return self.told

    def say(self, **request: Any) -> None:
        """Write one line to the process."""
        order(self._process, request)

    def ask(self) -> None:
        """Ask where it is; what it says is on its output. Raises OSError where it has gone."""
        self.say(do="where")

    def end(self) -> Ending:
        """Kill it, and what it has started, and say how it had ended."""
        code = self._process.poll()
        if code is None:
            end_family(self._process.pid)
            self._process.kill()
            code = self._process.wait()
        if self._process.stdin:
            # What was still to be said to it is of no use to anybody.
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        if self.told:
            self.told.link.close()
        Path(self.printed).unlink(missing_ok=True)
        return Ending(-code, 0) if code < 0 else Ending(0, code)


def last_line(path: str) -> str:
    """Return the last line that a process has written, for which it did not start."""
    lines = Path(path).read_text("utf-8", "replace").split("\n")
    return next((line.strip()[:_LONGEST] for line in reversed(lines) if line.strip()), "it said nothing")


def _line(link: Any) -> bytes:
    """Return the line that a subject says first, with nothing of what comes behind it."""
    said = b""
    while not said.endswith(b"\n") and len(said) < _MOST:
        part = link.recv(1)
        if not part:
            raise ConnectionResetError
        said += part
    return said
