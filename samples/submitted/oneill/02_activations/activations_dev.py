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

# %%
#| default_exp core.activations

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.tensor import Tensor

# How close to their limits saturated functions must come.
TOLERANCE = 1e-10

# %%
# For the tests alone, so these are not exported.
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

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sigmoid-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        # YOUR CODE HERE
        raise NotImplementedError()

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-sigmoid", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_sigmoid():
    """Sigmoid gives known values, saturates without overflow and leaves its input alone."""
    sigmoid = Sigmoid()
    known = sigmoid(Tensor([0.0, 1.0, -1.0, 2.0, -2.0]))
    check_tensor("sigmoid([0, 1, -1, 2, -2])", known, [0.5, 0.731059, 0.268941, 0.880797, 0.119203], atol=1e-5)

    moderate = check_shape("sigmoid([-10, -1, 0, 1, 10])", sigmoid(Tensor([-10.0, -1.0, 0.0, 1.0, 10.0])), (5,))
    assert np.all((moderate > 0) & (moderate < 1)), f"sigmoid stays strictly between 0 and 1, got {moderate}"
    far = sigmoid(Tensor([1000.0, -1000.0]))
    check_tensor(f"sigmoid([1000, -1000]), within {TOLERANCE},", far, [1.0, 0.0], atol=TOLERANCE)

    values = np.random.default_rng(2).normal(size=(2, 3, 4)) * 4
    x = Tensor(values.copy())
    y = sigmoid.forward(x)
    check_tensor(f"sigmoid({values})", y, 1 / (1 + np.exp(-values)), atol=1e-5)
    check_tensor("sigmoid must not change its input, which", x, values.astype(np.float32))
    assert y is not x, "sigmoid must return a new Tensor"


if __name__ == "__main__":
    test_unit_sigmoid()
    print("Sigmoid: passed")

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "relu-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class ReLU:
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
        # YOUR CODE HERE
        raise NotImplementedError()

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-relu", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_relu():
    """ReLU keeps what is positive, makes the rest 0 and returns a new Tensor."""
    relu = ReLU()
    x = Tensor([[-2.0, -0.001, 0.0], [0.001, 2.0, 1e6]])
    y = relu(x)
    check_tensor("ReLU([[-2, -0.001, 0], [0.001, 2, 1e6]])", y, np.float32([[0, 0, 0], [0.001, 2, 1e6]]))
    check_tensor("ReLU must not change its input, which", x, np.float32([[-2, -0.001, 0], [0.001, 2, 1e6]]))

    positive = Tensor([1.0, 2.0])
    same = relu.forward(positive)
    assert same is not positive, "ReLU must return a new Tensor, even when no element is negative"
    check_tensor("ReLU([1, 2])", same, [1.0, 2.0])

    values = np.random.default_rng(3).normal(size=(3, 2, 5)).astype(np.float32)
    check_tensor(f"ReLU({values})", relu.forward(Tensor(values.copy())), np.maximum(values, 0))


if __name__ == "__main__":
    test_unit_relu()
    print("ReLU: passed")

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tanh-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        # YOUR CODE HERE
        raise NotImplementedError()

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-tanh", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_tanh():
    """Tanh gives known values, is odd, saturates at ±1 and leaves its input alone."""
    tanh = Tanh()
    known = tanh(Tensor([0.0, 1.0, -1.0, 2.0, -2.0]))
    check_tensor("tanh([0, 1, -1, 2, -2])", known, [0.0, 0.761594, -0.761594, 0.964028, -0.964028], atol=1e-5)
    check_tensor("tanh([1000, -1000])", tanh(Tensor([1000.0, -1000.0])), [1.0, -1.0], atol=TOLERANCE)

    values = np.random.default_rng(4).normal(size=(2, 3, 4))
    x = Tensor(values.copy())
    check_tensor(f"tanh({values})", tanh.forward(x), np.tanh(values), atol=1e-5)
    check_tensor(f"tanh is odd: tanh({-values})", tanh.forward(Tensor(-values)), -np.tanh(values), atol=1e-5)
    check_tensor("tanh must not change its input, which", x, values.astype(np.float32))


if __name__ == "__main__":
    test_unit_tanh()
    print("Tanh: passed")

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "gelu-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        # YOUR CODE HERE
        raise NotImplementedError()

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-gelu", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_gelu():
    """GELU follows x·Φ(x) within 0.021, dips below 0 and is finite far out."""
    import math

    gelu = GELU()
    values = np.array([[-3.0, -2.0, -1.0, -0.5], [0.0, 0.5, 1.0, 3.0]])
    exact = [[x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in row] for row in values]
    x = Tensor(values.copy())
    y = gelu(x)
    check_tensor(f"GELU({values}), within 0.021,", y, exact, atol=0.021)
    dip, zero = y.data[0], y.data[1, 0]
    assert zero == 0, f"GELU(0) is 0, got {zero}"
    assert dip[2] < dip[1] < dip[0] < 0, f"GELU dips below 0 and rises towards it again, got {dip}"
    check_tensor("GELU must not change its input, which", x, values)

    far = gelu.forward(Tensor([1000.0, -1000.0]))
    check_tensor("GELU([1000, -1000])", far, [1000.0, 0.0], atol=1e-3)


if __name__ == "__main__":
    test_unit_gelu()
    print("GELU: passed")

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "softmax-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        # YOUR CODE HERE
        raise NotImplementedError()

    def __call__(self, x: Tensor, dim: int = -1) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x, dim)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-softmax", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_softmax():
    """Softmax gives known probabilities along any dimension and survives large scores."""
    softmax = Softmax()
    expected = [0.090031, 0.244728, 0.665241]
    check_tensor("softmax([1, 2, 3])", softmax(Tensor([1.0, 2.0, 3.0])), expected, atol=1e-5)
    check_tensor("softmax([1000, 1001, 1002])", softmax(Tensor([1000.0, 1001.0, 1002.0])), expected, atol=1e-5)

    values = np.random.default_rng(5).normal(size=(2, 3, 4)) * 3
    x = Tensor(values.copy())
    for dim in (0, 1, 2, -1):
        y, wanted = softmax(x, dim=dim), np.exp(values) / np.exp(values).sum(axis=dim, keepdims=True)
        got = check_shape(f"softmax along {dim}", y, (2, 3, 4))
        sums = got.sum(axis=dim)
        assert np.allclose(sums, 1, rtol=0, atol=1e-5), f"softmax along {dim} sums to 1 along {dim}, got {sums}"
        check_tensor(f"softmax along {dim}", y, wanted, atol=1e-5)
        assert np.array_equal(got.argmax(axis=dim), values.argmax(axis=dim)), f"softmax along {dim} keeps the order"
    check_tensor("softmax must not change its input, which", x, values.astype(np.float32))

    check_tensor("softmax([0, 1000])", softmax(Tensor([0.0, 1000.0])), [0.0, 1.0], atol=1e-5)
    rows = Tensor([[0.0, 0.0], [1000.0, 1000.0]])
    for text, halves in (("softmax(x)", softmax(rows)), ("softmax.forward(x)", softmax.forward(rows))):
        check_tensor(f"{text} of rows of 0 and 1000", halves, np.full((2, 2), 0.5), atol=1e-3)


if __name__ == "__main__":
    test_unit_softmax()
    print("Softmax: passed")

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-test", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """The activations share one interface and work one behind the other."""
    test_unit_sigmoid()
    test_unit_relu()
    test_unit_tanh()
    test_unit_gelu()
    test_unit_softmax()

    x = Tensor(np.random.default_rng(6).normal(size=(4, 6)))
    for activation in (Sigmoid(), ReLU(), Tanh(), GELU(), Softmax()):
        name = type(activation).__name__
        assert callable(activation), f"{name} objects must be callable: {name}()(x)"
        assert hasattr(activation, "backward"), f"{name} needs a method backward, even if only a placeholder"
        data = check_shape(f"{name}().forward(x)", activation.forward(x), (4, 6))
        assert data.dtype == np.float32, f"{name} gives float32, got {data.dtype}"
        assert np.all(np.isfinite(data)), f"{name} of numbers around 0 is finite, got {data}"
        assert data.max() > data.min(), f"{name} tells its inputs apart, got {data}"

    # A fresh Tensor: an activation that writes into its input is charged in its own test.
    hidden = Tensor(np.random.default_rng(6).normal(size=(4, 6)))
    for activation in (ReLU(), Tanh(), GELU(), Sigmoid()):
        hidden = activation.forward(hidden)
    chained = check_shape("a chain that ends in Softmax", Softmax().forward(hidden, dim=1), (4, 6))
    assert np.all((chained >= 0) & (chained <= 1)), f"a chain that ends in Softmax stays between 0 and 1, got {chained}"
    assert chained.max() > chained.min(), f"a chain still tells its inputs apart, got {chained}"


if __name__ == "__main__":
    test_module()
    print("module 02: all passed")
