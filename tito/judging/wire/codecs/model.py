"""What a codec is, and the checks that codecs share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Codec:
    """How the values of one class cross.

    `parts` turns a value into plain data, `build` that into a value again: it checks whatever the class's own
    constructor does not, and raises for what no value gives. `fill` gives an object that can be changed in place the
    content of another one. A codec that `holds` may have anything for a part, objects of the submission's included.
    """

    tag: str
    kind: type
    parts: Callable[[Any], Any]
    build: Callable[[Any], Any]
    fill: Callable[[Any, Any], None] | None = None
    holds: bool = False


def require(*, fits: bool, what: str = "its parts do not fit") -> None:
    """Raise ValueError unless `fits`."""
    if not fits:
        raise ValueError(what)


def exact(value: Any, kind: type[Value]) -> Value:
    """Return `value`, which must be of this very class."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
    return value


def within(value: Any, low: int, high: int) -> int:
    """Return an int that must lie between `low` and `high`, both included."""
    number = exact(value, int)
    require(fits=low <= number <= high, what=f"{low} to {high} expected")
    return number
