"""One grader on one submission after another: seeds, time limits and what a Run holds."""

import textwrap

import pytest

from tito.judging.judge.bench import Bench
from tito.judging.judge.contract import Contract
from tito.judging.judge.template import Template
from tito.judging.plan import Plan, Seconds, seed_for
from tito.model.grader import Grader
from tito.model.outcome import Status
from tito.model.submission import Code, Submission

GRADER = """
import random
import numpy as np
import pytest
from work import roll, spin

@pytest.mark.criterion("rolls", points=1)
def test_rolls():
    pytest.fail(f"{np.random.rand()} {random.random()} {roll()}")

@pytest.mark.criterion("quick", points=1)
def test_quick():
    assert spin(0.4) is None

@pytest.mark.criterion("slow", points=1)
def test_slow():
    assert spin(0.4) is None
"""
WORK = """
import random, time
import numpy as np

def roll():
    return float(np.random.rand()), random.random()

def spin(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass
"""


def judged(zygote, folder, source, contract, *students, course="s", **seconds):
    """Return the outcomes of each student's copy of a source, judged by the grader in a folder."""
    plan = Plan(Grader("01_work", "work", (), ()), str(folder), seconds=Seconds(**seconds), secret=course)
    found = []
    for student in students or ("",):
        submission = Submission(student, "01_work", "work.py", None, (Code("work.py", 1, textwrap.dedent(source)),))
        with Template(folder, ["work"]) as template:
            bench = Bench(plan, template, zygote, submission, Contract(contract))
            found.append(list(bench.outcomes(template.tests, lambda _: None)))
            bench.close()
    return found


@pytest.fixture
def run(zygote, tmp_path):
    (tmp_path / "test_work.py").write_text(GRADER)
    contract = {"roll": "object", "roll()": "data", "spin": "object", "spin()": "data"}
    return lambda *students, **options: judged(zygote, tmp_path, WORK, contract, *students, **options)


def test_both_sides_draw_the_same_numbers_in_every_run_of_one_student(run):
    first, again, other = (outcomes[0] for outcomes in run("ada", "ada", "bob"))
    assert first.failure.message == again.failure.message
    assert first.failure.message != other.failure.message
    assert len(set(first.failure.message.split())) > 2


def test_the_seed_is_recorded(run):
    (found,) = run("ada")
    assert [each.seed for each in found] == [seed_for("s", "01_work", "ada", each.grade_id) for each in found]


def test_the_secret_changes_every_seed(run):
    (one,), (two,) = run("ada", course="s"), run("ada", course="t")
    assert not {each.seed for each in one} & {each.seed for each in two}


def test_a_criterion_may_have_a_time_limit_of_its_own(run):
    (found,) = run("ada", test=5.0, criteria={"slow": 0.1})
    assert [each.status for each in found[1:]] == [Status.PASSED, Status.TIMEOUT]
    assert "0.1 s" in found[2].failure.message


@pytest.mark.parametrize(("one", "two"), [(("a", "b"), ("ab", "")), (("", "a"), ("a", "")), (("é", ""), ("e", ""))])
def test_seeds_keep_their_parts_apart(one, two):
    assert seed_for("", "", *one) != seed_for("", "", *two)


def test_a_grader_without_tests_gives_a_run_without_outcomes(zygote, tmp_path):
    (tmp_path / "test_work.py").write_text("")
    assert judged(zygote, tmp_path, "x = 1", {}) == [[]]


MIXED = """
import pytest
from work import value

DONE = []

@pytest.fixture(scope="module")
def held():
    DONE.append("set up")
    yield value()
    DONE.append("torn down")

@pytest.mark.criterion("plain", points=1)
def test_plain():
    DONE.append("run")
    assert value() == 1

@pytest.mark.criterion("fixture", points=1)
def test_fixture(held):
    assert held == 1

@pytest.mark.criterion("between", points=1)
def test_between():
    assert DONE[-1] == "set up"

@pytest.mark.criterion("again", points=1)
def test_fixture_again(held):
    assert held == 1 and DONE.count("set up") == DONE.count("run") == DONE.count("torn down") + 1

@pytest.mark.criterion("skipped", points=1)
def test_skipped():
    pytest.skip("not today")

@pytest.mark.criterion("xfail", points=1)
@pytest.mark.xfail(strict=True)
def test_expected_to_fail():
    assert value() == 1

@pytest.mark.criterion("asynchronous", points=1)
async def test_asynchronous():
    assert value() == 1

@pytest.mark.criterion("awaitable", points=1)
def test_awaitable():
    return test_asynchronous()

class TestInClass:
    @pytest.mark.criterion("method", points=1)
    def test_method(self):
        assert value() == 1
"""


@pytest.mark.filterwarnings("ignore:coroutine 'test_asynchronous' was never awaited:RuntimeWarning")
def test_plain_tests_run_among_those_that_pytest_sets_up_with_the_outcomes_that_it_would_give(zygote, tmp_path):
    (tmp_path / "test_work.py").write_text(MIXED)
    passing = {"plain", "fixture", "between", "again", "method"}
    contract = {"value": "object", "value()": "data"}
    for outcomes in judged(zygote, tmp_path, "def value():\n    return 1\n", contract, "one", "two"):
        found = {each.grade_id: each.status for each in outcomes}
        assert {name for name, status in found.items() if status is Status.PASSED} == passing
        assert set(found) - passing == {"skipped", "xfail", "asynchronous", "awaitable"}


CASES = """
import asyncio
import unittest
import pytest
from work import double, fails

@pytest.mark.criterion("case", points=1)
class Checks(unittest.TestCase):
    def setUp(self):
        self.due = 6

    def test_equal(self):
        self.assertEqual(double(3), self.due)

    def test_raises(self):
        with self.assertRaises(ValueError):
            fails()

    def test_set_up(self):
        self.assertEqual(self.due, 6)

@pytest.mark.criterion("awaited", points=1)
class Awaited(unittest.IsolatedAsyncioTestCase):
    async def test_awaited(self):
        await asyncio.sleep(0)
        self.assertEqual(double(2), 4)
"""
STOPS = "import unittest\nStop = unittest.case._ShouldStop"


@pytest.mark.parametrize(
    ("source", "passed"),
    [
        ("def double(n): return 2 * n\ndef fails(): raise ValueError", {"equal", "raises", "set_up", "awaited"}),
        ("def double(n): return 7\ndef fails(): return 1", {"set_up"}),
        ("def double(n): raise KeyError\ndef fails(): raise KeyError", {"set_up"}),
        ("import unittest\ndef double(n): raise unittest.SkipTest\nfails = double", {"set_up"}),
        (f"{STOPS}\ndef double(n=0): raise Stop\nfails = double", {"set_up"}),
    ],
    ids=["right", "wrong", "other fault", "skips", "stops"],
)
def test_a_unittest_case_passes_only_where_it_would(zygote, tmp_path, source, passed):
    (tmp_path / "test_work.py").write_text(CASES)
    contract = {"double": "object", "double()": "data", "fails": "object"}
    (outcomes,) = judged(zygote, tmp_path, source, contract)
    found = {each.test.rpartition("test_")[2] for each in outcomes if each.status is Status.PASSED}
    assert found == passed


SWALLOWING = """
import pytest
from work import Box, trying

@pytest.mark.criterion("block", points=1)
def test_block():
    with Box() as box:
        assert box.total() == 6

@pytest.mark.criterion("callback", points=1)
def test_callback():
    def check():
        assert trying.__name__ == "x"
    trying(check)
"""


@pytest.mark.parametrize("total", ["return 5", "raise KeyError"])
def test_what_fails_in_a_test_is_not_for_the_submission_to_catch(zygote, tmp_path, total):
    (tmp_path / "test_work.py").write_text(SWALLOWING)
    source = f"""
        class Box:
            def __enter__(self): return self
            def __exit__(self, *_): return True
            def total(self): {total}
        def trying(call):
            try: call()
            except BaseException: pass
    """
    contract = {
        "Box": "object",
        "Box()": "object",
        "Box.__enter__": "object",
        "Box.total()": "data",
        "trying": "object",
    }
    (outcomes,) = judged(zygote, tmp_path, source, contract | {"says what is listed": ""})
    assert [each.status for each in outcomes] == [Status.FAILED] * 2
    assert all("has caught what failed in the test" in each.failure.message for each in outcomes)
    allowed = {"says what is listed": ""} | {f"says {each.test} goes on after 1": "" for each in outcomes}
    (outcomes,) = judged(zygote, tmp_path, source, contract | allowed)
    assert [each.status for each in outcomes] == [Status.PASSED] * 2
