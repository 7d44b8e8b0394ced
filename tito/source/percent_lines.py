"""The lines of a percent script's cells: which are quoted, which are comments, which are magics."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

# Possessive, so that nothing is kept of a long line but the place in it.
_OPENING: Final = re.compile(
    r"""#|"{3}|'{3}|"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?$)|'[^'\\]*+(?:\\.[^'\\]*+)*+(?:'|\\?$)|\\."""
)
_CLOSING: Final = re.compile(r"""\\.|"{3}|'{3}""")
_TRIPLES: Final = ('"""', "'''")
_MAGIC: Final = re.compile(
    r"^\s*(?:# ?+)++(?:%{1,3}[a-zA-Z]|![A-Za-z.~$\\/{}]|[a-zA-Z_]\w*\s*=\s*(?:%{1,3}|!)[a-zA-Z])",
)
_NO_MAGIC: Final = re.compile(r"#\s*noescape")
_CONTINUED: Final = re.compile(r"\\\s*$")


def quoted_lines(lines: Iterable[str]) -> Iterator[bool]:
    """Yield for each line whether it starts within a triple-quoted string."""
    held = ""
    for line in lines:
        yield bool(held)
        held = held_after((line,), held)


def held_after(lines: Iterable[str], held: str) -> str:
    """Return the quotes of the string that is open behind lines, given those open before them; "" for none."""
    for line in lines:
        # Most lines hold no such quotes, and need not be read sign by sign.
        if ('"""' in line or "'''" in line) and (held or not line.lstrip().startswith("#")):
            held = _held_after(line, held)
    return held


def uncommented(line: str) -> str:
    """Return a line of text without the comment sign before it."""
    return line[2:] if line.startswith("# ") else line.removeprefix("#")


def is_commented_magic(line: str) -> bool:
    """Say whether a line is an IPython magic or shell command, put into a comment."""
    return bool(_MAGIC.match(line)) and not _NO_MAGIC.search(line)


def uncommented_magics(lines: list[str]) -> Iterator[str]:
    """Yield a code cell's lines, with IPython's magics and shell commands taken out of their comments."""
    if not any(is_commented_magic(line) for line in lines if "%" in line or "!" in line):
        yield from lines
        return
    goes_on = False
    for line, inside in zip(lines, quoted_lines(lines), strict=True):
        if not inside and (goes_on or is_commented_magic(line)):
            goes_on = bool(_CONTINUED.search(line))
            bare = line.lstrip()
            yield line[: len(line) - len(bare)] + uncommented(bare)
        else:
            yield line


def _held_after(line: str, held: str) -> str:
    """Return the quotes of the string that is open at a line's end, given those open at its start; "" for none."""
    place = 0
    while found := (_CLOSING if held else _OPENING).search(line, place):
        place = found.end()
        if found[0] == "#":
            break
        if found[0] in _TRIPLES and held in {"", found[0]}:
            held = "" if held else found[0]
    return held
