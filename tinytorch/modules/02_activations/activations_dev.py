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
# 02 · Activations

A network that only adds and multiplies can only draw straight lines. This lesson builds the five functions that
bend them: Sigmoid, ReLU, Tanh, GELU and Softmax. Each is a few lines of NumPy; the work is in getting those few
lines right for numbers that are very large, very small or arranged in more than one dimension.

**When you are done, you can**

- show with four numbers why a network needs something between its products;
- write each of the five functions so that no input, however large, gives a warning or a `nan`;
- tell them apart by a few known values, and name the mistake when one of these is off;
- turn scores into probabilities along the direction that you mean;
- choose an activation for a hidden layer, a gate and an output, and say why.

**You need** module 01: a `Tensor` that holds a float32 array in `data`.

**You build**

| class | formula | range | where it is used |
|---|---|---|---|
| `Sigmoid` | 1 / (1 + e⁻ˣ) | (0, 1) | gates, yes-or-no outputs |
| `ReLU` | max(0, x) | [0, ∞) | hidden layers of most networks |
| `Tanh` | (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) | (−1, 1) | recurrent networks |
| `GELU` | x · sigmoid(1.702 x) | about [−0.16, ∞) | transformers |
| `Softmax` | eˣⁱ / Σ eˣʲ | (0, 1), sums to 1 | class probabilities, attention |

**The way here and on**

```
 01 tensor                 02 activations               03 layers
 ┌─────────────────┐       ┌──────────────────┐         ┌─────────────────────┐
 │ a block of      │ ────▶ │ bend each number │ ──────▶ │ products with       │
 │ float32 numbers │ .data │ of the block     │ between │ weights to be bent  │
 └─────────────────┘       └──────────────────┘         └─────────────────────┘
```

**Where it lives**: you write in `modules/02_activations/` of your workspace, and `tito export 02` makes
`tinytorch/core/activations.py` of the cells that begin with `#| export`. Every later module imports from there:

```python
from tinytorch.core.activations import Sigmoid, ReLU, Tanh, GELU, Softmax
```

All five share a file because they share an interface: what uses one can try another by changing one name.

**It depends on** NumPy and `tinytorch.core.tensor`, which is your module 01. If the import below fails with `No
module named 'tinytorch.core.tensor'`, that module is not exported yet: `tito export 01`.
"""

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

# %% [markdown]
r"""
## Why a bend is needed

Put two linear layers one behind the other and nothing is gained:

$$(x W_1) W_2 = x (W_1 W_2)$$

```
           W₁ = [ 1 2 ]             W₂ = [ 0 1 ]                W₁ W₂ = [ 2 3 ]
                [ 3 4 ]                  [ 1 1 ]                        [ 4 7 ]

 [ 1 1 ] ──▶ [ 4 6 ] ──────────▶ [ 6 10 ]          [ 1 1 ] ──────────▶ [ 6 10 ]
```

The product of two matrices is a matrix, so a hundred linear layers are one linear layer that took longer.

And one linear layer cannot do much. Take *exclusive or*: the answer is 1 if exactly one of two inputs is. For every
function of the form f = w₁x₁ + w₂x₂ + b, the two sums below are the same, w₁ + w₂ + 2b, whatever the weights:

```
   x₁ x₂   wanted          f(0,0) + f(1,1)  =  f(0,1) + f(1,0)
   0  0    0
   0  1    1                  0   +   0     ≠     1   +   1
   1  0    1
   1  1    0               so no such f gives all four answers
```

One bend is enough. With ReLU, which cuts off what is negative, relu(x₁ + x₂) − 2 relu(x₁ + x₂ − 1) gives 0, 1, 1 and
2 − 2 = 0. More bends follow a curve more closely. Here is x² between 0 and 1, drawn with straight pieces of equal
width:

```
 bends                0 (a line)     1           3           7
 pieces               1              2           4           8
 largest error        0.25           0.0625      0.015625    0.00390625
```

Twice the pieces, a quarter of the error. Training has to find where the bends should be, but there is always a
network that comes as near as you like.

An activation works on each number by itself (Softmax is the exception: it looks at a whole row). All of ours share
one small interface, the one that PyTorch's modules have:

- `forward(x)` takes a Tensor and returns a **new** Tensor of the same shape;
- calling the object, `relu(x)`, is the same as `relu.forward(x)`;
- `backward(grad)` will be filled in by module 05; until then it is a placeholder.

Two promises are easy to break and hard to debug later. An activation never changes its input, because the input is
needed again for the gradient. And it always returns a Tensor of its own, even where all values stay as they were.

## The skeleton

All five follow one pattern. Here it is for a function that we do not build, x / (1 + |x|), known as softsign:

```python
class Softsign:
    def forward(self, x):
        size = 1 + np.abs(x.data)          # 1. plain arrays, out of the Tensor
        return Tensor(x.data / size)       # 2. a new Tensor around the result

    def __call__(self, x):                 # 3. given: softsign(x) is softsign.forward(x)
        return self.forward(x)
```
"""

# %% [markdown]
r"""
## Sigmoid

Sigmoid squeezes the whole number line into the interval from 0 to 1:

$$\sigma(x) = \frac{1}{1 + e^{-x}}$$

```
 1                           │          ●●●●●●●●●●●●●●●●
                             │     ●●●●●
                             │   ●●
                             │ ●●
 ½                          ●●●
                          ●● │
                        ●●   │
                   ●●●●●     │
 0 ●●●●●●●●●●●●●●●●──────────┼──────────────────────────
    −6      −4      −2       0       2       4       6
```

```
 x           −4       −2       −1        0        1        2        4
 sigmoid      0.018    0.119    0.269    0.5      0.731    0.881    0.982
```

It is ½ at 0 and symmetric around that point: σ(−x) = 1 − σ(x). So σ(1) = 0.731059 and σ(−1) = 0.268941. What comes
out can be read as a probability, or as the position of a valve: gates in recurrent networks multiply by it.

**The trap.** For x = −1000 the formula asks for e¹⁰⁰⁰, which no float can hold: NumPy warns of an overflow, and in
other formulas for the same function the overflow turns into `nan`. The cure is to raise e only to powers that are
not positive, which cannot overflow:

- for x ≥ 0 use 1 / (1 + e⁻ˣ);
- for x < 0 use eˣ / (1 + eˣ), which is the same number.

With z = e^(−|x|) both need one exponential: the first is 1 / (1 + z), the second z / (1 + z).

```
 x         1 / (1 + e⁻ˣ)              eˣ / (1 + eˣ)         with z = e^(−|x|)
  1000     1 / (1 + 0) = 1            ∞ / ∞ = nan           1 / (1 + 0) = 1
 −1000     1 / (1 + ∞) = 0, warns     0 / (1 + 0) = 0       0 / (1 + 0) = 0
```
"""

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
        ### BEGIN SOLUTION
        z = np.exp(-np.abs(x.data))
        return Tensor(np.where(x.data >= 0, 1 / (1 + z), z / (1 + z)))
        ### END SOLUTION

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% [markdown]
"""
### What the test checks

Known values at 0, ±1 and ±2; outputs strictly between 0 and 1 for moderate inputs, and within 1e-10
of 0 and 1 for ±1000; shape, type and that the input is left alone. A sigmoid of x/2 has the right shape, range and
symmetry: only the known values give it away.
"""

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

# %% [markdown]
r"""
## ReLU

The rectified linear unit keeps what is positive and replaces the rest by 0:

$$\text{ReLU}(x) = \max(0, x)$$

```
 4                   │              ●●
                     │             ●
                     │          ●●●
                     │         ●
 2                   │      ●●●
                     │     ●
                     │  ●●●
                     │ ●
 0 ●●●●●●●●●●●●●●●●●●●●─────────────────
    −4      −2       0       2       4
```

It costs one comparison and its gradient is 1 wherever it is not 0, however many layers lie behind it. Of numbers that
are as often negative as positive, half of the outputs are exactly 0, so a layer speaks with half of its units at a
time. Its flaw: a unit whose input is negative for every example has gradient 0 and never recovers (a "dead" ReLU).

**The trap.** `x.data[x.data < 0] = 0` gives the right numbers and ruins the input. Make a new array.

```
                x before             relu(x)              x afterwards
 in place       [ -2  0  3 ]         [ 0  0  3 ]          [ 0  0  3 ]       the gradient finds no negative number
 a new array    [ -2  0  3 ]         [ 0  0  3 ]          [ -2  0  3 ]
```
"""

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
        ### BEGIN SOLUTION
        return Tensor(np.maximum(0, x.data))
        ### END SOLUTION

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% [markdown]
"""
### What the test checks

Negative, zero and positive inputs; very small negative numbers, which a leaky variant would let through; that the
input keeps its values, and that the result is a new Tensor even when nothing was negative.
"""

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

# %% [markdown]
r"""
## Tanh

The hyperbolic tangent is a sigmoid stretched to the interval from −1 to 1 and centred on 0:

$$\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}} = 2\,\sigma(2x) - 1$$

```
  1                           │          ●●●●●●●●●●●●●●●●
                              │     ●●●●●
                              │   ●●
                              │ ●●
  0 ─────────────────────────●●●─────────────────────────
                           ●● │
                         ●●   │
                    ●●●●●     │
 −1 ●●●●●●●●●●●●●●●●          │
     −3      −2      −1       0       1       2       3
```

```
 x           −2       −1       −0.5      0        0.5      1        2
 tanh        −0.964   −0.762   −0.462    0        0.462    0.762    0.964
```

Centred outputs make the next layer's work easier: its inputs are as often negative as positive. It is used where a
state is passed from step to step and must neither grow nor drift. tanh(1) = 0.761594, tanh(2) = 0.964028, and
tanh(−x) = −tanh(x).

**The trap.** Computed as written above, the quotient is ∞/∞ = `nan` for large x. NumPy's own `np.tanh` takes care
of that; so does the form with your stable sigmoid.
"""

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
        ### BEGIN SOLUTION
        return Tensor(np.tanh(x.data))
        ### END SOLUTION

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% [markdown]
"""
### What the test checks

Known values at 0, ±1 and ±2, which tell it from x clipped to ±1, from the sign of x and from tanh(x/2); that it is
odd; ±1 at ±1000; shape and input.
"""

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

# %% [markdown]
r"""
## GELU

ReLU decides at 0, hard. The Gaussian error linear unit decides softly: it weighs x by the probability Φ(x) that a
standard normal number is smaller than x.

$$\text{GELU}(x) = x \cdot \Phi(x) \approx x \cdot \sigma(1.702\,x)$$

```
    1                                           │          ●
                                                │
                                                │         ●
                                                │        ●
                                                │       ●
  0.5                                           │      ●
                                                │    ●●
                                                │   ●
                                                │  ●
                                                │●●
    0 ●●●●●●●●●●●●●●●●●●●●─────────────────────●●────────────
                          ●●●●●●●●●●●●     ●●●● │
 −0.2                                 ●●●●●     │
       −4        −3        −2        −1         0         1
```

Just below 0 it dips, to −0.164 at −0.75. There its slope is 0 and changes sign, where ReLU has a corner: a unit that
is a little below 0 still learns. The weights in numbers, with our formula:

```
 x               −3        −1        −0.5      0         0.5       1         3
 σ(1.702 x)       0.006     0.154     0.299    0.5       0.701     0.846     0.994
 GELU            −0.018    −0.154    −0.150    0         0.350     0.846     2.982
 ReLU             0         0         0        0         0.5       1         3
```

Φ has no closed form, so there are approximations. The one above replaces Φ by a logistic curve; 1.702 is the factor
for which the two curves are nearest to each other. The numbers differ a little from form to form:

| form | GELU(1) | GELU(−1) |
|---|---|---|
| x · σ(1.702 x), taught here | 0.845796 | −0.154204 |
| exact, with Φ | 0.841345 | −0.158655 |
| with tanh | 0.841192 | −0.158808 |

Any of them passes the test. What does not pass is a function without the dip: ReLU, or a ReLU that leaks.

**The trap.** The factor belongs inside the sigmoid. 1.702 · x · σ(x) is another function, and grows 1.7 times as
fast.
"""

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
        ### BEGIN SOLUTION
        return Tensor(x.data * Sigmoid().forward(Tensor(1.702 * x.data)).data)
        ### END SOLUTION

    def __call__(self, x: Tensor) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% [markdown]
"""
### What the test checks

Values from −3 to 3 within 0.021 of the exact ones, which every usual form keeps to and a leaky ReLU does not; the
dip below 0; 0 at 0; that large inputs pass through and large negative ones vanish, without a `nan`.
"""

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

# %% [markdown]
r"""
## Softmax

Softmax turns a row of scores into a row of probabilities: positive numbers that sum to 1, in the same order as the
scores.

$$\text{softmax}(x)_i = \frac{e^{x_i}}{\sum_j e^{x_j}}$$

```
 scores   [ 1.0      2.0      3.0    ]
 e^score  [ 2.718    7.389   20.086  ]      sum 30.193
 softmax  [ 0.0900   0.2447   0.6652 ]      sum 1
```

Only differences between scores count, and the larger they are, the surer the answer:

```
 [ 1    2    3   ]  ──▶  [ 0.0900  0.2447  0.6652 ]
 [ 11   12   13  ]  ──▶  [ 0.0900  0.2447  0.6652 ]     all higher by 10: nothing changes
 [ 2    4    6   ]  ──▶  [ 0.0159  0.1173  0.8668 ]     doubled: surer
 [ 0.5  1    1.5 ]  ──▶  [ 0.1863  0.3072  0.5065 ]     halved: less sure
```

For two scores it is an old friend: softmax([0, x]) is [1 − σ(x), σ(x)].

**The trap.** e¹⁰⁰⁰ overflows again. Subtracting the same number c from all scores divides numerator and denominator
by eᶜ and changes nothing, so subtract the row's maximum: the largest exponent is then e⁰ = 1.

**Which row?** In a batch, "row" is a direction that the caller chooses with `dim`. For scores of shape (2, 3):

```
 scores               dim=1 (or -1): rows sum to 1        dim=0: columns sum to 1
 [ 1 2 3 ]            [ 0.0900  0.2447  0.6652 ]          [ 0.5  0.7311  0.8808 ]
 [ 1 1 1 ]            [ 0.3333  0.3333  0.3333 ]          [ 0.5  0.2689  0.1192 ]
```

`keepdims=True` keeps the reduced direction as one of size 1, so that the maximum and the sum line up with the array.
"""

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
        ### BEGIN SOLUTION
        shifted = np.exp(x.data - np.max(x.data, axis=dim, keepdims=True))
        return Tensor(shifted / np.sum(shifted, axis=dim, keepdims=True))
        ### END SOLUTION

    def __call__(self, x: Tensor, dim: int = -1) -> Tensor:
        """Apply the function, as PyTorch's modules do when they are called."""
        return self.forward(x, dim)

    def backward(self, grad: Tensor) -> Tensor:
        """Give the gradient; a placeholder until module 05."""
        raise NotImplementedError("gradients come with module 05")

# %% [markdown]
"""
### What the test checks

Known values, which a softmax with another base or temperature misses; scores around 1000 and scores that lie 1000
apart, of which only the maximum may be subtracted; a block of shape (2, 3, 4)
along each of its dimensions, value by value, since a softmax along the wrong one still gives positive numbers; the
place of the largest score; calling with and without `dim`; and a row of zeros beside a row of thousands, which the
maximum of the whole array would turn into 0/0.
"""

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

# %% [markdown]
"""
## Putting them together

The parts are finished; the last test asks whether they fit. A network is a chain, so what one activation returns
must be something that the next one takes: a Tensor, of the same shape, in float32. It also holds the interface to
account: five classes, each callable, each with `forward` and a `backward` to be filled in.

```
 x ──▶ ReLU ──▶ Tanh ──▶ GELU ──▶ Sigmoid ──▶ Softmax ──▶ probabilities
        all of shape (4, 6)                  rows sum to 1
```
"""

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

# %% [markdown]
r"""
## What you have built, compared

| | Sigmoid | ReLU | Tanh | GELU | Softmax |
|---|---|---|---|---|---|
| looks at | a number | a number | a number | a number | a row |
| at 0 | ½ | 0 | 0 | 0 | 1/n for n equal scores |
| what it is centred on | ½ | nothing | 0 | nothing | 1/n |
| steepest slope | ¼ | 1 | 1 | 1.10 | ¼ |
| slope at 4 | 0.018 | 1 | 0.0013 | 1.006 | |
| slope at −4 | 0.018 | 0 | 0.0013 | −0.006 | |
| ten of them multiply a gradient by at most | 0.00000095 | 1 | 1 | 2.6 | |

The last line is why deep networks were so hard to train with sigmoids: a gradient that passes ten of them is smaller
by a factor of a million, (¼)¹⁰, even where all of them are at their steepest.

## Which one?

| use | for example | because | not when |
|---|---|---|---|
| ReLU | hidden layers of a classifier, convolutions | cheap, its slope does not fade | many units are dead: try GELU |
| GELU | transformers | smooth, learns below 0, too | every microsecond counts |
| Tanh | the state of a recurrent network | centred, never runs away | twenty of them in a row: it saturates |
| Sigmoid | a gate; the answer to yes or no | between 0 and 1 | hidden layers; one class of many |
| Softmax | one class of many; where attention looks | positive, sums to 1 | several answers can be right at once: then Sigmoid |
| none | the output that predicts a price | prices have no bounds | between two linear layers |

**Three pipelines**, each with the activation where it belongs:

```
 digits          x (64, 784) ─▶ linear ─▶ ReLU (64, 128) ─▶ linear ─▶ scores (64, 10) ─▶ Softmax, dim=1
 spam or not     words ─▶ embedding ─▶ mean ─▶ linear ─▶ Tanh ─▶ linear ─▶ one score ─▶ Sigmoid ─▶ p(spam)
 transformer     q kᵀ (8, 128, 128) ─▶ Softmax, dim=-1 ─▶ · v ─▶ linear ─▶ GELU ─▶ linear, in every block
```

## In production

The formulas are the ones that PyTorch, JAX and TensorFlow use; the engineering around them differs. Libraries fuse
an activation with the matrix product before it, so that the numbers never travel to memory in between; they offer
in-place variants (`nn.ReLU(inplace=True)`) where memory is short and the input is not needed again; and they hand
unfinished scores ("logits") to the loss function, which computes the logarithm of a softmax in one stable step. You
will do the latter in module 04. PyTorch's `nn.Softmax` takes its dimension when it is made, ours when it is called;
its `nn.GELU` is the exact form, with `approximate="tanh"` the third of the table above.

## Pitfalls, and how to find them

- **Overflow.** `np.exp` of anything above 88.7 overflows in float32. Shift or split before you exponentiate. *To find
  it*: run the cell with `np.seterr(over="raise", invalid="raise")`; the warning becomes an error, with a line.
- **Saturation.** Far from 0, sigmoid and tanh are flat: their gradient is nearly 0 and learning stalls.
  *To find it*: the share of outputs of tanh beyond ±0.99. If it is most of them, the weights are too large.
- **Dead units.** *To find it*: `(relu(x).data == 0).all(axis=0).mean()` over a large batch is the share of units that
  no example wakes.
- **The wrong dimension.** A softmax along the batch makes examples compete with each other. Nothing crashes.
  *To find it*: `y.data.sum(axis=1)` must be ones.
- **Two softmaxes.** Applying softmax to probabilities flattens them: 0.09, 0.24, 0.67 becomes 0.25, 0.30, 0.45.
  Libraries' losses expect scores, not probabilities. *To find it*: print a row; one that sums to 1 is no row of
  scores.
- **Aliasing.** Returning the input itself, or writing into it, works until the gradient needs the old values.
  *To find it*: copy `x.data` before the call and compare with `np.array_equal` afterwards.
- **A function that only looks like it.** sigmoid(x/2) rises from 0 to 1, too. *To find it*: compare one known value,
  0.731059 at 1.

## What it costs

Count what an activation of n numbers asks for. Every step of a NumPy formula makes an array of n numbers, writes it
and reads it again, and the new Tensor copies the last one:

| | exponentials | arrays of n numbers, ours | operations that it could not do without |
|---|---|---|---|
| ReLU | 0 | 2 | n comparisons |
| Tanh | n tanh | 2 | n tanh |
| Sigmoid | n | 10 | n exponentials, n divisions |
| GELU | n | 14 | the same, and 2n multiplications |
| Softmax | n | 4, and two small ones | n exponentials, n divisions, a maximum and a sum |

An exponential costs little more than a comparison these days (`np.exp` about 1.5 times `np.maximum`, `np.tanh` 1.1
times); it is the arrays that count. Written as above, and for 100,000 numbers, Sigmoid and GELU take some twenty to
forty times as long as ReLU, Softmax about seven times, and Tanh hardly longer. Try it on your machine:

```python
import timeit
x = Tensor(np.random.normal(size=(1000, 100)))
for f in (ReLU(), Tanh(), Sigmoid(), GELU(), Softmax()):
    print(type(f).__name__, min(timeit.repeat(lambda: f(x), number=10, repeat=5)))
```

In a large network all of them together are a small part of the work. A layer from n numbers to n numbers takes 2n²
operations for the product of each example and n activations: for n = 1,000 that is 2,000 operations for each number
that is bent. Memory is another matter, for training keeps the input of every activation until the gradient has come
back: n numbers of 4 bytes for each example and layer.

## What comes next

- **03 layers** brings the weights whose products these functions bend, and puts them one behind the other.
- **04 losses** takes the logarithm of a softmax without ever computing the softmax.
- **05 autograd** fills in `backward`: the slopes of the comparison above.
- **12 attention** is a softmax over scores between words; **13 transformers** bend with GELU.
- **18 acceleration** computes GELU with fewer arrays.

## To think about

1. Is there a network of linear layers and x² as its activation that computes exclusive or? And one with |x|?
2. A softmax of two scores needs two numbers, a sigmoid one. What does a classifier of two classes gain by the second?
3. What happens to the probabilities of a softmax if all scores are multiplied by 100, or divided by 100? Where would
   you want either?

## Summary

You have five activations with one interface, stable at any input. Sigmoid and tanh squeeze, ReLU and GELU gate,
softmax compares. When `tito check 02` is green, close the module:

```
tito module complete 02
```

Next comes module 03: layers, whose weights these functions will bend.
"""
