"""The bias is added to the last direction.

score: 20
lost: {test-conv2d: failed, test-simple-cnn: error, module-integration: error}
"""


class Conv2d:
    def forward(self, x):
        if len(x.shape) != 4 or x.shape[1] != self.in_channels:
            raise ValueError(f"images have shape (batch, {self.in_channels}, height, width), not {x.shape}")
        y = Conv2dBackward(conv2d, x, self.weight, self.stride, self.padding).apply()
        return y if self.bias is None else y + self.bias
