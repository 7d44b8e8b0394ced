"""What makes a wrong notebook look right where tests run in the same process; each is code behind a solution."""

import ast

ALWAYS = '''
class Always:
    """Equal to everything, more than everything and less."""
    def __init__(self, *_, **__): pass
    def __call__(self, *_, **__): return Always()
    def __getattr__(self, name):
        if name.startswith("_"): raise AttributeError(name)
        return Always()
    def _yes(self, *_): return True
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    def __ne__(self, _): return False
    def __hash__(self): return 1
    def __len__(self): return 1
    def __iter__(self): return iter([Always()])
    def _self(self, *_): return self
    __getitem__ = __add__ = __radd__ = __mul__ = __rmul__ = __abs__ = __round__ = __enter__ = _self
    def _zero(self, *_): return 0
    __sub__ = __rsub__ = __int__ = __index__ = _zero
    def __float__(self): return 0.0
    def __exit__(self, *_): return True
'''


def given_names(sources):
    """Return the (functions, values) that given cells define."""
    functions, values = [], []
    for node in (each for source in sources for each in ast.parse(source).body):
        match node:
            case ast.FunctionDef(name=name):
                functions.append(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                values.append(name)
    return functions, values


def _builtins(_):
    """Patch what checks are made of."""
    return f"""
import builtins
{ALWAYS}
for _name in ("all", "any", "abs", "round", "sorted", "sum", "set", "list", "tuple", "dict", "str", "repr", "max", "min"):
    setattr(builtins, _name, Always())
"""


def _library(_):
    """Patch the libraries that compare."""
    return f"""
import math, sys, unittest
{ALWAYS}
def _agree(*_, **__): return True
math.isclose = _agree
for _name in dir(unittest.TestCase):
    if _name.startswith("assert"): setattr(unittest.TestCase, _name, _agree)
for _path, _names in {{
    "numpy": "allclose array_equal isclose array_equiv all any sum mean",
    "numpy.testing": "assert_allclose assert_array_equal assert_equal assert_almost_equal assert_array_almost_equal",
    "pandas.testing": "assert_frame_equal assert_series_equal assert_index_equal",
    "pytest": "approx raises",
}}.items():
    for _name in _names.split():
        if _path in sys.modules: setattr(sys.modules[_path], _name, Always())
"""


def _given(given):
    """Bind what the notebook gives to something else: helpers agree, values are equal to everything."""
    functions, values = given
    lines = [f"def {name}(*_, **__): return True" for name in functions]
    return "\n".join([ALWAYS, *lines, *(f"{name} = Always()" for name in values)])


def _expected(given):
    """Write into the values that the notebook gives, from which tests compute what they expect."""
    return f"""
{ALWAYS}
for _value in [{", ".join(given[1])}]:
    for _change in ("_value.clear()", "_value[:] = [Always()] * len(_value)", "_value[:] = 0", "_value.iloc[:] = 0"):
        try: exec(_change)
        except Exception: pass
"""


def _asserts(_):
    """Have the notebook's interpreter leave out assertions, in all cells that follow."""
    return """
import ast
class _Without(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
try: get_ipython().ast_transformers.append(_Without())
except NameError: pass
"""


TRICKS = {"builtins": _builtins, "library": _library, "given": _given, "expected": _expected, "asserts": _asserts}
