# %% solution checks
class Positive:
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, held, kind=None):
        if held is None:
            return self
        return held.__dict__[self.name]
    def __set__(self, held, value):
        if value <= 0:
            raise ValueError(f"{self.name} must be positive")
        held.__dict__[self.name] = value
class Lazy:
    def __init__(self, function):
        self.function = function
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, held, kind=None):
        if held is None:
            return self
        value = self.function(held)
        held.__dict__[self.name] = value
        return value

# %% right checks
class Positive:
    def __set_name__(self, owner, name):
        self.public, self.private = name, "_" + name
    def __get__(self, held, kind=None):
        return self if held is None else getattr(held, self.private)
    def __set__(self, held, value):
        if not value > 0: raise ValueError("%s must be positive" % self.public)
        setattr(held, self.private, value)
class Lazy:
    def __init__(self, function): self.function, self.kept = function, {}
    def __get__(self, held, kind=None):
        if held is None: return self
        if id(held) not in self.kept: self.kept[id(held)] = self.function(held)
        return self.kept[id(held)]

# %% right checks
import functools, weakref
class Checked:
    def __init__(self): self.values = weakref.WeakKeyDictionary()
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, held, kind): return self.values[held] if held else self
    def __set__(self, held, value):
        self.check(value)
        self.values[held] = value
class Positive(Checked):
    def check(self, value):
        if value <= 0: raise ValueError(f"{self.name} must be positive")
class Lazy:
    def __init__(self, function): self.function = function
    def __set_name__(self, owner, name): self.name = "_lazy_" + name
    def __get__(self, held, kind=None):
        if held is None: return self
        try: return getattr(held, self.name)
        except AttributeError:
            setattr(held, self.name, self.function(held))
            return getattr(held, self.name)

# %% wrong checks
class Positive:
    def __set__(self, held, value):
        self.value = value
    def __get__(self, held, kind=None): return self.value
class Lazy:
    def __init__(self, function): self.function = function
    def __get__(self, held, kind=None): return self.function(held)

# %% wrong checks
class Positive:
    def __get__(self, held, kind=None): return 5
    def __set__(self, held, value):
        if value < 0: raise ValueError("no")
def Lazy(function): return property(function)

# %% test kept
class Item:
    weight = Positive()
    price = Positive()
    def __init__(self, weight, price):
        self.weight, self.price = weight, price
    def total(self):
        return self.weight * self.price
assert type(vars(Item)["weight"]) is Positive
one, other = Item(2, 3), Item(4, 5)
assert (one.weight, one.price, other.weight, other.price) == (2, 3, 4, 5)
one.weight += 8
assert one.total() == 30 and other.total() == 20

# %% test refused
class Box:
    size = Positive()
box = Box()
box.size = 5
assert box.size == 5
for wrong in (0, -1):
    try:
        box.size = wrong
    except ValueError as fault:
        assert str(fault) == "size must be positive"
    else:
        raise AssertionError("0 is not positive")
assert box.size == 5
assert isinstance(Box.size, Positive)

# %% test lazy
class Circle:
    def __init__(self, radius):
        self.radius = radius
        self.computed = 0
    @Lazy
    def area(self):
        self.computed += 1
        return 3 * self.radius ** 2
small, large = Circle(1), Circle(2)
assert (small.area, large.area, small.area) == (3, 12, 3)
assert small.computed == 1 == large.computed

# %% test summed
class Part:
    weight = Positive()
assert type(vars(Part)["weight"]) is Positive
parts = [Part(), Part(), Part()]
for place, part in enumerate(parts, 1):
    part.weight = place
assert sum(part.weight for part in parts) == 6
