"""The layer keeps its floats and computes with them.

score: 20
lost: {test-quantized-linear: failed, test_module: failed}
"""


class QuantizedLinear:
    def __init__(self, linear):
        self.linear = linear
        self.q_weight, self.weight_scale, self.weight_zero_point = quantize_int8(linear.weight)
        self.bias = None if linear.bias is None else Tensor(linear.bias)
        self.input_range = None

    def forward(self, x):
        return self.linear(x)
