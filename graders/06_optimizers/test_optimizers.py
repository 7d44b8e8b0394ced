"""Locked tests of 06_optimizers, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
from tinytorch.core.activations import Tanh
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.losses import MSELoss
import pytest
from tinytorch.core.optimizers import Adam, AdamW, Optimizer, SGD


# %% test-optimizer-base
@pytest.mark.criterion("test-optimizer-base", points=10)
def test_unit_optimizer_base():
    """Optimizer keeps trainable parameters, refuses others, and forgets gradients."""
    params = [Tensor([1.0, 2.0], requires_grad=True), Tensor([[3.0]], requires_grad=True), Tensor([4.0], requires_grad=True)]
    optimizer = Optimizer(params)
    assert len(optimizer.params) == 3, f"params holds all 3 parameters, got {len(optimizer.params)}"
    for place, p in enumerate(params):
        assert optimizer.params[place] is p, f"params[{place}] is the parameter itself, not a copy"
    assert optimizer.step_count == 0, f"step_count begins at 0, got {optimizer.step_count}"

    for p in params:
        p.grad = Tensor(np.ones(p.shape))
    optimizer.zero_grad()
    for p, values in zip(params, ([1, 2], [[3]], [4]), strict=True):
        assert p.grad is None, f"zero_grad sets every grad to None, got {p.grad}"
        assert p.data.tolist() == values, f"zero_grad changes no parameter: {values}, got {p.data.tolist()}"
    optimizer.zero_grad()
    assert params[0].grad is None, "zero_grad works where there is no gradient, too"

    for place in range(3):
        mixed = [Tensor([1.0], requires_grad=each != place) for each in range(3)]
        try:
            Optimizer(mixed)
        except ValueError:
            continue
        raise AssertionError(f"a parameter with requires_grad=False at place {place} must raise ValueError")
    try:
        optimizer.step()
    except NotImplementedError:
        pass
    else:
        raise AssertionError("Optimizer.step must raise NotImplementedError")
    print("optimizer base: passed")


# %% test-sgd
@pytest.mark.criterion("test-sgd", points=15)
def test_unit_sgd():
    """SGD follows the gradient with momentum and weight decay, skips what has none, and keeps its state."""
    by_hand = {
        "plain": ({}, [[0.99, 1.98], [0.98, 1.96], [0.97, 1.94]]),
        "momentum=0.9": ({"momentum": 0.9}, [[0.99, 1.98], [0.971, 1.942], [0.9439, 1.8878]]),
        "weight_decay=0.01": ({"weight_decay": 0.01}, [[0.989, 1.978], [0.978011, 1.956022], [0.967033, 1.934066]]),
    }
    for text, (settings, expected) in by_hand.items():
        p = Tensor([1.0, 2.0], requires_grad=True)
        p.grad = Tensor([0.1, 0.2])
        optimizer = SGD([p], lr=0.1, **settings)
        for step, wanted in enumerate(expected, 1):
            optimizer.step()
            got = p.data
            assert got.shape == (2,), f"SGD keeps a parameter's shape (2,), got {got.shape}"
            assert np.allclose(got, wanted, rtol=0, atol=1e-6), f"SGD, {text}: step {step} gives {wanted}, got {got}"
            assert got.dtype == np.float32, f"SGD keeps float32, got {got.dtype}"
            assert optimizer.step_count == step, f"step_count is {step} after {step} steps, got {optimizer.step_count}"
        kept = p.grad.data
        assert np.allclose(kept, [0.1, 0.2], rtol=0, atol=1e-7), f"SGD, {text}, leaves gradients alone, got {kept}"
    p = Tensor([1.0], requires_grad=True)
    p.grad = Tensor([2.0])
    SGD([p]).step()
    assert np.allclose(p.data, [0.98], rtol=0, atol=1e-6), f"by default lr is 0.01: [0.98], got {p.data}"

    random, shapes = np.random.default_rng(1), ((3, 4), (4,), (1,))
    values, speeds = [random.normal(size=shape) for shape in shapes], [np.zeros(shape) for shape in shapes]
    params = [Tensor(each, requires_grad=True) for each in values]
    optimizer = SGD(params, lr=0.2, momentum=0.8, weight_decay=0.3)
    for step in range(1, 7):
        lr = 0.2 if step < 4 else 0.05
        optimizer.lr = lr
        for place, (p, shape) in enumerate(zip(params, shapes, strict=True)):
            if (step + place) % 3 == 0:
                p.grad = None
                continue
            gradient = random.normal(size=shape)
            p.grad = Tensor(gradient)
            speeds[place] = 0.8 * speeds[place] + gradient + 0.3 * values[place]
            values[place] = values[place] - lr * speeds[place]
        optimizer.step()
        for place, p in enumerate(params):
            wanted, got = values[place], p.data
            assert got.shape == wanted.shape, f"SGD keeps a parameter's shape {wanted.shape}, got {got.shape}"
            close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
            assert close, f"SGD(lr={lr}, momentum=0.8, weight_decay=0.3), step {step}: parameter {place} is {wanted}, got {got}"
    assert optimizer.step_count == 6, f"a step counts where gradients are missing, too: 6, got {optimizer.step_count}"

    print("SGD: passed")


@pytest.mark.criterion("test-sgd", points=15)
def test_unit_sgd_state():
    """SGD's velocities are None before they are used, can be copied out, and go on when they are put back."""
    plain = SGD([Tensor([1.0], requires_grad=True)])
    assert plain.has_momentum() is False, f"SGD has no momentum by default, got {plain.has_momentum()}"
    assert plain.get_momentum_state() is None, f"without momentum there is no state, got {plain.get_momentum_state()}"
    plain.set_momentum_state([np.ones(1)])
    ignored = [v is None for v in plain.momentum_buffers]
    assert ignored == [True], f"without momentum, a state that is put in is left out, got {plain.momentum_buffers}"

    def made():
        new = [Tensor([1.0, 2.0], requires_grad=True), Tensor([3.0], requires_grad=True)]
        return new, SGD(new, lr=0.5, momentum=0.5)

    (first, _), optimizer = made()
    assert optimizer.has_momentum() is True, f"SGD with momentum=0.5 has momentum, got {optimizer.has_momentum()}"
    unused = [v is None for v in optimizer.momentum_buffers]
    assert unused == [True, True], f"no velocity is there before it is used, got {optimizer.momentum_buffers}"
    first.grad = Tensor([4.0, 8.0])
    optimizer.step()
    state = optimizer.get_momentum_state()
    assert len(state) == 2, f"the state holds an entry for each of 2 parameters, got {len(state)}"
    assert state[1] is None, f"a parameter without a gradient has no velocity, got {state[1]}"
    assert np.array_equal(state[0], [4, 8]), f"the first velocity is the gradient: [4, 8], got {state[0]}"
    first.grad = Tensor([0.0, 0.0])
    optimizer.step()
    assert np.array_equal(first.data, [-2, -4]), f"[1, 2] less half of [4, 8], less half of [2, 4]: [-2, -4], got {first.data}"
    assert np.array_equal(state[0], [4, 8]), f"the state is a copy and stays [4, 8], got {state[0]}"

    (again, other), optimizer = made()
    optimizer.set_momentum_state([np.array([4.0, 8.0], np.float32), None])
    optimizer.set_momentum_state(None)
    again.grad, other.grad = Tensor([0.0, 0.0]), Tensor([2.0])
    optimizer.step()
    assert np.array_equal(again.data, [0, 0]), f"[1, 2] less half of 0.5 [4, 8], put back: [0, 0], got {again.data}"
    assert np.array_equal(other.data, [2]), f"3 less half of 2, with no velocity put back: [2], got {other.data}"
    given = [np.array([2.0, 4.0], np.float32), None]
    optimizer.set_momentum_state(given)
    optimizer.step()
    assert np.array_equal(given[0], [2, 4]), f"the state that is put back is copied and stays [2, 4], got {given[0]}"
    for state in ([], [np.zeros(2)], [None, None, None]):
        try:
            optimizer.set_momentum_state(state)
        except ValueError:
            continue
        raise AssertionError(f"a state of {len(state)} entries for 2 parameters must raise ValueError")
    print("SGD's state: passed")


# %% test-adam
@pytest.mark.criterion("test-adam", points=20)
def test_unit_adam():
    """Adam steps by the corrected ratio of its averages, with L2 in the gradient, and skips what has none."""
    by_hand = {
        "plain": ({}, [[0.9, 1.9], [0.8, 1.8], [0.7, 1.7]]),
        "weight_decay=0.01": ({"weight_decay": 0.01}, [[0.9, 1.9], [0.800025, 1.800012], [0.700091, 1.700045]]),
    }
    for text, (settings, expected) in by_hand.items():
        p = Tensor([1.0, 2.0], requires_grad=True)
        p.grad = Tensor([0.1, 0.2])
        optimizer = Adam([p], lr=0.1, **settings)
        for name, buffers in (("m_buffers", optimizer.m_buffers), ("v_buffers", optimizer.v_buffers)):
            assert [each is None for each in buffers] == [True], f"{name} has a None for each parameter, got {buffers}"
        for step, wanted in enumerate(expected, 1):
            optimizer.step()
            got = p.data
            assert got.shape == (2,), f"Adam keeps a parameter's shape (2,), got {got.shape}"
            assert np.allclose(got, wanted, rtol=0, atol=2e-6), f"Adam, {text}: step {step} gives {wanted}, got {got}"
            assert got.dtype == np.float32, f"Adam keeps float32, got {got.dtype}"
            assert optimizer.step_count == step, f"step_count is {step} after {step} steps, got {optimizer.step_count}"
        kept = p.grad.data
        assert np.allclose(kept, [0.1, 0.2], rtol=0, atol=1e-7), f"Adam, {text}, leaves gradients alone, got {kept}"

    print("Adam by hand: passed")


@pytest.mark.criterion("test-adam", points=20)
def test_unit_adam_defaults():
    """Adam's first step is as long as its rate for gradients of any size, and its default settings are the usual ones."""
    sizes = [1e-8, 1e-4, 1.0, 1e4, -1e4, 0.0]
    p = Tensor(np.zeros(6), requires_grad=True)
    p.grad = Tensor(sizes)
    Adam([p]).step()
    wanted = np.array([-0.0005, -0.001, -0.001, -0.001, 0.001, 0.0])
    assert p.data.shape == (6,), f"Adam keeps a parameter's shape (6,), got {p.data.shape}"
    assert np.allclose(p.data, wanted, rtol=1e-3, atol=0), f"gradients {sizes}, default settings: {wanted}, got {p.data}"
    q = Tensor([0.0], requires_grad=True)
    optimizer, m, v, wanted = Adam([q]), 0.0, 0.0, 0.0
    for step, gradient in enumerate((1.0, -3.0, 0.5, 0.5), 1):
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        wanted -= 0.001 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
        q.grad = Tensor([gradient])
        optimizer.step()
        close = np.allclose(q.data, [wanted], rtol=1e-3, atol=1e-8)
        assert close, f"Adam with default settings and gradients 1, -3, 0.5, 0.5: step {step} gives {wanted}, got {q.data}"

    print("Adam's defaults: passed")


@pytest.mark.criterion("test-adam", points=20)
def test_unit_adam_with_settings():
    """Adam follows its formula with other betas, eps and decay, and skips parameters that have no gradient."""
    random, shapes = np.random.default_rng(2), ((3, 4), (4,), (1,))
    values = [random.normal(size=shape) for shape in shapes]
    means, squares = [np.zeros(shape) for shape in shapes], [np.zeros(shape) for shape in shapes]
    params = [Tensor(each, requires_grad=True) for each in values]
    optimizer = Adam(params, lr=0.2, betas=(0.7, 0.95), eps=0.1, weight_decay=0.3)
    for step in range(1, 7):
        lr = 0.2 if step < 4 else 0.05
        optimizer.lr = lr
        for place, (p, shape) in enumerate(zip(params, shapes, strict=True)):
            if (step + place) % 3 == 0:
                p.grad = None
                continue
            gradient = random.normal(size=shape)
            p.grad = Tensor(gradient)
            gradient = gradient + 0.3 * values[place]
            means[place] = 0.7 * means[place] + 0.3 * gradient
            squares[place] = 0.95 * squares[place] + 0.05 * gradient**2
            mean, square = means[place] / (1 - 0.7**step), squares[place] / (1 - 0.95**step)
            values[place] = values[place] - lr * mean / (np.sqrt(square) + 0.1)
        optimizer.step()
        for place, p in enumerate(params):
            wanted, got = values[place], p.data
            assert got.shape == wanted.shape, f"Adam keeps a parameter's shape {wanted.shape}, got {got.shape}"
            close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
            assert close, f"Adam(lr={lr}, (0.7, 0.95), 0.1, 0.3), step {step}: parameter {place} is {wanted}, got {got}"
    assert optimizer.step_count == 6, f"a step counts where gradients are missing, too: 6, got {optimizer.step_count}"
    print("Adam with settings: passed")


# %% test-adamw
@pytest.mark.criterion("test-adamw", points=20)
def test_unit_adamw():
    """AdamW steps as Adam without a decay and then takes a share of lr * weight_decay off the weights."""
    p = Tensor([1.0, 2.0], requires_grad=True)
    p.grad = Tensor([0.1, 0.2])
    optimizer = AdamW([p], lr=0.1, weight_decay=0.01)
    for step, wanted in enumerate(([0.8991, 1.8981], [0.798301, 1.796302], [0.697603, 1.694606]), 1):
        optimizer.step()
        got = p.data
        assert got.shape == (2,), f"AdamW keeps a parameter's shape (2,), got {got.shape}"
        assert np.allclose(got, wanted, rtol=0, atol=2e-6), f"AdamW: step {step} gives {wanted}, got {got}"
        assert got.dtype == np.float32, f"AdamW keeps float32, got {got.dtype}"
        assert optimizer.step_count == step, f"step_count is {step} after {step} steps, got {optimizer.step_count}"
    kept = p.grad.data
    assert np.allclose(kept, [0.1, 0.2], rtol=0, atol=1e-7), f"AdamW leaves gradients alone, got {kept}"

    sizes = [1e-4, 1.0, 1e4, -1.0, 0.0]
    p = Tensor(np.full(5, 100.0), requires_grad=True)
    p.grad = Tensor(sizes)
    AdamW([p]).step()
    wanted = np.array([99.99800001, 99.99800001, 99.99800001, 99.99999999, 99.999])
    assert p.data.shape == (5,), f"AdamW keeps a parameter's shape (5,), got {p.data.shape}"
    assert np.allclose(p.data, wanted, rtol=0, atol=2e-5), f"gradients {sizes}, default settings: {wanted}, got {p.data}"

    random, shapes = np.random.default_rng(3), ((3, 4), (4,), (1,))
    values = [random.normal(size=shape) for shape in shapes]
    means, squares = [np.zeros(shape) for shape in shapes], [np.zeros(shape) for shape in shapes]
    params = [Tensor(each, requires_grad=True) for each in values]
    optimizer = AdamW(params, lr=0.2, betas=(0.7, 0.95), eps=0.1, weight_decay=0.3)
    for step in range(1, 7):
        lr = 0.2 if step < 4 else 0.05
        optimizer.lr = lr
        for place, (p, shape) in enumerate(zip(params, shapes, strict=True)):
            if (step + place) % 3 == 0:
                p.grad = None
                continue
            gradient = random.normal(size=shape)
            p.grad = Tensor(gradient)
            means[place] = 0.7 * means[place] + 0.3 * gradient
            squares[place] = 0.95 * squares[place] + 0.05 * gradient**2
            mean, square = means[place] / (1 - 0.7**step), squares[place] / (1 - 0.95**step)
            values[place] = (values[place] - lr * mean / (np.sqrt(square) + 0.1)) * (1 - lr * 0.3)
        optimizer.step()
        for place, p in enumerate(params):
            wanted, got = values[place], p.data
            assert got.shape == wanted.shape, f"AdamW keeps a parameter's shape {wanted.shape}, got {got.shape}"
            close = np.allclose(got, wanted, rtol=1e-4, atol=1e-5)
            assert close, f"AdamW(lr={lr}, (0.7, 0.95), 0.1, 0.3), step {step}: parameter {place} is {wanted}, got {got}"
    assert optimizer.step_count == 6, f"a step counts where gradients are missing, too: 6, got {optimizer.step_count}"
    print("AdamW: passed")


# %% module-integration
def kinds():
    """Return what makes an optimizer of each kind, given parameters and a rate."""
    return {
        "SGD": lambda params, lr: SGD(params, lr=lr),
        "SGD with momentum": lambda params, lr: SGD(params, lr=lr, momentum=0.9),
        "Adam": lambda params, lr: Adam(params, lr=lr),
        "AdamW": lambda params, lr: AdamW(params, lr=lr),
    }


@pytest.mark.criterion("module-integration", points=25)
def test_unit_bowl():
    """Every optimizer brings the loss of a bowl down, and refuses what cannot be trained."""
    for name, bound in (("SGD", 5.0), ("SGD with momentum", 12.0), ("Adam", 18.0), ("AdamW", 18.0)):
        x = Tensor([5.0, -3.0, 2.0], requires_grad=True)
        optimizer = kinds()[name]([x], 0.1)
        assert isinstance(optimizer, Optimizer), f"{name} is an Optimizer, not a {type(optimizer).__name__}"
        for _ in range(10):
            optimizer.zero_grad()
            ((x * x).sum() * 0.5).backward()
            optimizer.step()
        values = np.array(x.data, np.float64)
        assert values.shape == (3,), f"{name} keeps the shape (3,), got {values.shape}"
        loss = float((values**2).sum() / 2)
        assert 0 <= loss < bound, f"{name}, ten steps from a loss of 19: below {bound}, got {loss}"
        try:
            kinds()[name]([x, Tensor([1.0])], 0.1)
        except ValueError:
            pass
        else:
            raise AssertionError(f"{name} must refuse a parameter with requires_grad=False with a ValueError")

    print("bowl: passed")


@pytest.mark.criterion("module-integration", points=25)
def test_module():
    """Every optimizer follows autograd's gradients downhill, teaches a network XOR, and touches nothing else."""
    test_unit_optimizer_base()
    test_unit_sgd()
    test_unit_sgd_state()
    test_unit_adam()
    test_unit_adam_defaults()
    test_unit_adam_with_settings()
    test_unit_adamw()
    test_unit_bowl()

    inputs, answers = [[0, 0], [0, 1], [1, 0], [1, 1]], np.array([[0.0], [1.0], [1.0], [0.0]])
    weights = [[[1.2, -0.8, 0.5], [-0.7, 1.1, 0.9]], [0.1, -0.2, 0.3], [[0.9], [0.6], [-0.4]], [0.05]]
    for name, rate in (("SGD", 0.3), ("SGD with momentum", 0.1), ("Adam", 0.1), ("AdamW", 0.1)):
        first, last = Linear(2, 3), Linear(3, 1)
        first.weight, first.bias, last.weight, last.bias = (Tensor(each, requires_grad=True) for each in weights)
        model, criterion = Sequential(first, Tanh(), last), MSELoss()
        optimizer = kinds()[name](model.parameters(), rate)
        x, y = Tensor(inputs), Tensor(answers)
        for _ in range(80):
            optimizer.zero_grad()
            criterion(model(x), y).backward()
            optimizer.step()
        predicted = model(x).data
        assert predicted.shape == (4, 1), f"the network gives shape (4, 1), got {predicted.shape}"
        loss = float(np.mean((predicted - answers) ** 2))
        assert 0 <= loss < 0.2, f"{name} teaches XOR, so that the loss is below the 0.25 of guessing ½ by 0.05, got {loss}"
        assert optimizer.step_count == 80, f"{name} has taken 80 steps, got {optimizer.step_count}"

    for name, make in kinds().items():
        body, head, idle = Linear(2, 3), Linear(3, 1), Linear(2, 2)
        body.weight, body.bias = (Tensor(each, requires_grad=True) for each in weights[:2])
        head.weight, head.bias = (Tensor(each, requires_grad=True) for each in weights[2:])
        idle.weight = Tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
        optimizer = make([*head.parameters(), idle.weight], 0.1)
        MSELoss()(head(body(Tensor(inputs))), Tensor(answers)).backward()
        optimizer.step()
        assert np.array_equal(body.weight.data, np.array(weights[0], np.float32)), f"{name} changes only what it was given"
        assert body.weight.grad is not None, f"{name} leaves gradients of others alone"
        same = np.array_equal(idle.weight.data, [[1, 2], [3, 4]])
        assert same, f"{name} leaves a parameter without a gradient alone, got {idle.weight.data}"
        moved = np.abs(head.weight.data - np.array(weights[2], np.float32))
        assert moved.shape == (3, 1), f"{name} keeps the shape (3, 1), got {moved.shape}"
        assert np.all(moved > 1e-4), f"{name} changes what it was given, got changes of {moved}"
    print("all of module 06: passed")
