# %% given
from unittest import mock

# %% solution game
import random
class Die:
    sides = 6
    def roll(self):
        return random.randint(1, self.sides)
    @staticmethod
    def faces(sides):
        return list(range(1, sides + 1))
    @classmethod
    def of(cls, sides):
        die = cls()
        die.sides = sides
        return die
    @property
    def best(self):
        return self.sides
class Game:
    def __init__(self, dice):
        self.dice = [Die() for _ in range(dice)]
    def play(self):
        rolls = [die.roll() for die in self.dice]
        return "won" if all(roll == die.best for roll, die in zip(rolls, self.dice)) else sum(rolls)
class Loaded(Die):
    def roll(self):
        return max(super().roll(), super().roll())

# %% right game
from random import choice
from dataclasses import dataclass
@dataclass
class Die:
    sides: int = 6
    def roll(self): return choice(self.faces(self.sides))
    faces = staticmethod(lambda sides: [each + 1 for each in range(sides)])
    of = classmethod(lambda cls, sides: cls(sides))
    best = property(lambda self: max(self.faces(self.sides)))
class Loaded(Die):
    def roll(self): return max(Die.roll(self) for _ in range(2))
@dataclass
class Game:
    dice: int
    def __post_init__(self): self.held = tuple(Die() for _ in range(self.dice))
    def play(self):
        total, won = 0, True
        for die in self.held:
            roll = die.roll()
            total, won = total + roll, won and roll == die.best
        return "won" if won else total

# %% right game
import random as rnd
class Base:
    def roll(self): return int(rnd.random() * self.sides) + 1
    def faces(sides): return [*range(1, sides + 1)]
    faces = staticmethod(faces)
class Die(Base):
    def __init__(self, sides=6): self.sides = sides
    @classmethod
    def of(cls, sides): return cls(sides)
    @property
    def best(self): return self.faces(self.sides)[-1]
class Loaded(Die):
    def roll(self): return sorted((super().roll(), super().roll()))[-1]
class Game(list):
    def __init__(self, dice): super().__init__(Die() for _ in range(dice))
    def play(self):
        rolls = [(die.roll(), die.best) for die in self]
        return "won" if all(a == b for a, b in rolls) else sum(a for a, _ in rolls)

# %% wrong game
import random
class Die:
    sides = 6
    best = 6
    def roll(self): return random.randint(1, 6)
    def faces(sides): return list(range(sides))
    def of(sides): return Die()
class Loaded(Die): pass
class Game:
    def __init__(self, dice): self.dice = dice
    def play(self): return sum(random.randint(1, 6) for _ in range(self.dice))

# %% wrong game
import random
class Die:
    def __init__(self, sides=6): self.sides = self.best = sides
    def roll(self): return random.randint(1, self.sides)
    def of(self, sides): return Die(sides)
    def faces(self, sides): return list(range(sides))
class Loaded(Die):
    def roll(self): return max(super().roll(), super().roll())
class Game:
    def __init__(self, dice): self.dice = [Die() for _ in range(dice)]
    def play(self):
        rolls = [die.roll() for die in self.dice]
        return sum(rolls)

# %% test replaced
with mock.patch.object(Die, "roll", side_effect=[1, 2, 3]) as rolled:
    assert Game(3).play() == 6
assert rolled.call_count == 3
assert all(1 <= Die().roll() <= 6 for _ in range(20))

# %% test bound
kept = Die.roll
Die.roll = lambda self: self.best
try:
    assert Game(4).play() == "won"
    assert Die.of(20).roll() == 20
finally:
    Die.roll = kept
assert 1 <= Die.of(2).roll() <= 2

# %% test specified
seen = []
def roll(die):
    seen.append(type(die))
    return 5
with mock.patch.object(Die, "roll", autospec=True, side_effect=roll):
    assert Game(2).play() == 10
assert seen == [Die, Die]

# %% test beneath
with mock.patch.object(Die, "roll", side_effect=[2, 9]):
    assert Loaded().roll() == 9
Loaded.roll = lambda self: 4
assert Loaded().roll() == 4
del Loaded.roll
with mock.patch.object(Die, "roll", return_value=3):
    assert Loaded().roll() == 3
assert isinstance(Loaded(), Die)

# %% test property
with mock.patch.object(Die, "best", new_callable=mock.PropertyMock, return_value=7) as best:
    with mock.patch.object(Die, "roll", return_value=7):
        assert Game(2).play() == "won"
assert best.call_count == 2
kept = Die.__dict__["best"]
Die.best = property(lambda self: self.sides * 2)
assert Die.of(4).best == 8
Die.best = kept
assert Die.of(4).best == 4

# %% test static
with mock.patch.object(Die, "faces", staticmethod(lambda sides: ["x"] * sides)):
    assert Die.faces(2) == ["x", "x"] == Die().faces(2)
assert Die.faces(3) == [1, 2, 3] == Die().faces(3)

# %% test class_method
with mock.patch.object(Die, "of", classmethod(lambda cls, sides: (cls, sides))):
    assert Die.of(3) == (Die, 3)
assert Die.of(3).sides == 3

# %% test constant
class_of = Die
class_of.bonus = 3
assert Die().bonus == 3 == Loaded().bonus
del class_of.bonus
assert not hasattr(Die, "bonus") and not hasattr(Die(), "bonus")

# %% test special
Game.__len__ = lambda self: 5
Game.__str__ = lambda self: "a game"
assert len(Game(2)) == 5 and str(Game(1)) == "a game"
