"""Exports: what of a module becomes the package."""

import pytest

from tito.errors import CourseError
from tito.source import exports, parse

SOURCE = """
# %%
#| default_exp core.thing

# %%
#| export
import numpy as np

LIMIT = 3

# %%
#| export
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %%
print(double(2))

# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}
assert double(2) == 4
"""


def test_exported_cells_are_joined_without_directives_markers_and_tests():
    name, text = exports.export(parse(SOURCE, "m/thing_dev.py"))
    assert name == "core.thing"
    assert text == (
        '"""core.thing: made by `tito export` from m/thing_dev.py; edit that file."""\n\nimport numpy as np\n\n'
        '__all__ = [\n    "LIMIT",\n    "double",\n]\n\n\nLIMIT = 3\n\n\ndef double(x):\n    return 2 * x\n'
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("#| default_exp core.thing", "", "nothing says where"),
        ("def double(x):", "def double(x:", "thing_dev.py:14: exported cell  is not Python"),
        ("assert double", "#| export\nassert double", "test cell t is exported"),
    ],
)
def test_what_cannot_be_exported_is_named(old, new, told):
    with pytest.raises(CourseError, match=told.split(":")[0]):
        exports.export(parse(SOURCE.replace(old, new), "m/thing_dev.py"))


def test_imports_are_found_wherever_they_stand():
    text = "import a.b\nfrom c import d\ndef f():\n    from e.g import h\nfrom . import i\n"
    assert set(exports.imports(text)) == {"a.b", "c", "c.d", "e.g", "e.g.h"}
    assert exports.imports("def f(:") == ()
