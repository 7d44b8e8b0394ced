"""The calibrated range is noted and never used.

score: 40
lost: {test-quantized-linear: failed}
"""


class QuantizedLinear:
    def forward(self, x):
        y = x @ dequantize_int8(self.q_weight, self.weight_scale, self.weight_zero_point)
        return y if self.bias is None else y + self.bias
