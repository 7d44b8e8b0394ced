"""What `tito audit` shows: the share killed, free points, and the first survivors."""

import io
from decimal import Decimal

import pytest
from rich.console import Console

from tito.audit.strength import Audit, CriterionStrength
from tito.audit.words import Mutant, Mutator
from tito.report import Style, audit_report

DIFF = "--- a\n+++ b\n@@ -1 +1 @@\n-    return x + 1\n+    return x - 1\n"


def mutant(number):
    return Mutant(f"m{number}", next(iter(Mutator)), "f", "w_dev.py", number, f"x + {number} → x", DIFF, 1, "")


def audit(survivors=0, stub=0, **fields):
    criteria = (
        CriterionStrength("a", "Adding", Decimal(10), 8, 8 - survivors, 3, Decimal(stub)),
        CriterionStrength("b", "Other", Decimal(5), 4, 4, 2, Decimal(0)),
    )
    lived = tuple(mutant(number) for number in range(1, survivors + 1))
    return Audit("01_m", 10, 10 - survivors, 1, 0, criteria, lived, 2.0, **fields)


def drawn(*audits, width=80, **options):
    console = Console(file=io.StringIO(), width=width)
    settings = {"survivors": False, "fail_under": 0, "check": False} | options
    console.print(audit_report(audits, style=Style(unicode=True), **settings))
    return console.file.getvalue()


def test_the_share_and_each_criterion_are_shown():
    text = drawn(audit())
    assert "01_m: 10 of 10 mutants killed (100.0 %)" in text
    assert [line.split()[:4] for line in text.splitlines() if line.startswith(("Adding", "Other"))] == [
        ["Adding", "10", "8/8", "3"],
        ["Other", "5", "4/4", "2"],
    ]


def test_some_survivors_are_named_and_the_rest_counted():
    text = drawn(audit(survivors=7))
    assert "x + 5 → x" in text
    assert "x + 6 → x" not in text
    assert "and 2 more" in text
    assert "return x - 1" not in text


def test_all_survivors_come_with_their_diffs_where_that_is_wanted():
    text = drawn(audit(survivors=7), survivors=True)
    assert "x + 7 → x" in text
    assert text.count("return x - 1") == 7


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"check": True, "stale": True}, "stale: run `tito audit`"),
        ({"check": True, "stale": False}, "2 known mistakes: recorded"),
        ({"check": False, "stale": True}, "recorded anew"),
    ],
)
def test_known_mistakes_are_in_step_or_not(options, said):
    stale = options.pop("stale")
    assert said in drawn(audit(known=2, stale=stale), **options)


def test_points_that_the_stub_earns_are_named_as_free():
    assert "Adding" in drawn(audit(stub=10)).split("Other", 1)[1]


def test_several_modules_end_in_a_summary():
    assert drawn(audit(), audit(survivors=1)).rstrip().splitlines()[-1].split()[:3] == ["01_m", "10", "9"]


def test_nothing_is_wider_than_the_terminal():
    assert max(map(len, drawn(audit(survivors=3), width=60).splitlines())) <= 60
