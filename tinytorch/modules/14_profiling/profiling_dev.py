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
# 14 · Profiling

Thirteen lessons made a library that works. From here on the question is what it costs. Before anything is made
smaller or faster, somebody has to say where the memory is and where the work is done, and guesses about this are
wrong remarkably often. This lesson builds the instruments: they count parameters, operations and bytes, time a model
without being fooled, and say whether a layer waits for arithmetic or for memory.

**You will be able to**

- count what a model holds and what one pass through it costs, by hand and by program;
- tell parameters from activations, and what training keeps from what a prediction needs;
- time code so that the number means something;
- say which of two limits, arithmetic or memory, a layer runs into, and what would help;
- see in a minute which layer of a model is worth your week.

**You need** module 01 (`Tensor`), module 03 (`Linear`, `Sequential`) and module 09 (`Conv2d`).

**You build**

| name | gives |
|---|---|
| `flat_layers`, `trace` | the layers of a model in order, and the shapes between them |
| `parameters_of`, `count_parameters` | what training may change, and how many numbers that is |
| `analyze_weight_distribution` | where the weights lie |
| `layer_flops`, `count_flops` | the arithmetic of one pass |
| `measure_memory`, `bytes_moved` | what a pass holds, and what it fetches and stores |
| `measure_latency` | how long a pass takes: the median of many |
| `Profiler`, `quick_profile` | all of it, on one machine, with a verdict |

```
 01–13                 14                      15  quantization: fewer bytes a number
 a library     ──▶     where do time  ──▶     16  compression: fewer numbers        ──▶  19  benchmarking
 that works            and memory go?         17  memoization: nothing twice             20  capstone
                                              18  acceleration: the same, faster
```
"""

# %% [markdown]
"""
## Where the code lives

You write in `modules/14_profiling/` of your workspace. `tito export 14` joins the exported cells to
`tinytorch/perf/profiling.py`, and later lessons import them from there:

```python
from tinytorch.perf.profiling import Profiler, count_flops, measure_memory
```

It is `perf`, not `core`, for a reason: `core` holds what a network *is*, `perf` what one does to a network that is
finished. Nothing in `core` imports from `perf`, so the instruments can be wrong and every model still runs.

**It depends on** NumPy and three parts of your own package:

| import | from | if it fails |
|---|---|---|
| `Tensor` | `tinytorch.core.tensor` | `tito export 01` |
| `Linear`, `Sequential`, `Dropout`, `Layer` | `tinytorch.core.layers` | `tito export 03` |
| `Conv2d`, `BatchNorm2d` | `tinytorch.core.spatial` | `tito export 05 09` |

`No module named 'tinytorch'` means something else: this Python is not the one in which your workspace is installed. Its
README says under *Install* how that is done; Jupyter has to use the same `.venv`.
"""

# %%
#| default_exp perf.profiling

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import inspect
import math
import time

import numpy as np

from tinytorch.core.layers import Linear
from tinytorch.core.spatial import Conv2d
from tinytorch.core.tensor import Tensor

# A Tensor holds float32: four bytes a number.
BYTES = 4
# Megabytes are counted in powers of two here: 1,048,576 bytes.
MB = 1024 * 1024

# %%
# For the tests alone, so it is not exported.
from tinytorch.core.layers import Dropout, Layer, Sequential
from tinytorch.core.spatial import BatchNorm2d


def compare(what, got, wanted, rtol=1e-6):
    """Assert that a dict has the entries that are wanted, with the numbers that are wanted."""
    for name, value in wanted.items():
        assert name in got, f"{what}: {name} is among the entries, got {sorted(got)}"
        assert np.isclose(got[name], value, rtol=rtol, atol=0), f"{what}: {name} is {value}, got {got[name]}"

# %% [markdown]
"""
## Why count at all

Take a small network for colour pictures of 32 × 32, two convolutions and a linear layer at the end. Somebody finds it
too slow and asks you to shrink it. Where would you begin? The largest layer, of course: four fifths of all numbers sit
in the last one. Now count the arithmetic as well:

```
 layer                     parameters            operations
 ─────────────────────────────────────────────────────────────
 Conv2d(3, 16, 3)           448    1.8 %      884,736   26.7 %
 MaxPool2d(2)                 0      0 %       16,384    0.5 %
 Conv2d(16, 32, 3)        4,640   18.1 %    2,359,296   71.3 %
 MaxPool2d(2)                 0      0 %        8,192    0.2 %
 Linear(2048, 10)        20,490   80.1 %       40,960    1.2 %
 ─────────────────────────────────────────────────────────────
                         25,578             3,309,568
```

Take the linear layer away entirely, and 1.2 % of the work is gone. Make the second convolution twice as cheap, and
more than a third of all work is gone. *Large* and *slow* are different properties: a convolution uses each of its
numbers at every place of the picture, a linear layer uses each of its numbers once.

What a change can bring at most follows from the share s of what it touches. Make that share k times as fast and the
whole becomes

$$\text{speedup} = \frac{1}{(1 - s) + s / k}$$

times as fast, which is Amdahl's law:

```
 share s of the work     k = 2      k = 10     k = ∞
 ───────────────────────────────────────────────────
  1.2 %                  1.006      1.011      1.012
 26.7 %                  1.154      1.316      1.364
 71.3 %                  1.554      2.791      3.484
```

No cleverness brings more than the last column. That is why one measures first.
"""

# %% [markdown]
"""
## Walking through a model

All the instruments need the same thing first: the layers in the order in which numbers pass them, and the shapes in
between. A `Sequential` keeps its parts in `layers`, and parts may be chains themselves. So a model is a tree, and its
leaves, read from left to right, are what computes:

```
 Sequential                                 flat_layers(model)
 ├── Linear(4, 8)                           [ Linear(4, 8),
 ├── Sequential                               ReLU(),
 │   ├── ReLU()                     ──▶       Linear(8, 8),
 │   └── Linear(8, 8)                         Linear(8, 2) ]
 └── Linear(8, 2)
```

Any model of yours can take part: give it an attribute `layers`, a list in order of computation. What has no `layers`
counts as one layer.

The shapes could be computed from formulas, one for each kind of layer. It is simpler and safer to ask the layers
themselves: send zeros of the right shape through and look at what comes out.

```
 trace(model, (5, 4))          layer            takes      gives
                               Linear(4, 8)     (5, 4)     (5, 8)
                               ReLU()           (5, 8)     (5, 8)
                               Linear(8, 8)     (5, 8)     (5, 8)
                               Linear(8, 2)     (5, 8)     (5, 2)
```

**The trap** is to change what one measures. `BatchNorm2d` learns running means from every batch that it sees while
training, and a batch of zeros would pull them towards 0. A dropout would use up random numbers, so that a training
run with the profiler would end elsewhere than one without it. `evaluated`, given below, calls a layer as one does
after training: it passes `training=False` to every layer that knows the word.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "trace-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def evaluated(layer, x):
    """Return layer(x) as it is after training: dropouts keep still, running means stay as they are. Given."""
    knows = "training" in inspect.signature(getattr(layer, "forward", layer)).parameters
    return layer(x, training=False) if knows else layer(x)


def flat_layers(model):
    """
    List the layers that compute, in order.

    TODO: return one flat list of the leaves of a model.

    APPROACH:
    1. A model without an attribute `layers` is a leaf: a list of itself.
    2. For any other, join the flat lists of its layers.

    EXAMPLE:
    >>> from tinytorch.core.layers import Dropout, Sequential
    >>> chain = Sequential(Linear(4, 8), Sequential(Dropout(), Linear(8, 2)))
    >>> [type(layer).__name__ for layer in flat_layers(chain)]
    ['Linear', 'Dropout', 'Linear']

    HINT: the function may call itself. hasattr(model, "layers") asks for the attribute.
    """
    ### BEGIN SOLUTION
    if not hasattr(model, "layers"):
        return [model]
    return [leaf for layer in model.layers for leaf in flat_layers(layer)]
    ### END SOLUTION


def trace(model, input_shape):
    """
    Send zeros through a model and note the shapes.

    TODO: return a list of (layer, shape that it takes, shape that it gives), one for each leaf, in order.

    APPROACH:
    1. Begin with a Tensor of zeros of the given shape.
    2. Let each leaf compute with `evaluated`, note both shapes, and go on with what it gave.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> [shapes for _, *shapes in trace(Sequential(Linear(4, 8), Linear(8, 2)), (5, 4))]
    [[(5, 4), (5, 8)], [(5, 8), (5, 2)]]

    HINT: the shapes alone. A list of Tensors would keep every activation of a large model in memory.
    """
    ### BEGIN SOLUTION
    x = Tensor(np.zeros(input_shape))
    steps = []
    for layer in flat_layers(model):
        y = evaluated(layer, x)
        steps.append((layer, x.shape, y.shape))
        x = y
    return steps
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The leaves of chains within chains, of a model of its own that has `layers`, and of a single layer: the very objects,
in order. The shapes that `trace` notes for a batch of five. And that a batch normalization has the same running mean
and variance before and after it was traced.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_helper_functions", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_helper_functions():
    """A model's leaves come in order, with the shapes between them, and tracing changes nothing."""
    first, second, third, drop = Linear(4, 8), Linear(8, 6), Linear(6, 2), Dropout(0.5)

    class Model:
        layers = (first, Sequential(Sequential(drop, second)), third)

    for model in (Model(), Sequential(first, Sequential(drop, second), third)):
        leaves = flat_layers(model)
        assert len(leaves) == 4, f"the model has 4 leaves, got {len(leaves)}"
        for place, layer in enumerate((first, drop, second, third)):
            assert leaves[place] is layer, f"leaf {place} is the model's own layer, in the order of computation"
        steps = trace(model, (5, 4))
        assert len(steps) == 4, f"trace gives one step for each leaf: 4, got {len(steps)}"
        wanted = [((5, 4), (5, 8)), ((5, 8), (5, 8)), ((5, 8), (5, 6)), ((5, 6), (5, 2))]
        for place, (takes, gives) in enumerate(wanted):
            layer, taken, given = steps[place]
            assert layer is leaves[place], f"step {place} names the layer itself"
            assert tuple(taken) == takes, f"step {place} takes shape {takes}, got {taken}"
            assert tuple(given) == gives, f"step {place} gives shape {gives}, got {given}"
    alone = flat_layers(first)
    assert len(alone) == 1, f"a single layer is its own and only leaf, got {len(alone)}"
    assert alone[0] is first, "a single layer is its own leaf"

    sums = []

    class Summed(Layer):
        def forward(self, x):
            sums.append(float(np.abs(x.data).sum()))
            return x

    trace(Summed(), (3, 2))
    assert sums == [0.0], f"trace sends zeros, once: a place that every vocabulary has; their sum is 0, got {sums}"

    norm = BatchNorm2d(2)
    norm.forward(Tensor(np.ones((3, 2, 2, 2)) * np.array([7.0, 3.0]).reshape(2, 1, 1)))
    trace(Sequential(norm), (1, 2, 4, 4))
    for what, got, wanted in (("mean", norm.running_mean.data, [0.7, 0.3]), ("variance", norm.running_var.data, [0.9, 0.9])):
        assert got.shape == (2,), f"tracing must leave a running {what} for each of 2 channels, got {got}"
        assert np.allclose(got, wanted, rtol=1e-5, atol=0), f"tracing must leave the running {what} at {wanted}, got {got}"


if __name__ == "__main__":
    test_unit_helper_functions()
    print("passed: leaves and shapes")

# %% [markdown]
r"""
## Counting parameters

Parameters are the numbers that training may change. For the two layers that hold most of them:

$$\text{Linear}: \; \text{in} \cdot \text{out} + \text{out} \qquad
\text{Conv2d}: \; \text{out} \cdot \text{in} \cdot k_h \cdot k_w + \text{out}$$

```
 layer                     weight                    bias     parameters    in float32
 ──────────────────────────────────────────────────────────────────────────────────────
 Linear(10, 5)             10 · 5         =     50      5             55         220 B
 Linear(784, 128)          784 · 128      = 100,352    128        100,480       402 kB
 Conv2d(3, 16, 3)          16 · 3 · 3 · 3 =    432     16            448       1.8 kB
 ReLU(), Dropout()                                                      0           0
```

Where do they stand? Three kinds of things are asked, in this order:

```
 has parameters()?  ──yes──▶  what that lists
        │ no
 has layers?        ──yes──▶  what each of the layers has
        │ no
 has weight, bias?  ──yes──▶  those that are not None
        │ no
        ▼
   no parameters
```

**What it is for.** The number of parameters times four is the size of the file, of the gradients, and of each buffer
that an optimizer keeps.

**The trap** is to count a Tensor twice. Language models often use one matrix for the embedding at the bottom and for
the scores at the top; two layers list it, there is one. So what counts is the object, not the mention.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "parameters-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def parameters_of(model):
    """
    List the Tensors that training may change, each once.

    TODO: return a list of a model's parameters, in order, without repeats.

    APPROACH:
    1. Where the model has `parameters`, call it.
    2. Else, where it has `layers`, join the parameters of each of them.
    3. Else take its `weight` and its `bias`, where they are there and not None.
    4. Keep the first mention of each Tensor.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> layer = Linear(3, 2)
    >>> [p.shape for p in parameters_of(Sequential(layer, layer))]
    [(3, 2), (2,)]

    HINT: == compares numbers. A dict with id(tensor) as its keys keeps one of each object, and remembers the order.
    """
    ### BEGIN SOLUTION
    if hasattr(model, "parameters"):
        found = model.parameters()
    elif hasattr(model, "layers"):
        found = [each for layer in model.layers for each in parameters_of(layer)]
    else:
        found = [getattr(model, name, None) for name in ("weight", "bias")]
    return list({id(each): each for each in found if each is not None}.values())
    ### END SOLUTION


def count_parameters(model):
    """
    Count the numbers that training may change.

    TODO: return how many numbers the parameters hold together, as an int.

    EXAMPLE:
    >>> count_parameters(Linear(10, 5))
    55
    """
    ### BEGIN SOLUTION
    return sum(each.data.size for each in parameters_of(model))
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Linear layers with a bias and without, a convolution, chains within chains, an activation (0), a model that has only
`layers`, one that has only a `weight` and a bias of None, and one layer that stands in a chain twice.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_parameter_counting", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_parameter_counting():
    """Parameters are found in all kinds of models, and each is counted once."""

    class Plain(Layer):
        def forward(self, x):
            return x

    class Held:
        weight = Tensor(np.zeros((7, 3)))
        bias = None

    class Own:
        weight = Tensor(np.zeros(4))

        def parameters(self):
            return [Held.weight]

    class Biased:
        weight = Tensor(np.zeros((7, 3)))
        bias = Tensor(np.zeros(3))

    first, second = Linear(784, 128), Linear(128, 10)

    class Model:
        layers = (first, Plain(), Biased(), second)

    cases = {
        "Linear(10, 5)": (Linear(10, 5), 55),
        "Linear(10, 5, bias=False)": (Linear(10, 5, bias=False), 50),
        "Conv2d(3, 16, 3)": (Conv2d(3, 16, 3), 448),
        "Conv2d(2, 4, (3, 5), bias=False)": (Conv2d(2, 4, (3, 5), bias=False), 120),
        "a layer without parameters": (Plain(), 0),
        "Dropout()": (Dropout(), 0),
        "an object with neither": (object, 0),
        "an object with a weight, and a bias of None": (Held(), 21),
        "an object with a weight and parameters() of its own": (Own(), 21),
        "an object with a weight and a bias": (Biased(), 24),
        "Sequential(first, Sequential(second))": (Sequential(first, Sequential(second)), 101_770),
        "a model that has only layers": (Model(), 101_794),
        "Sequential(first, first)": (Sequential(first, first), 100_480),
    }
    for text, (model, wanted) in cases.items():
        got = count_parameters(model)
        assert got == wanted, f"{text} has {wanted:,} parameters, got {got}"

    found = parameters_of(Model())
    held = [first.weight, first.bias, Biased.weight, Biased.bias, second.weight, second.bias]
    assert len(found) == 6, f"the model with layers has 6 Tensors, got {len(found)}"
    for place, tensor in enumerate(held):
        assert found[place] is tensor, f"parameter {place} is the layer's own Tensor, in the layers' order"
    twice = parameters_of(Sequential(second, first, second))
    assert len(twice) == 4, f"a Tensor that is listed twice is there once: 4 of them, got {len(twice)}"
    assert twice[0] is second.weight, "the first mention of a Tensor decides on its place"


if __name__ == "__main__":
    test_unit_parameter_counting()
    print("passed: parameters")

# %% [markdown]
r"""
## Counting operations

Arithmetic is counted in floating-point operations, FLOPs: an addition is one, a multiplication is one. Nearly all of
them have the same form. A number that a linear layer gives is a sum of `in` products, and one that a convolution
gives is a sum of in · kₕ · k_w products. A sum of n products costs n multiplications and n − 1 additions, or n where
a bias is added. Call it 2n:

$$\text{FLOPs} = 2 \cdot n \cdot (\text{numbers that come out})$$

```
 one number of a Linear              one number of a Conv2d
                                     ┌───────┐
 x ─ x ─ x ─ x    n = in             │ x x x │    n = in · kₕ · k_w
 w   w   w   w                       │ x x x │        = the size of one kernel
 └───┴─┬─┴───┘                       │ x x x │ × in
       y                             └───────┘ ─▶ y
```

```
 layer and input                                 n      comes out          FLOPs
 ───────────────────────────────────────────────────────────────────────────────
 Linear(128, 64), (1, 128)                     128             64         16,384
 Linear(128, 64), (32, 128)                    128     32 ·    64        524,288
 Conv2d(3, 16, 3, padding=1), (1, 3, 32, 32)    27     16 · 1,024        884,736
 Conv2d(3, 16, 3), (1, 3, 32, 32)               27     16 ·   900        777,600
 Conv2d(3, 16, 3, stride=2), (1, 3, 32, 32)     27     16 ·   225        194,400
```

The size of what comes out carries everything else: the batch, the padding, the stride. That is why the rule above
asks `trace` for shapes instead of computing them once more.

**Everything else** (activations, pooling, normalization) counts as one operation for each number that it takes. That
is crude: an exponential costs more than a comparison. It hardly matters, as the table at the top shows, for these
layers have n times fewer of them.

**The traps.** Some books count multiply-and-add as one; their numbers are half of ours. Ask before you compare. A
count for one example says nothing about a batch until it is multiplied by it. And a count is no time: the next
sections are about the difference.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "flops-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def layer_flops(layer, takes, gives):
    """
    Count the operations of one layer.

    TODO: return how many operations the layer needs to turn a Tensor of shape `takes` into one of shape `gives`.

    APPROACH:
    1. Linear: 2 · in_features for each number that it gives.
    2. Conv2d: 2 · (the size of one kernel) for each number that it gives.
    3. Any other layer: 1 for each number that it takes.

    EXAMPLE:
    >>> layer_flops(Linear(128, 64), (1, 128), (1, 64))
    16384
    >>> layer_flops(Conv2d(3, 16, 3), (1, 3, 32, 32), (1, 16, 30, 30))
    777600

    HINT: math.prod(shape) is how many numbers a Tensor of that shape has. A convolution's weight is one kernel after
    the other: weight.data[0] is the first of them.
    """
    ### BEGIN SOLUTION
    if isinstance(layer, Linear):
        return 2 * layer.in_features * math.prod(gives)
    if isinstance(layer, Conv2d):
        return 2 * layer.weight.data[0].size * math.prod(gives)
    return math.prod(takes)
    ### END SOLUTION


def count_flops(model, input_shape):
    """
    Count the operations of one pass.

    TODO: return the operations that a model needs for an input of the given shape, batch and all.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> count_flops(Sequential(Linear(784, 128), Linear(128, 10)), (1, 784))
    203264

    HINT: trace gives what layer_flops takes; a star spreads a tuple over a function's arguments.
    """
    ### BEGIN SOLUTION
    return sum(layer_flops(*step) for step in trace(model, input_shape))
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The numbers of the table above, kernels that are no squares, a batch of four pictures, and a chain of a convolution, a
layer of the test's own and a linear layer, whose operations add up.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_flop_counting", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_flop_counting():
    """Operations are 2n for each number that a layer gives, and one for each number that any other layer takes."""

    class Halve(Layer):
        def forward(self, x):
            return x[:, : x.shape[1] // 2]

    cases = {
        "Linear(128, 64) for (1, 128)": (Linear(128, 64), (1, 128), 16_384),
        "Linear(128, 64) for (32, 128)": (Linear(128, 64), (32, 128), 524_288),
        "Linear(128, 64) for (2, 5, 128)": (Linear(128, 64, bias=False), (2, 5, 128), 163_840),
        "Conv2d(3, 16, 3) for (1, 3, 32, 32)": (Conv2d(3, 16, 3), (1, 3, 32, 32), 777_600),
        "Conv2d(3, 16, 3, padding=1)": (Conv2d(3, 16, 3, padding=1), (1, 3, 32, 32), 884_736),
        "Conv2d(3, 16, 3, stride=2)": (Conv2d(3, 16, 3, stride=2), (1, 3, 32, 32), 194_400),
        "Conv2d(3, 1, 3) for (1, 3, 4, 4)": (Conv2d(3, 1, 3), (1, 3, 4, 4), 216),
        "Conv2d(2, 4, (3, 5)) for (4, 2, 8, 9)": (Conv2d(2, 4, (3, 5)), (4, 2, 8, 9), 28_800),
        "a layer of another kind": (Halve(), (6, 10), 60),
        "Sequential()": (Sequential(), (6, 10), 0),
    }
    for text, (model, shape, wanted) in cases.items():
        got = count_flops(model, shape)
        assert got == wanted, f"{text} needs {wanted:,} operations, got {got}"

    got = layer_flops(Linear(128, 64), (2, 128), (2, 64))
    assert got == 32_768, f"layer_flops(Linear(128, 64), (2, 128), (2, 64)) is 32,768, got {got}"
    got = layer_flops(Halve(), (2, 128), (2, 64))
    assert got == 256, f"a layer of another kind needs one operation for each number that it takes: 256, got {got}"

    chain = Sequential(Linear(20, 12), Sequential(Halve(), Linear(6, 3)))
    got = count_flops(chain, (7, 20))
    assert got == 3_696, f"a chain needs 7 · (2·20·12 + 12 + 2·6·3) = 3,696 operations, got {got}"


if __name__ == "__main__":
    test_unit_flop_counting()
    print("passed: operations")

# %% [markdown]
r"""
## Measuring memory

A pass needs room for three things: the parameters, which are always there; the input; and what each layer gives, its
*activation*. What becomes of an activation depends on what one is up to:

```
                 x ──▶ Linear ──▶ a ──▶ ReLU ──▶ b ──▶ Linear ──▶ c
 training        [x]             [a]            [b]              [c]    all kept: backward needs them
 prediction      [x              [a]                                    two at a time: what the layer at work
                                 [a              [b]                    takes and what it gives
                                                [b               [c]
```

So there are two sums:

$$\text{activations} = 4 \, \Big(|x| + \sum_{\text{layers}} |\text{gives}|\Big) \qquad
\text{peak} = 4 \, \Big(\text{parameters} + \max_{\text{layers}} \big(|\text{takes}| + |\text{gives}|\big)\Big)$$

For the two linear layers 784 → 128 → 10 with a ReLU between them:

```
 batch     parameters    activations     peak of a prediction    parameters' share of the peak
 ─────────────────────────────────────────────────────────────────────────────────────────────
     1       407,080 B       4,200 B                410,728 B                          99.1 %
    64       407,080 B     268,800 B                640,552 B                          63.6 %
 1,024       407,080 B   4,300,800 B              4,142,632 B                           9.8 %
```

**What it is for.** Parameters are the price of the model, activations the price of the batch. When memory runs out
while training, the second column says whether a smaller batch will help. `memory_efficiency` is the last column: the
share of the peak that is the model itself.

**The traps.** Training needs more than the first two columns: gradients as large as the parameters, and what the
optimizer keeps. `profile_backward_pass` below adds them. And a megabyte is 1,000,000 bytes to a maker of disks and
1,048,576 to most programs; `MB` above is the latter.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "memory-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def measure_memory(model, input_shape):
    """
    Say what a pass holds in memory.

    TODO: return a dict of parameter_memory_mb, activation_memory_mb, peak_memory_mb and memory_efficiency.

    APPROACH:
    1. parameters: BYTES for each number that training may change.
    2. activations: BYTES for each number of the input, and of what each leaf gives.
    3. peak: the parameters, and the largest sum of what one leaf takes and gives.
    4. memory_efficiency: parameters / peak.
    5. Divide the first three by MB.

    EXAMPLE:
    >>> measure_memory(Linear(512, 512), (512, 512))["activation_memory_mb"]
    2.0

    HINT: trace(model, input_shape) has all the shapes, math.prod turns them into numbers.
    """
    ### BEGIN SOLUTION
    steps = trace(model, input_shape)
    parameters = BYTES * count_parameters(model)
    activations = BYTES * (math.prod(input_shape) + sum(math.prod(gives) for _, _, gives in steps))
    peak = parameters + BYTES * max(math.prod(takes) + math.prod(gives) for _, takes, gives in steps)
    return {
        "parameter_memory_mb": parameters / MB,
        "activation_memory_mb": activations / MB,
        "peak_memory_mb": peak / MB,
        "memory_efficiency": parameters / peak,
    }
    ### END SOLUTION


def bytes_moved(model, input_shape):
    """
    Count the bytes that a pass fetches and stores.

    TODO: return how many bytes travel: each parameter once, and of each leaf what it takes and what it gives.

    EXAMPLE:
    >>> bytes_moved(Linear(128, 64), (1, 128))
    33792

    HINT: here every leaf's input counts, for it must be fetched again.
    """
    ### BEGIN SOLUTION
    numbers = sum(math.prod(takes) + math.prod(gives) for _, takes, gives in trace(model, input_shape))
    return BYTES * (count_parameters(model) + numbers)
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The three rows of the table, in exact bytes; a chain whose widest place is in the middle; a convolution, whose
activations are larger than its parameters; a layer that stands in a chain twice; and the bytes that travel.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_memory_measurement", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_memory_measurement():
    """Parameters, activations, the peak and the bytes that travel are counted to the byte."""

    class Same(Layer):
        def forward(self, x):
            return x * 1

    network = Sequential(Linear(784, 128), Same(), Linear(128, 10))
    again = Linear(16, 16)
    twice = Sequential(again, again)
    cases = {
        "784-128-10 for a batch of 1": (network, (1, 784), 407_080, 4_200, 410_728, 412_304),
        "784-128-10 for a batch of 64": (network, (64, 784), 407_080, 268_800, 640_552, 741_416),
        "784-128-10 for a batch of 1,024": (network, (1024, 784), 407_080, 4_300_800, 4_142_632, 5_756_456),
        "a chain that is widest within": (Sequential(Linear(4, 50), Linear(50, 3)), (2, 4), 1_612, 456, 2_044, 2_468),
        "Conv2d(1, 8, 3) for (1, 1, 10, 10)": (Conv2d(1, 8, 3), (1, 1, 10, 10), 320, 2_448, 2_768, 2_768),
        "one layer twice": (twice, (3, 16), 1_088, 576, 1_472, 1_856),
        "a layer without parameters": (Same(), (5, 2), 0, 80, 80, 80),
    }
    mb = 1_048_576
    for text, (model, shape, parameters, activations, peak, moved) in cases.items():
        got = measure_memory(model, shape)
        wanted = {
            "parameter_memory_mb": parameters / mb,
            "activation_memory_mb": activations / mb,
            "peak_memory_mb": peak / mb,
            "memory_efficiency": parameters / peak,
        }
        compare(text, got, wanted, rtol=1e-9)
        travel = bytes_moved(model, shape)
        assert travel == moved, f"{text}: {moved:,} bytes travel, got {travel}"


if __name__ == "__main__":
    test_unit_memory_measurement()
    print("passed: memory")

# %% [markdown]
"""
## Measuring time

Counting is exact; time is not. Call one model ten times and you get ten numbers:

```
 call     1    2    3    4    5    6    7    8    9   10
 ms      9.0  2.6  2.0  2.1  2.0  2.0  14.2 2.1  2.0  2.1
         ├── warming up ──┤           a pause of the system
```

The first calls are slow because nothing is in the caches yet and memory must be asked for. Later ones are slow when
the system had something else to do. No call is *faster* than the work takes, so the errors all point one way, and a
mean follows them:

```
 of all ten             mean 4.01     median 2.1
 of the last eight      mean 3.56     median 2.05
```

Hence the rules of the trade:

1. **Warm up.** Make some calls and throw their times away.
2. **Repeat**, and read the clock around each single call, not around all of them.
3. **Take the median.** One pause of a second among 100 calls moves a mean by 10 ms and the median by nothing.
4. **Measure the work alone.** What prepares the input stands outside.
5. **Use a clock for intervals.** `time.time()` may be set back by the system while you measure;
   `time.perf_counter()` only goes forward.

The skeleton is worth knowing by heart:

```python
for _ in range(warmup):
    work()
times = []
for _ in range(iterations):
    start = clock()
    work()
    times.append(clock() - start)
```

The clock is an argument. That looks like a whim and is what makes the function testable: the test below hands in a
clock of its own, whose hands stand where the test wants them, so that no test depends on how busy a machine is.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "latency-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def measure_latency(model, x, warmup=10, iterations=100, clock=time.perf_counter):
    """
    Time a pass.

    TODO: return the median time of one pass, in milliseconds.

    APPROACH:
    1. Refuse less than one iteration with a ValueError.
    2. Evaluate the model `warmup` times, without looking at the clock.
    3. Then `iterations` times, each between two looks at the clock. `clock()` gives seconds.
    4. Return 1000 times the median, as a float.

    EXAMPLE:
    >>> hands = iter([0.0, 0.002, 5.0, 5.004, 7.0, 7.1])
    >>> round(measure_latency(Linear(2, 2), Tensor([[1, 2]]), 1, 3, clock=lambda: next(hands)), 6)
    4.0

    HINT: `evaluated` calls the model as it is used. In the example the three passes took 2, 4 and 100 ms.
    """
    ### BEGIN SOLUTION
    if iterations < 1:
        raise ValueError(f"a median needs at least one iteration, not {iterations}")
    for _ in range(warmup):
        evaluated(model, x)
    times = []
    for _ in range(iterations):
        start = clock()
        evaluated(model, x)
        times.append(clock() - start)
    return 1000 * float(np.median(times))
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The test's model and its clock write down when they are called, so the order can be compared: `warmup` passes first,
then look, pass, look for each iteration. The clock says how long the passes take, and the median must be that of the
clock; by default there are 10 and 100 of them. A dropout that is timed must keep still. No seconds of any machine play
a part.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_latency_measurement", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_latency_measurement():
    """Latency is the median of passes that are timed one by one, after others that are not."""
    events, hands, seen = [], [], []

    def clock():
        events.append("look")
        return hands.pop(0)

    class Noted(Layer):
        def forward(self, x):
            events.append("pass")
            seen.append(x)
            return x

    def set_hands(*durations):
        events.clear()
        seen.clear()
        hands.clear()
        start = 100.0
        for each in durations:
            hands.extend([start, start + each])
            start += 7.0

    x = Tensor([[1.0, 2.0]])
    cases = {
        "one slow pass of five": (3, (0.002, 0.25, 0.004, 0.003, 0.001), 3.0),
        "an even number of passes": (0, (0.5, 0.001, 0.003, 0.002), 2.5),
        "a single pass": (2, (0.125,), 125.0),
    }
    for text, (warmup, durations, wanted) in cases.items():
        set_hands(*durations)
        order = ["pass"] * warmup + ["look", "pass", "look"] * len(durations)
        got = measure_latency(Noted(), x, warmup=warmup, iterations=len(durations), clock=clock)
        assert isinstance(got, float), f"the latency is a float, got {type(got).__name__}"
        assert np.isclose(got, wanted, rtol=1e-6, atol=0), f"{text}: {wanted} ms, got {got}"
        assert events == order, f"{text}: the order is {order}, got {events}"
        assert all(each is x for each in seen), f"{text}: every pass gets the x that is given"

    set_hands(*[0.001] * 100)
    measure_latency(Noted(), x, clock=clock)
    passes = events.count("pass")
    assert passes == 110, f"by default 10 passes warm up and 100 are timed, got {passes} passes"
    assert events.count("look") == 200, f"100 timed passes need 200 looks at the clock, got {events.count('look')}"

    outputs = []

    class Kept(Layer):
        def forward(self, x):
            outputs.append(float(x.data.sum()))
            return x

    set_hands(0.001)
    measure_latency(Sequential(Dropout(1.0), Kept()), x, warmup=1, iterations=1, clock=clock)
    assert outputs == [3.0, 3.0], f"a model is timed as it is used, its dropouts off: 3.0 twice, got {outputs}"
    for iterations in (0, -1):
        set_hands(0.001)
        try:
            measure_latency(Noted(), x, warmup=0, iterations=iterations, clock=clock)
        except ValueError:
            continue
        raise AssertionError(f"measure_latency with iterations={iterations} must raise ValueError")


if __name__ == "__main__":
    test_unit_latency_measurement()
    print("passed: latency")

# %% [markdown]
"""
## Where the weights lie

One more instrument, of another kind: not what weights cost but what they are. Lesson 15 stores them in a byte each,
and that works well where they lie close together; lesson 16 removes those near 0, and that is cheap where many are.
Five percentiles tell most of it:

```
 percentile        5       25       50       75       95
                ────┼────────┼────────┼────────┼────────┼────
 fresh Linear   −0.10    −0.04     0.00     0.04     0.10     256 inputs: deviation 1/16
 one outlier    −0.10    −0.04     0.00     0.04     0.10     … and max = 8
```

The p-th percentile is the number that p % of all weights do not exceed. In the second row they are the same, and only
the maximum shows that a single weight of 8 lies far outside. Look at both.

Only matrices and kernels count. Biases begin at 0 and have reasons of their own to be where they are.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "weights-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def analyze_weight_distribution(model, percentiles=(5, 25, 50, 75, 95)):
    """
    Describe where a model's weights lie.

    TODO: return a dict of mean, std, min, max, and percentiles, a dict from each percentile to its weight.

    APPROACH:
    1. Join the numbers of all parameters with two dimensions or more. Where there are none, raise ValueError.
    2. Describe them: floats, not arrays.

    EXAMPLE:
    >>> layer = Linear(2, 2)
    >>> layer.weight = Tensor([[1, 2], [3, 6]])
    >>> analyze_weight_distribution(layer, percentiles=(50,))["percentiles"]
    {50: 2.5}

    HINT: np.concatenate joins flat arrays, and refuses to join none with the ValueError that is asked for.
    np.percentile(numbers, p) does the rest.
    """
    ### BEGIN SOLUTION
    numbers = np.concatenate([each.data.ravel() for each in parameters_of(model) if each.data.ndim > 1])
    return {
        "mean": float(numbers.mean()),
        "std": float(numbers.std()),
        "min": float(numbers.min()),
        "max": float(numbers.max()),
        "percentiles": {each: float(np.percentile(numbers, each)) for each in percentiles},
    }
    ### END SOLUTION

# %% [markdown]
r"""
## What limits a layer

A layer must do two things: compute, and fetch what it computes with. A machine has a speed for each, and does both at
once, so the slower one decides:

$$t \ge \max\left(\frac{\text{FLOPs}}{\text{peak FLOPs per second}},\;
\frac{\text{bytes}}{\text{peak bytes per second}}\right)$$

Which one that is depends on the layer's *intensity*, FLOPs per byte. On a machine of 100 GFLOP/s and 20,000 MB/s
(here 10⁶ bytes each) the two times are equal at 100·10⁹ / (20·10⁹) = 5 FLOPs a byte. Drawn over the intensity, the
attainable speed is a roof:

```
 GFLOP/s
 100 ┤              ________________      compute-bound: more arithmetic units help
     │            ╱
     │          ╱
  10 ┤        ╱                           memory-bound: fewer bytes help
     │      ╱
     │    ╱
   1 ┤  ╱
     └──┴────────┴──┴──────────────┴──
       0.05     0.5  5            50      FLOPs a byte
```

Where does a layer stand? The same layer stands in different places, for its weights are fetched once for a batch:

```
 Linear(128, 64)
 batch        FLOPs     bytes moved    FLOPs a byte    verdict at 5
 ────────────────────────────────────────────────────────────────────
     1       16,384          33,792           0.48     memory
     8      131,072          39,168           3.35     memory
    16      262,144          45,312           5.79     compute
    64    1,048,576          82,176          12.76     compute
   256    4,194,304         229,632          18.27     compute
```

**What it is for.** The verdict says which lesson to open. A memory-bound layer gains from fewer bytes: quantization
(15), pruned columns (16), a larger batch, two layers joined to one loop (18). A compute-bound layer gains from less
arithmetic and from better use of the processor (18), and nothing from fetching faster.

**Efficiency** is achieved speed over peak speed. A layer at 3 % of the peak is not necessarily badly written: at an
intensity of 0.48, the roof itself stands at 10 %.

**The way back.** Backward costs about twice the forward pass. For y = x W it computes two products of the same size,
dx = g Wᵀ and dW = xᵀ g. So a training step is three forward passes, and for memory:

```
 parameters                P
 gradients                 P
 optimizer: SGD            0        momentum  P        Adam  2 P
 activations               grows with the batch
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "profiler-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Profiler:
    """The instruments of this lesson with one clock, on one machine."""

    def __init__(self, clock=time.perf_counter, peak_gflops=100.0, peak_bandwidth_mbs=20_000.0):
        """Keep the clock, and what the machine can do at most: its maker's figures, or your own. Given."""
        self.clock = clock
        self.peak_gflops = peak_gflops
        self.peak_bandwidth_mbs = peak_bandwidth_mbs

    def count_parameters(self, model):
        """Count the numbers that training may change. Given."""
        return count_parameters(model)

    def count_flops(self, model, input_shape):
        """Count the operations of one pass. Given."""
        return count_flops(model, input_shape)

    def measure_memory(self, model, input_shape):
        """Say what a pass holds in memory. Given."""
        return measure_memory(model, input_shape)

    def measure_latency(self, model, x, warmup=10, iterations=100):
        """Time a pass, with the profiler's clock. Given."""
        return measure_latency(model, x, warmup, iterations, self.clock)

    def profile_layer(self, layer, input_shape):
        """
        Describe one layer (or a whole model) by counting alone.

        TODO: return a dict of layer_name, parameters, flops, flops_per_byte and the four entries of measure_memory.

        EXAMPLE:
        >>> profile = Profiler().profile_layer(Linear(128, 64), (1, 128))
        >>> profile["layer_name"], profile["parameters"], profile["flops"], round(profile["flops_per_byte"], 4)
        ('Linear', 8256, 16384, 0.4848)

        HINT: type(layer).__name__ is the name; two stars spread one dict within another.
        """
        ### BEGIN SOLUTION
        flops = count_flops(layer, input_shape)
        return {
            "layer_name": type(layer).__name__,
            "parameters": count_parameters(layer),
            "flops": flops,
            "flops_per_byte": flops / bytes_moved(layer, input_shape),
            **measure_memory(layer, input_shape),
        }
        ### END SOLUTION

    def profile_forward_pass(self, model, x, warmup=10, iterations=100):
        """
        Time a pass and hold it against what the machine could do.

        TODO: return a dict of latency_ms, gflops_per_second, memory_bandwidth_mbs, computational_efficiency and
        bottleneck.

        APPROACH:
        1. Time the pass with the profiler's clock.
        2. gflops_per_second: operations per second, in units of 10⁹; memory_bandwidth_mbs: bytes moved per second,
           in units of 10⁶.
        3. computational_efficiency: the share of peak_gflops that was reached.
        4. bottleneck: "memory" where moving the bytes at peak_bandwidth_mbs takes longer than computing at
           peak_gflops, else "compute". The measured time has no part in that.

        EXAMPLE:
        >>> hands = iter([0.0, 0.001])
        >>> profiler = Profiler(clock=lambda: next(hands))
        >>> profile = profiler.profile_forward_pass(Linear(128, 64), Tensor(np.ones((1, 128))), 0, 1)
        >>> round(profile["gflops_per_second"], 6), profile["bottleneck"]
        (0.016384, 'memory')

        HINT: a latency in milliseconds, divided by 1000, is in seconds.
        """
        ### BEGIN SOLUTION
        latency = self.measure_latency(model, x, warmup, iterations)
        flops, moved = count_flops(model, x.shape), bytes_moved(model, x.shape)
        achieved = flops / (latency / 1000) / 1e9
        waiting = moved / (self.peak_bandwidth_mbs * 1e6) > flops / (self.peak_gflops * 1e9)
        return {
            "latency_ms": latency,
            "gflops_per_second": achieved,
            "memory_bandwidth_mbs": moved / (latency / 1000) / 1e6,
            "computational_efficiency": achieved / self.peak_gflops,
            "bottleneck": "memory" if waiting else "compute",
        }
        ### END SOLUTION

    def profile_backward_pass(self, model, input_shape):
        """
        Say what a training step costs.

        TODO: return a dict of forward_flops, backward_flops (twice as many), total_flops, gradient_memory_mb (as much
        as the parameters), activation_memory_mb, and optimizer_memory_mb: a dict of sgd, momentum and adam, which keep
        0, 1 and 2 numbers for each parameter.

        EXAMPLE:
        >>> profile = Profiler().profile_backward_pass(Linear(128, 64), (1, 128))
        >>> profile["backward_flops"], profile["total_flops"]
        (32768, 49152)
        """
        ### BEGIN SOLUTION
        forward, memory = count_flops(model, input_shape), measure_memory(model, input_shape)
        held = memory["parameter_memory_mb"]
        return {
            "forward_flops": forward,
            "backward_flops": 2 * forward,
            "total_flops": 3 * forward,
            "gradient_memory_mb": held,
            "activation_memory_mb": memory["activation_memory_mb"],
            "optimizer_memory_mb": {"sgd": 0.0, "momentum": held, "adam": 2 * held},
        }
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

A distribution of six known weights beside biases that must not count. Then layers whose counts you know, on two
machines: the one above, and one with ten times the bandwidth, on which the verdict for a batch of one turns. The clock
is again the test's, so speeds are exact: 16,384 operations in 2 ms are 0.008192 GFLOP/s.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_advanced_profiling", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_advanced_profiling():
    """Weights are described, speeds computed, verdicts given and training steps counted."""
    first, second = Linear(2, 2), Linear(2, 1)
    first.weight, first.bias = Tensor([[-3, 0], [1, 2]]), Tensor([100, 100])
    second.weight, second.bias = Tensor([[4], [8]]), Tensor([100])
    got = analyze_weight_distribution(Sequential(first, second), percentiles=(0, 20, 50, 90))
    compare("six weights", got, {"mean": 2.0, "std": np.sqrt(70 / 6), "min": -3.0, "max": 8.0})
    places = got["percentiles"]
    assert sorted(places) == [0, 20, 50, 90], f"the percentiles asked for are 0, 20, 50, 90, got {sorted(places)}"
    compare("percentiles", places, {0: -3.0, 20: 0.0, 50: 1.5, 90: 6.0})
    usual = sorted(analyze_weight_distribution(first)["percentiles"])
    assert usual == [5, 25, 50, 75, 95], f"by default the percentiles are 5, 25, 50, 75, 95, got {usual}"
    try:
        analyze_weight_distribution(Dropout())
    except ValueError:
        pass
    else:
        raise AssertionError("a model without weights has no distribution: analyze_weight_distribution raises ValueError")

    hands = []
    linear, mb = Linear(128, 64), 1_048_576

    def clock():
        return hands.pop(0)

    profile = Profiler().profile_layer(linear, (1, 128))
    wanted = {"parameters": 8_256, "flops": 16_384, "flops_per_byte": 16_384 / 33_792}
    wanted |= {"parameter_memory_mb": 33_024 / mb, "activation_memory_mb": 768 / mb, "peak_memory_mb": 33_792 / mb}
    wanted |= {"memory_efficiency": 33_024 / 33_792}
    assert profile["layer_name"] == "Linear", f"layer_name is Linear, got {profile['layer_name']}"
    compare("Linear(128, 64) for (1, 128)", profile, wanted, rtol=1e-9)

    # (batch, peak GFLOP/s, peak MB/s, seconds, verdict)
    cases = (
        (1, 100.0, 20_000.0, 0.002, "memory"),
        (8, 100.0, 20_000.0, 0.004, "memory"),
        (16, 100.0, 20_000.0, 0.005, "compute"),
        (256, 100.0, 20_000.0, 0.5, "compute"),
        (1, 50.0, 200_000.0, 0.002, "compute"),
        (8, 1_000.0, 200_000.0, 0.004, "memory"),
    )
    for batch, gflops, bandwidth, seconds, verdict in cases:
        machine = Profiler(clock=clock, peak_gflops=gflops, peak_bandwidth_mbs=bandwidth)
        hands[:] = [1.0, 1.0 + seconds, 5.0, 5.0 + seconds, 7.0, 10.0]
        got = machine.profile_forward_pass(linear, Tensor(np.ones((batch, 128))), warmup=2, iterations=3)
        flops, moved = 16_384 * batch, 4 * (8_256 + 192 * batch)
        wanted = {
            "latency_ms": 1000 * seconds,
            "gflops_per_second": flops / seconds / 1e9,
            "memory_bandwidth_mbs": moved / seconds / 1e6,
            "computational_efficiency": flops / seconds / 1e9 / gflops,
        }
        compare(f"batch {batch} in {seconds} s", got, wanted)
        told = got["bottleneck"]
        assert told == verdict, f"batch {batch} at {gflops} GFLOP/s and {bandwidth} MB/s waits for {verdict}, got {told}"

    step = Profiler().profile_backward_pass(Sequential(linear, Linear(64, 2)), (3, 128))
    held = 4 * 8_386 / mb
    wanted = {"forward_flops": 49_920, "backward_flops": 99_840, "total_flops": 149_760, "gradient_memory_mb": held}
    wanted |= {"activation_memory_mb": 4 * 3 * 194 / mb}
    compare("a training step", step, wanted, rtol=1e-9)
    kept = step["optimizer_memory_mb"]
    compare("what the optimizer keeps", kept, {"sgd": 0.0, "momentum": held, "adam": 2 * held}, rtol=1e-9)


if __name__ == "__main__":
    test_unit_advanced_profiling()
    print("passed: limits")

# %% [markdown]
"""
## Putting them together

What one wants in daily life is a single call, and a table with a row for each layer. `quick_profile` is the call, and
gives the rows beside the totals:

```
 quick_profile(Sequential(Linear(784, 128), ReLU(), Linear(128, 10)), Tensor of shape (1, 784))

 layers    Linear    100,480 parameters    200,704 FLOPs    98.7 % of the work
           ReLU            0                   128           0.1 %
           Linear      1,290                 2,560           1.3 %
 totals    101,770 parameters, 203,392 FLOPs, 0.39 MB at the peak, and what the clock says
```
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "quick-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def quick_profile(model, x, profiler=None, warmup=10, iterations=100):
    """
    Profile a model in one call.

    TODO: return a dict of all that profile_layer and profile_forward_pass say of the model, and of layers: a list
    with a dict for each leaf, in order.

    APPROACH:
    1. Take a Profiler of your own where none is given.
    2. Join the model's own profile_layer and its profile_forward_pass in one dict.
    3. For each step of trace, call profile_layer with the shape that the leaf takes. Add work_share to what it gives:
       the leaf's share of all FLOPs.

    EXAMPLE:
    >>> from tinytorch.core.layers import Sequential
    >>> model = Sequential(Linear(6, 2), Linear(2, 2))
    >>> [each["work_share"] for each in quick_profile(model, Tensor([[0] * 6]), iterations=1)["layers"]]
    [0.75, 0.25]
    """
    ### BEGIN SOLUTION
    profiler = Profiler() if profiler is None else profiler
    whole = profiler.profile_layer(model, x.shape)
    layers = [profiler.profile_layer(layer, takes) for layer, takes, _ in trace(model, x.shape)]
    shares = [each | {"work_share": each["flops"] / whole["flops"]} for each in layers]
    return {**whole, **profiler.profile_forward_pass(model, x, warmup, iterations), "layers": shares}
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_module", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """The instruments agree with each other on a network of convolutions and linear layers."""
    test_unit_helper_functions()
    test_unit_parameter_counting()
    test_unit_flop_counting()
    test_unit_memory_measurement()
    test_unit_latency_measurement()
    test_unit_advanced_profiling()

    hands, passes = [], []

    def clock():
        return hands.pop(0)

    class Flatten(Layer):
        def forward(self, x):
            passes.append(tuple(x.shape))
            return x.reshape(x.shape[0], -1)

    random, first, last = np.random.default_rng(3), Conv2d(3, 4, 3, padding=1), Linear(256, 10)
    known = [random.normal(size=shape).astype(np.float32) for shape in ((4, 3, 3, 3), (4,), (256, 10), (10,))]
    first.weight, first.bias, last.weight, last.bias = (Tensor(each, requires_grad=True) for each in known)
    model = Sequential(first, Sequential(Flatten(), Dropout(0.5)), last)
    hands[:] = [2.0, 2.003, 4.0, 4.001, 9.0, 9.002]
    x = Tensor(np.ones((5, 3, 8, 8)))
    profiler = Profiler(clock=clock, peak_gflops=2.0, peak_bandwidth_mbs=1_000.0)
    got = quick_profile(model, x, profiler, warmup=4, iterations=3)

    flops = 5 * (2 * 27 * 256 + 256 + 256 + 2 * 256 * 10)
    moved = 4 * (112 + 2_570 + 5 * (192 + 256 + 4 * 256 + 256 + 10))
    wanted = {
        "parameters": 2_682,
        "flops": flops,
        "flops_per_byte": flops / moved,
        "latency_ms": 2.0,
        "gflops_per_second": flops / 0.002 / 1e9,
        "memory_bandwidth_mbs": moved / 0.002 / 1e6,
        "computational_efficiency": flops / 0.002 / 1e9 / 2,
        "parameter_memory_mb": 4 * 2_682 / 1_048_576,
        "activation_memory_mb": 4 * 5 * (192 + 3 * 256 + 10) / 1_048_576,
        "peak_memory_mb": 4 * (2_682 + 5 * 512) / 1_048_576,
    }
    compare("the model", got, wanted)
    assert got["layer_name"] == "Sequential", f"the model's layer_name is Sequential, got {got['layer_name']}"
    assert got["bottleneck"] == "compute", f"the model's bottleneck is compute, got {got['bottleneck']}"

    rows = got["layers"]
    assert len(rows) == 4, f"the model has a row for each of its 4 leaves, got {len(rows)}"
    work = [5 * 2 * 27 * 256, 5 * 256, 5 * 256, 5 * 2 * 256 * 10]
    for place, (held, count) in enumerate(zip((112, 0, 0, 2_570), work, strict=True)):
        row = rows[place]
        compare(f"row {place}", row, {"parameters": held, "flops": count, "work_share": count / flops})
    assert rows[0]["layer_name"] == "Conv2d", f"the first row is Conv2d's, got {rows[0]['layer_name']}"
    timed = passes.count((5, 4, 8, 8))
    assert timed >= 7, f"4 passes warm up and 3 are timed, with the shape of x: at least 7, got {timed}"

    after = [each.data for each in model.parameters()]
    assert len(after) == 4, f"the model still has 4 parameters, got {len(after)}"
    for place, values in enumerate(known):
        assert np.array_equal(after[place], values), f"profiling must not change parameter {place}"

    alone = quick_profile(Linear(3, 2), Tensor([[1, 2, 3]]), warmup=0, iterations=1)
    assert alone["flops"] == 12, f"without a profiler quick_profile makes its own: 12 operations, got {alone['flops']}"
    assert len(alone["layers"]) == 1, f"a single layer has a single row, got {len(alone['layers'])}"


if __name__ == "__main__":
    test_module()
    print("passed: the module")

# %% [markdown]
"""
## The pattern, and a comparison

Every counter of this lesson is the same three lines: walk, look at each step, add up.

```python
def count(model, input_shape):
    return sum(cost(layer, takes, gives) for layer, takes, gives in trace(model, input_shape))
```

Put another `cost` in and it counts something else: bytes, activations above 1 MB, what a phone would need. That the
walk knows nothing of costs and the costs nothing of walking is what keeps both short.

```
 instrument              unit        exact?    depends on the batch?    on the machine?
 ──────────────────────────────────────────────────────────────────────────────────────
 count_parameters        numbers     yes       no                       no
 count_flops             FLOPs       nearly    in proportion            no
 measure_memory          MB          yes       activations alone        no
 bytes_moved             bytes       at least  activations alone        caches may need more
 measure_latency         ms          no        less than in proportion  yes
 profile_forward_pass    verdict     a bound   through the intensity    yes: its two peaks
```

## Which instrument when

| you want to | take | because | not when |
|---|---|---|---|
| know whether a model fits | `measure_memory` | bytes are exact | you train: add gradients and optimizer |
| compare two designs | `count_flops` | it is the same on every machine | both wait for memory |
| know what users will feel | `measure_latency` | only a clock knows everything | the machine is not the users' |
| know what would help | `profile_forward_pass` | the verdict names the limit | peaks are not your machine's |
| find the layer to work on | `quick_profile`, `work_share` | Amdahl's law | the model has no `layers` |
| decide on quantizing | `analyze_weight_distribution` | outliers cost precision | activations are the problem |

## Three pipelines

**A classifier on a phone.** The app must stay below 50 MB and answer while a finger is still on the glass.

```
 count_parameters ──▶ 4 bytes each: 80 MB ──▶ too large ──▶ quantize (15): 20 MB ──▶ measure_latency on the phone
```

**A training run that dies for lack of memory.**

```
 profile_backward_pass ──▶ P = 400 MB, gradients 400, Adam 800, activations 3,200 at batch 64
                       ──▶ activations are the most ──▶ batch 16: 800 MB ──▶ it fits; accumulate gradients (07)
```

**A server that answers one request at a time.** It reaches 1 % of the processor's peak.

```
 profile_forward_pass ──▶ "memory", 0.5 FLOPs a byte ──▶ collect 16 requests ──▶ 5.8 FLOPs a byte, "compute"
                      ──▶ the weights are fetched once for 16 answers
```

## In production

PyTorch's `torch.profiler` hooks into every operation and writes down when it began and ended, on the processor and on
the GPU. On a GPU a call returns before the work is done, so a naive stopwatch measures how fast work can be *ordered*;
one has to wait (`torch.cuda.synchronize()`) before each look at the clock. `fvcore` and `ptflops` count operations as
we do, from a traced pass. Vendors' tools (Nsight, VTune, perf) read counters in the chip: cache misses, instructions,
bytes from memory. Roofline diagrams, with real peaks, come from them.

What all of these have in common with ours: parameters and FLOPs are properties of the model, time is one of the
model, the machine and the moment. Reports that mix the three cannot be repeated.

## Pitfalls

- **The first call counts.** Symptom: the second run of the same script is faster. Print all times, not the median:
  the first ones stand out. Warm up.
- **The mean of times.** Symptom: two runs differ by a tenth and nothing has changed. Print mean and median; where they
  are apart, an outlier is at work.
- **Profiling in training mode.** Symptom: latency of a model with dropout is higher than in use, or accuracy is worse
  after profiling. Compare a running mean before and after.
- **Operations for one example, time for a batch.** Symptom: more GFLOP/s than the processor has. Check that both were
  given the same shape.
- **Multiply-adds taken for FLOPs.** Symptom: your count is twice or half a paper's. Count one linear layer by hand.
- **A model that is no chain.** Symptom: a network of millions of parameters needs hardly any operations. Look at
  `flat_layers(model)`: a single leaf means that the walk could not get in.
- **A tied matrix counted twice.** Symptom: more parameters than the file holds. Compare
  `len(model.parameters())` with `len(parameters_of(model))`.

## What it costs

Counting costs passes. `trace` is one forward pass, at the batch that you name. `quick_profile` makes nine such passes
to count, whatever the model, and by default 110 to time, and reads the clock 200 times. So for a large model count
with a batch of one and multiply: FLOPs and activations are proportional to it. Beside the model, `trace` holds two
activations at a time and one pair of shapes for each leaf.

| | passes | extra memory |
|---|---|---|
| `count_parameters` | 0 | one entry for each parameter Tensor |
| `count_flops`, `measure_memory`, `bytes_moved` | 1 each | two activations |
| `measure_latency` | warmup + iterations | one float for each iteration |
| `quick_profile` | 9 + warmup + iterations | the rows |

## Look ahead

Lesson 15 makes a number one byte instead of four: in the table of intensities the bytes fall and the verdict moves.
Lesson 16 takes weights away and needs `count_parameters` to say how many are left. Lesson 17 never computes a key or
a value twice, which one sees in FLOPs before one sees it on a clock. Lesson 18 does the same arithmetic with fewer
bytes. Lesson 19 builds on `measure_latency`: many runs, an interval of confidence, models side by side. The capstone
hands in what all of them measured.

## Questions to think about

1. A model has 10 times the FLOPs of another and the same latency. What may be the reason? Which number of this lesson
   would you look at first?
2. `MultiHeadAttention` (lesson 12) is no chain, and `layer_flops` counts it as one operation for each number that it
   takes. Write down what it really needs for T tokens of width D. Which part grows with T²?
3. A layer at batch 1 is memory-bound. Its weights are stored in a quarter of the bytes. By how much can it become
   faster at most, and what could keep it from becoming so?

## Summary

You have counted what a model holds, what it computes and what it moves, timed it in a way that can be trusted, and
put the two together to say what it waits for. None of it made anything faster. It tells you where to begin, which is
the harder half.

```
tito module complete 14
```

checks your work, exports it and marks the lesson as done. Lesson 15 begins with the bytes.
"""
