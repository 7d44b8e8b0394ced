"""The bias is scaled with the sum.

score: 20
lost: {test-quantized-linear: failed, test_module: failed}
"""


class QuantizedLinear:
    def forward(self, x):
        if self.input_range is None:
            y = x @ dequantize_int8(self.q_weight, self.weight_scale, self.weight_zero_point)
            return y if self.bias is None else y + self.bias
        scale, zero_point = self.input_range
        inputs = to_bytes(x.data, scale, zero_point).astype(np.int32) - zero_point
        weights = self.q_weight.astype(np.int32) - self.weight_zero_point
        total = inputs @ weights if self.bias is None else inputs @ weights + self.bias.data
        return Tensor(total * (scale * self.weight_scale))
