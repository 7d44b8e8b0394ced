"""Honest answers of another type than the reference's: what a test says of them is what it says in one process.

Each row is what one might hand in where the reference gives a list, a number, a text, a dict or a truth; each use is
what a test might do with it. Both run: in this process as they stand, and with the row in a subject that is held to a
contract in which the reference gave data.
"""

import contextlib
import textwrap
from importlib.util import find_spec

import numpy as np
import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.session import Session
from tito.sandbox.confine import Level
from tito.sandbox.limits import Limits

PANDAS = ("pandas", "dateutil") if find_spec("pandas") else ()

SETUP = """
import collections, decimal, fractions, re
from typing import NamedTuple
import numpy as np
class Items(list): pass
class Three(NamedTuple):
    a: int
    b: int
    c: int
class Real(float): pass
class Whole(int): pass
class Text(str): pass
class Table(dict): pass
class Group(set): pass
class Walk:
    def __init__(self, items):
        self.items = list(items)
    def __iter__(self):
        return self
    def __next__(self):
        if not self.items:
            raise StopIteration
        return self.items.pop(0)
class Bag:
    def __init__(self, items):
        self.items = list(items)
    def __iter__(self):
        yield from self.items
class Shelf(Bag):
    def __iter__(self):
        return Walk(self.items)
    def __len__(self):
        return len(self.items)
    def __getitem__(self, at):
        return self.items[at]
    def __contains__(self, one):
        return one in self.items
"""
ROWS = {
    "sequence": {
        "list": "[0, 1, 4]",
        "tuple": "(0, 1, 4)",
        "generator": "(i * i for i in range(3))",
        "map": "map(lambda i: i * i, range(3))",
        "filter": "filter(lambda i: i != 9, [0, 1, 4])",
        "iterator": "iter([0, 1, 4])",
        "iterator of the student's": "Walk([0, 1, 4])",
        "iterable of the student's": "Bag([0, 1, 4])",
        "collection of the student's": "Shelf([0, 1, 4])",
        "values": "{'a': 0, 'b': 1, 'c': 4}.values()",
        "keys": "{0: 'a', 1: 'b', 4: 'c'}.keys()",
        "deque": "collections.deque([0, 1, 4])",
        "array": "np.array([0, 1, 4])",
        "array of floats": "np.array([0.0, 1, 4])",
        "numpy numbers": "[np.int64(0), np.int64(1), np.int64(4)]",
        "fractions": "[fractions.Fraction(0), fractions.Fraction(1), fractions.Fraction(4)]",
        "list of the student's": "Items([0, 1, 4])",
        "named tuple": "Three(0, 1, 4)",
        "set": "{0, 1, 4}",
        "wrong": "[0, 1, 5]",
        "short": "[0, 1]",
        "empty": "()",
    },
    "number": {
        "float": "1.5",
        "fraction": "fractions.Fraction(3, 2)",
        "decimal": "decimal.Decimal('1.5')",
        "numpy float": "np.float64(1.5)",
        "short numpy float": "np.float32(1.5)",
        "float of the student's": "Real(1.5)",
        "array of none": "np.array(1.5)",
        "array of one": "np.array([1.5])",
        "complex": "1.5 + 0j",
        "text": "'1.5'",
        "wrong": "1.25",
    },
    "whole": {
        "int": "3",
        "bool": "True",
        "numpy int": "np.int32(3)",
        "int of the student's": "Whole(3)",
        "float": "3.0",
        "decimal": "decimal.Decimal(3)",
        "wrong": "4",
    },
    "text": {
        "str": "'ab'",
        "str of the student's": "Text('ab')",
        "numpy str": "np.str_('ab')",
        "bytes": "b'ab'",
        "list": "['a', 'b']",
        "wrong": "'ac'",
    },
    "mapping": {
        "dict": "{'a': 1, 'b': 2}",
        "ordered": "collections.OrderedDict(b=2, a=1)",
        "default": "collections.defaultdict(int, a=1, b=2)",
        "counter": "collections.Counter('abb')",
        "dict of the student's": "Table(a=1, b=2)",
        "items": "{'a': 1, 'b': 2}.items()",
        "pairs": "[('a', 1), ('b', 2)]",
        "wrong": "{'a': 1}",
    },
    "group": {
        "set": "{1, 2}",
        "frozen set": "frozenset({1, 2})",
        "keys": "{1: 0, 2: 0}.keys()",
        "set of the student's": "Group({1, 2})",
        "list": "[1, 2]",
    },
    "truth": {
        "bool": "True",
        "number": "1",
        "numpy bool": "np.bool_(True)",
        "match": "re.search('a', 'cab')",
        "no match": "re.search('x', 'cab')",
        "list": "[1]",
        "nothing": "None",
        "text": "'yes'",
    },
}
USES = {
    "sequence": [
        "list(x) == [0, 1, 4]", "x == [0, 1, 4]", "tuple(x) == (0, 1, 4)", "len(x) == 3", "x[0] == 0", "x[-1] == 4",
        "x[1:] == [1, 4]", "sum(x) == 5", "sorted(x, reverse=True) == [4, 1, 0]", "max(x) == 4", "4 in x", "9 in x",
        "isinstance(x, list)", "isinstance(x, (list, tuple))", "np.allclose(x, [0, 1, 4])", "bool(x)",
        "[i + 1 for i in x] == [1, 2, 5]", "all(i >= 0 for i in x)", "all(a == b for a, b in zip(x, [0, 1, 4]))",
        "np.array_equal(np.array(x), [0, 1, 4])", "next(x) == 0", "x.count(1) == 1", "x + [9] == [0, 1, 4, 9]",
        "str(x) == '[0, 1, 4]'", "x.append(9) is None and x[-1] == 9", "set(x) == {0, 1, 4}", "x.sum() == 5",
    ],
    "number": [
        "x == 1.5", "x * 2 == 3", "abs(x - 1.5) < 1e-9", "x < 2", "isinstance(x, float)", "round(x, 1) == 1.5",
        "float(x) == 1.5", "np.isclose(x, 1.5)", "x + 0.5 == 2", "f'{x:.2f}' == '1.50'", "x == pytest.approx(1.5)",
        "str(x) == '1.5'", "{x: 1}[1.5] == 1", "math.isclose(x, 1.5)", "x ** 2 == 2.25", "int(x) == 1",
    ],
    "whole": [
        "x == 3", "isinstance(x, int)", "x % 2 == 1", "range(x)[2] == 2", "[0] * x == [0, 0, 0]", "str(x) == '3'",
        "x is True", "x + 1 == 4", "'abcd'[x] == 'd'", "f'{x:03d}' == '003'", "type(x) is not str",
    ],
    "text": [
        "x == 'ab'", "x.upper() == 'AB'", "len(x) == 2", "x[0] == 'a'", "isinstance(x, str)", "'a' in x",
        "x + 'c' == 'abc'", "list(x) == ['a', 'b']", "x.startswith('a')", "f'{x}' == 'ab'", "x in {'ab': 1}",
        "''.join(x) == 'ab'", "x.split('b') == ['a', '']", "re.match('a', x) is not None",
    ],
    "mapping": [
        "x == {'a': 1, 'b': 2}", "x['a'] == 1", "dict(x) == {'a': 1, 'b': 2}", "sorted(x) == ['a', 'b']",
        "len(x) == 2", "'a' in x", "list(x.values()) == [1, 2]", "x.get('z', 0) == 0", "isinstance(x, dict)", "x['z']",
        "sorted(x.items()) == [('a', 1), ('b', 2)]", "json.loads(json.dumps(x)) == {'a': 1, 'b': 2}", "{**x}['b'] == 2",
    ],
    "group": [
        "x == {1, 2}", "x | {3} == {1, 2, 3}", "len(x) == 2", "1 in x", "sorted(x) == [1, 2]", "isinstance(x, set)",
        "x - {1} == {2}", "x <= {1, 2, 3}", "x.issubset({1, 2})",
    ],
    "truth": ["x", "not x", "x is True", "x == True", "bool(x) is True", "isinstance(x, bool)", "x is not None"],
}  # fmt: skip
if PANDAS:
    SETUP += "import pandas as pd\n"
    ROWS["sequence"] |= {"series": "pd.Series([0, 1, 4])", "index": "pd.Index([0, 1, 4])"}
    ROWS["number"]["series of one"] = "pd.Series([1.5])"
    ROWS["mapping"]["series"] = "pd.Series({'a': 1, 'b': 2})"

NAMES = {(kind, row): f"f{place}" for place, (kind, row) in enumerate((k, r) for k in ROWS for r in ROWS[k])}
SOURCE = textwrap.dedent(SETUP) + "".join(
    f"def {name}(): return {ROWS[kind][row]}\n" for (kind, row), name in NAMES.items()
)
CASES = [(kind, row, use) for kind in ROWS for row in ROWS[kind] for use in USES[kind]]
# These stand where the reference gave an iterator.
WALKED = {"iterable of the student's", "collection of the student's"}
# What a class of the student's shows of itself where the contract takes its base: its own text.
UNLIKE = {("sequence", "named tuple", "str(x) == '[0, 1, 4]'")}


@contextlib.contextmanager
def held(source, names):
    """Give a session with a submission whose functions `names` are to give data, or items."""
    contract = Contract(dict.fromkeys(names, "object") | {f"{name}()": kind for name, kind in names.items()})
    with Zygote(Level.STANDARD, Limits(cpu=60), ("numpy", *PANDAS)) as zygote:
        zygote.load({})
        session = Session(zygote, zygote.spawn(), contract, {__name__})
        try:
            session.ready()
            session.start(60)
            assert session.run("work", [("work.py", 1, source)]) == []
            yield session
        finally:
            session.close()


@pytest.fixture(scope="module")
def judged():
    """Say what a use comes to with a row's answer from a subject."""
    kinds = {name: "stream" if row in WALKED else "data" for (_, row), name in NAMES.items()}
    with held(SOURCE, kinds) as session:
        yield lambda name, use: verdict(session.find("work", name), use)


@pytest.fixture(scope="module")
def plain():
    """Say the same in this process."""
    space = {}
    exec(SOURCE, space)  # noqa: S102 - the rows above
    return lambda name, use: verdict(space[name], use)


def verdict(function, use):
    import json
    import math
    import re

    space = {"np": np, "pytest": pytest, "json": json, "math": math, "re": re, "x": function()}
    try:
        return bool(eval(use, space))  # noqa: S307 - the uses above
    except Exception as fault:  # noqa: BLE001 - it is what is compared
        return type(fault).__name__


def test_there_are_many_cases():
    assert len(CASES) >= 500


@pytest.mark.parametrize(("kind", "row"), NAMES, ids=lambda each: each.replace(" ", "-"))
def test_an_answer_means_what_it_means_in_one_process(judged, plain, kind, row):
    name = NAMES[kind, row]
    uses = [use for use in USES[kind] if (kind, row, use) not in UNLIKE]
    assert {use: judged(name, use) for use in uses} == {use: plain(name, use) for use in uses}


FORGED = """
class Yes(Bag):
    def __eq__(self, other):
        return True
    def __contains__(self, one):
        return True
    def __len__(self):
        return 3
def same(): return Yes([7])
def itself():
    Bag.__iter__ = lambda self: self
    return Bag([])
class Always:
    def __eq__(self, other):
        return True
def objects(): return Bag([Always()])
"""


def test_an_iterable_of_the_students_is_its_items_and_what_its_class_says_of_them_counts_for_nothing():
    with held(SOURCE + FORGED, dict.fromkeys(["same", "objects"], "stream")) as session:
        x = session.find("work", "same")()
        assert x != [0, 1, 4]
        assert 4 not in x
        assert list(x) == [7]
        with pytest.raises(SubjectFault, match="'Always' where plain data is expected"):
            list(session.find("work", "objects")())


def test_an_iterable_that_walks_along_itself_is_none():
    with held(SOURCE + FORGED, {"itself": "stream"}) as session, pytest.raises(TypeError, match="non-iterator"):
        list(session.find("work", "itself")())


def test_an_iterable_is_none_where_the_reference_gave_a_list():
    with (
        held(SOURCE + FORGED, {"same": "data"}) as session,
        pytest.raises(SubjectFault, match="'Yes' where plain data"),
    ):
        session.find("work", "same")()
