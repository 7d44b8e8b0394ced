# %% solution vector
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)
    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)
    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

# %% right vector
from dataclasses import dataclass
import math
@dataclass
class Vector:
    x: float
    y: float
    def __add__(self, other):
        return type(self)(self.x + other.x, self.y + other.y)
    def __mul__(self, k):
        return type(self)(k * self.x, k * self.y)
    def __rmul__(self, k):
        return self * k
    def __abs__(self):
        return math.hypot(self.x, self.y)
    def __repr__(self):
        return "Vector({!r}, {!r})".format(self.x, self.y)

# %% right vector
from typing import NamedTuple
class Vector(NamedTuple):
    x: float
    y: float
    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self, other)))
    def __mul__(self, k):
        return Vector(*(a * k for a in self))
    __rmul__ = __mul__
    def __abs__(self):
        return sum(a * a for a in self) ** 0.5
    def __repr__(self):
        return f"Vector{tuple(self)}"

# %% right vector
import numpy as np
class Vector:
    def __init__(self, x, y):
        self.data = np.array([x, y])
    @property
    def x(self):
        return self.data[0].item()
    @property
    def y(self):
        return self.data[1].item()
    def __add__(self, other):
        return Vector(*(self.data + other.data))
    def __mul__(self, k):
        return Vector(*(self.data * k))
    def __rmul__(self, k):
        return Vector(*(self.data * k))
    def __eq__(self, other):
        return bool((self.data == other.data).all())
    def __abs__(self):
        return np.linalg.norm(self.data)
    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

# %% wrong vector
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, other):
        return self
    def __mul__(self, k):
        return Vector(self.x * k, self.y)
    def __eq__(self, other):
        return True
    def __abs__(self):
        return self.x + self.y

# %% wrong vector
class Vector(list):
    def __init__(self, x, y):
        super().__init__([x, y])
        self.x, self.y = x, y
    def __abs__(self):
        return len(self)

# %% test add
v = Vector(1, 2) + Vector(3, 5)
assert (v.x, v.y) == (4, 7)
assert v == Vector(4, 7)
w = v * 2
assert w.x == 8 and (3 * v).y == 21

# %% test more
assert abs(Vector(3, 4)) == 5
assert repr(Vector(1, 2)) == "Vector(1, 2)"
assert not (Vector(1, 2) == Vector(2, 1))
assert sorted([Vector(3, 4), Vector(0, 1)], key=abs)[0].y == 1
