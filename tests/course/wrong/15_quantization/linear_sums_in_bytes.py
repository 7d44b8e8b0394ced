"""Products and sums stay in 16 bits.

score: 40
lost: {test-quantized-linear: failed}
"""


class QuantizedLinear:
    def forward(self, x):
        if self.input_range is None:
            y = x @ dequantize_int8(self.q_weight, self.weight_scale, self.weight_zero_point)
        else:
            scale, zero_point = self.input_range
            inputs = to_bytes(x.data, scale, zero_point).astype(np.int16) - np.int16(zero_point)
            weights = self.q_weight.astype(np.int16) - np.int16(self.weight_zero_point)
            y = Tensor(inputs @ weights * (scale * self.weight_scale))
        return y if self.bias is None else y + self.bias
