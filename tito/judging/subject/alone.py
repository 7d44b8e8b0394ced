"""A subject that is a process of its own from the start: for systems on which nothing is forked.

Its standard input is the judge's: requests of one line each, until a submission's own folder is named. From then on a
thread waits there, to say where the code is when it is asked for, and to end this process with the judge.
"""

import json
import os
import sys
import threading
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any, Final, NoReturn

from tito.judging.subject import loops
from tito.judging.subject.server import serve
from tito.judging.subject.warm import import_packages, make_modules
from tito.judging.wire.loopback import call, end_with, orders

# What Windows' own libraries look for.
_KEPT: Final = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT")
_MOST_FRAMES: Final = 100


def main(packages: Collection[str], scratches: str, allowed: Collection[str]) -> NoReturn:
    """Import `packages`, load what the judge says, then serve it; `allowed` is what the course calls the packages."""
    lines = orders()
    for _ in import_packages(packages, scratches):
        continue
    prerequisites: list[str] = []
    for line in lines:
        request = json.loads(line)
        if request["do"] == "load":
            told = make_modules(request["modules"], prerequisites)
            sys.stdout.flush()
            link = call(request["address"])
            link.sendall(json.dumps({"pid": os.getpid(), **told}).encode() + b"\n")
        else:
            _enter(request["scratch"])
            loops.by_sockets()
            end_with(lines, partial(_say_where, threading.get_ident()))
            with link:
                serve(link, prerequisites, allowed)
            break
    os._exit(0)


def _enter(scratch: str) -> None:
    os.chdir(scratch)
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    os.environ.clear()
    own = {"HOME": scratch, "TMPDIR": scratch, "LANG": "C.UTF-8", "PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1"}
    windows = {"USERPROFILE": scratch, "TEMP": scratch, "TMP": scratch, **kept} if os.name == "nt" else {}
    os.environ.update(own | windows)


def _say_where(main_thread: int) -> None:
    """Say where the submission is, as faulthandler would."""
    text = "Stack (most recent call first):\n" + "".join(_frames(main_thread))
    os.write(1, text.encode("utf-8", "replace"))


def _frames(thread: int) -> Iterator[str]:
    frame: Any = sys._current_frames().get(thread)  # noqa: SLF001 - there is no other way
    for _ in range(_MOST_FRAMES):
        if frame is None:
            return
        yield f'  File "{frame.f_code.co_filename}", line {frame.f_lineno} in {frame.f_code.co_name}\n'
        frame = frame.f_back
