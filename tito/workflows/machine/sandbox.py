"""Which level of confinement a command runs with: the one that is wanted, or none at all."""

from typing import Final

from tito.errors import BrokenError, Problem
from tito.model.course import Course
from tito.sandbox.levels import LAYERS, Layer, Level
from tito.sandbox.system import portable, reason

WAY_OUT: Final = (
    "Grade on Linux, in WSL2, in a container or on a cluster (docs/sandbox.md), or, where you trust every submission,"
    " with --sandbox limits. `tito doctor` shows what holds here."
)


def choose(course: Course, wanted: Level | None) -> Level:
    """Return the level to grade with: `wanted`, or what the course says; more where it comes without more.

    Raises BrokenError, with the reason and the way out, where this machine cannot give it.
    """
    level = wanted or Level(course.settings.sandbox)
    missing = unavailable(level)
    if missing:
        what = f"the sandbox level {level} cannot be had here: {missing}"
        raise BrokenError(Problem(what, WAY_OUT))
    return Level.STRONG if level is Level.STANDARD and best() is Level.STRONG else level


def best() -> Level:
    """Return the best level there is, for the user's own work."""
    from tito.sandbox.confine import best_level  # noqa: PLC0415 - few commands need it

    return best_level()


def unavailable(level: Level) -> str:
    """Return why this machine cannot give a level, or "" where it can."""
    from tito.sandbox import strong, trial  # noqa: PLC0415

    missing = trial.refused()
    if portable() and missing.keys() & LAYERS[level]:
        return reason()
    reasons = [f"{layer}: {missing[layer]}" for layer in Layer if layer in LAYERS[level] & missing.keys()]
    if level is Level.STRONG and not reasons and (outer := strong.refused()):
        reasons.append(outer)
    return "; ".join(reasons)
