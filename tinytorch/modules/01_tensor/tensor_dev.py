# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
"""
# 01 · Tensor

Everything in a neural network is a block of numbers: an image, a batch of sentences, a million weights. This lesson
builds the class that holds such a block and computes with it. Every later module stands on it, and its names are
those of PyTorch, so that what you learn here carries over.

**You need** Python and a little NumPy: arrays, shapes, slicing.

**You build** `Tensor`:

| part | what it does |
|---|---|
| creation | from numbers, nested lists, arrays and Tensors; float32 |
| arithmetic | `+ - * /` with Tensors and numbers on either side, negation |
| `matmul`, `@` | matrix products |
| shape | indexing, `reshape`, `transpose` |
| reductions | `sum`, `mean`, `max` along an axis |

**Where it lives**: what you write is exported to `tinytorch/core/tensor.py`:

```python
from tinytorch.core.tensor import Tensor
```

**It depends on** NumPy, and on nothing else.
"""

# %%
#| default_exp core.tensor

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

# %% [markdown]
r"""
## From a number to a block of numbers

A tensor is an array with a name that physicists gave it. What counts is its **shape**: how many numbers there are in
each direction.

```
 shape ()        shape (3,)        shape (2, 3)         shape (2, 2, 3)

   5             [ 1 2 3 ]        [ 1 2 3 ]            two blocks of
                                  [ 4 5 6 ]            shape (2, 3)
 a scalar        a vector         a matrix             a batch
```

NumPy does the arithmetic; our class decides what may go in, what comes out and how it is called. Three decisions are
worth a word:

- **float32.** Four bytes a number, as on every accelerator. Integers and booleans become float32 on the way in.
- **A copy on the way in.** A Tensor owns its numbers: changing the list or array that it was made of changes nothing.
- **Room for gradients.** `requires_grad` and `grad` are stored now and come to life in module 05. Until then
  `backward()` does nothing.

## The pieces

Every operation makes a **new** Tensor and leaves its operands alone. Shapes that differ are stretched as NumPy does
it, which is called *broadcasting*: from the right, directions of size 1 (and missing ones) repeat.

```
 (2, 3)          (3,)             (2, 3)
 [ 1 2 3 ]   +   [ 10 20 30 ]  =  [ 11 22 33 ]
 [ 4 5 6 ]                        [ 14 25 36 ]
```

For `3 - t`, Python first asks the number 3 how to subtract a Tensor. It does not know, so Python asks the Tensor for
`__rsub__`, the *reflected* operation, in which the operands stand the other way round. Addition forgives mistakes
there. Subtraction and division do not.

A matrix product multiplies rows with columns; the inner sizes must agree:

$$C_{ij} = \sum_k A_{ik} B_{kj} \qquad (m, k) \times (k, n) \to (m, n)$$

`transpose` swaps two directions: the last two unless it is told otherwise, because in a batch of matrices those are
the rows and columns. `reshape` reads the same numbers, row by row, into another shape, and one size may be -1: "as
many as are left". A reduction folds a direction away, or keeps it with size 1 when `keepdims=True`:

```
 t of shape (2, 3)        t.sum(axis=0)     t.sum(axis=1)     t.sum(axis=1, keepdims=True)
 [ 1 2 3 ]                [ 5 7 9 ]         [ 6 15 ]          [ [6] [15] ]
 [ 4 5 6 ]                shape (3,)        shape (2,)        shape (2, 1)
```

The class is one cell. Fill its methods in from top to bottom; the tests below go through it in the same order, so
you can run each as soon as its part is done.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tensor-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Tensor:
    """A block of float32 numbers, with the operations that networks are made of."""

    def __init__(self, data, requires_grad=False):
        """
        Hold numbers.

        TODO: set data, requires_grad and grad.

        APPROACH:
        1. Where data is a Tensor, take the array that it holds.
        2. Let NumPy make an array of it, and look at its dtype.kind. Booleans "b", integers "i" and "u" and floats
           "f" are numbers. Anything else is none: text (even "3"), None, and lists that hold such. Raise a TypeError.
           Ragged lists are a ValueError, which NumPy raises for you.
        3. Store it as self.data, a float32 array of this Tensor's own: a copy, never the caller's array.
        4. Store requires_grad, and None as grad.

        EXAMPLE:
        >>> Tensor([[1, 2, 3], [4, 5, 6]]).data.tolist()
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]

        HINT: np.array(..., dtype=np.float32) turns None into nan and "3" into 3 before anybody can look. Without a
        dtype, NumPy tells what it found; astype then converts, and copies.
        """
        ### BEGIN SOLUTION
        if isinstance(data, Tensor):
            data = data.data
        values = np.asarray(data)
        if values.dtype.kind not in "biuf":
            raise TypeError(f"a Tensor holds numbers, not what NumPy calls {values.dtype}")
        self.data = values.astype(np.float32)
        self.requires_grad = requires_grad
        self.grad = None
        ### END SOLUTION

    @property
    def shape(self):
        """
        How many numbers there are in each direction.

        TODO: return the shape of the array that this Tensor holds.

        EXAMPLE:
        >>> t = Tensor([[1, 2, 3], [4, 5, 6]])
        >>> t.shape
        (2, 3)
        >>> t.data = t.data[:, :2]
        >>> t.shape
        (2, 2)

        HINT: @property makes Python call this method where somebody writes t.shape, so that it is never out of date.
        """
        ### BEGIN SOLUTION
        return self.data.shape
        ### END SOLUTION

    @property
    def size(self):
        """
        How many numbers there are in all.

        TODO: return the size of the array.

        EXAMPLE:
        >>> Tensor([[1, 2, 3], [4, 5, 6]]).size
        6
        """
        ### BEGIN SOLUTION
        return self.data.size
        ### END SOLUTION

    @property
    def dtype(self):
        """
        What kind of numbers they are.

        TODO: return the dtype of the array.

        EXAMPLE:
        >>> Tensor([1, 2]).dtype
        dtype('float32')
        """
        ### BEGIN SOLUTION
        return self.data.dtype
        ### END SOLUTION

    def __repr__(self):
        """Show the numbers and their shape. Given."""
        return f"Tensor({np.array2string(self.data, separator=', ')}, shape={self.shape})"

    def numpy(self):
        """
        Give the numbers as a NumPy array.

        TODO: return the array that this Tensor holds.

        EXAMPLE:
        >>> Tensor([1, 2]).numpy().tolist()
        [1.0, 2.0]
        """
        ### BEGIN SOLUTION
        return self.data
        ### END SOLUTION

    def backward(self):
        """Compute gradients; does nothing until module 05. Given."""

    def _numbers(self, other):
        """Return what NumPy can compute with: a Tensor's array, or the number itself. Given, for use below."""
        return other.data if isinstance(other, Tensor) else other

    def __add__(self, other):
        """
        Add a Tensor or a number.

        TODO: return a new Tensor with the sums.

        APPROACH:
        1. Get what NumPy can add out of other; self._numbers does that for you.
        2. Let NumPy add and broadcast.

        EXAMPLE:
        >>> (Tensor([1, 2]) + 1).data.tolist()
        [2.0, 3.0]

        HINT: the other operations begin in the same way.
        """
        ### BEGIN SOLUTION
        return Tensor(self.data + self._numbers(other))
        ### END SOLUTION

    def __radd__(self, other):
        """TODO: return other + self, where other is a number."""
        ### BEGIN SOLUTION
        return self + other
        ### END SOLUTION

    def __sub__(self, other):
        """TODO: return self - other."""
        ### BEGIN SOLUTION
        return Tensor(self.data - self._numbers(other))
        ### END SOLUTION

    def __rsub__(self, other):
        """
        Subtract this Tensor from a number.

        TODO: return other - self, in that order.

        EXAMPLE:
        >>> (10 - Tensor([1, 2])).data.tolist()
        [9.0, 8.0]
        """
        ### BEGIN SOLUTION
        return Tensor(self._numbers(other) - self.data)
        ### END SOLUTION

    def __mul__(self, other):
        """TODO: return the products, element by element."""
        ### BEGIN SOLUTION
        return Tensor(self.data * self._numbers(other))
        ### END SOLUTION

    def __rmul__(self, other):
        """TODO: return other * self, where other is a number."""
        ### BEGIN SOLUTION
        return self * other
        ### END SOLUTION

    def __truediv__(self, other):
        """TODO: return self / other, element by element."""
        ### BEGIN SOLUTION
        return Tensor(self.data / self._numbers(other))
        ### END SOLUTION

    def __rtruediv__(self, other):
        """TODO: return other / self, in that order."""
        ### BEGIN SOLUTION
        return Tensor(self._numbers(other) / self.data)
        ### END SOLUTION

    def __neg__(self):
        """TODO: return a new Tensor with every sign changed."""
        ### BEGIN SOLUTION
        return Tensor(-self.data)
        ### END SOLUTION

    def matmul(self, other):
        """
        Multiply matrices.

        TODO: return the matrix product with another Tensor.

        APPROACH:
        1. Refuse anything but a Tensor with a TypeError.
        2. Let NumPy multiply; it also takes batches of matrices. Scalars and inner sizes that differ must be a
           ValueError.

        EXAMPLE:
        >>> Tensor([[1, 2], [3, 4]]).matmul(Tensor([[5], [6]])).data.tolist()
        [[17.0], [39.0]]

        HINT: np.matmul raises that ValueError for you. The * of arrays is something else.
        """
        ### BEGIN SOLUTION
        if not isinstance(other, Tensor):
            raise TypeError(f"matmul takes a Tensor, not {type(other).__name__}")
        return Tensor(np.matmul(self.data, other.data))
        ### END SOLUTION

    def __matmul__(self, other):
        """TODO: return self @ other."""
        ### BEGIN SOLUTION
        return self.matmul(other)
        ### END SOLUTION

    def __getitem__(self, key):
        """
        Take a part.

        TODO: return a new Tensor with the part that key chooses: a number, a slice, or a tuple of these.

        EXAMPLE:
        >>> Tensor([[1, 2], [3, 4]])[0].data.tolist()
        [1.0, 2.0]
        """
        ### BEGIN SOLUTION
        return Tensor(self.data[key])
        ### END SOLUTION

    def reshape(self, *shape):
        """
        Arrange the same numbers in another shape.

        TODO: return a new Tensor of the given shape.

        APPROACH:
        1. Accept both t.reshape(2, 3) and t.reshape((2, 3)).
        2. Let one size be -1; sizes that do not fit are a ValueError.

        EXAMPLE:
        >>> Tensor([1, 2, 3, 4, 5, 6]).reshape(2, -1).shape
        (2, 3)

        HINT: NumPy's reshape knows about both and about -1, and raises the ValueError for you.
        """
        ### BEGIN SOLUTION
        return Tensor(self.data.reshape(*shape))
        ### END SOLUTION

    def transpose(self, dim0=None, dim1=None):
        """
        Swap two directions.

        TODO: return a new Tensor with dim0 and dim1 swapped; the last two where neither is given.

        APPROACH:
        1. Where both are given, swap them.
        2. Where neither is given, swap the last two; with fewer than two, return a copy.
        3. One without the other is a ValueError.

        EXAMPLE:
        >>> Tensor([[1, 2, 3], [4, 5, 6]]).transpose().shape
        (3, 2)

        HINT: np.swapaxes.
        """
        ### BEGIN SOLUTION
        if (dim0 is None) != (dim1 is None):
            raise ValueError("transpose takes both dimensions or neither")
        if dim0 is None:
            if self.data.ndim < 2:
                return Tensor(self.data)
            dim0, dim1 = -2, -1
        return Tensor(np.swapaxes(self.data, dim0, dim1))
        ### END SOLUTION

    def sum(self, axis=None, keepdims=False):
        """
        Add up, over everything or along one axis.

        TODO: return a new Tensor with the sums; of shape () where axis is None and keepdims is False.

        EXAMPLE:
        >>> Tensor([[1, 2, 3], [4, 5, 6]]).sum(axis=0).data.tolist()
        [5.0, 7.0, 9.0]
        """
        ### BEGIN SOLUTION
        return Tensor(self.data.sum(axis=axis, keepdims=keepdims))
        ### END SOLUTION

    def mean(self, axis=None, keepdims=False):
        """TODO: return a new Tensor with the means."""
        ### BEGIN SOLUTION
        return Tensor(self.data.mean(axis=axis, keepdims=keepdims))
        ### END SOLUTION

    def max(self, axis=None, keepdims=False):
        """TODO: return a new Tensor with the largest values."""
        ### BEGIN SOLUTION
        return Tensor(self.data.max(axis=axis, keepdims=keepdims))
        ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "checks", "locked": true, "schema_version": 3, "solution": false, "task": false}
def check_shape(text, got, shape):
    """Check that an answer is a whole Tensor of the given shape, and return its array."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    data = got.data
    assert isinstance(data, np.ndarray), f"{text}: its data must be an array, not {type(data).__name__}"
    assert data.shape == shape, f"{text} has shape {shape}, got {data.shape}"
    assert got.shape == shape, f"{text}: its shape is that of its data, {shape}, got {got.shape}"
    return data


def check_tensor(text, got, expected, rtol=0, atol=0):
    """Compare an answer with the numbers that it must hold: first the shape, then every one of them."""
    expected = np.asarray(expected)
    data = check_shape(text, got, expected.shape)
    assert np.allclose(data, expected, rtol=rtol, atol=atol), f"{text} is {expected}, got {data}"

# %% [markdown]
"""
## Creation

The test makes Tensors from a number, a nested list, an integer array and a Tensor, and looks at shape, size, dtype
and values, and asks `numpy()` for an array. What is no number is refused, and the text "3" is none. It cannot see
whether your Tensor owns its numbers, so try that yourself: make one of an array, change the array and print the
Tensor.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-tensor-creation", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_tensor_creation():
    """Tensors hold numbers of any nesting as float32 and refuse what is no number."""
    check_tensor("Tensor(5)", Tensor(5), 5)
    check_tensor("Tensor([])", Tensor([]), np.zeros(0))
    check_tensor("Tensor([True, False])", Tensor([True, False]), [1, 0])
    check_tensor("Tensor(np.arange(3))", Tensor(np.arange(3)), [0, 1, 2])
    matrix = Tensor([[1, 2, 3], [4, 5, 6]])
    check_tensor("Tensor([[1, 2, 3], [4, 5, 6]])", matrix, [[1, 2, 3], [4, 5, 6]])
    check_tensor("Tensor(t)", Tensor(matrix), [[1, 2, 3], [4, 5, 6]])
    assert matrix.size == 6, f"a Tensor of shape (2, 3) has size 6, got {matrix.size}"
    assert matrix.dtype == np.float32, f"a Tensor's dtype is float32, got {matrix.dtype}"
    for text, tensor in (("floats", matrix), ("integers", Tensor(np.arange(3))), ("booleans", Tensor([True, False]))):
        got = tensor.data.dtype
        assert got == np.float32, f"{text} are held as float32, got {got}"
    plain = matrix.numpy()
    assert isinstance(plain, np.ndarray), f"numpy() gives an array, not {type(plain).__name__}"
    assert np.array_equal(plain, [[1, 2, 3], [4, 5, 6]]), f"numpy() gives the numbers, got {plain}"

    assert matrix.requires_grad is False, f"requires_grad is False by default, got {matrix.requires_grad}"
    assert matrix.grad is None, f"grad is None at first, got {matrix.grad}"
    assert Tensor([1.0], requires_grad=True).requires_grad is True, "requires_grad=True is stored"
    assert matrix.backward() is None, "backward() does nothing until module 05"

    matrix.data = np.zeros((4, 2))
    now = (matrix.shape, matrix.size, matrix.dtype)
    assert now[0] == (4, 2), f"with other data, of shape (4, 2), t.shape is (4, 2), got {now[0]}"
    assert now[1] == 8, f"with other data, of shape (4, 2), t.size is 8, got {now[1]}"
    assert now[2] == np.float64, f"with other data, in float64, t.dtype is float64, got {now[2]}"

    for wrong in (None, "abc", "3", b"3", [None], ["3"], [b"3"], [1, None], [[1, 2], [3, "4"]], 2j, [[1, 2], [3]]):
        try:
            Tensor(wrong)
        except (TypeError, ValueError):
            continue
        raise AssertionError(f"Tensor({wrong!r}) must raise TypeError or ValueError")


if __name__ == "__main__":
    test_unit_tensor_creation()
    print("creation: passed")

# %% [markdown]
"""
## Arithmetic

The test uses Tensors and numbers on both sides of each sign, and shapes that have to be broadcast. It looks twice at
`10 - t` and `12 / t`, where the order matters, and makes sure that operands keep their values.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-arithmetic", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_arithmetic():
    """The four operations work with Tensors and numbers on either side, and broadcast."""
    x, y = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([2.0, 4.0, 8.0])
    a, b = Tensor(x.copy()), Tensor(y.copy())
    cases = {
        "a + b": (a + b, x + y),
        "a - b": (a - b, x - y),
        "a * b": (a * b, x * y),
        "a / b": (a / b, x / y),
        "a + 10": (a + 10, x + 10),
        "10 + a": (10 + a, 10 + x),
        "a - 10": (a - 10, x - 10),
        "10 - a": (10 - a, 10 - x),
        "a * 3": (a * 3, x * 3),
        "3 * a": (3 * a, 3 * x),
        "a / 2": (a / 2, x / 2),
        "12 / a": (12 / a, 12 / x),
        "-a": (-a, -x),
    }
    for text, (got, expected) in cases.items():
        check_tensor(text, got, expected, rtol=1e-6)
    table = Tensor([[1], [2]]) + Tensor([10, 20])
    check_tensor("Tensor([[1], [2]]) + Tensor([10, 20])", table, [[11, 21], [12, 22]])
    check_tensor("arithmetic must not change its operands: a", a, x)
    check_tensor("arithmetic must not change its operands: b", b, y)
    assert a + 0 is not a, "a + 0 must be a new Tensor"
    assert a * 1 is not a, "a * 1 must be a new Tensor"


if __name__ == "__main__":
    test_unit_arithmetic()
    print("arithmetic: passed")

# %% [markdown]
"""
## Matrix products

The test multiplies matrices of different shapes, a matrix with a vector, and batches; its numbers tell a matrix
product from an element-by-element one. Sizes that do not fit and scalars are a ValueError; a list or a number where a
Tensor belongs is a TypeError. Neither operand may change.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-matmul", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_matmul():
    """Matrix products of matrices, vectors and batches, with checked sizes."""
    random = np.random.default_rng(1)
    for left, right in (((2, 2), (2, 2)), ((2, 3), (3, 4)), ((3, 2), (2,)), ((2,), (2, 3)), ((5, 2, 3), (5, 3, 2))):
        x, y = random.normal(size=left), random.normal(size=right)
        product = Tensor(x.copy()).matmul(Tensor(y.copy()))
        check_tensor(f"{x} @ {y}, by matmul,", product, x @ y, rtol=1e-4, atol=1e-5)
    with_sign = Tensor([[1, 2], [3, 4]]) @ Tensor([[5, 6], [7, 8]])
    check_tensor("[[1, 2], [3, 4]] @ [[5, 6], [7, 8]]", with_sign, [[19, 22], [43, 50]])

    for left, right in (((2, 3), (2, 3)), ((4,), (3,))):
        try:
            Tensor(np.ones(left)).matmul(Tensor(np.ones(right)))
        except ValueError:
            continue
        raise AssertionError(f"matmul of {left} and {right} must raise ValueError")

    matrix = Tensor([[1, 2], [3, 4]])
    for wrong, kind in (([[5], [6]], TypeError), (2, TypeError), (Tensor(2), ValueError)):
        try:
            matrix.matmul(wrong)
        except kind:
            continue
        name = "Tensor(2)" if kind is ValueError else repr(wrong)
        raise AssertionError(f"matmul of a (2, 2) Tensor with {name} must raise {kind.__name__}")
    try:
        Tensor(2).matmul(matrix)
    except ValueError:
        pass
    else:
        raise AssertionError("matmul of Tensor(2) with a (2, 2) Tensor must raise ValueError")

    left, right = Tensor([[1, 2], [3, 4]]), Tensor([[5, 6], [7, 8]])
    left.matmul(right)
    check_tensor("matmul must not change its left side, which", left, [[1, 2], [3, 4]])
    check_tensor("matmul must not change its right side, which", right, [[5, 6], [7, 8]])


if __name__ == "__main__":
    test_unit_matmul()
    print("matrix products: passed")

# %% [markdown]
"""
## Shapes

The test takes parts with numbers, slices and tuples, reshapes in both ways of writing and with -1, and transposes
matrices, batches (whose *last* two directions are swapped), vectors and a scalar. Every result is a new Tensor, and
the old one keeps its values.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-shape-ops", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_shape_ops():
    """Indexing, reshape and transpose give new Tensors of the right shape and order."""
    values = np.arange(24.0).reshape(2, 3, 4)
    t, matrix, row = Tensor(values.copy()), Tensor(values[0].copy()), Tensor([1, 2, 3])
    cases = {
        "t[1]": (t[1], values[1]),
        "t[0, 2]": (t[0, 2], values[0, 2]),
        "t[:, 1:, 0]": (t[:, 1:, 0], values[:, 1:, 0]),
        "t[-1, -1, -1]": (t[-1, -1, -1], values[-1, -1, -1]),
        "t.reshape(6, 4)": (t.reshape(6, 4), values.reshape(6, 4)),
        "t.reshape((4, 6))": (t.reshape((4, 6)), values.reshape(4, 6)),
        "t.reshape(-1)": (t.reshape(-1), values.reshape(-1)),
        "t.reshape(2, -1)": (t.reshape(2, -1), values.reshape(2, -1)),
        "t.transpose()": (t.transpose(), np.swapaxes(values, 1, 2)),
        "t[0].transpose()": (matrix.transpose(), values[0].T),
        "t.transpose(0, 1)": (t.transpose(0, 1), np.swapaxes(values, 0, 1)),
        "t.transpose(0, -1)": (t.transpose(0, -1), np.swapaxes(values, 0, 2)),
        "Tensor([1, 2, 3]).transpose()": (row.transpose(), [1, 2, 3]),
        "Tensor(5).transpose()": (Tensor(5).transpose(), 5),
    }
    for text, (got, expected) in cases.items():
        check_tensor(text, got, expected)

    assert row.transpose() is not row, "transposing a vector gives a new Tensor"
    check_tensor("transposing must not change a vector, which", row, [1, 2, 3])
    check_tensor("indexing, reshape and transpose must not change their Tensor, which", t, values)
    for shape in ((5, 5), (-1, 7)):
        try:
            t.reshape(*shape)
        except ValueError:
            continue
        raise AssertionError(f"24 numbers do not fit into {shape}: reshape must raise ValueError")
    try:
        t.transpose(0)
    except ValueError:
        return
    raise AssertionError("t.transpose(0) names one direction of two: it must raise ValueError")


if __name__ == "__main__":
    test_unit_shape_ops()
    print("shapes: passed")

# %% [markdown]
"""
## Reductions

The test folds everything and each axis of a block, with and without `keepdims`. The numbers are negative as well, so
that a maximum that starts from 0 is found out.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-reductions", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_reductions():
    """Sum, mean and max fold everything or one axis, and keep it with size 1 if asked."""
    values = np.random.default_rng(7).normal(size=(2, 3, 4)) - 5
    t = Tensor(values.copy())
    for name in ("sum", "mean", "max"):
        check_tensor(f"t.{name}()", getattr(t, name)(), getattr(values, name)(), rtol=1e-5, atol=1e-5)
        for axis, keepdims in ((None, False), (None, True), (0, False), (1, True), (-1, False), (2, True)):
            part = getattr(t, name)(axis=axis, keepdims=keepdims)
            expected = getattr(values, name)(axis=axis, keepdims=keepdims)
            check_tensor(f"t.{name}(axis={axis}, keepdims={keepdims})", part, expected, rtol=1e-5, atol=1e-5)
    check_tensor("reductions must not change their Tensor, which", t, values, rtol=1e-6)


if __name__ == "__main__":
    test_unit_reductions()
    print("reductions: passed")

# %% [markdown]
"""
## A layer, by hand

With these operations a whole layer of a network is one line, `x @ w + b`, and module 03 will be little more. The
last test computes one, normalises its outputs and sends them through operations of every kind. The tests above have
looked at the numbers; this one asks whether what each operation gives is a whole Tensor that the next one can take:
its data of the right shape, its `shape` in step with them, and all numbers finite.

```
 x (4, 4) ──▶ @ w (4, 4) ──▶ + b (4,) ──▶ − mean ──▶ / max ──▶ transpose ──▶ flat (16,) ──▶ [1:9] ──▶ sum ()
```
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-integration", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """Operations of every kind work one behind the other."""
    test_unit_tensor_creation()
    test_unit_arithmetic()
    test_unit_matmul()
    test_unit_shape_ops()
    test_unit_reductions()

    random = np.random.default_rng(8)
    x, w, b = (Tensor(random.normal(size=shape)) for shape in ((4, 4), (4, 4), (4,)))
    layer = x @ w + b
    centred = layer - layer.mean(axis=0, keepdims=True)
    scaled = centred / layer.max()
    flat = scaled.transpose().reshape(-1)
    steps = {
        "x @ w + b": (layer, (4, 4)),
        "a layer less its mean": (centred, (4, 4)),
        "what is divided by the largest number": (scaled, (4, 4)),
        "what is transposed and flattened": (flat, (16,)),
        "its numbers 1 to 8": (flat[1:9], (8,)),
        "their products with themselves": (flat[1:9] * flat[1:9], (8,)),
        "their sum": (flat[1:9].sum(), ()),
    }
    for text, (tensor, shape) in steps.items():
        data = check_shape(text, tensor, shape)
        assert np.all(np.isfinite(data)), f"{text} is finite, got {data}"


if __name__ == "__main__":
    test_module()
    print("module 01: all passed")

# %% [markdown]
"""
## In production

PyTorch's tensors do what yours do and more: they share memory where they can (`view`, slices), live on other devices,
come in a dozen dtypes and remember how they were computed. Ours copies instead of sharing. That is slower and leaves
out a whole class of surprises: `b = a[0]; b += 1` changes `a` in PyTorch and does not here.

## Pitfalls

- **Integers.** `np.array([1, 2])` is an integer array, and integer arithmetic truncates. Convert on the way in.
- **The order in `__rsub__` and `__rtruediv__`.** They are called for `3 - t`; `self - other` has the wrong sign.
- **`*` is not `@`.** With square matrices nothing crashes.
- **Broadcasting that was not meant.** (4,) and (4, 1) give (4, 4). When a loss looks odd, print shapes.
- **Transposing a batch.** NumPy's `.T` turns all directions round; networks want the last two swapped.

## Performance

Python's part in an operation is a few microseconds, whatever the size; NumPy's grows with the numbers. One operation
on a large Tensor therefore beats many on small ones, which is why data comes in batches. A matrix product of size n
takes 2n³ operations on 3n² numbers: it is the one operation here that keeps a processor busy rather than its memory.

## Summary

You have a Tensor: numbers in float32, arithmetic that broadcasts, matrix products, shapes and reductions, all of
them making new Tensors. Module 02 bends its values with activations.
"""
