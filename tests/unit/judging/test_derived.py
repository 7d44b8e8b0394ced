"""Classes that a test derives from a student's: what they override is met by the student's code as well."""

import functools
from unittest import mock

import pytest

SOURCE = """
import abc
class Animal:
    sound = "..."
    def __init__(self, name): self.name = name
    def speak(self): return f"{self.name} says {self.sound}"
    def move(self): return self._verb() + "s"
    def _verb(self): return "walk"
    @property
    def title(self): return self.name.title()
    def greet(self): return "I am " + self.title
    def unit(self): return "kg"
    def weigh(self): return "3 " + self.unit()
class Shape(abc.ABC):
    @abc.abstractmethod
    def _sides(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
    def told(self): return f"{self.name}: {self._sides()}"
class Registry:
    known = {}
    def __init_subclass__(cls, key=None, **named):
        super().__init_subclass__(**named)
        Registry.known[key] = cls
class Counted:
    count = 0
    def __init__(self): type(self).count += 1
class Mixin:
    def told(self): return f"{type(self).__name__}({self.name}, {self.shout('!')})"
    def label(self): return super().label() + "+"
def call(kind, name, *args): return getattr(kind, name)(*args)
"""


@pytest.fixture
def work(names):
    return names(SOURCE)


def test_a_data_attribute_is_the_submission_s_too(work):
    class Dog(work.Animal):
        sound = "woof"
        tricks = ("sit",)

    dog = Dog("rex")
    assert dog.speak() == "rex says woof"
    assert (Dog.sound, dog.sound, Dog.tricks, vars(Dog)["sound"]) == ("woof", "woof", ("sit",), "woof")
    with mock.patch.object(Dog, "sound", "wuff"):
        assert dog.speak() == "rex says wuff"
    assert dog.speak() == "rex says woof"


def test_a_private_method_is_called_by_the_submission(work):
    class Bird(work.Animal):
        def _verb(self):
            return "fly or " + super()._verb()

    assert Bird("b").move() == "fly or walks"


def test_a_property_is_read_and_set_by_the_submission(work):
    class Lord(work.Animal):
        @property
        def title(self):
            return "Lord " + self.name

        @title.setter
        def title(self, text):
            self.name = text.upper()

    lord = Lord("x")
    lord.title = "y"
    assert lord.greet() == "I am Lord Y"


@pytest.mark.parametrize(
    "unit",
    [
        staticmethod(lambda: "t"),
        classmethod(lambda cls: cls.sound),
        functools.partialmethod(lambda self, text: text, "t"),
        functools.lru_cache(lambda self: "t"),
        mock.Mock(return_value="t"),
        len,
    ],
    ids=["static", "class", "partial", "cached", "mock", "builtin"],
)
def test_whatever_overrides_a_method_is_called_as_in_one_process(work, unit):
    kind = type(work.Animal)("Ton", (work.Animal,), {"unit": unit, "sound": "t"})
    if unit is len:
        with pytest.raises(TypeError):
            kind("x").weigh()
    else:
        assert kind("x").weigh() == "3 t"


def test_a_test_completes_an_abstract_class(work):
    class Square(work.Shape):
        name = property(lambda self: "square")

        def _sides(self):
            return 4

    class Half(work.Shape):
        name = "half"

    assert Square().told() == "square: 4"
    with pytest.raises(TypeError, match="abstract"):
        Half()


def test_keywords_of_a_class_are_the_submission_s(work):
    class Mine(work.Registry, key="x"):
        pass

    assert work.Registry.known == {"x": Mine}
    with pytest.raises(TypeError):

        class Wrong(work.Animal, key="x"):
            pass


def test_a_class_counts_for_itself(work):
    class Sub(work.Counted):
        count = 5

    Sub()
    assert (Sub.count, work.Counted.count) == (6, 0)


def test_a_base_of_the_test_s_own_is_there_for_the_submission(work):
    class Deeper:
        def label(self):
            return "deep " + self.name

    class Base(Deeper):
        def __init__(self, name):
            self.name = name

        @staticmethod
        def shout(text):
            return text * 3

    class Both(work.Mixin, Base):
        pass

    both = Both("ada")
    assert both.told() == "Both(ada, !!!)"
    assert both.label() == "deep ada+"
    assert isinstance(both, Deeper)


def test_what_cannot_be_handed_over_stays_the_test_s(work):
    class Logged(work.Animal):
        module = pytest

    assert Logged("x").module is pytest
    assert Logged("x").speak() == "x says ..."


OPERATIONS = """
class Money:
    def __init__(self, amount): self.amount = amount
    def __repr__(self): return f"Money({self.amount})"
    def __add__(self, other): return Money(self.amount + other.amount)
    def __eq__(self, other): return self.amount == other.amount
    def __call__(self, rate=1): return self.amount * rate
    def __enter__(self): return self
    def __exit__(self, *_): self.amount = 0
def add(one, other): return one + other
def text(one): return f"{one!r} {one}"
"""


def test_an_operation_of_the_class_above_is_reached(subject):
    session = subject(OPERATIONS)
    money = session.find("work", "Money")

    class Euro(money):
        def __add__(self, other):
            return Euro(super().__add__(other).amount)

        def __repr__(self):
            return "€" + super().__repr__()

        def __str__(self):
            return super().__str__().upper()

        def __call__(self, rate=1):
            return super().__call__(rate=rate) + 1

        def __exit__(self, *fault):
            super().__exit__(*fault)
            self.left = True

    class Cent(Euro):
        def __add__(self, other):
            return super().__add__(other).amount

        def __hash__(self):
            return super().__hash__() + 1

    assert repr(Euro(1) + Euro(2)) == "€Money(3)"
    assert session.find("work", "add")(Euro(1), money(2)) == money(3)
    assert session.find("work", "text")(Euro(1)) == "€Money(1) €MONEY(1)"
    assert Euro(3)(2) == 7
    with Euro(1) as euro:
        pass
    assert (euro.amount, euro.left) == (0, True)
    assert Cent(1) + money(4) == 5
