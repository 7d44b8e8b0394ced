"""How a known mistake fails, and which failures are alike."""

from decimal import Decimal

import pytest

from tito.audit.fingerprints import dump, fingerprint, load, name_mistakes
from tito.errors import CourseError
from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Failure, Outcome, Status
from tito.model.rubric import Criterion


def outcome(message, criterion="a", status=Status.FAILED, **told):
    return Outcome(criterion, f"test_x.py::test_{criterion}", status, failure=Failure(message, **told))


def passed(criterion):
    return Outcome(criterion, f"test_x.py::test_{criterion}", Status.PASSED)


def mistake(*outcomes, message="It equals x."):
    return fingerprint("cell/mistake/1", message, outcomes)


def alike(one, other):
    return mistake(one).alike(mistake(other).traces)


SAME = [
    ("f(1) is 0.73, got 0.62245935", "f(1) is 0.73, got 0.6224593"),
    ("got [0.5 0.62245935]", "got [0.5       0.6224593 ]"),
    ("got [[1. 2.]\n [3. 4.]]", "got [[1. 2.]  [3. 4.]]"),
    ("got [nan inf]", "got [nan inf]"),
    ("got -1.0e-08", "got 0.0"),
    ("<object at 0x7f00aa>", "<object at 0x7f00bb>"),
    ("(2, 3) is not (3, 2)", "(2, 3) is not (3, 2)"),
]
OTHER = [
    ("got 0.62", "got 0.63"),
    ("got 0.5", "got -0.5"),
    ("got nan", "got inf"),
    ("got nan", "got 3"),
    ("shape (2, 3)", "shape (2, 4)"),
    ("got [1. 2.]", "got [1. 2. 3.]"),
    ("must be float32", "must be float64"),
    ("f is 3", "g is 3"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_failures_are_alike_within_rounding_and_spacing(one, other):
    assert alike(outcome(one), outcome(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_failures_with_other_values_or_words_are_not_alike(one, other):
    assert not alike(outcome(one), outcome(other))


def test_line_calls_status_and_test_count_too():
    told = outcome("got 3", assertion="assert f(1) == 2", calls=("f(1)  →  3",))
    assert alike(told, told)
    assert not alike(told, outcome("got 3", assertion="assert f(2) == 2", calls=("f(1)  →  3",)))
    assert not alike(told, outcome("got 3", assertion="assert f(1) == 2", calls=("f(1)  →  4",)))
    assert not alike(told, outcome("got 3", status=Status.ERROR, assertion="assert f(1) == 2", calls=("f(1)  →  3",)))
    assert not alike(told, outcome("got 3", "b", assertion="assert f(1) == 2", calls=("f(1)  →  3",)))


@pytest.mark.parametrize(
    ("told", "telling"),
    [
        (outcome("got 3"), True),
        (outcome("ValueError: shapes (2,) (3,)", status=Status.ERROR), True),
        (outcome("it is wrong"), False),
        (outcome("no answer within 2 s", status=Status.TIMEOUT), False),
        (outcome("NotImplementedError", status=Status.ERROR, calls=("f(1)",)), False),
        (passed("a"), False),
    ],
)
def test_only_values_tell_a_mistake(told, telling):
    assert mistake(told).telling is telling


def grade(*outcomes):
    criteria = tuple(
        CriterionGrade(Criterion(each.grade_id, Decimal(1), each.grade_id), each.status, Decimal(0), (each,))
        for each in outcomes
    )
    return Grade("ann", "01", "", Decimal(0), Decimal(2), criteria)


def named(graded, *known):
    return {each.criterion.id: each.mistake for each in name_mistakes(graded, known).criteria}


def test_a_criterion_that_fails_as_a_mistake_does_is_named():
    work = grade(outcome("got 3"), outcome("got 4", "b"), passed("c"))
    assert named(work, mistake(outcome("got 3"))) == {"a": "It equals x.", "b": "", "c": ""}


def test_a_mistake_is_not_named_where_one_of_its_criteria_passes_or_fails_otherwise():
    known = mistake(outcome("got 3"), outcome("got 4", "b"))
    assert set(named(grade(outcome("got 3"), passed("b")), known).values()) == {""}
    assert set(named(grade(outcome("got 3"), outcome("got 5", "b")), known).values()) == {""}


def test_of_two_mistakes_the_one_that_explains_more_is_named():
    small = mistake(outcome("got 3"), message="small")
    large = mistake(outcome("got 3"), outcome("got 4", "b"), message="large")
    assert named(grade(outcome("got 3"), outcome("got 4", "b")), small, large) == {"a": "large", "b": "large"}
    assert named(grade(outcome("got 3"), passed("b")), small, large) == {"a": "small", "b": ""}


def test_work_that_passes_or_no_known_mistake_changes_nothing():
    work = grade(passed("a"))
    assert name_mistakes(work, [mistake(outcome("got 3"))]) is work
    assert name_mistakes(work, []) is work
    assert name_mistakes(work, [mistake(passed("a"))]) is work


def test_fingerprints_read_back_as_they_were_written():
    known = mistake(outcome("got 0.5 of [nan]", calls=("f(1)",)), outcome("x", "b", Status.CRASHED))
    assert load(dump("01", "digest", [known]), "m.json") == ("digest", (known,))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "of": "", "mistakes": []}', '{"version": 1, "of": ""}']
)
def test_what_is_no_such_file_is_refused_with_its_path(text):
    with pytest.raises(CourseError, match=r"^m.json: this is no file of known mistakes. Run `tito audit`."):
        load(text, "m.json")
