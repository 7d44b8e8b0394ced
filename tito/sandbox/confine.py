"""How far a subject is confined, by name, and the one call that does it."""

from enum import StrEnum

from tito.sandbox.limits import Limits, apply


class Level(StrEnum):
    """What stands between a submission and the machine, strongest last."""

    NONE = "none"
    LIMITS = "limits"


def confine(level: Level, limits: Limits) -> None:
    """Put `level`'s layers on the calling process, for good; it must have a single thread.

    A later layer (Landlock, seccomp) is one more member of Level and one more line here.
    Raises OSError where the system refuses a layer, so that nothing runs with less than was asked for.
    """
    match level:
        case Level.NONE:
            pass
        case Level.LIMITS:
            apply(limits)


def best_level() -> Level:
    """Return the strongest level that this machine can give."""
    return Level.LIMITS
