"""What lock says of tests that the reference does not pass."""

from tito.locking.refusals import Limits, problems, refused
from tito.model.outcome import Failure, Outcome, Status

LIMITS = Limits(("numpy", "pandas"), 2, 20, 60)


def outcome(test, status=Status.FAILED, message="2 is not 3"):
    return Outcome("t", f"t.py::{test}", status, failure=Failure(message) if message else None)


def said(apart, beside=(), places=()):
    return [str(each) for each in problems(refused(apart, beside), dict(places), "m.py", LIMITS)]


def test_a_test_that_passes_in_one_way_is_not_refused():
    assert refused([outcome("test_a"), outcome("test_b", Status.PASSED)], [outcome("test_a", Status.PASSED)]) == ()


def test_both_reasons_are_given_where_they_differ():
    beside = [outcome("test_a", Status.ERROR, "NameError: k")]
    (line,) = said([outcome("test_a")], beside, {"test_a": "m.py:7"})
    assert line.startswith("m.py:7: the reference does not pass t.py::test_a: failed: 2 is not 3; beside the sub")
    assert line.endswith(
        "mission: error: NameError: k. Mend the solution or the test; `tito lock --partial` leaves it out."
    )
    assert "beside" not in said([outcome("test_a")], [outcome("test_a")])[0]


def test_one_cause_is_one_line_with_all_its_tests():
    tests = [outcome(f"test_{name}") for name in "abcdefgh"]
    (line,) = said(tests, (), {"test_a": "m.py:7", "test_b": "m.py:9"})
    assert line.startswith("m.py:7: the reference does not pass t.py::test_a, t.py::test_b (m.py:9), t.py::test_c, ")
    assert "t.py::test_f and 2 more: failed: 2 is not 3." in line


def test_a_limit_is_named():
    (line,) = said([outcome("test_a", Status.TIMEOUT, "it ran longer than 2 s")])
    assert "`test_seconds` = 2, `load_seconds` = 20 for the cells and `submission_seconds` = 60" in line


def test_the_packages_are_named_where_an_import_fails():
    (line,) = said([outcome("test_a", Status.ERROR, "ModuleNotFoundError: No module named 'scipy.stats'")])
    assert "`packages` are numpy, pandas: add what installs scipy, or leave its import out." in line


def test_parameters_and_methods_stand_where_their_function_does():
    (line,) = said([outcome("TestA::test_b[1-2]")], (), {"TestA": "m.ipynb[cell 3]:2"})
    assert line.startswith("m.ipynb[cell 3]:2: the reference does not pass t.py::TestA::test_b[1-2]: ")
