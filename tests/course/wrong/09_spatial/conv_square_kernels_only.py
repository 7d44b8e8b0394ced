"""kernel_size must be a number.

score: 45
lost: {test-conv2d: error}
"""


class Conv2d:
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, bias=True):
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = (int(kernel_size), int(kernel_size))
        self.stride = stride
        self.padding = padding
        shape = (out_channels, in_channels, *self.kernel_size)
        deviation = np.sqrt(2 / np.prod(shape[1:]))
        self.weight = Tensor(np.random.normal(0, deviation, shape), requires_grad=True)
        self.bias = Tensor(np.zeros(out_channels), requires_grad=True) if bias else None
