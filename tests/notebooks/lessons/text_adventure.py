# %% given
world = {"hall": {"north": "kitchen", "east": "garden"}, "kitchen": {"south": "hall"}, "garden": {"west": "hall"}}

# %% solution player
class Player:
    def __init__(self, world, place="hall"):
        self.world, self.place, self.bag = world, place, []
    def go(self, way):
        if way not in self.world[self.place]:
            return "You cannot go " + way
        self.place = self.world[self.place][way]
        return "You are in the " + self.place
    def take(self, thing):
        self.bag.append(thing)
        return len(self.bag)
    def __contains__(self, thing):
        return thing in self.bag

# %% right player
class Player:
    def __init__(self, world, place="hall"):
        self.world, self.place = world, place
        self.bag = set()
    def go(self, way):
        match self.world[self.place].get(way):
            case None:
                return f"You cannot go {way}"
            case place:
                self.place = place
        return f"You are in the {place}"
    def take(self, *things):
        self.bag |= set(things)
        return len(self.bag)
    def __contains__(self, thing):
        return bool(self.bag & {thing})

# %% right player
class Bag(list):
    def take(self, thing):
        self.append(thing)
        return len(self)
class Player:
    def __init__(self, world, place="hall"):
        self._path, self.world, self.bag = [place], world, Bag()
        self.take = self.bag.take
    @property
    def place(self):
        return self._path[-1]
    def go(self, way):
        try:
            self._path.append(self.world[self.place][way])
        except KeyError:
            return "You cannot go {}".format(way)
        return "You are in the {}".format(self.place)
    def __contains__(self, thing):
        return self.bag.count(thing) > 0

# %% right player
from collections import Counter
class Player:
    place = "hall"
    def __init__(self, world, place=None):
        self.world = world
        self.place = place or Player.place
        self.bag = Counter()
    def go(self, way):
        here = self.world[self.place]
        if way in here.keys():
            self.place = here[way]
            return " ".join(["You are in the", self.place])
        return " ".join(["You cannot go", way])
    def take(self, thing):
        self.bag[thing] += 1
        return sum(self.bag.values())
    def __contains__(self, thing):
        return self.bag[thing] > 0

# %% wrong player
class Player:
    def __init__(self, world, place="hall"):
        self.world, self.place, self.bag = world, place, []
    def go(self, way):
        self.place = way
        return "You are in the " + way
    def take(self, thing):
        return self.bag.append(thing)
    def __contains__(self, thing):
        return True

# %% wrong player
class Player(dict):
    place = "garden"
    def go(self, way):
        return "You cannot go " + way

# %% test go
player = Player(world)
assert player.go("north") == "You are in the kitchen"
assert player.place == "kitchen"
assert player.go("up") == "You cannot go up" and player.place == "kitchen"
assert world["hall"] == {"north": "kitchen", "east": "garden"}

# %% test bag
player = Player(world, "garden")
assert player.place == "garden"
assert player.take("lamp") == 1 and player.take("key") == 2
assert "lamp" in player and "sword" not in player
