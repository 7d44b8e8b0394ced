"""Hidden tests: a failure shows a line only where students have it, and before anything hidden has run."""

from decimal import Decimal

import pytest

from tito.locking import lock_file
from tito.locking.disclosure import disclosure, seen
from tito.model.grader import Grader, LockedCriterion
from tito.model.outcome import Failure, Outcome, Run, Status

FULL = """
def test_part():
    x = f(1)
    assert x == 1, "one"
    for n in (2, 3):
        assert f(n) == n
    assert x == 1
    assert f(-9) == 9

def test_all():
    assert f(5) == 5

def test_none():
    y = f(6)
    assert y == 6
"""
PUBLIC = """
def test_part():
    x = f(1)
    assert x == 1, "one"
    for n in (2, 3):
        assert f(n) == n

def test_all():
    assert f(5) == 5
"""
NAMES = ("test_part", "test_all", "test_none")


def grader(**fields):
    criteria = tuple(LockedCriterion(name, Decimal(1), (f"t.py::{name}",), name == "test_none") for name in NAMES)
    known = {f"t.py::{name}": count for name, count in seen(FULL, PUBLIC).items()}
    return Grader("m", "p.m", criteria, (), seen=known, **fields)


def hidden(assertion, test="test_part", revealed=(), **fields):
    failure = Failure("message", assertion=assertion)
    outcome = Outcome(test, f"t.py::{test}", Status.FAILED, failure=failure)
    run = disclosure(grader(**fields), {"t.py": FULL}, revealed).of(Run((outcome,)))
    return run.outcomes[0].hidden


def test_what_students_see_of_a_test_is_its_leading_statements():
    assert seen(FULL, PUBLIC) == {"test_part": 3, "test_none": 0}
    assert seen(FULL, FULL) == {}
    assert seen(PUBLIC.replace("== 1", "== 2"), PUBLIC) == {"test_part": 1}


@pytest.mark.parametrize(
    ("assertion", "expected"),
    [
        ("assert f(n) == n", False),
        ("x = f(1)", False),
        ("assert f(-9) == 9", True),
        # This line stands in the hidden part as well, so it may be that one.
        ("assert x == 1", True),
        # Where it stopped is not known: a crash, an endless loop.
        ("", True),
    ],
)
def test_a_line_is_shown_where_students_have_it(assertion, expected):
    assert hidden(assertion) is expected


def test_whole_tests_are_shown_or_hidden():
    assert not hidden("assert f(5) == 5", "test_all")
    assert hidden("y = f(6)", "test_none")
    assert hidden("assert y == 6", "test_none[3-a]")


def test_a_rubric_may_reveal_and_a_public_edition_has_nothing_to_hide():
    assert not hidden("assert y == 6", "test_none", revealed={"test_none"})
    assert not hidden("assert f(-9) == 9", public=True)


def test_the_lock_file_keeps_what_is_seen():
    assert lock_file.load(lock_file.dump(grader()), "lock.json").seen == {"t.py::test_part": 3, "t.py::test_none": 0}
    assert '"seen"' not in lock_file.dump(Grader("m", "p.m", (), ()))


def test_a_methods_lines_are_those_of_its_class():
    text = "class TestA:\n    def test_x(self):\n        assert f(1) == 1\n    def test_y(self):\n        assert f(2) == 2\n"
    name = "t.py::TestA::test_x"
    known = {"t.py::TestA": 1}
    own = Grader("m", "p.m", (LockedCriterion("t", Decimal(1), (name,)),), (), seen=known)
    shown = disclosure(own, {"t.py": text}, ()).lines[name]
    assert shown == {"assert f(1) == 1"}
