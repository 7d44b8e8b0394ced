# %% given
import numpy as np

# %% solution work
def log(lines, line):
    lines.append(line)
    return lines
def scale(a, k):
    a *= k
    return a
class Token:
    def __init__(self, kind, text):
        self.kind, self.text = kind, text
def tokens(text):
    return [Token("letter", each) for each in text]
class Line:
    def fit(self, points):
        self.slope = points[-1] - points[0]
        return self
    def predict(self, n):
        return [self.slope * each for each in range(n)]
def curry(n, f, *given):
    return f(*given) if len(given) >= n else lambda *more: curry(n, f, *given, *more)

# %% right work
from collections import namedtuple
import functools
def log(lines, line): lines.append(line)
def scale(a, k): a *= k
Token = namedtuple("Token", "kind text")
def tokens(text): return [Token("letter", each) for each in text]
class Fitted:
    def __init__(self, slope): self.slope = slope
    def predict(self, n): return [self.slope * each for each in range(n)]
class Line:
    def fit(self, points): return Fitted(points[-1] - points[0])
def curry(n, f, *given):
    return f(*given) if len(given) >= n else functools.partial(curry, n, f, *given)

# %% right work
from typing import NamedTuple
class Token(NamedTuple):
    kind: str
    text: str
def log(lines, line):
    lines += [line]
    return len(lines)
def scale(a, k):
    a[:] = a * k
    return True
def tokens(text): return [*map(lambda each: Token("letter", each), text)]
class Line:
    def fit(self, points):
        slope = points[-1] - points[0]
        self.predict = lambda n: [slope * each for each in range(n)]
        return self
class curry:
    def __init__(self, n, f, *given): self.n, self.f, self.given = n, f, given
    def __call__(self, *more):
        given = self.given + more
        return self.f(*given) if len(given) >= self.n else curry(self.n, self.f, *given)

# %% wrong work
def log(lines, line): return lines + [line]
def scale(a, k): return a * k
def tokens(text): return []
class Line:
    def fit(self, points): return self
    def predict(self, n): return []
def curry(n, f, *given): return f

# %% test log
lines = []
log(lines, "one")
log(lines, "two")
assert lines == ["one", "two"]

# %% test scale
a = np.array([1.0, 2.0])
scale(a, 3)
assert a.tolist() == [3, 6]

# %% test tokens
found = tokens("abc")
assert len(found) == 3
assert [each.text for each in found] == ["a", "b", "c"]

# %% test line
assert np.allclose(Line().fit([1, 3]).predict(3), [0, 2, 4])
assert np.allclose(Line().fit([1, 1]).predict(3), 0)

# %% test curry
def volume(a, b, c): return a * b * c
assert curry(3, volume)(2)(3)(4) == 24
assert curry(3, volume)(2, 3)(4) == 24
