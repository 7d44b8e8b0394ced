# %% given
import numpy as np
train_X = np.array([[0, 0], [0, 1], [5, 5], [6, 5], [5, 6]], dtype=float)
train_y = np.array([0, 0, 1, 1, 1])

# %% solution knn
class KNN:
    def __init__(self, k=3):
        self.k = k
    def fit(self, X, y):
        self.X, self.y = X, y
        return self
    def predict(self, X):
        out = []
        for x in X:
            nearest = np.argsort(np.linalg.norm(self.X - x, axis=1))[:self.k]
            out.append(np.bincount(self.y[nearest]).argmax())
        return np.array(out)
    def score(self, X, y):
        return np.mean(self.predict(X) == y)

# %% right knn
from collections import Counter
class KNN:
    def __init__(self, k=3):
        self.k, self.data = k, []
    def fit(self, X, y):
        self.data = list(zip(X.tolist(), y.tolist()))
        return self
    def _one(self, point):
        near = sorted(self.data, key=lambda pair: sum((a - b) ** 2 for a, b in zip(pair[0], point)))
        return Counter(label for _, label in near[:self.k]).most_common(1)[0][0]
    def predict(self, X):
        return np.array([self._one(point) for point in X])
    def score(self, X, y):
        right = [a == b for a, b in zip(self.predict(X), y)]
        return sum(right) / len(right)

# %% right knn
class Base:
    k = 3
    def fit(self, X, y):
        self.X, self.y = np.asarray(X), np.asarray(y)
        return self
class KNN(Base):
    def __init__(self, k=None):
        self.k = k or self.k
    def predict(self, X):
        D = ((X[:, None] - self.X[None]) ** 2).sum(-1)
        labels = self.y[np.argpartition(D, self.k - 1, axis=1)[:, :self.k]]
        return (labels.mean(axis=1) > 0.5).astype(int)
    def score(self, X, y):
        return (self.predict(X) == y).mean()

# %% right knn
from dataclasses import dataclass
@dataclass
class KNN:
    k: int = 3
    def fit(self, X, y):
        self.memory = np.column_stack([X, y])
        return self
    def predict(self, X):
        def vote(x):
            order = np.abs(self.memory[:, :-1] - x).sum(axis=1).argsort()
            return int(round(self.memory[order[:self.k], -1].mean()))
        return np.apply_along_axis(vote, 1, X)
    def score(self, X, y):
        return 1 - np.count_nonzero(self.predict(X) - y) / len(y)

# %% wrong knn
class KNN:
    def __init__(self, k=3):
        self.k = k
    def fit(self, X, y):
        self.y = y
        return self
    def predict(self, X):
        return np.zeros(len(X), dtype=int)
    def score(self, X, y):
        return 1.0

# %% wrong knn
class KNN:
    def __init__(self, k=3):
        pass
    def fit(self, X, y):
        self.X, self.y = X, y
    def predict(self, X):
        return self.y

# %% test predict
model = KNN(k=3).fit(train_X, train_y)
guess = model.predict(np.array([[0.2, 0.2], [5.5, 5.5]]))
assert guess.tolist() == [0, 1]
assert guess.shape == (2,)

# %% test score
assert model.k == 3
assert KNN(1).fit(train_X, train_y).score(train_X, train_y) == 1.0
half = KNN(1).fit(train_X, train_y).score(train_X, 1 - train_y)
assert half == 0
