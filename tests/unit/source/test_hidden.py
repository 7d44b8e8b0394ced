"""Hidden tests: left out of what students see, which stays Python, and whole in the grader."""

import ast

import pytest

from tito.source.hidden import unmarked, visible

HIDDEN = "### BEGIN HIDDEN TESTS\n{0}assert f(2)\n{0}### END HIDDEN TESTS\n"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a = 1\n", "a = 1\n"),
        ("a = 'x\u2028y\f'\n", "a = 'x\u2028y\f'\n"),
        ("def test_a():\n    assert f(1)\n    " + HIDDEN.format("    "), "def test_a():\n    assert f(1)"),
        ("def test_a():\n    " + HIDDEN.format("    "), "def test_a():\n    pass"),
        ("x = 1\ndef test_a():  # of f\n    " + HIDDEN.format("    "), "x = 1\ndef test_a():  # of f\n    pass"),
        ("def test_a(\n    x=1,\n):\n" + HIDDEN.format("    "), "def test_a(\n    x=1,\n):\n    pass"),
        (
            "def test_a():\n    " + HIDDEN.format("    ") + "    " + HIDDEN.format("    ") + "\nb = 1",
            "def test_a():\n    pass\n\nb = 1",
        ),
        (
            "for x in y:\n    if x:\n        g()\n    else:\n        " + HIDDEN.format("        "),
            "for x in y:\n    if x:\n        g()\n    else:\n        pass",
        ),
        ("%time g()\n" + HIDDEN.format(""), "%time g()"),
        ("assert '\\d'\n" + HIDDEN.format(""), "assert '\\d'"),
        ("b = 'x\u2028y'\n" + HIDDEN.format(""), "b = 'x\u2028y'"),
    ],
)
def test_visible_leaves_hidden_tests_out_and_stays_python(source, shown):
    assert visible(source) == shown
    assert visible(shown) == shown


def test_unmarked_keeps_the_tests_and_drops_the_markers():
    source = "def test_a():\n    " + HIDDEN.format("    ")
    assert unmarked(source) == "def test_a():\n    assert f(2)"
    ast.parse(unmarked(source))
