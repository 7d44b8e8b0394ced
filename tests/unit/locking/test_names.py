"""Where the names of small notebooks come from, cell by cell."""

import pytest

from tito.locking.grader_module import generate
from tito.locking.names import Move

# Each notebook of the kinds that courses have, with the submission's names that each test cell asks for.
ASKS = {
    "a variable": ("-- solution\nx = 5\n-- test\nassert x == 5", {"t1": "x"}),
    "bound again behind its test": (
        "-- solution\nx = 5\n-- test\nassert x == 5\n-- solution\nx = 'a'\n-- test\nassert x == 'a'", {"t1": "x", "t2": "x"},
    ),
    "a given cell calls the student's function": (
        "-- solution\ndef load(): return [1, 2]\n-- given\ndata = load()\n-- solution\ntotal = sum\n-- test\nassert total(data) == 3", {"t1": "data total"},
    ),
    "and what a given cell computes from that": (
        "-- solution\nimport numpy as np\nv = np.array([1., 2.])\n-- given\nn = v.shape[0]\nm = n + 1\n-- test\nassert m == 3",
        {"t1": "m"},
    ),
    "by statement": ("-- solution\nf = len\n-- given\na, b = f('x'), 2\n-- test\nassert b == 2", {"t1": "b"}),
    "in a loop": ("-- solution\nf = len\n-- given\nout = []\nfor i in range(3):\n    out.append(f(i))\n-- test\nassert out", {"t1": "out"}),
    "by a branch": ("-- solution\nflag = True\n-- given\nx = 1\nif flag:\n    x = 2\n-- test\nassert x == 2", {"t1": "x"}),
    "given code": ("-- given\na = [1]\na.append(-2)\n-- solution\ndef total(l): return sum(l)\n-- test\nassert total(a) == sum(a)", {"t1": "total"}),
    "that a solution reads it does not matter": (
        "-- given\nrate = 3\ndef check(a): return a == rate\n-- solution\nx = check(rate)\n-- test\nassert check(x + rate)", {"t1": "x"},
    ),
    "a given function calls the student's": ("-- solution\ndef f(): return 1\n-- given\ndef g(): return f() + 1\n-- test\nassert g() == 2", {"t1": "f"}),
    "through two of them": ("-- given\ndef g(): return h()\ndef h(): return f()\n-- solution\ndef f(): return 1\n-- test\nassert g()", {"t1": "f"}),
    "what such a function computed": ("-- solution\ndef f(): return 1\n-- given\ndef g(): return f()\ny = g()\n-- test\nassert y", {"t1": "y"}),
    "a given value that a solution changes": ("-- given\ncfg = {'a': 1}\n-- solution\ncfg['b'] = 2\n-- test\nassert cfg['b'] == 2", {"t1": "cfg"}),
    "from there on": (
        "-- given\ncfg = {'a': 1}\n-- test\nassert cfg['a'] == 1\n-- solution\ncfg['b'] = 2\n-- test\nassert cfg['b'] == 2", {"t1": "", "t2": "cfg"},
    ),
    "that its function changes": ("-- given\nlog = []\n-- solution\ndef add(x): log.append(x)\n-- test\nadd(1)\nassert log == [1]", {"t1": "add log"}),
    "that its function binds": ("-- given\nn = 0\n-- solution\ndef up():\n    global n\n    n += 1\n-- test\nup()\nassert n == 1", {"t1": "n up"}),
    "part by part": ("-- given\nrows = [{}]\n-- solution\nfor row in rows:\n    row['x'] = 1\n-- test\nassert rows[0]['x']", {"t1": "rows"}),
    "an alias": ("-- given\na = {}\nb = a\n-- solution\nb['x'] = 1\n-- test\nassert a['x']", {"t1": "a"}),
    "compared by is": (
        "-- given\nclass Box: pass\nboxes = [Box(), Box()]\n-- solution\nlast = boxes[-1]\n-- test\nassert last is boxes[-1]", {"t1": "boxes last"},
    ),
    "compared by is, in a test before which more came of it": (
        "-- given\nrow = [1]\nrows = [row]\n-- solution\nlast = row\n-- test\nassert last is row and rows", {"t1": "last row rows"},
    ),
    "an argument compared by is": ("-- given\nrow = [1]\n-- solution\ndef same(x): return x\n-- test\nassert same(row) is row", {"t1": "same"}),
    "is not": ("-- given\nrow = [1]\n-- solution\ncopy = list(row)\n-- test\nassert copy is not row", {"t1": "copy"}),
    "a given class alone": ("-- given\nclass Box: pass\n-- solution\ndef f(x): return isinstance(x, Box)\n-- test\nassert f(Box())", {"t1": "f"}),
    "a given class that it derives from": (
        "-- given\nclass Shape: pass\n-- solution\nclass Square(Shape): pass\n-- test\nassert isinstance(Square(), Shape)", {"t1": "Shape Square"},
    ),
    "with that class's own bases": (
        "-- given\nclass A: pass\nclass B(A): pass\n-- solution\nclass C(B): pass\n-- test\nassert issubclass(C, A)", {"t1": "A C"},
    ),
    "a given class that it makes objects of": (
        "-- given\nclass Node: pass\n-- solution\ndef make(): return Node()\n-- test\nassert isinstance(make(), Node)", {"t1": "Node make"},
    ),
    "by a given function": (
        "-- given\nclass Node: pass\ndef node(): return Node()\n-- solution\nfirst = node()\n-- test\nassert isinstance(first, Node)", {"t1": "Node first"},
    ),
    "a given class that it completes": (
        "-- given\nclass A: pass\na = A()\n-- solution\ndef f(self): return 1\nA.f = f\n-- test\nassert a.f() == 1 and isinstance(a, A)", {"t1": "A a"},
    ),
    "a given exception": (
        "-- given\nclass Bad(Exception): pass\n-- solution\ndef f(): raise Bad\n-- test\nimport pytest\nwith pytest.raises(Bad): f()", {"t1": "Bad f"},
    ),
    "a given enumeration": (
        "-- given\nfrom enum import Enum\nclass C(Enum):\n    RED = 1\n-- solution\ndef f(): return C.RED\n-- test\nassert f() is C.RED", {"t1": "f"},
    ),
    "a given dataclass": (
        "-- given\nfrom dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n-- solution\ndef f(): return P(1)\n-- test\nassert f() == P(1)", {"t1": "f"},
    ),
    "a given dataclass that a solution derives from": (
        "-- given\nfrom dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n-- solution\nclass Q(P): pass\n-- test\nassert isinstance(Q(1), P)", {"t1": "P Q"},
    ),
    "a given chain": (
        "-- given\nfrom dataclasses import dataclass\n@dataclass\nclass P:\n    next: 'P'\n-- solution\ndef f(): return P(None)\n-- test\nassert f() == P(None)", {"t1": "P f"},
    ),
    "a given named tuple": (
        "-- given\nfrom collections import namedtuple\nP = namedtuple('P', 'x')\n-- solution\ndef f(): return P(1)\n-- test\nassert f() == P(1)", {"t1": "f"},
    ),
    "a given class that it looks at": (
        "-- given\nclass Box: limit = 3\n-- solution\ndef f(): return Box.limit\n-- test\nassert f() == Box.limit", {"t1": "f"},
    ),
    "a given class whose method it calls": (
        "-- given\nclass Box:\n    @classmethod\n    def make(cls): return cls()\n-- solution\ndef f(): return Box.make()\n-- test\nassert isinstance(f(), Box)",
        {"t1": "Box f"},
    ),
    "annotations alone": ("-- given\nclass P: pass\n-- solution\ndef f(p: P) -> P: return p\n-- test\nassert f(P())", {"t1": "f"}),
    "an import of a solution cell": ("-- unmarked\nimport math\ndef f(x): return math.sqrt(x)\n-- test\nassert f(4) == math.sqrt(4)", {"t1": "f"}),
    "an import within the region": ("-- solution\nimport math\nx = math.pi\n-- test\nassert x == math.pi", {"t1": "x"}),
    "no markers": ("-- unmarked\ndef f(n):\n    return n + 1\n-- test\nassert f(1) == 2", {"t1": "f"}),
    "a setup cell without markers": ("-- unmarked\nimport math\nLIMIT = 3\n-- solution\nx = 2\n-- test\nassert x < LIMIT", {"t1": "x"}),
    "a test cell's own": ("-- solution\ndef f(n): return n + 1\n-- test\na = 3\nassert f(a) == 4\n-- test\nassert f(a) == 4", {"t1": "f", "t2": "f"}),
    "a test binds the student's name": (
        "-- solution\nx = 1\n-- test\nassert x == 1\nx = 7\n-- test\nassert x == 7\n-- solution\nx = 2\n-- test\nassert x == 2", {"t1": "x", "t2": "", "t3": "x"},
    ),
    "given code computes from what a test computed": (
        "-- solution\ndef f(): return 1\n-- test\nr = f()\nassert r == 1\n-- given\ns = r + 1\n-- test\nassert s == 2", {"t1": "f", "t2": "s"},
    ),
    "given code computes from what stands above a test": (
        "-- solution\ndef f(): return 1\n-- test\nr = f()\ndef test_r(): assert r == 1\n-- given\ns = r + 1\n-- test\nassert s == 2", {"t2": "s"},
    ),
    "a test's function binds it": (
        "-- solution\ndef f(): return 1\n-- test\ndef test_f():\n    global a\n    a = 3\n    assert f()\n-- test\nassert a == 3", {"t1": "f", "t2": ""},
    ),
    "given code computes from what a test says": (
        "-- solution\ndef f(n): return n\n-- test\na = 3\nassert f(a) == 3\n-- given\nb = a + 1\n-- test\nassert f(b) == 4", {"t1": "f", "t2": "f"},
    ),
    "locals of a test": ("-- given\na = 1\n-- solution\nx = 2\n-- test\ndef test_x():\n    x = a\n    assert x == 1", {"t1": ""}),
    "names of a comprehension": ("-- solution\nx = 2\nf = abs\n-- test\nassert [f(x) for x in (1, 2)] == [1, 2]", {"t1": "f"}),
    "names by their text": ("-- solution\nx = 2\n-- test\nassert 'x' in dir() and eval('x') == 2", {"t1": "x"}),
    "tests of other cells": (
        "-- solution\ndef f(): return 1\n-- test\ndef test_f(): assert f() == 1\n-- test\ndef test_all(): test_f()", {"t1": "f", "t2": "f"},
    ),
    "figures": (
        "-- given\nimport matplotlib.pyplot as plt\n-- solution\nplt.plot([1])\n-- test\nassert len(plt.gca().lines) == 1", {"t1": "plt"},
    ),
    "no figure": ("-- given\nimport matplotlib.pyplot as plt\n-- solution\nax = plt.gca()\n-- test\nassert isinstance(ax, plt.Axes)", {"t1": "ax"}),
    "a default value": ("-- solution\nx = 2\n-- given\ndef g(a=x): return a\n-- test\nassert g() == 2", {"": "x", "t1": ""}),
    "a decorator of the student's": ("-- solution\ndef d(f): return f\n-- given\n@d\ndef g(): return 1\n-- test\nassert g() == 1", {"t1": "g"}),
    "what nothing binds": ("-- solution\nexec('x = 1')\n-- test\nassert x == 1", {"t1": "x"}),
    "everything of a library": ("-- given\nfrom math import *\n-- solution\nx = 2\n-- test\nassert x == sqrt(4)", {"t1": "x"}),
    "a chain of given code in place": (
        "-- solution\ndef clean(d): d.sort()\n-- given\nd = [2, 1]\nclean(d)\n-- test\nassert d == [1, 2]", {"t1": ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "asks"), ASKS.values(), ids=ASKS)
def test_each_cell_asks_the_submission_for(notebook, text, asks):
    blocks = generate(notebook(text), "m", "submission").blocks
    found = {block.cell: " ".join(block.asks) for block in blocks}
    assert {cell: found[cell] for cell in asks} == asks


def module(notebook, text, **options):
    return generate(notebook(text), "m", "submission", **options).text.partition("import pytest\n")[2]


KEPT = {
    "changed in place": "a = [1]\na.append(-2)",
    "by item": "a = {}\na['k'] = 1",
    "by an alias": "a = [1]\nb = a\nb.append(2)",
    "in a loop": "a = [[1]]\nfor row in a:\n    row.append(2)",
    "bound again": "a = 1\na = a + 1",
    "deleted in part": "a = [1, 2]\ndel a[0]",
    "by a method nobody knows": "a = Stack()\na.push(3)",
    "by a given function": "def fill(x):\n    x.append(1)\n\n\na = []\nfill(a)",
    "its global": "a = []\n\n\ndef put():\n    a.append(1)\n\n\nput()",
    "in a branch": "a = 1\nif a:\n    a = 2",
    "in a branch that does not read it": "a = 1\nif True:\n    a = 2",
    "by what a method of a class reads": "class S:\n    def of(x):\n        return x + k\n\n\nmake = S.of\nk = 3\na = make(1)",
    "with": "with open('x') as file:\n    a = file.read()",
    "in a try": "try:\n    a = int('x')\nexcept ValueError:\n    a = 0",
}  # fmt: skip


@pytest.mark.parametrize("given", KEPT.values(), ids=KEPT)
def test_what_makes_a_given_value_is_kept_whole_and_in_order(notebook, given):
    text = f"-- given\nclass Stack(list): push = list.append\n-- given\n{given}\n-- solution\nx = 1\n-- test\nassert x and a"
    assert f"# %%\n{given}\n" in module(notebook, text)


DROPPED = {
    "shown": "a = [1]\nprint(a)\na\na.count(1)\nlen(a)",
    "not needed": "a = [1]\nb = a + [2]\nprint(b)",
    "an error on purpose": "a = [1]\n1 / 0",
    "a string": 'a = [1]\n"""Some words."""',
}


@pytest.mark.parametrize("given", DROPPED.values(), ids=DROPPED)
def test_what_does_nothing_to_it_is_left_out(notebook, given):
    text = module(notebook, f"-- given\n{given}\n-- solution\nx = 1\n-- test\nassert x and a")
    assert "# %%\na = [1]\n\n\n# %% t1" in text


def test_seeds_and_draws_before_a_drawn_value_are_kept(notebook):
    given = "import numpy as np\nnp.random.seed(0)\nfirst = np.random.rand(2)\nsecond = np.random.rand(2)"
    text = module(notebook, f"-- given\n{given}\n-- solution\nx = 1\n-- test\nassert x == second[0]")
    assert "np.random.seed(0)\nfirst = np.random.rand(2)\nsecond = np.random.rand(2)\n" in text


DRAWN = {
    "of numpy": "import numpy as np\n-- given\nnp.random.seed(0)\na = np.random.rand(2)",
    "of numpy's module": "import numpy.random\n-- given\nnumpy.random.seed(0)\na = numpy.random.rand(2)",
    "of its own name": "from numpy import random as r\n-- given\nr.seed(0)\na = r.rand(2)",
    "of Python": "import random\n-- given\nrandom.seed(0)\na = random.random()",
    "of Python's functions": "from random import random, seed\n-- given\nseed(0)\na = random()",
}


@pytest.mark.parametrize("given", DRAWN.values(), ids=DRAWN)
def test_a_seed_is_kept_that_a_value_is_drawn_after(notebook, given):
    text = module(notebook, f"-- given\n{given}\n-- solution\nx = 1\n-- test\nassert x == a")
    assert f"# %%\n{given.partition('-- given')[2].strip()}\n" in text


def test_what_draws_nothing_has_no_part_in_it(notebook):
    given = "import numpy as np\nnp.random.seed(0)\nzeros = np.zeros(2)\na = np.random.rand(2)"
    text = module(notebook, f"-- given\n{given}\n-- solution\nx = 1\n-- test\nassert x == a[0]")
    assert "np.random.seed(0)\na = np.random.rand(2)\n" in text


@pytest.mark.parametrize(
    "setting", ["pd.set_option('display.width', 80)", "pd.options.display.width = 80", "pd.plotting.register_x()"]
)
def test_settings_of_a_library_that_is_used_are_kept(notebook, setting):
    text = f"-- given\nimport pandas as pd\n{setting}\npd.read_csv('x')\n-- solution\nx = 1\n-- test\nassert pd.Series(x)[0]"
    assert f"# %%\n{setting}\n\n\n# %% t1" in module(notebook, text)


def test_a_moved_name_takes_with_it_what_computes_from_it_and_what_writes_it(notebook):
    text = (
        "-- given\nlog = []\ndef note(x): log.append(x)\ndef size(): return 3\nfirst = log[:1]\n"
        "-- solution\nx = 1\n-- test\nnote(x)\nassert log == first and size()"
    )
    found = generate(notebook(text), "m", "submission", moved={"log": Move(0, "differs")})
    assert found.blocks[-1].asks == ("first", "log", "note", "x")
    assert {each.name: each.why for each in found.names}["log"] == "differs"


def test_a_name_may_move_at_a_later_place_alone(notebook):
    text = "-- given\na = [1]\n-- test\nassert a\n-- solution\nx = 1\n-- test\nassert a and x"
    found = generate(notebook(text), "m", "submission", moved={"a": Move(3, "differs")})
    assert [block.asks for block in found.blocks] == [(), (), ("a", "x")]
    assert found.cells == (0, 1, 3)


def test_each_name_has_its_source_and_reason_at_each_place(notebook):
    text = "-- given\nimport math\nk = 2\n-- solution\nx = 1\n-- test\nassert x < k < math.pi\n-- solution\nk = 3\n-- test\nassert k"
    found = [(each.name, each.place, str(each.source), each.why) for each in generate(notebook(text), "m", "s").names]
    assert found == [
        ("k", 1, "judge", "given, m.py:3"),
        ("math", 1, "judge", "imported, m.py:2"),
        ("x", 1, "submission", "a solution binds it, m.py:7"),
        ("k", 2, "submission", "a solution binds it, m.py:15"),
    ]


REASONS = {
    "r": "the test cell t1 binds it",
    "s": "given code computes it from r, which a test binds, m.py:26",
    "cfg": "a solution changes it, m.py:16",
    "Box": "a solution changes it, m.py:17",
    "Node": "the submission makes objects of it, m.py:18",
    "data": "given code computes it from f, m.py:29",
    "row": "a test compares it by `is`, m.py:32",
    "other": "no given cell binds it",
    "k": "given, m.py:6",
}


def test_each_reason_names_its_line(notebook):
    text = (
        "-- given\ncfg = {}\nclass Box: pass\nclass Node: pass\nrow = [1]\nk = 2\n"
        "-- solution\nimport math\ndef f(): return 1\nlast = row\nboxes = [1]\nx = 1\ny = 2\ncfg['a'] = 1\nBox.f = f\nnode = Node()\n"
        "-- test\nr = f()\nassert r == k\n-- given\ns = r + 1\n-- given\ndata = f()\n"
        "-- test\nassert s and cfg and Box and Node and data and last is row and other and r\n"
    )
    found = generate(notebook(text), "m", "submission").names
    reasons = {each.name: each.why for each in reversed(found)}
    assert {name: reasons[name] for name in REASONS} == REASONS


def test_a_name_that_a_test_binds_again_is_given_first(notebook):
    text = "-- given\nk = 2\n-- solution\nx = 1\n-- test\nassert x < k\nk = 3\nassert k > x"
    assert {each.name: each.why for each in generate(notebook(text), "m", "s").names}["k"] == "given, m.py:2"


SENDS = {
    "behind what has nothing to do with it": ("-- solution\nf = abs\n-- test\na = 3\nassert f(a)\n-- given\nz = 1\nprint(f(a))", "a", ()),
    "its own, changed": ("-- solution\nf = abs\n-- test\nd = {}\nd['k'] = 1\nassert f(1)", "", ()),
    "a later given cell reads it": ("-- solution\nf = abs\n-- test\na = f(3)\nassert a\n-- given\nprint(f(a))", "a", ()),
    "the student's function reads it": ("-- solution\ndef f(n): return n + K\n-- test\nK = 3\nassert f(1) == 4", "K", ()),
    "nobody reads it": ("-- solution\nf = abs\n-- test\na = 3\nassert f(a)\n-- test\nassert f(a)", "", ()),
    "it is bound again first": ("-- solution\nf = abs\n-- test\na = 3\nassert f(a)\n-- given\na = 4\nprint(a)", "", ()),
    "changed in place": ("-- given\ncfg = {}\n-- solution\ndef f(): return cfg\n-- test\ncfg['k'] = 1\nassert f()", "cfg", ()),
    "an import": ("-- solution\nf = abs\n-- test\nimport math\nassert f(math.pi)\n-- given\nprint(math.pi)", "", ("import math",)),
    "a local of a test": ("-- solution\ndef f(): return a\n-- test\ndef test_f():\n    a = 3\n    assert a", "", ()),
    "a global of a test": ("-- solution\ndef f(): return a\n-- test\ndef test_f():\n    global a\n    a = 3\n    assert f() == 3", "a", ()),
    "bound on a hidden line": (
        "-- solution\ndef f(): return a\n-- test\nassert f\n### BEGIN HIDDEN TESTS\na = 3\nassert f() == 3\n### END HIDDEN TESTS", "", (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "names", "imports"), SENDS.values(), ids=SENDS)
def test_a_test_cell_sends_the_subject(notebook, text, names, imports):
    block = next(each for each in generate(notebook(text), "m", "submission").blocks if each.cell == "t1")
    assert (" ".join(block.sends), block.imports) == (names, imports)


def test_what_the_course_exports_is_a_students(notebook):
    text = "-- given\nfrom course.core.a import T\nx = T(1)\n-- solution\ny = 1\n-- test\nassert x == T(y)"
    found = generate(notebook(text), "m", "course.core.b")
    assert found.blocks[-1].asks == ("x", "y")
    assert "from course.core.a import T\n" in found.text


RECORDS = {
    "an enumeration": ("import enum\nclass C(enum.Enum):\n    RED = 1", ("C",)),
    "a named tuple": ("from typing import NamedTuple\nclass C(NamedTuple):\n    x: int", ("C",)),
    "a class": ("class C: pass", ()),
    "a dataclass that holds a class": ("from dataclasses import dataclass\nclass D: pass\n@dataclass\nclass C:\n    x: D", ()),
    "a dataclass that holds a record": ("from dataclasses import dataclass\n@dataclass\nclass D:\n    x: int\n@dataclass\nclass C:\n    x: 'list[D]'", ("C", "D")),
    "a dataclass bound twice": ("from dataclasses import dataclass\n@dataclass\nclass C:\n    x: int\nC = C", ()),
}  # fmt: skip


@pytest.mark.parametrize(("given", "records"), RECORDS.values(), ids=RECORDS)
def test_objects_cross_by_value_of(notebook, given, records):
    text = f"-- given\n{given}\n-- solution\ndef f(): return 1\n-- test\nassert f() and C"
    assert generate(notebook(text), "m", "s").records == records


def test_what_generators_draw_next_is_no_name(notebook):
    given = "import random\nrandom.seed(0)\na = random.random()"
    found = generate(notebook(f"-- given\n{given}\n-- solution\nx = 1\n-- test\nassert x == a"), "m", "s")
    assert {each.name for each in found.names} == {"a", "random", "x"}


def test_a_cell_without_an_id_is_named_by_its_number(notebook):
    text = "-- given\nk = 1\n-- given\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n-- test\nassert x == k"
    assert generate(notebook(text), "m", "s").blocks[-1].after == "cell 2"
