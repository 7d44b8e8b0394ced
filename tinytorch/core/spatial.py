"""core.spatial: made by `tito export` from 09_spatial/spatial_dev.py; edit that file."""

import numpy as np

from tinytorch.core.activations import ReLU
from tinytorch.core.autograd import Function
from tinytorch.core.layers import Layer
from tinytorch.core.tensor import Tensor

__all__ = [
    "AvgPool2d",
    "AvgPool2dBackward",
    "BatchNorm2d",
    "Conv2d",
    "Conv2dBackward",
    "MaxPool2d",
    "MaxPool2dBackward",
    "Normalize2dBackward",
    "SimpleCNN",
    "avg_pool2d",
    "channel_mean",
    "conv2d",
    "fold",
    "max_pool2d",
    "normalize2d",
    "pair",
    "windows",
]


def pair(value):
    """Return (value, value) for a number, and a pair as it is."""
    return tuple(value) if isinstance(value, tuple | list) else (value, value)


def windows(x, kernel, stride, padding=0, fill=0.0):
    """Return all windows of an array (B, C, H, W), as a view of shape (B, C, rows, columns, kh, kw)."""
    if x.ndim != 4:
        raise ValueError(f"images have shape (batch, channels, height, width), not {x.shape}")
    (down, right), (above, beside) = pair(stride), pair(padding)
    padded = np.pad(x, ((0, 0), (0, 0), (above, above), (beside, beside)), constant_values=fill)
    return np.lib.stride_tricks.sliding_window_view(padded, pair(kernel), axis=(2, 3))[:, :, ::down, ::right]


def fold(parts, shape, stride, padding=0):
    """Add windows up where they came from, and return an array of the given shape: the way back of windows."""
    (down, right), (above, beside) = pair(stride), pair(padding)
    batch, channels, height, width = shape
    whole = np.zeros((batch, channels, height + 2 * above, width + 2 * beside), parts.dtype)
    rows, columns, high, wide = parts.shape[2:]
    for i, j in np.ndindex(high, wide):
        whole[:, :, i : i + down * rows : down, j : j + right * columns : right] += parts[..., i, j]
    return whole[:, :, above : above + height, beside : beside + width]


def conv2d(x, weight, stride, padding):
    """
    Slide kernels over images.

    TODO: return a Tensor (B, out, rows, columns) for the Tensors x (B, in, H, W) and weight (out, in, kh, kw).

    APPROACH:
    1. Get all windows of x.data: (B, in, rows, columns, kh, kw). A kernel's size is weight.shape[2:].
    2. Multiply each window with each kernel, number by number, and sum over in, kh and kw.

    EXAMPLE:
    >>> x = Tensor(np.arange(16).reshape(1, 1, 4, 4))
    >>> conv2d(x, Tensor(np.ones((1, 1, 2, 2))), stride=1, padding=0).data[0, 0].tolist()
    [[10.0, 14.0, 18.0], [26.0, 30.0, 34.0], [42.0, 46.0, 50.0]]

    HINT: np.einsum names directions by letters, and sums over those that the result does not name. With
    optimize=True it makes one matrix product of it.
    """
    parts = windows(x.data, weight.shape[2:], stride, padding)
    return Tensor(np.einsum("bcijkl,ockl->boij", parts, weight.data, optimize=True))


class Conv2dBackward(Function):
    """conv2d(x, weight, stride, padding)"""

    @staticmethod
    def backward(gradient, x, weight, stride, padding):
        """
        Hand the gradient of a convolution back.

        TODO: return the gradients of x and weight, which are arrays here, in their shapes.

        APPROACH:
        1. A kernel met every window: sum the windows, each times the gradient of the number that it gave, over the
           batch and all places.
        2. A window met every kernel: sum the kernels, each times that gradient, over out. That is (B, in, rows,
           columns, kh, kw), and fold adds it up where the windows came from.

        EXAMPLE:
        >>> x, weight = np.arange(16.0).reshape(1, 1, 4, 4), np.ones((1, 1, 2, 2))
        >>> slopes = Conv2dBackward.backward(np.ones((1, 1, 3, 3)), x, weight, 1, 0)
        >>> slopes[0][0, 0].tolist()
        [[1.0, 2.0, 2.0, 1.0], [2.0, 4.0, 4.0, 2.0], [2.0, 4.0, 4.0, 2.0], [1.0, 2.0, 2.0, 1.0]]
        >>> slopes[1][0, 0].tolist()
        [[45.0, 54.0], [81.0, 90.0]]

        HINT: the same letters as in conv2d, in another order.
        """
        parts = windows(x, weight.shape[2:], stride, padding)
        slopes = np.einsum("boij,ockl->bcijkl", gradient, weight, optimize=True)
        return fold(slopes, x.shape, stride, padding), np.einsum("boij,bcijkl->ockl", gradient, parts, optimize=True)


class Conv2d(Layer):
    """A layer of kernels that slide over images."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, bias=True):
        """
        Make the kernels and the bias.

        TODO: set in_channels, out_channels, kernel_size, stride, padding, weight and bias.

        APPROACH:
        1. Store the arguments; kernel_size always as a pair (kh, kw).
        2. Draw the weight, of shape (out, in, kh, kw), from a normal distribution with mean 0 and standard deviation
           sqrt(2 / (in · kh · kw)).
        3. Make the bias: zeros of shape (out,), or None where bias is False.
        4. Both are Tensors with requires_grad=True.

        EXAMPLE:
        >>> Conv2d(3, 16, 5).weight.shape
        (16, 3, 5, 5)
        >>> Conv2d(3, 16, (1, 5)).kernel_size
        (1, 5)

        HINT: pair, given above.
        """
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = pair(kernel_size)
        self.stride = stride
        self.padding = padding
        shape = (out_channels, in_channels, *self.kernel_size)
        deviation = np.sqrt(2 / np.prod(shape[1:]))
        self.weight = Tensor(np.random.normal(0, deviation, shape), requires_grad=True)
        self.bias = Tensor(np.zeros(out_channels), requires_grad=True) if bias else None

    def forward(self, x):
        """
        Slide the kernels over x, and add each one's bias.

        TODO: return a Tensor (B, out, rows, columns) for x of shape (B, in, H, W).

        APPROACH:
        1. Refuse with a ValueError: x that has not four directions, and channels that are not in_channels.
        2. Apply a Conv2dBackward made of conv2d and its four arguments.
        3. Add the bias where there is one, to every place of its channel.

        EXAMPLE:
        >>> Conv2d(3, 16, 3, padding=1).forward(Tensor(np.zeros((2, 3, 8, 8)))).shape
        (2, 16, 8, 8)

        HINT: Function(forward, *args).apply() of module 05. A bias of shape (1, out, 1, 1) broadcasts, and reshape is
        recorded.
        """
        if len(x.shape) != 4 or x.shape[1] != self.in_channels:
            raise ValueError(f"images have shape (batch, {self.in_channels}, height, width), not {x.shape}")
        y = Conv2dBackward(conv2d, x, self.weight, self.stride, self.padding).apply()
        return y if self.bias is None else y + self.bias.reshape(1, self.out_channels, 1, 1)

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return [weight, bias], or [weight] where there is no bias.

        EXAMPLE:
        >>> [p.shape for p in Conv2d(3, 16, 3).parameters()]
        [(16, 3, 3, 3), (16,)]
        """
        return [self.weight] if self.bias is None else [self.weight, self.bias]


def max_pool2d(x, kernel, stride, padding):
    """
    Take the largest number of each window.

    TODO: return a Tensor (B, C, rows, columns) for a Tensor x (B, C, H, W).

    APPROACH:
    1. Get all windows of x.data. What is put around the image must never be the largest: fill with -np.inf.
    2. Take the maximum over the last two directions.

    EXAMPLE:
    >>> x = Tensor(np.arange(1, 17).reshape(1, 1, 4, 4))
    >>> max_pool2d(x, 2, 2, 0).data[0, 0].tolist()
    [[6.0, 8.0], [14.0, 16.0]]

    HINT: max takes a tuple of axes.
    """
    return Tensor(windows(x.data, kernel, stride, padding, fill=-np.inf).max(axis=(-2, -1)))


class MaxPool2dBackward(Function):
    """max_pool2d(x, kernel, stride, padding)"""

    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        """
        Hand each gradient to the largest number of its window.

        TODO: return the gradient of x; among equal numbers, the first of the window gets it all.

        APPROACH:
        1. Get the windows as forward did, with the last two directions made one.
        2. Make zeros of that shape, and put the gradient where argmax says.
        3. Give them the windows' shape back, and fold.

        EXAMPLE:
        >>> MaxPool2dBackward.backward(np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [2.0, 0.0]]]]), 2, 2, 0).tolist()
        [[[[0.0, 5.0], [0.0, 0.0]]]]

        HINT: np.put_along_axis(zeros, places, values, axis=-1), with places and values that have a last size of 1.
        argmax takes the first of equals.
        """
        parts = windows(x, kernel, stride, padding, fill=-np.inf)
        flat = parts.reshape(*parts.shape[:4], -1)
        slopes = np.zeros_like(flat)
        np.put_along_axis(slopes, flat.argmax(axis=-1)[..., np.newaxis], gradient[..., np.newaxis], axis=-1)
        return fold(slopes.reshape(parts.shape), x.shape, stride, padding)


def avg_pool2d(x, kernel, stride, padding):
    """
    Take the mean of each window.

    TODO: return a Tensor (B, C, rows, columns) for a Tensor x (B, C, H, W). Around the image there are zeros, and they
    count.

    EXAMPLE:
    >>> x = Tensor(np.arange(1, 17).reshape(1, 1, 4, 4))
    >>> avg_pool2d(x, 2, 2, 0).data[0, 0].tolist()
    [[3.5, 5.5], [11.5, 13.5]]
    """
    return Tensor(windows(x.data, kernel, stride, padding).mean(axis=(-2, -1)))


class AvgPool2dBackward(Function):
    """avg_pool2d(x, kernel, stride, padding)"""

    @staticmethod
    def backward(gradient, x, kernel, stride, padding):
        """
        Share each gradient out among its window.

        TODO: return the gradient of x.

        EXAMPLE:
        >>> AvgPool2dBackward.backward(np.array([[[[6.0]]]]), np.ones((1, 1, 2, 3)), (2, 3), 1, 0).tolist()
        [[[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]]]

        HINT: the windows' shape is (*gradient.shape, kh, kw). np.broadcast_to repeats without copying.
        """
        high, wide = pair(kernel)
        share = gradient[..., np.newaxis, np.newaxis] / (high * wide)
        return fold(np.broadcast_to(share, (*gradient.shape, high, wide)), x.shape, stride, padding)


class MaxPool2d(Layer):
    """The largest number of each window."""

    def __init__(self, kernel_size, stride=None, padding=0):
        """
        Keep how windows are cut.

        TODO: set kernel_size, as a pair, stride and padding. Where stride is None, it is kernel_size: windows lie side
        by side.

        EXAMPLE:
        >>> MaxPool2d(2).kernel_size, MaxPool2d(2).stride, MaxPool2d(3, stride=2).stride
        ((2, 2), (2, 2), 2)
        """
        self.kernel_size = pair(kernel_size)
        self.stride = self.kernel_size if stride is None else stride
        self.padding = padding

    def forward(self, x):
        """
        Pool x.

        TODO: apply a MaxPool2dBackward made of max_pool2d and its four arguments.

        EXAMPLE:
        >>> MaxPool2d(2).forward(Tensor(np.zeros((2, 3, 8, 8)))).shape
        (2, 3, 4, 4)
        """
        return MaxPool2dBackward(max_pool2d, x, self.kernel_size, self.stride, self.padding).apply()


class AvgPool2d(Layer):
    """The mean of each window."""

    def __init__(self, kernel_size, stride=None, padding=0):
        """TODO: set kernel_size, stride and padding, as MaxPool2d does."""
        self.kernel_size = pair(kernel_size)
        self.stride = self.kernel_size if stride is None else stride
        self.padding = padding

    def forward(self, x):
        """TODO: apply an AvgPool2dBackward made of avg_pool2d and its four arguments."""
        return AvgPool2dBackward(avg_pool2d, x, self.kernel_size, self.stride, self.padding).apply()


def channel_mean(x):
    """
    Take the mean of each channel, over the batch and all places.

    TODO: return an array of shape (1, C, 1, 1) for an array x (B, C, H, W).

    EXAMPLE:
    >>> channel_mean(np.array([[[[1.0, 3.0]], [[10.0, 30.0]]]])).tolist()
    [[[[2.0]], [[20.0]]]]

    HINT: mean takes a tuple of axes, and keepdims=True.
    """
    return x.mean(axis=(0, 2, 3), keepdims=True)


def normalize2d(x, eps):
    """
    Give each channel mean 0 and variance 1, over the batch and all places.

    TODO: return the Tensor (x - mean) / sqrt(variance + eps), for a Tensor x (B, C, H, W).

    EXAMPLE:
    >>> normalize2d(Tensor([[[[1, 3]], [[10, 30]]]]), 0.0).data.tolist()
    [[[[-1.0, 1.0]], [[-1.0, 1.0]]]]

    HINT: the variance is the mean of the squares of x - mean.
    """
    centred = x.data - channel_mean(x.data)
    return Tensor(centred / np.sqrt(channel_mean(centred**2) + eps))


class Normalize2dBackward(Function):
    """normalize2d(x, eps)"""

    @staticmethod
    def backward(gradient, x, eps):
        """
        Hand the gradient of a normalized batch back.

        TODO: return the gradient of x.

        APPROACH:
        1. Compute y, the normalized x, again, and the deviation that x was divided by.
        2. From the gradient g take its mean, and y times the mean of g · y, channel by channel; divide by the
           deviation.

        EXAMPLE:
        >>> x = np.array([[[[1.0, 3.0, 5.0]]]])
        >>> Normalize2dBackward.backward(np.array([[[[1.0, 1.0, 1.0]]]]), x, 0.0).tolist()
        [[[[0.0, 0.0, 0.0]]]]
        >>> Normalize2dBackward.backward(np.array([[[[0.0, 3.0, 0.0]]]]), x, 0.0).round(4).tolist()
        [[[[-0.6124, 1.2247, -0.6124]]]]
        """
        centred = x - channel_mean(x)
        deviation = np.sqrt(channel_mean(centred**2) + eps)
        y = centred / deviation
        return (gradient - channel_mean(gradient) - y * channel_mean(gradient * y)) / deviation


class BatchNorm2d(Layer):
    """Channels of mean 0 and variance 1, scaled and shifted as training sees fit."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        """
        Make scale, shift and what is remembered.

        TODO: set num_features, eps, momentum, gamma, beta, running_mean and running_var.

        APPROACH:
        1. Store the arguments.
        2. gamma is a Tensor of num_features ones and beta one of zeros, both with requires_grad=True.
        3. running_mean is a Tensor of zeros and running_var one of ones, without.

        EXAMPLE:
        >>> BatchNorm2d(2).gamma.data.tolist(), BatchNorm2d(2).running_mean.data.tolist()
        ([1.0, 1.0], [0.0, 0.0])
        """
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.gamma = Tensor(np.ones(num_features), requires_grad=True)
        self.beta = Tensor(np.zeros(num_features), requires_grad=True)
        self.running_mean = Tensor(np.zeros(num_features))
        self.running_var = Tensor(np.ones(num_features))

    def forward(self, x, training=True):
        """
        Normalize x: by its own mean and variance while training, by what is remembered otherwise.

        TODO: return gamma · normalized x + beta, channel by channel, for x of shape (B, num_features, H, W).

        APPROACH:
        1. Refuse with a ValueError: x that has not four directions, and channels that are not num_features.
        2. While training: apply a Normalize2dBackward made of normalize2d and its arguments. Then move running_mean
           and running_var towards the batch's: (1 - momentum) · old + momentum · new, as new Tensors.
        3. Otherwise: subtract running_mean and divide by the root of running_var + eps. Change nothing.
        4. Multiply with gamma and add beta.

        EXAMPLE:
        >>> norm = BatchNorm2d(1)
        >>> norm.forward(Tensor([[[[1, 3]]]])).data.round(3).tolist()
        [[[[-1.0, 1.0]]]]
        >>> norm.running_mean.data.round(3).tolist(), norm.running_var.data.round(3).tolist()
        ([0.20000000298023224], [1.0])
        >>> norm.forward(Tensor([[[[1, 3]]]]), training=False).data.round(3).tolist()
        [[[[0.800000011920929, 2.799999952316284]]]]

        HINT: all four hold a number for each channel; reshape(1, num_features, 1, 1) lets them broadcast.
        """
        if len(x.shape) != 4 or x.shape[1] != self.num_features:
            raise ValueError(f"images have shape (batch, {self.num_features}, height, width), not {x.shape}")
        shape = (1, self.num_features, 1, 1)
        if training:
            y = Normalize2dBackward(normalize2d, x, self.eps).apply()
            mean = channel_mean(x.data)
            variance = channel_mean((x.data - mean) ** 2)
            old, new = 1 - self.momentum, self.momentum
            self.running_mean = Tensor(old * self.running_mean.data + new * mean.reshape(-1))
            self.running_var = Tensor(old * self.running_var.data + new * variance.reshape(-1))
        else:
            deviation = Tensor(np.sqrt(self.running_var.data + self.eps))
            y = (x - self.running_mean.reshape(shape)) / deviation.reshape(shape)
        return y * self.gamma.reshape(shape) + self.beta.reshape(shape)

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return [gamma, beta]. What is remembered is measured, not trained.

        EXAMPLE:
        >>> [p.shape for p in BatchNorm2d(8).parameters()]
        [(8,), (8,)]
        """
        return [self.gamma, self.beta]


class SimpleCNN(Layer):
    """Two rounds of convolution, ReLU and pooling: from a colour image to a row of features."""

    def __init__(self, num_classes=10):
        """
        Make the layers.

        TODO: set num_classes, conv1, conv2, relu and pool.

        APPROACH:
        1. Store num_classes, for the layer that somebody will put behind this one.
        2. conv1 takes 3 channels to 16 and conv2 takes 16 to 32, both with 3×3 kernels and a padding of 1, which keeps
           height and width.
        3. pool takes the maximum of 2×2.

        EXAMPLE:
        >>> sum(p.size for p in SimpleCNN().parameters())
        5088
        """
        self.num_classes = num_classes
        self.conv1 = Conv2d(3, 16, 3, padding=1)
        self.conv2 = Conv2d(16, 32, 3, padding=1)
        self.relu = ReLU()
        self.pool = MaxPool2d(2)

    def forward(self, x):
        """
        Compute the features of images.

        TODO: return a Tensor (B, 32 · (H/4) · (W/4)) for x of shape (B, 3, H, W).

        APPROACH:
        1. Convolve, ReLU, pool; and once more with the second convolution.
        2. Make one row of each image.

        EXAMPLE:
        >>> SimpleCNN().forward(Tensor(np.zeros((2, 3, 32, 32)))).shape
        (2, 2048)

        HINT: reshape(len of the batch, -1) is recorded; x.data.reshape is not.
        """
        for conv in (self.conv1, self.conv2):
            x = self.pool(self.relu(conv(x)))
        return x.reshape(x.shape[0], -1)

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return those of conv1 and then those of conv2, in one list.

        EXAMPLE:
        >>> [p.shape for p in SimpleCNN().parameters()]
        [(16, 3, 3, 3), (16,), (32, 16, 3, 3), (32,)]
        """
        return self.conv1.parameters() + self.conv2.parameters()
