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
# 16 · Compression

A trained network holds far more numbers than it needs. Training wants room to search in; the answer, once found,
could be written down in less. This lesson removes what is not needed, in four ways: single weights, whole columns,
directions that a matrix hardly uses, and at last the large network itself, whose knowledge a small one learns.

**You will be able to**

- measure how sparse a model is, and say what a zero saves and what it does not;
- prune by magnitude with one threshold for a whole model, and by columns where hardware wants blocks;
- factor a matrix with the singular value decomposition, and compute from which rank on that pays;
- write the loss by which a student learns from a teacher, with temperature, and know where each factor comes from;
- put several of these in an order that makes sense, and report honestly what was gained.

**You need** modules 01–05: `Tensor`, activations, `Linear` and `Sequential`, losses, and autograd for the student's
gradient.

**You build**

| name | removes |
|---|---|
| `measure_sparsity` | nothing; it counts zeros |
| `magnitude_prune` | the smallest weights of a model |
| `structured_prune` | the weakest columns of each layer |
| `low_rank_approximate`, `factorize` | the weakest directions of a matrix |
| `KnowledgeDistillation` | the large model: a small one learns from it |
| `compress_model` | all of it, by a recipe |

```
 15  quantization             16                       17  memoization
 every number smaller   ──▶   fewer numbers      ──▶   no number computed twice  ──▶  … 20 capstone
```
"""

# %% [markdown]
"""
## Where the code lives

You write in `modules/16_compression/` of your workspace; `tito export 16` makes `tinytorch/perf/compression.py` of it:

```python
from tinytorch.perf.compression import magnitude_prune, KnowledgeDistillation
```

Pruning happens after training, to models of `core`, so it lives in `perf`. Distillation *is* training, of a special
kind; it lives here because its purpose is a smaller model.

| import | from | if it fails |
|---|---|---|
| `Tensor` | `tinytorch.core.tensor` | `tito export 01` |
| `Linear`, `Sequential`, `Dropout` | `tinytorch.core.layers` | `tito export 03` |
| `CrossEntropyLoss`, `log_softmax` | `tinytorch.core.losses` | `tito export 02 04` |
| autograd, which makes all of these record | `tinytorch.core.autograd` | `tito export 05` |

If `tinytorch` itself is not found, your workspace is not installed in this Python: see *Install* in its README, and which
kernel Jupyter has taken. The import of autograd stands first on purpose: a `log_softmax` that is imported earlier does
not record.
"""

# %%
#| default_exp perf.compression

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

# First of all: it makes what is imported below record.
import tinytorch.core.autograd
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.losses import CrossEntropyLoss, log_softmax
from tinytorch.core.tensor import Tensor


def weights_of(model):
    """List a model's weights: the parameters with two dimensions or more. Biases are not among them. Given."""
    return [each for each in model.parameters() if each.data.ndim > 1]


def linear_layers(model):
    """List a model's linear layers in order, those of chains within it, too. Given."""
    if isinstance(model, Linear):
        return [model]
    return [found for layer in model.layers for found in linear_layers(layer)] if isinstance(model, Sequential) else []

# %%
# For the tests alone, so it is not exported.
from tinytorch.core.activations import ReLU


def compare(what, got, wanted):
    """Assert that a dict has the entries that are wanted, with the numbers that are wanted."""
    for name, value in wanted.items():
        assert name in got, f"{what}: {name} is among the entries, got {sorted(got)}"
        assert np.isclose(got[name], value, rtol=1e-6, atol=1e-9), f"{what}: {name} is {value}, got {got[name]}"


def losses_while_learning(teach, x, labels, steps, rate):
    """Return the losses of a student that takes plain steps down the gradient."""
    losses = []
    for _ in range(steps):
        loss = teach.loss(x, labels)
        losses.append(float(loss.data))
        loss.backward()
        for each in teach.student.parameters():
            each.data = each.data - rate * each.grad.data
            each.grad = None
    return losses

# %% [markdown]
"""
## Why anything can go

Draw a million weights from a normal distribution, as training leaves them roughly, set the smallest to 0, and look at
what is left of their sum of squares:

```
 smallest weights removed      30 %     50 %     80 %     90 %     95 %
 left of the sum of squares    98.5 %   92.9 %   65.0 %   43.9 %   27.9 %
```

Half of the weights carry a fourteenth of the whole. A network that loses them is slightly off, and some more training
brings most of it back. Beyond 80 % or so, the removal becomes a wound and needs real training to heal.

A second reason is not in single weights but in how they lie together. A matrix of 4 · 3 numbers whose rows are nearly
multiples of one row has singular values such as 12.4, 0.1 and 0.05: nearly all that it does, it does in one direction,
and 4 + 3 numbers describe that one.

A third is that training needs more than answering does. What a large network has learned about which classes resemble
each other, a small one can learn from it, though it would not have found it in the labels.
"""

# %% [markdown]
r"""
## Measuring sparsity

$$\text{sparsity} = 100 \cdot \frac{\text{weights that are } 0}{\text{weights}} \; \%$$

```
 W₁ = [[0, 1],      W₂ = [[0],       b = [0, 0]
       [0, 3]]            [5]]

 zeros 2 + 1 of 4 + 2 weights:  50 %          biases do not count, here or anywhere below
```

**What a zero saves.** In an ordinary array, nothing: a zero takes four bytes, and is multiplied like any number. It
saves memory in a *sparse format*, which stores each value that is left with its column, and where rows begin. For
784 · 128 weights, 401,408 bytes, with four bytes each for value and column:

```
 sparsity     left        bytes       times smaller
 ──────────────────────────────────────────────────
  50 %        50,176      404,548          0.99
  70 %        30,105      243,980          1.65
  90 %        10,035       83,420          4.81
  95 %         5,017       43,276          9.28
```

At half zeros, the bookkeeping eats up all that is saved. That is why one speaks of 90 %, and not of 30.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sparsity-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def measure_sparsity(model):
    """
    Say how many of a model's weights are 0.

    TODO: return the share of zeros among all weights in per cent, a float; 0.0 for a model without weights.

    EXAMPLE:
    >>> layer = Linear(2, 2)
    >>> layer.weight = Tensor([[0, 1], [0, 3]])
    >>> measure_sparsity(layer)
    50.0

    HINT: weights_of gives the matrices. Add up zeros and sizes over all of them, and divide once.
    """
    ### BEGIN SOLUTION
    weights = weights_of(model)
    total = sum(each.data.size for each in weights)
    zeros = sum(int((each.data == 0).sum()) for each in weights)
    return 100 * zeros / total if total else 0.0
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-measure-sparsity", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_measure_sparsity():
    """Zeros are counted over all matrices together, in per cent, without biases."""
    first, second = Linear(2, 2), Linear(2, 1)
    first.weight, second.weight = Tensor([[0, 1], [0, 3]]), Tensor([[0], [5]])
    wide = Linear(10, 20)
    wide.weight = Tensor(np.arange(200).reshape(10, 20) % 8)
    cases = {
        "one matrix of four with two zeros": (first, 50.0),
        "two matrices of six with three zeros": (Sequential(first, ReLU(), Sequential(second)), 50.0),
        "matrices of 4 and 200 with 2 and 25": (Sequential(first, wide), 100 * 27 / 204),
        "a fresh layer, whose biases are 0": (Linear(9, 9), 0.0),
        "a model without weights": (Sequential(ReLU(), Dropout()), 0.0),
    }
    for text, (model, wanted) in cases.items():
        got = measure_sparsity(model)
        assert np.isclose(got, wanted, rtol=1e-6, atol=1e-9), f"{text}: {wanted:.4f} %, got {got}"


if __name__ == "__main__":
    test_unit_measure_sparsity()
    print("passed: sparsity")

# %% [markdown]
r"""
## Pruning by magnitude

Which weights matter least? The smallest, to first order: a weight's part in a sum is its size times that of its
input. Of n weights, set the ⌊sparsity · n⌋ smallest to 0:

```
 weights            [ 0.8  −0.05   0.3  −0.6   0.01  −0.2 ]
 their sizes          0.8   0.05   0.3   0.6   0.01   0.2
 sparsity 0.5: 3 of 6        ×                 ×      ×
 pruned             [ 0.8   0      0.3  −0.6   0      0   ]
```

**One threshold for all.** The sizes of all matrices are sorted together, and the size at place ⌊sparsity · n⌋ is the
threshold. So layers that hold small weights lose more of them. Two matrices of 100 · 100, one ten times as large:

```
 deviation      of 50 %     of 70 %     of 90 %
 ─────────────────────────────────────────────────
 0.05           87.9 %       100 %       100 %       gone from here
 0.5            12.1 %        40 %        80 %       gone from here
```

Where all layers have weights of the same scale, that is what one wants: the model decides where it has room. The
table also shows its danger: at 70 %, the first layer is *all* zeros, and nothing gets through. Scale by layer, or
prune each layer by its own threshold, where they differ so much.

**The traps.** The sign: `w < threshold` removes all negative weights; compare sizes. And in place: change
`weight.data`, not the layer's `weight`, for an optimizer holds on to that Tensor.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "magnitude-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def magnitude_prune(model, sparsity=0.9):
    """
    Set the smallest weights of a model to 0, in place.

    TODO: set the ⌊sparsity · n⌋ weights of least size to 0, of the n weights of all matrices together; return the
    model. A sparsity outside 0 … 1 is a ValueError.

    APPROACH:
    1. Sort the sizes of all weights.
    2. The threshold is the size at place ⌊sparsity · n⌋; infinity, where that is beyond the last.
    3. Give each weight's data a new array in which all that is smaller than the threshold is 0.

    EXAMPLE:
    >>> layer = Linear(3, 2)
    >>> layer.weight = Tensor([[0.75, 0.0625], [0.25, -0.5], [0.03125, 0.125]])
    >>> magnitude_prune(layer, 0.5).weight.data.tolist()
    [[0.75, 0.0], [0.25, -0.5], [0.0, 0.0]]

    HINT: an array times a comparison of the same shape is 0 where that is False.
    """
    ### BEGIN SOLUTION
    if not 0 <= sparsity <= 1:
        raise ValueError(f"sparsity is a share between 0 and 1, not {sparsity}")
    weights = weights_of(model)
    sizes = np.sort(np.concatenate([np.abs(each.data).ravel() for each in weights]))
    count = int(sparsity * sizes.size)
    threshold = sizes[count] if count < sizes.size else np.inf
    for each in weights:
        each.data = each.data * (np.abs(each.data) >= threshold)
    return model
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

A chain of three matrices of different scales: after pruning, the weights that are left must be exactly the largest, with
their values, for sparsities from 0 to 1. A model that is pruned already loses no more than is asked for. The weight
Tensors are the same objects, still require gradients, are float32; biases, even small ones, stay.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-magnitude-prune", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_magnitude_prune():
    """The smallest weights of all matrices together become 0, and nothing else changes."""
    random = np.random.default_rng(1)
    shapes, scales = ((8, 6), (6, 5), (5, 4)), (1.0, 0.3, 2.0)
    values = [scale * random.normal(size=shape) for shape, scale in zip(shapes, scales, strict=True)]
    values = [each.astype(np.float32) for each in values]
    sizes = np.sort(np.concatenate([np.abs(each).ravel() for each in values]))

    def network():
        layers = [Linear(*shape) for shape in shapes]
        for layer, each in zip(layers, values, strict=True):
            layer.weight, layer.bias = Tensor(each, requires_grad=True), Tensor(np.full(each.shape[1], 0.001))
        return Sequential(layers[0], ReLU(), Sequential(layers[1], ReLU()), layers[2])

    for sparsity, count in ((0.0, 0), (0.25, 24), (0.5, 49), (0.9, 88), (0.995, 97), (1.0, 98)):
        model = network()
        tensors = model.parameters()
        result = magnitude_prune(model, sparsity)
        assert result is model, "magnitude_prune returns the model that it was given"
        threshold = sizes[count] if count < 98 else np.inf
        after = model.parameters()
        for place, before in enumerate(values):
            weight, bias = after[2 * place], after[2 * place + 1]
            assert weight is tensors[2 * place], "a weight stays the same Tensor, with other data"
            expected = np.where(np.abs(before) >= threshold, before, 0)
            data = weight.data
            assert data.shape == expected.shape, f"a weight keeps its shape {expected.shape}, got {data.shape}"
            assert data.dtype == np.float32, f"weights stay float32, got {data.dtype}"
            zeros = int((data == 0).sum())
            wanted = int((expected == 0).sum())
            same = np.array_equal(data, expected)
            assert same, f"at {sparsity:.1%}, the largest weights stay: {wanted} zeros in matrix {place}, got {zeros}"
            assert weight.requires_grad is True, "a weight still requires its gradient"
            biases = bias.data
            assert np.allclose(biases, np.full(before.shape[1], 0.001), rtol=1e-6), f"biases stay 0.001, got {biases}"

    again = network()
    magnitude_prune(magnitude_prune(again, 0.4), 0.5)
    zeros = sum(int((each.data == 0).sum()) for each in again.parameters())
    assert zeros == 49, f"40 % and then 50 % leaves 49 zeros of 98, got {zeros}"
    usual = magnitude_prune(network())
    zeros = sum(int((each.data == 0).sum()) for each in usual.parameters())
    assert zeros == 88, f"by default 90 % go: 88 of 98, got {zeros}"
    for sparsity in (-0.1, 1.5):
        try:
            magnitude_prune(network(), sparsity)
        except ValueError:
            continue
        raise AssertionError(f"a sparsity of {sparsity} must be a ValueError")


if __name__ == "__main__":
    test_unit_magnitude_prune()
    print("passed: magnitudes")

# %% [markdown]
r"""
## Pruning by columns

Zeros that are strewn about help nobody who multiplies blocks. *Structured* pruning removes what a processor can skip
as a whole: here a column of W, which is everything that one output unit does. Its strength is the column's norm:

$$\|W_j\| = \sqrt{\textstyle\sum_i W_{ij}^2}$$

```
 W = [[ 3   0.1   1  −2 ],       norms   5    0.14    1.41    2.24       ratio 0.5: the 2 weakest of 4
      [ 4   0.1  −1   1 ]]                    ×       ×

     [[ 3   0     0  −2 ],       b = [ 1  0  0  4 ]      with the column goes its bias
      [ 4   0     0   1 ]]
```

⌊n · ratio⌋ of n columns go: of six at 0.33 it is one. Why the bias, too? A unit without weights but with a bias gives
the bias, always. That is not a unit that is gone.

**The last layer stays as it is.** Its columns are the classes. To remove the weakest column there is to decide that
one class shall never be named, and the loss would not even tell you loudly.

What is left behind is a model of the same shape with columns of zeros. The next step, which real tools take, is to
cut them out, and with each the row of the next layer that it feeds:

```
 Linear(784, 128), Linear(128, 10)      101,770 numbers
 half of the 128 units cut out
 Linear(784, 64), Linear(64, 10)         50,890 numbers, in ordinary arrays: half the bytes and half the FLOPs
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "structured-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def structured_prune(model, prune_ratio=0.5):
    """
    Set the weakest columns of a model's linear layers to 0, in place.

    TODO: in each linear layer but the last, set the ⌊n · prune_ratio⌋ columns of least norm to 0, and their biases;
    return the model. A ratio outside 0 … 1 is a ValueError.

    APPROACH:
    1. linear_layers lists the layers in order; leave out the last.
    2. Compute the norm of each column, and sort the columns by it.
    3. Multiply weight and bias with an array that holds 0 for the weakest columns and 1 for the others.

    EXAMPLE:
    >>> first, last = Linear(2, 4), Linear(4, 3)
    >>> first.weight = Tensor([[3, 0.1, 1, -2], [4, 0.1, -1, 1]])
    >>> structured_prune(Sequential(first, last), 0.5).layers[0].weight.data.tolist()
    [[3.0, 0.0, 0.0, -2.0], [4.0, 0.0, -0.0, 1.0]]

    HINT: np.linalg.norm takes an axis, np.argsort gives places in order of size.
    """
    ### BEGIN SOLUTION
    if not 0 <= prune_ratio <= 1:
        raise ValueError(f"prune_ratio is a share between 0 and 1, not {prune_ratio}")
    for layer in linear_layers(model)[:-1]:
        norms = np.linalg.norm(layer.weight.data, axis=0)
        stays = np.ones_like(norms)
        stays[np.argsort(norms)[: int(norms.size * prune_ratio)]] = 0
        layer.weight.data = layer.weight.data * stays
        if layer.bias is not None:
            layer.bias.data = layer.bias.data * stays
    return model
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Three layers, one of them in a chain within the chain and without a bias, at four ratios: the weakest columns are 0 and all
others as they were, with their biases; norms, not sums or largest values, decide. The last layer does not change.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-structured-prune", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_structured_prune():
    """The columns of least norm become 0 with their biases, in all linear layers but the last."""
    # Column 0 has the largest number but a small norm, column 1 a sum of 0, column 2 many small numbers.
    w1 = np.array([[1.5, 3, 1, 0.1, 2, -2], [0, -3, 1, 0.2, 2, 2], [0, 0, -1, 0.1, 0, 3], [0, 0, 1, 0, 1, -1]])
    order1 = [3, 0, 2, 4, 1, 5]
    b1 = np.array([1.0, 2, 3, 4, 5, 6])
    w2 = np.random.default_rng(2).normal(size=(6, 10))
    order2 = list(np.argsort(np.sqrt((w2**2).sum(axis=0))))
    w3, b3 = np.full((10, 3), 0.01), np.array([0.5, 0.25, 0.125])

    def network():
        first, second, third = Linear(4, 6), Linear(6, 10, bias=False), Linear(10, 3)
        first.weight, first.bias = Tensor(w1, requires_grad=True), Tensor(b1)
        second.weight, third.weight, third.bias = Tensor(w2), Tensor(w3), Tensor(b3)
        return first, second, third, Sequential(first, ReLU(), Sequential(second, ReLU()), third)

    for ratio, count1, count2 in ((0.0, 0, 0), (0.33, 1, 3), (0.5, 3, 5), (0.75, 4, 7), (1.0, 6, 10)):
        first, second, third, model = network()
        weight = first.weight
        result = structured_prune(model, ratio)
        assert result is model, "structured_prune returns the model that it was given"
        expected1, bias1, expected2 = w1.copy(), b1.copy(), w2.copy()
        expected1[:, order1[:count1]], bias1[order1[:count1]], expected2[:, order2[:count2]] = 0, 0, 0
        for text, tensor, expected in (
            ("the first weight", first.weight, expected1),
            ("the first bias", first.bias, bias1),
            ("the weight without a bias", second.weight, expected2),
            ("the last weight", third.weight, w3),
            ("the last bias", third.bias, b3),
        ):
            got = tensor.data
            assert got.shape == expected.shape, f"{text} keeps its shape {expected.shape}, got {got.shape}"
            assert np.allclose(got, expected, rtol=1e-5, atol=1e-7), f"at {ratio}, {text} is {expected}, got {got}"
        assert first.weight is weight, "a weight stays the same Tensor, with other data"
        assert second.bias is None, "a layer without a bias still has none"
    usual = network()
    structured_prune(usual[3])
    got = int((usual[0].bias.data == 0).sum())
    assert got == 3, f"by default half of the columns go: 3 of 6, got {got}"
    for ratio in (-0.5, 1.1):
        try:
            structured_prune(network()[3], ratio)
        except ValueError:
            continue
        raise AssertionError(f"a prune_ratio of {ratio} must be a ValueError")


if __name__ == "__main__":
    test_unit_structured_prune()
    print("passed: columns")

# %% [markdown]
r"""
## Fewer directions

Every matrix is a sum of simple ones, each a column times a row, and the singular value decomposition finds the sum
whose terms are sorted by importance:

$$W = U \, \text{diag}(S) \, V = \sum_{i} s_i \, u_i v_i \qquad s_1 \ge s_2 \ge \dots \ge 0$$

Keep the first r terms and you have the best matrix of rank r there is: no other is nearer to W. How far it is off is
known exactly, too, by what was left out: $\sqrt{s_{r+1}^2 + s_{r+2}^2 + \dots}$.

```
      W (m, n)            U (m, r)    S (r)    V (r, n)
  ┌─────────────┐        ┌───┐
  │             │        │   │      ┌ s₁ ┐   ┌─────────────┐
  │             │   ≈    │   │  ·   │ s₂ │ · └─────────────┘
  │             │        │   │      └ …  ┘
  └─────────────┘        └───┘
   m · n numbers          r · (m + n + 1) numbers
```

r = max(1, ⌊ratio · min(m, n)⌋). When does that pay? Where r (m + n + 1) < m n:

```
 W              ratio     r      numbers before     after     times fewer     pays up to
 ────────────────────────────────────────────────────────────────────────────────────────
 20 · 15         0.4      6              300         216         1.39          r =   8
 784 · 128       0.25    32          100,352      29,216         3.43          r = 109
 784 · 128       0.5     64          100,352      58,432         1.72          r = 109
 512 · 512       0.5    256          262,144     262,400         1.00          r = 255
```

The last row is the trap: half the rank of a square matrix saves nothing at all.

**Two small layers for a large one.** S can be multiplied into U, and then x W becomes (x U') V: a `Linear` without a
bias and one with the old bias, (m + n) r numbers and as many products. That is real: ordinary arrays, fewer bytes,
fewer FLOPs, on any machine.

```
 Linear(784, 128)   100,480        Linear(784, 32, bias=False)   25,088
                              ──▶  Linear(32, 128)                4,224      in all 29,312
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "low-rank-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def low_rank_approximate(w, rank_ratio=0.5):
    """
    Find the best approximation of a matrix by one of lower rank.

    TODO: return the arrays (U, S, V), of shapes (m, r), (r,) and (r, n), with r = max(1, ⌊rank_ratio · min(m, n)⌋).

    EXAMPLE:
    >>> U, S, V = low_rank_approximate(np.array([[3.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), 0.5)
    >>> (np.abs(U).tolist(), S.tolist(), np.abs(V).tolist())
    ([[1.0], [0.0], [0.0]], [3.0], [[1.0, 0.0]])

    HINT: np.linalg.svd(w, full_matrices=False) gives all three, sorted. Cut columns of U and rows of V.
    """
    ### BEGIN SOLUTION
    u, s, v = np.linalg.svd(w, full_matrices=False)
    rank = max(1, int(rank_ratio * min(w.shape)))
    return u[:, :rank], s[:rank], v[:rank]
    ### END SOLUTION


def factorize(linear, rank_ratio=0.5):
    """
    Make two small linear layers of a large one.

    TODO: return a Sequential of two Linears that computes nearly what the given one computes: in → r without a bias,
    and r → out with the old bias, or with none where there was none. All weights require gradients.

    EXAMPLE:
    >>> [weight.shape for weight in weights_of(factorize(Linear(20, 15), 0.4))]
    [(20, 6), (6, 15)]

    HINT: U * S multiplies each column of U by its singular value.
    """
    ### BEGIN SOLUTION
    u, s, v = low_rank_approximate(linear.weight.data, rank_ratio)
    first = Linear(linear.in_features, len(s), bias=False)
    second = Linear(len(s), linear.out_features)
    first.weight, second.weight = Tensor(u * s, requires_grad=True), Tensor(v, requires_grad=True)
    second.bias = linear.bias
    return Sequential(first, second)
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

For three shapes and five ratios: the shapes of U, S and V, that S is what NumPy's singular values say, and that
U diag(S) V misses W by exactly what the theorem says, which no worse choice does. Then a factored layer must compute
x U S V + b, hold the numbers that the formula promises, and have weights that can be trained on.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-low-rank", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_low_rank():
    """The approximation is the best of its rank, and two layers compute it."""
    random = np.random.default_rng(3)
    cases = (((20, 15), 0.4, 6), ((20, 15), 0.5, 7), ((6, 30), 1.0, 6), ((9, 9), 0.05, 1), ((30, 6), 0.34, 2))
    for shape, ratio, rank in cases:
        w = random.normal(size=shape)
        singular = np.linalg.svd(w, compute_uv=False)
        u, s, v = low_rank_approximate(w.copy(), ratio)
        for text, part, wanted in (("U", u, (shape[0], rank)), ("S", s, (rank,)), ("V", v, (rank, shape[1]))):
            assert part.shape == wanted, f"for {shape} at {ratio}, {text} has shape {wanted}, got {part.shape}"
        assert np.allclose(s, singular[:rank], rtol=1e-5), f"S is the largest singular values {singular[:rank]}, got {s}"
        apart = np.sqrt(((u * s @ v - w) ** 2).sum())
        best = np.sqrt((singular[rank:] ** 2).sum())
        assert np.isclose(apart, best, rtol=1e-4, atol=1e-5), f"U diag(S) V misses W by {best}, got {apart}"
    usual = low_rank_approximate(random.normal(size=(20, 15)))[1]
    assert usual.shape == (7,), f"by default half of the rank stays: 7 of 15, got {usual.shape}"

    w, b, x = random.normal(size=(20, 15)), random.normal(size=15), random.normal(size=(4, 20))
    u, s, v = np.linalg.svd(w, full_matrices=False)
    linear, bare = Linear(20, 15), Linear(20, 15, bias=False)
    linear.weight, linear.bias, bare.weight = Tensor(w), Tensor(b), Tensor(w)
    expected = x @ (u[:, :6] * s[:6]) @ v[:6]
    for layer, added, numbers in ((linear, b, 225), (bare, 0, 210)):
        pair = factorize(layer, 0.4)
        sizes = [(each.in_features, each.out_features) for each in pair.layers]
        assert sizes == [(20, 6), (6, 15)], f"layers of 20 → 6 and 6 → 15 take the place of one, got {sizes}"
        y = pair(Tensor(x)).data
        assert y.shape == (4, 15), f"they give shape (4, 15), got {y.shape}"
        assert np.allclose(y, expected + added, rtol=1e-3, atol=1e-4), f"x U S V + b is {expected + added}, got {y}"
        held = sum(each.data.size for each in pair.parameters())
        assert held == numbers, f"at rank 6 they hold {numbers} numbers, got {held}"
        needed = [each.requires_grad for each in weights_of(pair)]
        assert needed == [True, True], f"both weights require gradients, got {needed}"
    assert np.allclose(linear.weight.data, w, rtol=1e-5, atol=1e-6), "the layer itself stays as it was"
    given = len(factorize(bare).layers[0].parameters()), len(factorize(linear).layers[0].parameters())
    assert given == (1, 1), f"the first of the two has no bias: one parameter, got {given}"


if __name__ == "__main__":
    test_unit_low_rank()
    print("passed: directions")

# %% [markdown]
r"""
## A student learns from a teacher

A label says: this is a 3. A trained teacher says more: a 3, somewhat like an 8, not at all like a 1. These *soft
targets* carry in one example what labels would need many for. The student is trained to give the teacher's
probabilities p, by the divergence of its own, q:

$$KL(p \,\|\, q) = \sum_c p_c \, (\log p_c - \log q_c)$$

It is 0 where the two agree and positive elsewhere. **The order matters.** With the teacher first, the student pays
for every class that the teacher thinks possible and it does not. Turned round, a student may ignore what it likes.

**Temperature.** A good teacher is too sure: [8, 2, 1] gives 0.997 to the first class, and what it knows of the others
is lost in the third decimal. Divide all scores, the teacher's and the student's, by T before the softmax:

```
 teacher's scores [2, 1, 0]        softmax of scores / T          KL to a student of zeros      times T²
 ─────────────────────────────────────────────────────────────────────────────────────────────────────────
 T = 1                             0.6652  0.2447  0.0900         0.266217                      0.266217
 T = 2                             0.5065  0.3072  0.1863         0.078421                      0.313684
 T = 3                             0.4484  0.3213  0.2302         0.036035                      0.324315
 T = 10                            0.3672  0.3322  0.3006         0.003325                      0.332502
```

**Why T²?** Softer distributions are nearer to each other, so the divergence shrinks, by about 1/T² as the table shows,
and its gradient with it. Multiplied by T², the loss keeps its size, and one may try temperatures without choosing all
else anew.

**The whole loss** mixes both sources, each averaged over the batch of n:

$$L = \alpha \, T^2 \, \frac{1}{n} \sum_{\text{rows}} KL(p \,\|\, q) + (1 - \alpha) \, \text{cross-entropy}(\text{student},
\text{labels})$$

with the student's scores undivided in the second term.

```
 x ──▶ teacher, as after training ──▶ scores / T ──▶ p  (constants: no gradient goes there)
  │                                                   │
  └──▶ student, training ──▶ scores ──▶ / T ──▶ q ──▶ T² KL(p ‖ q) ──▶ · α ─────┐
                               │                                               (+) ──▶ L
                               └──────────▶ cross-entropy with labels ──▶ · (1 − α)┘
```

**The traps.** All logarithms must come from `log_softmax`; the logarithm of a softmax is −∞ where a probability rounds
to 0. The teacher's scores are data: `Tensor(scores.data)` leaves the graph. Without it, backward would train the
teacher to please the student. And a sum over the batch in place of a mean makes the first term n times too heavy.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "distillation-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def with_training(model, x, *, training):
    """Return model(x), and let dropouts know whether this is training. Given."""
    return model(x, training=training) if isinstance(model, Dropout | Sequential) else model(x)


class KnowledgeDistillation:
    """A teacher, a student, and the loss by which the one learns from the other."""

    def __init__(self, teacher, student, temperature=3.0, alpha=0.7):
        """
        Keep both models and the two settings.

        TODO: set teacher, student, temperature and alpha. A temperature that is not positive, and an alpha outside
        0 … 1, is a ValueError.
        """
        ### BEGIN SOLUTION
        if temperature <= 0:
            raise ValueError(f"a temperature is positive, not {temperature}")
        if not 0 <= alpha <= 1:
            raise ValueError(f"alpha is a share between 0 and 1, not {alpha}")
        self.teacher, self.student = teacher, student
        self.temperature, self.alpha = temperature, alpha
        ### END SOLUTION

    def distillation_loss(self, student_logits, teacher_logits, labels):
        """
        Measure how far the student is from the teacher and from the labels.

        TODO: return a Tensor of shape (), alpha · T² · KL(teacher ‖ student) + (1 - alpha) · cross-entropy, both
        averaged over the rows. A gradient reaches student_logits and nothing else.

        APPROACH:
        1. log p: the log_softmax of a new Tensor of the teacher's data, divided by T.
        2. log q: the log_softmax of student_logits / T. Compute with Tensors from here on.
        3. Sum p · (log p - log q) over everything, and multiply with T² / (how many rows).
        4. Mix with the CrossEntropyLoss of the student's scores and the labels.

        EXAMPLE:
        >>> teach = KnowledgeDistillation(None, None, temperature=3.0, alpha=1.0)
        >>> loss = teach.distillation_loss(Tensor([[0, 0, 0]]), Tensor([[2, 1, 0]]), Tensor([0]))
        >>> round(loss.data.item(), 6)
        0.324315

        HINT: p is a Tensor of np.exp of log p's data.
        """
        ### BEGIN SOLUTION
        log_p = log_softmax(Tensor(teacher_logits.data / self.temperature))
        log_q = log_softmax(student_logits / self.temperature)
        p = Tensor(np.exp(log_p.data))
        soft = (p * (log_p - log_q)).sum() * (self.temperature**2 / len(p.data))
        hard = CrossEntropyLoss()(student_logits, labels)
        return soft * self.alpha + hard * (1 - self.alpha)
        ### END SOLUTION

    def loss(self, x, labels):
        """
        Compute the loss of a batch.

        TODO: return the distillation_loss of what the student gives for x while training and the teacher gives after
        training.

        HINT: with_training(model, x, training=...) calls either.
        """
        ### BEGIN SOLUTION
        taught = with_training(self.teacher, x, training=False)
        return self.distillation_loss(with_training(self.student, x, training=True), taught, labels)
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The numbers of the table, with alpha = 1. Then, for four rows, five classes and several temperatures and mixtures, the
whole loss against NumPy in float64, and the gradient of the student's scores against central differences. The
teacher's scores must get no gradient. Scores of 2,000 must give a finite loss. At last a student's loss for a batch,
whose teacher has a dropout that must keep still, while that of the student must not.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-distillation", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_distillation():
    """The loss is alpha T² KL(teacher ‖ student) + (1 - alpha) cross-entropy, averaged, with the student's gradient."""

    def log_shares(scores):
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.log(powers / powers.sum(axis=1, keepdims=True))

    def computed(student, teacher, labels, temperature, alpha):
        log_p, log_q = log_shares(teacher / temperature), log_shares(student / temperature)
        soft = temperature**2 * (np.exp(log_p) * (log_p - log_q)).sum(axis=1).mean()
        return alpha * soft - (1 - alpha) * log_shares(student)[np.arange(len(labels)), labels].mean()

    for temperature, wanted in ((1.0, 0.266217), (2.0, 0.313684), (3.0, 0.324315), (10.0, 0.332502)):
        teach = KnowledgeDistillation(None, None, temperature=temperature, alpha=1.0)
        got = teach.distillation_loss(Tensor([[0, 0, 0]]), Tensor([[2, 1, 0]]), Tensor([0]))
        assert isinstance(got, Tensor), f"the loss is a Tensor, not a {type(got).__name__}"
        data = got.data
        assert data.shape == (), f"the loss has shape (), got {data.shape}"
        assert np.isclose(data, wanted, rtol=1e-4, atol=0), f"at T = {temperature} the loss is {wanted}, got {data}"

    random = np.random.default_rng(4)
    student, teacher, labels = random.normal(size=(4, 5)), 2 * random.normal(size=(4, 5)), np.array([0, 3, 4, 3])
    for temperature, alpha in ((3.0, 0.7), (1.0, 0.5), (2.0, 0.0), (5.0, 1.0), (0.5, 0.2)):
        text = f"T = {temperature}, alpha = {alpha}"
        wanted = computed(student, teacher, labels, temperature, alpha)
        slopes = np.zeros((4, 5))
        for place in np.ndindex(4, 5):
            step = np.zeros((4, 5))
            step[place] = 1e-6
            up, down = (computed(student + each, teacher, labels, temperature, alpha) for each in (step, -step))
            slopes[place] = (up - down) / 2e-6
        teach = KnowledgeDistillation(None, None, temperature=temperature, alpha=alpha)
        told, known = Tensor(student, requires_grad=True), Tensor(teacher, requires_grad=True)
        got = teach.distillation_loss(told, known, Tensor(labels))
        assert np.isclose(got.data, wanted, rtol=1e-4, atol=1e-5), f"for {text} the loss is {wanted}, got {got.data}"
        got.backward()
        assert told.grad is not None, f"for {text} the student's scores get a gradient"
        gradient = told.grad.data
        assert gradient.shape == (4, 5), f"for {text} the gradient has shape (4, 5), got {gradient.shape}"
        assert np.allclose(gradient, slopes, rtol=1e-3, atol=1e-5), f"for {text} the gradient is {slopes}, got {gradient}"
        assert known.grad is None, f"the teacher's scores get no gradient, got {known.grad}"
        assert np.allclose(known.data, teacher, rtol=1e-5, atol=1e-6), "the loss must not change the teacher's scores"

    usual = KnowledgeDistillation("teacher", "student")
    settings = usual.teacher, usual.student, usual.temperature, usual.alpha
    assert settings == ("teacher", "student", 3.0, 0.7), f"by default T is 3 and alpha 0.7, got {settings}"
    far = usual.distillation_loss(Tensor([[0, 2000.0]]), Tensor([[0, 2000.0]]), Tensor([1])).data
    assert np.isclose(far, 0, rtol=0, atol=1e-5), f"a student that agrees at scores of 2,000 has a loss of 0, got {far}"

    w1, w2, x = random.normal(size=(3, 5)), random.normal(size=(3, 5)), random.normal(size=(4, 3))
    first, second = Linear(3, 5, bias=False), Linear(3, 5, bias=False)
    first.weight, second.weight = Tensor(w1), Tensor(w2)
    for dropped in (0.0, 1.0):
        teach = KnowledgeDistillation(Sequential(first, Dropout(1.0)), Sequential(second, Dropout(dropped)))
        wanted = computed(x @ w2 * (1 - dropped), x @ w1, labels, 3.0, 0.7)
        got = teach.loss(Tensor(x), Tensor(labels)).data
        assert np.isclose(got, wanted, rtol=1e-4, atol=1e-5), f"a batch whose student drops {dropped}: {wanted}, got {got}"
    for temperature, alpha in ((0, 0.5), (-1.0, 0.5), (3.0, -0.1), (3.0, 1.1)):
        try:
            KnowledgeDistillation(None, None, temperature, alpha)
        except ValueError:
            continue
        raise AssertionError(f"temperature {temperature} with alpha {alpha} must be a ValueError")


if __name__ == "__main__":
    test_unit_distillation()
    print("passed: distillation")

# %% [markdown]
"""
## A recipe for a model

The ways can be combined, and the order is not free:

```
 1. structured_prune     whole columns first: it looks at norms, which the others would change
 2. low_rank             then the directions; a Linear becomes two only where that holds fewer numbers
 3. magnitude_prune      single weights last: zeros would not survive a factorization
```

Turn the last two round, and a matrix that was 90 % zeros is replaced by two that have none.

`compress_model` takes the recipe as a dict, and says what came of it. A recipe with a word that it does not know must
be refused: a `"low-rank"` that is silently ignored looks like a compression that did no harm.

```
 compress_model(model, {"structured_prune": 0.5, "magnitude_prune": 0.9})

 original_parameters   parameters   nonzero_parameters   sparsity   compression_ratio      applied
 before                after        that are not 0       of weights original / nonzero     in order
```

`compression_ratio` counts what a sparse format would hold, without its bookkeeping; the table under *Measuring
sparsity* says what that adds.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "compress-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def factorize_layers(model, rank_ratio):
    """
    Factorize the linear layers of a chain, in place, where that holds fewer numbers.

    TODO: replace each Linear in model.layers by its factorize where the weights of that are fewer numbers than its
    own; do the same in chains within.

    EXAMPLE:
    >>> model = Sequential(Linear(30, 20), Linear(20, 20))
    >>> factorize_layers(model, 0.5)
    >>> [type(layer).__name__ for layer in model.layers]
    ['Sequential', 'Linear']
    """
    ### BEGIN SOLUTION
    for place, layer in enumerate(model.layers):
        if isinstance(layer, Sequential):
            factorize_layers(layer, rank_ratio)
        elif isinstance(layer, Linear):
            pair = factorize(layer, rank_ratio)
            if sum(each.data.size for each in weights_of(pair)) < layer.weight.data.size:
                model.layers[place] = pair
    ### END SOLUTION


def compress_model(model, config):
    """
    Compress a model by a recipe, in place.

    TODO: config is a dict with some of structured_prune, low_rank and magnitude_prune, each with its share. Apply them
    in this order, whatever the dict's is, and return a dict of original_parameters, parameters, nonzero_parameters,
    sparsity, compression_ratio and applied. Other words in config are a ValueError, and change nothing.

    APPROACH:
    1. Refuse unknown words.
    2. Count the parameters; apply the steps; count again, with np.count_nonzero, too.
    3. sparsity is measure_sparsity's; compression_ratio is original_parameters / nonzero_parameters; applied lists the
       steps in order.

    EXAMPLE:
    >>> stats = compress_model(Sequential(Linear(30, 20), Linear(20, 5)), {"low_rank": 0.2})
    >>> stats["original_parameters"], stats["parameters"], stats["applied"]
    (725, 250, ['low_rank'])
    """
    ### BEGIN SOLUTION
    steps = {"structured_prune": structured_prune, "low_rank": factorize_layers, "magnitude_prune": magnitude_prune}
    if not config.keys() <= steps.keys():
        raise ValueError(f"a recipe knows {list(steps)}, not {sorted(config.keys() - steps.keys())}")
    original = sum(each.data.size for each in model.parameters())
    applied = [name for name in steps if name in config]
    for name in applied:
        steps[name](model, config[name])
    nonzero = sum(int(np.count_nonzero(each.data)) for each in model.parameters())
    return {
        "original_parameters": original,
        "parameters": sum(each.data.size for each in model.parameters()),
        "nonzero_parameters": nonzero,
        "sparsity": measure_sparsity(model),
        "compression_ratio": original / nonzero,
        "applied": applied,
    }
    ### END SOLUTION

# %% [markdown]
"""
## Putting them together

The last test compresses a network of three layers by each step alone and by all of them, compares every number of the
report, and looks whether the result still computes what it should. Then it trains a student of 15 numbers to imitate
a teacher whose labels it never sees (alpha = 1), by plain steps down the gradient, and wants nine tenths of the
distance gone.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-compression-integration", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_compression_integration():
    """Recipes are applied in order and reported, and a student learns from its teacher."""
    test_unit_measure_sparsity()
    test_unit_magnitude_prune()
    test_unit_structured_prune()
    test_unit_low_rank()
    test_unit_distillation()

    random = np.random.default_rng(6)
    w1, w2, w3, b = (*(random.normal(size=size) for size in ((30, 20), (20, 20), (20, 4))), np.full(20, 0.5))

    def network():
        first, second, third = Linear(30, 20), Linear(20, 20, bias=False), Linear(20, 4)
        first.weight, first.bias, second.weight = Tensor(w1), Tensor(b), Tensor(w2)
        third.weight, third.bias = Tensor(w3), Tensor(np.ones(4))
        return Sequential(first, ReLU(), Sequential(Dropout(0.5), second), third)

    # (recipe, parameters, parameters that are not 0, zeros among the weights, weights, what was applied)
    cases = (
        ({}, 1_104, 1_104, 0, 1_080, []),
        ({"magnitude_prune": 0.9}, 1_104, 132, 972, 1_080, ["magnitude_prune"]),
        ({"structured_prune": 0.25}, 1_104, 849, 250, 1_080, ["structured_prune"]),
        ({"low_rank": 0.5}, 972, 972, 0, 948, ["low_rank"]),
        ({"low_rank": 1.0}, 1_104, 1_104, 0, 1_080, ["low_rank"]),
        ({"low_rank": 0.1}, 228, 228, 0, 204, ["low_rank"]),
        ({"magnitude_prune": 0.5, "low_rank": 0.1}, 228, 126, 102, 204, ["low_rank", "magnitude_prune"]),
    )
    for recipe, parameters, nonzero, zeros, weights, applied in cases:
        model = network()
        got = compress_model(model, dict(recipe))
        wanted = {"original_parameters": 1_104, "parameters": parameters, "nonzero_parameters": nonzero}
        wanted |= {"sparsity": 100 * zeros / weights, "compression_ratio": 1_104 / nonzero}
        compare(recipe, got, wanted)
        assert got["applied"] == applied, f"{recipe}: applied is {applied}, got {got['applied']}"
        y = model.forward(Tensor(np.zeros((3, 30))), training=False).data
        assert y.shape == (3, 4), f"{recipe}: the model still gives shape (3, 4), got {y.shape}"

    x = random.normal(size=(6, 30))
    model = network()
    applied = compress_model(model, {"magnitude_prune": 0.0, "low_rank": 1.0, "structured_prune": 0.0})["applied"]
    assert applied == ["structured_prune", "low_rank", "magnitude_prune"], f"the steps have one order, got {applied}"
    wanted = np.maximum(0, x @ w1 + b) @ w2 @ w3 + 1
    got = model.forward(Tensor(x), training=False).data
    assert got.shape == (6, 4), f"the model gives shape (6, 4), got {got.shape}"
    assert np.allclose(got, wanted, rtol=1e-3, atol=1e-3), "a recipe of shares that take nothing away changes nothing"
    for recipe in ({"low-rank": 0.5}, {"magnitude_prune": 0.9, "magic": 1}):
        model = network()
        try:
            compress_model(model, recipe)
        except ValueError:
            zeros = int((model.layers[0].weight.data == 0).sum())
            assert zeros == 0, f"a recipe that is refused changes nothing, got {zeros} zeros"
            continue
        raise AssertionError(f"the recipe {recipe} must be a ValueError")

    # An untrained student would be at 1/3 for each class.
    teacher, student = Linear(2, 3), Sequential(Linear(2, 2), Linear(2, 3))
    teacher.weight, teacher.bias = Tensor([[2.0, -1.0, 0.0], [0.0, 1.0, -2.0]]), Tensor([0.5, 0.0, -0.5])
    inner, outer = student.layers
    inner.weight = Tensor([[0.3, -0.2], [0.1, 0.4]], requires_grad=True)
    outer.weight = Tensor([[0.1, -0.1, 0.0], [0.0, 0.2, -0.1]], requires_grad=True)
    teach = KnowledgeDistillation(teacher, student, temperature=2.0, alpha=1.0)
    points, labels = Tensor(random.normal(size=(40, 2))), Tensor(np.zeros(40))
    losses = losses_while_learning(teach, points, labels, 50, 0.6)
    assert np.all(np.isfinite(losses)), f"the student's losses are finite, got {losses[:3]} … {losses[-3:]}"
    assert losses[0] > 0.1, f"at first the student is far from its teacher, got {losses[0]}"
    assert losses[-1] < 0.1 * losses[0], f"a student comes near its teacher: {losses[0]} must fall to a tenth, got {losses[-1]}"
    agree = (teacher(points).data.argmax(axis=1) == student(points).data.argmax(axis=1)).mean()
    assert agree > 0.9, f"a student names the classes that its teacher names, got {agree:.0%}"


if __name__ == "__main__":
    test_compression_integration()
    print("passed: the module")

# %% [markdown]
"""
## The pattern, and a comparison

All four ways are one loop around a judgement of importance:

```python
for part in parts_of(model):                 # a weight, a column, a direction
    if importance(part) < threshold:         # its size, its norm, its singular value
        remove(part)
train_some_more(model)                       # and let the rest take over
```

```
 way            unit         importance      what is left           saves on any machine?
 ──────────────────────────────────────────────────────────────────────────────────────────
 magnitude      a weight     |w|             a matrix with holes    no: needs a sparse format
 structured     a column     norm            whole columns          yes, once they are cut out
 low rank       a direction  singular value  two thin matrices      yes, at once
 distillation   the model    –               another model          yes, whatever its form
```

The last line of the loop is not decoration. Pruning in steps, 50 %, train, 70 %, train, 90 %, train, keeps far more
accuracy than 90 % at once, for at each step the weights that are left can take over from those that go.

## Which one when

| use | take | because | not when |
|---|---|---|---|
| a download must be small | magnitude, then a sparse file | zeros compress well | less than 70 % can go |
| inference must be fast on a CPU | structured, cut out | smaller arrays, ordinary code | layers are narrow already |
| one matrix is most of the model | low rank | one layer changes, no training | its singular values fall slowly |
| another architecture is wanted | distillation | the student may be anything | there is no data to teach with |
| everything at once | distill, then quantize (15) | the gains multiply | nobody measures accuracy |

## Three pipelines

**A search engine's ranker**, 340 million parameters, a budget of 10 ms.

```
 distill to 66 million with T = 3 ──▶ structured_prune 0.25, cut out, train on ──▶ bytes (15) ──▶ measure (14)
```

**A language model's output layer**, 768 · 50,000 = 38.4 million weights.

```
 singular values ──▶ half of the squares in 96 directions ──▶ factorize at 0.125: 96 · 50,768 = 4.9 million
```

**A camera model that must fit into 256 kB.** It has 400,000 weights: 1.6 MB.

```
 prune 50, 70, 85 %, training between ──▶ 60,000 left ──▶ a byte each and two for the column: 180 kB
```

## In production

`torch.nn.utils.prune` keeps a mask beside each weight and multiplies it in at every forward pass, so that training
cannot fill the holes again; ours would be filled by the next step of an optimizer unless the mask is applied after
it. NVIDIA's tensor cores skip zeros if exactly two of every four weights are 0, a pattern between strewn and
structured. DistilBERT was distilled as you did it: 40 % fewer parameters, 97 % of the score. Low rank came back as
LoRA: not the weights are factored, but the *change* that fine-tuning makes to them.

## Pitfalls

- **Comparing signed weights.** Symptom: all weights that are left are positive. Look at `weight.data.min()`.
- **A threshold for each layer** where one for all was meant. Symptom: every layer is equally sparse. Print
  `measure_sparsity(layer)` for each.
- **A layer that is gone.** Symptom: the output no longer depends on the input. The same print shows 100 %.
- **Replaced Tensors.** Symptom: training after pruning changes nothing. Compare `layer.weight is before`.
- **Zeros that come back.** Symptom: sparsity falls while training on. Measure it after each epoch.
- **KL turned round, or no T².** Symptom: none; it trains, a little worse. Only a number from a table shows it, so
  compute one: 0.324315.
- **A teacher that learns.** Symptom: both come to agree on something wrong. Look at the gradients of the teacher's
  parameters: they must be None.

## What it costs

| step | cost, for n weights |
|---|---|
| `magnitude_prune` | one sort of n sizes: about n · log₂ n comparisons, and n numbers for the moment |
| `structured_prune` | n products for the norms |
| `low_rank_approximate` of (m, n) | of the order of m · n · min(m, n) products: some min(m, n) forward passes of one example, a few times over, once |
| a distillation step | the student's three passes (forward, and backward twice as much) and one of the teacher |
| what is saved later | zeros: nothing by themselves; columns and directions: their share of bytes and FLOPs, in every pass |

A teacher of ten times the student's size makes a step 13/3 times as expensive as one without it. If the data are
seen often, compute the teacher's scores once and keep them.

## Look ahead

Lesson 17 saves work that was done before, where this lesson saved work that need not be done. Lesson 18 does what is
left in a better order. The capstone asks for a report such as `compress_model` gives, with accuracy beside it.

## Questions to think about

1. A ReLU follows a layer whose columns you prune by norm. Can a column of small norm matter more than one of large
   norm? What would you have to look at besides the weights?
2. Your test set is balanced, and after pruning the accuracy falls by 0.5 %. What might have happened to a class that
   is rare in the training set? How would you find out?
3. A student is distilled with alpha = 1 on unlabelled data. Can it become better than its teacher? Where would that
   come from?

## Summary

You have taken weights, columns and directions away from a network, and had a small network learn from a large one.
You know which zeros save something, from which rank on a factorization pays, and where T² comes from.

```
tito module complete 16
```

checks your work, exports it and marks the lesson as done. Lesson 17 turns to what a transformer computes again and
again.
"""
