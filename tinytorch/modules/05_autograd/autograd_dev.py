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
# 05 · Autograd

A network learns by asking, for each of its weights: if this number were a little larger, how much would the loss
change? That slope is the weight's gradient. This lesson builds the machine that answers the question for all weights
at once, whatever the network looks like, in about the time that the network itself takes.

**When you are done, you can**

- explain why the walk goes from the loss back to the weights, and not the other way round;
- write the gradient of any operation, in the shape of its operands, broadcasting included;
- check a gradient with nothing but the function itself, and know why that takes float64;
- put a graph into an order in which every gradient is complete before it is handed on;
- say what a graph costs in memory, and find the place where one was left by mistake.

**You need** modules 01 to 04: Tensors, activations, layers and losses. From mathematics, the chain rule.

**You build**

| part | what it does |
|---|---|
| `unbroadcast` | sums a gradient over what broadcasting has repeated |
| `AddBackward` … `MaxBackward` | the gradients of what Tensors do |
| `Function.apply` | computes, and remembers how |
| `graph_order`, `backward`, `zero_grad` | walk back through what was remembered |
| `MatMulBackward` … `BinaryCrossEntropyBackward` | the gradients of what networks add |

**The way here and on**

```
 04 losses                  05 autograd                    06 optimizers
 ┌──────────────────┐       ┌──────────────────────┐       ┌─────────────────────┐
 │ one number: how  │ ────▶ │ its slope for every  │ ────▶ │ a step that makes   │
 │ wrong it all was │ loss  │ weight, all at once  │ .grad │ the number smaller  │
 └──────────────────┘       └──────────────────────┘       └─────────────────────┘
```

**Where it lives**: you write in `modules/05_autograd/` of your workspace, and `tito export 05` makes
`tinytorch/core/autograd.py` of the cells that begin with `#| export`. Importing it once is enough:

```python
import tinytorch.core.autograd
```

From then on the Tensors, activations and losses that you have written remember what they do. **None of your code is
replaced**: it still computes every result, right or wrong, and this module only watches. That is why it is a module
of its own and not part of the Tensor: what computes and what remembers can be read, tested and switched on apart.

**It depends on** NumPy and on `tinytorch.core`'s tensor, activations and losses; its tests use layers, too. If one of
these cannot be imported, export the module that it comes from, `tito export 01` to `tito export 04`. After an export,
restart the kernel: Python keeps what it has imported.
"""

# %%
#| default_exp core.autograd

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import functools
import inspect
from itertools import compress

import numpy as np

from tinytorch.core import losses
from tinytorch.core.activations import GELU, ReLU, Sigmoid, Softmax, Tanh
from tinytorch.core.losses import EPSILON, BinaryCrossEntropyLoss, CrossEntropyLoss, MSELoss
from tinytorch.core.tensor import Tensor

# The Function that made a Tensor: none, unless one says so.
Tensor.grad_fn = None

# %% [markdown]
r"""
## One weight, by hand

A network of one neuron predicts p = w·x + b. With x = 2, w = 3 and b = 1 it says 7, where 5 is right. The loss
L = (p − 5)² is 4. How should w change?

```
 p = w·x + b = 7        L = (p − 5)² = 4

 L changes 2 (p − 5) = 4 times as much as p          ∂L/∂p = 4
 p changes x = 2 times as much as w                  ∂p/∂w = 2
 so L changes 4 · 2 = 8 times as much as w           ∂L/∂w = 8        and ∂L/∂b = 4 · 1 = 4
```

The slope is positive, so a smaller w is better. Make it smaller by 0.08: the slope promises that L falls by
8 · 0.08 = 0.64, and it falls from 4 to 3.3856, by 0.6144. The promise holds for small steps, and training is a great
many small steps.

One could also have measured the slope, by computing L twice with w a little changed. For one weight that is quite as
good. The digits network of module 03 has 101,770 weights, and measuring would take two passes for each of them:

```
                          passes through the network for all slopes
 measured, one by one     2 · 101,770 = 203,540
 walked back              1 forward, and a way back that costs about 2
```
"""

# %% [markdown]
r"""
## Going back

Take a small computation, and ask how much L changes with a:

```
  a = 2 ──┐
          × ──▶ p = 6 ──┐
  b = 3 ──┘             + ──▶ L = 10
  c = 4 ────────────────┘
```

L changes as much as p does (∂L/∂p = 1), and p changes b times as much as a does (∂p/∂a = b = 3). The **chain rule**
multiplies the slopes along the way:

$$\frac{\partial L}{\partial a} = \frac{\partial L}{\partial p} \cdot \frac{\partial p}{\partial a} = 1 \cdot 3$$

One could start at a and carry the slope forward, to L. That answers for a only; b and c need a walk each, and a
network has millions of weights. Starting at L and walking **back** answers for all of them in one go. This is
*reverse mode*, and its cost is that of a few forward passes, no matter how many weights there are:

```
  ∂L/∂a = 1·b = 3 ◀──┐
                     × ◀── ∂L/∂p = 1 ◀──┐
  ∂L/∂b = 1·a = 2 ◀──┘                  + ◀── ∂L/∂L = 1
  ∂L/∂c = 1       ◀─────────────────────┘
```

Two things are needed for the walk, and they are the two parts of this lesson:

1. Each operation must be able to hand a gradient back: given ∂L/∂(its result), say what ∂L/∂(each operand) is. It
   needs to know nothing of the rest of the network. That is a **Function**.
2. Results must remember which Function made them, so that there is a way back. That is the **graph**.

Where a value goes two ways, what comes back is the **sum**: if L depends on a through p and through q, a small change
of a arrives twice.

$$\frac{\partial L}{\partial a} = \frac{\partial L}{\partial p} \frac{\partial p}{\partial a} + \frac{\partial L}{\partial q} \frac{\partial q}{\partial a}$$
"""

# %% [markdown]
r"""
## Functions

A `Function` object is one call that was made. `forward` is the code that computed it, which is your own from an
earlier module: `Tensor.__add__`, say. `backward` hands a gradient back through it, and each kind of operation brings
its own:

```python
class SquareBackward(Function):
    @staticmethod
    def backward(gradient, x):          # ∂L/∂(x²), and what forward was given
        return gradient * 2 * x         # ∂L/∂x
```

`backward` works on plain NumPy arrays. It is given the gradient of the *result*, which has the result's shape, and
then all that forward was given, in the same order, defaults included. It returns the gradient of each operand, **in
that operand's shape**, as a tuple where there are several. It never changes the arrays it is given, for others read
them too.

The class below comes with all but one method. `apply` makes the call and decides whether it is to be remembered:
that is the case when something that went in asks for a gradient. What is computed of such a Tensor depends on it,
and so has to ask for a gradient, too. Write it now; it is tested in *The graph* below.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "function-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Function:
    """One call of an operation: forward computes it, backward hands a gradient back through it."""

    def __init__(self, forward, *args):
        """Keep what is to be called, and with what. Given."""
        self.forward = forward
        self.args = args
        # The arrays as they are now: a Tensor may hold others by the time that backward needs them.
        self.arrays = [each.data if isinstance(each, Tensor) else each for each in args]
        self.wanted = [isinstance(each, Tensor) and each.requires_grad for each in args]
        self.inputs = list(compress(args, self.wanted))

    @staticmethod
    def backward(gradient, *arrays):
        """Return the gradient of each operand; every kind of Function brings its own."""
        raise NotImplementedError

    def apply(self):
        """
        Make the call, and let its result remember this Function.

        TODO: return what forward gives for the args. Where some of them require a gradient, the result requires one
        too, and its grad_fn is this Function.

        APPROACH:
        1. Call self.forward with self.args, once. Its result is returned whatever happens.
        2. self.inputs are the Tensors among the args that require a gradient. Where there are any, set the result's
           requires_grad and grad_fn.

        EXAMPLE:
        >>> x = Tensor([1, 2], requires_grad=True)
        >>> y = Function(lambda a: Tensor(3 * a.data), x).apply()
        >>> y.data.tolist(), y.requires_grad
        ([3.0, 6.0], True)

        HINT: without inputs there is nothing to remember, and nothing should be: a graph that no one needs holds on
        to every array in it.
        """
        ### BEGIN SOLUTION
        result = self.forward(*self.args)
        if self.inputs:
            result.requires_grad = True
            result.grad_fn = self
        return result
        ### END SOLUTION

    def gradients(self, gradient):
        """Return (input, gradient) for each of the inputs, given the result's gradient. Given."""
        parts = self.backward(gradient, *self.arrays)
        parts = parts if isinstance(parts, tuple) else (parts,)
        pairs = list(compress(zip(self.args, parts, strict=False), self.wanted))
        if [np.shape(part) for _, part in pairs] != [each.shape for each in self.inputs]:
            shapes = [np.shape(part) for part in parts], [np.shape(each) for each in self.arrays]
            raise ValueError("{}.backward gave shapes {} for operands of shapes {}".format(type(self).__name__, *shapes))
        return pairs

# %% [markdown]
r"""
### Undoing broadcasting

When (2, 3) + (3,) is computed, the row is used twice, once in each line of the result. A small change of one of its
numbers therefore arrives twice, and its gradient is the **sum** over the lines. What broadcasting has repeated on
the way forward is summed on the way back:

```
 forward   (3,) ──▶ (2, 3)           backward   (2, 3) ──▶ (3,)
 [ 10 20 30 ]      [ 10 20 30 ]      [ 1 2 3 ]             [ 5 7 9 ]
                   [ 10 20 30 ]      [ 4 5 6 ]
```

Broadcasting does two things, so there are two to undo: it puts missing directions in front, and it repeats
directions of size 1. The first are summed away. The second are summed too, but stay, with size 1.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "unbroadcast-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def unbroadcast(gradient, shape):
    """
    Sum a gradient over what broadcasting has repeated.

    TODO: return the gradient for an operand of the given shape, in that shape.

    APPROACH:
    1. Sum over the directions that the operand does not have: the first ones.
    2. Sum over those that have size 1 in shape, and keep them.

    EXAMPLE:
    >>> unbroadcast(np.array([[1, 2, 3], [4, 5, 6]]), (3,)).tolist()
    [5, 7, 9]
    >>> unbroadcast(np.array([[1, 2, 3], [4, 5, 6]]), (2, 1)).tolist()
    [[6], [15]]

    HINT: sum takes a tuple of axes, and an empty one leaves the array as it is.
    """
    ### BEGIN SOLUTION
    missing = gradient.ndim - len(shape)
    gradient = gradient.sum(axis=tuple(range(missing)))
    repeated = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=repeated, keepdims=True)
    ### END SOLUTION

# %% [markdown]
r"""
### Arithmetic

With g for the gradient of the result:

| result | gradient of a | gradient of b |
|---|---|---|
| a + b | g | g |
| a − b | g | −g |
| a · b | g · b | g · a |
| a / b | g / b | −g · a / b² |
| −a | −g | |

All of these broadcast, so each gradient has to be brought back to its operand's shape. An operand may also be a plain
number, as in `t + 1`. Nobody looks at the gradient of a number; `np.shape` knows that its shape is `()`.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "arithmetic-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class AddBackward(Function):
    """a + b"""

    @staticmethod
    def backward(gradient, a, b):
        """
        Hand the gradient of a sum back.

        TODO: return the gradients of a and b, in their shapes.

        EXAMPLE:
        >>> [each.tolist() for each in AddBackward.backward(np.ones((2, 3)), np.ones((2, 1)), np.ones(3))]
        [[[3.0], [3.0]], [2.0, 2.0, 2.0]]

        HINT: unbroadcast, once for each.
        """
        ### BEGIN SOLUTION
        return unbroadcast(gradient, np.shape(a)), unbroadcast(gradient, np.shape(b))
        ### END SOLUTION


class SubBackward(Function):
    """a - b"""

    @staticmethod
    def backward(gradient, a, b):
        """TODO: return the gradients of a and b, in their shapes."""
        ### BEGIN SOLUTION
        return unbroadcast(gradient, np.shape(a)), unbroadcast(-gradient, np.shape(b))
        ### END SOLUTION


class MulBackward(Function):
    """a * b"""

    @staticmethod
    def backward(gradient, a, b):
        """
        Hand the gradient of a product back.

        TODO: return the gradients of a and b, in their shapes.

        EXAMPLE:
        >>> [each.tolist() for each in MulBackward.backward(np.array([1, 1]), np.array([2, 3]), np.array([5, 7]))]
        [[5, 7], [2, 3]]

        HINT: multiply first, sum afterwards.
        """
        ### BEGIN SOLUTION
        return unbroadcast(gradient * b, np.shape(a)), unbroadcast(gradient * a, np.shape(b))
        ### END SOLUTION


class DivBackward(Function):
    """a / b"""

    @staticmethod
    def backward(gradient, a, b):
        """TODO: return the gradients of a and b, in their shapes."""
        ### BEGIN SOLUTION
        return unbroadcast(gradient / b, np.shape(a)), unbroadcast(-gradient * a / (b * b), np.shape(b))
        ### END SOLUTION


class NegBackward(Function):
    """-a"""

    @staticmethod
    def backward(gradient, a):
        """TODO: return the gradient of a."""
        ### BEGIN SOLUTION
        return -gradient
        ### END SOLUTION

# %% [markdown]
r"""
### Shapes

Indexing, `reshape` and `transpose` compute nothing; they put numbers elsewhere. Their gradients put them back.

- `x[key]` takes a part. The gradient is 0 everywhere else, and the part's gradient at `key`. An index such as
  `[0, 0, 2]` takes row 0 twice, and twice is what comes back: the gradients of one place add up.
- `reshape` back to the shape that x has.
- `transpose` is its own inverse: swap the same two directions again.

```
 x (4,)  [ 10  20  30  40 ]      x[[0, 0, 2]] = [ 10  10  30 ]      gradient of the part [ 5  7  1 ]
                                 gradient of x: [ 12  0  1  0 ]     12 = 5 + 7, for place 0 was taken twice
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "shape-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class GetItemBackward(Function):
    """x[key]"""

    @staticmethod
    def backward(gradient, x, key):
        """
        Put the gradient of a part in its place.

        TODO: return the gradient of x: zeros of its shape, with the gradient added at key.

        EXAMPLE:
        >>> GetItemBackward.backward(np.array([5.0, 7.0, 1.0]), np.zeros(4), [0, 0, 2]).tolist()
        [12.0, 0.0, 1.0, 0.0]

        HINT: zeros[key] += gradient counts a place that comes twice only once. np.add.at(zeros, key, gradient) does
        not.
        """
        ### BEGIN SOLUTION
        whole = np.zeros_like(x)
        np.add.at(whole, key, gradient)
        return whole
        ### END SOLUTION


class ReshapeBackward(Function):
    """x.reshape(*shape)"""

    @staticmethod
    def backward(gradient, x, *shape):
        """TODO: return the gradient of x."""
        ### BEGIN SOLUTION
        return gradient.reshape(x.shape)
        ### END SOLUTION


class TransposeBackward(Function):
    """x.transpose(dim0, dim1)"""

    @staticmethod
    def backward(gradient, x, dim0=None, dim1=None):
        """
        Swap back.

        TODO: return the gradient of x. Without dim0 and dim1 it was the last two that forward swapped, and nothing
        where x has fewer than two.
        """
        ### BEGIN SOLUTION
        if dim0 is None:
            return np.swapaxes(gradient, -2, -1) if x.ndim > 1 else gradient
        return np.swapaxes(gradient, dim0, dim1)
        ### END SOLUTION

# %% [markdown]
r"""
### Reductions

Every number of a sum has the slope 1, so the sum's gradient goes to each of them: a reduction folds a direction away,
and its gradient is spread out again. That is broadcasting, once the folded direction is back with size 1, as if
forward had been called with `keepdims=True`:

```
 x (2, 3)         x.sum(axis=1)      g (2,)       g[:, None] (2, 1)      gradient of x (2, 3)
 [ 1 2 3 ]  ──▶   [ 6  ]             [ 10 ]  ──▶  [ [10]            ──▶  [ 10 10 10 ]
 [ 4 5 6 ]        [ 15 ]             [ 20 ]         [20] ]               [ 20 20 20 ]
```

A mean of n numbers is their sum divided by n. A maximum depends on the largest number alone, so all of the gradient
goes there. Where several are the largest, they share it in equal parts.

```
 x = [ 1  5  5 ], the gradient of the result is 6
 sum     [ 6  6  6 ]       each counts
 mean    [ 2  2  2 ]       each counts a third
 max     [ 0  3  3 ]       the two largest share
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "reduction-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class SumBackward(Function):
    """x.sum(axis, keepdims)"""

    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        """
        Spread the gradient of a sum.

        TODO: return the gradient of x.

        APPROACH:
        1. Where one direction was folded away and not kept, put it back with size 1.
        2. Broadcast to the shape of x.

        EXAMPLE:
        >>> SumBackward.backward(np.array([10.0, 20.0]), np.zeros((2, 3)), axis=1).tolist()
        [[10.0, 10.0, 10.0], [20.0, 20.0, 20.0]]

        HINT: np.expand_dims puts a direction in, np.broadcast_to repeats.
        """
        ### BEGIN SOLUTION
        if axis is not None and not keepdims:
            gradient = np.expand_dims(gradient, axis)
        return np.broadcast_to(gradient, x.shape)
        ### END SOLUTION


class MeanBackward(Function):
    """x.mean(axis, keepdims)"""

    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        """
        Spread the gradient of a mean.

        TODO: return the gradient of x.

        HINT: how many numbers were there for each mean? x.size and the size of the gradient tell.
        """
        ### BEGIN SOLUTION
        return SumBackward.backward(gradient, x, axis, keepdims) / (x.size / np.size(gradient))
        ### END SOLUTION


class MaxBackward(Function):
    """x.max(axis, keepdims)"""

    @staticmethod
    def backward(gradient, x, axis=None, keepdims=False):
        """
        Hand the gradient of a maximum to the largest numbers.

        TODO: return the gradient of x.

        APPROACH:
        1. Find the places where x is its maximum along axis; keepdims=True lets you compare.
        2. Divide that by how many there are.
        3. Multiply by the gradient, spread as that of a sum.

        EXAMPLE:
        >>> MaxBackward.backward(np.array(6.0), np.array([1.0, 5.0, 5.0])).tolist()
        [0.0, 3.0, 3.0]
        """
        ### BEGIN SOLUTION
        largest = x == x.max(axis=axis, keepdims=True)
        share = largest / largest.sum(axis=axis, keepdims=True)
        return share * SumBackward.backward(gradient, x, axis, keepdims)
        ### END SOLUTION

# %% [markdown]
r"""
### How gradients are tested

A slope can also be measured: move one number up and down by a little step h, and see how much the result changes.

$$\frac{\partial L}{\partial x_i} \approx \frac{L(x_i + h) - L(x_i - h)}{2h}$$

These *central differences* need two forward passes for each number, which is why nobody trains with them. But they
know nothing of your formulas, and that makes them the best test of a gradient there is. They need float64. Here is
by how much the measured slope of x³ at 1 misses 3:

```
 h            10⁻¹       10⁻²       10⁻³       10⁻⁴       10⁻⁵       10⁻⁶
 float64      0.01       0.0001     10⁻⁶       10⁻⁸       10⁻¹⁰      2 · 10⁻¹¹
 float32      0.01       0.0001     0.00002    0.0005     0.004      0.05
```

A step that is too large misses the curve, one that is too small leaves nothing but rounding. In float32 no step
is good for more than five digits. Your Functions take whatever floats they are given, so the tests hand them float64.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "numeric-gradient", "locked": true, "schema_version": 3, "solution": false, "task": false}
from tinytorch.core.layers import Linear, Sequential


def numeric_gradient(compute, args, place, gradient, step=1e-6):
    """Measure the gradient of args[place], given that of compute(*args), with central differences in float64."""
    slopes = np.zeros_like(args[place])
    for index in np.ndindex(slopes.shape):
        values = []
        for move in (step, -step):
            moved = args[place].copy()
            moved[index] += move
            values.append(compute(*args[:place], moved, *args[place + 1 :]))
        slopes[index] = np.sum(gradient * (values[0] - values[1])) / (2 * step)
    return slopes


def check_close(text, got, expected, rtol=1e-5, atol=1e-7):
    """Compare shapes and numbers, and tell of the first number that differs."""
    assert np.shape(got) == np.shape(expected), f"{text} has shape {np.shape(expected)}, got {np.shape(got)}"
    off = [tuple(place) for place in np.argwhere(~np.isclose(got, expected, rtol, atol)).tolist()]
    got, expected = np.asarray(got), np.asarray(expected)
    assert not off, f"{text} at {list(off[0])} is {expected[off[0]]:.6g}, got {got[off[0]]:.6g}"


def copied(args):
    """Copy the arrays among args, for whoever is handed them."""
    return [each.copy() if isinstance(each, np.ndarray) else each for each in args]


def check_backward(text, function, compute, *args):
    """Compare function.backward with measured gradients, for each float64 array among the args."""
    gradient = np.asarray(np.random.default_rng(3).normal(size=np.shape(compute(*args))))
    asked = [place for place, x in enumerate(args) if isinstance(x, np.ndarray) and x.dtype == np.float64]
    measured = {place: numeric_gradient(compute, args, place, gradient) for place in asked}
    given, handed = gradient.copy(), copied(args)
    parts = function.backward(given, *handed)
    assert np.array_equal(given, gradient), f"{text}: backward must not change the gradient that it is given"
    for place in asked:
        same = np.array_equal(handed[place], args[place])
        assert same, f"{text}: backward must not change the arrays that it is given, here operand {place + 1}"
    parts = parts if isinstance(parts, tuple) else (parts,)
    for place, expected in measured.items():
        assert len(parts) > place, f"{text}: backward returns a gradient for each operand, got {len(parts)}"
        check_close(f"{text}: the gradient of operand {place + 1}", parts[place], expected)

# %% [markdown]
"""
### What the test checks

`unbroadcast` and each Function of this section on float64 arrays, against central differences: operands of the same
shape, of shapes that were broadcast, and numbers; parts with and without repeated rows; each axis, negative ones and
none, with and without `keepdims`. The gradient and the operands that are handed in must keep their values.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-function-classes", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_function_classes():
    """Arithmetic, shapes and reductions hand back the gradients that central differences measure."""
    random = np.random.default_rng(1)
    block = random.normal(size=(2, 3, 4))
    for shape in ((2, 3, 4), (3, 4), (4,), (2, 1, 4), (3, 1), (1, 1, 1), ()):
        expected = numeric_gradient(lambda x: x + np.zeros((2, 3, 4)), [np.zeros(shape)], 0, block)
        check_close(f"unbroadcast from (2, 3, 4) to {shape}", unbroadcast(block.copy(), shape), expected)

    arithmetic = {
        "a + b": (AddBackward, lambda a, b: a + b),
        "a - b": (SubBackward, lambda a, b: a - b),
        "a * b": (MulBackward, lambda a, b: a * b),
        "a / b": (DivBackward, lambda a, b: a / b),
    }
    for sign, (function, compute) in arithmetic.items():
        for left, right in (((2, 3), (2, 3)), ((2, 3), (3,)), ((3,), (2, 3)), ((2, 1), (1, 3)), ((), (2, 2))):
            a, b = random.normal(size=left), 1.5 + random.random(size=right)
            check_backward(f"{sign} of shapes {left} and {right}", function, compute, a, b)
        check_backward(f"{sign} with b = 2", function, compute, random.normal(size=3), 2.0)
    check_backward("-a", NegBackward, lambda a: -a, random.normal(size=(2, 3)))

    for key in (1, -1, slice(1, None), (0, 2), (slice(None), -1), (slice(None), slice(0, 2), 0), [1, 0], [0, 0, 1]):
        check_backward(f"x[{key}]", GetItemBackward, lambda x, key: x[key], block, key)
    for shape in ((6, 4), (-1,), (2, -1), (4, 3, 2)):
        check_backward(f"x.reshape{shape}", ReshapeBackward, lambda x, *shape: x.reshape(shape), block, *shape)
    check_backward("x.transpose()", TransposeBackward, lambda x, *_: x.swapaxes(1, 2), block, None, None)
    check_backward("x.transpose() of a matrix", TransposeBackward, lambda x, *_: x.T, block[0], None, None)
    check_backward("x.transpose() of a vector", TransposeBackward, lambda x, *_: x, block[0, 0], None, None)
    for dims in ((0, 1), (0, 2), (-1, 0)):
        check_backward(f"x.transpose{dims}", TransposeBackward, lambda x, *dims: x.swapaxes(*dims), block, *dims)

    reductions = {
        "sum": (SumBackward, lambda x, axis, keepdims: x.sum(axis=axis, keepdims=keepdims)),
        "mean": (MeanBackward, lambda x, axis, keepdims: x.mean(axis=axis, keepdims=keepdims)),
        "max": (MaxBackward, lambda x, axis, keepdims: x.max(axis=axis, keepdims=keepdims)),
    }
    for name, (function, compute) in reductions.items():
        for axis in (None, 0, 1, 2, -1, -2):
            for keepdims in (False, True):
                check_backward(f"x.{name}({axis}, {keepdims})", function, compute, block, axis, keepdims)
    tied = MaxBackward.backward(np.array([6.0, 1.0]), np.array([[5.0, 1.0, 5.0], [0.0, 2.0, 1.0]]), axis=1)
    check_close("x.max(1), of [5, 1, 5] with gradient 6 and of [0, 2, 1] with 1: the gradient", tied, [[3, 0, 3], [0, 1, 0]])


if __name__ == "__main__":
    test_unit_function_classes()
    print("Functions of Tensors: passed")

# %% [markdown]
r"""
## The graph

Every result remembers the Function that made it, in `grad_fn`, and every Function its inputs. Together they are a
graph, which grows by itself while you compute. Tensors that nothing has made, such as weights, are its *leaves*:
their `grad_fn` is None.

```
 y = x + x          z ── grad_fn ──▶ AddBackward ── inputs ──▶ y, x
 z = y + x          y ── grad_fn ──▶ AddBackward ── inputs ──▶ x, x
                    x ── grad_fn ──▶ None
```

**In which order?** A gradient may only be handed on when it is complete, that is, when everything that used the
Tensor has had its turn. Above, x must wait for z *and* for y. An order in which every Tensor comes before those that
it was made of is a *topological order*. A depth-first search finds it backwards: note a Tensor down when all its
inputs are noted down, and turn the list round at the end.

**Two traps.** Walking every *path* instead of every *Tensor* is right and hopeless: when x is doubled again and again
(`x = x + x`), the paths double as well. And a function that calls itself for each input runs out of stack after about
a thousand operations, which a loop over a sequence easily has. So note what has been seen, and keep a stack of your
own.

```
 doublings        1        2        10          20             30
 Tensors          2        3        11          21             31
 paths            2        4        1,024       1,048,576      1,073,741,824
```

**On the way** the gradients that are still incomplete live in a dictionary, from a Tensor's `id` to an array, and are
gone at the end. Only leaves keep theirs, in `grad`, a Tensor. There they **add up** until they are reset: a weight
that serves in two losses gets the sum of both. `zero_grad` resets. For the graph above:

```
 take     its gradient     hand on                   what is left in the dictionary
 z        1                1 to y, 1 to x            { y: 1, x: 1 }
 y        1                1 to x, and 1 to x        { x: 3 }
 x        3                a leaf: x.grad = 3        { }
```

Had x been taken before y, it would have handed on 1, and the other 2 would have come too late.

The walk begins with ∂L/∂L = 1, which makes sense for a single number only. A result of another shape needs a gradient
from outside.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "engine-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def graph_order(result):
    """
    Put a graph's Tensors into the order in which gradients are handed on.

    TODO: return a list of result and all Tensors that it depends on, each once, and each before the inputs of its
    grad_fn.

    APPROACH:
    1. Keep a stack of pairs (Tensor, whether its inputs are done), with (result, False) on it.
    2. Take a pair off. Where its inputs are done, note the Tensor down.
    3. Else, and unless it has been seen: put it back, as done, and its inputs on top of it.
    4. When the stack is empty, return what you have noted down, turned round.

    EXAMPLE:
    >>> x = Tensor(1, requires_grad=True)
    >>> y = AddBackward(Tensor.__add__, x, x).apply()
    >>> [each is y for each in graph_order(y)]
    [True, False]

    HINT: remember ids of Tensors, not Tensors; a leaf has no grad_fn and so no inputs.
    """
    ### BEGIN SOLUTION
    order, seen, stack = [], set(), [(result, False)]
    while stack:
        tensor, done = stack.pop()
        if done:
            order.append(tensor)
        elif id(tensor) not in seen:
            seen.add(id(tensor))
            stack.append((tensor, True))
            stack += [(each, False) for each in (tensor.grad_fn.inputs if tensor.grad_fn else ())]
    return order[::-1]
    ### END SOLUTION


def backward(self, gradient=None):
    """
    Compute the gradient of every leaf that this Tensor depends on, and add it to the leaf's grad.

    TODO: walk back from self, as Tensor.backward.

    APPROACH:
    1. Refuse with a ValueError: a Tensor that does not require a gradient, a missing gradient where self is not a
       single number, and one whose shape is not that of self.
    2. Begin with a dictionary that holds self's gradient under id(self): the one that was given, as a number, an
       array or a Tensor, or else 1.
    3. For each Tensor in graph_order, take its gradient out of the dictionary. It is complete.
    4. Where the Tensor is a leaf, add it to grad, which is None or a Tensor; grad becomes a new Tensor.
    5. Else add what grad_fn.gradients hands back to the inputs' entries.

    EXAMPLE:
    >>> x = Tensor([1, 2], requires_grad=True)
    >>> y = AddBackward(Tensor.__add__, x, x).apply()
    >>> backward(y, [1, 10])
    >>> x.grad.data.tolist()
    [2.0, 20.0]

    HINT: Tensor(gradient).data is a float32 array of your own, whatever gradient was. Add with a + b, not with +=:
    an array that came out of a Function may be someone else's as well.
    """
    ### BEGIN SOLUTION
    if not self.requires_grad:
        raise ValueError("backward() of a Tensor that depends on nothing that requires a gradient")
    if gradient is None and self.size != 1:
        raise ValueError(f"backward() of a Tensor of shape {self.shape} needs a gradient of that shape")
    start = Tensor(np.ones(self.shape) if gradient is None else gradient)
    if start.shape != self.shape:
        raise ValueError(f"a gradient of shape {start.shape} for a Tensor of shape {self.shape}")
    gradients = {id(self): start.data}
    for tensor in graph_order(self):
        gradient = gradients.pop(id(tensor))
        if tensor.grad_fn is None:
            tensor.grad = Tensor(gradient if tensor.grad is None else tensor.grad.data + gradient)
            continue
        for each, part in tensor.grad_fn.gradients(gradient):
            gradients[id(each)] = gradients.get(id(each), 0) + part
    ### END SOLUTION


def zero_grad(self):
    """TODO: reset grad to None, as Tensor.zero_grad."""
    ### BEGIN SOLUTION
    self.grad = None
    ### END SOLUTION

# %% [markdown]
r"""
### Switching it on

What remains is to make Tensors use all this. `recorded` takes a function of an earlier module and returns one that
makes the same call through a Function's `apply`. The original runs inside, as it is: a method that computes nonsense
still does, and its gradients are those of what it should have computed.

For `3 - t` Python calls `t.__rsub__(3)`, with the operands the other way round; `reflected` turns the gradients round
as well. For + and × there is no difference.

The cell is given. Running it a second time, or reloading the module, starts from the originals again, so that
nothing is recorded twice.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "record-tensors", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
def recorded(function, forward):
    """Return forward, with its calls recorded as calls of a Function."""
    forward = getattr(forward, "unrecorded", forward)
    signature = inspect.signature(forward)

    @functools.wraps(forward)
    def run(*args, **options):
        call = signature.bind(*args, **options)
        call.apply_defaults()
        return function(forward, *call.args).apply()

    run.unrecorded = forward
    return run


def reflected(function):
    """Return the Function of an operation whose operands stand the other way round."""

    class Reflected(function):
        @staticmethod
        def backward(gradient, b, a):
            return function.backward(gradient, a, b)[::-1]

    return Reflected


def record_tensors():
    """Make Tensors remember how they were computed."""
    operations = {
        "__add__": AddBackward,
        "__radd__": AddBackward,
        "__sub__": SubBackward,
        "__rsub__": reflected(SubBackward),
        "__mul__": MulBackward,
        "__rmul__": MulBackward,
        "__truediv__": DivBackward,
        "__rtruediv__": reflected(DivBackward),
        "__neg__": NegBackward,
        "__getitem__": GetItemBackward,
        "reshape": ReshapeBackward,
        "transpose": TransposeBackward,
        "sum": SumBackward,
        "mean": MeanBackward,
        "max": MaxBackward,
    }
    for name, function in operations.items():
        setattr(Tensor, name, recorded(function, getattr(Tensor, name)))
    Tensor.backward = backward
    Tensor.zero_grad = zero_grad


record_tensors()

# %% [markdown]
"""
### What the test checks

Only additions, so that every gradient is a number that can be counted: that nothing is recorded where no gradient is
wanted; that `apply` calls forward once and returns its result; gradients that are given, missing or of the wrong
shape; gradients that meet again, add up, and are reset; that no array is shared; two results of one graph; 30
doublings, and a chain of 5,000 additions.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-tensor-autograd", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_unit_recording():
    """Results remember the Function that made them, where a gradient is wanted and only there."""
    x, constant = Tensor([1.0, 2.0], requires_grad=True), Tensor([3.0, 4.0])
    plain = constant + constant
    assert plain.requires_grad is False, "what depends on no Tensor that requires a gradient does not require one"
    assert plain.grad_fn is None, "where no gradient is wanted, nothing is recorded"
    total = constant + x
    assert total.requires_grad is True, "what depends on a Tensor that requires a gradient requires one"
    assert isinstance(total.grad_fn, AddBackward), f"a sum's grad_fn is an AddBackward, got {total.grad_fn}"
    assert np.array_equal(total.data, [4, 6]), f"recording leaves results alone: [4, 6], got {total.data}"
    assert x.grad_fn is None, "a Tensor that nothing has made has no grad_fn"

    calls = []

    def odd(a, b):
        calls.append((a, b))
        return Tensor(a.data - 2 * b.data)

    for left, right, expected in ((x, constant, [-5, -6]), (constant, constant, [-3, -4])):
        calls.clear()
        result = AddBackward(odd, left, right).apply()
        assert np.array_equal(result.data, expected), f"apply returns what forward gives, {expected}, got {result.data}"
        assert len(calls) == 1, f"apply calls forward once, not {len(calls)} times"


def test_unit_tensor_autograd():
    """Backward takes a gradient or begins with 1, and gives each leaf one that adds up until it is reset."""
    x, constant = Tensor([1.0, 2.0], requires_grad=True), Tensor([3.0, 4.0])
    given = np.array([10.0, 100.0])
    assert (x + x + constant).backward(given) is None, "backward returns nothing"
    assert isinstance(x.grad, Tensor), f"grad is a Tensor, not {type(x.grad).__name__}"
    assert np.array_equal(x.grad.data, [20, 200]), f"x + x + c with gradient {given}: 2 times that, got {x.grad.data}"
    assert constant.grad is None, "a Tensor that requires no gradient gets none"
    (x + constant).backward(Tensor([1.0, 2.0]))
    assert np.array_equal(x.grad.data, [21, 202]), f"gradients add up: [20, 200] + [1, 2], got {x.grad.data}"
    x.zero_grad()
    assert x.grad is None or not np.any(x.grad.data), f"zero_grad resets grad, got {x.grad}"
    (x + constant).backward(given)
    assert np.array_equal(x.grad.data, [10, 100]), f"after zero_grad, gradients start anew: {given}, got {x.grad.data}"
    assert np.array_equal(given, [10, 100]), f"backward must not change the gradient that it is given, got {given}"

    three = Tensor(7.0, requires_grad=True)
    (three + three + three).backward()
    assert three.grad.data == 3, f"x + x + x has gradient 3, got {three.grad.data}"
    single = Tensor([[7.0]], requires_grad=True)
    single.backward()
    assert np.array_equal(single.grad.data, [[1]]), f"a leaf's gradient by itself is 1, here [[1]], got {single.grad.data}"

    first, second = Tensor([0.0, 0.0], requires_grad=True), Tensor([0.0, 0.0], requires_grad=True)
    (first + second + first).backward([1.0, 2.0])
    (first + first).backward([1.0, 1.0])
    assert np.array_equal(first.grad.data, [4, 6]), f"twice [1, 2] and twice [1, 1] make [4, 6], got {first.grad.data}"
    assert np.array_equal(second.grad.data, [1, 2]), f"each leaf has a grad of its own: [1, 2], got {second.grad.data}"

    faults = {
        "a gradient is missing": (x + constant, None),
        "a gradient has the wrong shape": (x + constant, np.ones(3)),
        "a gradient would have to be broadcast": (x + constant, 1.0),
        "a leaf's gradient has the wrong shape": (Tensor([1.0, 2.0], requires_grad=True), np.ones(3)),
        "nothing requires a gradient": (Tensor(1.0), None),
    }
    for text, (result, gradient) in faults.items():
        try:
            result.backward(gradient)
        except ValueError:
            continue
        raise AssertionError(f"backward must raise ValueError where {text}")


def test_unit_graph():
    """Gradients that meet again are complete before they go on, in graphs that are wide, shared and deep."""
    for order in ("near first", "far first"):
        x = Tensor(1.0, requires_grad=True)
        near = x + x
        far = near + x + near
        (near + far if order == "near first" else far + near).backward()
        assert x.grad.data == 7, f"2x + (2x + x + 2x) has gradient 7 ({order}), got {x.grad.data}"
        (far + far).backward()
        assert x.grad.data == 17, f"a second result of the same graph adds its 10 ({order}), got {x.grad.data}"

    doubled = x = Tensor(1.0, requires_grad=True)
    for _ in range(30):
        doubled = doubled + doubled
    doubled.backward()
    assert x.grad.data == 2**30, f"30 doublings have gradient 2**30, got {x.grad.data}"

    # The built-in sum adds up 0 + x + 1 + 1 + … with Tensors, one by one. No argument of its own requires a gradient.
    zero, one, x = Tensor(0.0), Tensor(1.0), Tensor(0.0, requires_grad=True)
    chain = Function(sum, [x] + [one] * 5000, zero).apply()
    assert chain.data == 5000, f"0 + 1 + 1 + … is 5000, got {chain.data}"
    chain.backward()
    assert x.grad.data == 1, f"a chain of 5,000 additions has gradient 1, got {x.grad.data}"


if __name__ == "__main__":
    test_unit_recording()
    test_unit_tensor_autograd()
    test_unit_graph()
    print("the graph: passed")

# %% [markdown]
r"""
## What networks add

Tensors can now be differentiated, but for the one operation that networks are made of; and activations and losses
compute with NumPy, out of sight. Each gets a Function. `sigmoid` and `softmax` below are your formulas of module 02
for plain arrays; several gradients need them.

### Matrix products

For C = A B, with G for the gradient of C:

$$\frac{\partial L}{\partial A} = G B^T \qquad \frac{\partial L}{\partial B} = A^T G$$

There is no need to learn this by heart, for only one product of G and B has A's shape:

```
 forward     A (m, k) @ B (k, n)       C (m, n)
 for A       G (m, n) @ Bᵀ (n, k)      (m, k)
 for B       Aᵀ (k, m) @ G (m, n)      (k, n)
```

- **Batches.** Only the last two directions are multiplied, so swap only these. The ones in front may have been
  broadcast.
- **Vectors.** On the left, NumPy takes a vector as one row; on the right, as one column; and it drops that direction
  from the result. Put it back on both, multiply, and reshape at the end.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "matmul-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class MatMulBackward(Function):
    """a @ b"""

    @staticmethod
    def backward(gradient, a, b):
        """
        Hand the gradient of a matrix product back.

        TODO: return the gradients of a and b, in their shapes.

        APPROACH:
        1. Where a is a vector, make it one row, and put the dropped direction back into the gradient (as the last but
           one). Where b is a vector, make it one column, and put the last direction back.
        2. Multiply the gradient with the transposes, of the last two directions only.
        3. Undo broadcasting, and give the gradients the shapes of a and b.

        EXAMPLE:
        >>> parts = MatMulBackward.backward(np.ones((1, 1)), np.array([[1, 2]]), np.array([[3], [4]]))
        >>> [each.tolist() for each in parts]
        [[[3.0, 4.0]], [[1.0], [2.0]]]

        HINT: np.expand_dims(gradient, -1) puts a last direction in, and np.swapaxes(a, -1, -2) transposes. Begin with
        b: after that, the last but one is -2 in either case.
        """
        ### BEGIN SOLUTION
        rows, columns = a, b
        if b.ndim == 1:
            columns, gradient = b[:, np.newaxis], np.expand_dims(gradient, -1)
        if a.ndim == 1:
            rows, gradient = a[np.newaxis, :], np.expand_dims(gradient, -2)
        left = unbroadcast(gradient @ np.swapaxes(columns, -1, -2), rows.shape)
        right = unbroadcast(np.swapaxes(rows, -1, -2) @ gradient, columns.shape)
        return left.reshape(a.shape), right.reshape(b.shape)
        ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "formulas", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
def sigmoid(x):
    """Return the sigmoid of an array, as in module 02."""
    z = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + z), z / (1 + z))


def softmax(x, axis=-1):
    """Return the softmax of an array, as in module 02."""
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)

# %% [markdown]
r"""
### Activations

With y for the result, the slopes are:

| y | slope | |
|---|---|---|
| ReLU | 1 where x > 0, else 0 | at 0 there is none; everybody takes 0 |
| Sigmoid | y (1 − y) | at most ¼: ten sigmoids in a row leave a millionth |
| Tanh | 1 − y² | at most 1 |
| GELU | σ + 1.702 x σ (1 − σ), with σ = σ(1.702 x) | the product rule |

```
 x            −4        −2         0         2         4
 ReLU          0         0         0         1         1
 Sigmoid       0.018     0.105     0.25      0.105     0.018
 Tanh          0.0013    0.0707    1         0.0707    0.0013
 GELU         −0.0064   −0.0738    0.5       1.0738    1.0064
```

**Softmax** is different: each y depends on the whole row. ∂yᵢ/∂xⱼ is yᵢ(1 − yᵢ) for i = j and −yᵢyⱼ elsewhere.
Multiplied by the gradients g and summed over the row, almost everything cancels, and no matrix is needed:

$$\frac{\partial L}{\partial x_j} = y_j \Big(g_j - \sum_i g_i y_i\Big) \qquad \text{log-softmax:}\quad
\frac{\partial L}{\partial x_j} = g_j - y_j \sum_i g_i$$

The sums go along `dim`, as in forward; in the second, y is still the softmax.

```
 x = [ 1  2  3 ],  y = [ 0.0900  0.2447  0.6652 ],  g = [ 1  0  0 ]
 gradient of x:        [ 0.0819 -0.0220 -0.0599 ]      a row of gradients sums to 0
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "activation-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class ReLUBackward(Function):
    """max(0, x)"""

    @staticmethod
    def backward(gradient, x):
        """
        Let the gradient pass where x is positive.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> ReLUBackward.backward(np.array([5.0, 5.0, 5.0]), np.array([-1.0, 0.0, 2.0])).tolist()
        [0.0, 0.0, 5.0]
        """
        ### BEGIN SOLUTION
        return gradient * (x > 0)
        ### END SOLUTION


class SigmoidBackward(Function):
    """The logistic function."""

    @staticmethod
    def backward(gradient, x):
        """
        Multiply with the slope of the sigmoid.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> SigmoidBackward.backward(np.array([1.0, 1.0]), np.array([0.0, 2.0])).round(4).tolist()
        [0.25, 0.105]
        """
        ### BEGIN SOLUTION
        y = sigmoid(x)
        return gradient * y * (1 - y)
        ### END SOLUTION


class TanhBackward(Function):
    """The hyperbolic tangent."""

    @staticmethod
    def backward(gradient, x):
        """TODO: return the gradient of x."""
        ### BEGIN SOLUTION
        return gradient * (1 - np.tanh(x) ** 2)
        ### END SOLUTION


class GELUBackward(Function):
    """x * sigmoid(1.702 x)"""

    @staticmethod
    def backward(gradient, x):
        """
        Multiply with the slope of the GELU.

        TODO: return the gradient of x, for the form of GELU that you have written in module 02.

        EXAMPLE:
        >>> GELUBackward.backward(np.array([1.0, 1.0]), np.array([0.0, 1.0])).round(4).tolist()
        [0.5, 1.0678]
        """
        ### BEGIN SOLUTION
        y = sigmoid(1.702 * x)
        return gradient * (y + 1.702 * x * y * (1 - y))
        ### END SOLUTION


class SoftmaxBackward(Function):
    """The softmax along dim."""

    @staticmethod
    def backward(gradient, x, dim=-1):
        """
        Hand the gradient of probabilities back to the scores.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> SoftmaxBackward.backward(np.array([1.0, 0.0]), np.array([0.0, 0.0])).tolist()
        [0.25, -0.25]

        HINT: the gradients of a row sum to 0, for raising all scores alike changes nothing.
        """
        ### BEGIN SOLUTION
        y = softmax(x, dim)
        return y * (gradient - np.sum(gradient * y, axis=dim, keepdims=True))
        ### END SOLUTION


class LogSoftmaxBackward(Function):
    """The logarithm of the softmax along dim."""

    @staticmethod
    def backward(gradient, x, dim=-1):
        """TODO: return the gradient of x."""
        ### BEGIN SOLUTION
        return gradient - softmax(x, dim) * np.sum(gradient, axis=dim, keepdims=True)
        ### END SOLUTION

# %% [markdown]
r"""
### Losses

A loss is a mean over n numbers, so each slope has a 1/n:

| loss | slope |
|---|---|
| mean squared error | 2 (p − t) / n for the predictions p, and the opposite for the targets t |
| cross-entropy | (softmax(x) − one-hot(t)) / n for the scores x, with n examples |
| binary cross-entropy | (p − t) / (p (1 − p)) / n for the probabilities p |

The second is as good as it looks: the probability that was given, less the one that would have been right. For the
scores [2, 1, 0] and class 0:

```
 softmax      [  0.6652   0.2447   0.0900 ]
 one-hot      [  1        0        0      ]
 gradient     [ -0.3348   0.2447   0.0900 ]      more of the first, less of the others; together 0
```

It neither overflows nor saturates, which is why classifiers end in scores and not in probabilities. The third divides
by p (1 − p), so p has to be clipped to [EPSILON, 1 − EPSILON], as in forward.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "loss-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class MSEBackward(Function):
    """The mean squared error."""

    @staticmethod
    def backward(gradient, predictions, targets):
        """
        Hand the gradient of the loss back to predictions and targets.

        TODO: return the gradients of both.

        EXAMPLE:
        >>> [each.tolist() for each in MSEBackward.backward(1.0, np.array([1.0, 2.0]), np.array([1.0, 5.0]))]
        [[0.0, -3.0], [-0.0, 3.0]]
        """
        ### BEGIN SOLUTION
        slope = gradient * 2 * (predictions - targets) / predictions.size
        return slope, -slope
        ### END SOLUTION


class CrossEntropyBackward(Function):
    """The cross-entropy of scores and class numbers."""

    @staticmethod
    def backward(gradient, logits, targets):
        """
        Hand the gradient of the loss back to the scores.

        TODO: return the gradient of logits. Class numbers have none.

        APPROACH:
        1. Take the softmax of each row.
        2. Subtract 1 at each row's true class, which targets names with a float.
        3. Multiply by the gradient, and divide by the number of rows.

        EXAMPLE:
        >>> CrossEntropyBackward.backward(1.0, np.zeros((1, 4)), np.array([2.0])).tolist()
        [[0.25, 0.25, -0.75, 0.25]]

        HINT: y[np.arange(n), classes] names one entry of each row.
        """
        ### BEGIN SOLUTION
        slope = softmax(logits)
        slope[np.arange(len(slope)), targets.astype(int)] -= 1
        return gradient * slope / len(slope)
        ### END SOLUTION


class BinaryCrossEntropyBackward(Function):
    """The binary cross-entropy of probabilities and answers."""

    @staticmethod
    def backward(gradient, predictions, targets):
        """TODO: return the gradient of predictions; that of targets is not needed."""
        ### BEGIN SOLUTION
        p = np.clip(predictions, EPSILON, 1 - EPSILON)
        return gradient * (p - targets) / (p * (1 - p)) / p.size
        ### END SOLUTION

# %% [markdown]
"""
### Switching it on

`recorded_layer` does for activations and losses what `recorded` does for Tensors: their `forward` is a method, and
its `self` is no operand. It also fills in the `backward` that module 02 left open: it hands a gradient back through
the layer's last call.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "record-layers", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
def recorded_layer(function, layer):
    """Record the calls of a layer's forward as calls of a Function, and give it a backward."""
    forward = getattr(layer.forward, "unrecorded", layer.forward)
    signature = inspect.signature(forward)

    @functools.wraps(forward)
    def run(self, *args, **options):
        call = signature.bind(self, *args, **options)
        call.apply_defaults()
        made = function(functools.partial(forward, self), *call.args[1:])
        self.last = made.arrays
        return made.apply()

    def hand_back(self, grad):
        """Return the gradient of what the last call was given, given that of its result."""
        parts = function.backward(grad.data, *self.last)
        return Tensor(parts[0] if isinstance(parts, tuple) else parts)

    run.unrecorded = forward
    layer.forward, layer.backward = run, hand_back


def record_layers():
    """Make matrix products, activations and losses remember how they were computed."""
    for name in ("matmul", "__matmul__"):
        setattr(Tensor, name, recorded(MatMulBackward, getattr(Tensor, name)))
    losses.log_softmax = recorded(LogSoftmaxBackward, losses.log_softmax)
    functions = {
        ReLU: ReLUBackward,
        Sigmoid: SigmoidBackward,
        Tanh: TanhBackward,
        GELU: GELUBackward,
        Softmax: SoftmaxBackward,
        MSELoss: MSEBackward,
        CrossEntropyLoss: CrossEntropyBackward,
        BinaryCrossEntropyLoss: BinaryCrossEntropyBackward,
    }
    for layer, function in functions.items():
        recorded_layer(function, layer)


record_layers()

# %% [markdown]
r"""
## A network learns

Everything is there. Data that no straight line can separate is the oldest test of a network: the four points of
*exclusive or*, where the answer is 1 if exactly one input is. The third input is always 1, and takes a bias's place.

```
 x (4, 3) ──▶ Linear 3 → 8 ──▶ Tanh ──▶ Linear 8 → 2 ──▶ CrossEntropyLoss ──▶ L
                 ▲                        ▲                                 │
                 └── gradient ◀───────────┴── gradient ◀────────────────────┘
```

The test measures the Functions of this section as it did those of the first: products of matrices, vectors and
batches, softmax along every dimension, slopes at 0 and far from it. It asks activations, `log_softmax` and losses for
gradients through the graph, compares those of both weights with central differences through the whole network, and
lets it learn.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-integration", "locked": true, "points": 25, "schema_version": 3, "solution": false, "task": false}
def test_unit_matmul_gradient():
    """Matrix products of matrices, vectors and batches hand both gradients back."""
    random = np.random.default_rng(5)
    shapes = (((2, 3), (3, 4)), ((3, 3), (3, 3)), ((2, 3), (3,)), ((3,), (3, 2)), ((3,), (3,)))
    batches = (((2, 4, 3), (2, 3, 2)), ((2, 4, 3), (3, 2)), ((4, 3), (2, 3, 2)), ((3,), (2, 3, 4)), ((2, 4, 3), (3,)))
    for left, right in shapes + batches:
        a, b = random.normal(size=left), random.normal(size=right)
        check_backward(f"{left} @ {right}", MatMulBackward, lambda a, b: a @ b, a, b)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def probabilities(x, dim=-1):
    return np.exp(x) / np.exp(x).sum(axis=dim, keepdims=True)


def cross_entropy(scores, classes):
    return -np.log(probabilities(scores)[np.arange(len(classes)), classes.astype(int)]).mean()


def binary_cross_entropy(p, answers):
    return -(answers * np.log(p) + (1 - answers) * np.log(1 - p)).mean()


def check_layer(text, layer, compute, *args):
    """Compare the gradient that comes through the graph of a layer with a measured one."""
    x = Tensor(args[0].copy(), requires_grad=True)
    y = layer(x, *(Tensor(each) if isinstance(each, np.ndarray) else each for each in copied(args[1:])))
    # GELU has three forms, which differ by 0.021 at most.
    check_close(f"{text}, whose forward records,", y.data, compute(*args), rtol=1e-3, atol=0.025)
    values = y.data.astype(np.float64)
    # A sum of probabilities is always 1; with a sigmoid behind them, it is worth a gradient.
    Sigmoid()(y).backward(np.ones(values.shape))
    expected = numeric_gradient(compute, args, 0, logistic(values) * (1 - logistic(values)))
    check_close(f"{text}, then a sigmoid: x.grad", x.grad.data, expected, rtol=1e-3, atol=1e-5)


def test_unit_activation_gradients():
    """Activations hand back their slopes, alone and through the graph, along any dimension."""
    import math

    # Imported here, when it is recorded: at the top, the name would stand for the function that is not.
    from tinytorch.core.losses import log_softmax

    scores = np.random.default_rng(6).normal(size=(2, 3, 4)) * 2
    # Module 02 leaves open which form of GELU it is; the slope must be that of one of them.
    normal = np.vectorize(lambda x: 0.5 * (1 + math.erf(x / math.sqrt(2))))
    gelus = (
        lambda x: x * logistic(1.702 * x),
        lambda x: x * normal(x),
        lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    )
    slopes = GELUBackward.backward(np.ones_like(scores), scores.copy())
    measured = [numeric_gradient(gelu, [scores], 0, np.ones_like(scores)) for gelu in gelus]
    fits = [np.shape(slopes) == scores.shape and np.allclose(slopes, each, rtol=1e-5, atol=1e-7) for each in measured]
    if not any(fits):
        check_close("GELU, in the form with 1.702: the gradient", slopes, measured[0])

    activations = {
        "ReLU": (ReLUBackward, ReLU(), lambda x: np.maximum(x, 0)),
        "Sigmoid": (SigmoidBackward, Sigmoid(), logistic),
        "Tanh": (TanhBackward, Tanh(), np.tanh),
        "GELU": (GELUBackward, GELU(), gelus[fits.index(True)]),
        "softmax": (SoftmaxBackward, Softmax(), probabilities),
        "log_softmax": (LogSoftmaxBackward, log_softmax, lambda x, dim=-1: np.log(probabilities(x, dim))),
    }
    for name, (function, layer, compute) in activations.items():
        for dims in ((0,), (1,), (-1,), ()) if "softmax" in name else ((),):
            check_backward(f"{name}(x, {dims})", function, compute, scores, *dims)
            check_layer(f"{name}(x, {dims})", layer, compute, scores, *dims)
    edge = ReLUBackward.backward(np.ones(3), np.array([-1.0, 0.0, 1.0]))
    assert np.array_equal(edge, [0, 0, 1]), f"ReLU: the slope at -1, 0 and 1 is [0, 0, 1], got {edge}"
    far = np.array([-1000.0, 1000.0])
    for name in ("Sigmoid", "Tanh", "GELU"):
        slopes = activations[name][0].backward(np.ones(2), far.copy())
        check_close(f"{name}: the slope for [-1000, 1000]", slopes, [0, 1] if name == "GELU" else [0, 0])
    relu = ReLU()
    relu(Tensor([-1.0, 2.0]))
    handed = relu.backward(Tensor([5.0, 7.0])).data
    assert np.array_equal(handed, [0, 7]), f"relu.backward([5, 7]) after relu([-1, 2]) is [0, 7], got {handed}"


def test_unit_loss_gradients():
    """Losses hand back the gradients of their means, alone and through the graph."""
    random = np.random.default_rng(7)
    guesses, numbers, scores = 0.05 + 0.9 * random.random((2, 3)), random.random((2, 3)), random.normal(size=(3, 4))
    # Answers and class numbers in float32 are operands whose gradient nobody asks for.
    answers = np.array([[1, 0, 0.25], [0, 1, 1]], dtype=np.float32)
    classes = np.array([2, 0, 3], dtype=np.float32)
    cases = {
        "MSELoss": (MSEBackward, MSELoss(), lambda p, t: np.mean((p - t) ** 2), guesses, numbers),
        "CrossEntropyLoss": (CrossEntropyBackward, CrossEntropyLoss(), cross_entropy, scores, classes),
        "BinaryCrossEntropyLoss": (
            BinaryCrossEntropyBackward, BinaryCrossEntropyLoss(), binary_cross_entropy, guesses, answers
        ),
    }
    for name, (function, loss, compute, x, targets) in cases.items():
        check_backward(name, function, compute, x, targets)
        check_layer(name, loss, compute, x, targets)
    sure = BinaryCrossEntropyBackward.backward(np.array(1.0), np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    assert np.shape(sure) == (2,), f"BinaryCrossEntropyLoss: its gradient has shape (2,), got {np.shape(sure)}"
    assert np.all(np.isfinite(sure)), f"BinaryCrossEntropyLoss: the gradient at 0 and 1 is finite, got {sure}"
    large = CrossEntropyBackward.backward(np.array(1.0), np.array([[1000.0, 0.0]]), np.array([0.0]))
    check_close("CrossEntropyLoss: the gradient of large scores", large, [[0, 0]])


def test_module():
    """A network of layers, activation and loss has the right gradients, and learns exclusive or."""
    test_unit_function_classes()
    test_unit_recording()
    test_unit_tensor_autograd()
    test_unit_graph()
    test_unit_matmul_gradient()
    test_unit_activation_gradients()
    test_unit_loss_gradients()

    points = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    exclusive = np.array([0, 1, 1, 0])
    random = np.random.default_rng(8)
    weights = [random.normal(size=(3, 8)), random.normal(size=(8, 2))]
    layers = [Linear(3, 8, bias=False), Linear(8, 2, bias=False)]
    network, criterion = Sequential(layers[0], Tanh(), layers[1]), CrossEntropyLoss()
    inputs, targets = Tensor(points), Tensor(exclusive)
    measured = [
        numeric_gradient(lambda w, v: cross_entropy(np.tanh(points @ w) @ v, exclusive), weights, place, 1.0)
        for place in (0, 1)
    ]
    for step in range(26):
        for weight, layer in zip(weights, layers, strict=True):
            layer.weight = Tensor(weight.copy(), requires_grad=True)
        loss = criterion(network(inputs), targets)
        loss.backward(np.array(1.0))
        slopes = [layer.weight.grad.data for layer in layers]
        for got, expected in zip(slopes, measured, strict=True) if step == 0 else ():
            check_close("the gradient of a network's weights", got, expected, rtol=1e-3, atol=1e-5)
        weights = [weight - slope for weight, slope in zip(weights, slopes, strict=True)]
    assert loss.data < 0.1, f"after 25 steps the loss has gone from 1.4 to below 0.1, got {loss.data}"
    chosen = network(inputs).data.argmax(axis=1)
    assert np.array_equal(chosen, exclusive), f"the network has learned exclusive or, {exclusive}, got {chosen}"


if __name__ == "__main__":
    test_unit_matmul_gradient()
    test_unit_activation_gradients()
    test_unit_loss_gradients()
    print("Functions of networks: passed")
    test_module()
    print("module 05: all passed")

# %% [markdown]
r"""
## What you have built, compared

What each Function needs from the way forward, and what it does with the gradient g. All of it for n numbers, or for
(m, k) by (k, n):

| | needs | hands back | operations back, for those forward |
|---|---|---|---|
| `a + b`, `a − b` | the shapes | g, summed where it was broadcast | 0 to 1 |
| `a · b` | both operands | g · b, g · a | 2 |
| `a / b` | both operands | g / b, −g · a / b² | about 5 |
| `x[key]`, `reshape`, `transpose` | the shape, the key | g, put back | 0 |
| `sum`, `mean` | the shape | g, spread | 0 to 1 |
| `max` | x | g, to the largest | about 4 |
| `a @ b` | both operands | g bᵀ, aᵀ g | 2 |
| `ReLU` | where x > 0 | g, masked | 1 |
| `Sigmoid`, `Tanh`, `GELU` | x (or y) | g times the slope | about 1 to 2 |
| `softmax`, `log_softmax` | x (or y) | g less a sum along dim | about 1 |
| losses | predictions and targets | the slope of the mean, times g | about 1 |

## Which one?

| you want | do | because | not when |
|---|---|---|---|
| the slopes of a loss | `loss.backward()` | it is one number, and starts with 1 | the result has a shape: hand a gradient in |
| slopes of this batch only | `zero_grad()` first | gradients add up | you add up several small batches on purpose |
| to measure or print | `loss.data`, `Tensor(y.data)` | nothing is recorded | what you compute is to be trained |
| an operation of your own | Tensor operations | they have their gradients already | it is slow, or NumPy must do it: write a Function |
| a gradient you can trust | central differences, in float64 | they know nothing of your formula | in training: two passes for each number |

**Three pipelines** that only need `backward`:

```
 training         model(x) ─▶ loss ─▶ backward() ─▶ each weight: w − rate · w.grad ─▶ zero_grad() ─▶ again
 saliency         image, requires_grad=True ─▶ model ─▶ score of "cat" ─▶ backward() ─▶ image.grad: where it looked
 shared weights   encoder(x) ─▶ two heads ─▶ two losses ─▶ backward() of each ─▶ the encoder's gradients have added up
```
"""

# %% [markdown]
r"""
## In production

PyTorch works as yours does, down to the names: `grad_fn`, `AddBackward0`, gradients that add up, `zero_grad`, and an
error where a result is no single number. What it adds is care. It frees what a graph holds as soon as it has been
walked (`retain_graph=True` keeps it, and yours always does); it counts in-place changes, and refuses to go back
through an array that has been overwritten; `torch.no_grad()` switches recording off for a while; and it can record
the way back as well, which gives second derivatives. JAX takes the other road: it transforms functions instead of
watching objects, and compiles the result.

## Pitfalls, and how to find them

- **Forgetting `zero_grad`.** Gradients add up from step to step, and training drifts away with no error.
  *To find it*: call `backward` for the same batch twice; if `grad` has doubled, nobody has reset it.
- **Leaving the graph.** What is computed with `t.data` is not recorded, and neither is `Tensor(t)`, which copies
  numbers. It is the usual reason for a `grad` of None, and at times just what one wants: for measuring, say.
  *To find it*: print `grad_fn` of each result on the way; the first that is None is where you left.
- **Changing data too early.** A Function remembers arrays, not copies of them. After `w.data -= …`, walk no graph
  that was made before. *To find it*: assign a new array, `w.data = w.data - …`, and see whether the gradients change.
- **Importing names too early.** `from tinytorch.core.losses import log_softmax` before this module stands for the
  function that is not recorded. Classes are the same objects ever after; a function is replaced. Import this module
  first. *To find it*: a recorded function has an attribute `unrecorded`.
- **Checking in float32.** Central differences lose all their digits there. Check Functions in float64, as above.
  *To find it*: print the dtype of what you measure.
- **The right numbers in the wrong shape.** A gradient of (2, 3) for a bias of (3,) is broadcast without a word in the
  next step. *To find it*: `Function.gradients` compares shapes and says whose they are.
- **An index that repeats.** `zeros[key] += g` counts a row that was taken twice once. *To find it*: check with the
  key `[0, 0, 1]`; without a repetition the mistake is invisible.
- **Gradients that fade or explode.** *To find it*: print the largest `abs(w.grad.data)` of each layer, from the last
  to the first. Each should be of the size of its neighbour.

## What it costs

**Operations.** An addition costs nothing to go back through, a product of numbers two, and a matrix product two
products of the size that it had. So the way back through a network of linear layers costs twice the way forward, and
a training step three times as much as an answer:

```
 the digits network, 64 examples       forward           back              together
 product (64, 784) @ (784, 128)        12,845,056        25,690,112        38,535,168
 product (64, 128) @ (128, 10)            163,840           327,680           491,520
```

**Recording** adds a Function and three short lists to each operation, whatever its size. For a Tensor of one number
that is many times the work itself; for a product of large matrices nobody will find it.

**Memory** is the true price. Every array that some `backward` needs is kept until the result goes away:

```
 kept for 64 digits        numbers
 x @ W₁                     8,192      for + b₁
 x @ W₁ + b₁                8,192      for ReLU
 ReLU                       8,192      for @ W₂
 h @ W₂                       640      for + b₂
 scores                       640      for the loss
                           25,856      103 kB, beside 407 kB of weights; with 512 digits 827 kB
```

It grows with the batch and with the number of layers, and the weights do not. That is why training takes so much more
memory than use, and why large models compute some of it again rather than keep it. (The sums need no more than
shapes. Ours keep the arrays all the same, because `Function` does so for all alike.)

## What comes next

- **06 optimizers** decides how far to go along these slopes, and remembers the last ones.
- **07 training** repeats forward, back and step, and clips gradients that have grown too large.
- **09 spatial** writes Functions of its own for convolution and pooling: `backward` on arrays, as here.
- **11 embeddings** looks rows up, and relies on gradients of repeated rows adding up.
- **13 transformers** makes graphs of hundreds of operations, which your walk takes in its stride.

## To think about

1. A weight is used in every one of 100 steps of a loop. How many gradients arrive at it, and what becomes of them if
   each is a little smaller than 1, or a little larger, times the one before?
2. Which arrays could be thrown away on the way forward, if sigmoid's `backward` were given y and not x? What is the
   price?
3. For a function with a million results and one input, which way round would you walk?

## Summary

You have an engine: Functions that hand gradients back, a graph that grows while you compute, and a walk through it
that is neither recursive nor repetitive. Two rules made all of it: multiply slopes along a way, and add them where
ways meet. When `tito check 05` is green, close the module:

```
tito module complete 05
```

Module 06 puts the gradients to use: optimizers, which decide how far to go.
"""
