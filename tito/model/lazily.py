"""Sequences whose items are made or read when they are asked for, so that a class takes no more than its rows."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")


class Lazily(Sequence[Item]):
    """A sequence that knows how to give `one` of its items."""

    def __getitem__(self, place: Any) -> Any:
        """Return one, or those of a slice."""
        if isinstance(place, slice):
            return [self.one(each) for each in range(*place.indices(len(self)))]
        return self.one(place)

    @abstractmethod
    def one(self, place: int) -> Item:
        """Return the item at a place. Raises IndexError behind the last one."""
