# %% given
calls = []
def slow_square(n):
    calls.append(n)
    return n * n

# %% solution memo
def memoize(function):
    known = {}
    def wrapper(n):
        if n not in known:
            known[n] = function(n)
        return known[n]
    return wrapper

# %% right memo
import functools
memoize = functools.lru_cache(maxsize=None)

# %% right memo
class memoize(dict):
    def __init__(self, function):
        self.function = function
    def __missing__(self, n):
        self[n] = self.function(n)
        return self[n]
    def __call__(self, n):
        return self[n]

# %% right memo
def memoize(function, cache=None):
    cache = [] if cache is None else cache
    def lookup(n):
        for key, value in cache:
            if key == n:
                return value
        cache.append((n, function(n)))
        return cache[-1][1]
    return lookup

# %% wrong memo
def memoize(function):
    def wrapper(n):
        return function(n)
    return wrapper

# %% wrong memo
def memoize(function):
    value = function(0)
    return lambda n: value

# %% test memo
fast = memoize(slow_square)
assert fast(4) == 16 and fast(4) == 16
assert fast(3) == 9
assert calls == [4, 3], calls

# %% test own
seen = []
def noted(text):
    seen.append(text)
    return text.upper()
shout = memoize(noted)
assert [shout(each) for each in "abab"] == ["A", "B", "A", "B"]
assert seen == ["a", "b"]
