"""The range of the inputs is that of each call.

score: 40
lost: {test-quantized-linear: failed}
"""


class QuantizedLinear:
    def forward(self, x):
        if self.input_range is None:
            y = x @ dequantize_int8(self.q_weight, self.weight_scale, self.weight_zero_point)
        else:
            scale, zero_point = byte_range(x.data)
            inputs = to_bytes(x.data, scale, zero_point).astype(np.int32) - zero_point
            weights = self.q_weight.astype(np.int32) - self.weight_zero_point
            y = Tensor(inputs @ weights * (scale * self.weight_scale))
        return y if self.bias is None else y + self.bias
