# %% [markdown]
# # Series
# A lesson that asks for every kind of answer that can cross from a submission to its tests.

# %%
#| default_exp core.series

# %% nbgrader={"locked": true, "grade_id": "setup"}
#| export
import numpy as np

from kit.core.vector import Vector

# %% nbgrader={"solution": true, "grade_id": "series"}
#| export
class Series:
    """A row of numbers."""

    ### BEGIN SOLUTION
    # canary-of-the-solution
    def __init__(self, values):
        self.data = np.asarray(values, dtype=float)

    def __add__(self, other):
        return Series(self.data + other.data)

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data.tolist())

    def scaled(self, factor):
        return Series(self.data * factor)

    def mean(self):
        if len(self.data) == 0:
            raise ValueError("an empty series has no mean")
        return float(self.data.mean())

    def describe(self):
        return f"{len(self)} values around {self.mean():.2f}"

    def largest(self, count):
        return sorted(self.data.tolist(), reverse=True)[:count]

    def mapped(self, function):
        return Series([function(each) for each in self.data.tolist()])

    def fill(self, out):
        out[:] = self.data[: len(out)]

    def vector(self):
        return Vector(self.data)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "array", "points": 10}
def test_array():
    """An array, and an object that holds it."""
    expected_secret = "canary-of-the-tests"
    values = np.random.default_rng(1).normal(size=6)
    expected = values * 3
    series = Series(values.copy())
    got = series.scaled(3)
    assert isinstance(got, Series), f"a Series is wanted, not {type(got).__name__}"
    assert got is not series
    assert np.allclose(got.data, expected, rtol=0, atol=1e-9), f"three times as much is wanted, got {got.data}"
    assert got.data.shape == (6,), f"six numbers are wanted, got shape {got.data.shape}"

# %% nbgrader={"grade": true, "grade_id": "number", "points": 10}
def test_number():
    """A plain number."""
    expected = 2.75
    got = Series([1.0, 2.5, 4.75]).mean()
    assert abs(got - expected) < 1e-9, f"the mean is 2.75, got {got}"
    assert got == expected

# %% nbgrader={"grade": true, "grade_id": "text", "points": 10}
def test_text():
    """A string."""
    expected = "2 values around 3.50"
    got = Series([3.0, 4.0]).describe()
    assert got == expected, f"{expected!r} is wanted, got {got!r}"
    assert isinstance(got, str)

# %% nbgrader={"grade": true, "grade_id": "list", "points": 10}
def test_list():
    """A list."""
    expected = [9.0, 7.0]
    got = Series([7.0, 1.0, 9.0, 3.0]).largest(2)
    assert got == expected
    assert len(got) == 2

# %% nbgrader={"grade": true, "grade_id": "operators", "points": 10}
def test_operators():
    """Python's own operations."""
    expected = [5.0, 8.0]
    total = Series([1.0, 2.0]) + Series([4.0, 6.0])
    assert [0.0] * len(total) == [0.0, 0.0]
    assert sum(1 for _ in range(len(total))) == 2
    assert [0.0 + each for each in total] == expected

# %% nbgrader={"grade": true, "grade_id": "callback", "points": 10}
def test_callback():
    """A function of the test's that the submission calls."""
    expected_calls = [2.0, 3.0]
    calls = []

    def square(value):
        calls.append(value)
        return value * value

    got = Series([2.0, 3.0]).mapped(square)
    assert calls == expected_calls
    assert np.array_equal(got.data, [4.0, 9.0])

# %% nbgrader={"grade": true, "grade_id": "written", "points": 10}
def test_written():
    """An argument that the submission writes into."""
    expected = [6.5, 7.5]
    out = np.zeros(2)
    Series([6.5, 7.5, 8.5]).fill(out)
    assert out.tolist() == expected

# %% nbgrader={"grade": true, "grade_id": "raises", "points": 10}
def test_raises():
    """An exception that is wanted, and not only that."""
    import pytest

    with pytest.raises(ValueError, match="empty"):
        Series([]).mean()
    assert Series([0.25]).mean() == 0.25

# %% nbgrader={"grade": true, "grade_id": "hidden", "points": 10}
### BEGIN HIDDEN TESTS
def test_hidden():
    """What students never see."""
    expected = 13.0
    assert Series([3.0, 4.0, 12.0]).vector().norm() == expected
    assert Series([0.0]).vector().norm() == 0
### END HIDDEN TESTS
