"""Measure what confinement costs a submission: `nox -s bench` prints the README's table. Asserted in no test.

A submission's start and end, from a warm zygote, at each level that this machine gives. The levels take turns, subject
by subject, so that whatever else the machine does falls on all of them alike; medians, and the medians of what a level
takes more than `none` in the same turn.
"""

import contextlib
import datetime as dt
import os
import platform
import statistics
import sys
import time
from typing import Any

from tito.judging.judge.contract import Contract
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.session import Session
from tito.sandbox.levels import LAYERS, Layer, Level
from tito.sandbox.limits import Limits
from tito.workflows.machine.sandbox import unavailable

TURNS = 400
ORDER = (Level.NONE, Level.LIMITS, Level.STANDARD, Level.STRONG)


class Measured(Zygote):
    """A zygote that keeps what processor time its last subject used."""

    cpu = 0.0

    def _call(self, do: str, descriptors: list[int] | None = None, **request: Any) -> dict[str, Any]:
        reply = super()._call(do, descriptors, **request)
        self.cpu = reply.get("cpu", self.cpu)
        return reply


def main(turns: int = TURNS) -> None:
    """Print the tables."""
    print(
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, Linux {platform.release()}, {turns} turns, "
        f"{'root' if os.geteuid() == 0 else 'an ordinary user'}\n"
    )
    levels = [level for level in ORDER if not unavailable(level)]
    rows = {str(level): (level, LAYERS[level]) for level in levels}
    table("level", rows, turns)
    print()
    single = {str(layer): (Level.STANDARD, frozenset({layer})) for layer in Layer}
    table("layer alone", {"none": (Level.NONE, frozenset[Layer]())} | single, turns)


def table(title: str, rows: dict[str, tuple[Level, frozenset[Layer]]], turns: int) -> None:
    """Measure each row's subjects in turn and print medians in milliseconds."""
    walls: dict[str, list[float]] = {name: [] for name in rows}
    cpus: dict[str, list[float]] = {name: [] for name in rows}
    with contextlib.ExitStack() as stack:
        zygotes = {name: stack.enter_context(warm(*row)) for name, row in rows.items()}
        for _ in range(turns):
            for name, zygote in zygotes.items():
                walls[name].append(once(zygote))
                cpus[name].append(zygote.cpu)
    print(f"| {title} | by the clock | over `none` | processor time of the subject | over `none` |")
    print("|---|---|---|---|---|")
    for name in rows:
        print(f"| `{name}` | {compared(walls[name], walls['none'])} | {compared(cpus[name], cpus['none'])} |")


def compared(found: list[float], none: list[float]) -> str:
    """Return the median, and the median of the differences turn by turn, in milliseconds."""
    more = statistics.median(a - b for a, b in zip(found, none, strict=True))
    return f"{statistics.median(found) * 1000:.2f} ms | {more * 1000:+.2f} ms"


def warm(level: Level, layers: frozenset[Layer]) -> Measured:
    """Return a zygote that has forked a few subjects already."""
    zygote = Measured(level, Limits())
    zygote.layers = layers
    zygote.load({})
    for _ in range(5):
        once(zygote)
    return zygote


def once(zygote: Zygote) -> float:
    """Return the time from asking for a subject to its being ready, and from ending it to its being gone."""
    begun = time.perf_counter()
    session = Session(zygote, zygote.spawn(), Contract(), ())
    session.ready()
    session.close()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
