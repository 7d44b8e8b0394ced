"""Which texts of a class share passages: pairs, and the clusters that these join."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from tito.records import dataclass
from tito.similarity.passages import Passage

# A text of fewer passages is alike to every other that is as short; so few in common are by chance.
_SHORT: Final = 10
_CHANCE: Final = 8
_JOINED: Final = 0.7
# Who has a passage is many beyond so many texts, and beyond this part of them.
_MANY, _PART = 10, 10


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its passages, shown by its `name`; one of an `earlier` class is compared with this one's alone."""

    name: str
    path: str
    text: str
    passages: tuple[Passage, ...]
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, by their places: how many passages they share, and what part that is of the shorter one's."""

    first: int
    second: int
    shared: int
    part: float


def pairs(texts: Sequence[Read], least: float = 0.3) -> list[Pair]:
    """Return the pairs that share at least that part of the shorter text's passages, the most alike first.

    A passage that many have is the lesson's, not anybody's: it counts nowhere.
    """
    many = max(_MANY, len(texts) // _PART)
    kept = {word: places for word, places in _index(texts).items() if 1 < len(places) <= many}
    sizes = _sizes(texts, many)
    common: defaultdict[tuple[int, int], int] = defaultdict(int)
    for places in kept.values():
        for pair in combinations(places, 2):
            common[pair] += 1
    found = []
    for (first, second), shared in common.items():
        size = min(sizes[first], sizes[second])
        if texts[first].earlier and texts[second].earlier:
            continue
        if size >= _SHORT and shared >= _CHANCE and shared / size >= least:
            found.append(Pair(first, second, shared, shared / size))
    return sorted(found, key=lambda pair: (-pair.part, -pair.shared, pair.first, pair.second))


def clusters(found: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Return the places of the texts that pairs with most in common join, where these are more than two."""
    joined: dict[int, set[int]] = {}
    for pair in found:
        if pair.part >= _JOINED:
            both = joined.get(pair.first, {pair.first}) | joined.get(pair.second, {pair.second})
            for place in both:
                joined[place] = both
    groups = {tuple(sorted(group)) for group in joined.values() if len(group) > 2}  # noqa: PLR2004 - two are a pair
    return sorted(groups, key=lambda group: (-len(group), group))


def shared_lines(texts: Sequence[Read], pair: Pair) -> tuple[frozenset[int], frozenset[int]]:
    """Return the lines of both texts of a pair on which passages stand that they share."""
    first, second = texts[pair.first], texts[pair.second]
    common = {each.hash for each in first.passages} & {each.hash for each in second.passages}
    return frozenset(_lines(first, common)), frozenset(_lines(second, common))


def _lines(text: Read, common: set[int]) -> Iterator[int]:
    for each in text.passages:
        if each.hash in common:
            yield from range(each.first, each.last + 1)


def _index(texts: Sequence[Read]) -> Mapping[int, list[int]]:
    index: defaultdict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in {each.hash for each in text.passages}:
            index[word].append(place)
    return index


def _sizes(texts: Sequence[Read], many: int) -> list[int]:
    """Return how many of each text's passages count."""
    index = _index(texts)
    return [sum(len(index[word]) <= many for word in {each.hash for each in text.passages}) for text in texts]
