"""Only the first sample is looked at.

score: 15
lost: {test-quantized-linear: failed, test-quantize-model: failed, test_module: failed}
"""


class QuantizedLinear:
    def calibrate(self, samples):
        self.input_range = byte_range(samples[0].data)
