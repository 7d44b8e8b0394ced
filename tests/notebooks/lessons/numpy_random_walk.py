# %% given
import numpy as np

# %% solution walk
def walk(steps, seed):
    rng = np.random.default_rng(seed)
    return np.cumsum(rng.choice([-1, 1], size=steps))

# %% right walk
def walk(steps, seed):
    rng = np.random.default_rng(seed)
    taken = rng.choice([-1, 1], size=steps)
    places, here = [], 0
    for step in taken:
        here += step
        places.append(here)
    return np.array(places)

# %% right walk
def walk(steps, seed):
    return np.random.default_rng(seed).choice((-1, 1), steps).cumsum()

# %% right walk
from itertools import accumulate
def walk(steps, seed):
    return np.fromiter(accumulate(np.random.default_rng(seed).choice([-1, 1], size=steps)), dtype=int)

# %% wrong walk
def walk(steps, seed):
    return np.random.default_rng(seed).choice([-1, 1], size=steps)

# %% wrong walk
def walk(steps, seed):
    rng = np.random.default_rng()
    return np.cumsum(rng.choice([-1, 1], size=steps + 1))

# %% solution monte
def estimate_pi(n):
    x, y = np.random.rand(n), np.random.rand(n)
    return 4 * np.mean(x ** 2 + y ** 2 <= 1)

# %% right monte
def estimate_pi(n):
    inside = 0
    for x, y in np.random.rand(n, 2):
        if x * x + y * y <= 1:
            inside += 1
    return 4 * inside / n

# %% wrong monte
def estimate_pi(n):
    return np.mean(np.random.rand(n)) * 2

# %% test walk
path = walk(100, 5)
assert path.shape == (100,)
assert np.all(np.abs(np.diff(path)) == 2) or np.all(np.isin(np.diff(path), [-1, 1]))
assert np.array_equal(path, np.cumsum(np.random.default_rng(5).choice([-1, 1], size=100)))

# %% test monte
np.random.seed(3)
assert abs(estimate_pi(4000) - 3.14159) < 0.15
