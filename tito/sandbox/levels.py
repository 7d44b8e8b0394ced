"""The names of what confines a subject: levels, and the layers that each is made of."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """What stands between a submission and the machine, strongest last."""

    NONE = "none"
    LIMITS = "limits"
    STANDARD = "standard"
    STRONG = "strong"


class Layer(StrEnum):
    """One thing that a process puts on itself, in the order in which it does."""

    LANDLOCK = "landlock"
    USER = "user"
    PRIVILEGES = "privileges"
    LIMITS = "limits"
    SECCOMP = "seccomp"


# `strong` is a namespace or a container around the process, made before it starts; within it the layers are the same.
LAYERS: Final[Mapping[Level, frozenset[Layer]]] = {
    Level.NONE: frozenset(),
    Level.LIMITS: frozenset({Layer.LIMITS}),
    Level.STANDARD: frozenset(Layer),
    Level.STRONG: frozenset(Layer),
}
