"""A good submission beside any attack has its own score, in whatever order, by however many judges, warmed or not.

What an attack earns does not turn on its neighbours either: each run is compared with the first one.
"""

from dataclasses import dataclass

import pytest
from corpus import BEST, LAYERS, POINTS, index

from tito.workflows.grading import grade as grading
from tito.workflows.grading.judges import start_pool

CHOSEN = [each for each in index("forging").values() if each.runs_with(LAYERS[BEST])]


@dataclass
class Class:
    """All attacks with a good submission behind each; a run's order is that of the files' names."""

    world: object

    def graded(self, jobs=1, *, backwards=False, store=None):
        for path in self.world.submissions.iterdir():
            path.unlink()
        for place, each in enumerate(reversed(CHOSEN) if backwards else CHOSEN):
            for order, (role, text) in enumerate(
                (("attack", self.world.submission(each)), ("good", self.world.good))
            ):
                path = self.world.submissions / f"{place:03}{order}-{role}-{each.name}.py"
                path.write_text(text, "utf-8")
        with start_pool(self.world.course, jobs) as pool:
            made = grading.Grading(self.world.course, "02", [self.world.submissions], pool, store=store)
            for _ in made.advance():
                continue
            return {each.student.partition("-")[2]: told(each) for each in made.result().grades}


def told(grade):
    """Return a grade's points; of a good one its statuses too, for how an attack fails may turn on a clock."""
    statuses = tuple(each.status.value for each in grade.criteria)
    return (grade.earned, statuses) if "-good-" in grade.student else (grade.earned,)


@pytest.fixture(scope="module")
def group(world):
    return Class(world())


@pytest.fixture(scope="module")
def store():
    return {}


@pytest.fixture(scope="module")
def first(group, store):
    return group.graded(store=store)


def test_every_good_one_has_full_marks(first):
    assert {told for name, told in first.items() if name.startswith("good-")} == {(POINTS, ("passed",) * 9)}


def test_two_judges_and_the_other_order_give_the_same_scores(group, first):
    assert group.graded(2, backwards=True) == first


def test_the_store_gives_the_same_scores(group, first, store):
    assert group.graded(2, store=store) == first


def test_an_unwarmed_template_gives_the_same_scores(group, first, monkeypatch):
    monkeypatch.setattr(grading, "_FEW", 10_000)
    assert group.graded(2) == first
