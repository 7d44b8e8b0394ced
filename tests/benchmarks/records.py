"""What a frozen dataclass with slots takes to make, as `tito.records` and as the library makes it, in turn."""

import dataclasses
import statistics
import time
from collections.abc import Callable
from typing import Any

from tito import records

CLASSES, TIMES = 100, 7


def main() -> None:
    """Print both, in microseconds a class."""
    took: dict[str, list[float]] = {"the library": [], "tito.records": []}
    for _ in range(TIMES):
        for name, decorate in zip(took, (dataclasses.dataclass, records.dataclass), strict=True):
            took[name].append(made(decorate))
    for name, each in took.items():
        print(f"{name}: {statistics.median(each) * 1e6:.0f} µs a class")


def made(decorate: Callable[..., Any]) -> float:
    """Return the seconds that a class of five fields takes."""
    begun = time.perf_counter()
    for _ in range(CLASSES):

        @decorate(frozen=True, slots=True)
        class Point:
            """A point with a name."""

            x: int
            y: int
            name: str = ""
            seen: tuple[str, ...] = ()
            tags: list[str] = dataclasses.field(default_factory=list)

        assert Point(1, 2).name == ""
    return (time.perf_counter() - begun) / CLASSES


if __name__ == "__main__":
    main()
