"""A layer that turns its bytes back by itself, so that a wrong dequantize_int8 is charged to that alone."""


class QuantizedLinear:
    def forward(self, x):
        weights = self.q_weight.astype(np.int32) - self.weight_zero_point
        if self.input_range is None:
            y = x @ Tensor(weights * self.weight_scale)
        else:
            scale, zero_point = self.input_range
            inputs = to_bytes(x.data, scale, zero_point).astype(np.int32) - zero_point
            y = Tensor(inputs @ weights * (scale * self.weight_scale))
        return y if self.bias is None else y + self.bias
