"""Judges where nothing is forked: each a fresh interpreter, which starts its own subjects, watched by this process.

One that has judged the course's own work goes on with the next; after what somebody handed in, it ends, and another
one gets ready meanwhile.
"""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tito.errors import BrokenError, Problem
from tito.judging.judge.meters import end_family, memory, processor
from tito.judging.judge.packages import places
from tito.judging.judge.portable import last_line
from tito.judging.link import Closed, Link
from tito.judging.plan import Confinement, LockedTest, Plan, Work
from tito.judging.sitting import Case, Sitting
from tito.judging.wire.loopback import Door, order
from tito.judging.worker import case_of
from tito.model.coding import from_plain, to_plain
from tito.sandbox.scratch import remove
from tito.sandbox.system import with_path

_PATIENCE: Final = 60.0
_CLEARING: Final = 2.0
# What a judge may hold in all: what a few megabytes of text may become, and a test's own gibibyte.
_MEMORY: Final = 4 << 30


class Usher:
    """Has works judged by processes that `command` starts, for the plan at hand."""

    def __init__(self, link: Link, confined: Confinement, command: Sequence[str]) -> None:
        self._link = link
        self._confined = confined
        self._command = tuple(command)
        self._places = places(confined.packages)
        self._content: Any = None
        self._plan: Plan | None = None
        self._judge: Judge | None = self._started()

    def close(self) -> None:
        """End the judge that waits."""
        judge, self._judge = self._judge, None
        if judge:
            judge.end()

    def plan(self, content: Any) -> list[Any]:
        """Take a plan, and say whether a judge can collect its grader."""
        self._content, self._plan = content, None
        self._judge = self._judge or self._started()
        self._judge.put("plan", content)
        answer = self._judge.prepared()
        if answer[0] == "planned":
            self._plan = from_plain(Plan, content)
        return answer

    def ruling(self, work: Work) -> list[Any]:
        """Judge a work, by as many judges as it takes."""
        if self._plan is None:
            raise BrokenError(Problem("a worker got work before its plan", "Please report it."))
        _, tests = self._ready().prepared()
        locked = [from_plain(LockedTest, each) for each in tests]
        case = case_of(self._plan, work, locked, self._places, with_path(self._confined.level))
        while not case.closed:
            judge = self._ready()
            judge.prepared()
            with Anew(case, judge) as sitting:
                sitting.call()
                sitting.hear(self._link)
            if judge.ended:
                self._judge = None
                self._ready()
        return ["ruling", to_plain(case.ruling(locked))]

    def _ready(self) -> "Judge":
        """Return the judge that waits, or a new one with the plan at hand."""
        if self._judge is None:
            self._judge = self._started()
            self._judge.put("plan", self._content)
        return self._judge

    def _started(self) -> "Judge":
        return Judge(self._command, self._confined)


class Judge:
    """The process of a judge; `ended` says that it is over."""

    def __init__(self, command: Sequence[str], confined: Confinement) -> None:
        self.ended = False
        self._folder = tempfile.mkdtemp(prefix="judge-")
        self._link: Link | None = None
        self._answer: list[Any] = []
        self._door = Door()
        with Path(self._folder, "said").open("wb") as said:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
                [*command], stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT
            )
        self.pid = self._process.pid
        setting = {"confinement": to_plain(confined), "folder": self._folder, "address": self._door.address}
        # Its input stays open: a judge ends with whoever started it.
        order(self._process, setting)

    @property
    def link(self) -> Link:
        """The link to it, as soon as it has come. Raises BrokenError where it does not."""
        if self._link is None:
            with self._told(), self._door:
                self._link = Link(self._door.guest(lambda: self._process.poll() is None, _PATIENCE))
        return self._link

    @property
    def lives(self) -> bool:
        """Whether its process is still there."""
        return self._process.poll() is None

    def put(self, word: str, content: Any) -> None:
        """Say something to it."""
        if word == "plan":
            self._answer = []
        self.link.put([word, content])
        self.link.drain()

    def prepared(self) -> list[Any]:
        """Return its answer to the plan."""
        with self._told():
            self._answer = self._answer or self.link.get()
        return self._answer

    def end(self) -> int:
        """Kill it, and what it has started; return the signal that had ended it, if one had."""
        self.ended = True
        if self._process.poll() is None:
            end_family(self.pid)
        self._process.kill()
        code = self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        if self._link:
            self._link.close()
        remove(self._folder, _CLEARING)
        return max(-code, 0)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Say in a sentence that it has ended before it was ready."""
        try:
            yield
        except (OSError, Closed):
            why = last_line(f"{self._folder}/said")
            raise BrokenError(Problem(f"a judge did not start: {why}", "Run `tito doctor`.")) from None


class Anew(Sitting):
    """A judge at work on a case that is no fork: it has its own subjects, and only tells."""

    def __init__(self, case: Case, judge: Judge) -> None:
        self._open(case, judge.link.end)
        self._judge = judge
        self._pid = judge.pid
        self._read = processor(judge.pid)

    def __exit__(self, *fault: object) -> None:
        self._end()

    def call(self) -> None:
        """Have it begin."""
        case = self._case
        content = {
            "work": to_plain(case.work),
            "tests": [test.name for test in case.left],
            "besides": to_plain(case.besides),
        }
        self._judge.put("work", content)

    def _end(self) -> int:
        # Nobody's work but the course's own was in it, and it has come to its end.
        whole = self._case.closed and self._case.ran is not None and self._judge.lives
        if self._judge.ended or (whole and self._case.work.content is None):
            return 0
        return self._judge.end()

    def _late(self) -> str:
        return super()._late() or ("heavy" if memory(self._pid) > _MEMORY else "")
