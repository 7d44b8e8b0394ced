# %% given
nested = [1, [2, [3, 4], []], (5, [6])]

# %% solution flatten
def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item
def chunks(items, n):
    return [items[i:i + n] for i in range(0, len(items), n)]

# %% right flatten
def flatten(items):
    out = []
    for item in items:
        if type(item) in (list, tuple):
            out.extend(flatten(item))
        else:
            out.append(item)
    return out
def chunks(items, n):
    found = []
    while items:
        found.append(items[:n])
        items = items[n:]
    return found

# %% right flatten
from itertools import chain, islice
def flatten(items):
    return chain.from_iterable(flatten(each) if isinstance(each, (list, tuple)) else [each] for each in items)
def chunks(items, n):
    iterator = iter(items)
    return list(iter(lambda: list(islice(iterator, n)), []))

# %% right flatten
class flatten:
    def __init__(self, items):
        self.stack = list(items)[::-1]
    def __iter__(self):
        return self
    def __next__(self):
        while self.stack:
            item = self.stack.pop()
            if not isinstance(item, (list, tuple)):
                return item
            self.stack.extend(reversed(item))
        raise StopIteration
import numpy as np
def chunks(items, n):
    return [list(each) for each in np.array_split(items, range(n, len(items), n))] if items else []

# %% wrong flatten
def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from item
        else:
            yield item
def chunks(items, n):
    return [items[i:i + n] for i in range(0, len(items) - n, n)]

# %% wrong flatten
def flatten(items):
    return str(items)
def chunks(items, n):
    return zip(*[iter(items)] * n)

# %% test flatten
assert list(flatten(nested)) == [1, 2, 3, 4, 5, 6]
assert sum(flatten(nested)) == 21
assert sorted(flatten([[3], 1]), reverse=True) == [3, 1]
assert list(flatten([])) == []

# %% test chunks
assert chunks([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]]
assert chunks([], 3) == []
assert len(chunks(list(range(10)), 4)) == 3
