"""Small notebooks, written as lines: `-- given`, `-- solution`, `-- unmarked` and `-- test` begin a cell."""

import re

import pytest

from tito.source import parse

HEADS = {
    "given": "# %%\n{1}\n",
    "read-only": '# %% nbgrader={{"locked": true, "grade_id": "r{0}"}}\n{1}\n',
    "solution": '# %% nbgrader={{"solution": true, "grade_id": "s{0}"}}\n### BEGIN SOLUTION\n{1}\n### END SOLUTION\n',
    "unmarked": '# %% nbgrader={{"solution": true, "grade_id": "s{0}"}}\n{1}\n',
    "test": '# %% nbgrader={{"grade": true, "grade_id": "t{0}", "points": 1}}\n{1}\n',
}


def written(text):
    """Return the percent script of such a notebook; cells are numbered by kind."""
    counts, cells = {}, []
    for kind, body in re.findall(r"^-- ([\w-]+)\n((?:(?!-- ).*(?:\n|\Z))*)", text.strip("\n") + "\n", re.MULTILINE):
        letter = HEADS[kind].partition('"grade_id": "')[2][:1]
        counts[letter] = counts.get(letter, 0) + 1
        cells.append(HEADS[kind].format(counts[letter], body.rstrip("\n")))
    return "\n".join(cells)


@pytest.fixture
def notebook():
    return lambda text: parse(written(text), "m.py")
