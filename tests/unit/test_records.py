"""Classes made by `tito.records` are what the library makes of the same text."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field

import pytest

from tito import records

FROZEN = {"frozen": True, "slots": True}


def pair(body):
    """Return a class as the library makes it, and as it is made here."""
    made = []
    for decorate in (dataclasses.dataclass, records.dataclass):
        space = {"field": field, "decorate": decorate, "dataclasses": dataclasses}
        exec(f"@decorate(frozen=True, slots=True)\nclass Point:\n    {body}", space)  # noqa: S102
        made.append(space["Point"])
    return made


BODIES = {
    "nothing": "pass",
    "one": "x: int",
    "defaults": "x: int\n    y: str = 'a'\n    z: tuple = field(default_factory=tuple)",
    "documented": "'''A point.'''\n    x: int = 3",
    "silent": "x: int = 3\n    y: int = field(default=2, repr=False)",
    "its own": "x: int = 3\n    def __eq__(self, other): return True\n    def __hash__(self): return 5\n"
    "    def __repr__(self): return 'me'",
    "afterwards": "x: int = 3\n    def __post_init__(self): object.__setattr__(self, 'x', self.x + 1)",
    "more": "x: int = 3\n    @property\n    def double(self): return self.x * 2",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_record_is_what_the_library_makes(body):
    theirs, ours = pair(body)
    given = [()] if "x: int\n" not in body + "\n" else [(1,), (2,)]
    for args in given:
        one, other = theirs(*args), ours(*args)
        assert repr(other) == repr(one)
        assert dataclasses.astuple(other) == dataclasses.astuple(one)
        assert hash(other) == hash(one)
        assert other == ours(*args)
        assert copy.deepcopy(other) == other
        assert not hasattr(other, "__dict__")
        assert other != one or "__eq__" in body
    assert [each.name for each in dataclasses.fields(ours)] == [each.name for each in dataclasses.fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert [*inspect.signature(ours).parameters] == [*inspect.signature(theirs).parameters]
    assert ours.__init__.__annotations__ == theirs.__init__.__annotations__


@records.dataclass(**FROZEN)
class Base:
    """One that others derive from."""

    x: int
    y: list = field(default_factory=list)


@records.dataclass(**FROZEN)
class Derived(Base):
    """One with a field more."""

    z: str = "z"


def test_a_record_holds_what_it_was_given():
    record = Derived(1, z="end")
    assert (record.x, record.y, record.z) == (1, [], "end")
    assert record.y is not Derived(1).y
    assert dataclasses.replace(record, x=2) == Derived(2, [], "end")
    assert Base(1) != Derived(1)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'x'"):
        record.x = 3
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'x'"):
        del record.x
    with pytest.raises(TypeError, match="missing 1 required"):
        Base()


def test_a_record_that_holds_itself_can_be_shown():
    record = Base(1)
    record.y.append(record)
    assert repr(record) == "Base(x=1, y=[...])"


def test_other_dataclasses_are_the_librarys_own():
    kind = records.dataclass(slots=True)(type("Kind", (), {"__annotations__": {"x": int}}))
    made = kind(1)
    made.x = 2
    assert made.x == 2
