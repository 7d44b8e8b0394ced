"""Proxies mean what the student's own objects mean."""

import numpy as np
import pytest

SOURCE = """
import numpy as np
class Base:
    kind = "base"
    def name(self): return "base"
    def call(self, *a, **k): return (a, sorted(k.items()))
    def __call__(self, x): return self.name() + x
class Vector(Base):
    made = 0
    def __init__(self, items): self.items = list(items); Vector.made += 1
    @classmethod
    def zeros(cls, n): return cls([0] * n)
    @staticmethod
    def two(): return 2
    @property
    def first(self): return self.items[0]
    def name(self): return "vector"
    def twin(self): return self
    def __add__(self, other): return Vector([a + getattr(other, "first", other) for a in self.items])
    def __radd__(self, other): return Vector([other + a for a in self.items])
    def __rsub__(self, other): return Vector([other - a for a in self.items])
    def __neg__(self): return Vector([-a for a in self.items])
    def __eq__(self, other): return isinstance(other, Vector) and self.items == other.items
    def __hash__(self): return 1
    def __len__(self): return len(self.items)
    def __getitem__(self, i): return self.items[i]
    def __setitem__(self, i, v): self.items[i] = v
    def __iter__(self): return iter(self.items)
    def __contains__(self, x): return x in self.items
    def __enter__(self): return self
    def __exit__(self, *f): self.items.append("left"); return False
    def __iadd__(self, x): self.items.append(x); return self
    def __array__(self, dtype=None, copy=None): return np.asarray(self.items, dtype)
    def __repr__(self): return f"Vector({self.items})"
    def __bool__(self): return len(self.items) > 1
class Bare: pass
def apply(f, x): return f(x)
def ask(thing): return thing.size, thing.grow(2), len(thing)
def peek(thing, name): return getattr(thing, name)
def poke(thing): thing.grow = 5
"""


@pytest.fixture
def work(names):
    return names(SOURCE)


def test_classes_are_classes(work):
    vector = work.Vector([1, 2])
    assert isinstance(vector, work.Vector)
    assert isinstance(vector, work.Base)
    assert type(vector) is work.Vector
    assert issubclass(work.Vector, work.Base)
    assert not isinstance(vector, work.Bare)
    assert vector.__class__.__name__ == "Vector"


def test_an_object_is_one_proxy_as_long_as_it_is_held(work):
    vector = work.Vector([1])
    assert vector.twin() is vector
    assert work.Vector([1]) is not vector


def test_operators_reach_the_students_methods_in_their_order(work):
    vector = work.Vector([1, 2])
    assert list(vector + 1) == [2, 3]
    assert list(1 + vector) == [2, 3]
    assert list(10 - vector) == [9, 8]
    assert list(-vector) == [-1, -2]
    with pytest.raises(TypeError):
        vector * 2


def test_containers_behave_as_containers(work):
    vector = work.Vector([1, 2])
    vector[0] = 5
    assert (len(vector), vector[0], vector[-1], 5 in vector, 7 in vector) == (2, 5, 2, True, False)
    with pytest.raises(IndexError):
        vector[9]
    vector += 3
    assert list(vector) == [5, 2, 3]


def test_equality_truth_and_text_are_the_students(work):
    assert work.Vector([1]) == work.Vector([1])
    assert work.Vector([1]) != work.Vector([2])
    assert not work.Vector([1])
    assert repr(work.Vector([1])) == f"{work.Vector([1])}" == "Vector([1])"
    assert work.Bare()
    assert work.Bare() != work.Bare()


def test_attributes_are_read_set_and_missed(work):
    vector = work.Vector([3])
    vector.extra = np.arange(2)
    assert vector.first == 3
    np.testing.assert_array_equal(vector.extra, [0, 1])
    assert work.Vector.kind == "base"
    assert not hasattr(vector, "gone")
    del vector.extra
    assert not hasattr(vector, "extra")


def test_static_and_class_methods_work_through_class_and_object(work):
    assert work.Vector.two() == work.Vector([]).two() == 2
    assert list(work.Vector.zeros(2)) == [0, 0]
    assert work.Base.name(work.Vector([])) == "base"


def test_special_attributes_are_never_passed_on(work):
    for name in ("__globals__", "__getstate__x", "__reduce_ex__x", "__array_interface__", "__code__"):
        assert not hasattr(work.Vector([1]), name)
    assert not hasattr(work.Vector, "__subclasshook_x__")


def test_context_managers_and_numpy_conversion_work(work):
    with work.Vector([1]) as vector:
        assert np.asarray(vector).tolist() == [1]
    assert list(vector) == [1, "left"]


def test_a_subclass_in_a_test_overrides_for_the_students_code_too(work):
    class Mine(work.Vector):
        def __init__(self, items, mark):
            super().__init__(items)
            self.mark = mark

        def name(self):
            return super().name() + self.mark

    mine = Mine([1], "!")
    assert mine("?") == "vector!?"
    assert isinstance(mine, work.Base)
    assert mine.first == 1


def test_callbacks_run_in_the_judge_and_may_raise(work):
    seen = []

    def note(x):
        seen.append(x)
        if x < 0:
            raise ValueError("negative")
        return x + 1

    assert work.apply(note, 1) == 2
    with pytest.raises(ValueError, match="negative"):
        work.apply(note, -1)
    assert seen == [1, -1]


def test_callbacks_may_call_back_into_the_subject(work):
    vector = work.Vector([1, 2])
    assert work.apply(lambda x: len(x) + work.apply(lambda y: y, 3), vector) == 5


def test_library_functions_travel_as_names(work):
    assert work.apply(np.exp, 0.0) == 1.0
    assert work.apply(len, [1, 2]) == 2


class Thing:
    size = 3
    _secret = "no"  # noqa: S105

    def grow(self, n):
        return self.size * n

    def __len__(self):
        return 9


def test_a_tests_own_object_is_served_by_public_names_only(work):
    assert work.ask(Thing()) == (3, 6, 9)
    for name in ("_secret", "__class__x", "__globals__"):
        with pytest.raises(AttributeError):
            work.peek(Thing(), name)
    with pytest.raises(AttributeError, match="cannot be set"):
        work.poke(Thing())


@pytest.mark.parametrize("value", [np, open, np.random.default_rng(0), pytest], ids=str)
def test_modules_and_library_objects_are_not_handed_out(work, value):
    with pytest.raises((TypeError, AttributeError)):
        work.peek(value, "system")
