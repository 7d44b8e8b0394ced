"""Scales and zero points take no room.

score: 15
lost: {test-quantized-linear: failed, test-compare-sizes: failed, test_module: failed}
"""


class QuantizedLinear:
    def memory_usage(self):
        biases = 0 if self.bias is None else FLOAT_BYTES * self.bias.size
        original, quantized = FLOAT_BYTES * self.q_weight.size + biases, self.q_weight.nbytes + biases
        return {
            "original_bytes": original,
            "quantized_bytes": quantized,
            "compression_ratio": original / quantized,
        }
