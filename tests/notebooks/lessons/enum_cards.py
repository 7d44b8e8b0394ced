# %% solution cards
from enum import Enum
from dataclasses import dataclass
class Suit(Enum):
    CLUBS = 1
    HEARTS = 2
    SPADES = 3
@dataclass(frozen=True, order=True)
class Card:
    rank: int
    suit: str = "CLUBS"
    def name(self):
        return f"{self.rank} of {Suit[self.suit].name.title()}"
def deck():
    return [Card(rank, suit.name) for suit in Suit for rank in range(1, 5)]

# %% right cards
from enum import IntEnum
from collections import namedtuple
Suit = IntEnum("Suit", "CLUBS HEARTS SPADES")
class Card(namedtuple("Card", "rank suit")):
    def __new__(cls, rank, suit="CLUBS"):
        return super().__new__(cls, rank, suit)
    def name(self):
        return "{} of {}".format(self.rank, self.suit.capitalize())
def deck():
    cards = []
    for suit in Suit:
        for rank in (1, 2, 3, 4):
            cards.append(Card(rank, suit.name))
    return cards

# %% right cards
from enum import Enum
from functools import total_ordering
from itertools import product
class Suit(str, Enum):
    CLUBS = "c"
    HEARTS = "h"
    SPADES = "s"
@total_ordering
class Card:
    def __init__(self, rank, suit="CLUBS"):
        self.rank, self.suit = rank, suit
    def _key(self):
        return self.rank, self.suit
    def __eq__(self, other):
        return isinstance(other, Card) and self._key() == other._key()
    def __lt__(self, other):
        return self._key() < other._key()
    def __hash__(self):
        return hash(self._key())
    def name(self):
        return f"{self.rank} of {self.suit[0]}{self.suit[1:].lower()}"
def deck():
    return [Card(rank, suit) for suit, rank in product(Suit.__members__, range(1, 5))]

# %% right cards
from enum import Enum, auto
from typing import NamedTuple
class Suit(Enum):
    CLUBS = auto()
    HEARTS = auto()
    SPADES = auto()
class Card(NamedTuple):
    rank: int
    suit: str = "CLUBS"
    def name(self):
        return " of ".join([str(self.rank), self.suit.title()])
def deck():
    return sorted((Card(rank, suit.name) for rank in range(1, 5) for suit in Suit), key=lambda card: card[::-1])

# %% wrong cards
from enum import Enum
class Suit(Enum):
    CLUBS = 1
    HEARTS = 2
class Card:
    def __init__(self, rank, suit="CLUBS"):
        self.rank, self.suit = rank, suit
    def name(self):
        return str(self.rank)
def deck():
    return [Card(rank, suit) for suit in Suit for rank in range(1, 5)]

# %% wrong cards
Suit = ["CLUBS", "HEARTS", "SPADES"]
def Card(rank, suit="CLUBS"):
    return (rank, suit)
def deck():
    return [Card(rank, suit) for suit in Suit for rank in range(1, 4)]

# %% test suit
assert [suit.name for suit in Suit] == ["CLUBS", "HEARTS", "SPADES"]
assert len(Suit) == 3 and Suit["HEARTS"] is Suit.HEARTS

# %% test card
ace = Card(1)
assert ace.name() == "1 of Clubs"
assert Card(2, "HEARTS") == Card(2, "HEARTS") != Card(3, "HEARTS")
assert Card(1, "SPADES") < Card(2)
assert len({Card(1), Card(1), Card(2)}) == 2

# %% test deck
cards = deck()
assert len(cards) == 12
assert max(cards).rank == 4
assert cards[0] == ace
assert [card.name() for card in cards[-2:]] == ["3 of Spades", "4 of Spades"]
