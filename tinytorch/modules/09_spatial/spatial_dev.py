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
r"""
# 09 · Spatial

A `Linear` layer takes an image for a row of numbers and forgets which were neighbours. This lesson builds the layers
that know: a small kernel that slides over the image and asks the same question everywhere, pooling, which keeps the
answers and drops the exact place, and batch normalization, which keeps the numbers in a range where training works.

**When you are through, you can**

- say how large the result of any kernel, stride and padding is, and how many numbers it costs;
- write convolution and pooling without a loop over pixels, and their gradients;
- explain what batch normalization remembers, and why a model with it answers differently while it trains;
- build a convolutional network and check every gradient in it against a measurement.

**You need** module 01 (`Tensor`), module 03 (`Layer`) and module 05 (`Function`); `ReLU` of module 02 for the network.
The last test also uses `Linear` and the cross-entropy of module 04.

**You build**

| class | each number of its result is | parameters |
|---|---|---|
| `Conv2d` | the sum of a window times a kernel, and a bias | kernels and biases |
| `MaxPool2d` | the largest number of a window | none |
| `AvgPool2d` | the mean of a window | none |
| `BatchNorm2d` | a number, shifted and scaled by what its channel is like | a scale and a shift for each channel |
| `SimpleCNN` | a feature: convolution, ReLU, pooling, twice | those of its convolutions |

**The way here and on**

```
 08 DataLoader           09 Spatial                          14 Profiling
 batches of images  ──▶  (B, C, H, W) ──▶ features     ──▶  what does all this cost?
                              │
                              ▼
                         10 to 13 leave images for text
```

**Where it lives**: you write it in `modules/09_spatial/spatial_dev.py`, and `tito export 09` copies the marked cells to
`tinytorch/core/spatial.py`. It is named after the space that its layers know about; later lessons import it as

```python
from tinytorch.core.spatial import AvgPool2d, BatchNorm2d, Conv2d, MaxPool2d, SimpleCNN
```

**It imports** NumPy and `tinytorch.core`'s tensor, layers, activations and autograd. If an import fails:

| message | cause | cure |
|---|---|---|
| `No module named 'tinytorch.core.autograd'` | that lesson has not been exported | `tito export 05` (02, 03 … likewise) |
| `No module named 'tinytorch'` | your workspace is not installed in this Python | *Install* in the workspace's README; in Jupyter, the kernel of its `.venv` |
| `cannot import name 'Function'` | an old export | `tito export 05` |
"""

# %%
#| default_exp core.spatial

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.activations import ReLU
from tinytorch.core.autograd import Function
from tinytorch.core.layers import Layer
from tinytorch.core.tensor import Tensor

# %%
# For the last test alone, so they are not exported.
from tinytorch.core.layers import Linear
from tinytorch.core.losses import CrossEntropyLoss

# %% [markdown]
r"""
## Why not a Linear layer?

A colour image of 32 × 32 has 3 · 32 · 32 = 3,072 numbers. Say that we want 16 new numbers for each of its 1,024
places. What does it cost?

| | sees | weights |
|---|---|---|
| `Linear(3072, 16384)` | everything, everywhere | 3,072 · 16,384 = 50,331,648 |
| 16 kernels of 3 × 3 on 3 channels | nine neighbours, in three channels | 16 · 3 · 3 · 3 = 432 |

The second has 116,508 times fewer weights, and that is not its main virtue. Take a bar of three bright pixels, and
move it by one place:

```
 0 0 0 0 0 0        0 0 0 0 0 0
 0 1 1 1 0 0        0 0 0 0 0 0
 0 0 0 0 0 0   ──▶  0 0 1 1 1 0
 0 0 0 0 0 0        0 0 0 0 0 0
```

To the Linear layer these are two unrelated rows of numbers: not one pixel is 1 in both. Whatever its weights have
learned about the first bar says nothing about the second. A kernel that fits the bar in one place fits it in every
place, and its answer moves along with the bar.

Two assumptions are built in, and both are true of photographs: **what belongs together is close together**, and **a
thing is the same thing wherever it is**. Where they are false, as in a table of patients in which column 4 is age and
column 5 is blood pressure, a convolution is the wrong tool.
"""

# %% [markdown]
r"""
## Windows

Everything in this lesson looks at an image through a small window. Images come as (B, C, H, W): batch, channels,
height, width. A window is kh high and kw wide; it starts in the corner, and moves by `stride`:

```
 4×4, kernel 2, stride 1: 3×3 windows       stride 2: 2×2 windows        padding 1: 0 all around
 ┌─────┐                                    ┌─────┬─────┐                 0 0 0 0 0 0
 │ 0  1│ 2  3        0 [1  2] 3             │ 0  1│ 2  3│                 0 ┌─────┐ 0
 │ 4  5│ 6  7   ──▶  4 [5  6] 7   ──▶ …     │ 4  5│ 6  7│                 0 │ 4×4 │ 0
 └─────┘                                    ├─────┼─────┤                 0 │     │ 0
   8  9 10 11                               │ 8  9│10 11│                 0 └─────┘ 0
  12 13 14 15                               │12 13│14 15│                 0 0 0 0 0 0
```

How many fit? A window of k needs k places, and each step another s. With padding p on both sides of n places:

$$\text{out} = \left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1$$

| n | k | s | p | out | |
|---|---|---|---|---|---|
| 32 | 3 | 1 | 0 | 30 | a border is lost |
| 32 | 3 | 1 | 1 | 32 | the size is kept: p = (k − 1)/2 |
| 32 | 3 | 2 | 1 | 16 | halved |
| 32 | 2 | 2 | 0 | 16 | halved: the usual pooling |
| 5 | 2 | 2 | 0 | 2 | the last place is in no window |
| 224 | 7 | 2 | 3 | 112 | the first layer of a ResNet |

Seven nested loops, over batch, output channels, places and kernels, would do all of this. For one image and the first
layer of `SimpleCNN` the innermost line would run 442,368 times, in Python. So the two helpers below are given. `windows` shows all windows at once, as a *view*: six directions that look at the same numbers, none of which
is copied. `fold` is the way back for gradients: it adds up each window's numbers at the places where they came from.

```
 windows                                     fold
 (B, C, H, W) ──▶ (B, C, rows, columns,      (B, C, rows, columns, kh, kw) ──▶ (B, C, H, W)
                   kh, kw)
 1 2 3   ──▶  [1 2] [2 3]                    [a b] [c d]  ──▶  a  b+c  d
```

The middle number is in two windows, so it gets two gradients, and they add up. That is the rule of module 05, where
ways meet again.

Both loop over the places of the *kernel* at most, nine for a 3 × 3.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "windows", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
def pair(value):
    """Return (value, value) for a number, and a pair as it is."""
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def windows(x, kernel, stride, padding=0, fill=0.0):
    """Return all windows of an array (B, C, H, W), as a view of shape (B, C, rows, columns, kh, kw)."""
    if x.ndim != 4:
        raise ValueError(f"images have shape (batch, channels, height, width), not {x.shape}")
    (down, right), (above, beside) = pair(stride), pair(padding)
    padded = np.pad(x, ((0, 0), (0, 0), (above, above), (beside, beside)), constant_values=fill)
    return np.lib.stride_tricks.sliding_window_view(padded, pair(kernel), axis=(2, 3))[:, :, ::down, ::right]


def fold(parts, shape, stride, padding=0):
    """Add windows up where they came from, and return an array of the given shape: the way back of windows."""
    (down, right), (above, beside) = pair(stride), pair(padding)
    batch, channels, height, width = shape
    whole = np.zeros((batch, channels, height + 2 * above, width + 2 * beside), parts.dtype)
    rows, columns, high, wide = parts.shape[2:]
    for i, j in np.ndindex(high, wide):
        whole[:, :, i : i + down * rows : down, j : j + right * columns : right] += parts[..., i, j]
    return whole[:, :, above : above + height, beside : beside + width]

# %% [markdown]
r"""
## Convolution

A kernel is a window full of weights. Put it on a window of the image, multiply number by number, add everything up:

```
  window        kernel
 ┌──────┐      ┌──────┐
 │ 0  1 │      │ 1  2 │
 │ 4  5 │  ·   │ 3  4 │   =  0·1 + 1·2 + 4·3 + 5·4 = 34
 └──────┘      └──────┘
```

Over the whole 4 × 4 image of 0 … 15 this gives

| kernel [[1, 1], [1, 1]] | kernel [[1, 2], [3, 4]] | turned round, [[4, 3], [2, 1]] |
|---|---|---|
| 10 14 18 | 34 44 54 | 16 26 36 |
| 26 30 34 | 74 84 94 | 56 66 76 |
| 42 46 50 | 114 124 134 | 96 106 116 |

The last column is what mathematicians call convolution; they turn the kernel round first. Networks do not: theirs is a
*cross-correlation*, and since kernels are learned, nobody minds the name. Our tests mind the numbers.

A colour image has three channels, and a kernel has as many: it sums over them, too. Each kernel gives one channel of
the result, so with weight (out, in, kh, kw)

$$y_{b,o,i,j} = \beta_o + \sum_{c,k,l} x_{b,\,c,\,s i + k,\,s j + l} \; W_{o,c,k,l}$$

```
 x (B, 3, 32, 32)            W (16, 3, 3, 3)              y (B, 16, 30, 30)
 ┌───┐                       ┌─┐ kernel 0: 3×3×3   ──▶    channel 0
 │RGB│ windows (B,3,30,30,3,3)  …
 └───┘                       └─┘ kernel 15         ──▶    channel 15
```

In the letters of the formula this is one line of `np.einsum`, which sums over every letter that the result lacks:
`"bcijkl,ockl->boij"`.

**The way back.** With g for the gradient of y, both gradients use the same letters in another order. A kernel met all
windows of the batch, so its gradient is a sum over b, i and j. A window met all kernels, so its gradient is a sum over
o, and windows overlap, so they are folded:

$$\frac{\partial L}{\partial W_{o,c,k,l}} = \sum_{b,i,j} g_{b,o,i,j}\; x_{b,c,si+k,sj+l}
\qquad \frac{\partial L}{\partial x} = \text{fold}\Big(\sum_o g_{b,o,i,j}\, W_{o,c,k,l}\Big)$$

The bias is added by Tensors, so module 05 knows its gradient already.

**How to begin.** Each number is a sum of in · kh · kw products. Module 03 chose the deviation √(1/in) so that sizes
stay; convolutions are followed by a ReLU, which halves the mean square, so here it is √(2/(in · kh · kw)).

**What it is for**: images first, and everything else in which neighbours matter, such as sound and maps. What a kernel
can see:

| kernel | answers to |
|---|---|
| [[−1, 0, 1], [−2, 0, 2], [−1, 0, 1]] | edges that stand upright: 0 on plain ground |
| 1/9 everywhere | a blur |
| [[0, 0, 0], [0, 1, 0], [0, 0, 0]] | the image itself |
| 1 × 1 | no neighbours: mixes channels, as a Linear would, in each place |

**The usual traps**

- The kernel turned round, or its two directions swapped. Symmetric kernels hide both.
- An image without its batch, (C, H, W), or with another number of channels. Refuse it: `einsum` spreads a size of 1
  over anything.
- `np.tensordot` and `einsum` on `weight` instead of `weight.data`: a Tensor is no array.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "conv-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def conv2d(x, weight, stride, padding):
    """
    Slide kernels over images.

    TODO: return a Tensor (B, out, rows, columns) for the Tensors x (B, in, H, W) and weight (out, in, kh, kw).

    APPROACH:
    1. Get all windows of x.data: (B, in, rows, columns, kh, kw). A kernel's size is weight.shape[2:].
    2. Multiply each window with each kernel, number by number, and sum over in, kh and kw.

    EXAMPLE:
    >>> x = Tensor(np.arange(16).reshape(1, 1, 4, 4))
    >>> conv2d(x, Tensor(np.ones((1, 1, 2, 2))), stride=1, padding=0).data[0, 0].tolist()
    [[10.0, 14.0, 18.0], [26.0, 30.0, 34.0], [42.0, 46.0, 50.0]]

    HINT: np.einsum names directions by letters, and sums over those that the result does not name. With
    optimize=True it makes one matrix product of it.
    """
    ### BEGIN SOLUTION
    parts = windows(x.data, weight.shape[2:], stride, padding)
    return Tensor(np.einsum("bcijkl,ockl->boij", parts, weight.data, optimize=True))
    ### END SOLUTION


class Conv2dBackward(Function):
    """conv2d(x, weight, stride, padding)"""

    @staticmethod
    def backward(gradient, x, weight, stride, padding):
        """
        Hand the gradient of a convolution back.

        TODO: return the gradients of x and weight, which are arrays here, in their shapes.

        APPROACH:
        1. A kernel met every window: sum the windows, each times the gradient of the number that it gave, over the
           batch and all places.
        2. A window met every kernel: sum the kernels, each times that gradient, over out. That is (B, in, rows,
           columns, kh, kw), and fold adds it up where the windows came from.

        EXAMPLE:
        >>> x, weight = np.arange(16.0).reshape(1, 1, 4, 4), np.ones((1, 1, 2, 2))
        >>> slopes = Conv2dBackward.backward(np.ones((1, 1, 3, 3)), x, weight, 1, 0)
        >>> slopes[0][0, 0].tolist()
        [[1.0, 2.0, 2.0, 1.0], [2.0, 4.0, 4.0, 2.0], [2.0, 4.0, 4.0, 2.0], [1.0, 2.0, 2.0, 1.0]]
        >>> slopes[1][0, 0].tolist()
        [[45.0, 54.0], [81.0, 90.0]]

        HINT: the same letters as in conv2d, in another order.
        """
        ### BEGIN SOLUTION
        parts = windows(x, weight.shape[2:], stride, padding)
        slopes = np.einsum("boij,ockl->bcijkl", gradient, weight, optimize=True)
        return fold(slopes, x.shape, stride, padding), np.einsum("boij,bcijkl->ockl", gradient, parts, optimize=True)
        ### END SOLUTION


class Conv2d(Layer):
    """A layer of kernels that slide over images."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, bias=True):
        """
        Make the kernels and the bias.

        TODO: set in_channels, out_channels, kernel_size, stride, padding, weight and bias.

        APPROACH:
        1. Store the arguments; kernel_size always as a pair (kh, kw).
        2. Draw the weight, of shape (out, in, kh, kw), from a normal distribution with mean 0 and standard deviation
           sqrt(2 / (in · kh · kw)).
        3. Make the bias: zeros of shape (out,), or None where bias is False.
        4. Both are Tensors with requires_grad=True.

        EXAMPLE:
        >>> Conv2d(3, 16, 5).weight.shape
        (16, 3, 5, 5)
        >>> Conv2d(3, 16, (1, 5)).kernel_size
        (1, 5)

        HINT: pair, given above.
        """
        ### BEGIN SOLUTION
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = pair(kernel_size)
        self.stride = stride
        self.padding = padding
        shape = (out_channels, in_channels, *self.kernel_size)
        deviation = np.sqrt(2 / np.prod(shape[1:]))
        self.weight = Tensor(np.random.normal(0, deviation, shape), requires_grad=True)
        self.bias = Tensor(np.zeros(out_channels), requires_grad=True) if bias else None
        ### END SOLUTION

    def forward(self, x):
        """
        Slide the kernels over x, and add each one's bias.

        TODO: return a Tensor (B, out, rows, columns) for x of shape (B, in, H, W).

        APPROACH:
        1. Refuse with a ValueError: x that has not four directions, and channels that are not in_channels.
        2. Apply a Conv2dBackward made of conv2d and its four arguments.
        3. Add the bias where there is one, to every place of its channel.

        EXAMPLE:
        >>> Conv2d(3, 16, 3, padding=1).forward(Tensor(np.zeros((2, 3, 8, 8)))).shape
        (2, 16, 8, 8)

        HINT: Function(forward, *args).apply() of module 05. A bias of shape (1, out, 1, 1) broadcasts, and reshape is
        recorded.
        """
        ### BEGIN SOLUTION
        if len(x.shape) != 4 or x.shape[1] != self.in_channels:
            raise ValueError(f"images have shape (batch, {self.in_channels}, height, width), not {x.shape}")
        y = Conv2dBackward(conv2d, x, self.weight, self.stride, self.padding).apply()
        return y if self.bias is None else y + self.bias.reshape(1, self.out_channels, 1, 1)
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return [weight, bias], or [weight] where there is no bias.

        EXAMPLE:
        >>> [p.shape for p in Conv2d(3, 16, 3).parameters()]
        [(16, 3, 3, 3), (16,)]
        """
        ### BEGIN SOLUTION
        return [self.weight] if self.bias is None else [self.weight, self.bias]
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

How kernels begin, for 16 · 100 kernels of 3 × 3; the two tables above; then six convolutions with kernels from
1 × 1 to 3 × 3, square and not, strides of 1, 2 and 3, paddings of 0, 1 and 2, with and without a bias. Every number is compared
with a sum in float64, and the gradients of x, weight and bias with central differences. Images with too few or too many
directions, or with 1 or 4 channels instead of 3, are a ValueError, and so is one that is smaller than the kernel.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-conv2d", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def check_tensor(text, got, expected, rtol=1e-4, atol=1e-5):
    """Compare a Tensor's shape and numbers with an array's, and tell of the first number that differs."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    numbers, expected = np.asarray(got.data), np.asarray(expected, dtype=np.float64)
    assert numbers.dtype == np.float32, f"{text} holds float32, got {numbers.dtype}"
    assert numbers.shape == expected.shape, f"{text} has shape {expected.shape}, got {numbers.shape}"
    assert got.shape == expected.shape, f"{text}: its shape says {got.shape}, not {expected.shape}"
    off = np.argwhere(~np.isclose(numbers, expected, rtol=rtol, atol=atol)).tolist()
    if off:
        place = tuple(off[0])
        raise AssertionError(f"{text} at {off[0]} is {expected[place]:.6g}, got {numbers[place]:.6g}")


def check_gradients(text, tensors, compute, arrays, gradient):
    """Compare the grads of {name: Tensor} with central differences of compute(*arrays), in float64."""
    for place, (name, tensor) in enumerate(tensors.items()):
        slopes = np.zeros_like(arrays[place])
        for index in np.ndindex(slopes.shape):
            moved = [each.copy() for each in arrays]
            moved[place][index] += 1e-5
            up = compute(*moved)
            moved[place][index] -= 2e-5
            slopes[index] = np.sum(gradient * (up - compute(*moved))) / 2e-5
        assert tensor.grad is not None, f"{text}: no gradient has arrived at the {name}"
        check_tensor(f"{text}: the gradient of the {name}", tensor.grad, slopes, rtol=1e-3, atol=1e-4)


def check_refused(text, layer, x):
    """Make sure that a layer refuses x with a ValueError."""
    try:
        layer.forward(x)
    except ValueError:
        return
    raise AssertionError(f"{text} must raise ValueError")


def places(x, kernel, stride, padding, fill=0.0):
    """Yield what each place of a kernel meets: (i, j, an array of shape (B, C, rows, columns))."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=fill)
    rows, columns = ((size - k) // stride + 1 for size, k in zip(padded.shape[2:], kernel, strict=True))
    for i, j in np.ndindex(*kernel):
        yield i, j, padded[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]


def convolved(x, weight, bias, stride, padding):
    """Return the convolution in float64, summed place by place of the kernel."""
    met = places(x, weight.shape[2:], stride, padding)
    total = sum(np.tensordot(part, weight[:, :, i, j], axes=(1, 1)) for i, j, part in met)
    return np.moveaxis(total + bias, -1, 1)


def test_unit_conv2d():
    """Conv2d begins with kernels of the right size, slides them as they are, and hands all gradients back."""
    layer, other = Conv2d(16, 100, 3), Conv2d(16, 100, 3)
    assert (layer.in_channels, layer.out_channels) == (16, 100), "Conv2d keeps in_channels and out_channels"
    assert (layer.stride, layer.padding) == (1, 0), "Conv2d has stride 1 and padding 0 unless it is told otherwise"
    for size, expected in ((3, (3, 3)), ((2, 5), (2, 5))):
        made = Conv2d(4, 6, size)
        kept, shape = made.kernel_size, made.weight.data.shape
        assert kept == expected, f"Conv2d(4, 6, {size}).kernel_size is the pair {expected}, got {kept}"
        assert shape == (6, 4, *expected), f"Conv2d(4, 6, {size}).weight has shape {(6, 4, *expected)}, got {shape}"
    weight, deviation = layer.weight.data, (2 / 144) ** 0.5
    assert weight.shape == (100, 16, 3, 3), f"Conv2d(16, 100, 3).weight has shape (100, 16, 3, 3), got {weight.shape}"
    mean, got = weight.mean(), weight.std()
    assert abs(mean) < 0.05 * deviation, f"weights have mean 0, got {mean}"
    assert abs(got / deviation - 1) < 0.05, f"weights have standard deviation sqrt(2/144) = {deviation}, got {got}"
    different = np.unique(weight).size
    assert different > 14_000, f"each of 14,400 weights is drawn by itself, got {different} different ones"
    assert not np.array_equal(other.weight.data, weight), "two layers begin with different weights"
    check_tensor("the bias to begin with", layer.bias, np.zeros(100))
    parameters, alone = layer.parameters(), Conv2d(2, 3, 3, bias=False)
    assert len(parameters) == 2, f"parameters() lists weight and bias, got {len(parameters)} of them"
    for name, tensor, listed in zip(("weight", "bias"), (layer.weight, layer.bias), parameters, strict=True):
        assert tensor.requires_grad is True, f"the {name} has requires_grad=True, got {tensor.requires_grad}"
        assert listed is tensor, f"parameters() lists the layer's own {name}, weight first"
    assert alone.bias is None, "Conv2d(2, 3, 3, bias=False) has None as its bias"
    assert len(alone.parameters()) == 1, f"without a bias there is one parameter, got {len(alone.parameters())}"

    known = Conv2d(1, 1, 2)
    image = np.arange(16).reshape(1, 1, 4, 4)
    for kernel, expected in (
        ([[1, 1], [1, 1]], [[10, 14, 18], [26, 30, 34], [42, 46, 50]]),
        ([[1, 2], [3, 4]], [[34, 44, 54], [74, 84, 94], [114, 124, 134]]),
    ):
        known.weight = Tensor([[kernel]])
        check_tensor(f"0 … 15 as 4×4 with kernel {kernel}", known(Tensor(image)), [[expected]])

    random = np.random.default_rng(1)
    cases = (
        ((2, 2, 4, 3), 3, 3, 1, 0, True),
        ((1, 2, 4, 5), 2, (2, 3), 1, 1, True),
        ((2, 1, 5, 4), 3, 3, 2, 1, False),
        ((1, 3, 5, 5), 2, 2, 3, 0, True),
        ((2, 3, 3, 2), 2, 1, 1, 0, True),
        ((1, 1, 3, 4), 1, (3, 1), 2, 2, False),
    )
    for shape, out, kernel, stride, padding, bias in cases:
        layer = Conv2d(shape[1], out, kernel, stride, padding, bias)
        size = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        arrays = [random.normal(size=shape), random.normal(size=(out, shape[1], *size)), random.normal(size=out)]
        arrays = arrays if bias else arrays[:2]

        def compute(x, weight, constant=0.0, stride=stride, padding=padding):
            return convolved(x, weight, constant, stride, padding)

        text = f"x {shape}, Conv2d({shape[1]}, {out}, {kernel}, stride={stride}, padding={padding})"
        expected = compute(*arrays)
        gradient = random.normal(size=expected.shape)
        x, layer.weight = (Tensor(each.copy(), requires_grad=True) for each in arrays[:2])
        tensors = {"x": x, "weight": layer.weight}
        if bias:
            layer.bias = tensors["bias"] = Tensor(arrays[2].copy(), requires_grad=True)
        y = layer.forward(x)
        check_tensor(text, y, expected)
        check_tensor(f"{text} must not change its input, which", x, arrays[0])
        y.backward(gradient.copy())
        check_gradients(text, tensors, compute, arrays, gradient)

    layer = Conv2d(3, 2, 3)
    for shape in ((3, 8, 8), (3, 3, 8), (8,), (1, 3, 3, 8, 8), (2, 1, 8, 8), (2, 4, 8, 8), (1, 3, 2, 8)):
        check_refused(f"Conv2d(3, 2, 3) of shape {shape}", layer, Tensor(np.ones(shape)))


if __name__ == "__main__":
    test_unit_conv2d()
    print("Conv2d: passed")

# %% [markdown]
r"""
## Pooling

A kernel says where it found its edge, to the pixel. Mostly that is more than one wants to know. Pooling keeps one
number of each window:

```
  1  2 │  3  4
  5  6 │  7  8          largest         mean
 ──────┼──────   ──▶    6   8     or    3.5   5.5
  9 10 │ 11 12         14  16          11.5  13.5
 13 14 │ 15 16
```

| | formula | asks | gradient goes |
|---|---|---|---|
| maximum | $\max_{k,l}\, x_{si+k,\,sj+l}$ | is it anywhere here? | to the largest, all of it |
| mean | $\frac{1}{kh \cdot kw} \sum_{k,l} x_{si+k,\,sj+l}$ | how much of it is here? | to everybody, in equal parts |

Windows usually lie side by side, so the stride is the kernel's size unless one says otherwise. Each channel is pooled
by itself, and there is nothing to learn.

**The way back.** Both hand gradients to windows, and windows are folded. For the maximum, the number that won gets
everything, for a small change of the others changes nothing:

```
 window      gradient 5        window, a tie      gradient 5
  1  2   ──▶   0  5               2  2       ──▶    5  0
  2  0         0  0               2  0              0  0
```

Among equals the slope depends on the direction in which one moves. Take the first, as PyTorch does; what must not be is
to give it to all of them, which would make more of a gradient than there was. (`Tensor.max` of module 05 shares it. Both
are right; one has to know which.)

**What it is for**: halving the size between convolutions (maximum), and making one number of a whole channel at the end
(mean).

**The usual traps**

- Padding a maximum with zeros. After a convolution many numbers are negative, and a 0 from outside the image would win.
  Fill with −∞. (More padding than half a kernel leaves windows that see nothing else; PyTorch refuses it.)
- The padding of a mean does count: sum of what is there, divided by all of kh · kw.
- Windows that overlap (kernel 3, stride 2) share numbers. Assigning gradients instead of adding them loses some.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "pool-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def max_pool2d(x, kernel, stride, padding):
    """
    Take the largest number of each window.

    TODO: return a Tensor (B, C, rows, columns) for a Tensor x (B, C, H, W).

    APPROACH:
    1. Get all windows of x.data. What is put around the image must never be the largest: fill with -np.inf.
    2. Take the maximum over the last two directions.

    EXAMPLE:
    >>> x = Tensor(np.arange(1, 17).reshape(1, 1, 4, 4))
    >>> max_pool2d(x, 2, 2, 0).data[0, 0].tolist()
    [[6.0, 8.0], [14.0, 16.0]]

    HINT: max takes a tuple of axes.
    """
    ### BEGIN SOLUTION
    return Tensor(windows(x.data, kernel, stride, padding, fill=-np.inf).max(axis=(-2, -1)))
    ### END SOLUTION


class MaxPool2dBackward(Function):
    """max_pool2d(x, kernel, stride, padding)"""

    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        """
        Hand each gradient to the largest number of its window.

        TODO: return the gradient of x; among equal numbers, the first of the window gets it all.

        APPROACH:
        1. Get the windows as forward did, with the last two directions made one.
        2. Make zeros of that shape, and put the gradient where argmax says.
        3. Give them the windows' shape back, and fold.

        EXAMPLE:
        >>> MaxPool2dBackward.backward(np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [2.0, 0.0]]]]), 2, 2, 0).tolist()
        [[[[0.0, 5.0], [0.0, 0.0]]]]

        HINT: np.put_along_axis(zeros, places, values, axis=-1), with places and values that have a last size of 1.
        argmax takes the first of equals.
        """
        ### BEGIN SOLUTION
        parts = windows(x, kernel, stride, padding, fill=-np.inf)
        flat = parts.reshape(*parts.shape[:4], -1)
        slopes = np.zeros_like(flat)
        np.put_along_axis(slopes, flat.argmax(axis=-1)[..., np.newaxis], gradient[..., np.newaxis], axis=-1)
        return fold(slopes.reshape(parts.shape), x.shape, stride, padding)
        ### END SOLUTION


def avg_pool2d(x, kernel, stride, padding):
    """
    Take the mean of each window.

    TODO: return a Tensor (B, C, rows, columns) for a Tensor x (B, C, H, W). Around the image there are zeros, and they
    count.

    EXAMPLE:
    >>> x = Tensor(np.arange(1, 17).reshape(1, 1, 4, 4))
    >>> avg_pool2d(x, 2, 2, 0).data[0, 0].tolist()
    [[3.5, 5.5], [11.5, 13.5]]
    """
    ### BEGIN SOLUTION
    return Tensor(windows(x.data, kernel, stride, padding).mean(axis=(-2, -1)))
    ### END SOLUTION


class AvgPool2dBackward(Function):
    """avg_pool2d(x, kernel, stride, padding)"""

    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        """
        Share each gradient out among its window.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> AvgPool2dBackward.backward(np.array([[[[6.0]]]]), np.ones((1, 1, 2, 3)), (2, 3), 1, 0).tolist()
        [[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]

        HINT: the windows' shape is (*gradient.shape, kh, kw). np.broadcast_to repeats without copying.
        """
        ### BEGIN SOLUTION
        high, wide = pair(kernel)
        share = gradient[..., np.newaxis, np.newaxis] / (high * wide)
        return fold(np.broadcast_to(share, (*gradient.shape, high, wide)), x.shape, stride, padding)
        ### END SOLUTION


class MaxPool2d(Layer):
    """The largest number of each window."""

    def __init__(self, kernel_size, stride=None, padding=0):
        """
        Keep how windows are cut.

        TODO: set kernel_size, as a pair, stride and padding. Where stride is None, it is kernel_size: windows lie side
        by side.

        EXAMPLE:
        >>> MaxPool2d(2).kernel_size, MaxPool2d(2).stride, MaxPool2d(3, stride=2).stride
        ((2, 2), (2, 2), 2)
        """
        ### BEGIN SOLUTION
        self.kernel_size = pair(kernel_size)
        self.stride = self.kernel_size if stride is None else stride
        self.padding = padding
        ### END SOLUTION

    def forward(self, x):
        """
        Pool x.

        TODO: apply a MaxPool2dBackward made of max_pool2d and its four arguments.

        EXAMPLE:
        >>> MaxPool2d(2).forward(Tensor(np.zeros((2, 3, 8, 8)))).shape
        (2, 3, 4, 4)
        """
        ### BEGIN SOLUTION
        return MaxPool2dBackward(max_pool2d, x, self.kernel_size, self.stride, self.padding).apply()
        ### END SOLUTION


class AvgPool2d(Layer):
    """The mean of each window."""

    def __init__(self, kernel_size, stride=None, padding=0):
        """TODO: set kernel_size, stride and padding, as MaxPool2d does."""
        ### BEGIN SOLUTION
        self.kernel_size = pair(kernel_size)
        self.stride = self.kernel_size if stride is None else stride
        self.padding = padding
        ### END SOLUTION

    def forward(self, x):
        """TODO: apply an AvgPool2dBackward made of avg_pool2d and its four arguments."""
        ### BEGIN SOLUTION
        return AvgPool2dBackward(avg_pool2d, x, self.kernel_size, self.stride, self.padding).apply()
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

The pictures above; then six kinds of windows, with strides smaller than the kernel, as large and larger, with padding
and without, for a maximum and a mean, on numbers that are all negative: every number, and the gradient of x. Ties go to
the first. Images that have not four directions are a ValueError.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-pooling", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def pooled(x, kernel, stride, padding, kind):
    """Return the maxima or means of windows in float64."""
    size = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    fill = -np.inf if kind == "max" else 0.0
    parts = np.stack([part for _, _, part in places(x, size, stride, padding, fill)])
    return parts.max(axis=0) if kind == "max" else parts.mean(axis=0)


def test_unit_pooling():
    """Pooling takes the largest number or the mean of each window, and hands gradients back to where they belong."""
    known = Tensor(np.arange(1, 17).reshape(1, 1, 4, 4))
    check_tensor("MaxPool2d(2) of 1 … 16", MaxPool2d(2)(known), [[[[6, 8], [14, 16]]]])
    check_tensor("AvgPool2d(2) of 1 … 16", AvgPool2d(2)(known), [[[[3.5, 5.5], [11.5, 13.5]]]])
    check_tensor("MaxPool2d(3, stride=1) of 1 … 16", MaxPool2d(3, stride=1)(known), [[[[11, 12], [15, 16]]]])

    random = np.random.default_rng(2)
    shape = (2, 2, 5, 4)
    # Far from each other, so that none overtakes another while gradients are measured; all of them negative.
    values = -1 - random.permutation(80).reshape(shape) / 10
    for kernel, stride, padding in ((2, None, 0), (3, 2, 1), (2, 1, 0), ((1, 3), 2, 0), (2, 3, 1), (3, None, 0)):
        step = kernel if stride is None else stride
        for kind, make in (("max", MaxPool2d), ("mean", AvgPool2d)):
            text = f"the {kind} of {shape} with kernel {kernel}, stride {stride} and padding {padding}"

            def compute(x, kernel=kernel, step=step, padding=padding, kind=kind):
                return pooled(x, kernel, step, padding, kind)

            expected = compute(values)
            gradient = random.normal(size=expected.shape)
            x = Tensor(values.copy(), requires_grad=True)
            layer = make(kernel, stride, padding)
            y = layer.forward(x)
            check_tensor(text, y, expected)
            y.backward(gradient.copy())
            check_gradients(text, {"x": x}, compute, [values], gradient)
            check_tensor(f"{text} must not change its input, which", x, values)
            assert layer.parameters() == [], f"pooling has no parameters, got {layer.parameters()}"

    oblong = MaxPool2d((1, 2)), AvgPool2d((1, 2))
    for layer, name, expected in zip(oblong, ("max", "mean"), ([2, 4, 6, 8], [1.5, 3.5, 5.5, 7.5]), strict=True):
        y = layer(Tensor(np.arange(1, 9).reshape(1, 1, 2, 4)))
        check_tensor(f"the {name} of 1 … 8 as 2×4 with kernel (1, 2)", y, np.reshape(expected, (1, 1, 2, 2)))
    for tied, expected in (
        ([[7, 7, 7, 7], [7, 7, 7, 7]], [[3, 0, 5, 0], [0, 0, 0, 0]]),
        ([[1, 2, 0, 0], [2, 2, 4, 4]], [[0, 3, 0, 0], [0, 0, 5, 0]]),
    ):
        x = Tensor([[tied]], requires_grad=True)
        MaxPool2d(2)(x).backward([[[[3.0, 5.0]]]])
        assert x.grad is not None, "no gradient has arrived at x"
        check_tensor(f"of equals in {tied}, the first gets the gradient: it", x.grad, [[expected]])
    for shape in ((3, 8, 8), (8, 8), (1, 1, 3, 8, 8)):
        for layer in (MaxPool2d(2), AvgPool2d(2)):
            check_refused(f"pooling of shape {shape}", layer, Tensor(np.ones(shape)))


if __name__ == "__main__":
    test_unit_pooling()
    print("Pooling: passed")

# %% [markdown]
r"""
## Batch normalization

While the first layer learns, what it sends to the second changes, in size and in position, and the second learns to hit
a moving target. Batch normalization takes the motion out: in each channel, over all images of the batch and all places,
it subtracts the mean μ and divides by the deviation. Then it lets training choose a scale γ and a shift β:

$$\hat x = \frac{x - \mu_c}{\sqrt{\sigma^2_c + \varepsilon}} \qquad y = \gamma_c\, \hat x + \beta_c$$

```
 (B, C, H, W)     channel 0: all ▪ of all images        50  52  54
 ┌───┬───┐        ▪▪▪▪ ▪▪▪▪  ──▶ one μ, one σ           μ = 52, σ² = 2.667, σ = 1.633
 │ ▪ │ ▫ │ …      channel 1: all ▫                      x̂ = -1.2247   0   1.2247
 └───┴───┘        ▫▫▫▫ ▫▫▫▫  ──▶ one μ, one σ
```

ε = 10⁻⁵ keeps a channel of equal numbers from a division by 0.

**Two ways to run.** While training, μ and σ² are the batch's. In use there may be a single image, and its answer must
not depend on who else is in the batch. So the layer remembers, and uses what it remembers when `training` is False:

| | `training=True` | `training=False` |
|---|---|---|
| μ and σ² | of this batch | `running_mean`, `running_var` |
| remembers | 0.9 · old + 0.1 · this batch | nothing new |
| an image's result depends on | all images of the batch | this image |
| gradient goes through | μ and σ² as well | them as constants |

The share 0.1 is called `momentum`. What is remembered begins at 0 and 1, and after n batches a share of 1 − 0.9ⁿ has
been seen: 10 % after one, 65 % after ten, 99 % after 44. A model that is asked too early answers strangely.

The variance is that of the batch, divided by n. (PyTorch divides by n for x̂ and by n − 1 for what it remembers.)

**The way back.** x̂ depends on each x of its channel, directly and by way of μ and σ. Three terms remain, with means over
the channel:

$$\frac{\partial L}{\partial x} = \frac{1}{\sigma}\left(g - \text{mean}(g) - \hat x \cdot \text{mean}(g\,\hat x)\right)$$

It says that a gradient which lifts all numbers alike is lost, for μ takes it away again, and so is one that stretches
them, for σ does. Scale, shift and the second way to run are plain Tensor arithmetic, and recorded.

**What it is for**: between a convolution and its activation, in networks of more than a few layers. It allows larger
steps, and makes the convolution's own bias superfluous, for μ removes it.

**The usual traps**

- Means over the wrong directions. One number for each *channel*: axes 0, 2 and 3, not 1.
- `self.gamma * x` without a reshape multiplies the last direction, the width, and works by accident when W = C.
- Remembering in use, or using the batch in use. The first spoils the model slowly, the second at once.
- Listing `running_mean` as a parameter: an optimizer would skip it for want of a gradient, or worse.
- Putting it into module 03's `Sequential`, which tells dropouts and Sequentials whether they train, and nobody else: in
  use it would go on learning. Call it in a `forward` of your own, and hand `training` on.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "norm-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def channel_mean(x):
    """
    Take the mean of each channel, over the batch and all places.

    TODO: return an array of shape (1, C, 1, 1) for an array x (B, C, H, W).

    EXAMPLE:
    >>> channel_mean(np.array([[[[1.0, 3.0]], [[10.0, 30.0]]]])).tolist()
    [[[[2.0]], [[20.0]]]]

    HINT: mean takes a tuple of axes, and keepdims=True.
    """
    ### BEGIN SOLUTION
    return x.mean(axis=(0, 2, 3), keepdims=True)
    ### END SOLUTION


def normalize2d(x, eps):
    """
    Give each channel mean 0 and variance 1, over the batch and all places.

    TODO: return the Tensor (x - mean) / sqrt(variance + eps), for a Tensor x (B, C, H, W).

    EXAMPLE:
    >>> normalize2d(Tensor([[[[1, 3]], [[10, 30]]]]), 0.0).data.tolist()
    [[[[-1.0, 1.0]], [[-1.0, 1.0]]]]

    HINT: the variance is the mean of the squares of x - mean.
    """
    ### BEGIN SOLUTION
    centred = x.data - channel_mean(x.data)
    return Tensor(centred / np.sqrt(channel_mean(centred**2) + eps))
    ### END SOLUTION


class Normalize2dBackward(Function):
    """normalize2d(x, eps)"""

    @staticmethod
    def backward(gradient, x, eps):
        """
        Hand the gradient of a normalized batch back.

        TODO: return the gradient of x.

        APPROACH:
        1. Compute y, the normalized x, again, and the deviation that x was divided by.
        2. From the gradient g take its mean, and y times the mean of g · y, channel by channel; divide by the
           deviation.

        EXAMPLE:
        >>> x = np.array([[[[1.0, 3.0, 5.0]]]])
        >>> Normalize2dBackward.backward(np.array([[[[1.0, 1.0, 1.0]]]]), x, 0.0).tolist()
        [[[[0.0, 0.0, 0.0]]]]
        >>> Normalize2dBackward.backward(np.array([[[[0.0, 3.0, 0.0]]]]), x, 0.0).round(4).tolist()
        [[[[-0.6124, 1.2247, -0.6124]]]]
        """
        ### BEGIN SOLUTION
        centred = x - channel_mean(x)
        deviation = np.sqrt(channel_mean(centred**2) + eps)
        y = centred / deviation
        return (gradient - channel_mean(gradient) - y * channel_mean(gradient * y)) / deviation
        ### END SOLUTION


class BatchNorm2d(Layer):
    """Channels of mean 0 and variance 1, scaled and shifted as training sees fit."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        """
        Make scale, shift and what is remembered.

        TODO: set num_features, eps, momentum, gamma, beta, running_mean and running_var.

        APPROACH:
        1. Store the arguments.
        2. gamma is a Tensor of num_features ones and beta one of zeros, both with requires_grad=True.
        3. running_mean is a Tensor of zeros and running_var one of ones, without.

        EXAMPLE:
        >>> BatchNorm2d(2).gamma.data.tolist(), BatchNorm2d(2).running_mean.data.tolist()
        ([1.0, 1.0], [0.0, 0.0])
        """
        ### BEGIN SOLUTION
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.gamma = Tensor(np.ones(num_features), requires_grad=True)
        self.beta = Tensor(np.zeros(num_features), requires_grad=True)
        self.running_mean = Tensor(np.zeros(num_features))
        self.running_var = Tensor(np.ones(num_features))
        ### END SOLUTION

    def forward(self, x, training=True):
        """
        Normalize x: by its own mean and variance while training, by what is remembered otherwise.

        TODO: return gamma · normalized x + beta, channel by channel, for x of shape (B, num_features, H, W).

        APPROACH:
        1. Refuse with a ValueError: x that has not four directions, and channels that are not num_features.
        2. While training: apply a Normalize2dBackward made of normalize2d and its arguments. Then move running_mean
           and running_var towards the batch's: (1 - momentum) · old + momentum · new, as new Tensors.
        3. Otherwise: subtract running_mean and divide by the root of running_var + eps. Change nothing.
        4. Multiply with gamma and add beta.

        EXAMPLE:
        >>> norm = BatchNorm2d(1)
        >>> norm.forward(Tensor([[[[1, 3]]]])).data.round(3).tolist()
        [[[[-1.0, 1.0]]]]
        >>> norm.running_mean.data.round(3).tolist(), norm.running_var.data.round(3).tolist()
        ([0.20000000298023224], [1.0])
        >>> norm.forward(Tensor([[[[1, 3]]]]), training=False).data.round(3).tolist()
        [[[[0.800000011920929, 2.799999952316284]]]]

        HINT: all four hold a number for each channel; reshape(1, num_features, 1, 1) lets them broadcast.
        """
        ### BEGIN SOLUTION
        if len(x.shape) != 4 or x.shape[1] != self.num_features:
            raise ValueError(f"images have shape (batch, {self.num_features}, height, width), not {x.shape}")
        shape = (1, self.num_features, 1, 1)
        if training:
            y = Normalize2dBackward(normalize2d, x, self.eps).apply()
            mean = channel_mean(x.data)
            variance = channel_mean((x.data - mean) ** 2)
            old, new = 1 - self.momentum, self.momentum
            self.running_mean = Tensor(old * self.running_mean.data + new * mean.reshape(-1))
            self.running_var = Tensor(old * self.running_var.data + new * variance.reshape(-1))
        else:
            deviation = Tensor(np.sqrt(self.running_var.data + self.eps))
            y = (x - self.running_mean.reshape(shape)) / deviation.reshape(shape)
        return y * self.gamma.reshape(shape) + self.beta.reshape(shape)
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return [gamma, beta]. What is remembered is measured, not trained.

        EXAMPLE:
        >>> [p.shape for p in BatchNorm2d(8).parameters()]
        [(8,), (8,)]
        """
        ### BEGIN SOLUTION
        return [self.gamma, self.beta]
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

How it begins; three batches with means from −4 to 10 and deviations from ½ to 3, for two momenta and two values of ε:
each result, what is remembered after each, and the gradients of x, gamma and beta against central differences; then the
same for a single image in use, after which nothing remembered may have changed. Batches with the wrong number of
directions or channels are a ValueError.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-batchnorm2d", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def column(numbers):
    """Put a number for each channel into shape (1, C, 1, 1)."""
    return np.reshape(numbers, (1, -1, 1, 1))


def batch_normalized(x, gamma, beta, eps=1e-5):
    """Return a normalized batch in float64."""
    mean, variance = x.mean(axis=(0, 2, 3), keepdims=True), x.var(axis=(0, 2, 3), keepdims=True)
    return column(gamma) * (x - mean) / np.sqrt(variance + eps) + column(beta)


def test_unit_batchnorm2d():
    """BatchNorm2d normalizes by the batch and remembers, or by what it remembers; all gradients come back."""
    norm = BatchNorm2d(3)
    assert (norm.num_features, norm.eps, norm.momentum) == (3, 1e-5, 0.1), "num_features, eps and momentum are kept"
    begin = (("gamma", 1), ("beta", 0), ("running_mean", 0), ("running_var", 1))
    for name, value in begin:
        check_tensor(f"{name} to begin with", getattr(norm, name), np.full(3, value))
    for name, needed in (("gamma", True), ("beta", True), ("running_mean", False), ("running_var", False)):
        got = getattr(norm, name).requires_grad
        assert got is needed, f"{name} has requires_grad={needed}, got {got}"
    parameters = norm.parameters()
    assert len(parameters) == 2, f"parameters() lists gamma and beta, got {len(parameters)} of them"
    assert parameters[0] is norm.gamma, "parameters() lists the layer's own gamma first"
    assert parameters[1] is norm.beta, "parameters() lists the layer's own beta"

    random = np.random.default_rng(3)
    scale, shift = column([1.0, 3.0, 0.5]), column([0.0, -4.0, 10.0])
    batches = [random.normal(size=(2, 3, 2, 3)) * scale + shift for _ in range(3)]
    gamma, beta = np.array([2.0, -1.0, 0.5]), np.array([0.0, 3.0, -1.0])
    for momentum, eps in ((0.1, 1e-5), (0.3, 0.5)):
        norm = BatchNorm2d(3, eps=eps, momentum=momentum)
        mean, variance = np.zeros(3), np.ones(3)
        for number, values in enumerate(batches):
            text = f"batch {number + 1} while training, momentum={momentum}, eps={eps}"

            def compute(x, gamma, beta, eps=eps):
                return batch_normalized(x, gamma, beta, eps)

            expected = compute(values, gamma, beta)
            gradient = random.normal(size=expected.shape)
            mean = (1 - momentum) * mean + momentum * values.mean(axis=(0, 2, 3))
            variance = (1 - momentum) * variance + momentum * values.var(axis=(0, 2, 3))
            x = Tensor(values.copy(), requires_grad=True)
            norm.gamma, norm.beta = Tensor(gamma, requires_grad=True), Tensor(beta, requires_grad=True)
            y = norm.forward(x, training=True) if number else norm(x)
            check_tensor(text, y, expected, rtol=1e-3, atol=1e-4)
            check_tensor(f"{text}: running_mean", norm.running_mean, mean, rtol=1e-3)
            check_tensor(f"{text}: running_var", norm.running_var, variance, rtol=1e-3)
            check_tensor(f"{text}: the input, which must not change,", x, values)
            y.backward(gradient.copy())
            tensors = {"x": x, "gamma": norm.gamma, "beta": norm.beta}
            check_gradients(text, tensors, compute, [values, gamma, beta], gradient)

        values = random.normal(size=(1, 3, 2, 2)) * scale
        text = f"after training, eps={eps}"

        def remembered(x, gamma, beta, mean=mean, variance=variance, eps=eps):
            return column(gamma) * (x - column(mean)) / np.sqrt(column(variance) + eps) + column(beta)

        expected = remembered(values, gamma, beta)
        gradient = random.normal(size=expected.shape)
        x = Tensor(values.copy(), requires_grad=True)
        norm.gamma, norm.beta = Tensor(gamma, requires_grad=True), Tensor(beta, requires_grad=True)
        y = norm(x, training=False)
        check_tensor(text, y, expected, rtol=1e-3, atol=1e-4)
        check_tensor(f"{text}: running_mean stays", norm.running_mean, mean, rtol=1e-3)
        check_tensor(f"{text}: running_var stays", norm.running_var, variance, rtol=1e-3)
        y.backward(gradient.copy())
        tensors = {"x": x, "gamma": norm.gamma, "beta": norm.beta}
        check_gradients(text, tensors, remembered, [values, gamma, beta], gradient)

    check_tensor("a channel of equal numbers", BatchNorm2d(1)(Tensor(np.full((2, 1, 2, 2), 7.0))), np.zeros((2, 1, 2, 2)))
    for shape in ((3, 4, 4), (2, 3), (3,), (1, 3, 2, 4, 4), (2, 4, 4, 4), (2, 1, 4, 4)):
        check_refused(f"BatchNorm2d(3) of shape {shape}", BatchNorm2d(3), Tensor(np.ones(shape)))


if __name__ == "__main__":
    test_unit_batchnorm2d()
    print("BatchNorm2d: passed")

# %% [markdown]
r"""
## A small network

The classical pattern, which is older than the name of deep learning, alternates looking and summing up:

```
 (B, 3, 32, 32) ─▶ conv1 3→16 ─▶ ReLU ─▶ pool ─▶ conv2 16→32 ─▶ ReLU ─▶ pool ─▶ flatten
                  (B,16,32,32)         (B,16,16,16)  (B,32,16,16)      (B,32,8,8)  (B, 2048)
 sees of the image:  3×3                 4×4          8×8               10×10
```

The last line is the **receptive field**, the part of the image that one number depends on. Kernels stay at 3 × 3, but
after a pooling each step covers two pixels. Rows and columns get fewer, channels more: less of where, more of what.

| layer | weights | biases | together |
|---|---|---|---|
| conv1 | 16 · 3 · 3 · 3 = 432 | 16 | 448 |
| conv2 | 32 · 16 · 3 · 3 = 4,608 | 32 | 4,640 |
| | | | 5,088 |

`SimpleCNN` ends in features, and leaves the answer to a layer behind it. A `Linear(2048, 10)` has 20,490 parameters,
four times as many as all convolutions together.

**The skeleton of the pattern** is that of every layer whose computation Tensors cannot follow by themselves: a
function, its Function, and a layer that applies one with the other.

```python
def compute(x, weight, how):                        # Tensors in, a Tensor out; NumPy within
    return Tensor(...)

class ComputeBackward(Function):
    @staticmethod
    def backward(gradient, x, weight, how):         # arrays in, a gradient for each operand out
        return ..., ...

class Compute(Layer):
    def forward(self, x):
        return ComputeBackward(compute, x, self.weight, self.how).apply()
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "cnn-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class SimpleCNN(Layer):
    """Two rounds of convolution, ReLU and pooling: from a colour image to a row of features."""

    def __init__(self, num_classes=10):
        """
        Make the layers.

        TODO: set num_classes, conv1, conv2, relu and pool.

        APPROACH:
        1. Store num_classes, for the layer that somebody will put behind this one.
        2. conv1 takes 3 channels to 16 and conv2 takes 16 to 32, both with 3×3 kernels and a padding of 1, which keeps
           height and width.
        3. pool takes the maximum of 2×2.

        EXAMPLE:
        >>> sum(p.size for p in SimpleCNN().parameters())
        5088
        """
        ### BEGIN SOLUTION
        self.num_classes = num_classes
        self.conv1 = Conv2d(3, 16, 3, padding=1)
        self.conv2 = Conv2d(16, 32, 3, padding=1)
        self.relu = ReLU()
        self.pool = MaxPool2d(2)
        ### END SOLUTION

    def forward(self, x):
        """
        Compute the features of images.

        TODO: return a Tensor (B, 32 · (H/4) · (W/4)) for x of shape (B, 3, H, W).

        APPROACH:
        1. Convolve, ReLU, pool; and once more with the second convolution.
        2. Make one row of each image.

        EXAMPLE:
        >>> SimpleCNN().forward(Tensor(np.zeros((2, 3, 32, 32)))).shape
        (2, 2048)

        HINT: reshape(len of the batch, -1) is recorded; x.data.reshape is not.
        """
        ### BEGIN SOLUTION
        for conv in (self.conv1, self.conv2):
            x = self.pool(self.relu(conv(x)))
        return x.reshape(x.shape[0], -1)
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return those of conv1 and then those of conv2, in one list.

        EXAMPLE:
        >>> [p.shape for p in SimpleCNN().parameters()]
        [(16, 3, 3, 3), (16,), (32, 16, 3, 3), (32,)]
        """
        ### BEGIN SOLUTION
        return self.conv1.parameters() + self.conv2.parameters()
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

The shapes of all four parameters, then the features of images of 32 × 32, 8 × 12 and 9 × 7, each number, with weights
that the test puts in. For 8 × 8 it compares gradients of the image and of all parameters with central differences, eight
of each: they arrive at conv1 only where nothing on the way has left the graph.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-simple-cnn", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def simple_features(x, first, one, second, two):
    """Return the features of images in float64."""
    for weight, bias in ((first, one), (second, two)):
        x = pooled(np.maximum(convolved(x, weight, bias, 1, 1), 0), 2, 2, 0, "max")
    return x.reshape(len(x), -1)


def test_unit_simple_cnn():
    """SimpleCNN computes features in two rounds, and gradients arrive at its first kernels."""
    assert SimpleCNN().num_classes == 10, f"num_classes is 10 unless told otherwise, got {SimpleCNN().num_classes}"
    assert SimpleCNN(4).num_classes == 4, f"SimpleCNN(4) keeps num_classes=4, got {SimpleCNN(4).num_classes}"
    model = SimpleCNN()
    shapes = [np.shape(each.data) for each in model.parameters()]
    expected = [(16, 3, 3, 3), (16,), (32, 16, 3, 3), (32,)]
    assert shapes == expected, f"SimpleCNN has parameters of shapes {expected}, got {shapes}"

    random = np.random.default_rng(4)
    arrays = [random.normal(size=shape) * 0.3 for shape in expected]
    model.conv1.weight, model.conv1.bias = (Tensor(each.copy(), requires_grad=True) for each in arrays[:2])
    model.conv2.weight, model.conv2.bias = (Tensor(each.copy(), requires_grad=True) for each in arrays[2:])
    for shape in ((2, 3, 32, 32), (1, 3, 8, 12), (3, 3, 9, 7)):
        images = random.normal(size=shape)
        features = simple_features(images, *arrays)
        check_tensor(f"the features of images {shape}", model(Tensor(images.copy())), features, rtol=1e-3, atol=1e-4)

    images = random.normal(size=(2, 3, 8, 8))
    gradient = random.normal(size=(2, 128))
    x = Tensor(images.copy(), requires_grad=True)
    model(x).backward(gradient.copy())
    tensors = {"x": x, "conv1.weight": model.conv1.weight, "conv1.bias": model.conv1.bias,
               "conv2.weight": model.conv2.weight, "conv2.bias": model.conv2.bias}
    for place, (name, tensor) in enumerate(tensors.items()):
        assert tensor.grad is not None, f"no gradient has arrived at {name}: stay with Tensors all the way"
        slopes = np.asarray(tensor.grad.data)
        given = (images, *arrays)
        assert slopes.shape == given[place].shape, f"{name}'s gradient has shape {given[place].shape}, got {slopes.shape}"
        for index in random.choice(given[place].size, size=8, replace=False):
            moved = [each.copy() for each in given]
            moved[place].flat[index] += 1e-5
            up = simple_features(*moved)
            moved[place].flat[index] -= 2e-5
            expected = np.sum(gradient * (up - simple_features(*moved))) / 2e-5
            got = slopes.flat[index]
            assert np.isclose(got, expected, rtol=1e-3, atol=1e-3), f"{name}: gradient {index} is {expected:.6g}, got {got}"


if __name__ == "__main__":
    test_unit_simple_cnn()
    print("SimpleCNN: passed")

# %% [markdown]
r"""
## Lying or standing?

The last test first moves an image and expects the convolution to move with it. Then it builds a network of all parts
and shows it sixteen images of 6 × 6 with one bar of three, lying or standing, each somewhere else:

```
 . . . . . .      . . . . . .
 # # # . . .      # . . . . .      (16, 1, 6, 6) ─▶ Conv2d(1, 4, 3) ─▶ BatchNorm2d(4) ─▶ ReLU
 . . . . . .      # . . . . .        ─▶ MaxPool2d(4) ─▶ (16, 4) ─▶ Linear(4, 2) ─▶ loss
 . . . . . .      # . . . . .
  lying (0)       standing (1)
```

Four kernels of nine weights find out by themselves what a bar is. The maximum over the whole image asks whether it is
anywhere. The loss must equal, at each of 31 steps, what the test computes in float64, and falls below 0.1. At the end,
with `training=False`, all sixteen must be told apart by what the normalization remembers.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-integration", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def bars():
    """Return 16 images of 6×6 with a bar of three in some place, lying (class 0) or standing (class 1)."""
    images, classes = np.zeros((16, 1, 6, 6)), np.arange(16) % 2
    for number, standing in enumerate(classes):
        along, across = number % 3, (number * 5 + 1) % 6
        place = (slice(along, along + 3), across) if standing else (across, slice(along, along + 3))
        images[number, 0][place] = 1.0
    return images, classes


def test_module():
    """Parts of a network for images work together, wherever a thing is in the image, and learn."""
    test_unit_conv2d()
    test_unit_pooling()
    test_unit_batchnorm2d()
    test_unit_simple_cnn()

    random = np.random.default_rng(6)
    conv, norm, relu, pool, last = Conv2d(1, 4, 3), BatchNorm2d(4), ReLU(), MaxPool2d(4), Linear(4, 2)
    kernels = random.normal(size=(4, 1, 3, 3))
    arrays = [kernels / 3, np.zeros(4), np.ones(4), np.zeros(4), random.normal(size=(4, 2)), np.zeros(2)]
    conv.weight = Tensor(kernels.copy())
    image = np.zeros((1, 1, 9, 9))
    image[0, 0, 2:5, 2:5] = random.normal(size=(3, 3))
    moved = np.roll(image, (2, 1), axis=(2, 3))
    expected = convolved(image, kernels, 0.0, 1, 0)
    check_tensor("the convolution of an image", conv(Tensor(image)), expected)
    shifted = np.roll(expected, (2, 1), axis=(2, 3))
    check_tensor("an image moved by (2, 1) gives the result moved by (2, 1): it", conv(Tensor(moved)), shifted)

    images, classes = bars()

    def compute(kernels, bias, gamma, beta, weight, constant):
        found = np.maximum(batch_normalized(convolved(images, kernels, bias, 1, 0), gamma, beta), 0)
        scores = found.max(axis=(2, 3)) @ weight + constant
        scores = scores - scores.max(axis=1, keepdims=True)
        return (np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(16), classes]).mean()

    criterion, targets = CrossEntropyLoss(), Tensor(classes)
    for step in range(31):
        tensors = [Tensor(each, requires_grad=True) for each in arrays]
        conv.weight, conv.bias, norm.gamma, norm.beta, last.weight, last.bias = tensors
        found = pool(relu(norm(conv(Tensor(images)), training=True)))
        scores = last(found.reshape(16, 4))
        loss = criterion(scores, targets)
        check_tensor(f"the loss in step {step}", loss, compute(*arrays), rtol=1e-3, atol=1e-4)
        loss.backward()
        for tensor, name in zip(tensors, ("kernels", "bias", "gamma", "beta", "weight", "constant"), strict=True):
            assert tensor.grad is not None, f"no gradient has arrived at the {name}"
        if step == 0:
            check_gradients("a network for images", {"kernels": tensors[0]}, compute, arrays, 1.0)
        arrays = [each - 0.2 * np.asarray(tensor.grad.data) for each, tensor in zip(arrays, tensors, strict=True)]
    assert loss.data < 0.1, f"after 30 steps the loss is below 0.1, got {loss.data}"
    used = last(pool(relu(norm(conv(Tensor(images)), training=False))).reshape(16, 4))
    chosen = np.asarray(used.data).argmax(axis=1)
    assert np.array_equal(chosen, classes), f"by what it remembers, it tells lying bars from standing ones, got {chosen}"


if __name__ == "__main__":
    test_module()
    print("Module 09: passed")

# %% [markdown]
r"""
## What you have built, compared

| | `Conv2d` | `MaxPool2d` | `AvgPool2d` | `BatchNorm2d` |
|---|---|---|---|---|
| mixes | neighbours and channels | neighbours | neighbours | nothing; looks at the whole batch |
| parameters | out · (in · kh · kw + 1) | 0 | 0 | 2 · C |
| also keeps | nothing | nothing | nothing | 2 · C running numbers |
| changes height and width | by k, s, p | by k, s, p | by k, s, p | no |
| padding | 0 | −∞ | 0, and it counts | none |
| differs in training | no | no | no | yes |
| linear in x | yes, but for the bias | no | yes | not while training |

## Which one?

| use | for example | because | but not when |
|---|---|---|---|
| `Conv2d(…, 3, padding=1)` | nearly every layer | keeps the size; two of them see 5 × 5 with 18 weights, not 25 | position itself is the answer |
| `Conv2d(…, 1)` | fewer channels before an expensive layer | a Linear in each place | neighbours matter |
| `Conv2d(…, 3, stride=2, padding=1)` | halving without pooling | it learns how to sum up | there is little data |
| `MaxPool2d(2)` | after a ReLU | keeps the strongest answer | all of a window matters |
| `AvgPool2d` over everything | the end of a network | any image size fits, no weights | places must be kept |
| `BatchNorm2d` | deep networks, batches of 16 and more | larger steps, less care with the first weights | batches are tiny: their means are noise |

## Three real pipelines

**Telling digits apart**, 8 × 8 pixels in one channel. `training` is handed on by hand to the layer that knows it:

```python
x = pool(relu(norm(conv(images), training=True)))        # Conv2d(1, 8, 3, padding=1): (B, 8, 4, 4)
scores = head(x.reshape(x.shape[0], -1))                 # Linear(128, 10)
```

**Features for something else.** Compute once, keep 2,048 numbers for each image, train a small head on them:

```python
body, head = SimpleCNN(), Linear(2048, 10)               # 5,088 and 20,490 parameters
scores = head(body(images))
```

**Any size of image**, as in ResNets: convolutions with a stride, then the mean of each whole channel. For 32 × 32:

```python
x = relu(conv2(relu(conv1(images))))                     # two strides of 2: (B, 64, 8, 8)
scores = head(AvgPool2d(8)(x).reshape(x.shape[0], 64))   # Linear(64, 10), 650 parameters instead of 40,970
```

## In production

PyTorch's `nn.Conv2d`, `nn.MaxPool2d` and `nn.AvgPool2d` compute the same numbers from the same shapes; its kernels begin
evenly distributed. What `einsum` does here, copy windows and make one matrix product of them, is known as *im2col*.
Libraries for graphics cards choose among that, Fourier transforms and Winograd's trick, which needs 16 multiplications
for four results of a 3 × 3 kernel where we need 36. In use, a batch normalization is a scale and a shift by constants,
and is folded into the weights of the convolution before it: then it costs nothing.

## Pitfalls, and how to find them

| what happens | why | how to find it |
|---|---|---|
| results look like an image seen in a mirror | the kernel is turned round | a kernel with a single 1 in a corner |
| every shape is right, nothing is learned | `Tensor(np.maximum(x.data, 0))` or the like leaves the graph | look for the first result without `requires_grad` |
| `Linear` complains about a size | flattened 30 × 30, reckoned with 32 × 32 | print the shape behind each layer, compare with the formula |
| the border is brighter or darker | zeros of the padding are part of it | an image of ones, a kernel of ones: corners give 4, not 9 |
| good in training, bad in use | batch statistics in use, or remembered too little | compare `running_mean` with a batch's means |
| an answer changes with the batch it comes in | `training=False` was forgotten | the same image alone and among others |
| a pool's gradients are too large | ties share instead of one taking all | the sum of x's gradient is that of the result's |

## What it costs

Additions and multiplications are counted as two. For one image of 32 × 32 in `SimpleCNN`:

| layer | parameters | operations | numbers that come out |
|---|---|---|---|
| conv1 | 448 | 2 · 27 · 16 · 1,024 = 884,736 | 16,384 |
| pool | 0 | 3 · 4,096 = 12,288 comparisons | 4,096 |
| conv2 | 4,640 | 2 · 144 · 32 · 256 = 2,359,296 | 8,192 |
| pool | 0 | 3 · 2,048 = 6,144 comparisons | 2,048 |

A weight of a Linear is used once for an image, one of conv1 1,024 times: parameters say little about work here. And
memory lies elsewhere too. `windows` is a view, but the matrix product needs its numbers in a row, so each is copied
kh · kw times: 27,648 numbers for an image of 3,072, nine times as many. Gradients double that. Of a batch of 64, the
numbers behind conv1 alone take 64 · 16,384 · 4 bytes = 4.2 MB, all its parameters 1.8 kB.

## What comes next

- **14, profiling**, counts these operations and bytes for any model.
- **15 and 16** make weights smaller and fewer. Convolutions have few, and each is used often: they are hard to compress.
- **12 and 13** drop both assumptions of this lesson: attention looks everywhere, and is told about places.

## To think about

1. Two convolutions of 3 × 3 see 5 × 5 pixels. With C channels in and out, compare their weights with those of one 5 × 5
   convolution. Why are they not the same function, even if no ReLU stands between them?
2. A thing at the border meets zeros of the padding. Is the answer of a padded convolution still the same wherever a
   thing is? What could a network learn from that?
3. You train with batches of two images. What does batch normalization do to the difference between them, and how does
   the answer to one image change with the other?

## Summary

An image is looked at through windows. A convolution multiplies each with the same few weights, a pooling keeps one number
of it, and gradients are folded back to where windows came from, adding up where they overlap. Batch normalization makes
channels comparable and remembers what they were like. Few weights, used often: that is what made networks see.

When all tests pass, finish the lesson:

```
tito module complete 09
```

and run the milestone that it opens: `tito milestone run cnn` shows your convolutions the digits of the last one, and has to
read more of them.
"""
