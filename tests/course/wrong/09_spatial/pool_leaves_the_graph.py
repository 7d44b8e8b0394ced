"""Pooling is computed and not recorded.

score: 25
lost: {test-pooling: error, test-simple-cnn: error, module-integration: failed}
"""


class MaxPool2d:
    def forward(self, x):
        return max_pool2d(x, self.kernel_size, self.stride, self.padding)
