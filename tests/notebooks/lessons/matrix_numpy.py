# %% given
import numpy as np
A = np.array([[1.0, 2.0], [3.0, 4.0]])

# %% solution stats
def centred(X):
    return X - X.mean(axis=0)
def norms(X):
    return np.sqrt((X ** 2).sum(axis=1))

# %% right stats
def centred(X):
    out = np.empty_like(X)
    for j in range(X.shape[1]):
        out[:, j] = X[:, j] - np.mean(X[:, j])
    return out
def norms(X):
    return np.array([np.linalg.norm(row) for row in X])

# %% right stats
def centred(X):
    columns = [column - sum(column) / len(column) for column in X.T]
    return np.stack(columns, axis=1)
def norms(X):
    return np.linalg.norm(X, axis=1)

# %% right stats
class Matrix(np.ndarray):
    pass
def centred(X):
    return (X - np.average(X, axis=0)).view(Matrix)
def norms(X):
    return np.hypot.reduce(X, axis=1).view(Matrix)

# %% wrong stats
def centred(X):
    return X - X.mean()
def norms(X):
    return (X ** 2).sum(axis=1)

# %% wrong stats
def centred(X):
    X -= X.mean(axis=0)
def norms(X):
    return np.linalg.norm(X)

# %% test centred
got = centred(A)
np.testing.assert_allclose(got, [[-1, -1], [1, 1]])
assert got.shape == (2, 2)
assert isinstance(got, np.ndarray)
assert np.allclose(A, [[1, 2], [3, 4]]), "A was changed"

# %% test norms
assert np.allclose(norms(A), [2.23606797749979, 5.0])
assert norms(np.zeros((3, 2))).shape == (3,)
assert not norms(np.zeros((3, 2))).any()
