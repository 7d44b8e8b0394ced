"""Locked tests of 04_losses, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
# For the last test alone, so these are not exported.
from tinytorch.core.activations import Sigmoid
from tinytorch.core.layers import Linear
import pytest
from tinytorch.core.losses import BinaryCrossEntropyLoss, CrossEntropyLoss, MSELoss, log_softmax


# %% checks
def check_shape(text, got, shape):
    """Check that an answer is a whole Tensor of the given shape, and return its array."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    data = got.data
    assert isinstance(data, np.ndarray), f"{text}: its data must be an array, not {type(data).__name__}"
    assert data.shape == shape, f"{text} has shape {shape}, got {data.shape}"
    assert got.shape == shape, f"{text}: its shape is that of its data, {shape}, got {got.shape}"
    return data


def check_numbers(text, got):
    """Check that an answer is a Tensor of float32 numbers, of whatever shape, and return them."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    data = got.data
    assert isinstance(data, np.ndarray), f"{text}: its data must be an array, not {type(data).__name__}"
    assert data.dtype == np.float32, f"{text} is float32, got {data.dtype}"
    assert data.size > 0, f"{text} holds at least one number, got {data}"
    assert np.all(np.isfinite(data)), f"{text} is finite, got {data}"
    return data


def check_tensor(text, got, expected, rtol=0, atol=0):
    """Compare an answer with the numbers that it must hold: first the shape, then every one of them."""
    expected = np.asarray(expected)
    data = check_shape(text, got, expected.shape)
    assert np.allclose(data, expected, rtol=rtol, atol=atol), f"{text} is {expected}, got {data}"


# %% test_log_softmax
@pytest.mark.criterion("test_log_softmax", points=10)
def test_unit_log_softmax():
    """log_softmax gives the logarithms of probabilities along any dimension, for scores of any size."""
    y, expected = log_softmax(Tensor([1.0, 2.0, 3.0])), [-2.407606, -1.407606, -0.407606]
    check_tensor("log_softmax([1, 2, 3])", y, expected, atol=1e-5)
    assert y.data.dtype == np.float32, f"log_softmax gives float32, got {y.data.dtype}"

    values = np.random.default_rng(1).normal(size=(2, 3, 4)) * 3
    x = Tensor(values.copy())
    cases = {f"dim={dim}": (log_softmax(x, dim=dim), dim) for dim in (0, 1, 2, -1)} | {"no dim": (log_softmax(x), -1)}
    for text, (y, dim) in cases.items():
        wanted = values - np.log(np.exp(values).sum(axis=dim, keepdims=True))
        check_tensor(f"log_softmax with {text}", y, wanted, atol=1e-5)
    check_tensor("log_softmax must not change its input, which", x, values.astype(np.float32))

    far = {
        (1000.0, 1001.0, 1002.0): expected,
        (-1000.0, 0.0): [-1000.0, 0.0],
        (5000.0, -5000.0): [0.0, -10000.0],
    }
    for scores, wanted in far.items():
        check_tensor(f"log_softmax({list(scores)})", log_softmax(Tensor(scores)), wanted, rtol=1e-6, atol=1e-4)
    rows = log_softmax(Tensor([[0.0, 0.0], [1000.0, 1000.0]]))
    check_tensor("log_softmax of rows of 0 and 1000, -log 2,", rows, np.full((2, 2), -0.693147), atol=1e-4)


# %% test_mse_loss
@pytest.mark.criterion("test_mse_loss", points=10)
def test_unit_mse_loss():
    """MSELoss gives the mean of the squared differences as one number and refuses shapes that differ."""
    loss, random = MSELoss(), np.random.default_rng(2)
    for shape in ((5,), (4, 3), (6, 1), (2, 3, 4)):
        predicted, true = random.normal(size=shape), random.normal(size=shape) * 2
        predictions, targets = Tensor(predicted.copy()), Tensor(true.copy())
        wanted = np.mean((predicted - true) ** 2)
        for text, got in (("loss(p, t)", loss(predictions, targets)), ("forward", loss.forward(predictions, targets))):
            check_tensor(f"{text} of {predicted}, {true}", got, wanted, rtol=1e-5, atol=1e-7)
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
        check_tensor("MSELoss must not change the predictions, which", predictions, predicted.astype(np.float32))
        check_tensor("MSELoss must not change the targets, which", targets, true.astype(np.float32))
    check_tensor("the loss of [1, -2] for [1, -2]", loss(Tensor([1.0, -2.0]), Tensor([1.0, -2.0])), 0.0)
    for left, right in (((4, 1), (4,)), ((4,), (4, 1)), ((2, 3), (3,)), ((3,), ()), ((4,), (3,))):
        try:
            got = loss.forward(Tensor(np.ones(left)), Tensor(np.ones(right)))
        except ValueError:
            continue
        raise AssertionError(f"predictions of shape {left} and targets of shape {right}: ValueError, not {got}")


# %% test_cross_entropy_loss
@pytest.mark.criterion("test_cross_entropy_loss", points=10)
def test_unit_cross_entropy_loss():
    """CrossEntropyLoss gives the mean surprise at the true classes, for scores of any size."""
    loss, random = CrossEntropyLoss(), np.random.default_rng(3)
    for classes, true in ((3, (2, 0, 1, 2)), (5, (3,)), (2, (0, 1, 1, 0, 1, 0, 0))):
        scores = random.normal(size=(len(true), classes)) * 3
        logits, targets = Tensor(scores.copy()), Tensor(true)
        wanted = np.mean([np.log(np.exp(row).sum()) - row[each] for row, each in zip(scores, true, strict=True)])
        for text, got in (("loss(x, t)", loss(logits, targets)), ("forward", loss.forward(logits, targets))):
            check_tensor(f"{text} of {scores}, {true}", got, wanted, rtol=1e-5, atol=1e-5)
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
        check_tensor("CrossEntropyLoss must not change the logits, which", logits, scores.astype(np.float32))
        check_tensor("CrossEntropyLoss must not change the targets, which", targets, true)

    sure = loss(Tensor([[10.0, 0.0, 0.0], [0.0, 0.0, 10.0]]), Tensor([0, 2]))
    check_tensor("the loss of a model that is right and sure", sure, np.log(1 + 2 * np.exp(-10)), atol=1e-5)
    assert sure.data < 0.01, f"a model that is right and sure has a loss below 0.01, got {sure.data}"
    equal = loss(Tensor(np.full((4, 5), 2.5)), Tensor([0, 1, 2, 4]))
    check_tensor("the loss of equal scores of 5 classes, log 5,", equal, np.log(5), rtol=1e-5)
    for target, wanted in ((0, 0.0), (1, 1000.0)):
        got = loss(Tensor([[1000.0, 0.0]]), Tensor([target]))
        check_tensor(f"the loss of scores [1000, 0] and class {target}", got, wanted, rtol=1e-6, atol=1e-6)

    shapes = (((3, 4), [0, 1]), ((3, 4), np.eye(3, 4)), ((4,), 1), ((2,), [0, 1]), ((2, 3, 4), [0, 1]))
    for shape, classes in (*shapes, ((2, 4), [0, -1]), ((2, 4), [0, 4])):
        targets = np.array(classes).tolist()
        try:
            got = loss.forward(Tensor(np.ones(shape)), Tensor(classes))
        except ValueError:
            continue
        raise AssertionError(f"logits of shape {shape} and targets {targets}: ValueError, not {got}")


# %% test_binary_cross_entropy_loss
@pytest.mark.criterion("test_binary_cross_entropy_loss", points=10)
def test_unit_binary_cross_entropy_loss():
    """BinaryCrossEntropyLoss gives the mean surprise at yes and no, and survives probabilities of 0 and 1."""
    loss, random = BinaryCrossEntropyLoss(), np.random.default_rng(4)
    for shape in ((5,), (4, 3), (6, 1), (2, 3, 4)):
        p, y = random.uniform(0.02, 0.98, size=shape), random.integers(2, size=shape)
        predictions, targets = Tensor(p.copy()), Tensor(y.copy())
        wanted = -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))
        for text, got in (("loss(p, y)", loss(predictions, targets)), ("forward", loss.forward(predictions, targets))):
            check_tensor(f"{text} of {p}, {y}", got, wanted, rtol=1e-4, atol=1e-5)
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
        check_tensor("the loss must not change the predictions, which", predictions, p.astype(np.float32))
        check_tensor("the loss must not change the targets, which", targets, y)

    extreme = Tensor([0.0, 1.0])
    check_tensor("the loss of 0 and 1 where they are right", loss(extreme, Tensor([0, 1])), 0.0, atol=1e-4)
    check_tensor("clipping must not change the predictions, which", extreme, [0, 1])
    for p, y in ((0.0, 1), (1.0, 0)):
        got = loss(Tensor([p]), Tensor([y]))
        check_tensor(f"the loss of a probability of {p} where the answer is {y}, about 16,", got, 16.0, atol=1.0)

    for left, right in (((4, 1), (4,)), ((2, 3), (3,)), ((4,), (3,))):
        try:
            got = loss.forward(Tensor(np.full(left, 0.5)), Tensor(np.ones(right)))
        except ValueError:
            continue
        raise AssertionError(f"predictions of shape {left} and targets of shape {right}: ValueError, not {got}")


# %% test_module
@pytest.mark.criterion("test_module", points=20)
def test_module():
    """Losses tell better predictions from worse ones and stand at the end of a network."""
    test_unit_log_softmax()
    test_unit_mse_loss()
    test_unit_cross_entropy_loss()
    test_unit_binary_cross_entropy_loss()

    ways = {
        "MSELoss": (MSELoss(), np.array([[4.0], [-2.0]]), np.array([[1.0], [0.5]]), Tensor([[1.0], [0.5]])),
        "CrossEntropyLoss": (CrossEntropyLoss(), np.array([[0, 2.0], [1, 0.5]]), np.array([[3, 0], [-1, 2.0]]), Tensor([0, 1])),
        "BinaryCrossEntropyLoss": (BinaryCrossEntropyLoss(), np.array([0.2, 0.6]), np.array([0.9, 0.1]), Tensor([1, 0])),
    }
    for name, (loss, worst, best, targets) in ways.items():
        falling = []
        for step in (0, 0.25, 0.5, 0.75, 1):
            data = check_numbers(name, loss.forward(Tensor(worst + step * (best - worst)), targets))
            falling.append(float(data.sum()))
        assert np.all(np.diff(falling) < 0), f"{name} falls as predictions come nearer to the targets, got {falling}"

    random = np.random.default_rng(5)
    x, classes, answers = Tensor(random.normal(size=(6, 4))), Tensor([0, 1, 2, 2, 1, 0]), Tensor([[0], [1], [1], [0], [1], [0]])
    scores = Linear(4, 3).forward(x)
    probabilities = Sigmoid().forward(Linear(4, 1).forward(x))
    for name, loss, predictions, targets in (
        ("MSELoss", MSELoss(), probabilities, answers),
        ("CrossEntropyLoss", CrossEntropyLoss(), scores, classes),
        ("BinaryCrossEntropyLoss", BinaryCrossEntropyLoss(), probabilities, answers),
    ):
        check_numbers(f"{name} of a network's outputs", loss.forward(predictions, targets))
