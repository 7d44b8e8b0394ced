# %% given
# A name that is bound again: each test sees what it was at its place.
x = 10

# %% solution first
total = x + 5

# %% right first
total = sum([x, 5])

# %% right first
def added(a, b):
    return a + b
total = added(x, 5)

# %% right first
import numpy as np
total = np.int64(x) + 5

# %% wrong first
total = x - 5

# %% wrong first
total = "15"

# %% test first
assert total == 15

# %% given
x = 20

# %% solution second
total = total + x

# %% wrong second
total = x

# %% right second
total += x

# %% test second
assert total == 35, total

# %% given
total = 0
for step in range(4):
    total += step

# %% test given
assert total == 6
assert x == 20
