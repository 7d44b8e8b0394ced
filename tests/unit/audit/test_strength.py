"""What verdicts on mutants say of a grader."""

from decimal import Decimal

import pytest

from tito.audit.strength import Verdict, strength
from tito.audit.words import Mutant, Mutator
from tito.model.mutants import Equivalent, Mutants
from tito.model.rubric import Criterion, Rubric


def mutant(name, part="f"):
    return Mutant(name, Mutator.OPERATOR, part, "work_dev.py", 1, "", "", 0, "")


RUBRIC = Rubric(
    "01",
    "One",
    Decimal(15),
    (Criterion("a", Decimal(10), "A"), Criterion("b", Decimal(5), "B")),
    mutants=Mutants(equivalent=(Equivalent("same", "no difference"),)),
)


def audit(*verdicts, stub=()):
    return strength(RUBRIC, [Verdict(*each) for each in verdicts], dict(stub))


def test_a_mutant_is_killed_by_any_criterion():
    found = audit((mutant("1"), ("a",)), (mutant("2"), ("a", "b")), (mutant("3"), ()))
    assert (found.mutants, found.killed) == (3, 2)
    assert [each.id for each in found.survivors] == ["3"]
    assert found.percent == Decimal(200) / 3


def test_a_criterion_is_measured_by_the_functions_that_it_tests():
    found = audit((mutant("1", "f"), ("a",)), (mutant("2", "f"), ()), (mutant("3", "g"), ("a", "b")))
    first, second = found.criteria
    assert (first.killed, first.tested, first.alone) == (2, 3, 1)
    assert (second.killed, second.tested, second.alone) == (1, 1, 0)


def test_a_criterion_is_measured_by_the_mutants_that_it_has_judged():
    found = audit((mutant("1"), ("a",), False, ("a",)), (mutant("2"), ()), (mutant("3"), ("b",), False, ("b",)))
    assert [(each.killed, each.tested, each.alone) for each in found.criteria] == [(1, 2, None), (1, 2, None)]


def test_equivalent_and_broken_mutants_do_not_count():
    found = audit((mutant("same"), ()), (mutant("2"), (), True), (mutant("3"), ("a",)))
    assert (found.mutants, found.killed, found.equivalent, found.broken) == (1, 1, 1, 1)
    assert found.survivors == ()


@pytest.mark.parametrize(
    ("failing", "stub", "free"),
    [
        (("a", "b"), {}, []),
        (("a",), {}, ["b"]),
        (("a", "b"), {"a": Decimal(2)}, ["a"]),
        ((), {}, ["a", "b"]),
    ],
)
def test_points_are_free_that_no_mutant_loses_or_the_stub_earns(failing, stub, free):
    assert [each.id for each in audit((mutant("1"), failing), stub=stub).free] == free


def test_a_module_without_mutants_is_at_100_percent_and_its_points_are_free():
    found = audit()
    assert found.percent == 100
    assert len(found.free) == 2
