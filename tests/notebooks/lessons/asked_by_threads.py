# %% given
import threading
from concurrent.futures import ThreadPoolExecutor

# %% solution work
class Counter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()
    def hit(self):
        with self._lock:
            self.count += 1
        return self.count
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
def product(numbers):
    found = 1
    for each in numbers:
        found *= each
    return found
def each_of(function, values):
    return [function(value) for value in values]

# %% right work
class Counter:
    count = 0
    def hit(self):
        self.count += 1
        return self.count
def depth(n):
    found = 0
    while n:
        n, found = n - 1, found + 1
    return found
def product(numbers):
    import math
    return math.prod(numbers)
def each_of(function, values): return list(map(function, values))

# %% right work
from collections import Counter as Tally
class Counter:
    def __init__(self): self.hits = []
    @property
    def count(self): return len(self.hits)
    def hit(self):
        self.hits.append(1)
        return self.count
def depth(n): return len(range(n))
def product(numbers): return numbers[0] * product(numbers[1:]) if numbers else 1
def each_of(function, values):
    with ThreadPoolExecutor(1) as pool:
        return list(pool.map(lambda value: value, [function(value) for value in values]))

# %% wrong work
class Counter:
    count = 0
    def hit(self): return self.count
def depth(n): return 3
def product(numbers): return sum(numbers)
def each_of(function, values): return []

# %% test threads
found = {}
def work(n):
    found[n] = depth(n)
threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for each in threads: each.start()
for each in threads: each.join()
assert found == {n: n for n in range(8)}

# %% test counted
counter = Counter()
def hit():
    for _ in range(20): counter.hit()
threads = [threading.Thread(target=hit) for _ in range(4)]
for each in threads: each.start()
for each in threads: each.join()
assert counter.count == 80

# %% test pool
with ThreadPoolExecutor(4) as pool:
    assert list(pool.map(product, [[1, 2, 3], [4, 6], [5]])) == [6, 24, 5]

# %% test called
def twice(n): return 2 * n
with ThreadPoolExecutor(3) as pool:
    futures = [pool.submit(each_of, twice, [n, n + 1]) for n in range(5)]
assert [each.result() for each in futures] == [[2 * n, 2 * n + 2] for n in range(5)]

# %% test after
assert depth(4) == 4 and product([2, 2]) == 4
