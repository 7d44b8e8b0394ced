"""What comes along with an answer saves a question, and is never older than the last thing that ran."""

import numpy as np
import pytest

from tito.judging.judge.channel import Channel
from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault
from tito.model.outcome import Status

BOX = """
import numpy as np

class Box:
    def __init__(self, data):
        self.data = np.array(data)
        self.count = 0

    def grow(self):
        self.count += 1
        self.data[0] += 1

    def __add__(self, other):
        return Box(self.data + other.data)
"""
CONTRACT = {"Box": "object", "Box()": "object", "Box.__add__": "object", "Box.data": "data", "Box.count": "data"}


@pytest.fixture
def sent(monkeypatch):
    """Collect the frames that the judge sends."""
    frames, send = [], Channel.send
    monkeypatch.setattr(Channel, "send", lambda self, frame: (frames.append(frame), send(self, frame))[1])
    return frames


def test_a_small_attribute_of_a_new_object_takes_no_question(subject, sent):
    box = subject(BOX, Contract(CONTRACT)).find("work", "Box")([1.0, 2.0])
    asked = len(sent)
    np.testing.assert_array_equal(box.data, [1, 2])
    assert box.count == 0
    assert len(sent) == asked


def test_arguments_of_a_call_come_along_as_the_call_left_them(subject, sent):
    kind = subject(BOX, Contract(CONTRACT)).find("work", "Box")
    one, two = kind([1.0]), kind([2.0])
    both = one + two
    asked = len(sent)
    assert [each.data[0] for each in (one, two, both)] == [1, 2, 3]
    assert len(sent) == asked


def test_what_a_method_changed_is_seen(subject):
    box = subject(BOX, Contract(CONTRACT | {"Box.grow()": "data"})).find("work", "Box")([1.0])
    assert box.count == 0
    box.grow()
    assert (box.count, box.data[0]) == (1, 2)


def test_what_a_test_sets_is_seen(subject):
    box = subject(BOX, Contract(CONTRACT)).find("work", "Box")([1.0])
    box.count = 7
    assert box.count == 7


def test_a_property_is_asked_for_each_time(subject):
    source = "class Dice:\n    n = 0\n    @property\n    def roll(self): self.n += 1; return self.n\n"
    contract = Contract({"Dice": "object", "Dice()": "object", "Dice.roll": "data"})
    dice = subject(source, contract).find("work", "Dice")()
    assert (dice.roll, dice.roll) == (1, 2)


@pytest.mark.parametrize("value", ["np.zeros(5000)", "[1, 2]", "object()", "np.array([object()])", "'x' * 5000"])
def test_what_is_large_or_not_plain_does_not_come_along(subject, sent, value):
    source = f"import numpy as np\nclass Box:\n    def __init__(self): self.data = {value}\n"
    box = subject(source, Contract(CONTRACT | {"Box.data": "object"})).find("work", "Box")()
    asked = len(sent)
    assert box.data is not None
    assert len(sent) == asked + 1


def test_what_comes_along_is_held_to_the_contract(subject):
    source = """
    class Yes:
        def __eq__(self, other): return True
    class Box:
        def __init__(self): self.data = 1.0

    import sys
    handles = type(sys._getframe(2).f_locals["self"]._handles)
    handles._plain = lambda self, value: [("data", Yes())] if isinstance(value, Box) else []
    """
    box = subject(source, Contract(CONTRACT)).find("work", "Box")()
    with pytest.raises(SubjectFault) as caught:
        box.data == 1  # noqa: B015
    assert caught.value.status is Status.CONTRACT


def test_a_seed_goes_with_the_next_question_and_holds_from_then_on(subject, sent):
    session = subject("import numpy as np\nimport random\ndef roll(): return (np.random.rand(), random.random())")
    roll = session.find("work", "roll")
    asked, rolls = len(sent), []
    for _ in range(2):
        session.seed(7)
        rolls.append(roll())
    assert rolls[0] == rolls[1]
    assert len(sent) == asked + 2
