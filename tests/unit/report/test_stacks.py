"""Two scores side by side."""

from decimal import Decimal

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Failure, Outcome, Status
from tito.model.rubric import Criterion
from tito.report import Style
from tito.report.stacks import blockers, stacks_report


def grade(message, status=Status.BLOCKED, reference=Decimal(1)):
    outcome = Outcome("a", "t", status, failure=Failure(message))
    criterion = CriterionGrade(Criterion("a", Decimal(1), "A"), status, Decimal(0), (outcome,))
    return Grade("ann", "02", "", Decimal(0), Decimal(1), (criterion,), reference=reference)


def test_blockers_are_what_the_judge_says_and_nothing_else():
    assert blockers(grade("blocked by 01_tensor: it passes with the reference")) == ("01_tensor",)
    assert blockers(grade("blocked by 01_tensor: so says the student", Status.FAILED)) == ()
    assert blockers(grade("got blocked by 01_tensor: no")) == ()


def test_a_class_on_the_reference_alone_has_no_such_table():
    assert stacks_report([grade("x", reference=None)], Style()) == ()
    assert len(stacks_report([grade("x")], Style())) == 3
