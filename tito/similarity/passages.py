"""A text's passages: hashes of runs of tokens, in which names are all one and comments are gone.

Of the hashes of all runs of `RUN` tokens, the smallest of every `WINDOW` is kept, so that what two texts share over
`RUN + WINDOW - 1` tokens is found wherever it stands. Source: Schleimer, Wilkerson and Aiken, "Winnowing: local
algorithms for document fingerprinting", SIGMOD 2003.
"""

import builtins
import io
import keyword
import tokenize
import zlib
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from tito.records import dataclass

RUN: Final = 12
WINDOW: Final = 8
# More tokens than this, in a megabyte, nobody writes by hand.
MAX_TOKENS: Final = 100_000
_PRIME: Final = (1 << 61) - 1
_BASE: Final = 1_000_003
_KEPT: Final = frozenset({*keyword.kwlist, *dir(builtins)})
_LAYOUT: Final = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENCODING, tokenize.ENDMARKER, tokenize.TYPE_COMMENT}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of tokens: its hash, and the lines on which it begins and ends."""

    hash: int
    first: int
    last: int


def passages(text: str, ignored: Collection[int] = ()) -> list[Passage]:
    """Return the passages by which a text is known, less those of `ignored` hashes; of no Python, what is read."""
    runs = [each for each in _runs(list(_tokens(text))) if each.hash not in ignored]
    chosen: dict[int, Passage] = {}
    for start in range(max(len(runs) - WINDOW + 1, min(len(runs), 1))):
        window = runs[start : start + WINDOW]
        least = min(range(len(window)), key=lambda place: (window[place].hash, -place))
        chosen[start + least] = window[least]
    return list(chosen.values())


def hashes(text: str) -> frozenset[int]:
    """Return the hashes of all runs of a text: what is given to everybody, and so tells nothing."""
    return frozenset(each.hash for each in _runs(list(_tokens(text))))


def _runs(tokens: Sequence[tuple[str, int]]) -> Iterator[Passage]:
    top = pow(_BASE, RUN - 1, _PRIME)
    values = [zlib.crc32(word.encode("utf-8", "surrogatepass")) + 1 for word, _ in tokens]
    rolling = 0
    for place, value in enumerate(values):
        if place >= RUN:
            rolling = (rolling - values[place - RUN] * top) % _PRIME
        rolling = (rolling * _BASE + value) % _PRIME
        if place >= RUN - 1:
            yield Passage(rolling, tokens[place - RUN + 1][1], tokens[place][1])


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield each token as it is compared, with its line."""
    dotted, fresh, count = False, True, 0
    for token in _read(text):
        if token.type in _LAYOUT:
            fresh = fresh or token.type == tokenize.NEWLINE
            continue
        # A text by itself is documentation.
        if token.type == tokenize.STRING and fresh:
            continue
        yield _word(token, dotted=dotted), token.start[0]
        dotted = token.string == "."
        fresh = token.type in {tokenize.INDENT, tokenize.DEDENT} and fresh
        count += 1
        if count >= MAX_TOKENS:
            return


def _word(token: tokenize.TokenInfo, *, dotted: bool) -> str:
    match token.type:
        case tokenize.NAME:
            # What belongs to a library or the language says what is done; a name of one's own does not.
            return token.string if dotted or token.string in _KEPT else "name"
        case tokenize.NUMBER:
            return "0"
        case tokenize.STRING:
            return "''"
        case tokenize.INDENT | tokenize.DEDENT:
            return ">" if token.type == tokenize.INDENT else "<"
    return token.string


def _read(text: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(text).readline)
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        # What stands before it was read.
        return
