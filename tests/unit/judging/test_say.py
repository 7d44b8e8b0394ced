"""Where the reference had data, no object of the submission's has a say, in whatever way it comes to stand there."""

import array
import asyncio
import collections
import textwrap
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from tito.judging.judge.classes import make_class
from tito.judging.judge.contract import Contract
from tito.judging.judge.witness import Distortion, Witness, distorted, fits, form
from tito.judging.wire.codec import WireError

EQUAL = """
class Yes:
    def __init__(self, v=0): self.v = v
    def __eq__(self, other): return True
    def __hash__(self): return 1
"""
FORGED = f"""{EQUAL}
from tito.judging.subject.handles import Handles
Handles.is_data = lambda self, value: True
"""


def contract_of(kinds):
    """Return a contract in which what is called was found as an object."""
    found = {name.removesuffix("()"): "object" for name in kinds if name.endswith("()")}
    return Contract(found | kinds | {"says what is listed": ""})


def session_of(subject, source, kinds):
    return subject(EQUAL + textwrap.dedent(source), contract_of(kinds))


@pytest.mark.parametrize(
    ("given", "fill", "due"),
    [
        ([3, 1, 2], "xs[:] = [Yes() for _ in xs]", [1, 2, 3]),
        ([3, 1, 2], "xs[0] = [Yes()]; xs[1:] = [2, 3]", [[1], 2, 3]),
        ({"a": 1}, "xs['a'] = Yes()", {"a": 2}),
        ({"a": 1}, "xs.clear(); xs[Yes()] = 1", {1: 1}),
        ({1, 2}, "xs.clear(); xs.add(Yes())", {1}),
    ],
    ids=["items", "nested", "values", "keys", "members"],
)
def test_what_is_written_into_a_tests_container_has_no_say(subject, given, fill, due):
    source = f"def f(xs):\n    {fill}"
    session = session_of(subject, source, {"f()": "data"})
    session.find("work", "f")(given)
    assert len(given) == len(due)
    assert given != due
    assert "Yes object" in repr(given)


def test_what_has_no_say_is_all_else_that_it_is(subject):
    session = session_of(
        subject, "def f(xs): xs.append(Yes(5))\ndef g(xs): return xs[0].v", {"f()": "data", "g()": "data"}
    )
    given = []
    session.find("work", "f")(given)
    assert given[0] != 5
    assert given[0].v == 5
    assert given[0] in given
    assert session.find("work", "g")(given) == 5


def test_an_operation_is_the_objects_to_answer_where_the_references_was_asked_the_same(subject):
    source = """
        class Point:
            def __init__(self, x): self.x = x
            def __eq__(self, other): return self.x == getattr(other, "x", other)
            def __add__(self, n): return Point(self.x + n)
            def __lt__(self, other): return self.x < other.x
            def near(self, n): return abs(self.x - n) < 1
        def points(): return [Point(1)]
    """
    recording = Contract(recording=True)
    session = subject(source, recording)
    point = session.find("work", "Point")
    assert session.find("work", "points")() == [1]
    assert point(1) < point(2)
    kinds = recording.plain()
    said = {key for key in kinds if key.startswith("says")}
    assert said == {"says Point.__eq__", "says __lt__ of objects", "says what is listed"}
    session = subject(source, Contract(kinds))
    one = session.find("work", "Point")(1)
    assert session.find("work", "points")() == [1]
    assert one == session.find("work", "points")()[0]
    assert min(session.find("work", "Point")(2), one) is one
    with pytest.raises(TypeError, match="unsupported operand"):
        one + 1
    with pytest.raises(AttributeError, match=r"near\(\) is asked of no object of the reference's"):
        one.near(1)


@pytest.mark.parametrize("name", ["Point", "Other"])
def test_objects_in_a_list_stand_for_the_references_whatever_their_class_is_called(subject, name):
    source = """
        class NAME:
            def __init__(self, x): self.x = x
            def __eq__(self, other): return self.x == other
        def points(): return [NAME(1), NAME(2)]
    """
    recording = Contract(recording=True)
    assert subject(source.replace("NAME", "Point"), recording).find("work", "points")() == [1, 2]
    session = subject(source.replace("NAME", name), Contract(recording.plain()))
    assert session.find("work", "points")() == [1, 2]
    assert session.find("work", "points")() != [1, 3]


BESIDE = """
    class Yes:
        def __eq__(self, other): return True
        def __ne__(self, other): return False
        def __lt__(self, other): return True
        def __contains__(self, other): return True
        def __sub__(self, other): return 0
        def __iter__(self): return iter([])
        def equals(self, other): return True
    class Model: pass
    def train(): return Model(), Yes()
"""


@pytest.fixture
def beside(subject):
    """Return an object that equals everything, from beside one that the reference has as well."""
    kinds = {"train": "object", "train()": "object", "says what is listed": ""}
    return subject(BESIDE, Contract(kinds)).find("work", "train")()[1]


@pytest.mark.parametrize(
    "check",
    [lambda it: it == 3, lambda it: 3 == it, lambda it: not (it != 3), lambda it: 3 in it, lambda it: it in [4, 3]],  # noqa: SIM202, SIM300
    ids=["eq", "eq from data", "ne", "in", "in data"],
)
def test_what_stands_beside_an_object_is_equal_to_no_data(beside, check):
    assert not check(beside)


@pytest.mark.parametrize(
    "ask", [lambda it: it - 3, lambda it: it < 3, lambda it: 3 > it, lambda it: it.equals(3)],  # noqa: SIM300
    ids=["sub", "lt", "lt from data", "method"],
)  # fmt: skip
def test_what_stands_beside_an_object_does_nothing_with_data(beside, ask):
    with pytest.raises((TypeError, AttributeError), match=r"not supported|unsupported|is asked of no object"):
        ask(beside)


def test_a_list_that_derives_from_list_and_does_nothing_else_is_the_very_list(subject):
    source = """
        class Row(list):
            def total(self): return sum(self)
        kept = Row([1])
        def row(): return kept
        def add(n): kept.append(n)
    """
    session = session_of(subject, source, {"row()": "data", "add()": "data"})
    found = session.find("work", "row")()
    session.find("work", "add")(2)
    assert found == [1, 2]
    assert session.find("work", "row")() is found
    assert (len(found), found.total()) == (2, 3)


def test_a_list_that_decides_what_it_is_equal_to_is_plain(subject):
    source = """
        class Row(list):
            def __eq__(self, other): return True
        def row(): return Row([1])
    """
    found = session_of(subject, source, {"row()": "data"}).find("work", "row")()
    assert type(found) is list


def test_a_tests_container_of_objects_may_be_ordered_anew(subject):
    source = """
        class Node:
            def __init__(self, v): self.v = v
        def order(nodes):
            nodes.sort(key=lambda node: node.v)
            return nodes
    """
    session = subject(source, contract_of({"Node()": "object", "order()": "object", "Node.v": "data"}))
    node = session.find("work", "Node")
    nodes = [node(3), node(1)]
    found = session.find("work", "order")(nodes)
    assert found is nodes
    assert [each.v for each in found] == [1, 3]


def test_a_list_that_was_given_as_objects_is_equal_to_no_data(subject):
    source = "kept = [Yes(1)]\ndef nodes(): return kept\ndef values(): return kept"
    session = session_of(subject, source, {"nodes()": "object", "values()": "data"})
    assert session.find("work", "nodes")()
    assert session.find("work", "values")() != [1]


def test_a_list_that_is_filled_with_objects_as_it_is_given_is_equal_to_no_data(subject):
    source = "def f(xs):\n    xs[:] = [Yes()]\n    return xs"
    assert session_of(subject, source, {"f()": "data"}).find("work", "f")([0]) != [1]


def test_what_derives_from_data_is_data_whenever_its_list_is_given(subject):
    source = """
        class Metres(int):
            def __eq__(self, other): return True
            __hash__ = int.__hash__
        kept = [Metres(1), {"a": (Metres(2),)}]
        def lengths(): return kept
    """
    lengths = subject(source, contract_of({"lengths()": "data"})).find("work", "lengths")
    for _ in range(3):
        assert lengths() == [1, {"a": (2,)}]
        assert lengths() != [5, {"a": (6,)}]


@pytest.mark.parametrize("later", ["[Yes()]", "[[Yes()]]"])
def test_a_list_that_was_data_when_it_was_given_may_hold_objects_later_that_have_no_say(subject, later):
    source = f"held = []\ndef items(): return held\ndef add(): held.extend({later})"
    session = session_of(subject, source, {"items()": "data", "add()": "data"})
    found = session.find("work", "items")()
    assert found == []
    session.find("work", "add")()
    assert len(found) == 1
    assert found not in ([1], [[1]])


def test_a_list_of_objects_grows_by_objects(subject):
    source = """
        class Item:
            def __init__(self, v): self.v = v
        held = [Item(1)]
        def items(): return held
        def add(): held.append(Item(2))
    """
    session = session_of(subject, source, {"items()": "object", "add()": "data", "Item.v": "data"})
    found = session.find("work", "items")()
    session.find("work", "add")()
    assert [each.v for each in found] == [1, 2]


def test_the_copy_of_a_list_of_the_submissions_own_class_gets_no_objects(subject):
    source = """
        class Values(list): pass
        kept = Values([0])
        def grow():
            kept.append(Yes())
            return len(kept)
    """
    session = session_of(subject, source, {"kept": "data", "grow()": "data"})
    found = session.find("work", "kept")
    assert found == [0]
    session.find("work", "grow")()
    assert len(found) == 2
    assert found != [0, 1]


def test_arguments_and_attributes_of_exceptions_are_data(subject):
    source = f"{FORGED}\ndef f():\n    fault = ValueError(Yes(), 3)\n    fault.code, fault.plain = Yes(), 4\n    raise fault"
    session = subject(source, contract_of({"f()": "data"}))
    with pytest.raises(ValueError, match="Yes object") as caught:
        session.find("work", "f")()
    assert caught.value.args != (1, 3)
    assert not hasattr(caught.value, "code")
    assert caught.value.plain == 4


@pytest.mark.parametrize("name", ["_tito_number", "__class__", "__getattribute__", "__eq__"])
def test_no_description_replaces_what_a_proxy_is(name):
    told = {"number": 1, "name": "Node", "bases": [], "methods": [name], "special": []}
    with pytest.raises(WireError, match="malformed"):
        make_class(None, told, {})


def test_an_answer_of_what_has_two_names_is_one_to_both(subject):
    session = subject(
        "def both(*args): return args[0] if len(args) == 2 else []\narea = values = both",
        contract_of({"area()": "data", "values()": "data"}),
    )
    session.witness = witness = Witness({"values()"})
    area, values = session.find("work", "area"), session.find("work", "values")
    assert area(3, 4) == 3
    assert values(5) == []
    assert witness.forms_of("values()", {"values()": ["shape (), finite"]}) == ["shape (), finite"]
    assert witness.forms_of("values()", {"values()": ["shape (5,), finite"]}) == [
        "shape (), finite", "shape (0,), finite"
    ]  # fmt: skip


def test_an_answer_of_an_object_in_a_functions_place_is_one_of_that_name(subject):
    source = "class Tanh:\n    def __call__(self, x): return []\nvalues = Tanh()"
    session = subject(source, contract_of({"Tanh.__call__()": "data", "values()": "data", "values": "object"}))
    session.witness = witness = Witness({"values()"})
    session.find("work", "values")(5)
    assert witness.forms_of("values()", {"values()": ["shape (5,), finite"]}) == ["shape (0,), finite"]


@pytest.mark.parametrize(
    ("found", "due", "fit"),
    [
        ("an object", "an object", True),
        ("shape (3,), finite", "an object", True),
        ("an object", "", True),
        ("an object", "shape (3,), finite", False),
        ("an object", "length 2", False),
        ("length 2", "length 2", True),
        ("length 3", "length 2", False),
    ],
)
def test_an_object_stands_only_where_the_reference_had_one(found, due, fit):
    assert fits(found, due) is fit


OPEN = {
    "a list of objects in a generator": (
        "class N:\n    v = 3\ndef f(): yield N()",
        lambda it: [each.v for each in it] == [3],
    ),
    "itself": (
        "class T:\n    v = 2\n    def go(self): return self\ndef f(): return T().go()",
        lambda it: it.go().v == 2,
    ),
    "a UserList": (
        "import collections\ndef f(): return collections.UserList([1, 2])",
        lambda it: it == [1, 2] and 2 in it,
    ),
    "a ChainMap": (
        "import collections\ndef f(): return collections.ChainMap({'a': 1}, {})",
        lambda it: it == {"a": 1},
    ),
    "a class with keys": (
        "class D:\n    def keys(self): return ['a']\n    def __contains__(self, k): return True\n    def __getitem__(self, k): return {'a': 1}[k]\ndef f(): return D()",
        lambda it: "a" in it and "b" not in it and dict(it) == {"a": 1},
    ),
    "a class of items": (
        "class S:\n    def __len__(self): return 2\n    def __getitem__(self, at): return [5, 6][at]\ndef f(): return S()",
        lambda it: list(it) == [5, 6] and max(it) == 6,
    ),
}


@pytest.mark.parametrize("name", OPEN)
def test_an_object_where_the_reference_had_data_is_what_it_is(subject, name):
    source, holds = OPEN[name]
    assert holds(subject(source, contract_of({"f()": "data"})).find("work", "f")())


def test_an_assertion_that_the_submission_catches_is_noted(subject):
    source = """
        class Box:
            def __enter__(self): return self
            def __exit__(self, *_): return True
        def trying(call):
            try: call()
            except AssertionError: return "caught"
        def passing_on(call):
            try: call()
            except AssertionError as fault: raise ValueError("no") from fault
    """
    session = subject(source)
    session.witness = witness = Witness()

    def fails():
        raise AssertionError("of the test")

    with session.find("work", "Box")():
        fails()
    assert [str(each) for each in witness.lost] == ["of the test"]
    assert session.find("work", "trying")(fails) == "caught"
    assert len(witness.lost) == 2
    with pytest.raises(ValueError, match="no"):
        session.find("work", "passing_on")(fails)
    assert len(witness.lost) == 2


def test_an_assertion_that_leaves_an_asynchronous_block_as_well(subject):
    source = """
        class Box:
            def __init__(self, forgets): self.forgets = forgets
            async def __aenter__(self): return self
            async def __aexit__(self, *_): return self.forgets
    """
    session = subject(source)
    session.witness = witness = Witness()

    async def enter(forgets):
        async with session.find("work", "Box")(forgets):
            raise AssertionError("of the test")

    asyncio.run(enter(1))
    assert len(witness.lost) == 1
    with pytest.raises(AssertionError, match="of the test"):
        asyncio.run(enter(0))
    assert len(witness.lost) == 1


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (collections.deque([1, 2]), "shape (2,), finite"),
        (range(3), "shape (3,), finite"),
        ({"a": 1}.values(), "shape (1,), finite"),
        ({"a": 1}.keys(), "length 1"),
        (array.array("d", [1.5]), "shape (1,), finite"),
        ([Fraction(1, 2), Decimal("0.5")], "shape (2,), finite"),
        (Decimal("NaN"), "shape (), not finite"),
        (np.ma.masked, "shape (), not finite"),
        (np.ma.MaskedArray([1.0, 2.0], mask=[False, True]), "shape (2,), not finite"),
        (np.ma.MaskedArray([1.0, 2.0]), "shape (2,), finite"),
        (["a", "b"], "length 2"),
        ("text", ""),
    ],
    ids=repr,
)
def test_whatever_holds_numbers_in_a_row_has_the_form_of_a_list(value, due):
    assert form(value) == due


@pytest.mark.parametrize("value", [np.array([1.0, 2.0]), np.ones((2, 3)), [1, 2]], ids=["vector", "matrix", "list"])
@pytest.mark.parametrize("how", [Distortion.NOTHING, Distortion.MASKED])
def test_what_numpy_compares_with_nothing_is_tried(value, how):
    found = distorted(value, how)
    due = np.asarray(value) + 5
    if how is Distortion.MASKED:
        np.testing.assert_allclose(found, due)
    else:
        assert np.allclose(found, due)
    assert not fits(form(found), form(value))


@pytest.mark.parametrize("how", [Distortion.NAN, Distortion.MASKED, Distortion.EMPTY])
def test_a_whole_number_is_distorted_as_any(how):
    assert form(distorted(3, how)) != form(3)
    assert distorted(True, how) is True  # noqa: FBT003 - a value
