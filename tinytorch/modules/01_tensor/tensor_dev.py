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

**When you are done, you can**

- say what a shape is, and work out the shape of an expression before you run it;
- give a class of your own Python's operators, so that `3 - t` and `t - 3` both mean what they say;
- multiply matrices, alone and in batches, and tell `@` from `*` in any formula;
- index, reshape and transpose without losing track of which number went where;
- fold a direction away with a sum, a mean or a maximum, and keep it where broadcasting needs it.

**You need** Python and a little NumPy: arrays, shapes, slicing.

**You build** `Tensor`:

| part | what it does |
|---|---|
| creation | from numbers, nested lists, arrays and Tensors; float32 |
| `shape`, `size`, `dtype` | tell of the numbers as they are now |
| arithmetic | `+ - * /` with Tensors and numbers on either side, negation |
| `matmul`, `@` | matrix products |
| shape | indexing, `reshape`, `transpose` |
| reductions | `sum`, `mean`, `max` along an axis |

**The way here and on**

```
 what you know             01 tensor                     02 activations
 ┌────────────────┐        ┌─────────────────────┐       ┌──────────────────┐
 │ numbers, lists │ ─────▶ │ one block, float32: │ ────▶ │ functions that   │
 │ NumPy's arrays │        │ + − · / @, shapes   │ .data │ bend its numbers │
 └────────────────┘        └─────────────────────┘       └──────────────────┘
```

**Where it lives**: you write in `modules/01_tensor/` of your workspace. `tito export 01` takes the cells that begin
with `#| export` and makes a module of them that others can import:

```
 modules/01_tensor/tensor_dev.py                    tinytorch/core/tensor.py
 text, your code, its tests     ── tito export 01 ─▶ your code, and nothing else
```

```python
from tinytorch.core.tensor import Tensor
```

Two places, because a lesson is for reading and trying out, and a package is for importing: nobody who wants a Tensor
wants its tests to run first. `core` holds what all of tinytorch stands on.

**It depends on** NumPy, and on nothing else. If the next cell fails, NumPy is missing: `pip install numpy`. From the
next lesson on you will import your own work, and an error such as `No module named 'tinytorch.core.tensor'` will mean
that it has not been exported yet: `tito export 01`.
"""

# %%
#| default_exp core.tensor

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

# %% [markdown]
r"""
## Why not lists?

Here are three flats, with their area and their rooms, and a rule that guesses rents: 3 for each square metre, 10 for
each room, and 20 to begin with.

```
 x (3, 2)          w (2,)       x @ w (3,)                   + 20
 [  50  2 ]                     50·3 + 2·10 = 170             190
 [  80  3 ]    @   [  3 ]    =  80·3 + 3·10 = 270     ──▶     290
 [ 120  4 ]        [ 10 ]      120·3 + 4·10 = 400             420
```

That is a layer of a network: a block of inputs, a block of weights, a product and a sum. A real one is no different,
only larger. The first layer of a small network for handwritten digits takes 784 inputs to 128 outputs, and a batch of
64 digits needs 64 · 784 · 128 = 6,422,528 multiplications, and nearly as many additions. Python's lists are no help:

| | nested lists | a block of float32 |
|---|---|---|
| one number | 24 bytes for the object, 8 to point to it | 4 bytes |
| the layer's 100,352 weights | 3.2 MB | 0.4 MB |
| `[1, 2] + [3, 4]` | `[1, 2, 3, 4]` | `[4, 6]` |
| `[1, 2] * 2` | `[1, 2, 1, 2]` | `[2, 4]` |
| the product for 64 digits | 6,422,528 turns of a loop in Python | one call |

(`sys.getsizeof(1.0)` shows the 24.) NumPy has such blocks. What we add is a class of our own around them, which
decides what may go in, what comes out and how it is called, and which will learn in module 05 to remember how its
numbers came about.

## From a number to a block of numbers

A tensor is an array with a name that physicists gave it. What counts is its **shape**: how many numbers there are in
each direction.

```
 shape ()        shape (3,)        shape (2, 3)         shape (2, 2, 3)

   5             [ 1 2 3 ]        [ 1 2 3 ]            two blocks of
                                  [ 4 5 6 ]            shape (2, 3)
 a scalar        a vector         a matrix             a batch
```

Read a shape from left to right, from the outermost direction to the innermost. The product of its sizes is how many
numbers there are; that of `()`, with no sizes at all, is 1.

```
 shape              what it may hold                        numbers
 ()                 a loss                                        1
 (10,)              the scores of one image                      10
 (64, 784)          a batch of 64 digits, 28 · 28 each       50,176
 (8, 128, 512)      8 texts of 128 words, 512 each          524,288
 (32, 3, 224, 224)  32 photographs in three colours       4,816,896
```

In memory there are no directions. The numbers lie one behind the other, row by row, and the shape says how to read
them:

```
 t of shape (2, 3)            ┌───┬───┬───┬───┬───┬───┐
 [ 1 2 3 ]                    │ 1 │ 2 │ 3 │ 4 │ 5 │ 6 │        t[i, j] is the number at 3·i + j
 [ 4 5 6 ]                    └───┴───┴───┴───┴───┴───┘
                                row 0       row 1
```

### Creation

```
 Tensor(5)                       shape ()       5.0
 Tensor([1, 2, 3])               shape (3,)     [1. 2. 3.]
 Tensor([[1, 2], [3, 4]])        shape (2, 2)   a list of rows
 Tensor(np.arange(3))            shape (3,)     [0. 1. 2.], which were integers
 Tensor([True, False])           shape (2,)     [1. 0.]
 Tensor(t)                       t's shape      a copy of t's numbers
 Tensor("3"), Tensor([1, None])  TypeError      text and None are no numbers
 Tensor([[1, 2], [3]])           ValueError     the rows have different lengths
```

Three decisions are worth a word:

- **float32.** Four bytes a number, as on every accelerator. Integers and booleans become float32 on the way in.
- **A copy on the way in.** A Tensor owns its numbers: changing the list or array that it was made of changes nothing.
- **Room for gradients.** `requires_grad` and `grad` are stored now and come to life in module 05. Until then
  `backward()` does nothing.

**The trap** is that NumPy is helpful. Asked for float32, it makes `nan` of None and 3.0 of the text "3", in a list as
well as alone. A file with an empty field then becomes a Tensor with a hole in it, and the hole spreads: one `nan` in
a sum makes the sum `nan`. So look at what NumPy finds *before* it is asked to convert.

`shape`, `size` and `dtype` are facts about the data. Store them, and there are two copies of the truth, of which one
can grow old:

```
 stored when the Tensor is made           asked for each time
 t.shape = (2, 3)                         t.shape  ──▶ t.data.shape
 t.data  = an array of shape (4, 2)       t.data   = an array of shape (4, 2)
 t.shape   is still (2, 3)                t.shape    is (4, 2)
```

Python's `@property` above a method does the second: the method looks like an attribute and is called whenever
somebody reads it.

### Arithmetic

Every operation makes a **new** Tensor and leaves its operands alone. It works number by number:

$$c_{ij} = a_{ij} + b_{ij} \qquad \text{and so for } - \;\cdot\; /$$

Shapes that differ are stretched as NumPy does it, which is called *broadcasting*: from the right, directions of size
1 (and missing ones) repeat.

```
 (2, 3)          (3,)             (2, 3)
 [ 1 2 3 ]   +   [ 10 20 30 ]  =  [ 11 22 33 ]
 [ 4 5 6 ]                        [ 14 25 36 ]
```

```
 left     right     result
 (2, 3)   ()        (2, 3)        a number goes everywhere
 (2, 3)   (3,)      (2, 3)        a row, for each row: how a bias is added
 (2, 3)   (2, 1)    (2, 3)        a column, for each column: how a row's mean is subtracted
 (3, 1)   (1, 4)    (3, 4)        a table of all pairs
 (2, 3)   (2,)      ValueError    from the right, 3 meets 2, and neither is 1
```

For `3 - t`, Python first asks the number 3 how to subtract a Tensor. It does not know, so Python asks the Tensor for
`__rsub__`, the *reflected* operation, in which the operands stand the other way round.

```
 you write     Python calls         self, other      it must return
 t - 3         t.__sub__(3)         t, 3             t − 3
 3 - t         t.__rsub__(3)        t, 3             3 − t        the same self and other!
 12 / t        t.__rtruediv__(12)   t, 12            12 / t
 -t            t.__neg__()          t                −t
```

**The trap**: addition and multiplication forgive a wrong order. Subtraction and division do not, and a minus sign
that is lost there shows up much later, as a network that learns to be wrong.

### Matrix products

A matrix product multiplies rows with columns; the inner sizes must agree:

$$C_{ij} = \sum_k A_{ik} B_{kj} \qquad (m, k) \times (k, n) \to (m, n)$$

```
   A (2, 3)         B (3, 2)          C (2, 2)
 [ 1  2  3 ]       [  7   8 ]        [  58   64 ]       58 = 1·7 + 2·9 + 3·11
 [ 4  5  6 ]   @   [  9  10 ]   =    [ 139  154 ]      154 = 4·8 + 5·10 + 6·12
                   [ 11  12 ]
```

It is what networks do most: each row of A is an example, each column of B is a question asked of it, and C holds all
the answers. Batches multiply matrix by matrix, and a vector counts as one column on the right and as one row on the
left:

```
 left         right        result       used for
 (m, k)       (k, n)       (m, n)       a layer: m examples, k inputs, n outputs
 (m, k)       (k,)         (m,)         one score for each of m examples
 (k,)         (k, n)       (n,)         a layer, for one example
 (b, m, k)    (b, k, n)    (b, m, n)    attention: b texts, each with its own matrices
 (b, m, k)    (k, n)       (b, m, n)    a layer, for b texts of m words
 (m, k)       (m, k)       ValueError   k columns on the left, m rows on the right
```

**The traps**: `*` of two square matrices runs, and is not their product. And a plain list on the right would be taken
by NumPy without a word; refuse it, for what is no Tensor will have no gradient.

### Shapes

Indexing takes a part. `reshape` reads the same numbers, row by row, into another shape, and one size may be -1: "as
many as are left". `transpose` swaps two directions: the last two unless it is told otherwise, because in a batch of
matrices those are the rows and columns.

```
 t of shape (2, 3, 4)
 t[1]              (3, 4)      a number takes one and folds the direction away
 t[0, 2]           (4,)
 t[:, 1:, 0]       (2, 2)      a slice keeps its direction
 t.reshape(6, -1)  (6, 4)      24 numbers in 6 rows leave 4 for each
 t.transpose()     (2, 4, 3)   the last two
 t.transpose(0, 2) (4, 3, 2)   the two that are named
```

A reshape and a transpose can end in the same shape, with other numbers in it. Only one of them keeps the order in
which the numbers are read:

```
 t (2, 3)          t.reshape(3, 2)      t.transpose() (3, 2)
 [ 1 2 3 ]         [ 1 2 ]              [ 1 4 ]
 [ 4 5 6 ]         [ 3 4 ]              [ 2 5 ]
                   [ 5 6 ]              [ 3 6 ]
 1 2 3 4 5 6       1 2 3 4 5 6          1 4 2 5 3 6
```

**The trap**: to turn rows into columns, a reshape has the right shape and the wrong numbers. Nothing crashes.

### Reductions

A reduction folds a direction away, or keeps it with size 1 when `keepdims=True`:

```
 t of shape (2, 3)        t.sum(axis=0)     t.sum(axis=1)     t.sum(axis=1, keepdims=True)
 [ 1 2 3 ]                [ 5 7 9 ]         [ 6 15 ]          [ [6] [15] ]
 [ 4 5 6 ]                shape (3,)        shape (2,)        shape (2, 1)
```

The axis that you name is the one that disappears. Without one, everything is folded into a single number of shape ().

| | formula | of [1, 2, 6] | what it is for |
|---|---|---|---|
| `sum` | Σ xᵢ | 9 | probabilities, norms |
| `mean` | (1/n) Σ xᵢ | 3 | losses, centring |
| `max` | the largest xᵢ | 6 | the winning class, stable exponentials |

**The trap**: `t - t.mean(axis=1)` of a (2, 3) Tensor is an error, and of a (3, 3) Tensor it is worse, for there the
means of the rows are subtracted from the columns. With `keepdims=True` the means have shape (3, 1) and stay with
their rows.

## The skeleton of every operation

Nearly all methods below make the same three moves. Here they are for an operation that we do not build, the distance
between numbers:

```python
def distance(self, other):
    right = self._numbers(other)              # 1. out of the Tensors: what NumPy can compute with
    apart = np.abs(self.data - right)         # 2. NumPy computes, and broadcasts
    return Tensor(apart)                      # 3. into a new Tensor
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

# %% [markdown]
"""
The tests share two small helpers. The first asks whether an answer is a whole Tensor of the right shape; the second
compares its numbers. Shapes come first, because broadcasting would make a comparison of different shapes come true
all too easily: an array without any numbers differs nowhere from anything.
"""

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
## Creation: what the test checks

The test makes Tensors from a number, lists, integers, booleans and a Tensor, and looks at shape, size, dtype and
values, and asks `numpy()` for an array. It gives a Tensor other data and asks for the shape again. What is no number
is refused, alone and in lists. It cannot see whether your Tensor owns its numbers, so try that yourself: make one of
an array, change the array and print the Tensor.
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
    assert matrix.shape == (4, 2), f"with other data, of shape (4, 2), t.shape is (4, 2), got {matrix.shape}"
    assert matrix.size == 8, f"with other data, of shape (4, 2), t.size is 8, got {matrix.size}"
    assert matrix.dtype == np.float64, f"with other data, in float64, t.dtype is float64, got {matrix.dtype}"

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
## Arithmetic: what the test checks

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
## Matrix products: what the test checks

The test multiplies matrices of different shapes, a matrix with a vector on either side, and batches; its numbers tell
a matrix product from an element-by-element one. Sizes that do not fit and scalars are a ValueError; a list or a
number where a Tensor belongs is a TypeError. Neither operand may change.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-matmul", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_matmul():
    """Matrix products of matrices, vectors and batches, with checked sizes."""
    random = np.random.default_rng(1)
    for left, right in (((2, 2), (2, 2)), ((2, 3), (3, 4)), ((3, 2), (2,)), ((2,), (2, 3)), ((5, 2, 3), (5, 3, 2))):
        x, y = random.normal(size=left), random.normal(size=right)
        product = Tensor(x.copy()).matmul(Tensor(y.copy()))
        check_tensor(f"a product of shapes {left} and {right}", product, x @ y, rtol=1e-4, atol=1e-5)
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
## Shapes: what the test checks

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
## Reductions: what the test checks

The test folds everything and each axis of a block, with and without `keepdims`. The numbers are all negative, so that
a maximum that starts from 0 is found out.
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
        assert data.size == 1 or np.ptp(data) > 0, f"{text}: its numbers are not all the same, got {data}"


if __name__ == "__main__":
    test_module()
    print("module 01: all passed")

# %% [markdown]
r"""
## What you have built, compared

For Tensors of n numbers, or of the shapes that are given. An addition or a multiplication counts as one operation;
what broadcasting repeats is counted as often as it is used.

| operation | result | operations | the numbers afterwards |
|---|---|---|---|
| `a + b`, `a * b` … | broadcast | n | new |
| `a @ b`, (m, k) by (k, n) | (m, n) | 2 m k n | new |
| `t.sum()`, `t.mean()` | () | n − 1, and a division | new |
| `t.max()` | () | n − 1 comparisons | one of the old |
| `t.reshape(…)` | as asked | 0 | the same, in the same order |
| `t.transpose()` | two sizes swapped | 0 | the same, in another order |
| `t[…]` | a part | 0 | some of them |

## Which one?

| use | for example | because | not when |
|---|---|---|---|
| `*` | a mask of zeros and ones | number by number, nothing mixes | you want sums of products |
| `@` | a layer, a similarity | every output sees every input | the shapes only happen to fit |
| `reshape` | (64, 28, 28) to (64, 784) | order stays, only the reading changes | rows are to become columns |
| `transpose` | keys in attention | rows become columns, order changes | you want one flat row |
| `keepdims=True` | `x - x.mean(axis=1, keepdims=True)` | what is left lines up with x | the result is reported, not used |
| a scalar result | a loss | there is one number to make small | you must know which example was bad |
| float32 | weights, pictures, scores | half the memory of float64 | you count: 2²⁴ + 1 = 16,777,217 is 16,777,216 |

**Three pipelines** that use nothing else:

```
 digits        images (64, 28, 28) ─▶ reshape(64, 784) ─▶ @ W (784, 10) ─▶ + b (10,) ─▶ scores (64, 10)
 sensor data   x (1000, 6) ─▶ c = x − x.mean(axis=0) ─▶ c / c.max(axis=0) ─▶ columns of mean 0 and maximum 1
 search        library (10000, 512) @ query (512,) ─▶ scores (10000,) ─▶ max() ─▶ the best match
```

## In production

PyTorch's tensors do what yours do and more: they share memory where they can (`view`, slices), live on other devices,
come in a dozen dtypes and remember how they were computed. Ours copies instead of sharing. That is slower and leaves
out a whole class of surprises: `b = a[0]; b += 1` changes `a` in PyTorch and does not here. PyTorch's `max(dim=…)`
also gives the places of the largest numbers; ours gives the numbers, as NumPy does. And PyTorch's `t.shape` is a
property, too, for the reason given above.

## Pitfalls, and how to find them

- **Integers.** `np.array([1, 2])` is an integer array, and `np.array([1, 2]) // 2` is [0, 1]. Convert on the way in.
  *To find it*: print `t.data.dtype` of whatever looks too round.
- **nan from nowhere.** One missing value at the start is all it takes. *To find it*: `np.isnan(t.data).sum()` after
  each step; the first step where it is not 0 is the culprit.
- **The order in `__rsub__` and `__rtruediv__`.** They are called for `3 - t`; `self - other` has the wrong sign.
  *To find it*: try `10 - Tensor([1])`. It is 9.
- **`*` is not `@`.** With square matrices nothing crashes. *To find it*: try your formula with shapes (2, 3) and
  (3, 4), in which no two sizes agree by chance.
- **Broadcasting that was not meant.** (4,) and (4, 1) give (4, 4). *To find it*: when a loss looks odd, print the
  shapes of both operands before the line, and that of the result behind it.
- **Transposing a batch.** NumPy's `.T` turns all directions round; networks want the last two swapped. *To find it*:
  (5, 2, 3) must become (5, 3, 2), not (3, 2, 5).
- **A reshape in place of a transpose.** *To find it*: fill the Tensor with 0, 1, 2 … and look where the 1 has gone.
- **The operand that changes.** `self.data += …` writes into the Tensor itself, so that `a + b` changes `a`.
  *To find it*: print `a` before and behind the line.

## What it costs

Count the operations for each number that has to be fetched from memory. An addition of n numbers fetches 2n, does n
operations and puts n back: one operation for every three numbers. A product of two n × n matrices does 2n³
operations on 3n² numbers:

```
 n                        10        100       1,000
 a + b, per number       0.33       0.33       0.33
 a @ b, per number        6.7         67        667
```

So the product is the one operation here that keeps a processor busy rather than its memory, and the larger, the
better. It also shows why data comes in batches: 64 products of one row each fetch the weights 64 times, one product
of 64 rows fetches them once.

Each call has a price of its own, whatever the size, for Python looks up a method and makes an object. Adding n
numbers in one call pays it once, in n calls n times.

And memory: our operations write each result twice, once as NumPy's and once as the copy that the new Tensor owns. A
Tensor of n numbers takes 4n bytes; while `a + b` is computed, there are four such blocks: a, b, the sum, its copy.

## What comes next

- **02 activations** puts functions that are no straight lines between products.
- **03 layers** makes `x @ w + b` a class that owns w and b.
- **05 autograd** uses `requires_grad`, `grad` and `backward`, and every method here gets a partner that goes back.
- **09 spatial** slides small windows over (batch, channels, height, width): indexing and reshape, in bulk.
- **12 attention** is two batched products with a transpose between them.
- **15 quantization** asks what is lost when the 4 bytes become 1.

## To think about

1. `a + b` with shapes (1000, 1) and (1000,) runs. How many numbers does the result hold, and how would you have
   noticed, had it been a loss?
2. Our slices copy, PyTorch's share memory. Name a program that gets faster by sharing, and one that gets wrong by it.
3. (A B) C and A (B C) are equal. For shapes (1000, 10), (10, 1000) and (1000, 1), how many operations does each take?

## Summary

You have a Tensor: numbers in float32, arithmetic that broadcasts, matrix products, shapes and reductions, all of
them making new Tensors. What it refuses is as much a part of it as what it can do.

When `tito check 01` is green, close the module. It is checked once more, exported and recorded:

```
tito module complete 01
```

Module 02 bends the numbers of a Tensor with activations.
"""
