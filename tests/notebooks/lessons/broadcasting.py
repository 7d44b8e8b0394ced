# %% given
import numpy as np
points = np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])

# %% solution distances
def distances(points):
    difference = points[:, None, :] - points[None, :, :]
    return np.sqrt((difference ** 2).sum(axis=-1))
def mask(a, low, high):
    return a[(a >= low) & (a < high)]

# %% right distances
def distances(points):
    n = len(points)
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = np.hypot(*(points[i] - points[j]))
    return out
def mask(a, low, high):
    return np.array([each for each in a if low <= each < high])

# %% right distances
from scipy.spatial.distance import cdist
def distances(points):
    return cdist(points, points)
def mask(a, low, high):
    return np.compress(np.logical_and(a >= low, a < high), a)

# %% right distances
def distances(points):
    return np.asarray([np.linalg.norm(points - point, axis=1) for point in points])
def mask(a, low, high):
    return a[np.nonzero(np.clip(a, low, np.nextafter(high, low)) == a)]

# %% wrong distances
def distances(points):
    return np.abs(points[:, None] - points[None]).sum(-1)
def mask(a, low, high):
    return a[(a > low) & (a < high)]

# %% wrong distances
def distances(points):
    return np.zeros((3, 3))
def mask(a, low, high):
    return a > low

# %% test distances
D = distances(points)
assert D.shape == (3, 3) and D.dtype == float
assert np.allclose(D, D.T) and np.trace(D) == 0
np.testing.assert_array_almost_equal(D[0], [0, 5, 10])

# %% test mask
assert mask(np.arange(10), 3, 6).tolist() == [3, 4, 5]
assert mask(np.array([0.5, 1.5]), 1, 2).tolist() == [1.5]
assert mask(np.arange(3), 5, 6).size == 0
