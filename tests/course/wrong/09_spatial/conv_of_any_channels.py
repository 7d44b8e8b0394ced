"""Channels are not checked: one is spread over all kernels.

score: 45
lost: {test-conv2d: failed}
"""


class Conv2d:
    def forward(self, x):
        if len(x.shape) != 4:
            raise ValueError(f"images have shape (batch, {self.in_channels}, height, width), not {x.shape}")
        y = Conv2dBackward(conv2d, x, self.weight, self.stride, self.padding).apply()
        return y if self.bias is None else y + self.bias.reshape(1, self.out_channels, 1, 1)
