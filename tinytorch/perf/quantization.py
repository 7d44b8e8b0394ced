"""perf.quantization: made by `tito export` from 15_quantization/quantization_dev.py; edit that file."""

import numpy as np

from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.tensor import Tensor

__all__ = [
    "FLOAT_BYTES",
    "HIGH",
    "LOW",
    "QuantizedLinear",
    "Quantizer",
    "RANGE_BYTES",
    "after_training",
    "byte_range",
    "compare_model_sizes",
    "dequantize_int8",
    "model_bytes",
    "quantize_int8",
    "quantize_model",
    "to_bytes",
]


# The least and the largest number of a signed byte.
LOW, HIGH = -128, 127
# Bytes of a float32, and of a scale and a zero point, four each.
FLOAT_BYTES, RANGE_BYTES = 4, 8


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
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = (high - low) / (HIGH - LOW) or 1.0
    return scale, round(LOW - low / scale)


def to_bytes(values, scale, zero_point):
    """
    Round an array of numbers to bytes.

    TODO: return an int8 array: round(values / scale) + zero_point, and where that is no byte, the nearest one.

    EXAMPLE:
    >>> to_bytes(np.array([0.0, 0.4, -0.6, 900.0]), 0.1, 7).tolist()
    [7, 11, 1, 127]

    HINT: clip before you change the dtype. A number that is no byte wraps round: 128 becomes -128.
    """
    return np.clip(np.round(values / scale) + zero_point, LOW, HIGH).astype(np.int8)


def quantize_int8(tensor):
    """
    Turn a Tensor into bytes.

    TODO: return (q, scale, zero_point): the int8 array of the Tensor's shape, and what it was made with.

    EXAMPLE:
    >>> q, scale, zero_point = quantize_int8(Tensor([-1.5, 0, 0.5, 3.2]))
    >>> q.tolist(), round(scale, 6), zero_point
    ([-128, -47, -20, 127], 0.018431, -47)
    """
    scale, zero_point = byte_range(tensor.data)
    return to_bytes(tensor.data, scale, zero_point), scale, zero_point


def dequantize_int8(q, scale, zero_point):
    """
    Turn bytes back into a Tensor of numbers.

    TODO: return a Tensor of (q - zero_point) * scale.

    EXAMPLE:
    >>> dequantize_int8(np.array([-128, -64, 0], dtype=np.int8), 4 / 255, 127).data.round(4)
    array([-4.    , -2.9961, -1.9922], dtype=float32)

    HINT: q.astype(...) makes a wider array before anything is subtracted.
    """
    return Tensor((q.astype(np.float32) - zero_point) * scale)


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
        self.q_weight, self.weight_scale, self.weight_zero_point = quantize_int8(linear.weight)
        self.bias = None if linear.bias is None else Tensor(linear.bias)
        self.input_range = None

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
        self.input_range = byte_range(np.concatenate([each.data.ravel() for each in samples]))

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
        if self.input_range is None:
            y = x @ dequantize_int8(self.q_weight, self.weight_scale, self.weight_zero_point)
        else:
            scale, zero_point = self.input_range
            inputs = to_bytes(x.data, scale, zero_point).astype(np.int32) - zero_point
            weights = self.q_weight.astype(np.int32) - self.weight_zero_point
            y = Tensor(inputs @ weights * (scale * self.weight_scale))
        return y if self.bias is None else y + self.bias

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
        biases = 0 if self.bias is None else FLOAT_BYTES * self.bias.size
        ranges = RANGE_BYTES if self.input_range is None else 2 * RANGE_BYTES
        original, quantized = FLOAT_BYTES * self.q_weight.size + biases, self.q_weight.nbytes + biases + ranges
        return {
            "original_bytes": original,
            "quantized_bytes": quantized,
            "compression_ratio": original / quantized,
        }


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
    if isinstance(model, QuantizedLinear):
        return model.memory_usage()["quantized_bytes"]
    if isinstance(model, Sequential):
        return sum(model_bytes(layer) for layer in model.layers)
    return FLOAT_BYTES * sum(each.size for each in model.parameters()) if isinstance(model, Layer) else 0


def compare_model_sizes(original, quantized):
    """
    Compare two models.

    TODO: return a dict of original_bytes, quantized_bytes, saved_bytes and compression_ratio.

    EXAMPLE:
    >>> linear = Linear(10, 5)
    >>> compare_model_sizes(linear, QuantizedLinear(linear))["saved_bytes"]
    142
    """
    before, after = model_bytes(original), model_bytes(quantized)
    return {
        "original_bytes": before,
        "quantized_bytes": after,
        "saved_bytes": before - after,
        "compression_ratio": before / after,
    }


class Quantizer:
    """The functions of this lesson under one name, for those who import one. Given."""

    quantize_int8 = staticmethod(quantize_int8)
    dequantize_int8 = staticmethod(dequantize_int8)
    quantize_model = staticmethod(quantize_model)
    compare_models = staticmethod(compare_model_sizes)
