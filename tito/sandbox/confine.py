"""The one call that confines a process, layer by layer."""

import os
from collections.abc import Collection
from dataclasses import dataclass

from tito.sandbox import access, landlock, limits, privileges, seccomp
from tito.sandbox.access import Access
from tito.sandbox.levels import LAYERS, Layer, Level
from tito.sandbox.system import portable

__all__ = ["LAYERS", "Cell", "Layer", "Level", "Refused", "confine"]


class Refused(Exception):  # noqa: N818 - what the system did
    """The system refuses a layer: which one, and its reason."""

    def __init__(self, layer: Layer, reason: OSError) -> None:
        super().__init__(layer, reason)
        self.layer = layer
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Cell:
    """What one process is confined to.

    It writes in `scratch`, reads what `access` names, and dies with `parent`. `rulesets` are Landlock's that many
    processes share, as `access.exact` makes one; they are closed. `searching` says that some of `access` can be read
    by root alone. `abi` is how much of Landlock is used at most.
    """

    scratch: str
    access: Access
    rulesets: tuple[int, ...]
    parent: int
    limits: limits.Limits
    searching: bool = False
    abi: int = landlock.NEWEST
    keeping: bool = False


def confine(layers: Collection[Layer], cell: Cell) -> None:
    """Put `layers` on the calling process, for good; it must have a single thread.

    Raises Refused where the system refuses one, so that nothing runs with less than was asked for.
    """
    root = os.geteuid() == 0
    # Whoever is counted together with others of the same user may not be limited by their number.
    alone = Layer.USER in layers and (root or privileges.counted_apart())
    for layer in Layer:
        if layer in layers:
            try:
                _put_on(layer, cell, root=root and alone, processes=_processes(cell.limits, layers, alone=alone))
            except OSError as fault:
                raise Refused(layer, fault) from fault


def _put_on(layer: Layer, cell: Cell, *, root: bool, processes: int | None) -> None:
    match layer:
        case Layer.LANDLOCK:
            abi = min(landlock.version(), cell.abi)
            privileges.no_new_privileges()
            access.restrict(cell.rulesets, cell.access, cell.scratch, abi, keeping=cell.keeping)
        case Layer.USER:
            if root:
                privileges.become(privileges.own_user(cell.scratch), cell.scratch, searching=cell.searching)
        case Layer.PRIVILEGES:
            privileges.no_new_privileges()
            privileges.renounce(cell.parent, searching=root and cell.searching)
        case Layer.LIMITS:
            limits.apply(cell.limits, processes)
        case Layer.SECCOMP:
            privileges.no_new_privileges()
            seccomp.install()


def _processes(given: limits.Limits, layers: Collection[Layer], *, alone: bool) -> int | None:
    """Return the limit of processes, which counts threads, and all that the user runs in this namespace of users.

    Of who is alone there it bounds threads; any other count says nothing about this process, so that it may only
    forbid new ones, where no filter does. Memory bounds threads then, by their stacks, and `threads` tells of them.
    """
    if alone:
        return given.threads
    return None if Layer.SECCOMP in layers else 0


def best_level() -> Level:
    """Return the strongest level that this machine gives without starting another program, found by trying."""
    from tito.sandbox import container, trial  # noqa: PLC0415 - a subject needs neither

    if portable():
        return Level.LIMITS
    missing = trial.refused()
    levels = (Level.STANDARD, Level.LIMITS) if container.refused() else (Level.STRONG, Level.LIMITS)
    return next((level for level in levels if not missing.keys() & LAYERS[level]), Level.NONE)
