"""Does reading a submission take time in proportion to its length? `python tests/benchmarks/readers.py`

Each case is a text that is easy to read again and again. It is read at a length and at four times that: a reader in
linear time takes some 4 times as long, a quadratic one 16 times. Only the ratio says something; ends with 1 where one
is more than 10.
"""

import contextlib
import gc
import sys
import time
from decimal import Decimal

from tito.errors import TitoError
from tito.model.document import Role
from tito.model.grader import Grader, LockedCell
from tito.source.exports import export
from tito.source.markers import check_markers
from tito.workflows.grading.intake import parsed

CELLS = (
    LockedCell("setup", Role.READ_ONLY, "0" * 64, None, "LIMIT = 1"),
    LockedCell("t", Role.TEST, "1" * 64, Decimal(2)),
)
GRADER = Grader("02_m", "core.m", (), (), CELLS, ("sigmoid",))
CELL = '# %% nbgrader={"grade_id": "sigmoid", "solution": true}\n'
QUOTES = '"""'
MOST = 10


def script(start, piece, end=""):
    return "a.py", lambda size: start + piece * (size // len(piece)) + end


def notebook(make):
    head = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['
    return "a.ipynb", lambda size: f"{head}{make(size)}}}"


def keys(size):
    return "], " + ", ".join(f'"k{place}": 0' for place in range(size // 11)) + ', "k1": 0'


def source(piece):
    return lambda size: (
        f'{{"cell_type": "code", "metadata": {{}}, "source": "{piece * (size // len(piece))}"}}], "x": 0'
    )


CASES = {
    "a line and a shell command": script(CELL, "a,", "\n!x\n"),
    "lines and a shell command": script(CELL, "a\n", "!x\n"),
    "magics": script(CELL, "%x\n"),
    "brackets": script(f"{CELL}!x\n", "("),
    "a long string": script(f"{CELL}!x\n'", "\\a"),
    "a long string of lines": script(f"{CELL}!x\n{QUOTES}", "\\a\n"),
    "a name with brackets": script(f"{CELL}!x\na", "[a]", "x"),
    "an assignment": script(f"{CELL}!x\n", "a, ", "="),
    "magics in comments": script(CELL, "# %x \\\n"),
    "signs of comments": script(CELL, "# "),
    "marker-like comments": script(CELL, "# begin solutoin\n"),
    "regions": script(f"{CELL}#| default_exp core.m\n#| export\n", "### BEGIN SOLUTION\n### END SOLUTION\n"),
    "markers in a string": script(CELL + QUOTES, "# %%\n", QUOTES),
    "cells in strings": script(CELL, f"{QUOTES}\n{CELL}"),
    "cells": script("", "# %%\na = 1\n"),
    "graded cells": script("", CELL),
    "a marker of pairs": script("# %% ", "a=1 "),
    "a marker of names": script("# %% ", "a=x "),
    "a marker of quotes": script("# %% ", "a='\\' "),
    "a marker of brackets": script("# %% ", "a=[ "),
    "a marker of words": script("# %% a=1 ", "b "),
    "prose in quotes": script(f"# %% [markdown]\n{QUOTES}\n", f"{QUOTES}\n"),
    "a header": script("# ---\n# jupyter:\n", "#   a: b\n", "# ---\n"),
    "blank lines": script(CELL, " \n", "x"),
    "keys that end in one twice": notebook(keys),
    "a source of magics": notebook(source("%x\\n")),
    "a source of one line": notebook(source("a,")),
    "lists": notebook(lambda size: '], "x": [' + "[], " * (size // 4) + "0]"),
    "digits": notebook(lambda size: '], "x": ' + "1" * size),
}


def main():
    worst = 0
    for name, (path, make) in CASES.items():
        size, took, more = measured(path, make, 0.05)
        worst = max(worst, more / took)
        print(f"{name:28} {size:9,} signs {took * 1000:8.1f} ms, four times as many {more / took:5.1f} times as long")
    sys.exit(worst > MOST)


def measured(path, make, seconds):
    """Return a length that takes `seconds` to read, what it takes, and what four times as much takes."""
    size = 10_000
    while (took := best(path, make(size))) < seconds and size < 300_000:
        size *= 2
    return size, took, best(path, make(4 * size))


def best(path, text):
    return min(spent(path, text.encode()) for _ in range(3))


def spent(path, content):
    # The collector's walks through all that this process holds are no time of the reader's.
    gc.disable()
    try:
        return _spent(path, content)
    finally:
        gc.enable()


def _spent(path, content):
    began = time.process_time()
    work = parsed("ann", path, content, GRADER)
    if work.document:
        for use in (check_markers, export):
            with contextlib.suppress(TitoError):
                use(work.document)
    return time.process_time() - began


if __name__ == "__main__":
    main()
