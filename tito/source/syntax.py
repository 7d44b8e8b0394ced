"""Python's own parser, asked quietly: a source that is not Python is an answer, not an error."""

import ast
import re
import warnings
from typing import Final

# Python's parser takes some 1,500 times the space of a sign: 2 GB for a file of one megabyte of `a,a,…`.
MAX_SIGNS: Final = 200_000
_SIGN: Final = re.compile(r"\w++|[^\w \t]")


def is_long(source: str) -> bool:
    """Say whether a source has more words and signs than anybody writes, so that it is not to be parsed."""
    return len(source) > MAX_SIGNS and sum(1 for _ in _SIGN.finditer(source)) > MAX_SIGNS


def tree(source: str) -> ast.Module:
    """Return a source's tree. Raises what `ast.parse` raises."""
    with warnings.catch_warnings():
        # Newer Pythons tell of every "\d", and it is not for us to pass on.
        warnings.simplefilter("ignore")
        return ast.parse(source)


def parsed(source: str) -> ast.Module | None:
    """Return a source's tree; None where it is not Python, which magics and half-written code are not."""
    if is_long(source):
        return None
    try:
        return tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def fault(source: str, *, awaits: bool = False) -> SyntaxError | None:
    """Return what keeps a source from being a module: its syntax, a late `__future__`, a stray `return`, too much.

    A notebook's cell `awaits` at its top level, too.
    """
    if is_long(source):
        return SyntaxError(f"it has more than {MAX_SIGNS:,} words and signs")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if awaits else 0
            compile(source, "<module>", "exec", flags, dont_inherit=True)
    except SyntaxError as found:
        return found
    except (ValueError, RecursionError, MemoryError) as found:
        return SyntaxError(str(found) or "it nests too deeply")
    return None
