"""conv2d is called, and nothing recorded.

score: 20
lost: {test-conv2d: failed, test-simple-cnn: failed, module-integration: failed}
"""


class Conv2d:
    def forward(self, x):
        if len(x.shape) != 4 or x.shape[1] != self.in_channels:
            raise ValueError(f"images have shape (batch, {self.in_channels}, height, width), not {x.shape}")
        y = conv2d(x, self.weight, self.stride, self.padding)
        return y if self.bias is None else y + self.bias.reshape(1, self.out_channels, 1, 1)
