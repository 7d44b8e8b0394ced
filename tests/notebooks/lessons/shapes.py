# %% given
import math
class Shape:
    """What all shapes have."""
    sides = None
    def area(self):
        raise NotImplementedError
    def describe(self):
        return f"{type(self).__name__} of area {self.area():.2f}"

# %% solution shapes
class Circle(Shape):
    def __init__(self, r):
        self.r = r
    def area(self):
        return math.pi * self.r ** 2
class Square(Shape):
    sides = 4
    def __init__(self, a):
        self.a = a
    def area(self):
        return self.a ** 2

# %% right shapes
class Ellipse(Shape):
    def __init__(self, a, b):
        self.a, self.b = a, b
    def area(self):
        return math.pi * self.a * self.b
class Circle(Ellipse):
    def __init__(self, r):
        super().__init__(r, r)
class Rectangle(Shape):
    sides = 4
    def __init__(self, a, b):
        self.a, self.b = a, b
    def area(self):
        return self.a * self.b
class Square(Rectangle):
    def __init__(self, a):
        Rectangle.__init__(self, a, a)

# %% right shapes
import numpy as np
class Circle(Shape):
    def __init__(self, r):
        self._r = np.float64(r)
    def area(self):
        return np.pi * np.square(self._r)
class Square(Shape):
    sides = 4
    def __init__(self, a):
        self.area = lambda: a * a

# %% right shapes
from dataclasses import dataclass
@dataclass
class Circle(Shape):
    r: float
    def area(self):
        return math.pi * self.r * self.r
@dataclass
class Square(Shape):
    a: float
    sides: int = 4
    def area(self):
        return self.a * self.a

# %% wrong shapes
class Circle(Shape):
    def __init__(self, r):
        self.r = r
    def area(self):
        return math.pi * self.r
class Square(Shape):
    def __init__(self, a):
        self.a = a
    def area(self):
        return self.a

# %% wrong shapes
class Circle:
    def __init__(self, r):
        self.r = r
    def area(self):
        return math.pi * self.r ** 2
class Square:
    sides = 4
    def __init__(self, a):
        self.a = a
    def area(self):
        return self.a ** 2

# %% given
shapes = [Circle(1), Square(2)]
largest = max(shapes, key=lambda shape: shape.area())

# %% test area
assert abs(Circle(2).area() - 12.566370614359172) < 1e-9
assert Square(3).area() == 9
assert math.isclose(sum(shape.area() for shape in shapes), 7.141592653589793)

# %% test kind
assert issubclass(Circle, Shape) and isinstance(Square(1), Shape)
assert Square.sides == 4 or Square(1).sides == 4
assert Square(2).describe() == "Square of area 4.00"
assert [type(each).__name__ for each in shapes] == ["Circle", "Square"]
assert largest.area() == 4
