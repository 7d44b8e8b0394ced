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
# 13 · Transformers

A GPT is a stack of equal blocks, and a block is two sentences long: *look at the others, and add what you found.
Think about it, and add what you thought.* You have the looking, attention, from the last lesson. This one adds the
thinking, the adding and the care that keeps a deep stack trainable, and ends with a model that writes.

**After this lesson you can**

- normalize each token's vector, with a gradient, and say why a deep stack needs it;
- build a transformer block of attention, MLP and two shortcuts, and explain the order of its parts;
- count the parameters of a GPT of any size in your head, or nearly;
- generate text token by token, greedily or by chance, at any temperature;
- prove that a model uses its past and cannot see its future.

**You build**

| part | what it does | parameters |
|---|---|---|
| `SqrtBackward` | the gradient of a square root | none |
| `LayerNorm` | gives each vector mean 0 and variance 1 | 2 D |
| `MLP` | thinks about each token by itself | 8 D² + 5 D |
| `create_causal_mask` | says who comes before whom | none |
| `TransformerBlock` | attention and MLP, with shortcuts | 12 D² + 13 D |
| `sample_tokens` | chooses the next token | none |
| `GPT` | tokens to scores for the next token, and on and on | the sum |

```
  11 embeddings ─┐
                 ├──▶ 13 transformers ──▶ 14 profiling: what does it cost?
  12 attention  ─┘    the whole model     17 memoization: why is generating so slow?
```
"""

# %% [markdown]
"""
## Where it lives

You write in `tinytorch/modules/13_transformers/transformers_dev.py`; `tito export 13` makes
`tinytorch/core/transformer.py` of it:

```python
from tinytorch.core.transformer import GPT, LayerNorm, MLP, TransformerBlock, create_causal_mask
```

It is a file of its own in `core` because it is the first that only puts parts together: all numbers are handled by
lessons before it, and those after it (profiling, compression, the cache of 17) take a whole GPT as their subject.

**It needs** `Tensor` (01), `GELU` and `Softmax` (02), `Layer` and `Linear` (03), `Function` (05), `EmbeddingLayer`
(11) and `MultiHeadAttention` (12). If an import fails, it names the lesson that has not been exported: `tito export
12`, say, mends a missing `tinytorch.core.attention`. If Python finds no `tinytorch` at all, it is not the one that
your workspace is installed in: its README says under *Install* how that is done, and Jupyter has to use the same `.venv`.
"""

# %%
#| default_exp core.transformer

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.activations import GELU, Softmax
from tinytorch.core.attention import MultiHeadAttention
from tinytorch.core.autograd import Function, recorded
from tinytorch.core.embeddings import EmbeddingLayer
from tinytorch.core.layers import Layer, Linear
from tinytorch.core.tensor import Tensor

# %% [markdown]
r"""
## Why a stack needs care

A single attention layer can look something up. To look up what depends on what was looked up before, one needs
another layer behind it, and so on: depth is what makes these models strong. But depth has a price, and it can be
computed. Let each of 24 layers hand on a gradient that is 0.8 times what it was given:

```
 layers        1       4        12         24
 0.8ⁿ        0.8    0.41     0.069     0.0047      the first layer hears 0.5 % of the news
```

A **shortcut** changes the sum. A layer that computes x + f(x) hands the gradient on as it is *and* through f:

$$\frac{\partial}{\partial x}\,(x + f(x)) = 1 + f'(x)$$

Whatever f does, there is a 1 in front of it, and 1²⁴ is 1. So with shortcuts, one can stack dozens of layers. They
have a price in turn: each one *adds*. If f(x) is as large as its input and independent of it, variances double with
each layer; if it has variance 1, they grow by 1:

```
 layers                 0      4      12      24
 std, f of variance 1   1    2.2     3.6     5.0        √(1 + n)
 std, f as large as x   1    4.0      64    4096        √(2ⁿ)
```

**Normalizing** what goes *into* f keeps f's input, and so its output, at the same size in every layer: the upper row,
not the lower one. Those two ideas, shortcuts and normalization, are all the care there is.
"""

# %% [markdown]
r"""
## LayerNorm

LayerNorm takes one token's vector, subtracts its mean, and divides by its standard deviation:

$$y = \gamma \cdot \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta
\qquad \mu = \frac1D \sum_i x_i \qquad \sigma^2 = \frac1D \sum_i (x_i - \mu)^2$$

γ and β, one number for each of the D places, let the model undo it where that helps. They begin at 1 and 0.

| step | for x = [1, 2, 3, 4] |
|---|---|
| mean μ | 2.5 |
| x − μ | −1.5, −0.5, 0.5, 1.5 |
| variance σ² | (2.25 + 0.25 + 0.25 + 2.25) / 4 = 1.25 |
| divided by √(1.25 + 0.00001) | −1.341635, −0.447212, 0.447212, 1.341635 |

Each token is normalized by itself, whatever else is in the batch. BatchNorm (09) goes the other way through the same
block of numbers:

```
            features ─▶                            features ─▶
 token 0   [ ▪ ▪ ▪ ▪ ]  ◀ LayerNorm:    token 0   [ ▪ ▪ ▪ ▪ ]
 token 1   [ ▪ ▪ ▪ ▪ ]    row by row    token 1   [ ▪ ▪ ▪ ▪ ]
 token 2   [ ▪ ▪ ▪ ▪ ]                  token 2   [ ▪ ▪ ▪ ▪ ]
                                                    ▲ BatchNorm: column by column
```

So there are no running averages, training and use are the same, a batch of one is fine, and no token learns anything
of later ones through the mean.

**A root with a gradient.** Tensors have no square root. Computed with `.data`, it would leave the graph, and the
gradient would treat σ as a constant: nothing crashes, and the slopes are wrong. You know from module 05 what a new
operation needs: a Function whose `backward` multiplies with the slope, here that of √x, which is 1/(2√x). The cell
after your solution makes it a recorded function, `sqrt`.

| x | √x | slope |
|---|---|---|
| 0.25 | 0.5 | 1 |
| 1 | 1 | 0.5 |
| 4 | 2 | 0.25 |

**Traps.**

- ε stands *inside* the root. A vector of equal numbers has σ² = 0, and √ε is what saves it from 0/0.
- The variance is divided by D, not by D − 1 (`np.std` does so by default; `torch.std` does not).
- The mean of x² less the square of the mean is the same number on paper. In float32 it is not: for numbers around
  10,000, both are around 100,000,000, where float32 knows multiples of 8 only, and a variance of 1 is lost.
- Without `keepdims=True`, the means of a batch (B, T) do not line up with x (B, T, D).
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sqrt-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class SqrtBackward(Function):
    """The square root."""

    @staticmethod
    def backward(gradient, x):
        """
        Multiply with the slope of the square root.

        TODO: return the gradient of x; all are arrays.

        EXAMPLE:
        >>> SqrtBackward.backward(np.array([1.0, 1.0, 3.0]), np.array([0.25, 1.0, 4.0])).tolist()
        [1.0, 0.5, 0.75]
        """
        ### BEGIN SOLUTION
        return gradient / (2 * np.sqrt(x))
        ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "record-sqrt", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
def square_root(x):
    """Return the square roots of a Tensor, element by element."""
    return Tensor(np.sqrt(x.data))


# The same, and a gradient finds its way back.
sqrt = recorded(SqrtBackward, square_root)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "layer-norm-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class LayerNorm(Layer):
    """Vectors of mean 0 and variance 1, then scaled and shifted."""

    def __init__(self, normalized_shape, eps=1e-5):
        """
        Make the scale and the shift.

        TODO: set normalized_shape (the size of the last direction), eps, gamma and beta.

        APPROACH:
        1. Store normalized_shape and eps.
        2. gamma is a Tensor of ones and beta one of zeros, of that size; both require gradients.

        EXAMPLE:
        >>> LayerNorm(3).gamma.data.tolist(), LayerNorm(3).beta.data.tolist()
        ([1.0, 1.0, 1.0], [0.0, 0.0, 0.0])
        """
        ### BEGIN SOLUTION
        self.normalized_shape = normalized_shape
        self.eps = eps
        self.gamma = Tensor(np.ones(normalized_shape), requires_grad=True)
        self.beta = Tensor(np.zeros(normalized_shape), requires_grad=True)
        ### END SOLUTION

    def forward(self, x):
        """
        Normalize the last direction.

        TODO: return a Tensor of x's shape.

        APPROACH:
        1. Subtract the mean of the last direction.
        2. The variance is the mean of the squares of what is left.
        3. Divide by sqrt(variance + eps); multiply with gamma, and add beta.

        EXAMPLE:
        >>> print(LayerNorm(4).forward(Tensor([[1, 2, 3, 4]])).data.round(4))
        [[-1.3416 -0.4472  0.4472  1.3416]]

        HINT: sqrt from the cell above takes a Tensor. keepdims=True lets means and numbers line up.
        """
        ### BEGIN SOLUTION
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = (centred * centred).mean(axis=-1, keepdims=True)
        return centred / sqrt(variance + self.eps) * self.gamma + self.beta
        ### END SOLUTION

    def parameters(self):
        """TODO: return [gamma, beta], the layer's own Tensors."""
        ### BEGIN SOLUTION
        return [self.gamma, self.beta]
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The slope of the root, and the numbers of the table. Then a block of shape (2, 3, 4) with a scale and a shift of its
own, row by row in float64. A vector of equal numbers, one that is so small that ε matters, and one with numbers
around 10,000. The gradients of x, γ and β, through the graph, are compared with central differences.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-layer-norm", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def check_close(text, got, expected, rtol=1e-4, atol=1e-5):
    """Compare a Tensor's shape and numbers, and tell of the first number that differs."""
    assert isinstance(got, Tensor), f"{text} is a Tensor, got {type(got).__name__}"
    expected, got = np.asarray(expected), np.asarray(got.data)
    assert got.shape == expected.shape, f"{text} has shape {expected.shape}, got {got.shape}"
    off = [tuple(place) for place in np.argwhere(~np.isclose(got, expected, rtol, atol)).tolist()]
    assert not off, f"{text} at {list(off[0])} is {expected[off[0]]:.6g}, got {got[off[0]]:.6g}"


def check_parameters(text, layer, expected):
    """Make sure that a layer lists exactly these Tensors, the very objects, in this order."""
    got = layer.parameters()
    assert len(got) == len(expected), f"{text} has {len(expected)} parameters, got {len(got)}"
    for place, (name, tensor) in enumerate(expected):
        assert got[place] is tensor, f"{text}.parameters()[{place}] is {name} itself"
    kinds = len({id(tensor) for _, tensor in expected})
    assert kinds == len(expected), f"{text} has {len(expected)} different parameters, got {kinds}"


def numeric_gradient(compute, array, step=1e-5):
    """Measure the gradient of a number with respect to an array, with central differences in float64."""
    slopes = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        kept, values = array[index], []
        for move in (step, -step):
            array[index] = kept + move
            values.append(compute())
        array[index] = kept
        slopes[index] = (values[0] - values[1]) / (2 * step)
    return slopes


def check_gradients(output, direction, measured):
    """Hand a gradient back from output, and compare what arrives with (name, Tensor, slopes)."""
    assert output.requires_grad is True, "the output requires a gradient: compute with Tensors, not with their data"
    output.backward(direction)
    for name, tensor, slopes in measured:
        assert tensor.grad is not None, f"{name} gets a gradient: compute with Tensors, not with their data"
        check_close(f"the gradient of {name}", tensor.grad, slopes, rtol=2e-3, atol=2e-3)


def normalized(x, gamma=1.0, beta=0.0, eps=1e-5):
    """Normalize an array's rows, in float64."""
    return gamma * (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + eps) + beta


def test_unit_layer_norm():
    """LayerNorm normalizes each row, scales, shifts, and hands gradients back."""
    slopes = SqrtBackward.backward(np.array([1.0, -2.0, 3.0]), np.array([0.25, 4.0, 9.0]))
    assert np.shape(slopes) == (3,), f"SqrtBackward keeps the shape (3,), got {np.shape(slopes)}"
    assert np.allclose(slopes, [1.0, -0.5, 0.5]), f"the slopes of the root at 0.25, 4, 9 are 1, 1/4, 1/6, got {slopes}"
    print("the slope of the root: passed")

    layer = LayerNorm(4)
    assert layer.normalized_shape == 4, f"LayerNorm(4).normalized_shape is 4, got {layer.normalized_shape}"
    check_close("gamma", layer.gamma, np.ones(4))
    check_close("beta", layer.beta, np.zeros(4))
    for name, tensor in (("gamma", layer.gamma), ("beta", layer.beta)):
        assert tensor.requires_grad is True, f"{name} requires a gradient"
    check_parameters("LayerNorm(4)", layer, [("gamma", layer.gamma), ("beta", layer.beta)])
    rows = {
        "[1, 2, 3, 4]": ([1.0, 2.0, 3.0, 4.0], [-1.341635, -0.447212, 0.447212, 1.341635]),
        "[10001, …, 10004]": ([10001.0, 10002.0, 10003.0, 10004.0], [-1.341635, -0.447212, 0.447212, 1.341635]),
        "[5, 5, 5, 5]": ([5.0, 5.0, 5.0, 5.0], [0.0, 0.0, 0.0, 0.0]),
        "[0.001, -0.001, 0.001, -0.001]": ([1e-3, -1e-3, 1e-3, -1e-3], [0.301511, -0.301511, 0.301511, -0.301511]),
    }
    for text, (row, expected) in rows.items():
        check_close(f"LayerNorm of {text}", layer.forward(Tensor([row])), [expected], atol=1e-4)
    rough = LayerNorm(2, eps=3.0).forward(Tensor([1.0, -1.0]))
    check_close("LayerNorm of [1, -1] with eps = 3", rough, [0.5, -0.5])
    print("known rows: passed")

    random = np.random.default_rng(1)
    x, gamma, beta = random.normal(size=(2, 3, 4)) * 3 + 1, random.normal(size=4), random.normal(size=4)
    direction = random.normal(size=(2, 3, 4))
    expected = normalized(x, gamma, beta)
    measured = [numeric_gradient(lambda: np.sum(direction * normalized(x, gamma, beta)), each) for each in (x, gamma, beta)]
    layer.gamma, layer.beta = Tensor(gamma, requires_grad=True), Tensor(beta, requires_grad=True)
    inputs = Tensor(x, requires_grad=True)
    output = layer.forward(inputs)
    check_close("LayerNorm of a block (2, 3, 4)", output, expected)
    check_close("x, after LayerNorm,", inputs, x)
    tensors = (inputs, layer.gamma, layer.beta)
    check_gradients(output, direction, zip(("x", "gamma", "beta"), tensors, measured, strict=True))
    print("a block and its gradients: passed")


if __name__ == "__main__":
    test_unit_layer_norm()

# %% [markdown]
r"""
## MLP

Attention mixes tokens, but what it mixes is linear in the values. The thinking is done by a small network of two
layers, which is applied to each token by itself:

$$\text{MLP}(x) = \text{GELU}(x W_1 + b_1)\, W_2 + b_2$$

```
 x (B, T, D) ──▶ linear1 ──▶ (B, T, 4D) ──▶ GELU ──▶ (B, T, 4D) ──▶ linear2 ──▶ y (B, T, D)
                  widen                     choose                  sum up
```

The factor 4 is a habit, from the first transformer on; any `hidden_dim` works. For D = 64 the MLP has
64 · 256 + 256 + 256 · 64 + 64 = 33,088 numbers, twice as many as attention, so two thirds of a block are MLP.

**What it can do.** Each of the 4D hidden units is a question: does this vector point in my direction, the column of
W₁? The more it does, the more the unit adds of its answer, its row of W₂. Much of what a model knows sits here.

**Traps.** A GELU behind the second layer as well would keep the output from going far below 0. And without any
GELU the two layers are one (lesson 02 said why).
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mlp-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class MLP(Layer):
    """Two linear layers with a GELU between them, for each token by itself."""

    def __init__(self, embed_dim, hidden_dim=None):
        """
        Make the two layers.

        TODO: set linear1 (embed_dim to hidden_dim), gelu and linear2 (back again). Without hidden_dim it is
        4 * embed_dim.

        EXAMPLE:
        >>> MLP(6).linear1.weight.shape, MLP(6, 10).linear2.weight.shape
        ((6, 24), (10, 6))
        """
        ### BEGIN SOLUTION
        hidden_dim = hidden_dim or 4 * embed_dim
        self.linear1 = Linear(embed_dim, hidden_dim)
        self.gelu = GELU()
        self.linear2 = Linear(hidden_dim, embed_dim)
        ### END SOLUTION

    def forward(self, x):
        """TODO: return linear2 of the GELU of linear1 of x."""
        ### BEGIN SOLUTION
        return self.linear2(self.gelu(self.linear1(x)))
        ### END SOLUTION

    def parameters(self):
        """TODO: return the parameters of linear1, then those of linear2."""
        ### BEGIN SOLUTION
        return self.linear1.parameters() + self.linear2.parameters()
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The widths, with and without `hidden_dim`, and the 33,088 numbers. Then weights and biases of the test's own, and
the output for a batch of sequences in NumPy. Module 02 left open which form of GELU yours is, so the test finds out
first.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-mlp", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def gelu_form():
    """Return the form of GELU that module 02 has chosen, as a function of arrays."""
    import math

    forms = (
        lambda x: x / (1 + np.exp(-1.702 * x)),
        lambda x: x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))),
        lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    )
    points = np.linspace(-3, 3, 13)
    got = GELU()(Tensor(points)).data
    return next((form for form in forms if np.allclose(got, form(points), rtol=0, atol=1e-4)), forms[0])


def test_unit_mlp():
    """MLP widens, bends and narrows, for each token by itself."""
    for arguments, hidden in (((6,), 24), ((6, 10), 10)):
        layer = MLP(*arguments)
        shapes = [each.shape for each in layer.parameters()]
        expected = [(6, hidden), (hidden,), (hidden, 6), (6,)]
        assert shapes == expected, f"MLP{arguments} has parameters of shapes {expected}, got {shapes}"
    first, second = layer.linear1, layer.linear2
    names = [("linear1.weight", first.weight), ("linear1.bias", first.bias)]
    names += [("linear2.weight", second.weight), ("linear2.bias", second.bias)]
    check_parameters("MLP(6, 10)", layer, names)
    count = sum(each.size for each in MLP(64).parameters())
    assert count == 33_088, f"MLP(64) has 33,088 numbers, got {count}"
    print("widths: passed")

    gelu, random = gelu_form(), np.random.default_rng(2)
    w1, b1, w2, b2 = (random.normal(size=size) for size in ((6, 10), (10,), (10, 6), (6,)))
    first.weight, first.bias, second.weight, second.bias = Tensor(w1), Tensor(b1), Tensor(w2), Tensor(b2)
    x = random.normal(size=(2, 3, 6))
    expected = gelu(x @ w1 + b1) @ w2 + b2
    check_close("MLP of a batch (2, 3, 6)", layer.forward(Tensor(x)), expected, rtol=1e-3, atol=1e-3)
    print("a batch of sequences: passed")


if __name__ == "__main__":
    test_unit_mlp()

# %% [markdown]
r"""
## The block

$$x' = x + \text{attention}(\text{ln}_1(x)) \qquad\qquad y = x' + \text{mlp}(\text{ln}_2(x'))$$

```
 x ──┬──▶ ln1 ──▶ attention ──▶ + ──┬──▶ ln2 ──▶ mlp ──▶ + ──▶ y
     │               ▲          ▲   │                    ▲
     │             mask         │   │                    │
     └──────────────────────────┘   └────────────────────┘
            shortcut                       shortcut
```

Follow the lower line from x to y: nothing stands in its way. People call it the *residual stream*. Each part reads
from it (through a norm) and adds to it; none replaces what is there.

The first transformers normalized *after* each sum. That puts a norm in the way of every shortcut, and deep stacks
of the kind need a careful warm-up to train at all. Before the part ("pre-norm") is what nearly all models do since
GPT-2, and so do we:

| | pre-norm (ours) | post-norm (2017) |
|---|---|---|
| formula | x + f(ln(x)) | ln(x + f(x)) |
| the way back from y to x | free | through every norm |
| size of the stream | grows with depth; a last norm at the end | 1 everywhere |

**The mask.** `create_causal_mask(T)` gives what `MultiHeadAttention` takes: shape (1, T, T), **1 where query i may
look at key j, that is where j ≤ i,** and 0 elsewhere.

```
 create_causal_mask(3)      [[[ 1 0 0 ]
                              [ 1 1 0 ]
                              [ 1 1 1 ]]]
```

**The trap that has a story.** There is teaching material in which the GPT makes a mask of 0 and −∞, to be added to
the scores, and hands it to an attention that expects 1 and 0. That attention reads 0 as "do not look" and pushes
every *allowed* score down to −10⁹ + s. Float32 numbers near 10⁹ lie 64 apart, so s is rounded away, and all allowed
scores are equal:

```
 what it should be        what it was
 token 0   1  0  0        1  0  0
 token 1  .9 .1  0        ½  ½  0         the plain average of the past,
 token 2  .1 .2 .7        ⅓  ⅓  ⅓         whatever queries and keys say
```

The future stays hidden, shapes are right, the loss even falls. The model simply does not attend. So the last test of
this lesson compares whole outputs with numbers.

**Sizes.** Attention has 4 D² + 4 D numbers, the MLP 8 D² + 5 D, and two norms 4 D. For D = 64:

| part | Tensors | numbers |
|---|---|---|
| ln1, ln2 | 4 | 256 |
| attention | 8 | 16,640 |
| mlp | 4 | 33,088 |
| block | 16 | 49,984 |
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "block-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def create_causal_mask(length):
    """
    Say who comes before whom.

    TODO: return a Tensor of shape (1, length, length), with 1 at [0, i, j] where j <= i, and 0 elsewhere.

    EXAMPLE:
    >>> create_causal_mask(3).data.tolist()
    [[[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]]

    HINT: NumPy has a function for a lower triangle.
    """
    ### BEGIN SOLUTION
    return Tensor(np.tril(np.ones((1, length, length))))
    ### END SOLUTION


class TransformerBlock(Layer):
    """Attention and an MLP, each behind a norm and beside a shortcut."""

    def __init__(self, embed_dim, num_heads, mlp_ratio=4):
        """
        Make the parts.

        TODO: set ln1, attention, ln2 and mlp. The hidden width of the MLP is mlp_ratio times embed_dim.

        EXAMPLE:
        >>> TransformerBlock(6, 2, mlp_ratio=3).mlp.linear1.weight.shape
        (6, 18)
        """
        ### BEGIN SOLUTION
        self.ln1 = LayerNorm(embed_dim)
        self.attention = MultiHeadAttention(embed_dim, num_heads)
        self.ln2 = LayerNorm(embed_dim)
        self.mlp = MLP(embed_dim, mlp_ratio * embed_dim)
        ### END SOLUTION

    def forward(self, x, mask=None):
        """
        Look at the others, then think; add both to x.

        TODO: return a Tensor of x's shape.

        APPROACH:
        1. Add attention of ln1 of x, with the mask, to x.
        2. Add mlp of ln2 of that to it.

        EXAMPLE:
        >>> TransformerBlock(6, 2).forward(Tensor([[[1] * 6, [2] * 6]])).shape
        (1, 2, 6)

        HINT: both norms see the stream as it is at their place, not x alone.
        """
        ### BEGIN SOLUTION
        x = x + self.attention(self.ln1(x), mask)
        return x + self.mlp(self.ln2(x))
        ### END SOLUTION

    def parameters(self):
        """TODO: return one flat list: those of ln1, attention, ln2 and mlp, in this order."""
        ### BEGIN SOLUTION
        return [each for part in (self.ln1, self.attention, self.ln2, self.mlp) for each in part.parameters()]
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The mask; the sizes of the parts and the 49,984 numbers in 16 Tensors. For the wiring, the test takes the parts out
and puts simple ones of its own in (ln1 adds 1, attention doubles, ln2 subtracts 3, the MLP takes ten times), so
that an error in a part is not charged again, and looks at what comes out and at which mask arrived.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-transformer-block", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def part(compute, masks=None):
    """Return a layer that computes something simple, and notes the masks that it is handed."""

    class Part(Layer):
        def forward(self, x, mask=None):
            if masks is not None:
                masks.append(mask)
            return compute(x)

    return Part()


def block_parts(block, text=""):
    """Return (name, Tensor) of all parameters of a block, in order."""
    layers = [(f"attention.{name}", getattr(block.attention, name)) for name in ("q_proj", "k_proj", "v_proj", "out_proj")]
    mlp = [(f"mlp.{name}", getattr(block.mlp, name)) for name in ("linear1", "linear2")]
    found = [("ln1.gamma", block.ln1.gamma), ("ln1.beta", block.ln1.beta)]
    found += [each for name, layer in layers for each in ((f"{name}.weight", layer.weight), (f"{name}.bias", layer.bias))]
    found += [("ln2.gamma", block.ln2.gamma), ("ln2.beta", block.ln2.beta)]
    found += [each for name, layer in mlp for each in ((f"{name}.weight", layer.weight), (f"{name}.bias", layer.bias))]
    return [(text + name, tensor) for name, tensor in found]


def test_unit_transformer_block():
    """A block adds attention and then the MLP to what comes in, each of a norm of it."""
    for length, rows in ((1, [[1]]), (3, [[1, 0, 0], [1, 1, 0], [1, 1, 1]])):
        check_close(f"create_causal_mask({length})", create_causal_mask(length), [rows])
    print("the mask: passed")

    block = TransformerBlock(64, 4)
    check_parameters("TransformerBlock(64, 4)", block, block_parts(block))
    count = sum(each.size for each in block.parameters())
    assert count == 49_984, f"TransformerBlock(64, 4) has 49,984 numbers, got {count}"
    heads = TransformerBlock(6, 3).attention.num_heads
    assert heads == 3, f"TransformerBlock(6, 3) has an attention with 3 heads, got {heads}"
    shape = TransformerBlock(6, 2, mlp_ratio=3).mlp.linear1.weight.shape
    assert shape == (6, 18), f"TransformerBlock(6, 2, mlp_ratio=3) widens from 6 to 18, got {shape}"
    print("sizes: passed")

    block, masks = TransformerBlock(4, 2), []
    block.ln1, block.attention = part(lambda x: x + 1), part(lambda x: x * 2, masks)
    block.ln2, block.mlp = part(lambda x: x - 3), part(lambda x: x * 10)
    x = np.random.default_rng(3).normal(size=(2, 3, 4))
    halfway = x + 2 * (x + 1)
    expected = halfway + 10 * (halfway - 3)
    mask = Tensor(np.tril(np.ones((1, 3, 3))))
    inputs = Tensor(x)
    check_close("a block of simple parts", block.forward(inputs, mask), expected, atol=1e-4)
    check_close("a block of simple parts, without a mask,", block.forward(inputs), expected, atol=1e-4)
    check_close("x, after the block,", inputs, x)
    assert len(masks) == 2, f"each call of a block attends once, got {len(masks)} for 2 calls"
    check_close("the mask that attention is handed", masks[0], np.tril(np.ones((1, 3, 3))))
    assert masks[1] is None, f"without a mask, attention is handed None, got {masks[1]}"
    print("the wiring: passed")


if __name__ == "__main__":
    test_unit_transformer_block()

# %% [markdown]
r"""
## GPT

All that is missing is a beginning and an end: an `EmbeddingLayer` (11) that makes vectors of tokens and adds
positions, and a last norm and a `Linear` without bias, the *head*, that makes a score for each token of the
vocabulary:

```
 tokens (B, T) ─▶ embedding ─▶ [ block ] × L ─▶ ln_f ─▶ lm_head ─▶ logits (B, T, V)
                   (B, T, D)      ▲
                          causal mask (1, T, T)
```

Position t of the logits is about the token that comes *after* position t. One pass over a text of T tokens so makes T
predictions, and the mask keeps each of them honest:

```
 tokens     the     cat     sat     on
 target     cat     sat     on      the        the same, one to the left
 logits     ▪▪▪▪    ▪▪▪▪    ▪▪▪▪    ▪▪▪▪       V scores each
```

A model that knows nothing gives all V tokens the same chance, so its loss is log V: 4.605 for V = 100. It is a
good first check of any new model.

**How many numbers?** GPT(100, 64, 2, 4), with `max_seq_len` 1024:

| part | numbers | Tensors |
|---|---|---|
| tokens, V · D | 6,400 | 1 |
| positions, 1024 · D | 65,536 | 1 |
| 2 blocks | 99,968 | 32 |
| ln_f, 2 D | 128 | 2 |
| lm_head, D · V | 6,400 | 1 |
| all | 178,432 | 37 |

For the sizes of GPT-2 (V = 50,257, D = 768, 12 layers, 1,024 positions) the same sum gives 163,037,184. GPT-2 uses
one table for tokens and head, 38,597,376 numbers fewer: the 124 million of its name.

### Choosing a token

Writing is a loop: compute the logits, look at the last position, choose a token, append it, and begin anew.

```
 [the cat]           ─▶ model ─▶ logits of "cat" ─▶ sat
 [the cat sat]       ─▶ model ─▶ logits of "sat" ─▶ on
 [the cat sat on]    ─▶ model ─▶ logits of "on"  ─▶ the
```

Choosing the likeliest each time is dull and likes to go round in circles. So one draws by chance, from the softmax
of the logits. The **temperature** divides the logits first, and so decides how much chance there is:

| logits 2, 1, 0 at temperature | probabilities |
|---|---|
| 0 | 1, 0, 0: the likeliest, always |
| 0.5 | 0.8668, 0.1173, 0.0159 |
| 1 | 0.6652, 0.2447, 0.0900 |
| 2 | 0.5065, 0.3072, 0.1863 |

**Traps.**

- 0 is a fine temperature and a bad divisor. Take the largest logit there.
- The batch has many rows, and each is continued by a choice of its own.
- The *last* position speaks about the next token. The first, or a mean over all, is about something else.
- Positions end at `max_seq_len`. A text that would grow past it is a ValueError, before any work is done.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "gpt-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def sample_tokens(logits, temperature=1.0):
    """
    Choose a token for each row of logits.

    TODO: return an array of shape (B,) of token numbers, for an array of logits of shape (B, V).

    APPROACH:
    1. Refuse a temperature below 0 with a ValueError.
    2. At temperature 0, take the place of the largest logit of each row.
    3. Else draw from the softmax of logits / temperature, for each row by itself.

    EXAMPLE:
    >>> sample_tokens(np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 2.0]]), temperature=0).tolist()
    [0, 2]

    HINT: np.random.choice(n, p=probabilities) draws one of 0 to n - 1. Leave its seed alone.
    """
    ### BEGIN SOLUTION
    if temperature < 0:
        raise ValueError(f"a temperature is 0 or more, not {temperature}")
    if temperature == 0:
        return logits.argmax(axis=-1)
    probabilities = Softmax()(Tensor(logits / temperature)).data
    return np.array([np.random.choice(len(row), p=row) for row in probabilities])
    ### END SOLUTION


class GPT(Layer):
    """A stack of transformer blocks that predicts the next token."""

    def __init__(self, vocab_size, embed_dim, num_layers, num_heads, max_seq_len=1024):
        """
        Make the parts.

        TODO: set the five arguments as attributes, and embedding, blocks, ln_f and lm_head.

        APPROACH:
        1. Store vocab_size, embed_dim, num_layers, num_heads and max_seq_len.
        2. embedding is an EmbeddingLayer with learned positions, max_seq_len of them.
        3. blocks is a list of num_layers TransformerBlocks.
        4. ln_f is a LayerNorm, and lm_head a Linear from embed_dim to vocab_size, without a bias.

        EXAMPLE:
        >>> len(GPT(100, 64, 2, 4).parameters())
        37
        """
        ### BEGIN SOLUTION
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        self.num_layers = num_layers
        self.num_heads = num_heads
        self.max_seq_len = max_seq_len
        self.embedding = EmbeddingLayer(vocab_size, embed_dim, max_seq_len)
        self.blocks = [TransformerBlock(embed_dim, num_heads) for _ in range(num_layers)]
        self.ln_f = LayerNorm(embed_dim)
        self.lm_head = Linear(embed_dim, vocab_size, bias=False)
        ### END SOLUTION

    def forward(self, tokens):
        """
        Score what comes next, at each position.

        TODO: return a Tensor of shape (B, T, vocab_size) for a Tensor of tokens of shape (B, T).

        APPROACH:
        1. Embed the tokens.
        2. Send them through the blocks, each with the causal mask of length T.
        3. Normalize, and apply the head.

        EXAMPLE:
        >>> GPT(10, 8, 1, 2).forward(Tensor([[1, 2, 3]])).shape
        (1, 3, 10)
        """
        ### BEGIN SOLUTION
        x = self.embedding(tokens)
        mask = create_causal_mask(x.shape[1])
        for block in self.blocks:
            x = block(x, mask)
        return self.lm_head(self.ln_f(x))
        ### END SOLUTION

    def parameters(self):
        """TODO: return one flat list: those of embedding, of the blocks, of ln_f and of lm_head, in this order."""
        ### BEGIN SOLUTION
        return [each for part in (self.embedding, *self.blocks, self.ln_f, self.lm_head) for each in part.parameters()]
        ### END SOLUTION

    def generate(self, prompt, max_new_tokens=50, temperature=1.0):
        """
        Continue each sequence of a batch, token by token.

        TODO: return a Tensor of shape (B, T + max_new_tokens) that begins with the prompt, of shape (B, T).

        APPROACH:
        1. Refuse with a ValueError what would become longer than max_seq_len.
        2. Again and again: compute the logits of all tokens so far, take those of the last position, choose a token
           for each row, and append it.

        EXAMPLE:
        >>> GPT(10, 8, 1, 2).generate(Tensor([[1, 2, 3], [4, 5, 6]]), max_new_tokens=4).shape
        (2, 7)

        HINT: np.concatenate wants the new tokens as a column.
        """
        ### BEGIN SOLUTION
        tokens = prompt.data
        if tokens.shape[1] + max_new_tokens > self.max_seq_len:
            raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {self.max_seq_len}")
        for _ in range(max_new_tokens):
            logits = self.forward(Tensor(tokens)).data[:, -1]
            tokens = np.concatenate([tokens, sample_tokens(logits, temperature)[:, np.newaxis]], axis=1)
        return Tensor(tokens)
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The arguments, the 178,432 numbers in 37 Tensors, and that they are those of the parts, in order. Then the wiring,
with simple parts in place of the blocks and the norm: which mask arrives, and what comes out. `sample_tokens` must
give the likeliest token at temperature 0; of 1,500 draws, shares within 7 points of the probabilities, at
temperatures 1, 0.5 and 2, for rows that differ. `generate` must continue each row as a loop of the test's own does,
in a model whose answer depends on all tokens so far; keep the prompt; stop at `max_seq_len`.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-gpt", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def refuses(text, call):
    """Make sure that a call raises a ValueError."""
    try:
        call()
    except ValueError:
        return
    raise AssertionError(f"{text} must raise ValueError")


def gpt_parts(model):
    """Return (name, Tensor) of all parameters of a GPT, in order."""
    found = [("token_embedding.weight", model.embedding.token_embedding.weight)]
    found += [("position_embeddings", model.embedding.pos_encoding.position_embeddings)]
    for place, block in enumerate(model.blocks):
        found += block_parts(block, f"blocks[{place}].")
    return [*found, ("ln_f.gamma", model.ln_f.gamma), ("ln_f.beta", model.ln_f.beta), ("lm_head.weight", model.lm_head.weight)]


def simple_model(random, masks):
    """Return a GPT of simple parts with random tables, and a function that computes its logits."""
    model = GPT(7, 6, 2, 2, max_seq_len=9)
    tokens, positions, head = random.normal(size=(7, 6)), random.normal(size=(9, 6)), random.normal(size=(6, 7))
    model.embedding.token_embedding.weight = Tensor(tokens)
    model.embedding.pos_encoding.position_embeddings = Tensor(positions)
    model.lm_head.weight = Tensor(head)
    model.blocks = [part(lambda x: x + x.sum(axis=1, keepdims=True), masks), part(lambda x: x * 2, masks)]
    model.ln_f = part(lambda x: x - 1)

    def compute(ids):
        x = tokens[ids] + positions[: ids.shape[1]]
        return (2 * (x + x.sum(axis=1, keepdims=True)) - 1) @ head

    return model, compute


def test_unit_gpt():
    """GPT embeds, stacks and scores; it continues each sequence by what it has scored."""
    model = GPT(100, 64, 2, 4)
    for name, value in (("vocab_size", 100), ("embed_dim", 64), ("num_layers", 2), ("num_heads", 4), ("max_seq_len", 1024)):
        assert getattr(model, name) == value, f"GPT(100, 64, 2, 4).{name} is {value}, got {getattr(model, name)}"
    assert len(model.blocks) == 2, f"GPT(100, 64, 2, 4) has 2 blocks, got {len(model.blocks)}"
    check_parameters("GPT(100, 64, 2, 4)", model, gpt_parts(model))
    count = sum(each.size for each in model.parameters())
    assert count == 178_432, f"GPT(100, 64, 2, 4) has 178,432 numbers, got {count}"
    heads = model.blocks[1].attention.num_heads
    assert heads == 4, f"GPT(100, 64, 2, 4) has 4 heads in each block, got {heads}"
    print("sizes: passed")

    random, masks = np.random.default_rng(4), []
    model, compute = simple_model(random, masks)
    ids = random.integers(0, 7, size=(2, 4))
    expected = compute(ids)
    check_close("the logits of a model of simple parts", model.forward(Tensor(ids)), expected, rtol=1e-3, atol=1e-3)
    assert len(masks) == 2, f"two blocks are called once each, got {len(masks)} calls"
    for mask in masks:
        check_close("the mask that a block is handed", mask, np.tril(np.ones((1, 4, 4))))
    refuses("10 tokens for a max_seq_len of 9", lambda: model.forward(Tensor(np.zeros((1, 10)))))
    print("the wiring: passed")

    shares = np.array([[0.5, 0.25, 0.15, 0.1], [0.1, 0.1, 0.2, 0.6]])
    rows = np.log(np.repeat(shares, 1500, axis=0))
    likeliest = sample_tokens(rows[[0, 1500]], 0)
    assert np.array_equal(likeliest, [0, 3]), f"at temperature 0 the largest logits are chosen, [0, 3], got {likeliest}"
    for temperature in (1.0, 0.5, 2.0):
        raised = shares ** (1 / temperature)
        expected = raised / raised.sum(axis=1, keepdims=True)
        drawn = np.asarray(sample_tokens(rows, temperature))
        assert drawn.shape == (3000,), f"3,000 rows of logits give 3,000 tokens, got shape {drawn.shape}"
        for row in (0, 1):
            got = np.bincount(drawn[row * 1500 : (row + 1) * 1500].astype(int), minlength=4) / 1500
            text = f"of 1,500 draws at temperature {temperature}, tokens have shares {expected[row].round(3)}, got {got}"
            assert got.shape == (4,), f"tokens are numbers from 0 to 3, got up to {len(got) - 1}"
            assert np.allclose(got, expected[row], rtol=0, atol=0.07), text
    refuses("a temperature of -1", lambda: sample_tokens(rows[:1], -1.0))
    print("choosing tokens: passed")

    prompt = np.array([[0, 1, 2], [6, 5, 4], [3, 3, 3]])
    continued = prompt
    for _ in range(6):
        continued = np.concatenate([continued, compute(continued)[:, -1].argmax(axis=-1)[:, np.newaxis]], axis=1)
    given = Tensor(prompt)
    check_close("generate at temperature 0", model.generate(given, max_new_tokens=6, temperature=0), continued)
    check_close("the prompt, after generate,", given, prompt)
    check_close("generate of no new tokens", model.generate(given, 0), prompt)
    refuses("3 + 7 tokens for a max_seq_len of 9", lambda: model.generate(given, max_new_tokens=7))
    # All tokens alike: what is drawn can only come from chance.
    model.lm_head.weight = Tensor(np.zeros((6, 7)))
    drawn = np.asarray(model.generate(Tensor(np.zeros((300, 1))), 2).data)
    assert drawn.shape == (300, 3), f"a prompt (300, 1) and two new tokens are (300, 3), got {drawn.shape}"
    for place in (1, 2):
        kinds = np.unique(drawn[:, place]).tolist()
        assert kinds == [0, 1, 2, 3, 4, 5, 6], f"300 draws of 7 equal chances bring all 7 tokens, got {kinds}"
    default = GPT(2, 2, 0, 1).generate(Tensor([[0]])).shape
    assert default == (1, 51), f"generate appends 50 tokens unless it is told otherwise, got shape {default}"
    print("generating: passed")


if __name__ == "__main__":
    test_unit_gpt()

# %% [markdown]
r"""
## The whole model

The last test takes nothing out. It fills all 37 Tensors of a small GPT with numbers of its own and compares the
logits with the same model in float64. That decides the question of the story above: a model that averages its past
has other numbers.

Then it asks directly. Change the last of five tokens: the logits of the four before must stay as they are, those of
the last must not. Change the first, and all must move:

```
               logits at   0    1    2    3    4
 change token 4            =    =    =    =    ≠        nobody sees the future
 change token 0            ≠    ≠    ≠    ≠    ≠        everybody sees the past
```

Finally it hands a gradient back through the whole stack and measures that of every parameter with central
differences.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-module", "locked": true, "points": 25, "schema_version": 3, "solution": false, "task": false}
def draw_gpt(vocab, width, layers, heads, length, seed):
    """Return a GPT whose parameters are random numbers, and {name: array} of them."""
    model, random = GPT(vocab, width, layers, heads, max_seq_len=length), np.random.default_rng(seed)
    arrays = {}
    for name, tensor in gpt_parts(model):
        arrays[name] = random.normal(size=tensor.shape) * 0.5 + (1 if "gamma" in name else 0)
        tensor.data = arrays[name].astype(np.float32)
    return model, arrays


def attended(x, arrays, name, heads):
    """Return causal attention of arrays, each query by itself; in float64."""
    q, k, v = (x @ arrays[f"{name}.{each}.weight"] + arrays[f"{name}.{each}.bias"] for each in ("q_proj", "k_proj", "v_proj"))
    mixed, width = np.zeros_like(x), x.shape[-1] // heads
    for start in range(0, x.shape[-1], width):
        own = slice(start, start + width)
        for place in range(x.shape[1]):
            past = slice(0, place + 1)
            scores = np.exp(np.einsum("bd,bkd->bk", q[:, place, own], k[:, past, own]) / np.sqrt(width))
            mixed[:, place, own] = np.einsum("bk,bkd->bd", scores / scores.sum(axis=1, keepdims=True), v[:, past, own])
    return mixed @ arrays[f"{name}.out_proj.weight"] + arrays[f"{name}.out_proj.bias"]


def scored(ids, arrays, layers, heads, gelu):
    """Return a GPT's logits; in float64."""
    x = arrays["token_embedding.weight"][ids] + arrays["position_embeddings"][: ids.shape[1]]
    for name in (f"blocks[{place}]" for place in range(layers)):
        seen = normalized(x, arrays[f"{name}.ln1.gamma"], arrays[f"{name}.ln1.beta"])
        x = x + attended(seen, arrays, f"{name}.attention", heads)
        seen = normalized(x, arrays[f"{name}.ln2.gamma"], arrays[f"{name}.ln2.beta"])
        hidden = gelu(seen @ arrays[f"{name}.mlp.linear1.weight"] + arrays[f"{name}.mlp.linear1.bias"])
        x = x + hidden @ arrays[f"{name}.mlp.linear2.weight"] + arrays[f"{name}.mlp.linear2.bias"]
    return normalized(x, arrays["ln_f.gamma"], arrays["ln_f.beta"]) @ arrays["lm_head.weight"]


def test_module():
    """A GPT attends to its past, cannot see its future, and has the right gradients."""
    test_unit_layer_norm()
    test_unit_mlp()
    test_unit_transformer_block()
    test_unit_gpt()

    gelu = gelu_form()
    model, arrays = draw_gpt(11, 8, 2, 2, 6, seed=5)
    ids = np.array([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]])
    last, first = ids.copy(), ids.copy()
    last[:, 4], first[:, 0] = 10, 10
    expected = [scored(each, arrays, 2, 2, gelu) for each in (ids, last, first)]
    got = [model(Tensor(each)) for each in (ids, last, first)]
    check_close("the logits of a whole GPT", got[0], expected[0], rtol=1e-2, atol=1e-3)
    check_close("the logits before the last token, once that has changed,", got[1][:, :4], expected[0][:, :4], 1e-2, 1e-3)
    for text, place, changed in (("last", 4, got[1]), ("first", 0, got[2]), ("first", 4, got[2])):
        moved = np.abs(np.asarray(changed.data)[:, place] - expected[0][:, place]).max(axis=-1)
        assert moved.shape == (2,), f"logits have shape (2, 5, 11), got {changed.shape}"
        assert np.all(moved > 0.1), f"the logits at {place} change with the {text} token, by more than {moved}"
    check_close("the logits with another last token", got[1], expected[1], rtol=1e-2, atol=1e-3)
    check_close("the logits with another first token", got[2], expected[2], rtol=1e-2, atol=1e-3)
    print("the past, and not the future: passed")

    ids = np.array([[1, 2, 2]])
    model, arrays = draw_gpt(4, 4, 1, 2, 3, seed=6)
    direction = np.random.default_rng(7).normal(size=(1, 3, 4))
    slopes = {
        name: numeric_gradient(lambda: np.sum(direction * scored(ids, arrays, 1, 2, gelu)), array)
        for name, array in arrays.items()
    }
    measured = [(name, tensor, slopes[name]) for name, tensor in gpt_parts(model)]
    check_gradients(model(Tensor(ids)), direction, measured)
    print("gradients: passed")


if __name__ == "__main__":
    test_module()

# %% [markdown]
r"""
## It learns

A small task that cannot be solved without looking back: count in steps of 1, 2 or 3, modulo 10. After *4 6* comes
8, and after *3 6* comes 9: the last number is not enough, the one before it is needed, too. There are 30 such
sequences, and the cell below shows them to a model of 7,040 numbers, some hundred times, with nothing but gradients
and a rate.

```
 input    4  6  8  0  2  4            2 is reached by  4 + 2·4 = 12, modulo 10
 target   6  8  0  2  4  6
```

After the first number nobody can know the step: three answers are equally likely. So one of six positions costs
log 3 at best, and the loss cannot fall below log 3 / 6 = 0.183. Watch how near it gets.
"""

# %%
if __name__ == "__main__":
    from tinytorch.core.losses import CrossEntropyLoss

    np.random.seed(0)
    counting = np.array([[(start + step * place) % 10 for place in range(7)] for start in range(10) for step in (1, 2, 3)])
    model, loss_of = GPT(10, 16, 2, 2, max_seq_len=8), CrossEntropyLoss()
    inputs, targets = Tensor(counting[:, :-1]), Tensor(counting[:, 1:].reshape(-1))
    for step in range(151):
        loss = loss_of(model(inputs).reshape(-1, 10), targets)
        loss.backward()
        for parameter in model.parameters():
            parameter.data = parameter.data - 0.3 * parameter.grad.data
            parameter.zero_grad()
        if step % 50 == 0:
            print(f"step {step:3}: loss {loss.data:.3f}")
    for row in model.generate(Tensor([[4, 6], [1, 4], [9, 0]]), max_new_tokens=5, temperature=0).data.astype(int):
        print(*row[:2], "▶", *row[2:])

# %% [markdown]
r"""
## The pattern

Look back at the code: a transformer is one line that is repeated.

```python
for norm, part in ((ln1, attention), (ln2, mlp)):       # in each block
    x = x + part(norm(x))                               # read from the stream, add to it
```

Any part will do that takes (B, T, D) and gives (B, T, D). Most of what has been tried since 2017 exchanges `norm` or
`part` and leaves the line alone.

**What you have built**

| | LayerNorm | MLP | attention (12) | embedding (11) |
|---|---|---|---|---|
| mixes features | for mean and variance | yes | yes | – |
| mixes tokens | no | no | yes, it alone | no |
| knows positions | no | no | only through x | yes |
| numbers, D = 64 | 128 | 33,088 | 16,640 | (V + 1024) · 64 |

**Which one when?**

| use | for example | why | not when |
|---|---|---|---|
| LayerNorm | sequences, batches of one | each token by itself, no memory of batches | images with many channels and large batches: BatchNorm (09) |
| pre-norm | anything deep | gradients pass along the stream | a shallow model with warm-up, where post-norm is a little better at times |
| more layers | answers that take several steps | each block can look up what the last one found | the data is small, and even a small model learns it by heart |
| a larger D | many facts | parameters grow with D² | generating must be cheap |
| temperature 0 | arithmetic, code, tests | the same answer each time | prose: it goes round in circles |
| temperature near 1 | stories, several suggestions | variety, as in the training text | one wrong token spoils all |
| a causal mask | writing | all positions are trained at once | classifying a whole text: leave the mask out |

## Three pipelines

**A writer** is trained on pairs that cost nothing to get, for each text is its own answer:

```
 text ─▶ tokenizer (10) ─▶ tokens[:-1] ─▶ GPT ─▶ logits ─▶ CrossEntropyLoss (04) ◀─ tokens[1:]
 prompt ─▶ tokenizer ─▶ generate ─▶ decode ─▶ text
```

**A sorter** of reviews or mails takes the stack without a mask and another head:

```
 mail ─▶ tokens ─▶ embedding ─▶ [ block, mask=None ] × L ─▶ ln_f ─▶ mean over T ─▶ Linear(D, 2) ─▶ spam?
```

**A translator** has two stacks. The second has a third part in each block, which asks the first (cross-attention):

```
 German  ─▶ [ block, mask=None ] × L ──────┐ K, V
 English ─▶ [ causal attention ─▶ cross-attention ─▶ MLP ] × L ─▶ next English word
```

In production the same skeleton is dressed differently: models of recent years often take RMSNorm (no mean, no β)
for LayerNorm, a gated MLP for GELU, and turn queries and keys by an angle that depends on the position instead of
adding vectors. They begin with smaller weights in the last layer of each part, since the stream grows with depth;
and they drop parts of the stream at random while training (Dropout, 03), which ours does not.

## Pitfalls, and how to find them

| pitfall | what one sees | how to find it |
|---|---|---|
| a mask of the other convention | it learns a little, then stops | two tokens, and print the weights: are they ½ and ½ whatever x is? |
| no mask | loss near 0, nonsense when generating | change the last token: do earlier logits move? |
| a shortcut around the norm's output, ln(x) + f(ln(x)) | deep stacks do not train | the gradient of x, for a block with all weights 0, must be the gradient of y |
| ε outside the root | nan for constant rows at eps = 0, wrong for small ones | a row of ±0.001 gives ±0.3015 |
| a root that leaves the graph | slightly wrong gradients, slower learning | with γ = 1, the gradient of x times y sums to 0 in each row, for scaling x changes nothing |
| one block used L times | far too few parameters | count: L · (12 D² + 13 D) |
| targets not shifted | loss near 0 at once | print a pair: does the target begin one later? |
| only the first row continued | all rows of a batch say the same | generate from two prompts at once |

## What it costs

In multiplications, for each token of a text of T tokens (the head comes on top):

| part | for each token and layer | D = 64, T = 128 |
|---|---|---|
| four projections | 4 D² | 16,384 |
| scores and mixing | 2 T D | 16,384 |
| MLP | 8 D² | 32,768 |
| head, once for all layers | V D | 6,400 for V = 100 |

So a forward pass takes about one multiplication for each parameter of the blocks and token, as long as T is small
beside 6 D; backward takes twice that (05). A GPT with 85 million numbers in its blocks needs some 85 million
multiplications for each token that it reads.

**Writing is worse.** To append one token, `generate` sends *all* tokens so far through the model. From a prompt of
one token to T, those are 1 + 2 + … + (T − 1) = T(T − 1)/2 rows, where T − 1 have been new:

| T | rows computed | rows that were new | ratio |
|---|---|---|---|
| 16 | 120 | 15 | 8 |
| 128 | 8,128 | 127 | 64 |
| 1,024 | 523,776 | 1,023 | 512 |

In memory, float32 takes four bytes for each parameter: 713,728 for GPT(100, 64, 2, 4). While training, gradients
take as much again, Adam's two buffers (06) twice as much, and what the graph keeps comes on top.

## Questions to think about

1. Take a block whose `out_proj` and `linear2` have only zeros. What does it compute? Why might that be a good way
   to begin?
2. `GPT(100, 64, 2, 4)` spends 65,536 of its 178,432 numbers on positions. What would you lose with the table of
   sines from 11?
3. Put a BatchNorm in LayerNorm's place, with means over batch and positions. The mask is as it was. Can the model
   see its future now?

## What comes next

Module 14 counts parameters, operations and bytes of this model; 15 and 16 make it smaller. And 17 does away with
the table just above: what blocks have computed for earlier tokens never changes, because nobody sees the future, so
it can be kept.

You have a GPT: norms that keep a deep stack in shape, an MLP that thinks, shortcuts that let gradients through, a
mask that keeps predictions honest, and a loop that writes. Finish with

```
tito module complete 13
```

and let the milestone of 2017 try it: `tito milestone run attention` has your attention reverse words that it never saw, and
your GPT learn the sentences of a small grammar.
"""
