"""`tito doctor`: what is installed, and which layers of confinement hold here, every promise tried."""

import platform
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from tito.judging.judge.launcher import Zygote
from tito.records import dataclass
from tito.sandbox import bubblewrap, container, trial
from tito.sandbox.levels import LAYERS, Layer, Level
from tito.sandbox.limits import Limits
from tito.sandbox.system import portable
from tito.workflows.machine.imports import Imported, imported
from tito.workflows.machine.promises import Promise, tried
from tito.workflows.machine.versions import version

PACKAGES: Final = ("numpy", "pytest", "rich", "typer", "PyYAML", "jsonschema", "nbformat", "jupytext")

# What each level leaves open, in words for whoever grades.
OPEN: Final = {
    Level.NONE: "everything that the user who grades may do",
    Level.LIMITS: "reading and writing files by path, the network, other processes of the user who grades",
    Level.STANDARD: "a fault of the kernel; names, sizes and times of files",
    Level.STRONG: "a fault of the kernel",
}
_DOES: Final[Mapping[str, str]] = {
    Layer.LIMITS: "bounds memory, processor time, files' size and number",
    Layer.LANDLOCK: "reads Python and its packages, writes in its own folder",
    Layer.SECCOMP: "no processes, network, signals to others, changed modes and times",
    Layer.PRIVILEGES: "gains and keeps no right, ends with its parent",
    Layer.USER: "its threads are counted; where root grades, a user of its own for each submission",
    "bubblewrap": "strong: own files, processes and network around it",
    "container": "strong: the same, around all of tito",
}
_WATCHED: Final = "a clock, and a look at memory and files, by the judge: for your own work"
_UNCOUNTED: Final = (
    "this system gives ordinary users no namespace of their own, so memory alone bounds a submission's threads"
)


class State(StrEnum):
    """Whether a layer holds."""

    HELD = "yes"
    MISSING = "NO"
    UNNEEDED = "-"


@dataclass(frozen=True, slots=True)
class LayerReport:
    """One layer: what it does, whether it holds, and, where it does not, why, and how to get it."""

    name: str
    does: str
    state: State
    why: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What this machine has.

    `level` is the strongest level of which every layer and every promise held; `open` is what it does not confine,
    and `grades` whether that is enough for `tito grade` as it is.
    """

    tito: str
    python: str
    system: str
    packages: tuple[tuple[str, str], ...]
    level: str
    open: str
    grades: bool
    layers: tuple[LayerReport, ...]
    promises: tuple[Promise, ...]
    imports: tuple[Imported, ...] = ()


def diagnose(left_out: Collection[Layer] = (), packages: Sequence[str] = ()) -> Diagnosis:
    """Try every layer and every promise, in children; those `left_out` are reported as what they then are: off.

    The `packages` of a course are imported by confined subjects, each by one of its own.
    """
    refused = dict(trial.refused()) | dict.fromkeys(left_out, "switched off")
    promises = () if portable() else _promises(frozenset(Layer) - refused.keys())
    layers = (*_layers(refused, promises), *(() if portable() else _around()))
    level = _level({each.name for each in layers if each.state is State.MISSING})
    return Diagnosis(
        version("tito-autograder"),
        platform.python_version(),
        f"{platform.system()} {platform.release()} {platform.machine()}",
        tuple((name, version(name)) for name in PACKAGES),
        str(level),
        OPEN[level],
        level in {Level.STANDARD, Level.STRONG} and all(each.held for each in promises),
        layers,
        promises,
        tuple(imported(packages, _confining(level))),
    )


def _confining(level: Level) -> Level:
    """Return the level at which a package is tried: what most submissions are confined to, where it can be had."""
    return Level.STANDARD if level in {Level.STANDARD, Level.STRONG} else level


def _promises(layers: frozenset[Layer]) -> tuple[Promise, ...]:
    with Zygote(Level.STANDARD, Limits(cpu=2)) as zygote:
        zygote.layers = layers
        zygote.load({})
        return tuple(tried(zygote, __file__))


def _layers(refused: Mapping[Layer, str], promises: Sequence[Promise]) -> Iterable[LayerReport]:
    for layer in (Layer.LIMITS, Layer.LANDLOCK, Layer.SECCOMP, Layer.PRIVILEGES, Layer.USER):
        broken = [each.promise for each in promises if each.layer == layer and not each.held]
        if why := refused.get(layer, "") or (f"it could be got round: {', '.join(broken)}" if broken else ""):
            yield LayerReport(layer, _DOES[layer], State.MISSING, why)
        elif layer is Layer.USER and not trial.counts_threads():
            yield LayerReport(layer, _DOES[layer], State.UNNEEDED, _UNCOUNTED)
        else:
            yield LayerReport(layer, _WATCHED if portable() else _DOES[layer], State.HELD, "")


def _around() -> Iterable[LayerReport]:
    for name, why in (("bubblewrap", bubblewrap.refused()), ("container", container.refused())):
        yield LayerReport(name, _DOES[name], State.MISSING if why else State.HELD, why)


def _level(missing: Collection[str]) -> Level:
    """Return the strongest level that nothing `missing` is part of; `strong` is content with one of its two."""
    for level in (Level.STANDARD, Level.LIMITS):
        if LAYERS[level].isdisjoint(missing):
            stronger = level is Level.STANDARD and not {"bubblewrap", "container"} <= set(missing)
            return Level.STRONG if stronger else level
    return Level.NONE
