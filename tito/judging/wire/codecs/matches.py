"""A codec of what a regular expression found: its places in its text, without the pattern ever running again."""

import re
from collections.abc import Iterator
from typing import Any, Final

from tito.judging.wire.codecs.model import Codec, exact, require, within

_MOST_GROUPS: Final = 100
Places = tuple[tuple[int, int], ...]


class Found:
    """A match as it was found: what `re.Match` says of it, but for its pattern and what that would compute."""

    __class__ = property(lambda _: re.Match)

    def __init__(
        self, string: Any, places: tuple[tuple[int, int], ...], names: dict[str, int], ends: tuple[int, int]
    ) -> None:
        self.string = string
        self.regs = places
        self.pos, self.endpos = ends
        self._names = names

    def _place(self, group: Any) -> tuple[int, int]:
        number = self._names.get(group) if isinstance(group, str) else group
        if not isinstance(number, int) or not 0 <= number < len(self.regs):
            raise IndexError("no such group")
        return self.regs[number]

    def _text(self, group: Any, default: Any = None) -> Any:
        start, end = self._place(group)
        return default if start < 0 else self.string[start:end]

    def group(self, *groups: Any) -> Any:
        """Return the text of a group, or those of several."""
        found = tuple(map(self._text, groups or (0,)))
        return found if len(found) > 1 else found[0]

    __getitem__ = _text

    def groups(self, default: Any = None) -> tuple[Any, ...]:
        """Return the texts of all groups."""
        return tuple(self._text(number, default) for number in range(1, len(self.regs)))

    def groupdict(self, default: Any = None) -> dict[str, Any]:
        """Return the texts of the groups that have names."""
        return {name: self._text(name, default) for name in self._names}

    def start(self, group: Any = 0) -> int:
        """Return where a group begins."""
        return self._place(group)[0]

    def end(self, group: Any = 0) -> int:
        """Return where a group ends."""
        return self._place(group)[1]

    def span(self, group: Any = 0) -> tuple[int, int]:
        """Return both."""
        return self._place(group)

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("'re.Match' object is not iterable")

    def __repr__(self) -> str:
        return f"<re.Match object; span={self.span()}, match={self.group()!r}>"


def _parts(it: re.Match[Any]) -> Any:
    return (it.string, it.regs, dict(it.re.groupindex), (it.pos, it.endpos))


def _found(parts: Any) -> Found:
    string, places, names, ends = parts
    require(fits=type(string) in {str, bytes} and 0 < len(exact(places, tuple)) <= _MOST_GROUPS)
    for each in (*places, ends):
        start, end = exact(each, tuple)
        within(start, -1, len(string))
        within(end, start, len(string))
    for name, number in exact(names, dict).items():
        require(fits=type(name) is str and 0 < within(number, 1, len(places)) < len(places))
    return Found(string, places, names, ends)


CODECS: Final = (Codec("re.Match", re.Match, _parts, _found),)
