"""A judge, a subject, the zygote or the worker killed at any step: no outcome is lost, and nobody gets another's."""

import sys
from pathlib import Path

import pytest
from small import RIGHT, SPREAD, Course, cell, graded_cell

from tito.workflows.grading import judges

STEPS = ["forked", "read", "spawn", "spawn-done", "begin", "outcome", "outcome-done", "reap", "reap-done", "end"]
WRONG = "def spread(numbers):\n    return 1"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of three: the one in the middle is right in the first of its two tests, which is when it is met."""
    made = Course(tmp_path_factory.mktemp("course"))
    one = graded_cell("t", "def test_one():\n    assert spread([1, 2]) == 1")
    two = graded_cell("u", "def test_two():\n    assert spread([0, 5]) == 5")
    made.lesson(cell("s", SPREAD), one, two)
    return made.hand_in(a=[cell("s", RIGHT)], b=[cell("s", WRONG)], c=[cell("s", RIGHT)])


def graded(course, monkeypatch, stopped):
    """Grade the class by workers that are told what to kill; return the statuses and the refusals, by student."""
    monkeypatch.setenv("STOPPED", stopped)
    monkeypatch.setattr(judges, "WORKER", (sys.executable, "-P", str(Path(__file__).parent / "stopped.py")))
    found = course.graded()
    told = {student: [each.status.value for each in grade.criteria] for student, grade in found.items()}
    return told, {student: grade.refusal for student, grade in found.items()}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("victim", ["judge", "subject", "zygote", "worker"])
def test_what_was_there_stays_and_is_whose_it_was(course, tmp_path, monkeypatch, victim, step):
    happened = tmp_path / "happened"
    told, _ = graded(course, monkeypatch, f"{victim} {step} b {happened}")
    assert happened.exists() or victim == "subject"
    assert (told["a"], told["c"]) == (["passed"] * 2, ["passed"] * 2)
    # A subject that ends costs what it was asked for; a zygote may take the submission at hand with it, which says so.
    cost = {"subject": {"crashed", "broken"}, "zygote": {"broken"}}.get(victim, set())
    for status, due in zip(told["b"], ["passed", "failed"], strict=True):
        assert status in {due, *cost}


@pytest.mark.parametrize(
    ("step", "given_up"), [("forked", "refused"), ("begin", ["memory"] * 2), ("outcome", ["passed", "failed"])]
)
def test_a_submission_that_every_judge_dies_of_ends_with_its_own_row(course, tmp_path, monkeypatch, step, given_up):
    told, refused = graded(course, monkeypatch, f"always judge {step} b {tmp_path / 'happened'}")
    assert (told["a"], told["c"]) == (["passed"] * 2, ["passed"] * 2)
    assert ("refused" if refused["b"] else told["b"]) == given_up
