"""IPython's magics and shell lines in a submission's cells: ignored, with a note, and never run."""

import ast
import re
from typing import Final

_CELL_BODY: Final = re.compile(r"%%(time|timeit|capture)\b")
_LINE: Final = re.compile(r"^(\s*)(%|!|\?|[\w.]+\?{1,2}\s*$)")
_ASSIGNED: Final = re.compile(r"^(\s*[\w, ]+=\s*)[%!].*$")


def without_magics(source: str) -> tuple[str, tuple[str, ...]]:
    """Return a cell's source as Python, line for line, and the magic lines that were left out of it.

    What is Python already is returned as it is, so that `'''%x'''` in a string survives.
    """
    if _is_python(source):
        return source, ()
    lines = source.splitlines()
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and not _CELL_BODY.match(first):
        return "\n".join(f"# {line}" for line in lines), (first,)
    left_out = []
    for place, line in enumerate(lines):
        if match := _ASSIGNED.match(line):
            lines[place] = f"{match[1]}None"
        elif match := _LINE.match(line):
            lines[place] = f"{match[1]}pass  # {line.strip()}"
        else:
            continue
        left_out.append(line.strip())
    cleaned = "\n".join(lines)
    return (cleaned, tuple(left_out)) if left_out and _is_python(cleaned) else (source, ())


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
