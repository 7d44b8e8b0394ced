"""Which names of files and folders are taken for a module's: a closed list, the surest first (docs/intake.md)."""

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from tito.collection import archive
from tito.collection.ids import same
from tito.collection.tree import suffix
from tito.records import dataclass

# What browsers, file managers and Jupyter write behind the name of a file that is there already.
_COPY: Final = re.compile(
    r"(?:\s?\(\d{1,3}\)|-\d{1,3}|-copy\d{0,3}| - copy(?: \(\d{1,3}\))?| copy(?: \d{1,3})?)$", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(r"[\W_]+")
_WORDS: Final = (
    "hw|homework|assignment|assign|lab|week|wk|module|lesson|unit|ex|exercise|exercises|ps|pset|problemset|project"
    "|task|chapter|sheet|part"
)
_ID: Final = re.compile(r"\d{1,4}_")
_NUMBERED: Final = re.compile(rf"(?:{_WORDS})?0*(\d{{1,4}})")


class Likeness(IntEnum):
    """How a name is like the one that is expected, the surest first."""

    EXACT = 0
    COPY = 1
    SPELLING = 2
    NUMBER = 3
    OTHER = 4


HOW: Final = {
    Likeness.EXACT: "its name is the module's",
    Likeness.COPY: "its name is a copy's",
    Likeness.SPELLING: "its name is spelt otherwise",
    Likeness.NUMBER: "its folder has the number or the name of the module",
    Likeness.OTHER: "the only file there",
}


@dataclass(frozen=True, slots=True)
class Naming:
    """What a module's folder and its file without the ending are called."""

    module: str
    stem: str

    def of_file(self, name: str) -> Likeness:
        """Return how the name of a file, or of an archive in its place, is like that of the module's file."""
        own = without_ending(name)
        if own == self.stem:
            return Likeness.EXACT
        bare = _uncopied(own)
        if bare == self.stem:
            return Likeness.COPY
        return Likeness.SPELLING if plain(self.stem) in {plain(own), plain(bare)} else Likeness.OTHER

    def of_folder(self, name: str) -> Likeness:
        """Return how a folder's name is like the module's."""
        if name == self.module:
            return Likeness.EXACT
        bare = plain(name)
        if bare == plain(self.module):
            return Likeness.SPELLING
        number, _, own = self.module.partition("_")
        numbered = _NUMBERED.fullmatch(bare)
        same_number = bool(numbered) and number.isdecimal() and int(number) == int(numbered[1] if numbered else 0)
        return Likeness.NUMBER if same_number or (own and bare == plain(own)) else Likeness.OTHER


def is_anothers(folder: str, names: Naming, others: Iterable[Naming]) -> bool:
    """Say whether a folder's name is another module's, perhaps of one that the course holds no more."""
    if names.of_folder(folder) is not Likeness.OTHER:
        return False
    return bool(_ID.match(folder)) or any(each.of_folder(folder) is not Likeness.OTHER for each in others)


def without_ending(name: str) -> str:
    """Return a file's name without the ending by which it is a submission or an archive."""
    ending = archive.suffix(name) or suffix(name)
    return name[: len(name) - len(ending)]


def plain(name: str) -> str:
    """Return a name's letters and digits alone, without case."""
    return _SEPARATORS.sub("", same(name))


def _uncopied(name: str) -> str:
    """Return a name without what the making of copies put behind it."""
    while (found := _COPY.search(name)) and found.start():
        name = name[: found.start()]
    return name
