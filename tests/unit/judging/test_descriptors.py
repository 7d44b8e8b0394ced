"""A student's descriptors in classes of a test's own: they decide about its objects' attributes."""

import pytest

SOURCE = """
import functools, types, weakref
class Positive:
    def __set_name__(self, owner, name): self.name, self.owner = name, owner.__name__
    def __get__(self, held, kind=None): return self if held is None else held.__dict__.get(self.name, 0)
    def __set__(self, held, value):
        if value <= 0: raise ValueError(f"{self.owner}.{self.name} must be positive")
        held.__dict__[self.name] = value
    def __delete__(self, held): del held.__dict__[self.name]
class Private:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, held, kind=None): return getattr(held, self.name)
    def __set__(self, held, value): setattr(held, self.name, value)
    def __delete__(self, held): delattr(held, self.name)
class Lazy:
    def __init__(self, function): self.function = function
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, held, kind=None):
        if held is None: return self
        value = held.__dict__[self.name] = self.function(held)
        return value
class Counted:
    def __init__(self, function): self.function, self.calls = function, 0
    def __call__(self, *args): self.calls += 1; return self.function(*args)
    def __get__(self, held, kind=None): return self if held is None else types.MethodType(self, held)
class Below(Positive): pass
class Nothing:
    def __set__(self, held, value): pass
    def __get__(self, held, kind=None): return 7
class Ready:
    weight = Positive()
"""


@pytest.fixture
def work(names):
    return names(SOURCE)


@pytest.mark.parametrize("name", ["Positive", "Private", "Below"])
def test_a_descriptor_keeps_what_each_object_is_given(work, name):
    class Item:
        weight = getattr(work, name)()
        height = getattr(work, name)()

        def __init__(self, weight):
            self.weight = weight

    one, other = Item(5), Item(6)
    one.height = 2
    other.weight += 1
    assert (one.weight, one.height, other.weight) == (5, 2, 7)
    del one.height
    if name == "Private":
        with pytest.raises(AttributeError):
            _ = one.height
    else:
        assert one.height == 0


def test_a_descriptor_checks(work):
    class Item:
        weight = work.Positive()

    with pytest.raises(ValueError, match=r"Item\.weight must be positive"):
        Item().weight = -1
    assert type(Item.weight) is work.Positive


def test_a_wrong_descriptor_is_asked_as_well(work):
    class Item:
        weight = work.Nothing()

    item = Item()
    item.weight = 5
    assert item.weight == 7


def test_a_descriptor_without_a_setter_goes_behind_the_object_s_own(work):
    class Circle:
        asked = 0
        radius = 2

        @work.Lazy
        def area(self):
            self.asked += 1
            return self.radius * 3

    circle = Circle()
    assert (circle.area, circle.area, circle.asked) == (6, 6, 1)


def test_a_descriptor_binds_a_method(work):
    class Thing:
        size = 3

        @work.Counted
        def grow(self, by):
            return self.size * by

    assert (Thing().grow(2), Thing().grow(3), Thing.grow.calls) == (6, 9, 2)


def test_a_descriptor_in_a_class_that_derives_from_the_student_s(work):
    class Mine(work.Ready):
        height = work.Positive()

        @work.Counted
        def grow(self, by):
            return self.height * by

    mine = Mine()
    mine.height, mine.weight = 3, 4
    assert (mine.height, mine.weight, mine.grow(2)) == (3, 4, 6)
    with pytest.raises(ValueError, match=r"Mine\.height"):
        mine.height = 0
