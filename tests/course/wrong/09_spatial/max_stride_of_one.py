"""Without a stride, windows move by 1.

score: 40
lost: {test-pooling: failed, test-simple-cnn: failed}
"""


class MaxPool2d:
    def __init__(self, kernel_size, stride=None, padding=0):
        self.kernel_size = pair(kernel_size)
        self.stride = 1 if stride is None else stride
        self.padding = padding
