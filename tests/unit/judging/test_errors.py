"""Exceptions of the submission's classes, as a test makes, raises, catches and compares them."""

import copy
import pickle
import traceback

import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault

SOURCE = '''
import dataclasses
class Insufficient(Exception):
    """Not enough."""
    code = 402
    def __init__(self, need, have):
        super().__init__(f"need {need}, have {have}")
        self.need, self.have = need, have
    def missing(self): return self.need - self.have
    def pay(self, more): self.have += more
class Bare(Exception): pass
class Loud(Bare, KeyError):
    def __str__(self): return "LOUD " + str(self.args[0]) + getattr(self, "mark", "")
@dataclasses.dataclass
class Record(Exception):
    code: int
    text: str = "?"
class Holding(Exception):
    def __init__(self, what): super().__init__(what)
class Shown(Exception):
    def __repr__(self): return f"<{self}>"
class Late(KeyError, Bare): pass
class Hashed(Exception):
    def __eq__(self, other): return type(other) is Hashed and self.args == other.args
    def __hash__(self): return hash(self.args)
class Disk(OSError): pass
class Slow(OSError):
    def __init__(self, seconds): self.errno, self.seconds = 110, seconds
class Leave(SystemExit): pass
class Both(ExceptionGroup): pass
class Thing:
    size = 3
def raises(kind, *args): raise kind(*args)
def again(fault): raise fault
def kind_of(fault): return type(fault).__name__
kept = Insufficient(2, 1)
def same(): return kept
def throw(): raise kept
def thing(): return Holding(Thing())
'''


@pytest.fixture
def find(subject):
    """Return what finds a name in one subject."""
    session = subject(SOURCE)
    return lambda name: session.find("work", name)


def test_an_exception_that_a_test_makes_is_the_submissions(find):
    fault = find("Insufficient")(5, have=3)
    assert str(fault) == "need 5, have 3"
    assert fault.args == ("need 5, have 3",)
    assert (fault.need, fault.have, fault.missing(), fault.code) == (5, 3, 2, 402)
    assert vars(fault) == {"need": 5, "have": 3}
    assert repr(fault) == "Insufficient('need 5, have 3')"
    assert str(find("Bare")("x")) == "x"
    assert str(find("Loud")("x")) == "LOUD x"


def test_an_exception_that_a_test_raises_is_caught_in_the_test(find):
    insufficient, bare = find("Insufficient"), find("Bare")
    with pytest.raises(insufficient, match="need 5") as caught:
        raise insufficient(need=5, have=3)
    assert caught.value.need == 5
    with pytest.raises(bare) as caught:
        raise bare
    assert caught.value.args == ()
    with pytest.raises(bare):
        raise find("Loud")("x")
    with pytest.raises(LookupError):
        raise find("Loud")("x")


def test_a_constructor_that_does_not_fit_raises_as_in_one_process(find):
    with pytest.raises(TypeError, match=r"Insufficient.__init__\(\) missing 1 required positional argument: 'have'"):
        find("Insufficient")(3)
    with pytest.raises(TypeError, match="takes no keyword arguments"):
        find("Bare")(x=3)


def test_a_class_says_what_it_is(find):
    insufficient, loud, bare = find("Insufficient"), find("Loud"), find("Bare")
    assert (insufficient.code, insufficient.__name__, insufficient.__doc__) == (402, "Insufficient", "Not enough.")
    assert insufficient.__bases__ == (Exception,)
    assert loud.__bases__ == (bare, KeyError)
    assert find("Late").__bases__ == (KeyError, bare)
    assert insufficient.__mro__ == (insufficient, Exception, BaseException, object)
    insufficient.code = 403
    assert insufficient(1, 0).code == 403
    assert "missing" in vars(insufficient)
    assert insufficient.missing(insufficient(7, 3)) == 4


def test_what_came_along_is_asked_for_anew_where_it_may_have_changed(find):
    fault = find("Insufficient")(5, have=3)
    fault.pay(1)
    assert (fault.have, fault.missing()) == (4, 1)
    fault.need = 6
    assert (fault.need, fault.missing()) == (6, 2)
    loud = find("Loud")("x")
    loud.mark = "!"
    assert str(loud) == "LOUD x!"
    loud.args = ("y",)
    assert (str(loud), loud.args) == ("LOUD y!", ("y",))
    del loud.mark
    assert str(loud) == "LOUD y"


def test_an_exception_is_compared_by_the_submissions_class(find):
    record, bare = find("Record"), find("Bare")
    assert record(3) == record(3, "?")
    assert record(3) != record(4)
    assert record(3) != 3
    assert bare("x") != bare("x")
    with pytest.raises(TypeError):
        hash(record(3))
    assert len({bare("x"), bare("x")}) == 2
    hashed = find("Hashed")
    assert len({hashed("x"), hashed("x"), hashed("y")}) == 2


def test_what_python_keeps_in_an_exception_is_there(find):
    disk = find("Disk")(2, "no", "f")
    assert (disk.errno, disk.strerror, disk.filename, str(disk)) == (2, "no", "f", "[Errno 2] no: 'f'")
    with pytest.raises(OSError, match="full") as caught:
        find("raises")(find("Disk"), 28, "full", "sda")
    assert (caught.value.errno, caught.value.filename) == (28, "sda")
    assert find("Slow")(3).errno == 110
    with pytest.raises(SystemExit) as left:
        raise find("Leave")(3)
    assert left.value.code == 3


def test_a_group_of_the_students_is_a_group(find):
    with pytest.raises(ExceptionGroup) as caught:
        find("raises")(find("Both"), "both", [ValueError("x"), find("Bare")("y")])
    assert [str(each) for each in caught.value.exceptions] == ["x", "y"]


def test_an_exception_goes_back_as_the_one_it_is(find):
    fault = find("Insufficient")(5, 3)
    assert find("kind_of")(fault) == "Insufficient"
    with pytest.raises(find("Insufficient")) as caught:
        find("again")(fault)
    assert caught.value is fault
    assert find("same")() is find("same")()
    with pytest.raises(find("Insufficient")) as caught:
        find("throw")()
    assert caught.value is find("same")()


def test_an_exception_that_is_raised_again_is_raised_there_alone(find):
    traces = []
    for _ in range(2):
        with pytest.raises(find("Insufficient")) as caught:
            find("throw")()
        traces.append(len(caught.traceback))
    assert traces[0] == traces[1]


def test_arguments_that_are_objects_are_there(find):
    assert find("thing")().args[0].size == 3


def test_a_copy_is_one_of_the_submissions(find):
    fault = find("Record")(3)
    for copied in (copy.copy(fault), copy.deepcopy(fault), pickle.loads(pickle.dumps(fault))):  # noqa: S301
        assert copied is not fault
        assert copied == fault
        assert copied.code == 3


def test_a_test_derives_from_an_exception(find):
    class Mine(find("Insufficient")):
        def missing(self):
            return super().missing() * 10

    fault = Mine(5, 3)
    assert (fault.missing(), fault.need, str(fault)) == (20, 5, "need 5, have 3")
    with pytest.raises(Mine) as caught:
        find("again")(fault)
    assert caught.value is fault
    with pytest.raises(find("Insufficient")):
        find("raises")(Mine, 2, 1)


def test_a_test_gives_its_exception_another_constructor(find):
    class Mine(find("Bare")):
        def __init__(self, code):
            super().__init__(f"code {code}")
            self.code = code

    fault = Mine(7)
    assert (str(fault), fault.code, fault.args) == ("code 7", 7, ("code 7",))


def test_what_an_exception_shows_of_itself_is_asked(find):
    assert repr(find("Shown")("x")) == "<x>"


CHAINED = """
class Config(Exception): pass
def parse(how):
    try: int("x")
    except ValueError as fault:
        if how == "from": raise Config from fault
        if how == "none": raise Config from None
        if how == "other": raise Config from KeyError("k")
        if how == "builtin": raise KeyError from None
        raise Config
"""


@pytest.mark.parametrize(
    ("how", "cause", "suppressed"),
    [
        ("from", ValueError, True),
        ("none", None, True),
        ("other", KeyError, True),
        ("builtin", None, True),
        ("during", None, False),
    ],
)
def test_what_an_exception_was_raised_from_and_during_is_there(subject, how, cause, suppressed):
    parse = subject(CHAINED).find("work", "parse")
    with pytest.raises(Exception) as caught:  # noqa: PT011 - of either class
        parse(how)
    fault = caught.value
    assert isinstance(fault.__context__, ValueError)
    assert isinstance(fault.__cause__, cause or type(None))
    assert fault.__suppress_context__ is suppressed
    assert (fault.__context__ is fault.__cause__) is (how == "from")


def test_what_a_test_handles_hides_nothing_of_that(subject):
    parse = subject(CHAINED).find("work", "parse")
    try:
        raise KeyError("mine")  # noqa: TRY301
    except KeyError:
        with pytest.raises(KeyError) as caught:
            parse("builtin")
    assert isinstance(caught.value.__context__, ValueError)


@pytest.mark.parametrize("told", ["{'context': 5}", "{'cause': None}", "{'context': [1]}", "{'cause': 'x'}"])
def test_a_malformed_chain_is_refused(subject, told):
    f = subject(
        f"""
        import sys
        agent = sys.modules["tito.judging.subject.server"].Subject
        agent._fault = lambda self, fault: ("ValueError", ["builtins:ValueError"], "x", [], None, 0, {told})
        def f(): raise ValueError
        """
    ).find("work", "f")
    with pytest.raises(SubjectFault):
        f()


def test_an_exception_that_is_its_own_cause_ends_no_loop(subject):
    session = subject(
        """
        import sys
        agent = sys.modules["tito.judging.subject.server"].Subject
        class E(Exception): pass
        last = ("E", [], "x", [], E, 5, {"state": {}})
        one = ("E", [], "x", [], E, 4, {"cause": last, "context": last})
        agent._fault = lambda self, fault: ("E", [], "x", [], E, 5, {"cause": one, "context": one})
        def f(): raise E
        """
    )
    try:
        session.find("work", "f")()
    except Exception as fault:  # noqa: BLE001 - its class is not found by name
        begun = fault
        with pytest.raises(KeyError):
            raise KeyError("x")  # noqa: B904 - so that the chain is walked
        with pytest.raises(type(fault)):
            session.find("work", "f")()
    assert begun.__cause__.__cause__ is begun
    assert "direct cause" in "".join(traceback.format_exception(begun))


EQUAL = """
class Bare(Exception):
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __contains__(self, other): return True
    def __sub__(self, other): return 0
def f(): return Bare("x")
def throw(): raise Bare("x")
"""


def test_an_exception_in_the_place_of_data_compares_as_itself_alone(subject):
    session = subject(
        EQUAL, Contract({"Bare": "object", "f": "object", "f()": "data", "Bare()": "data", "Bare.__eq__": "data"})
    )
    assert session.find("work", "f")() != 5
    assert session.find("work", "Bare")("x") != 5
    assert 5 not in session.find("work", "f")()
    assert session.find("work", "f")()
    with pytest.raises(TypeError):
        session.find("work", "f")() - 5


def test_an_exception_that_was_never_compared_is_not_asked(subject):
    session = subject(EQUAL, Contract({"Bare": "object", "f": "object", "throw": "object", "f()": "object"}))
    assert session.find("work", "f")() != 5
    with pytest.raises(session.find("work", "Bare")) as caught:
        session.find("work", "throw")()
    assert caught.value != 5


@pytest.mark.parametrize("number", ["0", "-1", "True", "'x'", "None", "agent.f"])
def test_an_exception_by_a_number_that_is_none_or_anothers_is_refused(subject, number):
    session = subject(
        f"""
        import sys
        agent = sys.modules["tito.judging.subject.server"].Subject
        class E(Exception): pass
        def f(): pass
        agent.f = 1
        agent._fault = lambda self, fault: ("E", [], "x", [], E, {number}, {{}})
        def throw(): raise E
        """
    )
    with pytest.raises(SubjectFault):
        session.find("work", "throw")()
