"""A worker that judges nothing: it answers works as their names tell it to, over the link of a real one."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

from tito.judging.link import Closed, Link
from tito.judging.plan import Ruling, Setting, Work
from tito.model.coding import from_plain, to_plain
from tito.model.submission import Submission
from tito.sandbox.privileges import die_with


def main(text):
    link = Link(socket.socket(fileno=int(text)))
    try:
        setting = from_plain(Setting, link.get())
        die_with(setting.coordinator)
        while True:
            word, content = link.get()
            link.put(["planned"] if word == "plan" else answer(from_plain(Work, content)))
    except Closed:
        return


def answer(work):
    """Sleep, die, die once, grow or refuse the whole plan, as the work's path says; tell the own process id."""
    if work.path == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if work.path.startswith("unlucky ") and not Path(work.path[8:]).exists():
        Path(work.path[8:]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if work.path == "slow":
        time.sleep(0.02)
    if work.path == "wrong":
        return ["raised", "CourseError", [{"what": "the grader is wrong", "fix": "", "path": "a.py", "line": 3}]]
    if work.path == "silent":
        time.sleep(600)
    notes = ("x" * (1 << 22),) if work.path == "large" else ()
    return ["ruling", to_plain(Ruling(Submission(str(os.getpid()), "01_x", work.name, None, notes=notes)))]


if __name__ == "__main__":
    main(sys.argv[1])
