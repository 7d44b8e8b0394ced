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
# 03 · Layers

A layer is a function with numbers of its own. The function is fixed; the numbers, its *parameters*, are what training
changes. This lesson builds the layer that all networks are made of, `Linear`, and the one that keeps them from
learning their examples by heart, `Dropout`, and puts layers one behind the other with `Sequential`.

**When you are done, you can**

- say what a layer owns and what only flows through it, and count its parameters;
- begin a layer's weights at the size at which a deep network neither explodes nor falls silent;
- drop activations while training without changing their mean, and leave them alone afterwards;
- build networks out of layers, and networks out of networks, with one list of parameters for all of it;
- find the usual mistakes of shape, of size and of copies before they cost you a day.

**You need** module 01 (`Tensor`: `@`, `+`, `*`) and, for the last test, module 02 (`ReLU`).

**You build**

| class | what it does | parameters |
|---|---|---|
| `Layer` | what all layers have in common: a call and a list of parameters | none |
| `Linear` | x W + b | W and b |
| `Dropout` | zeros in random places while training | none |
| `Sequential` | one layer after the other | those of its layers |

**The way here and on**

```
 02 activations            03 layers                      04 losses
 ┌─────────────────┐       ┌───────────────────────┐      ┌────────────────────┐
 │ functions that  │ ────▶ │ Linear, Dropout, and  │ ───▶ │ how wrong are the  │
 │ bend numbers    │ ReLU  │ chains with all three │  y   │ chain's answers?   │
 └─────────────────┘       └───────────────────────┘      └────────────────────┘
```

**Where it lives**: you write in `modules/03_layers/` of your workspace, and `tito export 03` makes
`tinytorch/core/layers.py` of the cells that begin with `#| export`:

```python
from tinytorch.core.layers import Layer, Linear, Dropout, Sequential
```

The four share a file because three of them are kinds of the first, and because a chain must know what a layer is.

**It depends on** NumPy and `tinytorch.core.tensor`. The last test also uses `tinytorch.core.activations`, which is
why its import stands in a cell of its own that is not exported. If one of these cannot be imported, export the module
that it comes from: `tito export 01`, `tito export 02`.
"""

# %%
#| default_exp core.layers

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.tensor import Tensor

# %%
# For the last test alone, so it is not exported.
from tinytorch.core.activations import ReLU

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
r"""
## Why a class for x W + b?

The digits of module 01 need two products with a bend between them. Written out, with loose Tensors:

```
 h = relu(x @ w1 + b1)          w1 (784, 128)   100,352 numbers
 y = h @ w2 + b2                b1 (128,)           128
                                w2 (128, 10)      1,280
                                b2 (10,)             10
                                                101,770 numbers to train, in four Tensors
```

That works, and for two layers nobody would complain. With fifty there are a hundred names, and each training step
must visit all of them. One that is forgotten never learns, and nothing says so: the network still runs, and is a
little worse. A layer keeps its numbers with the function that uses them, and hands out the list.

```
            W₁, b₁                    W₂, b₂           parameters: training changes them
              │                         │
 x (5, 4) ─▶ Linear ─▶ (5, 8) ─▶ ReLU ─▶ Linear ─▶ (5, 3)
                  activations: they flow through and are gone
```

## What a layer is

A network is a chain of layers. Each takes a block of numbers, one row per example, and gives another. All layers
share one interface, so that a chain need not know what it is made of:

| | what it does | who uses it |
|---|---|---|
| `forward(x)` | computes; each kind of layer brings its own | the call |
| `layer(x)` | the same as `layer.forward(x)` | whoever computes |
| `parameters()` | lists the Tensors that training may change | an optimizer (module 06), and nobody else |

What is the same everywhere is written once, in a base class. `forward` in the base class only says that it is
missing. Your part is the call and the empty list. Here is the whole pattern, for a layer that we do not build, which
gives each column a size of its own:

```python
class Scale(Layer):
    def __init__(self, columns):
        self.factor = Tensor(np.ones(columns), requires_grad=True)     # 1. own your parameters
    def forward(self, x):
        return x * self.factor                                         # 2. compute with Tensors
    def parameters(self):
        return [self.factor]                                           # 3. hand them out, not copies
```

**The trap.** `Dropout` must know whether the network is being trained, so its `forward` takes a second argument. A
call that takes only `x` would lose it; `*args` and `**kwargs` hand on whatever comes.

```
 dropout(x)                    ──▶ forward(x)
 dropout(x, False)             ──▶ forward(x, False)
 dropout(x, training=False)    ──▶ forward(x, training=False)
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "layer-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Layer:
    """What every layer is: something to call, with parameters to train."""

    def forward(self, x):
        """Compute the layer's output; every kind of layer brings its own."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def __call__(self, *args, **kwargs):
        """
        Apply the layer, as PyTorch's modules do when they are called.

        TODO: return what forward gives for the same arguments, whatever they are.

        EXAMPLE:
        >>> class Double(Layer):
        ...     def forward(self, x):
        ...         return x + x
        >>> Double()(Tensor([1, 2])).data.tolist()
        [2.0, 4.0]

        HINT: the stars that collect arguments in the head of a function hand them on in a call. Dropout's forward
        will take more than x.
        """
        ### BEGIN SOLUTION
        return self.forward(*args, **kwargs)
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return an empty list; layers that have parameters will replace this method.

        EXAMPLE:
        >>> Layer().parameters()
        []
        """
        ### BEGIN SOLUTION
        return []
        ### END SOLUTION

# %% [markdown]
"""
The last test of this lesson looks at `Layer`, through layers of its own: one whose `forward` takes a second argument,
and one that has parameters.
"""

# %% [markdown]
r"""
## Linear

A linear layer gives each output a weighted sum of all inputs, and a constant of its own:

$$y_j = \sum_i x_i W_{ij} + b_j \qquad\text{or, for a whole batch,}\qquad Y = X W + b$$

```
  x (1, 2)          W (2, 3)              b (3,)               y (1, 3)
 [ 1  2 ]    @    [ 1  0  -1 ]    +    [ 0.5  0  1 ]    =    [ 5.5  2  0 ]
                  [ 2  1   0 ]
                                       5.5 = 1·1 + 2·2 + 0.5
```

```
  x (5, 4)          W (4, 3)         b (3,)         y (5, 3)
 ┌─────────┐      ┌───────┐
 │ example │      │ ▪ ▪ ▪ │                        ┌───────┐
 │ example │  @   │ ▪ ▪ ▪ │   +   [ ▪ ▪ ▪ ]   =    │ 5 rows│
 │   ...   │      │ ▪ ▪ ▪ │       to each row      │       │
 │ example │      │ ▪ ▪ ▪ │                        └───────┘
 └─────────┘      └───────┘
```

The bias has shape (3,), and broadcasting adds it to every row. W has a row per input and a column per output.
(PyTorch stores the transpose, (out, in), and computes x Wᵀ + b. If you copy weights from there, transpose them.) Only
the last size changes, whatever stands in front of it:

```
 x             Linear(4, 3)(x)     what it is
 (4,)          (3,)                one example
 (5, 4)        (5, 3)              a batch
 (2, 7, 4)     (2, 7, 3)           2 texts of 7 words
 (0, 4)        (0, 3)              a batch that a filter has left empty
```

**How to begin.** Zero weights are a bad start: all outputs are equal, so are their gradients, and they stay equal for
ever; a layer of 128 units is then one unit, 128 times. So weights begin at random, and the question is how large. If
the inputs are independent with variance 1 and the weights have standard deviation s, each output is a sum of `in`
products, and its standard deviation is

$$\text{std}(y) = s \sqrt{\text{in}}$$

A deep network multiplies by that factor again and again. Ten layers of width 256 give

| s | factor of one layer | of ten layers |
|---|---|---|
| 1 | 16 | 1.1 · 10¹² |
| 0.01 | 0.16 | 1.1 · 10⁻⁸ |
| √(1/256) = 0.0625 | 1 | 1 |

so s = √(1/in) is the size that neither explodes nor vanishes. The bias breaks no symmetry and may begin at 0. (A ReLU
throws half of the squares away, a factor of √½ for each layer and of 1/32 for ten. Some start with √(2/in) for that
reason; our layer does not know what will stand behind it.)

**The trap.** `np.random.normal(0, 1 / in_features, ...)` looks right and is not: variance is what adds up, so 1/in is
the *variance*. The standard deviation is its root.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "linear-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Linear(Layer):
    """A linear layer, y = x W + b."""

    def __init__(self, in_features, out_features, bias=True):
        """
        Make the weight and the bias.

        TODO: set in_features, out_features, weight and bias.

        APPROACH:
        1. Store in_features and out_features.
        2. Draw the weight, of shape (in_features, out_features), from a normal distribution with mean 0 and
           standard deviation sqrt(1 / in_features).
        3. Make the bias: zeros of shape (out_features,), or None where bias is False.
        4. Both are Tensors with requires_grad=True.

        EXAMPLE:
        >>> Linear(3, 2).weight.shape
        (3, 2)
        >>> Linear(3, 2, bias=False).bias is None
        True

        HINT: np.random.normal(mean, deviation, shape). Leave its seed alone: two layers must not be equal.
        """
        ### BEGIN SOLUTION
        self.in_features = in_features
        self.out_features = out_features
        values = np.random.normal(0, np.sqrt(1 / in_features), (in_features, out_features))
        self.weight = Tensor(values, requires_grad=True)
        self.bias = Tensor(np.zeros(out_features), requires_grad=True) if bias else None
        ### END SOLUTION

    def forward(self, x):
        """
        Compute x W + b.

        TODO: return a new Tensor of x's shape, but with out_features as the last size.

        APPROACH:
        1. Multiply x with the weight; @ works on a row, a batch and a batch of batches alike.
        2. Add the bias where there is one.

        EXAMPLE:
        >>> layer = Linear(2, 1)
        >>> layer.weight, layer.bias = Tensor([[1], [2]]), Tensor([0.5])
        >>> layer.forward(Tensor([[1, 1], [3, 4]])).data.tolist()
        [[3.5], [11.5]]

        HINT: compute with Tensors, not with their data. Module 05 follows Tensor operations to find gradients.
        """
        ### BEGIN SOLUTION
        y = x @ self.weight
        return y if self.bias is None else y + self.bias
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return [weight, bias], or [weight] where there is no bias: the layer's own Tensors, not copies.

        EXAMPLE:
        >>> [p.shape for p in Linear(3, 2).parameters()]
        [(3, 2), (2,)]
        """
        ### BEGIN SOLUTION
        return [self.weight] if self.bias is None else [self.weight, self.bias]
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The shape of the weight, and its size for a layer with 300 inputs and 200 outputs: mean 0 and standard deviation
√(1/300) = 0.0577, within 5 %. The numbers must differ from each other and from those of the next layer, which a seed
within `__init__` would make equal. Then the test puts in weights and a bias of its own and compares x W + b with
NumPy in float64, for a single row, a batch and a batch of batches; without a bias; and makes sure that x keeps its
values.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-linear", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_linear():
    """Linear begins with scaled random weights and a zero bias, and computes x W + b."""
    layer = Linear(300, 200)
    assert (layer.in_features, layer.out_features) == (300, 200), "Linear keeps in_features and out_features"
    weight = check_shape("Linear(300, 200).weight", layer.weight, (300, 200))
    check_tensor("the bias of Linear(300, 200), which begins at 0,", layer.bias, np.zeros(200))
    deviation = np.sqrt(1 / 300)
    mean, got = weight.mean(), weight.std()
    assert abs(mean) < 0.05 * deviation, f"weights have mean 0, got {mean}"
    assert abs(got / deviation - 1) < 0.05, f"weights have standard deviation sqrt(1/300) = {deviation}, got {got}"
    different = np.unique(weight).size
    assert different > 50_000, f"every weight is a random number of its own, got {different} different ones"
    other = check_shape("Linear(300, 200).weight", Linear(300, 200).weight, (300, 200))
    assert np.mean(other != weight) > 0.9, "two layers begin with different weights"

    random = np.random.default_rng(1)
    w, b = random.normal(size=(3, 5)), random.normal(size=5)
    with_bias, without = Linear(3, 5), Linear(3, 5, bias=False)
    assert without.bias is None, "Linear(3, 5, bias=False) has None as its bias"
    with_bias.weight, with_bias.bias, without.weight = Tensor(w.copy()), Tensor(b.copy()), Tensor(w.copy())
    for shape in ((4, 3), (3,), (2, 4, 3)):
        values = random.normal(size=shape)
        x = Tensor(values.copy())
        for layer, expected, text in ((with_bias, values @ w + b, "x W + b"), (without, values @ w, "x W")):
            y = layer.forward(x)
            check_tensor(f"{text} for x of shape {shape}", y, expected, rtol=1e-4, atol=1e-5)
            assert y.data.dtype == np.float32, f"y is float32, got {y.data.dtype}"
        check_tensor("Linear must not change its input, which", x, values.astype(np.float32))


if __name__ == "__main__":
    test_unit_linear()
    print("Linear: passed")

# %% [markdown]
"""
### Odd batches

A layer meets odd batches in real use: the last one of an epoch may hold a single example, a filter may leave none,
and unscaled data may be in the millions. The next test looks at these, with weights of its own and a bias of 0, so
that a mistake in the first test's matters is, where possible, not charged again: each row of a batch, alone in a
batch of one, gives its row of x W; an empty batch of shape (0, 10) gives shape (0, 5); inputs a million times as
large give outputs a million times as large; and with zero weights nothing is left.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-linear-edge-cases", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_linear_edge_cases():
    """Linear takes batches of one and of none, inputs in the millions, and zero weights."""
    random = np.random.default_rng(2)
    values, w = random.normal(size=(4, 10)), random.normal(size=(10, 5))
    layer = Linear(10, 5)
    layer.weight, layer.bias = Tensor(w.copy()), Tensor(np.zeros(layer.bias.shape))
    for row in (0, 3):
        one = layer.forward(Tensor(values[row : row + 1].copy()))
        check_tensor(f"row {row} alone", one, values[row : row + 1] @ w, rtol=1e-4, atol=1e-5)
    check_shape("what an empty batch gives", layer.forward(Tensor(np.zeros((0, 10)))), (0, 5))
    far = layer.forward(Tensor(values * 1e6))
    check_tensor("what inputs in the millions give", far, values @ w * 1e6, rtol=1e-4, atol=10)
    layer.weight = Tensor(np.zeros((10, 5)))
    check_tensor("what zero weights leave", layer.forward(Tensor(values.copy())), np.zeros((4, 5)))


if __name__ == "__main__":
    test_unit_linear_edge_cases()
    print("odd batches: passed")

# %% [markdown]
"""
### Ready for gradients

Module 05 computes gradients for Tensors with `requires_grad=True`, and module 06 changes those that `parameters()`
lists. Both must be the layer's own Tensors: an optimizer that improves a copy improves nothing.

```
 parameters()                  an optimizer                    the layer
 [ self.weight ]          ──▶  changes self.weight        ──▶  computes with what has changed
 [ Tensor(self.weight) ]  ──▶  changes a copy             ──▶  computes as on the first day
```

The test checks `requires_grad`, that `grad` is still None, and that `parameters()` gives the weight and the bias
themselves, in this order, or the weight alone.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-linear-grad-prep", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_linear_grad_prep():
    """Linear marks its weight and bias for gradients and lists them as its parameters."""
    layer = Linear(4, 3)
    for name, tensor in (("weight", layer.weight), ("bias", layer.bias)):
        assert tensor.requires_grad is True, f"the {name} has requires_grad=True, got {tensor.requires_grad}"
        assert tensor.grad is None, f"the {name}'s grad is None until module 05, got {tensor.grad}"
    parameters = layer.parameters()
    assert len(parameters) == 2, f"parameters() lists weight and bias, got {len(parameters)} of them"
    assert parameters[0] is layer.weight, "parameters()[0] is the layer's weight itself, not a copy"
    assert parameters[1] is layer.bias, "parameters()[1] is the layer's bias itself, not a copy"

    bare = Linear(4, 3, bias=False)
    assert bare.weight.requires_grad is True, "the weight has requires_grad=True without a bias, too"
    parameters = bare.parameters()
    assert parameters[0] is bare.weight, "parameters()[0] is the layer's weight itself, not a copy"
    assert all(each is not None for each in parameters), "a bias that is None is no parameter"


if __name__ == "__main__":
    test_unit_linear_grad_prep()
    print("ready for gradients: passed")

# %% [markdown]
r"""
## Dropout

A large network can learn its examples by heart. Dropout makes that hard: in every training step it switches a random
part of the activations off, so that no unit can rely on a particular other one.

$$y_i = \begin{cases} 0 & \text{with probability } p \\ x_i / (1 - p) & \text{otherwise} \end{cases}$$

```
 x          [ 1    2    3    4    5  ]       p = 0.4
 stays      [ yes  no   yes  yes  no ]       new in every call, for each element by itself
 y          [ 1.67 0    5    6.67 0  ]       1 / (1 - 0.4) = 1.67
```

**Why the division?** On average a share of 1 − p stays. Divided by 1 − p, the mean of y is that of x:
(1 − p) · x / (1 − p) + p · 0 = x. So the next layer sees inputs of the same size while training and afterwards:

```
 p                        0        0.1      0.2      0.5      0.9      1
 stays, on average        100 %    90 %     80 %     50 %     10 %     nothing
 what stays, times        1        1.11     1.25     2        10       there is no such factor
```

The first form of dropout left the numbers alone in training and multiplied by 1 − p later; the form above, *inverted*
dropout, has nothing to do later. It is used between layers with many units: of 128 with p = 0.5, some 64 are left in
each step, give or take 6, and never the same ones. Each step trains another of the 2¹²⁸ networks that one gets by
leaving units out, and in the end all of them answer together.

**Afterwards** there is nothing to drop. `forward(x, training=False)` returns x itself. (An activation had to return a
Tensor of its own. Here there is nothing to compute, and handing x on lets gradients pass.)

**The traps.** p is the probability to *drop*, not to keep. p = 1 is allowed, but 1 / (1 − p) is not. And a mask made
of `x.shape[0]` numbers drops whole rows.

```
 a mask for each element         a mask for each row
 [ 1  0  1  1 ]                  [ 1  1  1  1 ]
 [ 0  1  1  0 ]                  [ 0  0  0  0 ]       a whole example is gone
 [ 1  1  0  1 ]                  [ 1  1  1  1 ]
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "dropout-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Dropout(Layer):
    """Zeros in random places while training, and nothing at all afterwards."""

    def __init__(self, p=0.5):
        """
        Store how likely an element is dropped.

        TODO: set p; refuse what is not between 0 and 1 (both allowed) with a ValueError.

        EXAMPLE:
        >>> Dropout(0.2).p
        0.2
        """
        ### BEGIN SOLUTION
        if not 0 <= p <= 1:
            raise ValueError(f"p is a probability between 0 and 1, not {p}")
        self.p = p
        ### END SOLUTION

    def forward(self, x, training=True):
        """
        Drop elements at random, and scale those that stay.

        TODO: return x where training is False; else a new Tensor in which each element is 0 with probability p,
        by itself, and multiplied by 1 / (1 - p) otherwise.

        APPROACH:
        1. Return x itself where training is False: there is nothing to drop.
        2. Return zeros where p = 1, for which 1 / (1 - p) does not exist.
        3. Draw a random number between 0 and 1 for each element of x; the element stays where it is at least p.
        4. Multiply x by a Tensor of zeros and 1 / (1 - p).

        EXAMPLE:
        >>> Dropout(0.9).forward(Tensor([1, 2, 3]), training=False).data.tolist()
        [1.0, 2.0, 3.0]

        HINT: np.random.random(x.shape) >= p is an array of True and False; divided by a number, it is one of
        numbers.
        """
        ### BEGIN SOLUTION
        if not training:
            return x
        if self.p == 1:
            return x * 0
        stays = np.random.random(x.shape) >= self.p
        return x * Tensor(stays / (1 - self.p))
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

That nothing changes with `training=False` or p = 0 and everything is 0 with p = 1. For p = 0.4 and a block of 8,000
numbers: between 55 and 65 % stay (60 %, give or take nine standard deviations of that share), all of them multiplied
by 1/0.6, no row and no column drops as a whole, and the next call drops others: it should differ in 2 · 0.4 · 0.6 =
48 % of the places. The default is p = 0.5 and training. Probabilities outside 0 to 1 are a ValueError.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-dropout", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_dropout():
    """Dropout drops elements at rate p and scales the rest while training, and does nothing otherwise."""
    np.random.seed(3)
    values = np.random.default_rng(3).uniform(1, 2, size=(80, 100)).astype(np.float32)
    x = Tensor(values.copy())
    for p, training in ((0.5, False), (1.0, False), (0.0, False), (0.0, True)):
        same = Dropout(p).forward(x, training=training)
        check_tensor(f"Dropout({p}) with training={training} changes nothing, so what it gives", same, values)
    check_tensor("what Dropout(1.0) leaves", Dropout(1.0).forward(x, training=True), np.zeros((80, 100)))

    dropout = Dropout(0.4)
    y = check_shape("Dropout(0.4)(x)", dropout.forward(x), (80, 100))
    stays = y != 0
    share = stays.mean()
    assert abs(share - 0.6) < 0.05, f"Dropout(0.4) lets 60 % stay, got {share:.1%}"
    expected = values[stays] / 0.6
    assert np.allclose(y[stays], expected, rtol=1e-5, atol=0), f"what stays is multiplied by 1/0.6, got {y[0, :3]}"
    for axis, name in ((0, "column"), (1, "row")):
        shares = stays.mean(axis=axis)
        assert np.all((shares > 0) & (shares < 1)), f"each element drops by itself, not a whole {name}"
    again = check_shape("Dropout(0.4)(x)", dropout.forward(x), (80, 100)) != 0
    share = (again != stays).mean()
    assert 0.4 < share < 0.56, f"every call drops other elements: 48 % differ from the last call's, got {share:.1%}"
    check_tensor("Dropout must not change its input, which", x, values)

    assert Dropout().p == 0.5, f"Dropout() has p = 0.5, got {Dropout().p}"
    for p in (-0.1, 1.1):
        try:
            Dropout(p)
        except ValueError:
            continue
        raise AssertionError(f"Dropout({p}) must raise ValueError")


if __name__ == "__main__":
    test_unit_dropout()
    print("Dropout: passed")

# %% [markdown]
r"""
## Sequential

A chain of layers is a layer itself: it takes x, it gives y, and its parameters are those of its links. So chains can
be parts of chains.

```
 Sequential( Linear(4, 8), ReLU(), Dropout(0.5), Linear(8, 3) )

 x (5, 4) ─▶ Linear ─▶ ReLU ─▶ Dropout ─▶ Linear ─▶ (5, 3)
             W, b                         W, b            parameters(): [W, b, W, b]
```

$$\text{Sequential}(f_1, f_2, \dots, f_n)(x) = f_n(\dots f_2(f_1(x)))$$

The links may be anything that can be called. Activations are no Layers and have no parameters, so ask only Layers
for theirs. And `training` must reach the dropouts, however deep they sit; a ReLU would not know what to do with it.

```
 model(x, training=False)
   ├─ Linear        layer(x)                     knows nothing of training
   ├─ ReLU          layer(x)
   ├─ Dropout       layer(x, training=False)     needs it
   └─ Sequential    layer(x, training=False)     hands it on
        └─ Dropout  layer(x, training=False)
```

**The traps.** Feeding every layer with the first x instead of what the layer before it gave. A `return` that stands
within the loop. And a list of lists of parameters, where one flat list is asked for:

```
 [[W, b], [], [W, b]]        four parameters, and an optimizer finds none of them
 [W, b, W, b]                what it needs
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sequential-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Sequential(Layer):
    """Layers one behind the other."""

    def __init__(self, *layers):
        """Keep the layers, in order. Given."""
        self.layers = list(layers)

    def forward(self, x, training=True):
        """
        Send x through the layers.

        TODO: return what the last layer gives; each layer takes what the one before it gave.

        APPROACH:
        1. Call the layers in order.
        2. Hand `training` on to those that know it: Dropout, and a Sequential within this one.

        EXAMPLE:
        >>> Sequential(Dropout(0.9), Dropout(0.9)).forward(Tensor([1, 2]), training=False).data.tolist()
        [1.0, 2.0]

        HINT: isinstance(layer, Dropout | Sequential).
        """
        ### BEGIN SOLUTION
        for layer in self.layers:
            x = layer(x, training=training) if isinstance(layer, Dropout | Sequential) else layer(x)
        return x
        ### END SOLUTION

    def parameters(self):
        """
        Give the parameters of all layers.

        TODO: return one flat list of them, in the layers' order. Activations are no Layers and have none.

        EXAMPLE:
        >>> len(Sequential(Linear(4, 3), Dropout(), Linear(3, 2)).parameters())
        4
        """
        ### BEGIN SOLUTION
        return [each for layer in self.layers if isinstance(layer, Layer) for each in layer.parameters()]
        ### END SOLUTION

# %% [markdown]
"""
## Putting them together

The last test begins with `Layer`, through two layers that it defines itself, and calls layers in both ways. Then it
sends a batch through a chain of Linear, ReLU and Linear and compares the result with calling the three by hand. A
chain with a Dropout that lets one number in a billion stay, so that it makes zeros while training, shows whether
`training=False` arrives, even in a chain within a chain. At last it asks chains for their parameters.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-integration", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """Layers are callable, list their parameters, and work one behind the other."""
    test_unit_linear()
    test_unit_linear_edge_cases()
    test_unit_linear_grad_prep()
    test_unit_dropout()

    class Shift(Layer):
        def forward(self, x, by=1.0):
            return x + by

    mine = [Tensor(1.0), Tensor(2.0), Tensor(3.0)]

    class Holder(Layer):
        def forward(self, x):
            return x * 2

        def parameters(self):
            return mine[:2]

    shift, holder = Shift(), Holder()
    values = np.random.default_rng(4).normal(size=(5, 4))
    x = Tensor(values.copy())
    cases = {
        "shift(x)": (shift(x), values + 1),
        "shift(x, 3.0)": (shift(x, 3.0), values + 3),
        "shift(x, by=3.0)": (shift(x, by=3.0), values + 3),
    }
    for text, (y, expected) in cases.items():
        check_tensor(f"{text} gives what forward gives, so it", y, expected, rtol=1e-5, atol=1e-5)
    assert shift.parameters() == [], f"a Layer has no parameters unless it says so, got {shift.parameters()}"
    assert Dropout().parameters() == [], f"Dropout has no parameters, got {Dropout().parameters()}"

    first, last, relu, drop = Linear(4, 8), Linear(8, 3), ReLU(), Dropout(1 - 1e-9)
    hidden = check_shape("linear.forward(x)", first.forward(x), (5, 8))
    check_tensor("linear(x) is linear.forward(x), so it", first(x), hidden)
    by_hand = check_shape("what three layers give one by one", last.forward(relu.forward(first.forward(x))), (5, 3))
    model = Sequential(first, relu, last)
    for text, y in (("model(x)", model(x)), ("model.forward(x)", model.forward(x))):
        check_tensor(f"{text} is what its layers give one by one, so it", y, by_hand, rtol=1e-4, atol=1e-5)
    ordered = Sequential(shift, holder)(x)
    check_tensor("shift, then holder: (x + 1) * 2", ordered, (values + 1) * 2, rtol=1e-5, atol=1e-5)
    check_tensor("a Sequential of nothing gives its input, so it", Sequential()(x), values.astype(np.float32))

    for training in (True, False):
        text = f"training={training}"
        alone = check_shape("dropout.forward(x)", drop.forward(Tensor(values), training=training), (5, 4))
        check_tensor(f"dropout(x, {text}) hands it on, so it", drop(Tensor(values), training=training), alone)
        wanted = check_shape("ReLU after that", relu.forward(Tensor(alone.copy())), (5, 4))
        for chain in (Sequential(drop, ReLU()), Sequential(Sequential(drop), ReLU())):
            y = chain(Tensor(values), training=training)
            check_tensor(f"{text} must reach a Dropout within, so the chain", y, wanted)
    trained = check_shape("dropout.forward(x)", drop.forward(Tensor(values), training=True), (5, 4))
    check_tensor("a Sequential trains unless it is told not to, so it", Sequential(drop)(Tensor(values)), trained)

    class Other(Layer):
        def parameters(self):
            return mine[2:]

    found = Sequential(holder, ReLU(), Sequential(Other(), Dropout())).parameters()
    assert len(found) == 3, f"a Sequential lists the parameters of all its layers: 3, got {len(found)}"
    for place, tensor in enumerate(mine):
        assert found[place] is tensor, f"parameter {place} of a Sequential is the layer's own, in the layers' order"
    check_tensor("a Sequential must not change its input, which", x, values.astype(np.float32))


if __name__ == "__main__":
    test_module()
    print("module 03: all passed")

# %% [markdown]
"""
## What you have built, compared

| | `Layer` | `Linear(n, m)` | `Dropout(p)` | `Sequential(…)` |
|---|---|---|---|---|
| shape (batch, n) becomes | nothing: it has no forward | (batch, m) | (batch, n) | that of its last layer |
| parameters | 0 | n m + m | 0 | the sum |
| random when | | it is made | it is called in training | a part of it is |
| `training` matters | | no | yes | it is handed on |
| what it does to the gradient (module 05) | | multiplies with Wᵀ | masks it in the same way | link by link, backwards |

## Which one?

| use | for example | because | not when |
|---|---|---|---|
| `Linear` | features to hidden units, hidden units to scores | every output may depend on every input | inputs are pictures: 09 shares weights between places |
| `Linear(…, bias=False)` | before a normalisation, projections in attention | what follows removes or brings a constant | it is the output layer |
| `Dropout(0.5)` | between wide linear layers | they learn by heart most easily | the model is too weak even for its examples |
| `Dropout(0.1)` | transformers | many layers, each drops a little | the output layer: it would drop answers |
| `Sequential` | a chain | no code of its own is needed | paths branch or meet: write a `Layer` with its own forward |

**Three pipelines** built of nothing else:

```
 digits        Sequential(Linear(784, 128), ReLU(), Dropout(0.5), Linear(128, 10))             101,770 parameters
 house price   Sequential(Linear(13, 32), ReLU(), Linear(32, 1))                                   481 parameters
 autoencoder   Sequential(Sequential(Linear(784, 32), ReLU()), Sequential(Linear(32, 784), Sigmoid()))
               784 numbers through 32 and back: 50,992 parameters
```

## In production

PyTorch's `nn.Module` finds parameters by itself: an attribute that is a `Parameter` or a `Module` is noted as it is
set, so nobody writes `parameters()`. It also remembers whether it is being trained: `model.train()` and
`model.eval()` set a flag in every part, where ours travels with the call. Forgetting `model.eval()` is among the most
common mistakes in PyTorch code; forgetting `training=False` is the same mistake.

`nn.Linear` stores W as (out, in), begins with a uniform distribution between −√(1/in) and √(1/in) (a standard
deviation of √(1/(3 in))), and fuses the product and the sum into one call of a library for matrices.

## Pitfalls, and how to find them

- **Variance or deviation.** Weights of deviation 1/in instead of √(1/in) are √in times too small: 16 times in a layer
  of 256 inputs. *To find it*: `layer.weight.data.std() * in_features ** 0.5` is 1.
- **A seed within `__init__`.** Results are repeatable, and all layers of one shape are equal. *To find it*:
  `np.array_equal(Linear(3, 2).weight.data, Linear(3, 2).weight.data)` must be False. Seed once, outside.
- **`if self.bias:`** asks a Tensor whether it is true, and the answer has nothing to do with its numbers. Ask whether
  it `is not None`. *To find it*: `Linear(3, 2, bias=False)` must compute.
- **Copies as parameters.** `Tensor(self.weight)` has the same numbers and is another Tensor. Nothing crashes, and
  nothing learns. *To find it*: `layer.parameters()[0] is layer.weight`.
- **A parameter that is missing from the list.** *To find it*: count. `sum(p.size for p in model.parameters())`
  against the formula n m + m of each layer.
- **Dropout when it counts.** Predictions that differ from run to run come from a forgotten `training=False`.
  *To find it*: call the model twice on the same x and compare.
- **The data instead of the Tensor.** `Tensor(x.data @ self.weight.data)` gives the right numbers, and in module 05 no
  gradient. *To find it*: look for `.data` in your forward. There should be none.
- **(5,) instead of (1, 5).** One example without a batch runs, until something takes a mean over `axis=0`.
  *To find it*: print `x.shape` at the first layer.

## What it costs

Count for the digits network, and a batch of 64:

| layer | parameters | bytes | multiplications and additions | new numbers |
|---|---|---|---|---|
| `Linear(784, 128)` | 100,480 | 401,920 | 2 · 64 · 784 · 128 = 12,845,056, and 8,192 for the bias | 8,192 |
| `ReLU()` | 0 | 0 | 8,192 comparisons | 8,192 |
| `Dropout(0.5)` | 0 | 0 | 8,192 random numbers, comparisons, divisions and products | 8,192 |
| `Linear(128, 10)` | 1,290 | 5,160 | 2 · 64 · 128 · 10 = 163,840, and 640 for the bias | 640 |

The first layer does nearly all of the work, because it has nearly all of the parameters: each weight is used once for
each example, in one product and one sum. That also says what a batch is good for. With one example, every weight is
fetched from memory for 2 operations; with 64, for 128. The cost of fetching is the same:

```
 batch                              1        8        64       512
 operations                         0.2 M    1.6 M    13 M     103 M
 weights fetched                    0.1 M    0.1 M    0.1 M    0.1 M
 operations for each weight         2        16       128      1,024
```

Parameters are kept for as long as the model, activations until the gradient has passed (module 05): 401,920 bytes
against 64 · 128 · 4 = 32,768 for the hidden units. With large batches and pictures it is the other way round. Dropout
draws a random number for every activation, and costs nothing once training is over.

## What comes next

- **04 losses** takes what a chain gives and says how wrong it is, in one number.
- **05 autograd** finds the slope of that number for everything in `parameters()`; **06 optimizers** takes the step.
- **09 spatial** brings layers whose weights are shared between places, **11 embeddings** one that looks rows up.
- **13 transformers** is a chain of chains, with Linear, Dropout and GELU in each.
- **15 quantization** and **16 compression** go through a model's layers and make their weights smaller or fewer.

## To think about

1. Two linear layers without a bend between them are one. What, then, is the use of `Linear(784, 10)` and
   `Linear(10, 784)` one behind the other? Count the parameters.
2. Why may all biases begin at 0, but not all weights? What would happen with all weights at 0.01?
3. Dropout after the last layer, before the scores: what would the network learn to do?

## Summary

You have layers: `Linear` with weights of the right size, `Dropout` that knows when to keep still, and `Sequential`
that makes one layer of many. When `tito check 03` is green, close the module:

```
tito module complete 03
```

Three modules are enough for the first milestone: `tito milestone run perceptron` teaches Rosenblatt's machine of 1958, on
your own `Linear`, to part two groups of points. Module 04 measures how wrong a layer's outputs are.
"""
