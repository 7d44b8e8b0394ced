"""Exceptions of a test's that its functions and mocks raise into the student's code, or that it hands over."""

import json
from unittest import mock

import pytest

from tito.judging.judge.faults import SubjectFault, raised

SOURCE = """
class OutOfStock(Exception):
    def __init__(self, what):
        super().__init__(f"no {what}")
        self.what = what
def call(f, *args): return f(*args)
def catch(f, kind=Exception):
    try: f()
    except kind as fault: return fault
def seen(f):
    try: f()
    except Exception as fault: return type(fault).__name__, str(fault), fault.args
def stock(f):
    try: f()
    except OutOfStock as fault: return fault.what, type(fault) is OutOfStock
def place(f):
    try: f()
    except OSError as fault: return fault.errno, fault.filename
def retry(f, times, kinds=(Exception,)):
    for _ in range(times):
        try: return f()
        except kinds as fault: last = fault
    raise last
def wrap(f):
    try: f()
    except Exception as fault: raise RuntimeError("wrapped") from fault
def mark(f):
    try: f()
    except Exception as fault:
        fault.tries = 3
        fault.hint = "shadow"
        fault.add_note("tried")
        raise
def hint(f):
    try: f()
    except Exception as fault: return fault.hint()
def limit(kind): return kind.limit
def is_one(f, g): return catch(f) is catch(g)
def make(kind, *args): raise kind(*args)
class Timer:
    def __enter__(self): return self
    def __exit__(self, kind, fault, trace):
        self.kind, self.error, self.same = kind.__name__, fault, type(fault) is kind
        return True
class Later:
    def __init__(self, f): self.fault = catch(f)
    def result(self): raise self.fault
"""


class Flaky(Exception):  # noqa: N818 - as in a test
    limit = 5

    def __init__(self, code, tries=0):
        super().__init__(code)
        self.code, self.tries = code, tries

    def __str__(self):
        return f"flaky {self.code}"

    def hint(self):
        return f"try {self.limit} times"


@pytest.fixture
def find(subject):
    """Return what finds a name in one subject."""
    session = subject(SOURCE)
    return lambda name: session.find("work", name)


def raising(fault):
    """Return a function that raises it."""
    return mock.Mock(side_effect=fault)


def unreadable():
    """Return an exception that json raises."""
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads("{")
    return caught.value


@pytest.mark.parametrize(
    "fault",
    [ValueError("x", 3), KeyError("x"), ValueError(), StopIteration(3), OSError(2, "no", "f"), unreadable()],
    ids=repr,
)
def test_an_exception_arrives_as_it_is_and_comes_back_as_the_same(find, fault):
    assert find("seen")(raising(fault)) == (type(fault).__name__, str(fault), fault.args)
    assert find("catch")(raising(fault)) is fault


def test_an_exception_that_is_not_caught_is_the_tests_own(find):
    fault = KeyError("x")
    with pytest.raises(KeyError) as caught:
        find("call")(raising(fault))
    assert caught.value is fault
    assert raised(fault).frames[0].function == "call"


def test_a_files_error_says_which_file(find):
    assert find("place")(raising(OSError(2, "no", "f"))) == (2, "f")


def test_a_class_is_raised_without_arguments(find):
    assert find("seen")(raising(ValueError)) == ("ValueError", "", ())


def test_an_exception_of_the_students_is_caught_by_the_student(find):
    out = find("OutOfStock")
    assert find("stock")(raising(out("gum"))) == ("gum", True)
    with pytest.raises(out) as caught:
        find("call")(raising(out("gum")))
    assert caught.value.what == "gum"


def test_a_tests_own_exception_has_its_name_its_text_and_its_methods(find):
    assert find("seen")(raising(Flaky(3))) == ("Flaky", "flaky 3", (3,))
    assert find("hint")(raising(Flaky(3))) == "try 5 times"
    with pytest.raises(Flaky) as caught:
        find("call")(raising(Flaky(3)))
    assert caught.value.code == 3


def test_a_tests_own_exception_class_can_be_caught_and_made(find):
    flaky = mock.Mock(side_effect=[Flaky(1), Flaky(2), "done"])
    assert find("retry")(flaky, 3, (Flaky,)) == "done"
    with pytest.raises(Flaky, match="flaky 1"):
        find("retry")(raising(Flaky(1)), 3, Flaky)
    with pytest.raises(ValueError, match="other"):
        find("retry")(raising(ValueError("other")), 3, Flaky)
    assert find("limit")(Flaky) == 5
    with pytest.raises(Flaky) as caught:
        find("make")(Flaky, 7)
    assert caught.value.code == 7


def test_what_is_raised_from_a_tests_exception_has_that_as_its_cause(find):
    fault = Flaky(1)
    with pytest.raises(RuntimeError, match="wrapped") as caught:
        find("wrap")(raising(fault))
    assert caught.value.__cause__ is fault


def test_what_the_student_puts_into_a_tests_exception_is_there_and_hides_nothing(find):
    fault = Flaky(1)
    with pytest.raises(Flaky):
        find("mark")(raising(fault))
    assert (fault.tries, fault.__notes__, fault.hint()) == (3, ["tried"], "try 5 times")


def test_one_exception_is_one_object_over_there(find):
    fault = ValueError("x")
    assert find("is_one")(raising(fault), raising(fault)) is True
    assert find("is_one")(raising(fault), raising(ValueError("x"))) is False


@pytest.mark.parametrize("fault", [ValueError("x"), Flaky(1)], ids=repr)
def test_an_exception_that_an_object_keeps_is_the_tests_own(find, fault):
    with find("Timer")() as timer:
        raise fault
    assert timer.error is fault
    assert (timer.kind, timer.same) == (type(fault).__name__, True)


def test_an_exception_that_is_kept_for_later_is_raised_then(find):
    fault = Flaky(1)
    later = find("Later")(raising(fault))
    with pytest.raises(Flaky) as caught:
        later.result()
    assert caught.value is fault


def test_arguments_that_cannot_be_handed_over_become_text(find):
    assert find("seen")(raising(ValueError(json)))[0] == "ValueError"


def test_the_program_may_be_left_by_a_tests_function(find):
    with pytest.raises(SystemExit) as caught:
        find("call")(raising(SystemExit(3)))
    assert caught.value.code == 3


def test_an_assertion_of_the_tests_is_the_tests(find):
    with pytest.raises(AssertionError) as caught:
        find("call")(raising(AssertionError("mine")))
    assert raised(caught.value) is None


def test_many_exceptions_are_not_kept_for_ever(find):
    first, calls = ValueError("first"), []

    def fails():
        calls.append(1)
        raise first if len(calls) == 1 else ValueError(len(calls))

    with pytest.raises(ValueError, match="1200"):
        find("retry")(fails, 1200)
    assert find("catch")(raising(first)) is first


CLAIMING = """
import sys
agent = sys.modules["tito.judging.subject.server"].Subject
agent._fault = lambda self, fault: ("Flaky", [], "x", [], None, 0, {"thrown": number})
def give(f):
    try: f()
    except Exception: pass
def claim(told):
    global number
    number = told
    raise ValueError
"""


@pytest.mark.parametrize("number", [0, 1, 2, -1, True, "1", None, [1]])
def test_an_exception_that_was_not_given_cannot_be_claimed(subject, number):
    with pytest.raises(SubjectFault, match="none that the test gave"):
        subject(CLAIMING).find("work", "claim")(number)


def test_an_exception_of_another_test_cannot_be_claimed(subject):
    session = subject(CLAIMING)
    session.find("work", "give")(raising(Flaky(1)))
    session.start(2)
    with pytest.raises(SubjectFault, match="none that the test gave"):
        session.find("work", "claim")(1)


def test_what_hides_a_tests_method_is_not_put_into_its_exception(subject):
    session = subject(CLAIMING.replace('"thrown"', '"state": {"limit": 9, "hint": 1, "__class__": 1}, "thrown"'))
    fault = Flaky(1)
    session.find("work", "give")(raising(fault))
    with pytest.raises(Flaky):
        session.find("work", "claim")(1)
    assert (fault.limit, fault.hint(), type(fault)) == (5, "try 5 times", Flaky)
