import numpy as np

from tinytorch.core.tensor import Tensor

# How close to their limits saturated functions must come.
TOLERANCE = 1e-10


class Sigmoid:
    """The logistic function, 1 / (1 + exp(-x)), element by element."""

    def forward(self, x: Tensor) -> Tensor:
        """
        Squeeze every element into the interval from 0 to 1.

        TODO: return a new Tensor with the sigmoid of each element of x.

        APPROACH:
        1. Take the array in x.data.
        2. Compute z = exp(-|x|), which never overflows.
        3. Choose 1 / (1 + z) where x >= 0 and z / (1 + z) elsewhere.
        4. Wrap the result in a new Tensor.

        EXAMPLE:
        >>> Sigmoid().forward(Tensor([0.0, 1.0, -1.0])).data.round(4)
        array([0.5   , 0.7311, 0.2689], dtype=float32)

        HINT: np.where(condition, a, b) chooses element by element.
        """
        z = np.exp(-np.abs(x.data))
        return Tensor(np.where(x.data >= 0, 1 / (1 + z), z / (1 + z)))

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")


class ReLU
    """The rectified linear unit, max(0, x), element by element."""

    def forward(self, x: Tensor) -> Tensor:
        """
        Replace every negative element by 0.

        TODO: return a new Tensor that holds max(0, x) for each element of x.

        APPROACH:
        1. Compare x.data with 0, element by element.
        2. Wrap the larger values in a new Tensor; leave x as it is.

        EXAMPLE:
        >>> ReLU().forward(Tensor([-2.0, 0.0, 3.0])).data.tolist()
        [0.0, 0.0, 3.0]

        HINT: np.maximum compares two arrays, or an array and a number.
        """
        return Tensor(np.maximum(0, x.data))

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")


class Tanh:
    """The hyperbolic tangent, element by element."""

    def forward(self, x: Tensor) -> Tensor:
        """
        Squeeze every element into the interval from -1 to 1.

        TODO: return a new Tensor with the hyperbolic tangent of each element of x.

        APPROACH:
        1. Apply NumPy's hyperbolic tangent to x.data.
        2. Wrap the result in a new Tensor.

        EXAMPLE:
        >>> Tanh().forward(Tensor([0.0, 1.0])).data.round(4)
        array([0.    , 0.7616], dtype=float32)

        HINT: NumPy has a function of that name.
        """
        return Tensor(np.tanh(x.data))

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")


class GELU:
    """The Gaussian error linear unit, x * sigmoid(1.702 x), element by element."""

    def forward(self, x: Tensor) -> Tensor:
        """
        Weigh every element by a smooth step.

        TODO: return a new Tensor with x * sigmoid(1.702 * x) for each element of x.

        APPROACH:
        1. Compute the sigmoid of 1.702 * x.data, without overflow.
        2. Multiply it by x.data.
        3. Wrap the result in a new Tensor.

        EXAMPLE:
        >>> GELU().forward(Tensor([1.0, -1.0])).data.round(4)
        array([ 0.8458, -0.1542], dtype=float32)

        HINT: you have written a sigmoid that does not overflow.
        """
        return Tensor(x.data * Sigmoid().forward(Tensor(1.702 * x.data)).data)

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")


class Softmax:
    """Scores to probabilities along one dimension."""

    def forward(self, x: Tensor, dim: int = -1) -> Tensor:
        """
        Turn the scores along `dim` into probabilities that sum to 1.

        TODO: return a new Tensor with the softmax of x along dim.

        APPROACH:
        1. Subtract the maximum along dim, so that no exponential overflows.
        2. Take the exponential.
        3. Divide by its sum along dim.
        4. Wrap the result in a new Tensor.

        EXAMPLE:
        >>> Softmax().forward(Tensor([1.0, 2.0, 3.0])).data.round(4)
        array([0.09  , 0.2447, 0.6652], dtype=float32)

        HINT: np.max and np.sum take axis and keepdims.
        """
        shifted = np.exp(x.data - np.max(x.data, axis=dim, keepdims=True))
        return Tensor(shifted / np.sum(shifted, axis=dim, keepdims=True))

    def __call__(self, x: Tensor, dim: int = -1) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x, dim)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")
