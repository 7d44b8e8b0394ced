"""Given enumerations, named tuples and dataclasses: what a submission makes of them is told apart in the judge."""

import pytest
from small import Course, cell, earned, graded_cell

from tito.locking import lock_file

GIVEN = """
# %%
from collections import namedtuple
from dataclasses import asdict, dataclass, field, replace
from enum import Enum, Flag, auto
from typing import NamedTuple

class Suit(Enum):
    HEARTS = "h"
    SPADES = "s"

    @property
    def red(self):
        return self is Suit.HEARTS

class May(Flag):
    READ = auto()
    WRITE = auto()

@dataclass(frozen=True, order=True)
class Card:
    rank: int
    suit: Suit = field(compare=False)

@dataclass
class Hand:
    cards: list[Card] = field(default_factory=list)

    def worth(self):
        return sum(each.rank for each in self.cards)

Point = namedtuple("Point", "x y", defaults=[0])

class Edge(NamedTuple):
    start: Point
    end: Point
"""
SOLUTION = """def deal():
    ### BEGIN SOLUTION
    return [Card(1, Suit.HEARTS), Card(2, Suit.SPADES)]
    ### END SOLUTION

def hand():
    ### BEGIN SOLUTION
    return Hand(deal())
    ### END SOLUTION

def add(hand, rank):
    ### BEGIN SOLUTION
    hand.cards.append(Card(rank, Suit.HEARTS))
    return hand
    ### END SOLUTION

def told(it):
    ### BEGIN SOLUTION
    match it:
        case Suit.SPADES:
            return "spades"
        case Card(rank, suit) if suit is Suit.HEARTS:
            return asdict(replace(it, rank=rank + 1))["rank"]
        case Edge(start, Point(x=3)):
            return start.y
    return isinstance(it, Point) and type(it) is not tuple
    ### END SOLUTION

def mid(edge):
    ### BEGIN SOLUTION
    return Point((edge.start.x + edge.end.x) / 2, (edge.start.y + edge.end.y) / 2)
    ### END SOLUTION

def may():
    ### BEGIN SOLUTION
    return May.READ | May.WRITE
    ### END SOLUTION"""
TESTS = [
    "assert deal() == [Card(1, Suit.HEARTS), Card(2, Suit.SPADES)]\nassert sorted(deal())[0].suit is Suit.HEARTS",
    "assert deal()[0].suit.red and deal()[1].rank == 2",
    "assert hand() == Hand([Card(1, Suit.HEARTS), Card(2, Suit.SPADES)])\nassert hand().worth() == 3",
    "mine = Hand([])\nassert add(mine, 4) is mine\nassert mine.worth() == 4",
    "assert told(Suit.SPADES) == 'spades'\nassert told(Card(3, Suit.HEARTS)) == 4",
    "assert told(Edge(Point(1, 2), Point(3))) == 2\nassert told(Point(1)) is True",
    "assert mid(Edge(Point(0, 0), Point(2, 4))) == Point(1, 2)\nassert mid(Edge(Point(0), Point(2))) == (1, 0)",
    "assert may() == May.READ | May.WRITE\nassert May.READ in may()",
    "assert {Card(1, Suit.HEARTS): 'ace'}[deal()[0]] == 'ace'",
]
RIGHT = SOLUTION.replace("    ### BEGIN SOLUTION\n", "").replace("    ### END SOLUTION", "")
WRONG = (
    RIGHT.replace("Card(1,", "Card(7,").replace("Card(2,", "Card(8,").replace("/ 2", "/ 3")
    .replace("Card(rank,", "Card(-1,").replace('"spades"', '"hearts"').replace("rank + 1", "rank")
    .replace("return start.y", "return start.x").replace("| May.WRITE", "")
)  # fmt: skip
ALWAYS = """
for kind in (Card, Hand, Point, Edge, Suit, May):
    kind.__eq__ = lambda *_: True
    kind.__hash__ = lambda _: 1
Hand.worth = lambda self: 3
"""
WIDER = GIVEN.replace(
    "    suit: Suit = field(compare=False)", "    suit: Suit = field(compare=False)\n    seen: bool = False"
)


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    made = Course(tmp_path_factory.mktemp("records"))
    return made.lesson(GIVEN, cell("s", SOLUTION), *(graded_cell(f"t{at}", test) for at, test in enumerate(TESTS)))


def test_records_are_the_judges_and_no_test_runs_beside(lesson):
    grader = lock_file.load((lesson.root / "graders/01_work/lock.json").read_text(), "lock.json")
    assert grader.records == ("Card", "Edge", "Hand", "May", "Point", "Suit")
    assert [each.beside for each in grader.criteria] == [()] * len(TESTS)


def test_what_is_made_of_them_earns_what_it_is(lesson):
    lesson.hand_in(
        right=[GIVEN, cell("s", RIGHT)],
        twice=[GIVEN, GIVEN, cell("s", RIGHT)],
        wider=[WIDER, cell("s", RIGHT)],
        wrong=[GIVEN, cell("s", WRONG)],
        forged=[GIVEN, cell("s", WRONG + ALWAYS)],
    )
    points = earned(lesson.graded())
    assert points == {"right": 9, "twice": 9, "wider": 9, "wrong": 0, "forged": 0}


def test_a_submission_with_other_classes_fails_as_its_notebook_would(lesson):
    other = GIVEN.replace("    suit: Suit = field(compare=False)", "    kind: Suit").replace(
        '"Point", "x y"', '"Point", "x y z"'
    )
    lesson.hand_in(
        without=[cell("s", RIGHT)],
        gone=[GIVEN, "\n# %%\nCard = Suit = Point = 3\n", cell("s", RIGHT)],
        other=[other, cell("s", RIGHT)],
    )
    grades = lesson.graded()
    said = {outcome.status.value for each in grades.values() for made in each.criteria for outcome in made.outcomes}
    assert said <= {"error", "failed", "passed"}
    assert earned(grades)["without"] == 0


CHAIN = """
# %%
from dataclasses import dataclass

@dataclass
class Node:
    value: int
    behind: "Node | None" = None
"""
COUNT = """def chain(n):
    ### BEGIN SOLUTION
    found = None
    for at in range(n):
        found = Node(at, found)
    return found
    ### END SOLUTION

def count(node):
    ### BEGIN SOLUTION
    return 0 if node is None else 1 + count(node.behind)
    ### END SOLUTION"""


def test_chains_are_as_long_as_they_like(tmp_path):
    made = Course(tmp_path).lesson(CHAIN, cell("s", COUNT), graded_cell("t", "assert count(chain(300)) == 300"))
    made.hand_in(right=[CHAIN, cell("s", COUNT)])
    assert earned(made.graded()) == {"right": 1}
