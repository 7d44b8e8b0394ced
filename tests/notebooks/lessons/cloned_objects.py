# %% solution prototypes
import copy
import json
class Registry:
    def __init__(self):
        self.held = {}
    def add(self, name, prototype):
        self.held[name] = prototype
    def make(self, name, **changes):
        made = copy.deepcopy(self.held[name])
        for key, value in changes.items():
            setattr(made, key, value)
        return made
def snapshot(thing):
    return copy.copy(thing)
def to_json(thing):
    return json.dumps(vars(thing), sort_keys=True)
def count(things, kind):
    return sum(isinstance(each, kind) for each in things)
def by_kind(things):
    found = {}
    for each in things:
        found.setdefault(type(each), []).append(each)
    return {kind.__name__: len(held) for kind, held in found.items()}

# %% right prototypes
from copy import copy, deepcopy
from json import dumps
class Registry(dict):
    add = dict.__setitem__
    def make(self, name, **changes):
        made, = deepcopy([self[name]])
        for key in changes:
            setattr(made, key, changes[key])
        return made
def snapshot(thing):
    return copy(thing)
def to_json(thing):
    return dumps(thing.__dict__, sort_keys=True)
def count(things, kind):
    return len(list(filter(lambda each: isinstance(each, (kind,)), things)))
def by_kind(things):
    names = [each.__class__.__name__ for each in things]
    return {name: names.count(name) for name in names}

# %% right prototypes
import collections, copy, json
class Registry:
    held = collections.ChainMap()
    def add(self, name, prototype):
        self.held = self.held.new_child({name: prototype})
    def make(self, name, **changes):
        table = copy.deepcopy({name: self.held[name]})
        [setattr(table[name], *each) for each in changes.items()]
        return table.pop(name)
snapshot = copy.copy
def to_json(thing):
    names = sorted(name for name in dir(thing) if not name.startswith("_") and not callable(getattr(thing, name)))
    return json.dumps({name: getattr(thing, name) for name in names})
def count(things, kind):
    return [isinstance(each, kind) for each in things].count(True)
def by_kind(things):
    return dict(collections.Counter(type(each).__qualname__.split(".")[-1] for each in things))

# %% wrong prototypes
class Registry:
    def __init__(self):
        self.held = {}
    def add(self, name, prototype):
        self.held[name] = prototype
    def make(self, name, **changes):
        made = self.held[name]
        for key, value in changes.items():
            setattr(made, key, value)
        return made
def snapshot(thing):
    return thing
def to_json(thing):
    return str(thing)
def count(things, kind):
    return len(things)
def by_kind(things):
    return {"": len(things)}

# %% test prototypes
class Shape:
    def __init__(self, color, corners):
        self.color, self.corners = color, corners
square = Shape("red", [0, 1, 2, 3])
registry = Registry()
registry.add("square", square)
made = registry.make("square", color="blue")
assert isinstance(made, Shape) and made is not square
assert (made.color, square.color) == ("blue", "red")
assert made.corners == square.corners and made.corners is not square.corners

# %% test snapshot
class Game:
    def __init__(self):
        self.board, self.turn = ["x"], 1
game = Game()
kept = snapshot(game)
game.turn = 2
assert (kept.turn, kept.board is game.board) == (1, True)

# %% test json
class Card:
    def __init__(self, rank, suit):
        self.rank, self.suit = rank, suit
assert to_json(Card(3, "hearts")) == '{"rank": 3, "suit": "hearts"}'

# %% test kinds
class Animal:
    pass
class Dog(Animal):
    pass
things = [Dog(), Animal(), 3, Dog()]
assert (count(things, Animal), count(things, Dog), count(things, int)) == (3, 2, 1)
assert by_kind([things[0], things[3], things[1]]) == {"Dog": 2, "Animal": 1}
