"""A worker's own process: an interpreter that is told by its coordinator how to judge, and what."""

import contextlib
import json
import os
import signal
import socket
import tempfile
from typing import NoReturn

from tito.errors import TitoError
from tito.judging.link import Closed, Link
from tito.judging.plan import Confinement, Setting
from tito.judging.wire.loopback import call, end_with, orders
from tito.model.coding import from_plain, to_plain
from tito.workflows.grading.command import JUDGE


def main(way: str) -> None:
    """Be a worker until the coordinator closes the link, which is the descriptor of the number `way`.

    Without one, its address comes over the standard input, from a coordinator on a system where nothing is forked.
    """
    if not way:
        _usher()
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What it confines subjects by is found out while this is loaded; and a coordinator has no use for it.
    import tito.judging.wire.numeric  # noqa: F401, PLC0415 - that is numpy, which takes long
    from tito.judging.judge.launcher import Zygote  # noqa: PLC0415
    from tito.sandbox.limits import Limits  # noqa: PLC0415
    from tito.sandbox.privileges import die_with  # noqa: PLC0415

    link = Link(socket.socket(fileno=int(way)))
    setting = _setting(link)
    # Only Linux has this; elsewhere a worker ends when it finds nobody at the other end.
    with contextlib.suppress(OSError):
        die_with(setting.coordinator)
    if setting.core is not None:
        os.sched_setaffinity(0, {setting.core})
    tempfile.tempdir = setting.folder
    confined = setting.confinement
    try:
        zygote = Zygote(confined.level, Limits(cpu=confined.cpu), confined.packages)
    except TitoError as fault:
        _tell(link, fault)
        return
    with zygote:
        # The zygote gets ready while pytest and the rest are loaded here.
        from tito.judging.worker import Court, work  # noqa: PLC0415
        from tito.workflows.grading.intake import submitted  # noqa: PLC0415

        work(link, Court(link, zygote, submitted))


def be_judge() -> NoReturn:
    """Be a judge that a worker has started, until it ends this process."""
    lines = orders()
    setting = json.loads(next(lines))
    end_with(lines)
    tempfile.tempdir = setting["folder"]
    confined, link = from_plain(Confinement, setting["confinement"]), Link(call(setting["address"]))
    from tito.judging.judge.launcher import starter  # noqa: PLC0415 - as above
    from tito.sandbox.limits import Limits  # noqa: PLC0415

    try:
        starting = starter(confined.level, Limits(cpu=confined.cpu), confined.packages)
    except TitoError as fault:
        _tell(link, fault)
        raise SystemExit from None
    # A subject gets ready while pytest and the rest are loaded here.
    from tito.judging.alone import serve  # noqa: PLC0415
    from tito.workflows.grading.intake import submitted  # noqa: PLC0415

    serve(link, starting, submitted)


def _usher() -> None:
    lines = orders()
    link = Link(call(json.loads(next(lines))))
    end_with(lines)
    # Ctrl-C reaches every process of a console; it is the coordinator that ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    setting = _setting(link)
    tempfile.tempdir = setting.folder
    from tito.judging.anew import Usher  # noqa: PLC0415 - as above
    from tito.judging.worker import work  # noqa: PLC0415

    try:
        usher = Usher(link, setting.confinement, JUDGE)
    except TitoError as fault:
        _tell(link, fault)
        return
    work(link, usher)


def _setting(link: Link) -> Setting:
    """Wait for the setting, and leave where the coordinator has gone."""
    try:
        return from_plain(Setting, link.get())
    except Closed:
        raise SystemExit from None


def _tell(link: Link, fault: TitoError) -> None:
    """Say why nothing can be judged here, to whoever waits for it."""
    link.put(["raised", type(fault).__name__, to_plain(fault.problems)])
    link.drain()
