"""Functions that check: which of their arguments they relate to each other, and what they expect to be raised."""

import ast
from typing import Final

_RELATING: Final = frozenset({
    "allclose", "array_equal", "array_equiv", "assertAlmostEqual", "assertAlmostEquals", "assertCountEqual",
    "assertDictEqual", "assertEqual", "assertEquals", "assertGreater", "assertGreaterEqual", "assertIn", "assertIs",
    "assertIsInstance", "assertIsNot", "assertLess", "assertLessEqual", "assertListEqual", "assertMultiLineEqual",
    "assertNotAlmostEqual", "assertNotEqual", "assertNotIn", "assertNotIsInstance", "assertSequenceEqual",
    "assertSetEqual", "assertTupleEqual", "assert_allclose", "assert_almost_equal", "assert_approx_equal",
    "assert_array_almost_equal", "assert_array_almost_equal_nulp", "assert_array_equal", "assert_array_less",
    "assert_array_max_ulp", "assert_equal", "assert_extension_array_equal", "assert_frame_equal",
    "assert_index_equal", "assert_series_equal", "assert_string_equal", "eq", "is_", "isclose", "isinstance",
    "issubclass",
})  # fmt: skip
_PAIR: Final = 2
_RAISING: Final = frozenset({
    "assertRaises", "assertRaisesRegex", "assertWarns", "assertWarnsRegex", "assert_raises", "assert_raises_regex",
    "raises", "warns",
})  # fmt: skip
# These say how the first argument is looked at; what else they are given is compared with nothing.
_SHAPING: Final = frozenset({"approx", "around", "format", "getattr", "reshape", "round", "round_", "take", "trunc"})


def related(call: ast.Call) -> list[ast.expr]:
    """Return the two arguments that a call relates to each other; none where it does no such thing."""
    name = called(call)
    if name not in _RELATING:
        return []
    named = [each.value for each in call.keywords if each.arg in {"actual", "desired", "first", "second", "x", "y"}]
    return [*call.args, *named][:_PAIR]


def raised(call: ast.Call) -> ast.expr | None:
    """Return the exception that a call expects; None where it expects none."""
    return call.args[0] if called(call) in _RAISING and call.args else None


def is_shaping(name: str) -> bool:
    """Return whether a function gives its first argument in another shape, and what else it is given says how."""
    return name in _SHAPING


def called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
