"""What ruff finds in a student's own cells, whatever else the submission holds."""

import pytest

from tito.judging.judge import linting
from tito.judging.judge.linting import Piece, linted, unknown
from tito.judging.plan import Plan, Work, with_text
from tito.model.grader import Grader
from tito.model.outcome import Outcome, Status
from tito.model.rubric import Rules
from tito.model.submission import Linted, Submission

WANTED = Rules("style", ("E", "F", "I"), "t", ("E402",))


def own(*sources, given=("import math",)):
    """Return what is found in sources of the student's own, behind what is given."""
    pieces = [Piece(each, "w.py", 1, own=False) for each in given]
    pieces += [Piece(each, f"w.py[{place}]", 10, own=True) for place, each in enumerate(sources)]
    (found,) = linted(pieces, (WANTED,))
    return found


def test_findings_stand_at_their_lines_in_the_students_own_cells():
    assert own("x = 1\nl = 2", "import os") == Linted(
        "style",
        ("w.py[0]:11: E741 Ambiguous variable name: `l`", "w.py[1]:10: F401 `os` imported but unused"),
        2,
    )


def test_names_of_other_cells_are_known_and_their_own_faults_are_not_the_students():
    assert own("y = math.pi", given=("import math", "l = 1")) == Linted("style")
    later = [Piece("import os", "w.py[1]", 1, own=True), Piece("print(os.name)", "w.py[2]", 1, own=False)]
    assert linted(later, (WANTED,)) == (Linted("style"),)


def test_of_many_findings_the_first_are_told_and_all_count():
    found = own("\n".join(f"import os{number}" for number in range(40)))
    assert (found.count, len(found.told), found.told[-1]) == (40, 6, "and 35 more")


@pytest.mark.parametrize(
    "source",
    [
        "l = 1  # noqa",
        "# ruff: noqa\nl = 1",
        "# ruff: noqa: E741\nl = 1",
        "# flake8: noqa\nl = 1",
        "# RUFF : noqa\nl = 1",
        "#noqa:E741\nl = 1",
        "# isort: skip_file\nl = 1",
        "l = 1  # type: ignore # noqa: E741",
    ],
)
def test_no_comment_switches_a_rule_off(source):
    assert own(source).count == 1


def test_order_of_imports_counts_in_spite_of_what_a_comment_says():
    source = "# isort: {}\nimport sys\nimport os\nprint(sys, os)"
    assert [own(source.format(each)).count for each in ("skip_file", "off")] == [1, 1]


@pytest.mark.parametrize("broken", ["(", "x = " + "[" * 400 + "]" * 400, "\x00", "x = " + "-" * 100_000 + "1"])
def test_a_cell_that_is_no_python_hides_nothing(broken):
    assert own("l = 1", given=("import math", broken)).count == 1
    found = own("l = 1", broken)
    assert (found.unreadable, found.told) == (True, ("w.py[1]:10: this is no Python",))


def test_no_code_or_too_much_of_it_earns_nothing():
    assert own().told == ("there is no code of the student's own",)
    assert own("x = 1\n" * 60_000).told == ("this is too long to look at",)


def test_without_ruff_nobody_loses_points(monkeypatch):
    monkeypatch.setattr(linting, "ruff", lambda: "")
    assert own("l = 1").broken == "ruff is not installed where this was judged"
    monkeypatch.setattr(linting, "ruff", lambda: "/nowhere")
    assert "ruff cannot be started" in own("l = 1").broken
    monkeypatch.setattr(linting, "ruff", lambda: "/bin/false")
    assert own("l = 1").broken == "ruff ended with exit code 1"


def test_rules_that_ruff_does_not_know_are_named():
    assert unknown(WANTED) == ""
    assert unknown(Rules("style", ("E", "ZZZ9"), "t", ("QQ1",))) == "ZZZ9, QQ1"


@pytest.mark.parametrize(
    ("needed", "found", "status", "checks"),
    [
        (Status.PASSED, Linted("style"), Status.PASSED, 1),
        (Status.PASSED, Linted("style", ("w.py:1: E1 x",), 3), Status.FAILED, 3),
        (Status.PASSED, Linted("style", ("no Python",), unreadable=True), Status.ERROR, 1),
        (Status.PASSED, Linted("style", broken="no ruff"), Status.BROKEN, 1),
        (Status.FAILED, Linted("style"), Status.BLOCKED, 1),
        (Status.BROKEN, Linted("style"), Status.BROKEN, 1),
    ],
)
def test_style_counts_where_its_tests_pass(needed, found, status, checks):
    plan = Plan(Grader("m", "m", (), ()), "", rules=(WANTED,))
    submission = Submission("s", "m", "w.py", None, linted=(found,))
    (outcome,) = with_text(plan, submission, Work(), [Outcome("t", "t::1", needed)])
    assert (outcome.status, outcome.checks) == (status, checks)
