"""What statements do to names: now and later, in the scopes that Python gives them."""

import ast
import symtable
import sys
import sysconfig
import warnings
from pathlib import Path

import pytest

from tito.locking.scopes import effects


def of(text):
    return effects(ast.parse(text).body[0])


READS = {
    "a name": ("y = x", {"x"}),
    "comprehensions have names of their own": ("y = [f(i) for i in xs if i > k]", {"f", "xs", "k"}),
    "nested comprehensions": ("y = {a: b for a in xs for b in a}", {"xs"}),
    "a lambda's arguments": ("y = g(lambda v, w=k: v + w + c)", {"g", "k", "c"}),
    "defaults and decorators run at once": ("@deco(1)\ndef f(a=b): return c", {"deco", "b"}),
    "annotations are read by nobody else": ("def f(a: A) -> B: pass", set()),
    "a class runs its body": ("class A(B, metaclass=M):\n    x = y\n    z = x\n    def f(self): return x", {"B", "M", "y"}),
    "a class may read what it binds next": ("class A:\n    x = x", {"x"}),
    "what a loop binds is its own": ("for i in xs:\n    t = i\n    u = t", {"xs"}),
    "a loop may not run": ("if c:\n    a = 1\nelse:\n    b = 2\n", {"c"}),
    "one branch is not enough": ("try:\n    a = f()\nexcept E as e:\n    print(e, a)", {"f", "E", "print", "a"}),
    "both branches are": ("if c:\n    if d:\n        a = 1\n    else:\n        a = 2\n    b = a", {"c", "d"}),
    "augmented": ("x += y", {"x", "y"}),
    "items and attributes": ("a[i].b = c", {"a", "i", "c"}),
    "a walrus": ("if (n := f()) and n: pass", {"f"}),
    "a walrus in a comprehension": ("y = [last := f(v) for v in xs]", {"f", "xs"}),
    "patterns": ("match p:\n    case A(x=v) | B.C(v) if v > k: use(v)", {"p", "A", "B", "k", "use"}),
    "with": ("with open(p) as f, g(f) as h: h()", {"open", "p", "g"}),
    "names by their text": ("assert 'x' in locals() and eval('f(3)')", {"locals", "eval", "x", "f"}),
    "names of an object by their text": ("y = vars(x)['z'], dir(x)", {"vars", "dir", "x"}),
    "names of the notebook by their text": ("y = vars()['z']", {"vars", "z"}),
    "del": ("del a[b], c", {"a", "b"}),
    "f-strings": ("y = f'{a!r:>{b}}'", {"a", "b"}),
    "star": ("a, *b = c", {"c"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reads"), READS.values(), ids=READS)
def test_a_statement_reads(text, reads):
    assert of(text).now.reads == reads


LATER = {
    "a function": ("def f(a): return a + b", {"b"}),
    "what it binds is its own": ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = y\n    return x", {"y"}),
    "global": ("def f():\n    global t\n    t += 1", {"t"}),
    "a kept lambda": ("f = lambda a: a + b", {"b"}),
    "methods do not see the class": ("class A:\n    x = 1\n    def f(self): return x", {"x"}),
    "imports within are its own": ("def f():\n    import math\n    return math.pi + e", {"e"}),
    "annotations of inner functions": ("def f():\n    def g(a: A): pass\n    b: B = 1", {"A"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reads"), LATER.values(), ids=LATER)
def test_its_functions_read_later(text, reads):
    assert of(text).later.reads == reads


CHANGES = {
    "items": ("a[0] = 1", {"a"}),
    "attributes": ("a.b.c = 1", {"a"}),
    "augmented": ("a += [1]", {"a"}),
    "deleted items": ("del a['k']", {"a"}),
    "methods": ("a.append(1)", {"a"}),
    "methods whose value is used may be pure": ("b = a.add(1)", set()),
    "popping": ("b = a.pop()", {"a"}),
    "in place": ("df.drop(columns=['x'], inplace=True)", {"df"}),
    "out": ("np.add(a, b, out=c)", {"np", "c"}),
    "shuffling": ("random.shuffle(a)", {"random", "a"}),
    "next": ("b = next(it)", {"it"}),
    "a part of it": ("d.setdefault(k, []).append(1)", {"d"}),
    "a copy of it": ("a.copy().append(1)", set()),
    "reading": ("b = a.mean() + a[0]", set()),
}


@pytest.mark.parametrize(("text", "changes"), CHANGES.values(), ids=CHANGES)
def test_a_statement_changes_in_place(text, changes):
    assert of(text).now.changes == changes


def test_a_classs_annotations_are_noted_and_a_functions_are_not():
    assert of("class A:\n    x: T = 1\n    def f(self):\n        y: U = 1").noted == {"T"}
    assert of("x: T = 1").noted == {"T"}


def test_what_is_only_stored_away_is_kept():
    assert of("table = {'f': f, 'g': [g, h(i)]}").kept == {"f", "g"}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.12's")
def test_a_type_alias_reads_when_it_is_asked():
    found = of("type Pair[T] = tuple[T, Other]")
    assert (found.now.binds, found.later.reads) == ({"Pair"}, {"tuple", "Other"})


def _tables(table):
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _known(text):
    """Return what Python's own symbol tables say that a text binds and reads of the module's names."""
    binds, reads = set(), set()
    top = symtable.symtable(text, "m.py", "exec")
    for table in _tables(top):
        for symbol in table.get_symbols():
            ours = table is top or symbol.is_global()
            if ours and symbol.is_referenced():
                reads.add(symbol.get_name())
            if table is top and (symbol.is_assigned() or symbol.is_imported()):
                binds.add(symbol.get_name())
    # A comprehension's iterator is `.0`; some Pythons inline its targets.
    return {name for name in binds if name[0] != "."}, {name for name in reads if name[0] != "."}


@pytest.mark.parametrize(
    "name", ["argparse", "ast", "dataclasses", "enum", "functools", "inspect", "typing", "doctest"]
)
def test_python_itself_finds_no_other_names(name):
    source = Path(sysconfig.get_paths()["stdlib"], f"{name}.py").read_text("utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for node in ast.parse(source).body:
            binds, reads = _known(ast.unparse(node))
            found = effects(node)
            assert found.now.binds <= binds
            assert reads - found.reads <= binds
            if not isinstance(node, ast.ClassDef | ast.AugAssign):
                # A class reads outside what it binds later, which the tables do not tell.
                spoken = found.reads & {"globals", "locals", "vars", "dir", "eval", "exec"}
                assert spoken or found.reads - reads <= binds
