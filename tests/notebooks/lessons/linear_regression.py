# %% given
import numpy as np
X = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])
y = np.array([3.0, 5.0, 7.0, 9.0])
tolerance = 1e-3

# %% solution fit
def predict(X, w):
    return X @ w
def loss(X, y, w):
    return np.mean((predict(X, w) - y) ** 2)
def fit(X, y, steps=4000, rate=0.05):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w -= rate * 2 * X.T @ (predict(X, w) - y) / len(y)
    return w

# %% right fit
def predict(X, w):
    return np.array([sum(a * b for a, b in zip(row, w)) for row in X])
def loss(X, y, w):
    return float(((predict(X, w) - y) ** 2).sum() / y.size)
def fit(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]

# %% right fit
def predict(X, w):
    return np.dot(X, w)
def loss(X, y, w):
    errors = predict(X, w) - y
    return errors.dot(errors) / len(errors)
def fit(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)

# %% right fit
class Model:
    def __init__(self, n):
        self.w = np.zeros(n)
    def step(self, X, y):
        self.w = self.w - 0.1 * X.T.dot(X.dot(self.w) - y) / len(y)
predict = lambda X, w: np.einsum("ij,j->i", X, w)
loss = lambda X, y, w: np.square(np.subtract(predict(X, w), y)).mean()
def fit(X, y):
    model = Model(X.shape[1])
    for _ in range(3000):
        model.step(X, y)
    return model.w

# %% wrong fit
def predict(X, w):
    return X @ w
def loss(X, y, w):
    return np.sum((X @ w - y) ** 2)
def fit(X, y):
    return np.zeros(X.shape[1])

# %% wrong fit
def predict(X, w):
    return X * w
def loss(X, y, w):
    return 0
def fit(X, y):
    return np.full(X.shape[1], np.nan)

# %% test loss
assert np.isclose(loss(X, y, np.zeros(2)), 41)
assert loss(X, y, np.array([1.0, 2.0])) == 0

# %% test fit
w = fit(X, y)
assert w.shape == (2,)
np.testing.assert_allclose(w, [1, 2], atol=tolerance)
assert np.abs(predict(X, w) - y).max() < tolerance * 10
