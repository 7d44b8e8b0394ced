"""What a test puts into a student's class or object, by hand, by `monkeypatch` or by `unittest.mock`, and takes out again."""

from unittest import mock

import pytest

DICE = """
import random
class Dice:
    sides = 6
    def __init__(self, count=1):
        self.count = count
    def roll(self):
        return random.randint(1, self.sides)
    @staticmethod
    def doubled(number):
        return number * 2
    @classmethod
    def of(cls, count):
        return cls(count)
    @property
    def most(self):
        return self.count * self.sides
class Loaded(Dice):
    pass
def play(dice):
    return [dice.roll() for _ in range(3)]
"""


@pytest.fixture
def dice(subject):
    """Return what finds the submission's names."""
    session = subject(DICE)
    return lambda name="Dice": session.find("work", name)


@pytest.mark.parametrize("name", ["Dice", "Loaded"])
def test_a_function_in_a_class_is_a_method(dice, monkeypatch, name):
    kind, play = dice(name), dice("play")
    monkeypatch.setattr(kind, "roll", lambda self: self.count + 5)
    assert play(kind()) == [6, 6, 6]
    assert kind(2).roll() == 7
    monkeypatch.undo()
    kind.sides = 1
    assert play(kind()) == [1, 1, 1]
    assert kind().roll() == 1


@pytest.mark.parametrize("name", ["roll", "doubled", "of", "most", "sides"])
def test_whatever_a_class_has_can_be_replaced_and_put_back(dice, monkeypatch, name):
    kind = dice()
    monkeypatch.setattr(kind, name, 7)
    assert getattr(kind(), name) == 7 == getattr(dice("Loaded")(), name)
    monkeypatch.undo()
    assert kind.of(4).count == 4 == kind().of(4).count
    assert kind.doubled(4) == 8 == kind().doubled(4)
    assert (kind(2).most, kind.sides) == (12, 6)
    assert 1 <= kind().roll() <= 6


def test_properties_static_and_class_methods_of_a_test_s_are_what_they_are(dice):
    kind = dice()
    kind.most = property(lambda self: self.count)
    kind.doubled = staticmethod(lambda number: [number, number])
    kind.of = classmethod(lambda cls, count: (cls, count))
    assert kind(3).most == 3
    assert kind.doubled(1) == [1, 1] == kind().doubled(1)
    assert kind.of(1) == (kind, 1)


@pytest.mark.parametrize("how", [{}, {"autospec": True}])
def test_a_mock_in_a_class_is_called_and_counts(dice, how):
    kind, play = dice(), dice("play")
    with mock.patch.object(kind, "roll", return_value=6, **how) as rolled:
        assert play(kind()) == [6, 6, 6]
    assert rolled.call_count == 3
    kind.sides = 1
    assert play(kind()) == [1, 1, 1]


def test_a_mock_of_a_property_is_asked_by_the_submission_too(dice):
    kind = dice()
    with mock.patch.object(kind, "most", new_callable=mock.PropertyMock, return_value=9) as most:
        held = kind()
        assert held.most == 9
        held.most = 4
    assert most.mock_calls == [mock.call(), mock.call(4)]
    assert kind().most == 6


def test_a_constructor_can_be_a_mock(dice):
    kind = dice()
    with mock.patch.object(kind, "__init__", return_value=None) as made:
        kind(4)
    made.assert_called_once_with(4)
    assert kind(4).count == 4


def test_an_operation_can_be_put_in_and_taken_out(dice):
    kind = dice()
    assert bool(kind())
    with mock.patch.object(kind, "__len__", lambda self: self.count - 1, create=True):
        assert len(kind(4)) == 3
        assert not kind(1)
    assert kind(1)
    with pytest.raises(TypeError):
        len(kind())


def test_what_is_deleted_is_gone_until_it_is_put_back(dice, monkeypatch):
    kind = dice()
    for name in ("sides", "roll"):
        monkeypatch.delattr(kind, name)
        assert not hasattr(kind, name)
        assert not hasattr(kind(), name)
    with pytest.raises(AttributeError, match="roll"):
        dice("play")(kind())
    monkeypatch.undo()
    assert kind().sides == 6
    assert 1 <= kind().roll() <= 6


@pytest.mark.parametrize("replaced", [lambda: 6, mock.Mock(return_value=6)])
def test_an_object_s_own_attribute_goes_before_its_class_s(dice, monkeypatch, replaced):
    held, play = dice()(), dice("play")
    monkeypatch.setattr(held, "roll", replaced)
    assert play(held) == [6, 6, 6]
    assert held.roll() == 6
    monkeypatch.undo()
    assert "roll" not in vars(held)
    held.sides = 1
    assert play(held) == [1, 1, 1]


def test_the_function_of_an_autospec_tells_nothing_of_its_mock(subject):
    session = subject(
        DICE
        + """
def found(kind):
    names = ("mock", "return_value", "side_effect", "reset_mock", "call_count")
    return [name for name in names if hasattr(vars(kind)["roll"], name)]
"""
    )
    kind = session.find("work", "Dice")
    with mock.patch.object(kind, "roll", autospec=True, return_value=6):
        assert session.find("work", "found")(kind) == []
