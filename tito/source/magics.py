"""IPython's magics and shell lines in a cell, a source's or a submission's: left out, with a note, and never run."""

import re
from collections.abc import Iterator
from typing import Final

from tito.source.syntax import parsed

# The body of these is Python, which runs as the rest does; that of all others (%%bash, %%writefile) is left out.
_CELL_BODY: Final = re.compile(r"%%(time|timeit|capture|prun|debug)\b")
# Possessive throughout, so that nothing is kept of a long line but the place in it.
_LINE: Final = re.compile(r"\s*+(?:%{1,2}[A-Za-z_]|!|\?{1,2}\w|%{0,2}[A-Za-z_][\w.*]*+(?:\[\w++\])*+\?{1,2}\s*+$)")
_ASSIGNED: Final = re.compile(r"""(\s*+[A-Za-z_](?:[\w.,\[\] ]++|"[^"\\]*+"|'[^'\\]*+')*+=\s*+)(?:%[A-Za-z_]|!)""")
# It runs its statement in the notebook's own namespace, and shows how long that took.
_TIMED: Final = re.compile(r"(\s*+)%time\s++([^\s\\][^\\]*+)")
_LIKELY: Final = re.compile(r"^[^\S\n]*[%!?]|=[^\S\n]*[%!]|\?[^\S\n]*$", re.MULTILINE)
_STRING_END: Final = {
    sign * 3: re.compile(rf"[^\\{sign}]*+(?:(?:\\.|\\$|{sign}(?!{sign}{sign}))[^\\{sign}]*+)*+(?P<end>{sign}{{3}})?")
    for sign in ('"', "'")
}
_TOKEN: Final = re.compile(
    r"""(?P<hash>\#.*)|(?P<triple>"{3}|'{3})|"[^"\\]*+(?:\\.[^"\\]*+)*+"?|'[^'\\]*+(?:\\.[^'\\]*+)*+'?"""
    r"""|(?P<open>[(\[{])|(?P<close>[)\]}])"""
)


def without_magics(source: str) -> tuple[str, tuple[str, ...]]:
    """Return a cell's source as Python, line for line, and the magic lines that were left out of it.

    A magic in a block becomes `pass`, what is assigned from one (`files = !ls`) None, and `%time` its statement.
    Where a statement starts, no Python looks like one; what stands in a string or in brackets, such as `'''%x'''`,
    is left alone.
    Source of the rules: IPython's documentation, "Built-in magic commands" and `inputtransformer2`.
    """
    if not _LIKELY.search(source):
        return source, ()
    lines = source.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and not _CELL_BODY.match(first):
        return "\n".join(f"# {line}" for line in lines), (first,)
    left_out = []
    for place, goes_on in _magics(lines):
        timed = None if goes_on else _TIMED.fullmatch(lines[place])
        if timed and parsed(timed[2]) is not None:
            lines[place] = f"{timed[1]}{timed[2]}"
            continue
        if not goes_on:
            left_out.append(lines[place].strip())
        lines[place] = _replaced(lines[place], goes_on=goes_on)
    return "\n".join(lines), tuple(left_out)


def _replaced(line: str, *, goes_on: bool) -> str:
    if goes_on:
        return f"# {line}"
    if match := _ASSIGNED.match(line):
        return f"{match[1]}None"
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}pass  # {bare}".rstrip("\\ ")


def _magics(lines: list[str]) -> Iterator[tuple[int, bool]]:
    """Yield the place of each line of a magic, and whether it goes on with the one before it.

    Only where a statement starts can one stand: not within a string, brackets or a line that a backslash continues.
    """
    held, depth, continued, magic = "", 0, False, False
    for place, line in enumerate(lines):
        starts = not (held or depth or continued)
        magic = (magic and continued) or (starts and bool(_LINE.match(line) or _ASSIGNED.match(line)))
        if magic:
            yield place, continued
        else:
            held, depth = _after(line, held, depth)
        continued = line.endswith("\\") and not held


def _after(line: str, held: str, depth: int) -> tuple[str, int]:
    """Return the quotes and the number of brackets that are open after a line, given those before it."""
    place = 0
    while place < len(line):
        if held:
            found = _STRING_END[held].match(line, place)
            held = "" if found and found["end"] else held
        elif found := _TOKEN.search(line, place):
            held = found["triple"] or ""
            depth = max(0, depth + bool(found["open"]) - bool(found["close"]))
        if not found:
            break
        place = max(found.end(), place + 1)
    return held, depth
