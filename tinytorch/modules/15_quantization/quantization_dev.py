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
# 15 · Quantization

A float32 takes four bytes and tells apart some four billion values. A trained weight needs nothing of the kind: round
it to one of 256 well-chosen values and the network hardly notices. This lesson stores weights in a byte each, computes
with bytes, and makes whole models a quarter of their size, without training anything again.

**You will be able to**

- map a range of numbers to the integers −128 … 127 and back, and say how large the error can be;
- explain why 0 must be one of the 256 values, and what breaks where it is not;
- compute a matrix product in integers and put it right with two scales;
- choose the range of activations from samples, and know what happens outside it;
- count in bytes what was gained, and see when nothing was.

**You need** module 01 (`Tensor`) and module 03 (`Linear`, `Dropout`, `Sequential`); module 02 (`ReLU`) for the last
test.

**You build**

| name | does |
|---|---|
| `quantize_int8` | numbers → bytes, a scale and a zero point |
| `dequantize_int8` | bytes → numbers, nearly the old ones |
| `QuantizedLinear` | a linear layer whose weights are bytes |
| `quantize_model` | a model's linear layers → quantized ones, in place |
| `model_bytes`, `compare_model_sizes` | what was gained |

```
 14  profiling              15                        16  compression
 weights are most    ──▶    four bytes a number  ──▶  fewer numbers     ──▶  … 20 capstone
 of the memory              become one
```
"""

# %% [markdown]
"""
## Where the code lives

You write in `modules/15_quantization/` of your workspace; `tito export 15` makes `tinytorch/perf/quantization.py` of
it:

```python
from tinytorch.perf.quantization import QuantizedLinear, quantize_model
```

It belongs to `perf`, beside the profiler: a quantized layer is made *from* a layer of `core`, after training, and
`core` need not know of it.

| import | from | if it fails |
|---|---|---|
| `Tensor` | `tinytorch.core.tensor` | `tito export 01` |
| `Layer`, `Linear`, `Dropout`, `Sequential` | `tinytorch.core.layers` | `tito export 03` |
| `ReLU` (the last test alone) | `tinytorch.core.activations` | `tito export 02` |

If `tinytorch` itself is not found, your workspace is not installed in this Python: see *Install* in its README, and which
kernel Jupyter has taken.
"""

# %%
#| default_exp perf.quantization

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import numpy as np

from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.tensor import Tensor

# The least and the largest number of a signed byte.
LOW, HIGH = -128, 127
# Bytes of a float32, and of a scale and a zero point, four each.
FLOAT_BYTES, RANGE_BYTES = 4, 8

# %%
# For the tests alone, so it is not exported.
from tinytorch.core.activations import ReLU


def rounded_numbers(random, shape, step, zero_point):
    """Return random numbers over the whole range of bytes, none near the middle of two steps, and the nearest steps."""
    places = random.integers(-127, 127, size=shape) + random.uniform(-0.3, 0.3, size=shape)
    places.flat[0], places.flat[1] = -128, 127
    return (places - zero_point) * step, (np.round(places) - zero_point) * step

# %% [markdown]
"""
## Why bytes

```
 numbers           float32       int8
 ─────────────────────────────────────────
 784 · 128         401 kB        100 kB        a layer of lesson 03
 110 million       440 MB        110 MB        a BERT: 440 MB do not fit into many a phone's budget
 7 billion          28 GB          7 GB        a language model: 28 GB do not fit on a gaming GPU, 7 do
```

Size is half of it. Lesson 14 showed that a layer at batch 1 waits for its weights: a byte is fetched in a quarter of
the time of four. And processors multiply bytes faster than floats, for the circuit is far smaller.

How much precision is lost? Draw 65,536 weights as `Linear(256, 256)` does, round them to bytes, and compare:

```
 deviation of the weights      0.0625
 distance of the 256 steps     0.0023
 mean rounding error           0.0006       0.9 % of a weight's usual size
```

A sum of 256 products averages such errors out. A network that was trained with dropout has seen far worse noise.
"""

# %% [markdown]
r"""
## From numbers to bytes

A byte has 256 values, −128 … 127. To cover the numbers from `lo` to `hi` with them, 255 steps are needed, so one step
is

$$\text{scale} = \frac{hi - lo}{255}$$

and the byte that stands for 0 follows from where the range begins:

$$\text{zero\_point} = \text{round}\left(-128 - \frac{lo}{\text{scale}}\right) \qquad
q = \text{round}\left(\frac{x}{\text{scale}}\right) + \text{zero\_point}, \text{ kept within } -128 \ldots 127$$

```
 numbers    −1.5          0        0.5                              3.2       scale 4.7 / 255 = 0.018431
 ────────────┼────────────┼─────────┼────────────────────────────────┼──
 bytes      −128         −47       −20                              127       zero_point −47
```

**The range must hold 0.** Zero is no number like others. It is what ReLU gives for half of its inputs, what pads a
picture, what pruning leaves. If 0 came back as 0.004, all of these would add a little to every sum. With an integer as
zero point, 0 becomes exactly that byte and comes back as exactly 0, provided that the byte exists. Look at what
happens to numbers that are all positive if the range is taken as it comes:

```
 x = [1 … 6]       scale 5 / 255 = 0.019608    zero_point −179: no byte     cut off at −128
                   6 comes back as 5, as 5 does

 x = [−4, −3, −2]  scale 2 / 255 = 0.007843    zero_point 382: no byte      cut off at 127
                   all three come back as −2
```

The cure is to stretch the range until it holds 0: `lo = min(x.min(), 0)` and `hi = max(x.max(), 0)`. The steps become
wider, and all is well:

```
 numbers              scale       zero_point    bytes                 back
 ─────────────────────────────────────────────────────────────────────────────────────────
 [−1.5, 0, 0.5, 3.2]  0.018431       −47        −128 −47 −20 127      −1.4929 0 0.4976 3.2071
 [−4, −3, −2]         0.015686       127        −128 −64 0            −4 −2.9961 −1.9922
 [1 … 6]              0.023529      −128        between −86 and 127   at most 0.0118 away
 [2, 2]               0.007843      −128        127 127               2 2
 [0, 0]               1             −128        −128 −128             0 0
```

The last row is the other trap: where all numbers are 0, the range is empty, and the scale would be 0. Any scale does;
take 1.

**What it costs.** No number lies further than half a step from the nearest byte, so the error is at most scale / 2.
One outlier makes all steps wide: with a single weight of 8 among the 65,536 of above, the steps are 0.032 apart, the
others share 20 of the 256 bytes, and the mean error is 13 % of a weight's usual size.

The result is an int8 *array*, not a Tensor: a Tensor makes float32 of all that it is given, and four bytes again.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "quantize-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def byte_range(values):
    """
    Choose the scale and the zero point for an array of numbers.

    TODO: return (scale, zero_point), a float and an int, such that the bytes cover all values and 0.

    APPROACH:
    1. lo and hi: the least and the largest value, and at least as far out as 0.
    2. scale: a 255th of the way from lo to hi. Where that is 0, take 1.
    3. zero_point: round(LOW - lo / scale).

    EXAMPLE:
    >>> scale, zero_point = byte_range(np.array([-1.5, 0, 0.5, 3.2]))
    >>> round(scale, 6), zero_point
    (0.018431, -47)

    HINT: float(values.min()) is a Python float, with all its digits; round of a Python float is an int.
    """
    ### BEGIN SOLUTION
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / (HIGH - LOW) or 1.0
    return scale, round(LOW - low / scale)
    ### END SOLUTION


def to_bytes(values, scale, zero_point):
    """
    Round an array of numbers to bytes.

    TODO: return an int8 array: round(values / scale) + zero_point, and where that is no byte, the nearest one.

    EXAMPLE:
    >>> to_bytes(np.array([0.0, 0.4, -0.6, 900.0]), 0.1, 7).tolist()
    [7, 11, 1, 127]

    HINT: clip before you change the dtype. A number that is no byte wraps round: 128 becomes -128.
    """
    ### BEGIN SOLUTION
    return np.clip(np.round(values / scale) + zero_point, LOW, HIGH).astype(np.int8)
    ### END SOLUTION


def quantize_int8(tensor):
    """
    Turn a Tensor into bytes.

    TODO: return (q, scale, zero_point): the int8 array of the Tensor's shape, and what it was made with.

    EXAMPLE:
    >>> q, scale, zero_point = quantize_int8(Tensor([-1.5, 0, 0.5, 3.2]))
    >>> q.tolist(), round(scale, 6), zero_point
    ([-128, -47, -20, 127], 0.018431, -47)
    """
    ### BEGIN SOLUTION
    scale, zero_point = byte_range(tensor.data)
    return to_bytes(tensor.data, scale, zero_point), scale, zero_point
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The rows of the table above: bytes, scales and zero points, for positive, negative, mixed, equal and no numbers. Bytes
must be int8, of the Tensor's shape. For 2,000 random numbers at three sizes and places, every byte must stand for a
number at most half a step away. The Tensor itself must stay as it was.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-quantize-int8", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_quantize_int8():
    """Numbers become the nearest of 256 steps in a range that holds 0."""
    cases = {
        (-1.5, 0.0, 0.5, 3.2): ([-128, -47, -20, 127], 4.7 / 255, -47),
        (-4.0, -3.0, -2.2): ([-128, -64, -13], 4 / 255, 127),
        (1.0, 2.0, 4.0, 5.1): ([-78, -28, 72, 127], 5.1 / 255, -128),
        (2.0, 2.0): ([127, 127], 2 / 255, -128),
        (-3.0,): ([-128], 3 / 255, 127),
        (0.0, 0.0): ([-128, -128], None, None),
    }
    for numbers, (wanted, scale, zero_point) in cases.items():
        q, got, place = quantize_int8(Tensor(numbers))
        assert q.dtype == np.int8, f"bytes are int8, got {q.dtype}"
        assert np.isfinite(got), f"the scale of {numbers} is a number, got {got}"
        assert got > 0, f"the scale of {numbers} is positive, got {got}"
        if scale is not None:
            assert np.isclose(got, scale, rtol=1e-5, atol=0), f"the scale of {numbers} is {scale}, got {got}"
            assert place == zero_point, f"the zero point of {numbers} is {zero_point}, got {place}"
            assert q.tolist() == wanted, f"{numbers} become {wanted}, got {q.tolist()}"
        else:
            assert q.tolist() == [place, place], f"zeros become the zero point {place}, got {q.tolist()}"

    random = np.random.default_rng(1)
    for middle, spread in ((0.0, 1.0), (50.0, 3.0), (-0.02, 0.01)):
        values = (middle + spread * random.normal(size=(40, 50))).astype(np.float32)
        low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
        step = (high - low) / 255
        tensor = Tensor(values)
        q, scale, zero_point = quantize_int8(tensor)
        assert q.shape == (40, 50), f"the bytes have the Tensor's shape (40, 50), got {q.shape}"
        assert q.dtype == np.int8, f"bytes are int8, got {q.dtype}"
        assert np.isclose(scale, step, rtol=1e-5, atol=0), f"the scale is (hi - lo) / 255 = {step}, got {scale}"
        assert -128 <= zero_point <= 127, f"the zero point is a byte, got {zero_point}"
        apart = np.abs((q.astype(np.float64) - zero_point) * step - values).max()
        assert apart <= 0.501 * step, f"no number moves further than half a step, {step / 2}, got {apart}"
        assert np.array_equal(tensor.data, values), "quantize_int8 must not change its input"


if __name__ == "__main__":
    test_unit_quantize_int8()
    print("passed: numbers to bytes")

# %% [markdown]
r"""
## And back

$$x \approx (q - \text{zero\_point}) \cdot \text{scale}$$

The way back is one line and one trap. `q` is an array of bytes, and bytes minus a byte are bytes: −128 − 127 is −255,
which is no byte, and NumPy gives 1 without a word.

```
 q = −128, zero_point = 127, scale = 4 / 255
 in bytes      (−128 − 127) = 1         1 · 0.015686 =  0.0157       wrong
 in integers   (−128 − 127) = −255   −255 · 0.015686 = −4.0          right
```

So widen first, then subtract.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "dequantize-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def dequantize_int8(q, scale, zero_point):
    """
    Turn bytes back into a Tensor of numbers.

    TODO: return a Tensor of (q - zero_point) * scale.

    EXAMPLE:
    >>> dequantize_int8(np.array([-128, -64, 0], dtype=np.int8), 4 / 255, 127).data.round(4)
    array([-4.    , -2.9961, -1.9922], dtype=float32)

    HINT: q.astype(...) makes a wider array before anything is subtracted.
    """
    ### BEGIN SOLUTION
    return Tensor((q.astype(np.float32) - zero_point) * scale)
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Bytes of the test's own, with zero points at both ends and in the middle, come back as the numbers that the formula
gives in float64, as a Tensor of the same shape. The zero point itself comes back as exactly 0.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-dequantize-int8", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_dequantize_int8():
    """Bytes come back as (q - zero_point) * scale, without an overflow."""
    everything = np.arange(-128, 128).astype(np.int8).reshape(32, 8)
    for scale, zero_point in ((4 / 255, 127), (0.5, -128), (0.0184, -47), (3.0, 0)):
        expected = (everything.astype(np.float64) - zero_point) * scale
        got = dequantize_int8(everything.copy(), scale, zero_point)
        assert isinstance(got, Tensor), f"dequantize_int8 gives a Tensor, not a {type(got).__name__}"
        data = got.data
        assert data.shape == (32, 8), f"the shape (32, 8) is kept, got {data.shape}"
        same = np.allclose(data, expected, rtol=1e-5, atol=1e-6)
        assert same, f"scale {scale}, zero point {zero_point}: {expected[0, :3]} …, got {data[0, :3]} …"
        middle = data[everything == zero_point]
        assert middle.shape == (1,), f"one of all bytes is the zero point, got {middle.shape}"
        assert middle[0] == 0, f"the zero point comes back as exactly 0, got {middle[0]}"


if __name__ == "__main__":
    test_unit_dequantize_int8()
    print("passed: and back")

# %% [markdown]
r"""
## A linear layer of bytes

A `Linear` in bytes keeps its weight as `q_weight`, with one scale and one zero point, and its bias as it was: a bias
is a thousandth of the memory and goes straight into the sum. There are two ways to compute with it.

**Weights alone.** Turn the bytes into numbers and multiply as before. Nothing is saved in arithmetic, but weights
travel as bytes, which is what a memory-bound layer waits for.

**Weights and inputs.** Where the input is in bytes, too, with scale sₓ and zero point zₓ, the sum is one of integers:

$$y_j = \sum_i x_i W_{ij} + b_j \approx s_x s_w \sum_i (q^x_i - z_x)(q^w_{ij} - z_w) + b_j$$

```
 x  = [2, −0.5]          s 0.009804   z −77    q [127, −128]          minus z: [204, −51]

 W  = [[0.6, −0.80],     s 0.01       z −48    q [[12, −128],                  [[60, −80],
       [1.4,  1.75]]                              [92,  127]]                   [140, 175]]

 integers   204 ·  60 − 51 · 140 =   5,100          · 0.009804 · 0.01 =  0.5
            204 · −80 − 51 · 175 = −25,245          · 0.009804 · 0.01 = −2.475
```

Both are exact here, for all four weights and both inputs happen to lie on a step.

**Calibration.** The range of the weights is known. That of the inputs is not, until they come; and looking for it
anew at each call would cost a pass over the input and make a prediction depend on its neighbours in the batch. So it
is chosen once, from *samples*: some inputs like those that will come. What later lies outside is cut off:

```
 samples from −1 to 1.55      step 0.01
 input      −3      −1      0      0.5     1.55      7
 taken as   −1      −1      0      0.5     1.55      1.55
```

**The traps.** Products of bytes do not fit into bytes, nor their sums into 16 bits: widen to int32 first. There is
room in it for 33,025 products of 255 · 255. And the range that was calibrated must be *used*: a layer that notes it
and multiplies floats all the same passes every test of shapes.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "linear-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class QuantizedLinear(Layer):
    """A linear layer whose weight is an array of bytes. It is finished: parameters(), from Layer, gives []."""

    def __init__(self, linear):
        """
        Make bytes of a linear layer's weight.

        TODO: set q_weight, weight_scale and weight_zero_point; bias, a Tensor of its own or None; and input_range,
        None until it is calibrated.

        EXAMPLE:
        >>> linear = Linear(2, 2)
        >>> linear.weight = Tensor([[0.6, -0.8], [1.4, 1.75]])
        >>> QuantizedLinear(linear).q_weight.tolist()
        [[12, -128], [92, 127]]
        """
        ### BEGIN SOLUTION
        self.q_weight, self.weight_scale, self.weight_zero_point = quantize_int8(linear.weight)
        self.bias = None if linear.bias is None else Tensor(linear.bias)
        self.input_range = None
        ### END SOLUTION

    def calibrate(self, samples):
        """
        Choose the range of the inputs.

        TODO: set input_range to (scale, zero_point) for the numbers of all samples, a list of Tensors.

        EXAMPLE:
        >>> layer = QuantizedLinear(Linear(1, 1))
        >>> layer.calibrate([Tensor([[2.0], [-1.0]]), Tensor([[4.1]])])
        >>> round(layer.input_range[0], 4), layer.input_range[1]
        (0.02, -78)

        HINT: byte_range takes one array. np.concatenate joins flat ones of different lengths.
        """
        ### BEGIN SOLUTION
        self.input_range = byte_range(np.concatenate([each.data.ravel() for each in samples]))
        ### END SOLUTION

    def forward(self, x):
        """
        Compute x W + b with bytes.

        TODO: return a Tensor. Without an input_range multiply with the weight that the bytes stand for; with one,
        multiply integers.

        APPROACH:
        1. Without: x @ (the bytes, turned back).
        2. With: turn x into bytes with the scale and zero point of input_range.
        3. Widen both arrays of bytes to int32, subtract each one's zero point, multiply the matrices.
        4. Multiply with both scales.
        5. In both cases add the bias where there is one.

        EXAMPLE:
        >>> linear = Linear(2, 2, bias=False)
        >>> linear.weight = Tensor([[0.6, -0.8], [1.4, 1.75]])
        >>> layer = QuantizedLinear(linear)
        >>> layer.calibrate([Tensor([2.0, -0.5])])
        >>> layer.forward(Tensor([[2.0, -0.5]])).data.round(3).tolist()
        [[0.5, -2.4749999046325684]]
        """
        ### BEGIN SOLUTION
        if self.input_range is None:
            y = x @ dequantize_int8(self.q_weight, self.weight_scale, self.weight_zero_point)
        else:
            scale, zero_point = self.input_range
            inputs = to_bytes(x.data, scale, zero_point).astype(np.int32) - zero_point
            weights = self.q_weight.astype(np.int32) - self.weight_zero_point
            y = Tensor(inputs @ weights * (scale * self.weight_scale))
        return y if self.bias is None else y + self.bias
        ### END SOLUTION

    def memory_usage(self):
        """
        Count the bytes of the layer, before and after.

        TODO: return a dict of original_bytes, quantized_bytes and compression_ratio, how many times fewer they are.

        APPROACH:
        1. Before: FLOAT_BYTES for each weight and each bias.
        2. After: 1 for each weight, FLOAT_BYTES for each bias, RANGE_BYTES for the weights' scale and zero point, and
           as many for the inputs' where there is an input_range.

        EXAMPLE:
        >>> QuantizedLinear(Linear(784, 128)).memory_usage()["quantized_bytes"]
        100872
        """
        ### BEGIN SOLUTION
        biases = 0 if self.bias is None else FLOAT_BYTES * self.bias.size
        ranges = RANGE_BYTES if self.input_range is None else 2 * RANGE_BYTES
        original, quantized = FLOAT_BYTES * self.q_weight.size + biases, self.q_weight.nbytes + biases + ranges
        return {
            "original_bytes": original,
            "quantized_bytes": quantized,
            "compression_ratio": original / quantized,
        }
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Weights that lie beside the steps, so that bytes and floats give different results: x W + b must be that of the bytes,
for rows and batches, with a bias and without. After calibrating with two samples of different size, inputs within
the range are rounded to their steps, those outside are cut off, and the sum of 600 products does not overflow. The
layer it was made from must stay as it was. `memory_usage` must count to the byte, and `q_weight` really be bytes.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-quantized-linear", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_quantized_linear():
    """A quantized layer keeps bytes, computes with them, and rounds and cuts its inputs once it is calibrated."""
    random = np.random.default_rng(2)
    w, near = rounded_numbers(random, (600, 3), 0.004, -20)
    b = random.normal(size=3)
    seen, steps = rounded_numbers(random, (5, 600), 0.03, 15)
    linear, bare = Linear(600, 3), Linear(600, 3, bias=False)
    linear.weight, linear.bias, bare.weight = Tensor(w), Tensor(b), Tensor(w)
    with_bias, without = QuantizedLinear(linear), QuantizedLinear(bare)
    for layer in (with_bias, without):
        q = layer.q_weight
        assert q.dtype == np.int8, f"q_weight is int8, got {q.dtype}"
        assert q.shape == (600, 3), f"q_weight has the weight's shape (600, 3), got {q.shape}"
        assert np.array_equal(q, np.round(near / 0.004) - 20), f"q_weight holds the nearest steps, got {q[:2]} …"
        assert layer.input_range is None, f"input_range is None until it is calibrated, got {layer.input_range}"
    assert without.bias is None, "without a bias, the quantized layer has none"

    for values in (seen, seen[:1], seen[2]):
        x = Tensor(values)
        for layer, expected in ((with_bias, values @ near + b), (without, values @ near)):
            y = layer(x)
            assert isinstance(y, Tensor), f"forward gives a Tensor, not a {type(y).__name__}"
            data = y.data
            assert data.shape == expected.shape, f"y has shape {expected.shape}, got {data.shape}"
            assert np.allclose(data, expected, rtol=1e-4, atol=2e-3), f"the bytes' x W + b is {expected}, got {data}"
        assert np.array_equal(x.data, values.astype(np.float32)), "forward must not change its input"

    low, high = -143 * 0.03, 112 * 0.03
    for layer, added in ((with_bias, b), (without, 0)):
        layer.calibrate([Tensor(seen[:, :1]), Tensor(seen[:, 1:])])
        scale, zero_point = layer.input_range
        assert np.isclose(scale, 0.03, rtol=1e-4, atol=0), f"the scale of the inputs is 0.03, got {scale}"
        assert zero_point == 15, f"the zero point of the inputs is 15, got {zero_point}"
        far, taken_as = seen.copy(), steps.copy()
        far[0, :50], far[1, :50] = 80.0, -80.0
        taken_as[0, :50], taken_as[1, :50] = high, low
        for values, taken in ((seen, steps), (seen[3], steps[3]), (far, taken_as)):
            expected = taken @ near + added
            y = layer.forward(Tensor(values)).data
            assert y.shape == expected.shape, f"y has shape {expected.shape}, got {y.shape}"
            assert np.allclose(y, expected, rtol=1e-4, atol=2e-3), f"inputs in bytes give {expected}, got {y}"
    assert np.array_equal(linear.weight.data, w.astype(np.float32)), "the linear layer must stay as it was"

    fresh = QuantizedLinear(linear)
    cases = ((fresh, 7_212, 1_820), (with_bias, 7_212, 1_828), (without, 7_200, 1_816))
    for layer, original, quantized in cases:
        usage = layer.memory_usage()
        wanted = {"original_bytes": original, "quantized_bytes": quantized, "compression_ratio": original / quantized}
        for name, value in wanted.items():
            assert np.isclose(usage[name], value, rtol=1e-9, atol=0), f"{name} is {value}, got {usage[name]}"
    assert fresh.parameters() == [], f"a quantized layer has nothing to train, got {fresh.parameters()}"


if __name__ == "__main__":
    test_unit_quantized_linear()
    print("passed: a linear layer of bytes")

# %% [markdown]
"""
## A whole model

To quantize a model is to put a `QuantizedLinear` in the place of each `Linear`, wherever it sits. The rest stays:
activations have no weights, and dropouts do nothing after training.

```
 before    Sequential [ Linear, ReLU, Sequential [ Dropout, Linear ], Linear ]
                          │                                   │         │
 after     Sequential [ Q·····, ReLU, Sequential [ Dropout, Q····· ], Q····· ]      the same Sequential objects
```

Calibration needs what each layer *gets*, and that is what the layers before it give. So both happen on one walk: the
samples go through the model, layer by layer, and where a `Linear` stands, its successor is calibrated with what has
arrived there.

```
 samples ──▶ Linear ──▶ a ──▶ ReLU ──▶ b ──▶ Linear ──▶ …
             calibrated              calibrated
             with samples            with b, not with samples
```

**The traps.** The samples must pass as they do after training, or dropouts stretch the ranges. Each layer's outputs
must be computed before it is replaced, or errors pile up in the ranges. And *in place* means that the list `layers`
changes: `for layer in model.layers: layer = QuantizedLinear(layer)` changes a name and nothing else.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "model-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def after_training(layer, x):
    """Return layer(x) with dropouts switched off. Given."""
    return layer(x, training=False) if isinstance(layer, Dropout | Sequential) else layer(x)


def quantize_model(model, calibration_data=None):
    """
    Replace the linear layers of a model by quantized ones, in place.

    TODO: change model.layers; return the model. calibration_data is a list of Tensors, inputs of the model. Where it
    is given, calibrate each quantized layer with what reaches it.

    APPROACH:
    1. Begin with the calibration data, or an empty list, as inputs.
    2. For each place in model.layers: compute what the layer gives for each of the inputs, with after_training.
    3. Put a QuantizedLinear in the place of a Linear; calibrate it where there are inputs.
    4. Where the layer is a Sequential, quantize it with the inputs that reach it.
    5. What the layer gave are the inputs of the next one.

    EXAMPLE:
    >>> model = quantize_model(Sequential(Linear(4, 3), Dropout(), Sequential(Linear(3, 2))))
    >>> [type(layer).__name__ for layer in model.layers], type(model.layers[2].layers[0]).__name__
    (['QuantizedLinear', 'Dropout', 'Sequential'], 'QuantizedLinear')

    HINT: enumerate gives the places. The function may call itself.
    """
    ### BEGIN SOLUTION
    inputs = calibration_data or []
    for place, layer in enumerate(model.layers):
        outputs = [after_training(layer, x) for x in inputs]
        if isinstance(layer, Linear):
            model.layers[place] = QuantizedLinear(layer)
            if inputs:
                model.layers[place].calibrate(inputs)
        elif isinstance(layer, Sequential):
            quantize_model(layer, inputs)
        inputs = outputs
    return model
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

A chain within a chain: every `Linear` is replaced, all other layers are the same objects as before, and so is the
model. Without samples no layer is calibrated. With two samples of different size, each layer's range is that of what
reaches it in the model of floats, with its dropout off.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-quantize-model", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_quantize_model():
    """Every linear layer is replaced in place, and calibrated with what reaches it."""
    random = np.random.default_rng(3)
    w1, w2, w3 = random.normal(size=(6, 40)), random.normal(size=(40, 30)), random.normal(size=(30, 2))
    b1 = random.normal(size=40)
    samples = [random.normal(size=(3, 6)), 2 * random.normal(size=(8, 6))]
    first, second, third = Linear(6, 40), Linear(40, 30, bias=False), Linear(30, 2)
    first.weight, first.bias, second.weight, third.weight = Tensor(w1), Tensor(b1), Tensor(w2), Tensor(w3)
    relu, drop = ReLU(), Dropout(0.75)
    inner = Sequential(drop, second)
    model = Sequential(first, relu, inner, third)
    x = np.concatenate(samples)
    hidden = np.maximum(0, x @ w1 + b1)
    deep = hidden @ w2

    given = [Tensor(each) for each in samples]
    result = quantize_model(model, given)
    assert result is model, "quantize_model returns the model that it was given"
    layers, within = model.layers, inner.layers
    assert len(layers) == 4, f"the model still has 4 layers, got {len(layers)}"
    assert len(within) == 2, f"the chain within still has 2 layers, got {len(within)}"
    for place, kept in ((1, relu), (2, inner)):
        assert layers[place] is kept, f"layer {place} is no Linear and stays the same object"
    assert within[0] is drop, "the dropout within stays the same object"
    found = ((layers[0], x), (within[1], hidden), (layers[3], deep))
    for number, (layer, arriving) in enumerate(found, 1):
        assert isinstance(layer, QuantizedLinear), f"Linear {number} becomes a QuantizedLinear, got {type(layer).__name__}"
        low, high = min(arriving.min(), 0.0), max(arriving.max(), 0.0)
        assert layer.input_range is not None, f"layer {number} is calibrated where there are samples"
        scale, zero_point = layer.input_range
        wanted = (high - low) / 255
        assert np.isclose(scale, wanted, rtol=1e-3, atol=0), f"layer {number}: the inputs' scale is {wanted}, got {scale}"
        least = (-128 - zero_point) * scale
        assert abs(least - low) <= 0.51 * wanted, f"layer {number}: the inputs begin at {low}, got {least}"
    assert np.array_equal(given[0].data, samples[0].astype(np.float32)), "quantize_model must not change the samples"

    plain = Sequential(Linear(4, 3), Sequential(Linear(3, 2)))
    quantize_model(plain)
    for layer in (plain.layers[0], plain.layers[1].layers[0]):
        assert isinstance(layer, QuantizedLinear), f"without samples layers are replaced, too, got {type(layer).__name__}"
        assert layer.input_range is None, f"without samples no layer is calibrated, got {layer.input_range}"


if __name__ == "__main__":
    test_unit_quantize_model()
    print("passed: a whole model")

# %% [markdown]
"""
## What was gained

```
 layer              float32      int8: weights + biases + range     times smaller
 ─────────────────────────────────────────────────────────────────────────────────
 Linear(2, 2)            24 B          4 +   8 + 8 =       20 B           1.20
 Linear(10, 5)          220 B         50 +  20 + 8 =       78 B           2.82
 Linear(128, 10)      5,160 B      1,280 +  40 + 8 =    1,328 B           3.89
 Linear(784, 128)   401,920 B    100,352 + 512 + 8 =  100,872 B           3.98
```

Four is the limit, and large layers come close to it. Small ones do not: what is not a weight stays as it was. The
same holds for a model: `compare_model_sizes` adds up everything, also the parameters of layers that were not
quantized.

**The trap** is arithmetic that nothing stands behind. "One byte instead of four, so four times smaller" is true of an
int8 array. Put the same bytes into a Tensor and they are float32 again. So count what is there: `nbytes` knows.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sizes-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def model_bytes(model):
    """
    Count the bytes of a model's layers.

    TODO: return how many bytes all layers need: quantized ones what their memory_usage says, chains the sum of their
    layers, other Layers FLOAT_BYTES for each number of their parameters, and all else, such as activations, nothing.

    EXAMPLE:
    >>> linear = Linear(10, 5)
    >>> model_bytes(linear), model_bytes(Sequential(QuantizedLinear(linear), Dropout()))
    (220, 78)
    """
    ### BEGIN SOLUTION
    if isinstance(model, QuantizedLinear):
        return model.memory_usage()["quantized_bytes"]
    if isinstance(model, Sequential):
        return sum(model_bytes(layer) for layer in model.layers)
    return FLOAT_BYTES * sum(each.size for each in model.parameters()) if isinstance(model, Layer) else 0
    ### END SOLUTION


def compare_model_sizes(original, quantized):
    """
    Compare two models.

    TODO: return a dict of original_bytes, quantized_bytes, saved_bytes and compression_ratio.

    EXAMPLE:
    >>> linear = Linear(10, 5)
    >>> compare_model_sizes(linear, QuantizedLinear(linear))["saved_bytes"]
    142
    """
    ### BEGIN SOLUTION
    before, after = model_bytes(original), model_bytes(quantized)
    return {
        "original_bytes": before,
        "quantized_bytes": after,
        "saved_bytes": before - after,
        "compression_ratio": before / after,
    }
    ### END SOLUTION


class Quantizer:
    """The functions of this lesson under one name, for those who import one. Given."""

    quantize_int8 = staticmethod(quantize_int8)
    dequantize_int8 = staticmethod(dequantize_int8)
    quantize_model = staticmethod(quantize_model)
    compare_models = staticmethod(compare_model_sizes)

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-compare-sizes", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def test_unit_compare_sizes():
    """All bytes of both models are counted, whatever their layers are."""

    class Scale(Layer):
        def forward(self, x):
            return x * 2

        def parameters(self):
            return [Tensor([1.0, 2.0, 3.0])]

    first, second = Linear(100, 20), Linear(20, 5, bias=False)
    floats = Sequential(first, ReLU(), Sequential(Scale(), second), Dropout())
    for layer, wanted in ((first, 8_080), (second, 400), (Scale(), 12), (ReLU(), 0), (Dropout(), 0), (floats, 8_492)):
        got = model_bytes(layer)
        assert got == wanted, f"a {type(layer).__name__} has {wanted} bytes, got {got}"
    bytes_ = Sequential(QuantizedLinear(first), ReLU(), Sequential(Scale(), QuantizedLinear(second)), Dropout())
    got = compare_model_sizes(floats, bytes_)
    wanted = {"original_bytes": 8_492, "quantized_bytes": 2_208, "saved_bytes": 6_284, "compression_ratio": 8_492 / 2_208}
    for name, value in wanted.items():
        assert name in got, f"compare_model_sizes gives {name}, got {sorted(got)}"
        assert np.isclose(got[name], value, rtol=1e-9, atol=0), f"{name} is {value}, got {got[name]}"


if __name__ == "__main__":
    test_unit_compare_sizes()
    print("passed: what was gained")

# %% [markdown]
"""
## Putting them together

The last test builds a classifier of four clouds of points, 16 numbers a point, two layers, and quantizes it twice: its
weights alone, and weights and inputs. What counts in the end is the answer:

```
 400 points          all layers     outputs differ by    classes that differ
 ───────────────────────────────────────────────────────────────────────────
 floats               4,704 B
 weights in bytes     1,360 B       at most 1.1 %        none of 400
 inputs, too          1,376 B       at most 1.8 %        none of 400
```

(The percentages are of the largest output. The test allows 3 and 5. It also wants *some* difference: outputs that are
the same to the last digit show that nothing was quantized.)
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test_module", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def test_module():
    """A quantized classifier is smaller, computes with bytes, and names the same classes."""
    test_unit_quantize_int8()
    test_unit_dequantize_int8()
    test_unit_quantized_linear()
    test_unit_quantize_model()
    test_unit_compare_sizes()

    random = np.random.default_rng(5)
    centres = 2 * random.normal(size=(4, 16))
    classes = np.repeat(np.arange(4), 100)
    points = centres[classes] + random.normal(size=(400, 16))
    w1, b1 = random.normal(size=(16, 56)) / 4, random.normal(size=56) / 4
    hidden = np.maximum(0, points @ w1 + b1)
    w2 = np.linalg.lstsq(hidden, np.eye(4)[classes], rcond=None)[0]
    wanted = hidden @ w2
    reach = np.abs(wanted).max()

    def network():
        first, second = Linear(16, 56), Linear(56, 4, bias=False)
        first.weight, first.bias, second.weight = Tensor(w1), Tensor(b1), Tensor(w2)
        return Sequential(first, ReLU(), Sequential(Dropout(0.5), second))

    x = Tensor(points)
    floats = network()
    halves = [Tensor(points[::2]), Tensor(points[1::2])]
    for samples, allowed, size in ((None, 0.03, 1_360), (halves, 0.05, 1_376)):
        model = quantize_model(network(), samples)
        got = model.forward(x, training=False).data
        assert got.shape == (400, 4), f"the outputs have shape (400, 4), got {got.shape}"
        apart = np.abs(got - wanted).max() / reach
        assert apart < allowed, f"quantized outputs differ by less than {allowed:.0%} of the largest, got {apart:.2%}"
        assert apart > 1e-4, f"quantized outputs do differ from those of floats, got {apart:.2e} of the largest"
        same = (got.argmax(axis=1) == wanted.argmax(axis=1)).mean()
        assert same > 0.98, f"more than 98 % of the classes are the same, got {same:.1%}"
        sizes = compare_model_sizes(floats, model)
        assert sizes["original_bytes"] == 4_704, f"the floats take 4,704 bytes, got {sizes['original_bytes']}"
        assert sizes["quantized_bytes"] == size, f"the bytes take {size}, got {sizes['quantized_bytes']}"
    again = model.forward(x, training=False).data
    assert np.array_equal(again, got), "a quantized model gives the same for the same input"
    assert np.array_equal(x.data, points.astype(np.float32)), "a quantized model must not change its input"
    assert model.parameters() == [], f"a quantized model has nothing left to train, got {model.parameters()}"


if __name__ == "__main__":
    test_module()
    print("passed: the module")

# %% [markdown]
"""
## The pattern, and a comparison

Quantization in any form is the same three steps, and the second is the one that matters:

```python
scale, zero_point = byte_range(what_will_be_seen)      # 1. choose a range
q = to_bytes(values, scale, zero_point)                # 2. round
y = integers(q) * scale                                # 3. compute, and put the scale back
```

```
 form                      range chosen        travels as     multiplies    needs samples
 ──────────────────────────────────────────────────────────────────────────────────────────
 floats                    none                4 bytes        floats        no
 weights alone             once, from weights  1 byte         floats        no
 weights and inputs        and from samples    1 byte         integers      yes
 weights, inputs by call   and at each call    1 byte         integers      no, but a pass each time
```

The first three are what you have built. The fourth is called *dynamic*, the third *static*. All of them work on a
finished model; *quantization-aware training* rounds already while training, so that the weights learn to live on
steps.

## Which one when

| use | take | because | not when |
|---|---|---|---|
| a model must fit on a device | weights alone | needs no data, and loses least | it must also save arithmetic |
| a processor with integer units | weights and inputs | integers from end to end | inputs have no stable range |
| language models, batch 1 | weights alone, often 4 bits | memory is the limit | prompts are long: arithmetic is |
| a last layer with few outputs | leave it in floats | it is small, and its errors are seen | it has 50,000 outputs |
| weights with outliers | one scale for each column | a wild column spoils only itself | all columns look alike |

## Three pipelines

**A keyword spotter** that runs on a button cell:

```
 train ──▶ 200 recordings as samples ──▶ quantize_model(model, samples) ──▶ compare classes ──▶ flash 60 kB
```

**A language model on one GPU**, 7 billion weights:

```
 28 GB ──▶ weights in bytes: 7 GB ──▶ embeddings and the last layer left in floats ──▶ perplexity before and after
```

**A camera at a factory gate.** Accuracy falls from 98 % to 91 % after quantizing:

```
 quantize one layer at a time ──▶ the first is to blame ──▶ analyze_weight_distribution (14): one weight of 8
                              ──▶ leave that layer in floats ──▶ 97.8 %
```

## In production

PyTorch's `torch.ao.quantization` and ONNX Runtime do what you did, with observers in place of `calibrate`, and store
q, scale and zero point in the same way. Weights are mostly quantized symmetrically (zero point 0, one scale for each
column), which drops a term from the sum; inputs keep a zero point, for after a ReLU half of a symmetric range would
be wasted. Sums are kept in int32 and brought back to bytes without leaving integers, by a multiplication and a shift.
Below 8 bits come GPTQ and AWQ, which choose the roundings so that the errors of one weight make up for another's.

## Pitfalls

- **A range without 0.** Symptom: positive data come back capped. Print `zero_point`: −179 is no byte.
- **Bytes that overflow.** Symptom: a few numbers come back wildly wrong, all at one end. Print `(q - zero_point).dtype`.
- **A scale of 0.** Symptom: `nan` where a layer's weights or samples are all 0. Print the scale.
- **Clip after the cast.** Symptom: large numbers come back negative. `np.array([200.0]).astype(np.int8)` shows why.
- **Calibrated with too little.** Symptom: good on the samples, poor on others. Count what share of inputs lies outside
  the range: 1 % is much.
- **Calibrated while training.** Symptom: all ranges are too wide by 1 / (1 − p). Compare a scale with that of the
  model without dropout.
- **Bytes in name only.** Symptom: the file is as large as before. Look at `nbytes`, not at the dtype that you meant.

## What it costs

| step | cost |
|---|---|
| `quantize_int8` | three passes over the numbers, two arrays of floats for the moment, then 1 byte a number |
| `quantize_model` | one such step for each `Linear`, and nothing that grows with data |
| … with samples | one forward pass for each sample; layers within a chain within the model run once more for each level |
| forward, weights alone | the products of a `Linear`, and one multiplication a weight to turn the bytes back |
| forward, integers | the same number of products, in integers; one multiplication for each output |

One caution: NumPy hands products of float matrices to a tuned library, and runs those of integer matrices in a plain
loop. So our integers save bytes and not time; hardware and libraries made for them save both.

## Look ahead

Lesson 16 takes weights away instead of shrinking them; a zero weight stays exactly 0 in bytes, so both can be
combined, and 4 times by 2 makes 8. Lesson 19 measures models side by side, and the capstone puts a quantized one
beside its original and asks how much accuracy each megabyte was worth.

## Questions to think about

1. ReLU's outputs are never negative. With the range stretched to hold 0, what is their zero point? What would a
   symmetric range, zero point 0, cost them?
2. With one scale for each column of W, is `inputs @ weights * scale` still right? And with one for each row?
3. 4-bit weights have 16 values. For weights from a normal distribution, what is the rounding error, as a share of the
   deviation, if the range goes to four deviations? Why do such models share a scale among 64 weights only?

## Summary

You have rounded a network to bytes: a step, a place for 0, and integers in between. Models become four times smaller,
the error is half a step at most, and one outlier can spoil it all. Remember the order: choose the range, round,
count what is there.

```
tito module complete 15
```

checks your work, exports it and marks the lesson as done. Lesson 16 asks which weights are needed at all.
"""
