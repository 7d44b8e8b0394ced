"""An assignment of modules as one, and a class that two graders have graded."""

from dataclasses import replace
from decimal import Decimal

from tito.model.grade import CriterionGrade, Grade
from tito.model.outcome import Failure, Outcome, Status
from tito.model.rubric import Criterion, Rubric
from tito.scoring.assignment import Part, together
from tito.scoring.comparison import Reason, compare

CRITERIA = (Criterion("a", Decimal(2), "First"), Criterion("b", Decimal(1), "Second"))


def grade(student, module, *earned, status=Status.PASSED, failure="", **more):
    outcome = Outcome("a", "t", status, failure=Failure(failure) if failure else None)
    parts = tuple(
        CriterionGrade(each, status, Decimal(points), (outcome,))
        for each, points in zip(CRITERIA, earned, strict=False)
    )
    total = sum(map(Decimal, earned), Decimal(0))
    return Grade(student, module, f"in/{student}/ps1/{module}.ipynb", total, Decimal(3), parts, **more)


def part(name, *grades):
    return Part(name, Rubric(name, name.title(), Decimal(3), CRITERIA), grades)


def test_an_assignment_has_one_total_and_its_criteria_by_module():
    rubric, (ann,) = together("ps1", [part("x", grade("ann", "x", 2, 1)), part("y", grade("ann", "y", 0, 1))])
    assert (rubric.points, ann.earned, ann.possible, ann.path) == (6, 4, 6, "in/ann/ps1")
    assert [each.id for each in rubric.criteria] == ["x-a", "x-b", "y-a", "y-b"]
    assert [each.criterion.title for each in ann.criteria] == ["x: First", "x: Second", "y: First", "y: Second"]


def test_what_was_not_handed_in_of_it_earns_nothing_and_says_so():
    _, (ann, bob) = together("ps1", [part("x", grade("ann", "x", 2, 1)), part("y", grade("bob", "y", 2, 1))])
    assert [each.status for each in ann.criteria[2:]] == [Status.MISSING, Status.MISSING]
    assert ann.notes == ("y: it was not handed in",)
    assert (bob.earned, bob.refusal) == (3, "")


def test_a_refused_part_is_noted_and_a_whole_that_is_refused_is_refused():
    refused = grade("ann", "x", 0, 0, refusal="no notebook")
    _, (ann,) = together("ps1", [part("x", refused), part("y", grade("ann", "y", 2, 1))])
    assert (ann.refusal, ann.notes) == ("", ("x: no notebook",))
    _, (ann,) = together("ps1", [part("x", refused), part("y", replace(refused, module="y"))])
    assert ann.refusal == "no notebook"


def reasons(given, theirs, **more):
    found = compare("m", [given], {("ann", "a"): Decimal(theirs)}, **more)
    return [each.reason for each in found.differences]


def test_cells_that_agree_are_counted():
    found = compare(
        "m", [grade("ann", "m", 2, 1)], {("ann", "a"): Decimal(2), ("ann", "b"): Decimal(1), ("eve", "a"): Decimal(0)}
    )
    assert (found.cells, found.agreeing, found.apart, found.differences, found.alone) == (2, 2, (2, 2), (), ("eve",))


def test_every_difference_has_its_reason_out_of_a_closed_list():
    shared = grade("ann", "m", 2)
    shared = replace(
        shared, criteria=(replace(shared.criteria[0], outcomes=(Outcome("a", "t", Status.PASSED, beside=True),)),)
    )
    edited = grade("ann", "m", 0, status=Status.FAILED, notes=("locked cell a was edited; the original was used",))
    wrote = grade(
        "ann", "m", 0, status=Status.FAILED, failure="f() changed what it was given; without that change: no"
    )
    assert reasons(grade("ann", "m", 0, status=Status.CONTRACT), 2) == [Reason.FORGED]
    assert reasons(grade("ann", "m", 0, status=Status.TIMEOUT), 2) == [Reason.LIMIT]
    assert reasons(edited, 2) == [Reason.EDITED]
    assert reasons(wrote, 2) == [Reason.WRITTEN]
    assert reasons(shared, 0) == [Reason.BESIDE]
    assert reasons(grade("ann", "m", 0, status=Status.FAILED), 2, random={"a"}) == [Reason.CHANCE]
    assert reasons(grade("ann", "m"), 2, left_out={"a"}) == [Reason.LEFT_OUT]
    assert reasons(grade("ann", "m", 0, refusal="no"), 2) == [Reason.NOT_READ]
    assert reasons(grade("ann", "m", 0, status=Status.FAILED), 2) == [Reason.UNEXPLAINED]


def test_a_whole_is_excused_where_all_of_it_is_and_told_on_the_reference_where_any_part_is():
    x, y = grade("ann", "x", 2, 1), grade("ann", "y", 1, 0)
    ill = [replace(each, excused="ill") for each in (x, y)]
    assert together("ps1", [part("x", ill[0]), part("y", ill[1])])[1][0].excused == "ill"
    assert together("ps1", [part("x", ill[0]), part("y", y)])[1][0].excused == ""
    assert together("ps1", [part("x", x), part("y", y)])[1][0].reference is None
    assert together("ps1", [part("x", replace(x, reference=Decimal(2))), part("y", y)])[1][0].reference == 3


def test_a_whole_lies_where_its_first_part_does():
    x, y = (replace(grade("ann", name, 2, 1), path=f"{name}.py") for name in "xy")
    assert together("ps1", [part("x", x), part("y", y)])[1][0].path == "x.py"


def test_what_the_other_grader_has_beside_our_class_and_criteria_is_not_compared():
    theirs = {("eve", "a"): Decimal(2), ("ann", "z"): Decimal(1), ("ann", "y"): Decimal(1), ("ann", "a"): Decimal(2)}
    found = compare("m", [grade("ann", "m", 2, 1)], theirs, left_out={"y"})
    assert (found.cells, found.agreeing, found.apart, found.alone) == (2, 1, (1, 1), ("eve",))
    assert [(each.criterion, each.reason) for each in found.differences] == [("y", Reason.LEFT_OUT)]


def test_of_parts_in_several_folders_the_first_ones_is_named():
    x, y = (replace(grade("ann", name, 2, 1), path=f"in/{name}/{name}.py") for name in "xy")
    assert together("ps1", [part("x", x), part("y", y)])[1][0].path == "in/x"
