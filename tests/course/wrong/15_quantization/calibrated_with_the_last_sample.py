"""Each sample replaces the range of the one before.

score: 40
lost: {test-quantized-linear: failed}
"""


class QuantizedLinear:
    def calibrate(self, samples):
        for each in samples:
            self.input_range = byte_range(each.data)
