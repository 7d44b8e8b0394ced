"""Locked tests of 07_training, full edition. Made by `tito lock`; a change by hand is refused."""

import math
import numpy as np
from tinytorch.core.tensor import Tensor
# For the tests alone, so these are not exported.
from pathlib import Path
from tinytorch.core.activations import Sigmoid, Tanh
from tinytorch.core.layers import Dropout, Linear, Sequential
from tinytorch.core.losses import BinaryCrossEntropyLoss, CrossEntropyLoss, MSELoss
from tinytorch.core.optimizers import SGD, Adam
import pytest
from tinytorch.core.training import CosineSchedule, Trainer, clip_grad_norm


# %% test_scheduler
@pytest.mark.criterion("test_scheduler", points=10)
def test_unit_scheduler():
    """CosineSchedule begins at the largest rate, follows the cosine, and stays at the smallest."""
    schedule = CosineSchedule()
    table = {0: 0.1, 25: 0.08681981, 50: 0.055, 75: 0.02318019, 99: 0.01002220, 100: 0.01, 101: 0.01, 150: 0.01}
    for epoch, wanted in table.items():
        got = schedule.get_lr(epoch)
        assert abs(got - wanted) <= 1e-5 * wanted, f"with default settings, epoch {epoch} has {wanted}, got {got}"
    again = schedule.get_lr(25)
    assert abs(again - 0.08681981) <= 1e-6, f"epoch 25, asked for again, has 0.08682, got {again}"

    short = CosineSchedule(max_lr=3.0, min_lr=1.0, total_epochs=4)
    for epoch, wanted in enumerate((3.0, 2 + math.sqrt(0.5), 2.0, 2 - math.sqrt(0.5), 1.0, 1.0, 1.0)):
        got = short.get_lr(epoch)
        assert abs(got - wanted) <= 1e-6 * wanted, f"from 3 to 1 in 4 epochs: epoch {epoch} has {wanted}, got {got}"
    print("scheduler: passed")


# %% test_clipping
@pytest.mark.criterion("test_clipping", points=10)
def test_unit_clipping():
    """clip_grad_norm scales all gradients by one factor where they are too long, and returns their norm from before."""
    cases = (
        ([[3.0, 4.0], [6.0, 8.0]], 1.0, 11.18034, [[0.2683282, 0.3577709], [0.5366563, 0.7155418]]),
        ([[3.0, 4.0], [6.0, 8.0]], 5.0, 11.18034, [[1.341641, 1.788854], [2.683282, 3.577709]]),
        ([[3.0, -4.0], None], 2.5, 5.0, [[1.5, -2.0], None]),
        ([[[1.0, -1.0], [1.0, -1.0]]], 1.0, 2.0, [[[0.5, -0.5], [0.5, -0.5]]]),
        ([[3e20, 4e20]], 1.0, 5e20, [[0.6, 0.8]]),
        ([[0.1, 0.2]], 1.0, 0.2236068, [[0.1, 0.2]]),
        ([[3.0, 4.0]], 20.0, 5.0, [[3.0, 4.0]]),
        ([[3.0, 4.0]], 5.0, 5.0, [[3.0, 4.0]]),
        ([[0.0, 0.0]], 1.0, 0.0, [[0.0, 0.0]]),
        ([None, None], 1.0, 0.0, [None, None]),
    )
    for gradients, bound, norm, expected in cases:
        params = [Tensor([[7.0, 8.0], [9.0, 6.0]], requires_grad=True) for _ in gradients]
        for p, gradient in zip(params, gradients, strict=True):
            p.grad = None if gradient is None else Tensor(gradient)
        got = clip_grad_norm(params, max_norm=bound)
        assert isinstance(got, float), f"clip_grad_norm returns a float, not {type(got).__name__}"
        assert np.allclose([got], [norm], rtol=1e-6, atol=0), f"the norm of {gradients} is {norm}, got {got}"
        for p, wanted in zip(params, expected, strict=True):
            assert np.array_equal(p.data, [[7, 8], [9, 6]]), f"clipping changes no parameter, got {p.data}"
            if wanted is None:
                assert p.grad is None, f"a missing gradient stays missing, got {p.grad}"
                continue
            result, text = p.grad.data, f"{gradients} with max_norm={bound} becomes {expected}"
            assert result.shape == np.shape(wanted), f"clipping keeps shapes, got {result.shape}"
            assert np.allclose(result, wanted, rtol=1e-5, atol=0), f"{text}, got {result}"
            assert result.dtype == np.float32, f"clipping keeps float32, got {result.dtype}"

    p = Tensor([0.0, 0.0], requires_grad=True)
    p.grad = Tensor([3.0, 4.0])
    clip_grad_norm([p])
    assert np.allclose(p.grad.data, [0.6, 0.8], rtol=1e-5, atol=0), f"max_norm is 1 by default: [0.6, 0.8], got {p.grad.data}"
    short = np.array([0.1, 0.7], np.float32)
    p.grad = Tensor(short)
    clip_grad_norm([p])
    kept = p.grad.data
    assert np.array_equal(kept, np.array([0.1, 0.7], np.float32)), f"what is short enough keeps every digit, got {kept}"
    nothing = clip_grad_norm([])
    assert isinstance(nothing, float), f"without parameters, clip_grad_norm returns a float, not {type(nothing).__name__}"
    assert nothing == 0.0, f"without parameters the norm is 0.0, got {nothing}"
    print("clipping: passed")


# %% test_trainer
def line(weight, bias):
    """Return a linear model of these weights."""
    layer = Linear(*np.shape(weight))
    layer.weight, layer.bias = Tensor(weight, requires_grad=True), Tensor(bias, requires_grad=True)
    return layer


def batches(x, y, sizes):
    """Cut examples into batches of these sizes."""
    ends = np.cumsum(sizes)
    return [(Tensor(x[end - size : end]), Tensor(y[end - size : end])) for end, size in zip(ends, sizes, strict=True)]


def slope(x, y, weight, bias):
    """Return the mean squared error of a linear model, and its gradients."""
    error = x @ weight + bias - y
    return np.mean(error**2), 2 * x.T @ error / error.size, 2 * error.sum(axis=0) / error.size


def points():
    """Return seven examples, and the weights to begin with."""
    random = np.random.default_rng(1)
    x = random.normal(size=(7, 2))
    return x, x @ np.array([[2.0], [-1.0]]) + 0.5 + random.normal(size=(7, 1)), np.array([[0.3], [0.2]]), np.array([0.1])


@pytest.mark.criterion("test_trainer", points=15)
def test_unit_train_epoch():
    """train_epoch averages over examples, clips, steps once a group of batches, and keeps the count."""
    class Rates:
        def get_lr(self, epoch):
            return (0.2, 0.1, 0.3)[epoch]

    cases = (
        ((7,), 1, None, [0.05, 0.05, 0.05]),
        ((3, 3, 1), 1, None, [0.05, 0.05, 0.05]),
        ((2, 2, 2, 1), 2, None, [0.05, 0.05, 0.05]),
        ((2, 2, 2, 1), 3, None, [0.2, 0.1, 0.3]),
        ((1, 2, 3, 1), 2, 0.5, [0.2, 0.1, 0.3]),
        ((4, 3), 5, 0.5, [0.05, 0.05, 0.05]),
    )
    for sizes, group, bound, rates in cases:
        x, y, weight, bias = points()
        layer = line(weight, bias)
        scheduler = Rates() if rates[0] == 0.2 else None
        trainer = Trainer(Sequential(layer), SGD(layer.parameters(), lr=0.05), MSELoss(), scheduler, bound)
        layer.weight.grad, layer.bias.grad = Tensor([[9.0], [9.0]]), Tensor([9.0])
        data, losses, steps = batches(x, y, sizes), [], 0
        text = f"batches of {sizes}, accumulation_steps={group}, grad_clip_norm={bound}"
        for epoch, rate in enumerate(rates):
            total, ends = 0.0, np.cumsum(sizes)
            for first in range(0, len(sizes), group):
                part = slice(ends[first] - sizes[first], ends[min(first + group, len(sizes)) - 1])
                loss, by_weight, by_bias = slope(x[part], y[part], weight, bias)
                norm = np.sqrt(np.sum(by_weight**2) + np.sum(by_bias**2))
                scale = rate if bound is None else rate * min(1, bound / norm)
                total += loss * len(x[part])
                weight, bias, steps = weight - scale * by_weight, bias - scale * by_bias, steps + 1
            losses.append(total / 7)
            got = trainer.train_epoch(data, accumulation_steps=group) if group > 1 else trainer.train_epoch(data)
            assert np.allclose([got], [total / 7], rtol=1e-4, atol=1e-6), f"{text}: the loss of epoch {epoch} is {total / 7}, got {got}"
            for name, wanted, result in (("weight", weight, layer.weight.data), ("bias", bias, layer.bias.data)):
                assert result.shape == wanted.shape, f"the {name} keeps its shape {wanted.shape}, got {result.shape}"
                close = np.allclose(result, wanted, rtol=1e-4, atol=1e-5)
                assert close, f"{text}: after epoch {epoch} the {name} is {wanted}, got {result}"
            assert trainer.epoch == epoch + 1, f"{epoch + 1} epochs have been trained, got {trainer.epoch}"
            assert trainer.step == steps, f"{text}: {steps} steps have been taken, got {trainer.step}"
        history = trainer.history
        for name, wanted in (("train_loss", losses), ("learning_rates", rates), ("eval_loss", [])):
            assert len(history[name]) == len(wanted), f"history[{name!r}] has {len(wanted)} entries, got {history[name]}"
            close = np.allclose(history[name], wanted, rtol=1e-4, atol=1e-6)
            assert close, f"{text}: history[{name!r}] is {wanted}, got {history[name]}"
    for empty in ("train_epoch", "evaluate"):
        try:
            getattr(trainer, empty)([])
        except ValueError:
            continue
        raise AssertionError(f"{empty} of no batches at all must raise ValueError")
    print("train_epoch: passed")


@pytest.mark.criterion("test_trainer", points=15)
def test_unit_evaluate():
    """evaluate gives the mean loss and the share of right guesses over all examples, and changes nothing."""
    scores = np.array([[2.0, 1, 0], [0, 3, 1], [1, 0, 0], [0, 0, 4], [5, 1, 1]])
    classes = np.array([0, 1, 2, 2, 1])
    layer = line(np.eye(3), np.zeros(3))
    trainer = Trainer(Sequential(layer), SGD(layer.parameters()), CrossEntropyLoss())
    wanted = float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(5), classes]))
    loss, accuracy = trainer.evaluate(batches(scores, classes, (4, 1)))
    assert np.allclose([loss], [wanted], rtol=1e-5, atol=0), f"batches of 4 and 1: the mean loss is {wanted}, got {loss}"
    assert np.allclose([accuracy], [0.6], rtol=1e-6, atol=0), f"3 of 5 classes are right: 0.6, got {accuracy}"
    history = trainer.history["eval_loss"]
    assert len(history) == 1, f"history['eval_loss'] has an entry for each evaluation, got {history}"
    assert np.allclose(history, [wanted], rtol=1e-5, atol=0), f"history['eval_loss'] is [{wanted}], got {history}"
    assert np.array_equal(layer.weight.data, np.eye(3)), f"evaluate changes no parameter, got {layer.weight.data}"
    assert layer.weight.grad is None, f"evaluate makes no gradients, got {layer.weight.grad}"
    assert trainer.epoch == 0, f"evaluate trains no epoch, got {trainer.epoch}"
    assert trainer.history["train_loss"] == [], f"evaluate trains nothing, got {trainer.history['train_loss']}"

    odds = np.array([[2.0], [-1.0], [0.4], [-3.0]])
    answers = np.array([[1.0], [0.0], [0.0], [1.0]])
    probabilities = 1 / (1 + np.exp(-odds))
    wanted = float(-np.mean(answers * np.log(probabilities) + (1 - answers) * np.log(1 - probabilities)))
    layer = line([[1.0]], [0.0])
    trainer = Trainer(Sequential(layer, Sigmoid()), SGD(layer.parameters()), BinaryCrossEntropyLoss())
    loss, accuracy = trainer.evaluate(batches(odds, answers, (4,)))
    assert np.allclose([loss], [wanted], rtol=1e-5, atol=0), f"probabilities of a yes: the mean loss is {wanted}, got {loss}"
    assert np.allclose([accuracy], [0.5], rtol=1e-6, atol=0), f"2 of 4 answers are right: 0.5, got {accuracy}"
    _, accuracy = trainer.evaluate(batches(odds, 1 - answers, (3, 1)))
    assert np.allclose([accuracy], [0.5], rtol=1e-6, atol=0), f"with the answers turned round it is 0.5, got {accuracy}"
    _, accuracy = trainer.evaluate(batches(odds, probabilities > 0.5, (2, 2)))
    assert np.allclose([accuracy], [1.0], rtol=1e-6, atol=0), f"where all answers are right, it is 1, got {accuracy}"

    layer = line([[1.0]], [3.0])
    trainer = Trainer(Sequential(Dropout(1.0), layer), SGD(layer.parameters(), lr=0.0), MSELoss())
    data = batches(np.array([[2.0], [4.0]]), np.array([[0.0], [0.0]]), (2,))
    loss, _ = trainer.evaluate(data)
    assert np.allclose([loss], [37.0], rtol=1e-5, atol=0), f"without dropout the outputs are 5 and 7, the loss is 37, got {loss}"
    loss = trainer.train_epoch(data)
    assert np.allclose([loss], [9.0], rtol=1e-5, atol=0), f"Dropout(1.0) leaves the bias of 3 while training, the loss is 9, got {loss}"
    print("evaluate: passed")


# %% test_module
def paths(optimizer, epochs):
    """Return the weights, bias and mean loss of a run with batches of 4 and 3, epoch by epoch, computed in float64."""
    x, y, weight, bias = points()
    first, second, found, step = [0, 0], [0, 0], [], 0
    for epoch in range(epochs):
        rate, total = 0.01 + 0.09 * (1 + math.cos(math.pi * epoch / 6)) / 2, 0
        for part in (slice(0, 4), slice(4, 7)):
            step += 1
            loss, *gradients = slope(x[part], y[part], weight, bias)
            total += loss * len(x[part])
            changes = []
            for place, gradient in enumerate(gradients):
                if optimizer == "momentum":
                    first[place] = 0.9 * first[place] + gradient
                    changes.append(first[place])
                else:
                    first[place] = 0.9 * first[place] + 0.1 * gradient
                    second[place] = 0.999 * second[place] + 0.001 * gradient**2
                    root = np.sqrt(second[place] / (1 - 0.999**step))
                    changes.append(first[place] / (1 - 0.9**step) / (root + 1e-8))
            weight, bias = weight - rate * changes[0], bias - rate * changes[1]
        found.append((weight, bias, total / 7))
    return found


def run(optimizer, weight, bias):
    """Return a layer and a trainer of it that follows a cosine from 0.1 to 0.01 in six epochs."""
    layer = line(weight, bias)
    kinds = {"momentum": lambda: SGD(layer.parameters(), momentum=0.9), "adam": lambda: Adam(layer.parameters())}
    return layer, Trainer(Sequential(layer), kinds[optimizer](), MSELoss(), CosineSchedule(0.1, 0.01, 6))


@pytest.mark.criterion("test_module", points=20)
def test_unit_checkpoint():
    """A run that is saved and loaded arrives where one arrives that was never interrupted."""
    x, y, weight, bias = points()
    data = batches(x, y, (4, 3))
    for name in ("momentum", "adam"):
        expected = paths(name, 5)
        _, saved = run(name, weight, bias)
        layer, loaded = run(name, [[7.0], [8.0]], [9.0])
        for _ in range(3):
            saved.train_epoch(data)
        saved.evaluate(batches(x, y, (7,)))
        saved.save_checkpoint("checkpoint")
        loaded.train_epoch(data)
        loaded.load_checkpoint("checkpoint")
        Path("checkpoint").unlink(missing_ok=True)
        assert loaded.epoch == 3, f"{name}: 3 epochs have been trained before saving, got {loaded.epoch}"
        assert loaded.step == 6, f"{name}: 6 steps have been taken before saving, got {loaded.step}"
        for epoch in (3, 4, 5):
            if epoch > 3:
                loaded.train_epoch(data)
            for part, wanted, got in zip(("weight", "bias"), expected[epoch - 1], (layer.weight.data, layer.bias.data), strict=False):
                assert got.shape == wanted.shape, f"the {part} keeps its shape {wanted.shape}, got {got.shape}"
                close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
                assert close, f"{name}, loaded after 3 epochs: after {epoch} the {part} is {wanted}, got {got}"
        rates = [0.01 + 0.09 * (1 + math.cos(math.pi * epoch / 6)) / 2 for epoch in range(5)]
        third = float(np.mean((x @ expected[2][0] + expected[2][1] - y) ** 2))
        wanted = {"train_loss": [loss for *_, loss in expected], "learning_rates": rates, "eval_loss": [third]}
        for key, numbers in wanted.items():
            got = loaded.history[key]
            assert len(got) == len(numbers), f"{name}: history[{key!r}] has {len(numbers)} entries after 5 epochs, got {got}"
            assert np.allclose(got, numbers, rtol=1e-4, atol=1e-6), f"{name}: history[{key!r}] is {numbers}, got {got}"
        assert loaded.optimizer.step_count == 10, f"{name}: step_count goes on to 10, got {loaded.optimizer.step_count}"
    print("checkpoint: passed")


@pytest.mark.criterion("test_module", points=20)
def test_unit_checkpoint_of_another_model():
    """A checkpoint without buffers resets them, and one of another model is refused before anything has changed."""
    x, y, weight, bias = points()
    data, expected = batches(x, y, (4, 3)), paths("momentum", 1)[0]
    layer, trainer = run("momentum", weight, bias)
    trainer.save_checkpoint("fresh")
    trainer.train_epoch(data)
    trainer.train_epoch(data)
    trainer.load_checkpoint("fresh")
    Path("fresh").unlink(missing_ok=True)
    trainer.train_epoch(data)
    for part, wanted, got in zip(("weight", "bias"), expected, (layer.weight.data, layer.bias.data), strict=False):
        assert got.shape == wanted.shape, f"the {part} keeps its shape {wanted.shape}, got {got.shape}"
        close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
        assert close, f"a fresh run, saved and loaded, has no velocity: the {part} is {wanted} after an epoch, got {got}"

    trainer.save_checkpoint("line")
    body, head = line([[1.0], [2.0]], [3.0]), line([[4.0]], [5.0])
    others = {"more layers": [body, head], "another width": [line([[1.0]], [2.0])], "no layers": []}
    for text, layers in others.items():
        before = [np.array(p.data) for layer in layers for p in layer.parameters()]
        other = Trainer(Sequential(*layers), SGD([p for layer in layers for p in layer.parameters()]), MSELoss())
        try:
            other.load_checkpoint("line")
        except ValueError:
            after = [p.data for layer in layers for p in layer.parameters()]
            for one, two in zip(before, after, strict=True):
                assert np.array_equal(one, two), f"a refused checkpoint changes nothing: {one}, got {two}"
            continue
        raise AssertionError(f"the checkpoint of a model of one layer, for one with {text}, must raise ValueError")
    Path("line").unlink(missing_ok=True)
    print("checkpoint of another model: passed")


@pytest.mark.criterion("test_module", points=20)
def test_module():
    """A network is trained with all parts, and its loss falls on data that it has not seen."""
    test_unit_scheduler()
    test_unit_clipping()
    test_unit_train_epoch()
    test_unit_evaluate()
    test_unit_checkpoint()
    test_unit_checkpoint_of_another_model()

    random = np.random.default_rng(5)
    x = random.uniform(-1, 1, size=(96, 2))
    inside = (np.sum(x**2, axis=1) < 0.5).astype(float)
    layers = [Linear(2, 12), Linear(12, 2)]
    for layer, shape in zip(layers, ((2, 12), (12, 2)), strict=True):
        layer.weight = Tensor(random.normal(size=shape), requires_grad=True)
        layer.bias = Tensor(random.normal(size=shape[1]), requires_grad=True)
    model = Sequential(layers[0], Tanh(), layers[1])
    trainer = Trainer(model, Adam(model.parameters()), CrossEntropyLoss(), CosineSchedule(0.1, 0.001, 30), 5.0)
    train, test = batches(x[:64], inside[:64], (16,) * 4), batches(x[64:], inside[64:], (32,))
    for _ in range(30):
        trainer.train_epoch(train, accumulation_steps=2)
    predicted = model(Tensor(x[64:]), training=False).data.astype(np.float64)
    assert predicted.shape == (32, 2), f"the network gives shape (32, 2), got {predicted.shape}"
    right = float(np.mean(predicted.argmax(axis=1) == inside[64:]))
    assert right >= 0.8, f"30 epochs teach a network the disc, 80 % of new points are right, got {right:.0%}"
    _, accuracy = trainer.evaluate(test)
    assert np.allclose([accuracy], [right], rtol=0, atol=1e-6), f"evaluate finds the accuracy of {right}, got {accuracy}"
    print("all of module 07: passed")
