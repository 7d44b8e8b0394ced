"""What comes along with an answer saves a question, and is never older than the last thing that ran."""

import textwrap
import time

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


LOOKED_UP = {
    "what a property finds": "def __init__(self): self._data = 3\n@property\ndef data(self): return self._data",
    "what an array tells": """
def __init__(self): self._data = np.zeros((2, 1))
@property
def data(self):
    'How it is laid out.'
    return self._data.shape
""",
    "a property of a property": """
def __init__(self): self._data = np.zeros(5000)
@property
def own(self): return self._data
@property
def data(self): return self.own.size
""",
    "a slot": "__slots__ = ('data',)\ndef __init__(self): self.data = 1.5",
    "the class's own": "data = 'all'",
    "an object's own before its class's": "data = 'all'\ndef __init__(self): self.data = 'one'",
}
COMPUTED = {
    "a sum": "@property\ndef data(self): return self._data + 1",
    "a length": "@property\ndef data(self): return len(self._list)",
    "an item": "@property\ndef data(self): return self._list[0]",
    "a number's": "@property\ndef data(self): return self._data.real",
    "a global's": "@property\ndef data(self): return np.pi",
    "one that looks at itself": "@property\ndef data(self): return self.other\n@property\ndef other(self): return self._data + 1",
    "a subclass of array's": "@property\ndef data(self): return self._mine.shape",
    "one's own way": "data = 1\ndef __getattribute__(self, name): return object.__getattribute__(self, name)",
    "a descriptor's": "data = Always()",
    "where there is none": "def __getattr__(self, name): return 4",
}


def made(subject, sent, body):
    """Return an object whose class has that body, and how many frames had been sent before."""
    source = f"""
import numpy as np

class Always:
    def __get__(self, one, kind): return 4

class Mine(np.ndarray):
    shape = property(lambda self: (9,))

class Base:
    def __init__(self): self._data, self._list, self._mine = 3, [3], np.zeros(2).view(Mine)

class Box(Base):
{textwrap.indent(body, "    ")}
"""
    box = subject(source, Contract(CONTRACT)).find("work", "Box")()
    return box, len(sent)


@pytest.mark.parametrize("body", LOOKED_UP.values(), ids=LOOKED_UP)
def test_what_reading_only_looks_up_takes_no_question(subject, sent, body):
    box, asked = made(subject, sent, body)
    assert box.data in {3, (2, 1), 5000, 1.5, "all", "one"}
    assert ("self.data = 'one'" in body) == (box.data == "one")
    assert len(sent) == asked


@pytest.mark.parametrize("body", COMPUTED.values(), ids=COMPUTED)
def test_what_reading_computes_is_asked_for(subject, sent, body):
    box, asked = made(subject, sent, body)
    assert box.data in {4, 1, 3, (9,), np.pi}
    assert len(sent) > asked


def test_a_class_that_gets_something_else_under_a_name_is_looked_at_anew(subject):
    source = """
    class Box:
        def __init__(self): self.data = 1

    def change(): Box.data = property(lambda self: 2)
    """
    contract = Contract(CONTRACT | {"change()": "data"})
    session = subject(source, contract)
    box = session.find("work", "Box")()
    assert box.data == 1
    session.find("work", "change")()
    assert box.data == 2


def test_who_looks_at_one_of_many_gets_the_others(subject, sent):
    kind = subject(BOX, Contract(CONTRACT)).find("work", "Box")
    boxes = [kind([float(each)]) for each in range(20)]
    asked = len(sent)
    assert [box.data[0] for box in boxes] == [*range(20)]
    assert len(sent) == asked + 1


NAMES = """
class Box:
    pass

def rebind():
    global Box
    class Box:
        size = 2

def delete():
    global Box
    del Box
"""


def test_a_class_is_found_once(subject, sent):
    session = subject(NAMES)
    kind, asked = session.find("work", "Box"), len(sent)
    kind()
    assert session.find("work", "Box") is kind
    assert len(sent) == asked + 1


def test_a_name_that_is_bound_anew_or_deleted_is_found_as_it_is_then(subject):
    session = subject(NAMES)
    kind, rebind, delete = (session.find("work", name) for name in ("Box", "rebind", "delete"))
    rebind()
    assert session.find("work", "Box") is not kind
    assert session.find("work", "Box")().size == 2
    delete()
    with pytest.raises(NameError):
        session.find("work", "Box")


def test_a_name_that_a_later_cell_binds_anew_is_found_as_it_is_then(subject, sent):
    session = subject(NAMES)
    kind, rebind = session.find("work", "Box"), session.find("work", "rebind")
    session.run("work", [("work.py", 9, "class Box: size = 3")])
    asked = len(sent)
    assert session.find("work", "rebind") is rebind
    assert len(sent) == asked
    assert session.find("work", "Box") is not kind
    assert session.find("work", "Box")().size == 3


def test_what_a_test_lends_a_name_is_found_there(subject):
    session = subject(NAMES)
    session.find("work", "Box")
    session.lent = lambda: {"Box": 5}
    session.find("work", "rebind")
    session.request("get", session.find("work", "rebind"), "__name__")
    assert session.find("work", "Box") == 5


def test_what_comes_along_is_held_to_the_contract(subject):
    source = """
    class Yes:
        def __eq__(self, other): return True
    class Box:
        def __init__(self): self.data = 1.0

    import sys
    glances = type(sys._getframe(2).f_locals["self"]._handles.glances)
    glances._seen = lambda self, value: {"data": Yes()} if isinstance(value, Box) else {}
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


PARAMETER = """
import numpy as np

class Parameter:
    def __init__(self, data):
        self._data = np.array(data, float)
        self.own = np.array(data, float)
    @property
    def data(self): return self._data
    @property
    def values(self): return self._data
    @property
    def shape(self): return self._data.shape
    def total(self): return float(self._data.sum() + self.own.sum())
    def grow(self):
        self.own += 1
        self._data += 1

class Part(Parameter):
    def __init__(self, whole): self._data, self.own = whole[1:], whole
"""
LEARNT = {
    "Parameter": "object", "Parameter()": "object", "Parameter.total()": "data", "Parameter.grow()": "data",
    "Parameter.data": "data", "Parameter.values": "data", "Parameter.own": "data", "Parameter.shape": "data",
    "Part": "object", "Part()": "object", "Part.data": "data", "Part.own": "data",
}  # fmt: skip


def written(kind, name):
    one = kind([1.0, 2.0])
    getattr(one, name)[0] += 10
    assert one.total() == 16


def written_and_held(kind, name):
    one = kind([1.0, 2.0])
    held = getattr(one, name)
    held += 3
    held[0] = 0
    assert one.total() == 3 + 5
    assert getattr(one, name) is held


def written_and_changed(kind, name):
    one = kind([1.0, 2.0])
    held = getattr(one, name)
    held[:] = 5
    one.grow()
    assert list(held) == [6, 6]
    assert list(getattr(one, name)) == [6, 6]


def read_again(kind, name):
    one = kind([1.0, 2.0])
    getattr(one, name)[1] = 7
    assert getattr(one, name)[1] == 7


@pytest.mark.parametrize("name", ["data", "own"])
@pytest.mark.parametrize("use", [written, written_and_held, written_and_changed, read_again])
def test_what_a_test_writes_into_what_came_along_is_the_submissions(subject, use, name):
    use(subject(PARAMETER, Contract(LEARNT)).find("work", "Parameter"), name)


def test_one_array_under_two_names_is_one(subject):
    one = subject(PARAMETER, Contract(LEARNT)).find("work", "Parameter")([1.0, 2.0])
    one.data[0] = 9
    assert one.values[0] == 9
    assert one.data is one.values


def test_what_a_test_writes_is_what_it_reads_through_an_object(subject):
    whole = np.zeros(3)
    part = subject(PARAMETER, Contract(LEARNT)).find("work", "Part")(whole)
    whole[1] = 4
    assert part.data[0] == 4
    assert part.own is whole


BEHIND = """
class Box:
    _total = 0
    def __init__(self): Box._total += 1
    @property
    def data(self): return self._total

class Two:
    @property
    def own(self): return self._own
    @property
    def data(self): return self.own
    def __init__(self): self._own = 1

def change():
    Two.own = property(lambda self: 5)
"""


def test_what_stands_behind_a_property_is_looked_at_anew(subject):
    known = {"Two": "object", "Two()": "object", "Two.data": "data", "change()": "data"}
    session = subject(BEHIND, Contract(CONTRACT | known))
    kind = session.find("work", "Box")
    one = kind()
    assert one.data == 1
    other = kind()
    assert (one.data, other.data) == (2, 2)
    two = session.find("work", "Two")()
    assert two.data == 1
    session.find("work", "change")()
    assert two.data == 5


def test_nothing_is_kept_while_a_thread_may_change_it(subject):
    source = """
    import threading

    class Box:
        def __init__(self): self.data = 0
        def start(self): threading.Timer(0.05, self.change).start()
        def change(self):
            global f
            self.data, f = 1, lambda: 2

    def f(): return 1
    """
    session = subject(source, Contract(CONTRACT | {"Box.start()": "data", "f": "object", "f()": "data"}))
    box, f = session.find("work", "Box")(), session.find("work", "f")
    box.start()
    assert session.find("work", "f")() == f() == 1
    time.sleep(0.3)
    assert box.data == 1
    assert session.find("work", "f")() == 2


CHANGE = """
def f(): return 1
def g(): return 2
def change():
    global f
    f = g
def big():
    change()
    return "x" * (5 << 20)
"""


def test_a_name_that_was_lent_and_found_is_found_as_a_cell_binds_it(subject):
    session = subject(CHANGE)
    f = session.find("work", "f")
    session.lent = lambda: {"f": f}
    session.rebound = lambda name: session.find("work", name)
    session.find("work", "change")()
    session.lent = None
    session.run("work", [("work.py", 19, "def f(): return 3")])
    assert session.find("work", "f")() == 3


def test_a_name_bound_anew_by_what_cannot_be_answered_is_found_as_it_is_then(subject):
    session = subject(CHANGE)
    session.find("work", "f")
    with pytest.raises(Exception, match="too large"):
        session.find("work", "big")()
    assert session.find("work", "f")() == 2
