# %% solution poly
def polynomial(*coefficients):
    def value(x):
        return sum(c * x ** n for n, c in enumerate(coefficients))
    return value
def derivative(f, h=1e-6):
    return lambda x: (f(x + h) - f(x - h)) / (2 * h)

# %% right poly
class polynomial:
    def __init__(self, *coefficients):
        self.c = coefficients
    def __call__(self, x):
        result = 0
        for c in reversed(self.c):
            result = result * x + c
        return result
def derivative(f, h=1e-5):
    def g(x):
        return (f(x + h) - f(x - h)) / (h + h)
    return g

# %% right poly
import numpy as np
def polynomial(*coefficients):
    return np.polynomial.Polynomial(coefficients)
def derivative(f, h=1e-6):
    def slope(x):
        above, below = f(x + h), f(x - h)
        return float(above - below) / (2 * h)
    return slope

# %% right poly
from functools import partial
def _value(coefficients, x):
    return sum([c * pow(x, n) for n, c in zip(range(len(coefficients)), coefficients)])
def polynomial(*coefficients):
    return partial(_value, coefficients)
def _slope(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)
def derivative(f):
    return partial(_slope, f)

# %% wrong poly
def polynomial(*coefficients):
    return sum(coefficients)
def derivative(f, h=1):
    return lambda x: f(x + h) - f(x)

# %% wrong poly
def polynomial(*coefficients):
    return lambda x: sum(c * x for c in coefficients)
def derivative(f):
    return f

# %% test poly
p = polynomial(1, 0, 2)
assert p(0) == 1 and p(3) == 19
assert [p(x) for x in (-1, 1)] == [3, 3]
assert callable(p)

# %% test derivative
slope = derivative(lambda x: x ** 3)
assert abs(slope(2) - 12) < 1e-4
assert abs(derivative(p)(1) - 4) < 1e-4
