"""core.tensor: made by `tito export` from 01_tensor/tensor_dev.py; edit that file."""

import numpy as np

__all__ = [
    "Tensor",
]


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
        if isinstance(data, Tensor):
            data = data.data
        values = np.asarray(data)
        if values.dtype.kind not in "biuf":
            raise TypeError(f"a Tensor holds numbers, not what NumPy calls {values.dtype}")
        self.data = values.astype(np.float32)
        self.requires_grad = requires_grad
        self.grad = None

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
        return self.data.shape

    @property
    def size(self):
        """
        How many numbers there are in all.

        TODO: return the size of the array.

        EXAMPLE:
        >>> Tensor([[1, 2, 3], [4, 5, 6]]).size
        6
        """
        return self.data.size

    @property
    def dtype(self):
        """
        What kind of numbers they are.

        TODO: return the dtype of the array.

        EXAMPLE:
        >>> Tensor([1, 2]).dtype
        dtype('float32')
        """
        return self.data.dtype

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
        return self.data

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
        return Tensor(self.data + self._numbers(other))

    def __radd__(self, other):
        """TODO: return other + self, where other is a number."""
        return self + other

    def __sub__(self, other):
        """TODO: return self - other."""
        return Tensor(self.data - self._numbers(other))

    def __rsub__(self, other):
        """
        Subtract this Tensor from a number.

        TODO: return other - self, in that order.

        EXAMPLE:
        >>> (10 - Tensor([1, 2])).data.tolist()
        [9.0, 8.0]
        """
        return Tensor(self._numbers(other) - self.data)

    def __mul__(self, other):
        """TODO: return the products, element by element."""
        return Tensor(self.data * self._numbers(other))

    def __rmul__(self, other):
        """TODO: return other * self, where other is a number."""
        return self * other

    def __truediv__(self, other):
        """TODO: return self / other, element by element."""
        return Tensor(self.data / self._numbers(other))

    def __rtruediv__(self, other):
        """TODO: return other / self, in that order."""
        return Tensor(self._numbers(other) / self.data)

    def __neg__(self):
        """TODO: return a new Tensor with every sign changed."""
        return Tensor(-self.data)

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
        if not isinstance(other, Tensor):
            raise TypeError(f"matmul takes a Tensor, not {type(other).__name__}")
        return Tensor(np.matmul(self.data, other.data))

    def __matmul__(self, other):
        """TODO: return self @ other."""
        return self.matmul(other)

    def __getitem__(self, key):
        """
        Take a part.

        TODO: return a new Tensor with the part that key chooses: a number, a slice, or a tuple of these.

        EXAMPLE:
        >>> Tensor([[1, 2], [3, 4]])[0].data.tolist()
        [1.0, 2.0]
        """
        return Tensor(self.data[key])

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
        return Tensor(self.data.reshape(*shape))

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
        if (dim0 is None) != (dim1 is None):
            raise ValueError("transpose takes both dimensions or neither")
        if dim0 is None:
            if self.data.ndim < 2:
                return Tensor(self.data)
            dim0, dim1 = -2, -1
        return Tensor(np.swapaxes(self.data, dim0, dim1))

    def sum(self, axis=None, keepdims=False):
        """
        Add up, over everything or along one axis.

        TODO: return a new Tensor with the sums; of shape () where axis is None and keepdims is False.

        EXAMPLE:
        >>> Tensor([[1, 2, 3], [4, 5, 6]]).sum(axis=0).data.tolist()
        [5.0, 7.0, 9.0]
        """
        return Tensor(self.data.sum(axis=axis, keepdims=keepdims))

    def mean(self, axis=None, keepdims=False):
        """TODO: return a new Tensor with the means."""
        return Tensor(self.data.mean(axis=axis, keepdims=keepdims))

    def max(self, axis=None, keepdims=False):
        """TODO: return a new Tensor with the largest values."""
        return Tensor(self.data.max(axis=axis, keepdims=keepdims))
