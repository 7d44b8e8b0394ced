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
# 04 · Losses

A network makes predictions, and training makes them better. Better by what measure? A *loss* compares predictions
with targets and gives one number: 0 where they agree, larger the more they differ. Training is nothing but the search
for parameters that make this number small. This lesson builds the three losses that most networks are trained with,
and the function that keeps two of them from breaking down when a network is very sure of itself.

**You need** module 01 (`Tensor` and its `mean`) and what module 02 says about softmax. The last test uses `Sigmoid`
from there and `Linear` from module 03.

**You build**

| part | compares | formula, before the mean |
|---|---|---|
| `log_softmax` | scores with each other | xᵢ − log Σ eˣʲ |
| `MSELoss` | numbers with numbers | (ŷ − y)² |
| `CrossEntropyLoss` | scores with class numbers | −log softmax(scores)[class] |
| `BinaryCrossEntropyLoss` | probabilities with yes or no | −(y log p + (1 − y) log(1 − p)) |

**Where it lives**: what you write here is exported to `tinytorch/core/losses.py`:

```python
from tinytorch.core.losses import MSELoss, CrossEntropyLoss, BinaryCrossEntropyLoss, log_softmax
```

**It depends on** NumPy and `tinytorch.core.tensor`, and on nothing else.
"""

# %%
#| default_exp core.losses

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.tensor import Tensor

# How near to 0 and 1 a probability may come before its logarithm is taken.
EPSILON = 1e-7

# %%
# For the last test alone, so these are not exported.
from tinytorch.core.activations import Sigmoid
from tinytorch.core.layers import Linear

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "checks", "locked": true, "schema_version": 3, "solution": false, "task": false}
def check_shape(text, got, shape):
    """Check that an answer is a whole Tensor of the given shape, and return its array."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    data = got.data
    assert isinstance(data, np.ndarray), f"{text}: its data must be an array, not {type(data).__name__}"
    assert data.shape == shape, f"{text} has shape {shape}, got {data.shape}"
    assert got.shape == shape, f"{text}: its shape is that of its data, {shape}, got {got.shape}"
    return data


def check_numbers(text, got):
    """Check that an answer is a Tensor of float32 numbers, of whatever shape, and return them."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    data = got.data
    assert isinstance(data, np.ndarray), f"{text}: its data must be an array, not {type(data).__name__}"
    assert data.dtype == np.float32, f"{text} is float32, got {data.dtype}"
    assert data.size > 0, f"{text} holds at least one number, got {data}"
    assert np.all(np.isfinite(data)), f"{text} is finite, got {data}"
    return data


def check_tensor(text, got, expected, rtol=0, atol=0):
    """Compare an answer with the numbers that it must hold: first the shape, then every one of them."""
    expected = np.asarray(expected)
    data = check_shape(text, got, expected.shape)
    assert np.allclose(data, expected, rtol=rtol, atol=atol), f"{text} is {expected}, got {data}"

# %% [markdown]
"""
## One number

Whatever the batch, a loss is a Tensor of shape (), a single number. It is the **mean** over the batch, not the sum,
so that the loss of 10 examples and that of 1,000 can be compared, and so that the size of a training step does not
depend on the size of the batch.

```
 predictions (batch, ...)  ─┐
                            ├─▶ compare one by one ─▶ mean ─▶ loss, shape ()
 targets     (batch, ...)  ─┘
```

Every loss here has `forward(predictions, targets)`, and calling the object is the same. The call is given; you write
`forward`.

Two losses of this lesson come from one idea. If a model gives the truth the probability p, its *surprise* is
−log p:

| p | 0.99 | 0.9 | 0.5 | 0.1 | 0.01 |
|---|---|---|---|---|---|
| −log p | 0.0101 | 0.1054 | 0.6931 | 2.3026 | 4.6052 |

Certainty of the truth costs nothing, certainty of something else costs without limit. The sum of surprises is the
negative logarithm of the product of the probabilities: a model with the smallest loss is the one under which what
really happened is most probable.
"""

# %% [markdown]
r"""
## log_softmax

A classifier gives scores, softmax makes probabilities of them, and the loss takes their logarithm. In one step:

$$\log \text{softmax}(x)_i = \log \frac{e^{x_i}}{\sum_j e^{x_j}} = x_i - \log \sum_j e^{x_j}$$

```
 scores        [  1.0      2.0      3.0    ]
 softmax       [  0.0900   0.2447   0.6652 ]
 log_softmax   [ -2.4076  -1.4076  -0.4076 ]     scores - 3.4076
```

The scores keep their distances; they are only shifted until their exponentials sum to 1.

**The trap.** For the scores [0, 200], softmax gives e⁻²⁰⁰ for the first, which float32 rounds to 0, and the logarithm
of 0 is −∞. A loss of ∞ ends a training run. Yet the right answer, −200, is quite an ordinary number. So take the
logarithm by formula and never of a softmax, and shift by the maximum m so that no exponential overflows:

$$\log \text{softmax}(x)_i = (x_i - m) - \log \sum_j e^{x_j - m}$$

The sum contains e⁰ = 1 for the largest score, so it is at least 1, and its logarithm is finite.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "log-softmax-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def log_softmax(x, dim=-1):
    """
    Compute the logarithm of the softmax along one dimension.

    TODO: return a new Tensor with log(softmax(x)), finite for scores of any size.

    APPROACH:
    1. Subtract the maximum along dim from x.data.
    2. Take the exponential, the sum along dim, and the logarithm of the sum.
    3. Subtract that logarithm from the shifted scores, and wrap the result in a new Tensor.

    EXAMPLE:
    >>> log_softmax(Tensor([1.0, 2.0, 3.0])).data.round(4)
    array([-2.4076, -1.4076, -0.4076], dtype=float32)

    HINT: keepdims=True keeps the maximum and the sum in line with the scores.
    """
    ### BEGIN SOLUTION
    shifted = x.data - np.max(x.data, axis=dim, keepdims=True)
    return Tensor(shifted - np.log(np.sum(np.exp(shifted), axis=dim, keepdims=True)))
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Known values; a block of shape (2, 3, 4) along each of its dimensions and without `dim`, against NumPy in float64;
scores in the thousands and a score 1,000 below the largest, which the logarithm of a softmax turns into −∞; a row of
zeros beside a row of thousands, which the maximum of the whole array would spoil; and that x keeps its values.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_log_softmax", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_log_softmax():
    """log_softmax gives the logarithms of probabilities along any dimension, for scores of any size."""
    y, expected = log_softmax(Tensor([1.0, 2.0, 3.0])), [-2.407606, -1.407606, -0.407606]
    check_tensor("log_softmax([1, 2, 3])", y, expected, atol=1e-5)
    assert y.data.dtype == np.float32, f"log_softmax gives float32, got {y.data.dtype}"

    values = np.random.default_rng(1).normal(size=(2, 3, 4)) * 3
    x = Tensor(values.copy())
    cases = {f"dim={dim}": (log_softmax(x, dim=dim), dim) for dim in (0, 1, 2, -1)} | {"no dim": (log_softmax(x), -1)}
    for text, (y, dim) in cases.items():
        wanted = values - np.log(np.exp(values).sum(axis=dim, keepdims=True))
        check_tensor(f"log_softmax with {text}", y, wanted, atol=1e-5)
    check_tensor("log_softmax must not change its input, which", x, values.astype(np.float32))

    far = {
        (1000.0, 1001.0, 1002.0): expected,
        (-1000.0, 0.0): [-1000.0, 0.0],
        (5000.0, -5000.0): [0.0, -10000.0],
    }
    for scores, wanted in far.items():
        check_tensor(f"log_softmax({list(scores)})", log_softmax(Tensor(scores)), wanted, rtol=1e-6, atol=1e-4)
    rows = log_softmax(Tensor([[0.0, 0.0], [1000.0, 1000.0]]))
    check_tensor("log_softmax of rows of 0 and 1000, -log 2,", rows, np.full((2, 2), -0.693147), atol=1e-4)


if __name__ == "__main__":
    test_unit_log_softmax()
    print("log_softmax: passed")

# %% [markdown]
r"""
## MSELoss

For numbers (a price, a temperature) the usual loss is the mean of the squared errors:

$$\text{MSE} = \frac{1}{n} \sum_i (\hat{y}_i - y_i)^2$$

```
 predictions  [ 2.5   0.0   2.1 ]
 targets      [ 3.0  -0.5   2.0 ]
 differences  [-0.5   0.5   0.1 ]
 squares      [ 0.25  0.25  0.01]     mean 0.17
```

Squares make errors of both signs count, and large ones most: one error of 2 costs as much as four of 1.

**The trap.** A network for one number gives predictions of shape (4, 1), and the targets often have shape (4,).
Broadcasting makes the differences (4, 4): everything is compared with everything. For the predictions 1, 2, 3, 4 and
the very same targets the loss is then 2.5 instead of 0, and training makes all predictions equal to the mean. So
refuse shapes that differ.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mse-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class MSELoss:
    """The mean of the squared differences."""

    def forward(self, predictions, targets):
        """
        Compare numbers with numbers.

        TODO: return a Tensor of shape () with the mean of (prediction - target)².

        APPROACH:
        1. Refuse shapes that differ with a ValueError: broadcasting would compare everything with everything.
        2. Subtract, square, take the mean.

        EXAMPLE:
        >>> round(MSELoss().forward(Tensor([1, 2, 3]), Tensor([1, 2, 5])).data.item(), 4)
        1.3333

        HINT: Tensors subtract, multiply and have a mean. There is no need for their data here.
        """
        ### BEGIN SOLUTION
        if predictions.shape != targets.shape:
            raise ValueError(f"predictions of shape {predictions.shape} and targets of shape {targets.shape}")
        difference = predictions - targets
        return (difference * difference).mean()
        ### END SOLUTION

    def __call__(self, predictions, targets):
        """Compute the loss, as PyTorch's modules do when they are called."""
        return self.forward(predictions, targets)

# %% [markdown]
"""
### What the test checks

Values for several shapes against NumPy in float64, in both ways of calling; 0 for equal inputs; a Tensor of shape ();
that shapes that differ are a ValueError, even where broadcasting would take them; and that nothing is changed.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_mse_loss", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_mse_loss():
    """MSELoss gives the mean of the squared differences as one number and refuses shapes that differ."""
    loss, random = MSELoss(), np.random.default_rng(2)
    for shape in ((5,), (4, 3), (6, 1), (2, 3, 4)):
        predicted, true = random.normal(size=shape), random.normal(size=shape) * 2
        predictions, targets = Tensor(predicted.copy()), Tensor(true.copy())
        wanted = np.mean((predicted - true) ** 2)
        for text, got in (("loss(p, t)", loss(predictions, targets)), ("forward", loss.forward(predictions, targets))):
            check_tensor(f"{text} of {predicted}, {true}", got, wanted, rtol=1e-5, atol=1e-7)
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
        check_tensor("MSELoss must not change the predictions, which", predictions, predicted.astype(np.float32))
        check_tensor("MSELoss must not change the targets, which", targets, true.astype(np.float32))
    check_tensor("the loss of [1, -2] for [1, -2]", loss(Tensor([1.0, -2.0]), Tensor([1.0, -2.0])), 0.0)
    for left, right in (((4, 1), (4,)), ((4,), (4, 1)), ((2, 3), (3,)), ((3,), ()), ((4,), (3,))):
        try:
            got = loss.forward(Tensor(np.ones(left)), Tensor(np.ones(right)))
        except ValueError:
            continue
        raise AssertionError(f"predictions of shape {left} and targets of shape {right}: ValueError, not {got}")


if __name__ == "__main__":
    test_unit_mse_loss()
    print("MSELoss: passed")

# %% [markdown]
r"""
## CrossEntropyLoss

A classifier gives each example one score per class, the *logits*. The target is the number of the true class. The
loss is the mean surprise:

$$\text{CE} = -\frac{1}{n} \sum_i \log \text{softmax}(x_i)_{c_i}$$

```
 logits (2, 3)          log_softmax                       true class     picked
 [ 2  1  0 ]            [ -0.4076  -1.4076  -2.4076 ]         0          -0.4076
 [ 0  0  0 ]            [ -1.0986  -1.0986  -1.0986 ]         2          -1.0986
                                                                mean, sign: 0.7531
```

Know two landmarks. A model that knows nothing gives C classes equal scores, and its loss is log C: 0.6931 for two
classes, 2.3026 for ten. If training begins far above that, the first layer's weights are too large; if it stays
there, nothing is learned. And a model that is right and sure of it has a loss near 0.

The logits go in as they are. A softmax before this loss would be the second one, and would keep the loss of a perfect
classifier of ten classes above 1.46.

**The traps.** Picking is indexing with two arrays, one of rows and one of columns: `t[np.arange(n), classes]` has n
elements, `t[:, classes]` has n². And −1 is a valid index: a wrong class number like that would silently stand for the
last class.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "cross-entropy-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class CrossEntropyLoss:
    """How surprised a classifier is by the true classes."""

    def forward(self, logits, targets):
        """
        Compare scores with class numbers.

        TODO: return a Tensor of shape () with the mean of -log(probability of the true class).

        APPROACH:
        1. Turn targets.data into integers.
        2. Refuse with a ValueError: logits that are not of shape (batch, classes), targets that are not of shape
           (batch,), and class numbers that do not exist. A negative one would silently count from the end.
        3. Take the log_softmax of the logits.
        4. Pick each row's entry for its true class, take the mean, and change the sign.

        EXAMPLE:
        >>> round(CrossEntropyLoss().forward(Tensor([[2, 1, 0], [0, 0, 0]]), Tensor([0, 2])).data.item(), 4)
        0.7531

        HINT: t[np.arange(3), classes] picks one entry of each of three rows, for Tensors as for arrays.
        """
        ### BEGIN SOLUTION
        classes = targets.data.astype(int)
        if len(logits.shape) != 2 or classes.shape != logits.shape[:1]:
            raise ValueError(f"logits of shape {logits.shape} and targets of shape {classes.shape}")
        if np.any((classes < 0) | (classes >= logits.shape[1])):
            raise ValueError(f"class numbers go from 0 to {logits.shape[1] - 1}")
        log_probabilities = log_softmax(logits)
        return -log_probabilities[np.arange(len(classes)), classes].mean()
        ### END SOLUTION

    def __call__(self, logits, targets):
        """Compute the loss, as PyTorch's modules do when they are called."""
        return self.forward(logits, targets)

# %% [markdown]
"""
### What the test checks

Batches of one, of 4 and of 7 examples with 2 to 5 classes against NumPy in float64, in both ways of calling; less
than 0.01 for a model that is right and sure; log C for equal scores; scores of a thousand, for the right class and
for a wrong one; one number, of shape (). Shapes that do not belong together and classes that do not exist are a
ValueError, and nothing is changed.

Your loss stands on your `log_softmax`. If that one is wrong, mend it first.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_cross_entropy_loss", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_cross_entropy_loss():
    """CrossEntropyLoss gives the mean surprise at the true classes, for scores of any size."""
    loss, random = CrossEntropyLoss(), np.random.default_rng(3)
    for classes, true in ((3, (2, 0, 1, 2)), (5, (3,)), (2, (0, 1, 1, 0, 1, 0, 0))):
        scores = random.normal(size=(len(true), classes)) * 3
        logits, targets = Tensor(scores.copy()), Tensor(true)
        wanted = np.mean([np.log(np.exp(row).sum()) - row[each] for row, each in zip(scores, true, strict=True)])
        for text, got in (("loss(x, t)", loss(logits, targets)), ("forward", loss.forward(logits, targets))):
            check_tensor(f"{text} of {scores}, {true}", got, wanted, rtol=1e-5, atol=1e-5)
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
        check_tensor("CrossEntropyLoss must not change the logits, which", logits, scores.astype(np.float32))
        check_tensor("CrossEntropyLoss must not change the targets, which", targets, true)

    sure = loss(Tensor([[10.0, 0.0, 0.0], [0.0, 0.0, 10.0]]), Tensor([0, 2]))
    check_tensor("the loss of a model that is right and sure", sure, np.log(1 + 2 * np.exp(-10)), atol=1e-5)
    assert sure.data < 0.01, f"a model that is right and sure has a loss below 0.01, got {sure.data}"
    equal = loss(Tensor(np.full((4, 5), 2.5)), Tensor([0, 1, 2, 4]))
    check_tensor("the loss of equal scores of 5 classes, log 5,", equal, np.log(5), rtol=1e-5)
    for target, wanted in ((0, 0.0), (1, 1000.0)):
        got = loss(Tensor([[1000.0, 0.0]]), Tensor([target]))
        check_tensor(f"the loss of scores [1000, 0] and class {target}", got, wanted, rtol=1e-6, atol=1e-6)

    shapes = (((3, 4), [0, 1]), ((3, 4), np.eye(3, 4)), ((4,), 1), ((2,), [0, 1]), ((2, 3, 4), [0, 1]))
    for shape, classes in (*shapes, ((2, 4), [0, -1]), ((2, 4), [0, 4])):
        targets = np.array(classes).tolist()
        try:
            got = loss.forward(Tensor(np.ones(shape)), Tensor(classes))
        except ValueError:
            continue
        raise AssertionError(f"logits of shape {shape} and targets {targets}: ValueError, not {got}")


if __name__ == "__main__":
    test_unit_cross_entropy_loss()
    print("CrossEntropyLoss: passed")

# %% [markdown]
r"""
## BinaryCrossEntropyLoss

For a question with two answers one probability p is enough: that the answer is yes. If it is yes (y = 1) the surprise
is −log p, if it is no (y = 0) it is −log(1 − p), and one formula says both:

$$\text{BCE} = -\frac{1}{n} \sum_i \big( y_i \log p_i + (1 - y_i) \log(1 - p_i) \big)$$

```
 p   [ 0.9     0.2    ]
 y   [ 1       0      ]
     [ 0.1054  0.2231 ]     mean 0.1643
```

**The trap.** A sigmoid reaches 0 and 1 in float32, and log 0 is −∞; worse, 0 · log 0 is `nan`, so that even a perfect
prediction breaks the loss. The cure is to keep p between ε and 1 − ε, with ε = 10⁻⁷ (`EPSILON`). An answer that is as
wrong as can be then costs −log 10⁻⁷ = 16.12. (With p = 1 and y = 0 it is 15.94, because the float32 number nearest to
1 − 10⁻⁷ is 1 − 1.19 · 10⁻⁷.) Clip a new array, not the caller's.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "binary-cross-entropy-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class BinaryCrossEntropyLoss:
    """How surprised a yes-or-no prediction is by the answer."""

    def forward(self, predictions, targets):
        """
        Compare probabilities with answers.

        TODO: return a Tensor of shape () with the mean of -(y log(p) + (1 - y) log(1 - p)).

        APPROACH:
        1. Refuse shapes that differ with a ValueError.
        2. Keep the probabilities between EPSILON and 1 - EPSILON, in a new array.
        3. Compute the formula with NumPy, and wrap the mean in a Tensor.

        EXAMPLE:
        >>> round(BinaryCrossEntropyLoss().forward(Tensor([0.9, 0.2]), Tensor([1, 0])).data.item(), 4)
        0.1643

        HINT: np.clip(values, lowest, highest) makes a new array.
        """
        ### BEGIN SOLUTION
        if predictions.shape != targets.shape:
            raise ValueError(f"predictions of shape {predictions.shape} and targets of shape {targets.shape}")
        p, y = np.clip(predictions.data, EPSILON, 1 - EPSILON), targets.data
        return Tensor(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        ### END SOLUTION

    def __call__(self, predictions, targets):
        """Compute the loss, as PyTorch's modules do when they are called."""
        return self.forward(predictions, targets)

# %% [markdown]
"""
### What the test checks

Values for several shapes against NumPy in float64, in both ways of calling; probabilities of exactly 0 and 1, right
(a loss of nearly 0) and wrong (between 15 and 17); one number, of shape (); shapes that differ; and that nothing is
changed, not even probabilities that had to be clipped.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_binary_cross_entropy_loss", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_binary_cross_entropy_loss():
    """BinaryCrossEntropyLoss gives the mean surprise at yes and no, and survives probabilities of 0 and 1."""
    loss, random = BinaryCrossEntropyLoss(), np.random.default_rng(4)
    for shape in ((5,), (4, 3), (6, 1), (2, 3, 4)):
        p, y = random.uniform(0.02, 0.98, size=shape), random.integers(2, size=shape)
        predictions, targets = Tensor(p.copy()), Tensor(y.copy())
        wanted = -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))
        for text, got in (("loss(p, y)", loss(predictions, targets)), ("forward", loss.forward(predictions, targets))):
            check_tensor(f"{text} of {p}, {y}", got, wanted, rtol=1e-4, atol=1e-5)
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
        check_tensor("the loss must not change the predictions, which", predictions, p.astype(np.float32))
        check_tensor("the loss must not change the targets, which", targets, y)

    extreme = Tensor([0.0, 1.0])
    check_tensor("the loss of 0 and 1 where they are right", loss(extreme, Tensor([0, 1])), 0.0, atol=1e-4)
    check_tensor("clipping must not change the predictions, which", extreme, [0, 1])
    for p, y in ((0.0, 1), (1.0, 0)):
        got = loss(Tensor([p]), Tensor([y]))
        check_tensor(f"the loss of a probability of {p} where the answer is {y}, about 16,", got, 16.0, atol=1.0)

    for left, right in (((4, 1), (4,)), ((2, 3), (3,)), ((4,), (3,))):
        try:
            got = loss.forward(Tensor(np.full(left, 0.5)), Tensor(np.ones(right)))
        except ValueError:
            continue
        raise AssertionError(f"predictions of shape {left} and targets of shape {right}: ValueError, not {got}")


if __name__ == "__main__":
    test_unit_binary_cross_entropy_loss()
    print("BinaryCrossEntropyLoss: passed")

# %% [markdown]
"""
## Putting them together

What a loss is for is to tell better from worse. The last test moves predictions step by step towards the targets and
expects each loss to fall with every step. Then it puts losses where they belong, at the end of a network: a `Linear`
layer gives scores for `CrossEntropyLoss`, a `Sigmoid` makes probabilities for `BinaryCrossEntropyLoss`.

```
 x ─▶ Linear(4, 3) ─────────────▶ scores (6, 3) ──▶ CrossEntropyLoss       ◀── classes (6,)
 x ─▶ Linear(4, 1) ─▶ Sigmoid ──▶ p (6, 1) ───────▶ BinaryCrossEntropyLoss ◀── answers (6, 1)
```
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_module", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """Losses tell better predictions from worse ones and stand at the end of a network."""
    test_unit_log_softmax()
    test_unit_mse_loss()
    test_unit_cross_entropy_loss()
    test_unit_binary_cross_entropy_loss()

    ways = {
        "MSELoss": (MSELoss(), np.array([[4.0], [-2.0]]), np.array([[1.0], [0.5]]), Tensor([[1.0], [0.5]])),
        "CrossEntropyLoss": (CrossEntropyLoss(), np.array([[0, 2.0], [1, 0.5]]), np.array([[3, 0], [-1, 2.0]]), Tensor([0, 1])),
        "BinaryCrossEntropyLoss": (BinaryCrossEntropyLoss(), np.array([0.2, 0.6]), np.array([0.9, 0.1]), Tensor([1, 0])),
    }
    for name, (loss, worst, best, targets) in ways.items():
        falling = []
        for step in (0, 0.25, 0.5, 0.75, 1):
            data = check_numbers(name, loss.forward(Tensor(worst + step * (best - worst)), targets))
            falling.append(float(data.sum()))
        assert np.all(np.diff(falling) < 0), f"{name} falls as predictions come nearer to the targets, got {falling}"

    random = np.random.default_rng(5)
    x, classes, answers = Tensor(random.normal(size=(6, 4))), Tensor([0, 1, 2, 2, 1, 0]), Tensor([[0], [1], [1], [0], [1], [0]])
    scores = Linear(4, 3).forward(x)
    probabilities = Sigmoid().forward(Linear(4, 1).forward(x))
    for name, loss, predictions, targets in (
        ("MSELoss", MSELoss(), probabilities, answers),
        ("CrossEntropyLoss", CrossEntropyLoss(), scores, classes),
        ("BinaryCrossEntropyLoss", BinaryCrossEntropyLoss(), probabilities, answers),
    ):
        check_numbers(f"{name} of a network's outputs", loss.forward(predictions, targets))


if __name__ == "__main__":
    test_module()
    print("module 04: all passed")

# %% [markdown]
"""
## In production

PyTorch's losses have the same names (`nn.MSELoss`, `nn.CrossEntropyLoss`; `nn.BCELoss` is our third) and take a
`reduction`: "mean" as here, "sum", or "none" for one loss per example. `CrossEntropyLoss` also takes weights for rare
classes, an index to ignore (padding in texts) and label smoothing. Where there is a sigmoid before the loss,
libraries offer `BCEWithLogitsLoss`, which does for the sigmoid what `log_softmax` does for the softmax: it takes the
logits and needs no ε.

PyTorch's `MSELoss` only warns where shapes differ, and broadcasts. Ours refuses.

## Pitfalls

- **Probabilities into `CrossEntropyLoss`.** It takes logits. A second softmax flattens them and slows learning down.
- **The logarithm of a softmax.** One exponential that rounds to 0 is a loss of ∞. Use `log_softmax`.
- **(n, 1) and (n,).** The classic silent bug of regression. Print shapes, or refuse them.
- **Sum or mean.** With a sum, the step size that was right for one batch size is wrong for another.
- **0 · log 0.** In floats that is `nan`, and `nan` spreads to every weight in one step.
- **Float class numbers.** A Tensor holds float32; turn the targets into integers before they are an index.

## Performance

A loss looks at every prediction once or twice and costs little beside the layers before it, with one exception: a
language model with 50,000 classes. For a batch of 32 texts of 1,024 tokens its logits are 32 · 1024 · 50,000 = 1.6
billion numbers, 6.6 GB in float32, and log_softmax makes several arrays of that size. Real implementations fuse the
steps, or work through the batch in parts.

## Summary

You can measure: `MSELoss` for numbers, `CrossEntropyLoss` for classes, `BinaryCrossEntropyLoss` for yes or no, all of
them stable and each of them one number. Module 05 asks how that number changes when the parameters do.
"""
