# %% given
import numpy as np
glider = np.array([[0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [1, 1, 1, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]])

# %% solution life
def neighbours(grid):
    return sum(
        np.roll(np.roll(grid, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)
    )
def step(grid):
    n = neighbours(grid)
    return ((n == 3) | ((grid == 1) & (n == 2))).astype(int)

# %% right life
def neighbours(grid):
    rows, columns = grid.shape
    out = np.zeros_like(grid)
    for i in range(rows):
        for j in range(columns):
            for di in (-1, 0, 1):
                for dj in (-1, 0, 1):
                    if di or dj:
                        out[i, j] += grid[(i + di) % rows, (j + dj) % columns]
    return out
def step(grid):
    n, new = neighbours(grid), grid.copy()
    new[(n < 2) | (n > 3)] = 0
    new[n == 3] = 1
    return new

# %% right life
def neighbours(grid):
    padded = np.pad(grid, 1, mode="wrap")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))
    return windows.sum(axis=(2, 3)) - grid
def step(grid):
    return np.where(grid == 1, np.isin(neighbours(grid), (2, 3)), neighbours(grid) == 3) * 1

# %% right life
from scipy.ndimage import convolve
KERNEL = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]])
def neighbours(grid):
    return convolve(grid, KERNEL, mode="wrap")
def rule(alive, n):
    return n == 3 or (alive and n == 2)
step = lambda grid: np.vectorize(rule)(grid, neighbours(grid)).astype(int)

# %% wrong life
def neighbours(grid):
    return sum(np.roll(grid, i, axis) for i in (-1, 1) for axis in (0, 1))
def step(grid):
    return (neighbours(grid) == 3).astype(int)

# %% wrong life
def neighbours(grid):
    return grid
def step(grid):
    return grid

# %% test neighbours
assert neighbours(glider)[2, 1] == 3
assert neighbours(glider).sum() == 8 * glider.sum()

# %% test step
after = glider
for _ in range(4):
    after = step(after)
assert after.sum() == 5
assert np.array_equal(after, np.roll(np.roll(glider, 1, 0), 1, 1))
assert set(np.unique(after)) == {0, 1}
