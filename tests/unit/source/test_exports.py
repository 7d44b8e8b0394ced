"""Exports: what of a module becomes the package."""

import ast
import re

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
        ("#| default_exp core.thing", "#| default_exp ../thing", "m/thing_dev.py:1: `../thing` is no module's name"),
        ("def double(x):", "def double(x:", "m/thing_dev.py:13: exported cell  is not Python"),
        ("LIMIT = 3", "return 3", "m/thing_dev.py:9: exported cell  is not Python: 'return' outside function"),
        ("LIMIT = 3", "%time x", "m/thing_dev.py:9: exported cell  is not Python"),
        ("assert double", "#| export\nassert double", "m/thing_dev.py:22: test cell t is exported"),
        ("def double", "from __future__ import division\n\ndef double", "the exported cells are no module"),
    ],
)
def test_what_cannot_be_exported_is_named(old, new, told):
    with pytest.raises(CourseError, match=re.escape(told)):
        exports.export(parse(SOURCE.replace(old, new), "m/thing_dev.py"))


def exported(*cells):
    text = "\n\n".join(["# %%\n#| default_exp a.b", *(f"# %%\n#| export\n{cell}" for cell in cells)])
    return exports.export(parse(text + "\n", "m/b_dev.py"))[1]


def test_imports_of_every_cell_stay_and_futures_lead():
    text = exported('"""Doc."""\nfrom __future__ import annotations\nimport x', "import x\na = x")
    assert text.index("__future__") < text.index("__all__")
    assert text.count("import x") == 2
    compile(text, "b.py", "exec")


def test_public_names_are_listed_wherever_they_are_bound():
    text = exported("A, (B, *C) = x", "async def d(): ...", "E: int = 1\n_F = 2\nimport g")
    assert ast.literal_eval(text[text.index("[") : text.index("]") + 1]) == ["A", "B", "C", "E", "d"]


def test_strings_and_comments_below_the_code_are_no_directives():
    body = 'a = """\n#| export\n### END SOLUTION\n"""\n# | a | table |'
    assert exported(body).endswith(body + "\n")


def test_a_stub_is_exported_with_a_students_odd_comments():
    body = "def f():\n    # begin solution\n    raise NotImplementedError()"
    assert exported(body).endswith(body + "\n")


def test_no_exported_cell_makes_an_empty_module():
    assert exported().endswith("__all__ = []\n")


def test_imports_are_found_wherever_they_stand():
    text = "import a.b\nfrom c import d\ndef f():\n    from e.g import h\nfrom . import i\n"
    assert set(exports.imports(text)) == {"a.b", "c", "c.d", "e.g", "e.g.h"}
    assert exports.imports("def f(:") == ()


@pytest.mark.parametrize(
    ("source", "exported"),
    [
        ("#| export\nx = 1", True),
        ("# | export\n\nx = 1", True),
        ("# a remark\n#| export\nx = 1", True),
        ("x = 1\n#| export", False),
        ("#| default_exp core.x", False),
        ("#| exported\nx = 1", False),
        ("", False),
    ],
)
def test_a_cell_is_exported_where_the_directive_stands_above_its_code(source, exported):
    assert exports.is_exported(source) is exported
