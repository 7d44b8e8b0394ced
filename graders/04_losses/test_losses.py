"""Locked tests of 04_losses, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
# For the last test alone, so these are not exported.
from tinytorch.core.activations import Sigmoid
from tinytorch.core.layers import Linear
import pytest
from tinytorch.core.losses import BinaryCrossEntropyLoss, CrossEntropyLoss, MSELoss, log_softmax


# %% test_log_softmax
@pytest.mark.criterion("test_log_softmax", points=10)
def test_unit_log_softmax():
    """log_softmax gives the logarithms of probabilities along any dimension, for scores of any size."""
    y = log_softmax(Tensor([1.0, 2.0, 3.0]))
    assert isinstance(y, Tensor), f"log_softmax(x) must return a Tensor, not {type(y).__name__}"
    expected = np.array([-2.407606, -1.407606, -0.407606])
    assert np.allclose(y.data, expected, rtol=0, atol=1e-5), f"log_softmax([1, 2, 3]) is {expected}, got {y.data}"
    assert y.data.dtype == np.float32, f"log_softmax gives float32, got {y.data.dtype}"

    values = np.random.default_rng(1).normal(size=(2, 3, 4)) * 3
    x = Tensor(values)
    before = x.data.copy()
    cases = {f"dim={dim}": (log_softmax(x, dim=dim), dim) for dim in (0, 1, 2, -1)} | {"no dim": (log_softmax(x), -1)}
    for text, (y, dim) in cases.items():
        wanted = values - np.log(np.exp(values).sum(axis=dim, keepdims=True))
        assert y.shape == (2, 3, 4), f"log_softmax with {text} keeps the shape (2, 3, 4), got {y.shape}"
        assert np.allclose(y.data, wanted, rtol=0, atol=1e-5), f"log_softmax with {text} is {wanted}, got {y.data}"
    assert np.array_equal(x.data, before), "log_softmax must not change its input"

    far = {
        (1000.0, 1001.0, 1002.0): expected,
        (-1000.0, 0.0): [-1000.0, 0.0],
        (5000.0, -5000.0): [0.0, -10000.0],
    }
    for scores, wanted in far.items():
        got = log_softmax(Tensor(scores)).data
        assert np.allclose(got, wanted, rtol=1e-6, atol=1e-4), f"log_softmax({list(scores)}) is {wanted}, got {got}"
    rows = log_softmax(Tensor([[0.0, 0.0], [1000.0, 1000.0]])).data
    assert np.allclose(rows, -0.693147, rtol=0, atol=1e-4), f"rows of 0 and 1000 give -log 2 = -0.693147, got {rows}"


# %% test_mse_loss
@pytest.mark.criterion("test_mse_loss", points=10)
def test_unit_mse_loss():
    """MSELoss gives the mean of the squared differences as one number and refuses shapes that differ."""
    loss, random = MSELoss(), np.random.default_rng(2)
    for shape in ((5,), (4, 3), (6, 1), (2, 3, 4)):
        predicted, true = random.normal(size=shape), random.normal(size=shape) * 2
        predictions, targets = Tensor(predicted), Tensor(true)
        wanted = np.mean((predicted - true) ** 2)
        for text, got in (("loss(p, t)", loss(predictions, targets)), ("forward", loss.forward(predictions, targets))):
            assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
            assert got.shape == (), f"{text} is one number, of shape (), got {got.shape}"
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
            assert np.allclose(got.data, wanted, rtol=1e-5, atol=1e-7), f"{text} of shape {shape} is {wanted}, got {got.data}"
        assert np.array_equal(predictions.data, predicted.astype(np.float32)), "MSELoss must not change the predictions"
        assert np.array_equal(targets.data, true.astype(np.float32)), "MSELoss must not change the targets"
    perfect = loss(Tensor([1.0, -2.0]), Tensor([1.0, -2.0])).data
    assert perfect == 0, f"where predictions equal targets, the loss is 0, got {perfect}"
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
    for classes, true in ((3, [2, 0, 1, 2]), (5, [3]), (2, [0, 1, 1, 0, 1, 0, 0])):
        scores = random.normal(size=(len(true), classes)) * 3
        logits, targets = Tensor(scores), Tensor(true)
        wanted = np.mean([np.log(np.exp(row).sum()) - row[each] for row, each in zip(scores, true, strict=True)])
        for text, got in (("loss(x, t)", loss(logits, targets)), ("forward", loss.forward(logits, targets))):
            assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
            assert got.shape == (), f"{text} is one number, of shape (), got {got.shape}"
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
            assert np.allclose(got.data, wanted, rtol=1e-5, atol=1e-5), f"{text} of {scores}, {true} is {wanted}, got {got.data}"
        assert np.array_equal(logits.data, scores.astype(np.float32)), "CrossEntropyLoss must not change the logits"
        assert np.array_equal(targets.data, true), "CrossEntropyLoss must not change the targets"

    sure = loss(Tensor([[10.0, 0.0, 0.0], [0.0, 0.0, 10.0]]), Tensor([0, 2])).data
    assert 0 <= sure < 0.01, f"a model that is right and sure has a loss below 0.01, got {sure}"
    equal = loss(Tensor(np.full((4, 5), 2.5)), Tensor([0, 1, 2, 4])).data
    assert np.allclose(equal, np.log(5), rtol=1e-5, atol=0), f"equal scores of 5 classes give log 5 = 1.609438, got {equal}"
    for target, wanted in ((0, 0.0), (1, 1000.0)):
        got = loss(Tensor([[1000.0, 0.0]]), Tensor([target])).data
        assert np.allclose(got, wanted, rtol=1e-6, atol=1e-6), f"scores [1000, 0] and class {target} give {wanted}, got {got}"

    shapes = (((3, 4), [0, 1]), ((3, 4), np.eye(3, 4)), ((4,), 1), ((2,), [0, 1]), ((2, 3, 4), [0, 1]))
    for shape, classes in (*shapes, ((2, 4), [0, -1]), ((2, 4), [0, 4])):
        try:
            got = loss.forward(Tensor(np.ones(shape)), Tensor(classes))
        except ValueError:
            continue
        targets = np.asarray(classes).tolist()
        raise AssertionError(f"logits of shape {shape} and targets {targets}: ValueError, not {got}")


# %% test_binary_cross_entropy_loss
@pytest.mark.criterion("test_binary_cross_entropy_loss", points=10)
def test_unit_binary_cross_entropy_loss():
    """BinaryCrossEntropyLoss gives the mean surprise at yes and no, and survives probabilities of 0 and 1."""
    loss, random = BinaryCrossEntropyLoss(), np.random.default_rng(4)
    for shape in ((5,), (4, 3), (6, 1), (2, 3, 4)):
        p, y = random.uniform(0.02, 0.98, size=shape), random.integers(2, size=shape)
        predictions, targets = Tensor(p), Tensor(y)
        wanted = -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))
        for text, got in (("loss(p, y)", loss(predictions, targets)), ("forward", loss.forward(predictions, targets))):
            assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
            assert got.shape == (), f"{text} is one number, of shape (), got {got.shape}"
            assert got.data.dtype == np.float32, f"{text} is float32, got {got.data.dtype}"
            assert np.allclose(got.data, wanted, rtol=1e-4, atol=1e-5), f"{text} of {p}, {y} is {wanted}, got {got.data}"
        assert np.array_equal(predictions.data, p.astype(np.float32)), "the loss must not change the predictions"
        assert np.array_equal(targets.data, y), "the loss must not change the targets"

    extreme = Tensor([0.0, 1.0])
    right = loss(extreme, Tensor([0, 1])).data
    assert abs(right) < 1e-4, f"probabilities of 0 and 1 that are right cost nearly nothing, got {right}"
    assert np.array_equal(extreme.data, [0, 1]), "clipping must not change the predictions"
    for p, y in ((0.0, 1), (1.0, 0)):
        got = loss(Tensor([p]), Tensor([y])).data
        assert 15 < got < 17, f"a probability of {p} where the answer is {y} costs about 16, got {got}"

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
        falling = [loss.forward(Tensor(worst + step * (best - worst)), targets) for step in (0, 0.25, 0.5, 0.75, 1)]
        for each in falling:
            assert isinstance(each, Tensor), f"{name}.forward must return a Tensor, not {type(each).__name__}"
            assert each.data.dtype == np.float32, f"{name} gives float32, got {each.data.dtype}"
        numbers = [float(each.data.sum()) for each in falling]
        assert np.all(np.diff(numbers) < 0), f"{name} falls as predictions come nearer to the targets, got {numbers}"

    random = np.random.default_rng(5)
    x, classes, answers = Tensor(random.normal(size=(6, 4))), Tensor([0, 1, 2, 2, 1, 0]), Tensor([[0], [1], [1], [0], [1], [0]])
    scores = Linear(4, 3).forward(x)
    probabilities = Sigmoid().forward(Linear(4, 1).forward(x))
    for name, loss, predictions, targets in (
        ("MSELoss", MSELoss(), probabilities, answers),
        ("CrossEntropyLoss", CrossEntropyLoss(), scores, classes),
        ("BinaryCrossEntropyLoss", BinaryCrossEntropyLoss(), probabilities, answers),
    ):
        got = loss.forward(predictions, targets).data
        assert np.all(np.isfinite(got)), f"{name} of a network's outputs is finite, got {got}"
