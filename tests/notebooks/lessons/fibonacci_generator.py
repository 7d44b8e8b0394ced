# %% solution fib
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

# %% right fib
class fib:
    def __init__(self):
        self.pair = (0, 1)
    def __iter__(self):
        return self
    def __next__(self):
        a, b = self.pair
        self.pair = b, a + b
        return a

# %% right fib
from itertools import count
def nth(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
def fib():
    return (nth(n) for n in count())

# %% right fib
from itertools import count
from functools import lru_cache
@lru_cache(None)
def number(n):
    return n if n < 2 else number(n - 1) + number(n - 2)
def fib():
    return map(number, count())

# %% wrong fib
def fib():
    a, b = 1, 2
    while True:
        yield a
        a, b = b, a + b

# %% wrong fib
def fib():
    return [0, 1, 1, 2, 3, 5, 8]

# %% test next
numbers = fib()
assert next(numbers) == 0
assert [next(numbers) for _ in range(5)] == [1, 1, 2, 3, 5]
assert next(numbers) == 8

# %% test islice
from itertools import islice, takewhile
assert list(islice(fib(), 10)) == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
assert sum(takewhile(lambda n: n < 100, fib())) == 232
for place, found in enumerate(fib()):
    if place == 50:
        break
assert found == 12586269025
