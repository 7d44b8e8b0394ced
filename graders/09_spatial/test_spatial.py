"""Locked tests of 09_spatial, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.activations import ReLU
from tinytorch.core.tensor import Tensor
# For the last test alone, so they are not exported.
from tinytorch.core.layers import Linear
from tinytorch.core.losses import CrossEntropyLoss
import pytest
from tinytorch.core.spatial import AvgPool2d, BatchNorm2d, Conv2d, MaxPool2d, SimpleCNN


# %% test-conv2d
def check_tensor(text, got, expected, rtol=1e-4, atol=1e-5):
    """Compare a Tensor's shape and numbers with an array's, and tell of the first number that differs."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    numbers, expected = np.asarray(got.data), np.asarray(expected, dtype=np.float64)
    assert numbers.dtype == np.float32, f"{text} holds float32, got {numbers.dtype}"
    assert numbers.shape == expected.shape, f"{text} has shape {expected.shape}, got {numbers.shape}"
    assert got.shape == expected.shape, f"{text}: its shape says {got.shape}, not {expected.shape}"
    off = np.argwhere(~np.isclose(numbers, expected, rtol=rtol, atol=atol)).tolist()
    if off:
        place = tuple(off[0])
        raise AssertionError(f"{text} at {off[0]} is {expected[place]:.6g}, got {numbers[place]:.6g}")


def check_gradients(text, tensors, compute, arrays, gradient):
    """Compare the grads of {name: Tensor} with central differences of compute(*arrays), in float64."""
    for place, (name, tensor) in enumerate(tensors.items()):
        slopes = np.zeros_like(arrays[place])
        for index in np.ndindex(slopes.shape):
            moved = [each.copy() for each in arrays]
            moved[place][index] += 1e-5
            up = compute(*moved)
            moved[place][index] -= 2e-5
            slopes[index] = np.sum(gradient * (up - compute(*moved))) / 2e-5
        assert tensor.grad is not None, f"{text}: no gradient has arrived at the {name}"
        check_tensor(f"{text}: the gradient of the {name}", tensor.grad, slopes, rtol=1e-3, atol=1e-4)


def check_refused(text, layer, x):
    """Make sure that a layer refuses x with a ValueError."""
    try:
        layer.forward(x)
    except ValueError:
        return
    raise AssertionError(f"{text} must raise ValueError")


def places(x, kernel, stride, padding, fill=0.0):
    """Yield what each place of a kernel meets: (i, j, an array of shape (B, C, rows, columns))."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=fill)
    rows, columns = ((size - k) // stride + 1 for size, k in zip(padded.shape[2:], kernel, strict=True))
    for i, j in np.ndindex(*kernel):
        yield i, j, padded[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride]


def convolved(x, weight, bias, stride, padding):
    """Return the convolution in float64, summed place by place of the kernel."""
    met = places(x, weight.shape[2:], stride, padding)
    total = sum(np.tensordot(part, weight[:, :, i, j], axes=(1, 1)) for i, j, part in met)
    return np.moveaxis(total + bias, -1, 1)


@pytest.mark.criterion("test-conv2d", points=15)
def test_unit_conv2d():
    """Conv2d begins with kernels of the right size, slides them as they are, and hands all gradients back."""
    layer, other = Conv2d(16, 100, 3), Conv2d(16, 100, 3)
    assert (layer.in_channels, layer.out_channels) == (16, 100), "Conv2d keeps in_channels and out_channels"
    assert (layer.stride, layer.padding) == (1, 0), "Conv2d has stride 1 and padding 0 unless it is told otherwise"
    for size, expected in ((3, (3, 3)), ((2, 5), (2, 5))):
        made = Conv2d(4, 6, size)
        kept, shape = made.kernel_size, made.weight.data.shape
        assert kept == expected, f"Conv2d(4, 6, {size}).kernel_size is the pair {expected}, got {kept}"
        assert shape == (6, 4, *expected), f"Conv2d(4, 6, {size}).weight has shape {(6, 4, *expected)}, got {shape}"
    weight, deviation = layer.weight.data, (2 / 144) ** 0.5
    assert weight.shape == (100, 16, 3, 3), f"Conv2d(16, 100, 3).weight has shape (100, 16, 3, 3), got {weight.shape}"
    mean, got = weight.mean(), weight.std()
    assert abs(mean) < 0.05 * deviation, f"weights have mean 0, got {mean}"
    assert abs(got / deviation - 1) < 0.05, f"weights have standard deviation sqrt(2/144) = {deviation}, got {got}"
    different = np.unique(weight).size
    assert different > 14_000, f"each of 14,400 weights is drawn by itself, got {different} different ones"
    assert not np.array_equal(other.weight.data, weight), "two layers begin with different weights"
    check_tensor("the bias to begin with", layer.bias, np.zeros(100))
    parameters, alone = layer.parameters(), Conv2d(2, 3, 3, bias=False)
    assert len(parameters) == 2, f"parameters() lists weight and bias, got {len(parameters)} of them"
    for name, tensor, listed in zip(("weight", "bias"), (layer.weight, layer.bias), parameters, strict=True):
        assert tensor.requires_grad is True, f"the {name} has requires_grad=True, got {tensor.requires_grad}"
        assert listed is tensor, f"parameters() lists the layer's own {name}, weight first"
    assert alone.bias is None, "Conv2d(2, 3, 3, bias=False) has None as its bias"
    assert len(alone.parameters()) == 1, f"without a bias there is one parameter, got {len(alone.parameters())}"

    known = Conv2d(1, 1, 2)
    image = np.arange(16).reshape(1, 1, 4, 4)
    for kernel, expected in (
        ([[1, 1], [1, 1]], [[10, 14, 18], [26, 30, 34], [42, 46, 50]]),
        ([[1, 2], [3, 4]], [[34, 44, 54], [74, 84, 94], [114, 124, 134]]),
    ):
        known.weight = Tensor([[kernel]])
        check_tensor(f"0 … 15 as 4×4 with kernel {kernel}", known(Tensor(image)), [[expected]])

    random = np.random.default_rng(1)
    cases = (
        ((2, 2, 4, 3), 3, 3, 1, 0, True),
        ((1, 2, 4, 5), 2, (2, 3), 1, 1, True),
        ((2, 1, 5, 4), 3, 3, 2, 1, False),
        ((1, 3, 5, 5), 2, 2, 3, 0, True),
        ((2, 3, 3, 2), 2, 1, 1, 0, True),
        ((1, 1, 3, 4), 1, (3, 1), 2, 2, False),
    )
    for shape, out, kernel, stride, padding, bias in cases:
        layer = Conv2d(shape[1], out, kernel, stride, padding, bias)
        size = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        arrays = [random.normal(size=shape), random.normal(size=(out, shape[1], *size)), random.normal(size=out)]
        arrays = arrays if bias else arrays[:2]

        def compute(x, weight, constant=0.0, stride=stride, padding=padding):
            return convolved(x, weight, constant, stride, padding)

        text = f"x {shape}, Conv2d({shape[1]}, {out}, {kernel}, stride={stride}, padding={padding})"
        expected = compute(*arrays)
        gradient = random.normal(size=expected.shape)
        x, layer.weight = (Tensor(each.copy(), requires_grad=True) for each in arrays[:2])
        tensors = {"x": x, "weight": layer.weight}
        if bias:
            layer.bias = tensors["bias"] = Tensor(arrays[2].copy(), requires_grad=True)
        y = layer.forward(x)
        check_tensor(text, y, expected)
        check_tensor(f"{text} must not change its input, which", x, arrays[0])
        y.backward(gradient.copy())
        check_gradients(text, tensors, compute, arrays, gradient)

    layer = Conv2d(3, 2, 3)
    for shape in ((3, 8, 8), (3, 3, 8), (8,), (1, 3, 3, 8, 8), (2, 1, 8, 8), (2, 4, 8, 8), (1, 3, 2, 8)):
        check_refused(f"Conv2d(3, 2, 3) of shape {shape}", layer, Tensor(np.ones(shape)))


# %% test-pooling
def pooled(x, kernel, stride, padding, kind):
    """Return the maxima or means of windows in float64."""
    size = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    fill = -np.inf if kind == "max" else 0.0
    parts = np.stack([part for _, _, part in places(x, size, stride, padding, fill)])
    return parts.max(axis=0) if kind == "max" else parts.mean(axis=0)


@pytest.mark.criterion("test-pooling", points=10)
def test_unit_pooling():
    """Pooling takes the largest number or the mean of each window, and hands gradients back to where they belong."""
    known = Tensor(np.arange(1, 17).reshape(1, 1, 4, 4))
    check_tensor("MaxPool2d(2) of 1 … 16", MaxPool2d(2)(known), [[[[6, 8], [14, 16]]]])
    check_tensor("AvgPool2d(2) of 1 … 16", AvgPool2d(2)(known), [[[[3.5, 5.5], [11.5, 13.5]]]])
    check_tensor("MaxPool2d(3, stride=1) of 1 … 16", MaxPool2d(3, stride=1)(known), [[[[11, 12], [15, 16]]]])

    random = np.random.default_rng(2)
    shape = (2, 2, 5, 4)
    # Far from each other, so that none overtakes another while gradients are measured; all of them negative.
    values = -1 - random.permutation(80).reshape(shape) / 10
    for kernel, stride, padding in ((2, None, 0), (3, 2, 1), (2, 1, 0), ((1, 3), 2, 0), (2, 3, 1), (3, None, 0)):
        step = kernel if stride is None else stride
        for kind, make in (("max", MaxPool2d), ("mean", AvgPool2d)):
            text = f"the {kind} of {shape} with kernel {kernel}, stride {stride} and padding {padding}"

            def compute(x, kernel=kernel, step=step, padding=padding, kind=kind):
                return pooled(x, kernel, step, padding, kind)

            expected = compute(values)
            gradient = random.normal(size=expected.shape)
            x = Tensor(values.copy(), requires_grad=True)
            layer = make(kernel, stride, padding)
            y = layer.forward(x)
            check_tensor(text, y, expected)
            y.backward(gradient.copy())
            check_gradients(text, {"x": x}, compute, [values], gradient)
            check_tensor(f"{text} must not change its input, which", x, values)
            assert layer.parameters() == [], f"pooling has no parameters, got {layer.parameters()}"

    oblong = MaxPool2d((1, 2)), AvgPool2d((1, 2))
    for layer, name, expected in zip(oblong, ("max", "mean"), ([2, 4, 6, 8], [1.5, 3.5, 5.5, 7.5]), strict=True):
        y = layer(Tensor(np.arange(1, 9).reshape(1, 1, 2, 4)))
        check_tensor(f"the {name} of 1 … 8 as 2×4 with kernel (1, 2)", y, np.reshape(expected, (1, 1, 2, 2)))
    for tied, expected in (
        ([[7, 7, 7, 7], [7, 7, 7, 7]], [[3, 0, 5, 0], [0, 0, 0, 0]]),
        ([[1, 2, 0, 0], [2, 2, 4, 4]], [[0, 3, 0, 0], [0, 0, 5, 0]]),
    ):
        x = Tensor([[tied]], requires_grad=True)
        MaxPool2d(2)(x).backward([[[[3.0, 5.0]]]])
        assert x.grad is not None, "no gradient has arrived at x"
        check_tensor(f"of equals in {tied}, the first gets the gradient: it", x.grad, [[expected]])
    for shape in ((3, 8, 8), (8, 8), (1, 1, 3, 8, 8)):
        for layer in (MaxPool2d(2), AvgPool2d(2)):
            check_refused(f"pooling of shape {shape}", layer, Tensor(np.ones(shape)))


# %% test-batchnorm2d
def column(numbers):
    """Put a number for each channel into shape (1, C, 1, 1)."""
    return np.reshape(numbers, (1, -1, 1, 1))


def batch_normalized(x, gamma, beta, eps=1e-5):
    """Return a normalized batch in float64."""
    mean, variance = x.mean(axis=(0, 2, 3), keepdims=True), x.var(axis=(0, 2, 3), keepdims=True)
    return column(gamma) * (x - mean) / np.sqrt(variance + eps) + column(beta)


@pytest.mark.criterion("test-batchnorm2d", points=10)
def test_unit_batchnorm2d():
    """BatchNorm2d normalizes by the batch and remembers, or by what it remembers; all gradients come back."""
    norm = BatchNorm2d(3)
    assert (norm.num_features, norm.eps, norm.momentum) == (3, 1e-5, 0.1), "num_features, eps and momentum are kept"
    begin = (("gamma", 1), ("beta", 0), ("running_mean", 0), ("running_var", 1))
    for name, value in begin:
        check_tensor(f"{name} to begin with", getattr(norm, name), np.full(3, value))
    for name, needed in (("gamma", True), ("beta", True), ("running_mean", False), ("running_var", False)):
        got = getattr(norm, name).requires_grad
        assert got is needed, f"{name} has requires_grad={needed}, got {got}"
    parameters = norm.parameters()
    assert len(parameters) == 2, f"parameters() lists gamma and beta, got {len(parameters)} of them"
    assert parameters[0] is norm.gamma, "parameters() lists the layer's own gamma first"
    assert parameters[1] is norm.beta, "parameters() lists the layer's own beta"

    random = np.random.default_rng(3)
    scale, shift = column([1.0, 3.0, 0.5]), column([0.0, -4.0, 10.0])
    batches = [random.normal(size=(2, 3, 2, 3)) * scale + shift for _ in range(3)]
    gamma, beta = np.array([2.0, -1.0, 0.5]), np.array([0.0, 3.0, -1.0])
    for momentum, eps in ((0.1, 1e-5), (0.3, 0.5)):
        norm = BatchNorm2d(3, eps=eps, momentum=momentum)
        mean, variance = np.zeros(3), np.ones(3)
        for number, values in enumerate(batches):
            text = f"batch {number + 1} while training, momentum={momentum}, eps={eps}"

            def compute(x, gamma, beta, eps=eps):
                return batch_normalized(x, gamma, beta, eps)

            expected = compute(values, gamma, beta)
            gradient = random.normal(size=expected.shape)
            mean = (1 - momentum) * mean + momentum * values.mean(axis=(0, 2, 3))
            variance = (1 - momentum) * variance + momentum * values.var(axis=(0, 2, 3))
            x = Tensor(values.copy(), requires_grad=True)
            norm.gamma, norm.beta = Tensor(gamma, requires_grad=True), Tensor(beta, requires_grad=True)
            y = norm.forward(x, training=True) if number else norm(x)
            check_tensor(text, y, expected, rtol=1e-3, atol=1e-4)
            check_tensor(f"{text}: running_mean", norm.running_mean, mean, rtol=1e-3)
            check_tensor(f"{text}: running_var", norm.running_var, variance, rtol=1e-3)
            check_tensor(f"{text}: the input, which must not change,", x, values)
            y.backward(gradient.copy())
            tensors = {"x": x, "gamma": norm.gamma, "beta": norm.beta}
            check_gradients(text, tensors, compute, [values, gamma, beta], gradient)

        values = random.normal(size=(1, 3, 2, 2)) * scale
        text = f"after training, eps={eps}"

        def remembered(x, gamma, beta, mean=mean, variance=variance, eps=eps):
            return column(gamma) * (x - column(mean)) / np.sqrt(column(variance) + eps) + column(beta)

        expected = remembered(values, gamma, beta)
        gradient = random.normal(size=expected.shape)
        x = Tensor(values.copy(), requires_grad=True)
        norm.gamma, norm.beta = Tensor(gamma, requires_grad=True), Tensor(beta, requires_grad=True)
        y = norm(x, training=False)
        check_tensor(text, y, expected, rtol=1e-3, atol=1e-4)
        check_tensor(f"{text}: running_mean stays", norm.running_mean, mean, rtol=1e-3)
        check_tensor(f"{text}: running_var stays", norm.running_var, variance, rtol=1e-3)
        y.backward(gradient.copy())
        tensors = {"x": x, "gamma": norm.gamma, "beta": norm.beta}
        check_gradients(text, tensors, remembered, [values, gamma, beta], gradient)

    check_tensor("a channel of equal numbers", BatchNorm2d(1)(Tensor(np.full((2, 1, 2, 2), 7.0))), np.zeros((2, 1, 2, 2)))
    for shape in ((3, 4, 4), (2, 3), (3,), (1, 3, 2, 4, 4), (2, 4, 4, 4), (2, 1, 4, 4)):
        check_refused(f"BatchNorm2d(3) of shape {shape}", BatchNorm2d(3), Tensor(np.ones(shape)))


# %% test-simple-cnn
def simple_features(x, first, one, second, two):
    """Return the features of images in float64."""
    for weight, bias in ((first, one), (second, two)):
        x = pooled(np.maximum(convolved(x, weight, bias, 1, 1), 0), 2, 2, 0, "max")
    return x.reshape(len(x), -1)


@pytest.mark.criterion("test-simple-cnn", points=10)
def test_unit_simple_cnn():
    """SimpleCNN computes features in two rounds, and gradients arrive at its first kernels."""
    assert SimpleCNN().num_classes == 10, f"num_classes is 10 unless told otherwise, got {SimpleCNN().num_classes}"
    assert SimpleCNN(4).num_classes == 4, f"SimpleCNN(4) keeps num_classes=4, got {SimpleCNN(4).num_classes}"
    model = SimpleCNN()
    shapes = [np.shape(each.data) for each in model.parameters()]
    expected = [(16, 3, 3, 3), (16,), (32, 16, 3, 3), (32,)]
    assert shapes == expected, f"SimpleCNN has parameters of shapes {expected}, got {shapes}"

    random = np.random.default_rng(4)
    arrays = [random.normal(size=shape) * 0.3 for shape in expected]
    model.conv1.weight, model.conv1.bias = (Tensor(each.copy(), requires_grad=True) for each in arrays[:2])
    model.conv2.weight, model.conv2.bias = (Tensor(each.copy(), requires_grad=True) for each in arrays[2:])
    for shape in ((2, 3, 32, 32), (1, 3, 8, 12), (3, 3, 9, 7)):
        images = random.normal(size=shape)
        features = simple_features(images, *arrays)
        check_tensor(f"the features of images {shape}", model(Tensor(images.copy())), features, rtol=1e-3, atol=1e-4)

    images = random.normal(size=(2, 3, 8, 8))
    gradient = random.normal(size=(2, 128))
    x = Tensor(images.copy(), requires_grad=True)
    model(x).backward(gradient.copy())
    tensors = {"x": x, "conv1.weight": model.conv1.weight, "conv1.bias": model.conv1.bias,
               "conv2.weight": model.conv2.weight, "conv2.bias": model.conv2.bias}
    for place, (name, tensor) in enumerate(tensors.items()):
        assert tensor.grad is not None, f"no gradient has arrived at {name}: stay with Tensors all the way"
        slopes = np.asarray(tensor.grad.data)
        given = (images, *arrays)
        assert slopes.shape == given[place].shape, f"{name}'s gradient has shape {given[place].shape}, got {slopes.shape}"
        for index in random.choice(given[place].size, size=8, replace=False):
            moved = [each.copy() for each in given]
            moved[place].flat[index] += 1e-5
            up = simple_features(*moved)
            moved[place].flat[index] -= 2e-5
            expected = np.sum(gradient * (up - simple_features(*moved))) / 2e-5
            got = slopes.flat[index]
            assert np.isclose(got, expected, rtol=1e-3, atol=1e-3), f"{name}: gradient {index} is {expected:.6g}, got {got}"


# %% module-integration
def bars():
    """Return 16 images of 6×6 with a bar of three in some place, lying (class 0) or standing (class 1)."""
    images, classes = np.zeros((16, 1, 6, 6)), np.arange(16) % 2
    for number, standing in enumerate(classes):
        along, across = number % 3, (number * 5 + 1) % 6
        place = (slice(along, along + 3), across) if standing else (across, slice(along, along + 3))
        images[number, 0][place] = 1.0
    return images, classes


@pytest.mark.criterion("module-integration", points=15)
def test_module():
    """Parts of a network for images work together, wherever a thing is in the image, and learn."""
    test_unit_conv2d()
    test_unit_pooling()
    test_unit_batchnorm2d()
    test_unit_simple_cnn()

    random = np.random.default_rng(6)
    conv, norm, relu, pool, last = Conv2d(1, 4, 3), BatchNorm2d(4), ReLU(), MaxPool2d(4), Linear(4, 2)
    kernels = random.normal(size=(4, 1, 3, 3))
    arrays = [kernels / 3, np.zeros(4), np.ones(4), np.zeros(4), random.normal(size=(4, 2)), np.zeros(2)]
    conv.weight = Tensor(kernels.copy())
    image = np.zeros((1, 1, 9, 9))
    image[0, 0, 2:5, 2:5] = random.normal(size=(3, 3))
    moved = np.roll(image, (2, 1), axis=(2, 3))
    expected = convolved(image, kernels, 0.0, 1, 0)
    check_tensor("the convolution of an image", conv(Tensor(image)), expected)
    shifted = np.roll(expected, (2, 1), axis=(2, 3))
    check_tensor("an image moved by (2, 1) gives the result moved by (2, 1): it", conv(Tensor(moved)), shifted)

    images, classes = bars()

    def compute(kernels, bias, gamma, beta, weight, constant):
        found = np.maximum(batch_normalized(convolved(images, kernels, bias, 1, 0), gamma, beta), 0)
        scores = found.max(axis=(2, 3)) @ weight + constant
        scores = scores - scores.max(axis=1, keepdims=True)
        return (np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(16), classes]).mean()

    criterion, targets = CrossEntropyLoss(), Tensor(classes)
    for step in range(31):
        tensors = [Tensor(each, requires_grad=True) for each in arrays]
        conv.weight, conv.bias, norm.gamma, norm.beta, last.weight, last.bias = tensors
        found = pool(relu(norm(conv(Tensor(images)), training=True)))
        scores = last(found.reshape(16, 4))
        loss = criterion(scores, targets)
        check_tensor(f"the loss in step {step}", loss, compute(*arrays), rtol=1e-3, atol=1e-4)
        loss.backward()
        for tensor, name in zip(tensors, ("kernels", "bias", "gamma", "beta", "weight", "constant"), strict=True):
            assert tensor.grad is not None, f"no gradient has arrived at the {name}"
        if step == 0:
            check_gradients("a network for images", {"kernels": tensors[0]}, compute, arrays, 1.0)
        arrays = [each - 0.2 * np.asarray(tensor.grad.data) for each, tensor in zip(arrays, tensors, strict=True)]
    assert loss.data < 0.1, f"after 30 steps the loss is below 0.1, got {loss.data}"
    used = last(pool(relu(norm(conv(Tensor(images)), training=False))).reshape(16, 4))
    chosen = np.asarray(used.data).argmax(axis=1)
    assert np.array_equal(chosen, classes), f"by what it remembers, it tells lying bars from standing ones, got {chosen}"
