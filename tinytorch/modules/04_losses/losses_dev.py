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

**When you are done, you can**

- say why a network is trained on a loss and not on the share of its right answers;
- compute the logarithm of a softmax for scores of any size;
- write mean squared error, cross-entropy and binary cross-entropy, each as one finite number;
- read a loss: what it is for a model that knows nothing, and what a value far above that means;
- choose a loss for a new problem, and refuse inputs that only seem to fit.

**You need** module 01 (`Tensor` and its `mean`) and what module 02 says about softmax. The last test uses `Sigmoid`
from there and `Linear` from module 03.

**You build**

| part | compares | formula, before the mean |
|---|---|---|
| `log_softmax` | scores with each other | xᵢ − log Σ eˣʲ |
| `MSELoss` | numbers with numbers | (ŷ − y)² |
| `CrossEntropyLoss` | scores with class numbers | −log softmax(scores)[class] |
| `BinaryCrossEntropyLoss` | probabilities with yes or no | −(y log p + (1 − y) log(1 − p)) |

**The way here and on**

```
 03 layers                  04 losses                    05 autograd
 ┌──────────────────┐       ┌─────────────────────┐      ┌──────────────────────┐
 │ a chain that     │ ────▶ │ one number: how     │ ───▶ │ how does that number │
 │ gives answers    │   y   │ wrong were they?    │ loss │ change with each W?  │
 └──────────────────┘       └─────────────────────┘      └──────────────────────┘
```

**Where it lives**: you write in `modules/04_losses/` of your workspace, and `tito export 04` makes
`tinytorch/core/losses.py` of the cells that begin with `#| export`:

```python
from tinytorch.core.losses import MSELoss, CrossEntropyLoss, BinaryCrossEntropyLoss, log_softmax
```

They share a file because they share a shape: predictions and targets go in, one number comes out.

**It depends on** NumPy and `tinytorch.core.tensor`, and for the last test alone on `tinytorch.core.activations` and
`tinytorch.core.layers`. If one of these cannot be imported, export the module that it comes from: `tito export 01`,
`tito export 02` or `tito export 03`.
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
r"""
## Why not count the right answers?

Two classifiers look at four pictures. Here are the probabilities that each gives to the true class; an answer is
right if that is more than ½:

```
                       picture 1   2       3       4          right      mean of −log p
 A guesses             0.51        0.51    0.51    0.49       3 of 4     0.6833
 B knows               0.99        0.99    0.99    0.49       3 of 4     0.1859
```

The share of right answers cannot tell them apart. Worse, it does not tell a network what to do: move a weight by a
little, and no answer flips. It is a staircase, and nobody can say on a step of it which way is down. A loss is a
slope:

```
 p of the truth        0.30     0.40     0.49     0.51     0.60     0.90
 right?                no       no       no       yes      yes      yes
 −log p                1.204    0.916    0.713    0.673    0.511    0.105      every step to the right pays
```

So networks are trained on losses, and people are told the share.

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
`forward`. The pattern, for a loss that we do not build, the mean distance:

```python
class DistanceLoss:
    def forward(self, predictions, targets):
        assert_same_shape(predictions, targets)               # 1. refuse what does not belong together
        apart = np.abs(predictions.data - targets.data)       # 2. compare one by one
        return Tensor(apart.mean())                           # 3. one number, in a Tensor
```

## Surprise

Two losses of this lesson come from one idea. If a model gives the truth the probability p, its *surprise* is −log p:

```
 5 │
   │
 4 │●
   │
 3 │ ●●
   │   ●●
 2 │     ●●●
   │        ●●●●●●
 1 │              ●●●●●●●●●
   │                       ●●●●●●●●●●●●●●●
 0 ┼──────────────────────────────────────●●●●●●●●●●●●
   0         0.2       0.4       0.6       0.8       1   p
```

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

The scores keep their distances; they are only shifted until their exponentials sum to 1. What comes out is never
positive, and nearest to 0 for the likeliest class.

**The trap.** For the scores [0, 200], softmax gives e⁻²⁰⁰ for the first, which float32 rounds to 0, and the logarithm
of 0 is −∞. A loss of ∞ ends a training run. Yet the right answer, −200, is quite an ordinary number:

```
 scores       softmax of the first      its logarithm      log_softmax
 [0, 10]      4.5 · 10⁻⁵                −10.00005          −10.00005
 [0, 50]      1.9 · 10⁻²²               −50                −50
 [0, 100]     3.8 · 10⁻⁴⁴               −99.98             −100          digits are running out
 [0, 104]     0                         −∞                 −104
 [0, 200]     0                         −∞                 −200
```

So take the logarithm by formula and never of a softmax, and shift by the maximum m so that no exponential overflows:

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

Squares make errors of both signs count, and large ones most: one error of 2 costs as much as four of 1. That is what
one wants if errors are noise, and not if some targets are simply wrong. For one prediction for all of 1, 2, 3 and
100, the squares want their mean; distances are content with anything between 2 and 3:

```
 prediction for all       mean of squares      mean of distances
 26.5, the mean           1,801.25             36.75
 2.5, in the middle       2,377.25             25
```

**The trap.** A network for one number gives predictions of shape (4, 1), and the targets often have shape (4,).
Broadcasting makes the differences (4, 4): everything is compared with everything.

```
 predictions (4, 1)      targets (4,)          differences (4, 4)
 [ 1 ]                                         [ 0 -1 -2 -3 ]
 [ 2 ]               −   [ 1  2  3  4 ]   =    [ 1  0 -1 -2 ]       mean of the squares: 2.5
 [ 3 ]                                         [ 2  1  0 -1 ]       as it should be: 0, the diagonal
 [ 4 ]                                         [ 3  2  1  0 ]
```

For predictions that equal their targets the loss is then 2.5 instead of 0, and training makes all predictions equal
to the mean. So refuse shapes that differ.
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

Know two landmarks. A model that knows nothing gives C classes equal scores, and its loss is log C. If training begins
far above that, the first layer's weights are too large; if it stays there, nothing is learned. And a model that is
right and sure of it has a loss near 0.

```
 classes C                          2         10        1,000      50,000
 knows nothing: log C               0.6931    2.3026    6.9078     10.8198
```

The logits go in as they are. A softmax before this loss would be the second one, and would keep the loss of a perfect
classifier of ten classes above 1.46: with probabilities of 1 and nine times 0 for its scores, it gives the truth no
more than e / (e + 9) = 0.232.

**The traps.** Picking is indexing with two arrays, one of rows and one of columns. And −1 is a valid index: a wrong
class number like that would silently stand for the last class.

```
 t (3, 4), classes [2, 0, 3]
 t[np.arange(3), classes]     (3,)      row 0 column 2, row 1 column 0, row 2 column 3
 t[:, classes]                (3, 3)    every row, at all three columns
```
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

It is cross-entropy for two classes, of which the first has the score 0: softmax([0, x]) is [1 − σ(x), σ(x)]. Where an
example can have several labels at once, each label is a question of its own, and the predictions have a column for
each:

```
                 cat     outdoors     at night
 p  (2, 3)     [ 0.9     0.6          0.1 ]
               [ 0.2     0.7          0.8 ]          six questions, one mean
```

**The trap.** A sigmoid reaches 0 and 1 in float32, and log 0 is −∞; worse, 0 · log 0 is `nan`, so that even a perfect
prediction breaks the loss. The cure is to keep p between ε and 1 − ε, with ε = 10⁻⁷ (`EPSILON`).

```
 p        y     without ε         with ε
 1        1     nan               0.0000001      right, and no harm done
 0        1     ∞                 16.12          −log 10⁻⁷
 1        0     ∞                 15.94          the float32 number nearest to 1 − 10⁻⁷ is 1 − 1.19 · 10⁻⁷
```

Clip a new array, not the caller's.
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
r"""
## What you have built, compared

| | `MSELoss` | `CrossEntropyLoss` | `BinaryCrossEntropyLoss` |
|---|---|---|---|
| predictions | numbers, any shape | logits (n, C) | probabilities, any shape |
| targets | numbers, the same shape | class numbers (n,) | 0 or 1, the same shape |
| what stands before it | a linear layer | a linear layer | a sigmoid |
| perfect | 0 | near 0, never 0 in theory | near 0 |
| knows nothing | the variance of the targets | log C | log 2 = 0.6931 |
| as wrong as can be | no limit, grows with the square | no limit, grows with the score | 16.12, by ε |
| slope for one prediction (05) | 2 (ŷ − y) / n | (softmax − one-hot) / n | (p − y) / (p (1 − p)) / n |

## Which one?

| use | for example | because | not when |
|---|---|---|---|
| `MSELoss` | a price, a temperature, the next frame | large errors hurt most, the slope is simple | some targets are wildly wrong; classes |
| `CrossEntropyLoss` | one digit of ten, the next word | the slope is what was said less what was right | several classes can be right at once |
| `BinaryCrossEntropyLoss` | spam or not; several labels | each question stands by itself | exactly one label is right |
| `log_softmax` alone | comparing texts by how likely they are | sums of logarithms do not round to 0 | you want probabilities to show: softmax |

**Three pipelines**, from input to the one number:

```
 house price    x (64, 13) ─▶ layers ─▶ (64, 1) ─▶ MSELoss ◀── prices (64, 1)
 digits         x (64, 784) ─▶ layers ─▶ logits (64, 10) ─▶ CrossEntropyLoss ◀── classes (64,)
 photo labels   x (64, 512) ─▶ layers ─▶ (64, 20) ─▶ Sigmoid ─▶ BinaryCrossEntropyLoss ◀── answers (64, 20)
```

## In production

PyTorch's losses have the same names (`nn.MSELoss`, `nn.CrossEntropyLoss`; `nn.BCELoss` is our third) and take a
`reduction`: "mean" as here, "sum", or "none" for one loss per example. `CrossEntropyLoss` also takes weights for rare
classes, an index to ignore (padding in texts) and label smoothing. Where there is a sigmoid before the loss,
libraries offer `BCEWithLogitsLoss`, which does for the sigmoid what `log_softmax` does for the softmax: it takes the
logits and needs no ε. `nn.BCELoss` itself bounds the logarithms, at −100, where we bound the probabilities.

PyTorch's `MSELoss` only warns where shapes differ, and broadcasts. Ours refuses.

## Pitfalls, and how to find them

- **Probabilities into `CrossEntropyLoss`.** It takes logits. A second softmax flattens them and slows learning down.
  *To find it*: rows of logits that sum to 1 are none. The loss of ten classes never falls below 1.46.
- **The logarithm of a softmax.** One exponential that rounds to 0 is a loss of ∞. Use `log_softmax`. *To find it*:
  put in the scores [0, 200]; nothing may be infinite.
- **(n, 1) and (n,).** The classic silent bug of regression. *To find it*: predictions that equal their targets must
  give 0. Print both shapes.
- **Sum or mean.** With a sum, the step size that was right for one batch size is wrong for another. *To find it*: the
  loss of a batch and that of the same batch twice over are equal.
- **0 · log 0.** In floats that is `nan`, and `nan` spreads to every weight in one step. *To find it*: try p = 1
  with y = 1, the best prediction there is.
- **Float class numbers.** A Tensor holds float32; turn the targets into integers before they are an index. *To find
  it*: NumPy says `arrays used as indices must be of integer (or boolean) type`.
- **A loss that starts too high.** *To find it*: compare the first value with log C. Twice that means that the network
  is sure of nonsense before it has seen anything: its weights are too large.
- **Leaving Tensors too early.** `float(loss.data)` is for printing. What is computed from it has no way back to the
  weights. *To find it*: in module 05, a `grad` that stays None.

## What it costs

Count for a batch of n examples with C classes:

| | exponentials and logarithms | other operations | arrays of the predictions' size |
|---|---|---|---|
| `MSELoss` | 0 | 3n, and one division | 4 |
| `CrossEntropyLoss` | n C, and n logarithms | about 4 n C | 4 |
| `BinaryCrossEntropyLoss` | 2n logarithms | about 8n | 8 |

That is little beside the layer before it. A layer of 128 units that makes C scores takes 2 · 128 = 256 operations for
each score, and the loss an exponential and four. The exception is memory, for a language model with 50,000 classes:

```
 32 texts of 1,024 words                        32,768 rows of logits
 50,000 classes                                 1,638,400,000 numbers
 4 bytes for each                               6.6 GB
 log_softmax makes four arrays of that size     26 GB
```

Real implementations fuse the steps, or work through the batch in parts.

## What comes next

- **05 autograd** finds how each of these numbers changes with every weight. The slopes stand in the comparison above.
- **06 optimizers** uses them to take a step; **07 training** repeats that until the loss no longer falls.
- **13 transformers** predict the next word with the cross-entropy of this lesson.
- **16 compression** teaches a small network with the probabilities of a large one, and compares two distributions.

## To think about

1. A classifier of two classes can end in two scores and cross-entropy, or in one score, a sigmoid and binary
   cross-entropy. Show that the losses are equal, and say what each costs.
2. Of 1,000 examples, 990 are of class 0. What is the loss of a model that always says so with p = 0.99? What is its
   share of right answers, and what would you change?
3. Texts differ in length. One can take the mean over all words of a batch, or first over each text and then over the
   texts. Which texts count more in the first? Which would you want?

## Summary

You can measure: `MSELoss` for numbers, `CrossEntropyLoss` for classes, `BinaryCrossEntropyLoss` for yes or no, all of
them stable and each of them one number. When `tito check 04` is green, close the module:

```
tito module complete 04
```

Module 05 asks how that number changes when the parameters do.
"""
