"""A judge in a process of its own from the start: told a plan and works over its link, it starts its own subjects."""

import contextlib
import os
import tempfile
from collections.abc import Iterable
from typing import Any, NoReturn

from tito.errors import TitoError
from tito.judging.judge.judgement import tell_all
from tito.judging.judge.launcher import Starter, Subject
from tito.judging.link import Closed, Link
from tito.judging.plan import Given, Plan, Work
from tito.judging.prepared import Prepared
from tito.judging.worker import Read, raised
from tito.model.coding import from_plain, to_plain


def serve(link: Link, starting: Starter, read: Read) -> NoReturn:
    """Judge what comes over the link with subjects of a starter's, until whoever started this process ends it."""
    with contextlib.suppress(Closed), starting:
        _serve(link, starting, read)
    os._exit(0)


def _serve(link: Link, starting: Starter, read: Read) -> NoReturn:
    prepared: Prepared | None = None
    used = False
    while True:
        word, content = link.get()
        if word == "plan":
            if prepared:
                prepared.close()
            prepared, used = _planned(link, from_plain(Plan, content), starting), False
        elif prepared:
            if used:
                prepared.renew()
            _judged(link, prepared, starting, content, read)
            used = True


def _planned(link: Link, plan: Plan, starting: Starter) -> Prepared | None:
    try:
        prepared = Prepared(plan, starting)
    except TitoError as fault:
        _say(link, raised(fault))
        return None
    _say(link, ["planned", [to_plain(test.locked) for test in prepared.template.tests]])
    return prepared


def _judged(link: Link, prepared: Prepared, starting: Starter, content: Any, read: Read) -> None:
    work, names = from_plain(Work, content["work"]), set(content["tests"])
    plan, template = prepared.plan, prepared.template
    tests = [test for test in template.tests if test.locked.name in names]
    bringing = _Bringing(starting, [from_plain(Given, each) for each in content["besides"]])
    os.chdir(tempfile.gettempdir())
    tell_all(
        lambda word, told: _say(link, [word, told]),
        bringing, plan, template, tests, lambda: read(plan, work), work.trial,
    )  # fmt: skip


def _say(link: Link, message: list[Any]) -> None:
    link.put(message)
    link.drain()


class _Bringing:
    """Starts subjects that find what their student brought."""

    def __init__(self, starting: Starter, brought: Iterable[Given]) -> None:
        self._starting = starting
        self._brought = tuple(brought)
        self.end = starting.end

    def spawn(self) -> Subject:
        """Start a subject. Raises BrokenError where the machine refuses."""
        return self._starting.spawned(self._brought)
