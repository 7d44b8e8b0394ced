"""What a submission's classes say of themselves."""

import pytest

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
def work(subject):
    session = subject(SOURCE)

    class Work:
        def __getattr__(self, name):
            return session.find("work", name)

    return Work()


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
