"""Native results of a small class, made as `tito grade` makes them."""

import json
from decimal import Decimal

import pytest

from tests.unit.report.everything import SCREENS, folded
from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Failure, Frame, Outcome, Status
from tito.model.rubric import Criterion, Rubric
from tito.report import class_json
from tito.scoring import statistics

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07\x00\u202egnp.exe\u2066\r::error::gotcha\n::error::gotcha ##[error]x %0A::error::y ]]> --> "
    "<script>alert(1)</script> <img src=x onerror=a> &lt;b&gt; =cmd|'/C calc'!A0 \ud800\uffff "
    "```\n# h\n</details> [x](http://e.vil) ![i](http://e.vil/i) http://e.vil www.e.vil @octocat `a` | b | **c** $x$"
)
WORTH = {"t-a": Decimal(2), "t-b": Decimal("2.5"), "t-c": Decimal("0.5")}


@pytest.fixture
def hostile():
    return HOSTILE


@pytest.fixture
def grade():
    """Build a grade of three criteria; `text` is the student's in all places that hold student text."""

    def build(
        student="ann", *statuses, text="expected 1, got 2", hidden=False, title="", path="in/ann/w.py", **fields
    ):
        statuses = statuses or (Status.PASSED,) * 3
        parts = tuple(
            _part(name, worth, status, text, title, hidden=hidden)
            for (name, worth), status in zip(WORTH.items(), statuses, strict=True)
        )
        earned = sum((each.earned for each in parts), Decimal(0))
        return Grade(student, "02_m", path, earned, Decimal(5), parts, level="limits", seconds=1.25, **fields)

    return build


@pytest.fixture
def native():
    """Return grades as a native result."""

    def build(*grades, title="Module", graded_at="2026-11-25T10:00:00+00:00"):
        criteria = tuple(each.criterion for each in grades[0].criteria) if grades else ()
        rubric = Rubric("02_m", title, Decimal(5), criteria)
        return json.loads(class_json(rubric, grades, statistics(rubric, grades), graded_at))

    return build


@pytest.fixture
def badly(grade, hostile):
    """A grade with hostile text wherever a student's text can come to stand."""
    statuses = (Status.FAILED, Status.CRASHED, Status.PASSED)
    return grade(hostile, *statuses, text=hostile, title=hostile, path=f"in/{hostile}/w.py", notes=(hostile,))


def _part(name, worth, status, text, title, *, hidden):
    passed = status is Status.PASSED
    failure = Failure(
        text, f"detail {text}", f"assert f() == 1, {text!r}", (Frame("w.py", 3, text, text),), (f"f()  →  {text}",)
    )
    outcome = Outcome(
        name,
        f"test_m.py::{name}",
        status,
        0.25,
        None if passed else failure,
        1 if passed else 0,
        1,
        text,
        hidden=hidden,
    )
    criterion = Criterion(name, worth, title or f"Title {name}", "What is tested.", "What helps.")
    return CriterionGrade(criterion, status, worth if passed else Decimal(0), (outcome,))


@pytest.fixture
def same(request):
    """Compare with a file that was looked at; `--write-screens` writes it anew.

    In place of a run of the words w0 w1 w2 … it holds the last one alone: `«w0 … w43»`.
    """

    def compare(name, text):
        path, text = SCREENS / name, folded(text)
        if request.config.getoption("--write-screens"):
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text, name

    return compare
