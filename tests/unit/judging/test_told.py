"""What a submission's classes say of themselves."""

import dataclasses
import inspect

import pytest

from tito.judging.judge.classes import make_class
from tito.judging.wire.codec import WireError

SOURCE = """
class Bare:
    def run(self): return 1
class Told(Bare):
    size = 3
    def __repr__(self): return "told"
    def __hash__(self): return 5
class Below(Told):
    def __str__(self): return "below"
    def __setattr__(self, name, value): super().__setattr__(name, value)
class Alike:
    def __eq__(self, other): return True
class Both(Alike):
    __eq__ = Alike.__eq__
    __hash__ = object.__hash__
class Stack(list):
    def __str__(self): return "stack"
"""


@pytest.fixture
def work(names):
    return names(SOURCE)


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Bare", set()),
        ("Told", {"__repr__", "__hash__"}),
        ("Below", {"__repr__", "__hash__", "__str__"}),
        ("Alike", {"__eq__", "__hash__"}),
        ("Both", {"__eq__", "__hash__"}),
    ],
)
def test_what_a_class_does_not_define_is_python_s(work, name, own):
    kind = getattr(work, name)
    names = ("__repr__", "__str__", "__hash__", "__format__", "__eq__", "__dir__", "__lt__", "__init__")
    assert {each for each in names if getattr(kind, each) is not getattr(object, each)} == own


def test_what_an_object_does_is_the_submission_s_all_the_same(work):
    below = work.Below()
    below.name = "x"
    assert (repr(below), str(below), f"{below}", hash(below), below.name) == ("told", "below", "below", 5, "x")
    assert work.Alike.__hash__ is None
    assert hash(work.Bare()) != hash(work.Bare())


def test_a_class_of_a_list_has_what_a_list_has(work):
    assert work.Stack.__repr__ is list.__repr__
    assert work.Stack.__str__ is not list.__str__
    assert (repr(work.Stack([1])), str(work.Stack())) == ("[1]", "stack")


def test_a_class_is_listed_as_it_is(work):
    assert [each for each in dir(work.Told) if not each.startswith("_")] == ["run", "size"]
    assert "__str__" in vars(work.Below)
    assert "__str__" not in vars(work.Told)
    assert not any(each.startswith("_tito") for each in dir(work.Told))


MORE = """
import dataclasses, typing
@dataclasses.dataclass(order=True)
class Person:
    name: str
    age: int = 3
    tags: list = dataclasses.field(default_factory=list, repr=False)
    friend: "Person" = None
class Temp:
    unit: str = "C"
    def up(self): pass
    @classmethod
    def of(cls): return cls()
    @staticmethod
    def ok(): return True
    class Unit:
        def name(self): pass
"""


@pytest.fixture
def more(subject):
    session = subject(MORE)
    return session.find("work", "Person"), session.find("work", "Temp")


def test_annotations_are_the_submission_s(more):
    person, temp = more
    assert person.__annotations__ == {"name": str, "age": int, "tags": list, "friend": "Person"}
    assert temp.__annotations__ == {"unit": str} == temp().__annotations__
    assert temp.Unit.__annotations__ == {}


def test_a_dataclass_tells_of_its_fields(more):
    person, _ = more
    fields = {each.name: each for each in dataclasses.fields(person)}
    assert [each.type for each in fields.values()] == [str, int, list, "Person"]
    assert (fields["age"].default, fields["friend"].default) == (3, None)
    assert fields["name"].default is dataclasses.MISSING
    assert fields["tags"].default_factory is list
    assert [each.repr for each in fields.values()] == [True, True, False, True]
    assert person.__dataclass_params__.order
    assert not person.__dataclass_params__.frozen
    assert dataclasses.asdict(dataclasses.replace(person("a"), age=4))["age"] == 4


def test_methods_are_of_their_kind(more):
    _, temp = more
    assert inspect.ismethod(temp.of)
    assert inspect.ismethod(temp().of)
    assert inspect.ismethod(temp().up)
    for each in (temp.up, temp.ok, temp().ok):
        assert inspect.isfunction(each)
        assert not inspect.ismethod(each)
    assert temp.ok is temp.ok
    assert temp.up is temp.up
    assert temp.of.__self__ is temp
    assert [name for name, _ in inspect.getmembers(temp, inspect.isfunction)] == ["ok", "up"]


def test_a_class_within_another_says_where_it_is(more):
    _, temp = more
    assert temp.Unit.__qualname__ == "Temp.Unit"
    assert temp.Unit.name.__qualname__ == "Temp.Unit.name"


@pytest.mark.parametrize(
    "told",
    [
        {"qualname": "A.b c"},
        {"qualname": "x" * 300},
        {"qualname": 5},
        {"static": 5},
        {"describes": ["__class__"]},
        {"fields": [["a b", "int", None, None, []]]},
        {"fields": [["a", "int"]]},
        {"fields": [["a", 5, None, None, []]]},
        {"fields": [["a", "int", None, None, None]]},
        {"fields": [["a", "int", None, None, []], ["a", "int", None, None, []]]},
        {"fields": 7},
    ],
)
def test_a_malformed_description_is_refused(told):
    described = {"number": 1, "name": "A", "bases": [], "methods": ["f"], "special": []}
    with pytest.raises(WireError):
        make_class(None, described | told, {})
