"""A student's decorators, on functions and on methods of a test's own classes."""

import functools

import pytest

SOURCE = """
import functools, operator
def logged(function):
    @functools.wraps(function)
    def inner(*args, **named): return ["logged", function(*args, **named)]
    return inner
def plain(function): return function
def cached(function): return functools.lru_cache(function)
def bound(function): return Keeper().keep
def builtin(function): return len
class Keeper:
    def keep(self, *args): return len(args)
class Base:
    def told(self): return self.x(2)
def ask(thing): return thing.x(2)
def apply(function, *args): return function(*args)
"""


@pytest.fixture
def work(names):
    return names(SOURCE)


@pytest.mark.parametrize(
    ("decorator", "expected"),
    [("logged", ["logged", 6]), ("plain", 6), ("cached", 6), ("bound", 1)],
)
def test_a_decorated_method_knows_its_object(work, decorator, expected):
    class Thing:
        size = 3

        @getattr(work, decorator)
        def x(self, n):
            return self.size * n

    class Below(Thing):
        size = 3

        def x(self, n):
            return super().x(n)

    for thing in (Thing(), Below()):
        assert thing.x(2) == expected
        assert work.ask(thing) == expected
        assert work.apply(thing.x, 2) == expected


def test_a_decorated_method_of_a_class_that_derives_from_the_student_s(work):
    class Mine(work.Base):
        @work.logged
        def x(self, n):
            return [type(self).__name__, n]

    assert Mine().x(1) == ["logged", ["Mine", 1]]
    assert Mine().told() == ["logged", ["Mine", 2]]


def test_what_python_would_not_bind_is_not_bound(work):
    class Thing:
        kept = staticmethod(work.logged(len))
        size = work.builtin(len)

        def __init__(self):
            self.own = work.logged(len)

    assert Thing().kept([1]) == ["logged", 1]
    assert Thing().own([1, 2]) == ["logged", 2]
    assert Thing().size([1, 2, 3]) == 3


def test_a_decorated_function_goes_with_python_s_own_decorators(work):
    class Thing:
        sides = property(work.logged(lambda self: 4))
        doubled = functools.partialmethod(work.logged(lambda self, a, b: a * b), 2)

        @classmethod
        @work.logged
        def of(cls, n):
            return [cls.__name__, n]

    assert Thing().sides == ["logged", 4]
    assert Thing().doubled(5) == ["logged", 10]
    assert Thing.of(3) == ["logged", ["Thing", 3]] == Thing().of(3)
