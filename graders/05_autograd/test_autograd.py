"""Locked tests of 05_autograd, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.activations import GELU, ReLU, Sigmoid, Softmax, Tanh
from tinytorch.core.losses import EPSILON, BinaryCrossEntropyLoss, CrossEntropyLoss, MSELoss
from tinytorch.core.tensor import Tensor
from tinytorch.core.layers import Linear, Sequential
import pytest
from tinytorch.core.autograd import (
    AddBackward,
    BinaryCrossEntropyBackward,
    CrossEntropyBackward,
    DivBackward,
    Function,
    GELUBackward,
    GetItemBackward,
    LogSoftmaxBackward,
    MSEBackward,
    MatMulBackward,
    MaxBackward,
    MeanBackward,
    MulBackward,
    NegBackward,
    ReLUBackward,
    ReshapeBackward,
    SigmoidBackward,
    SoftmaxBackward,
    SubBackward,
    SumBackward,
    TanhBackward,
    TransposeBackward,
    unbroadcast,
)


# %% numeric-gradient
def numeric_gradient(compute, args, place, gradient, step=1e-6):
    """Measure the gradient of args[place], given that of compute(*args), with central differences in float64."""
    slopes = np.zeros_like(args[place])
    for index in np.ndindex(slopes.shape):
        values = []
        for move in (step, -step):
            moved = args[place].copy()
            moved[index] += move
            values.append(compute(*args[:place], moved, *args[place + 1 :]))
        slopes[index] = np.sum(gradient * (values[0] - values[1])) / (2 * step)
    return slopes


def check_close(text, got, expected, rtol=1e-5, atol=1e-7):
    """Compare shapes and numbers, and tell of the first number that differs."""
    assert np.shape(got) == np.shape(expected), f"{text} has shape {np.shape(expected)}, got {np.shape(got)}"
    off = [tuple(place) for place in np.argwhere(~np.isclose(got, expected, rtol, atol)).tolist()]
    got, expected = np.asarray(got), np.asarray(expected)
    assert not off, f"{text} at {list(off[0])} is {expected[off[0]]:.6g}, got {got[off[0]]:.6g}"


def copied(args):
    """Copy the arrays among args, for whoever is handed them."""
    return [each.copy() if isinstance(each, np.ndarray) else each for each in args]


def check_backward(text, function, compute, *args):
    """Compare function.backward with measured gradients, for each float64 array among the args."""
    gradient = np.asarray(np.random.default_rng(3).normal(size=np.shape(compute(*args))))
    asked = [place for place, x in enumerate(args) if isinstance(x, np.ndarray) and x.dtype == np.float64]
    measured = {place: numeric_gradient(compute, args, place, gradient) for place in asked}
    given, handed = gradient.copy(), copied(args)
    parts = function.backward(given, *handed)
    assert np.array_equal(given, gradient), f"{text}: backward must not change the gradient that it is given"
    for place in asked:
        same = np.array_equal(handed[place], args[place])
        assert same, f"{text}: backward must not change the arrays that it is given, here operand {place + 1}"
    parts = parts if isinstance(parts, tuple) else (parts,)
    for place, expected in measured.items():
        assert len(parts) > place, f"{text}: backward returns a gradient for each operand, got {len(parts)}"
        check_close(f"{text}: the gradient of operand {place + 1}", parts[place], expected)


# %% test-function-classes
@pytest.mark.criterion("test-function-classes", points=15)
def test_unit_function_classes():
    """Arithmetic, shapes and reductions hand back the gradients that central differences measure."""
    random = np.random.default_rng(1)
    block = random.normal(size=(2, 3, 4))
    for shape in ((2, 3, 4), (3, 4), (4,), (2, 1, 4), (3, 1), (1, 1, 1), ()):
        expected = numeric_gradient(lambda x: x + np.zeros((2, 3, 4)), [np.zeros(shape)], 0, block)
        check_close(f"unbroadcast from (2, 3, 4) to {shape}", unbroadcast(block.copy(), shape), expected)

    arithmetic = {
        "a + b": (AddBackward, lambda a, b: a + b),
        "a - b": (SubBackward, lambda a, b: a - b),
        "a * b": (MulBackward, lambda a, b: a * b),
        "a / b": (DivBackward, lambda a, b: a / b),
    }
    for sign, (function, compute) in arithmetic.items():
        for left, right in (((2, 3), (2, 3)), ((2, 3), (3,)), ((3,), (2, 3)), ((2, 1), (1, 3)), ((), (2, 2))):
            a, b = random.normal(size=left), 1.5 + random.random(size=right)
            check_backward(f"{sign} of shapes {left} and {right}", function, compute, a, b)
        check_backward(f"{sign} with b = 2", function, compute, random.normal(size=3), 2.0)
    check_backward("-a", NegBackward, lambda a: -a, random.normal(size=(2, 3)))

    for key in (1, -1, slice(1, None), (0, 2), (slice(None), -1), (slice(None), slice(0, 2), 0), [1, 0], [0, 0, 1]):
        check_backward(f"x[{key}]", GetItemBackward, lambda x, key: x[key], block, key)
    for shape in ((6, 4), (-1,), (2, -1), (4, 3, 2)):
        check_backward(f"x.reshape{shape}", ReshapeBackward, lambda x, *shape: x.reshape(shape), block, *shape)
    check_backward("x.transpose()", TransposeBackward, lambda x, *_: x.swapaxes(1, 2), block, None, None)
    check_backward("x.transpose() of a matrix", TransposeBackward, lambda x, *_: x.T, block[0], None, None)
    check_backward("x.transpose() of a vector", TransposeBackward, lambda x, *_: x, block[0, 0], None, None)
    for dims in ((0, 1), (0, 2), (-1, 0)):
        check_backward(f"x.transpose{dims}", TransposeBackward, lambda x, *dims: x.swapaxes(*dims), block, *dims)

    reductions = {
        "sum": (SumBackward, lambda x, axis, keepdims: x.sum(axis=axis, keepdims=keepdims)),
        "mean": (MeanBackward, lambda x, axis, keepdims: x.mean(axis=axis, keepdims=keepdims)),
        "max": (MaxBackward, lambda x, axis, keepdims: x.max(axis=axis, keepdims=keepdims)),
    }
    for name, (function, compute) in reductions.items():
        for axis in (None, 0, 1, 2, -1, -2):
            for keepdims in (False, True):
                check_backward(f"x.{name}({axis}, {keepdims})", function, compute, block, axis, keepdims)
    tied = MaxBackward.backward(np.array([6.0, 1.0]), np.array([[5.0, 1.0, 5.0], [0.0, 2.0, 1.0]]), axis=1)
    check_close("x.max(1), of [5, 1, 5] with gradient 6 and of [0, 2, 1] with 1: the gradient", tied, [[3, 0, 3], [0, 1, 0]])


# %% test-tensor-autograd
@pytest.mark.criterion("test-tensor-autograd", points=20)
def test_unit_recording():
    """Results remember the Function that made them, where a gradient is wanted and only there."""
    x, constant = Tensor([1.0, 2.0], requires_grad=True), Tensor([3.0, 4.0])
    plain = constant + constant
    assert plain.requires_grad is False, "what depends on no Tensor that requires a gradient does not require one"
    assert plain.grad_fn is None, "where no gradient is wanted, nothing is recorded"
    total = constant + x
    assert total.requires_grad is True, "what depends on a Tensor that requires a gradient requires one"
    assert isinstance(total.grad_fn, AddBackward), f"a sum's grad_fn is an AddBackward, got {total.grad_fn}"
    assert np.array_equal(total.data, [4, 6]), f"recording leaves results alone: [4, 6], got {total.data}"
    assert x.grad_fn is None, "a Tensor that nothing has made has no grad_fn"

    calls = []

    def odd(a, b):
        calls.append((a, b))
        return Tensor(a.data - 2 * b.data)

    for left, right, expected in ((x, constant, [-5, -6]), (constant, constant, [-3, -4])):
        calls.clear()
        result = AddBackward(odd, left, right).apply()
        assert np.array_equal(result.data, expected), f"apply returns what forward gives, {expected}, got {result.data}"
        assert len(calls) == 1, f"apply calls forward once, not {len(calls)} times"


@pytest.mark.criterion("test-tensor-autograd", points=20)
def test_unit_tensor_autograd():
    """Backward takes a gradient or begins with 1, and gives each leaf one that adds up until it is reset."""
    x, constant = Tensor([1.0, 2.0], requires_grad=True), Tensor([3.0, 4.0])
    given = np.array([10.0, 100.0])
    assert (x + x + constant).backward(given) is None, "backward returns nothing"
    assert isinstance(x.grad, Tensor), f"grad is a Tensor, not {type(x.grad).__name__}"
    assert np.array_equal(x.grad.data, [20, 200]), f"x + x + c with gradient {given}: 2 times that, got {x.grad.data}"
    assert constant.grad is None, "a Tensor that requires no gradient gets none"
    (x + constant).backward(Tensor([1.0, 2.0]))
    assert np.array_equal(x.grad.data, [21, 202]), f"gradients add up: [20, 200] + [1, 2], got {x.grad.data}"
    x.zero_grad()
    assert x.grad is None or not np.any(x.grad.data), f"zero_grad resets grad, got {x.grad}"
    (x + constant).backward(given)
    assert np.array_equal(x.grad.data, [10, 100]), f"after zero_grad, gradients start anew: {given}, got {x.grad.data}"
    assert np.array_equal(given, [10, 100]), f"backward must not change the gradient that it is given, got {given}"

    three = Tensor(7.0, requires_grad=True)
    (three + three + three).backward()
    assert three.grad.data == 3, f"x + x + x has gradient 3, got {three.grad.data}"
    single = Tensor([[7.0]], requires_grad=True)
    single.backward()
    assert np.array_equal(single.grad.data, [[1]]), f"a leaf's gradient by itself is 1, here [[1]], got {single.grad.data}"

    first, second = Tensor([0.0, 0.0], requires_grad=True), Tensor([0.0, 0.0], requires_grad=True)
    (first + second + first).backward([1.0, 2.0])
    (first + first).backward([1.0, 1.0])
    assert np.array_equal(first.grad.data, [4, 6]), f"twice [1, 2] and twice [1, 1] make [4, 6], got {first.grad.data}"
    assert np.array_equal(second.grad.data, [1, 2]), f"each leaf has a grad of its own: [1, 2], got {second.grad.data}"

    faults = {
        "a gradient is missing": (x + constant, None),
        "a gradient has the wrong shape": (x + constant, np.ones(3)),
        "a gradient would have to be broadcast": (x + constant, 1.0),
        "a leaf's gradient has the wrong shape": (Tensor([1.0, 2.0], requires_grad=True), np.ones(3)),
        "nothing requires a gradient": (Tensor(1.0), None),
    }
    for text, (result, gradient) in faults.items():
        try:
            result.backward(gradient)
        except ValueError:
            continue
        raise AssertionError(f"backward must raise ValueError where {text}")


@pytest.mark.criterion("test-tensor-autograd", points=20)
def test_unit_graph():
    """Gradients that meet again are complete before they go on, in graphs that are wide, shared and deep."""
    for order in ("near first", "far first"):
        x = Tensor(1.0, requires_grad=True)
        near = x + x
        far = near + x + near
        (near + far if order == "near first" else far + near).backward()
        assert x.grad.data == 7, f"2x + (2x + x + 2x) has gradient 7 ({order}), got {x.grad.data}"
        (far + far).backward()
        assert x.grad.data == 17, f"a second result of the same graph adds its 10 ({order}), got {x.grad.data}"

    doubled = x = Tensor(1.0, requires_grad=True)
    for _ in range(30):
        doubled = doubled + doubled
    doubled.backward()
    assert x.grad.data == 2**30, f"30 doublings have gradient 2**30, got {x.grad.data}"

    # The built-in sum adds up 0 + x + 1 + 1 + … with Tensors, one by one. No argument of its own requires a gradient.
    zero, one, x = Tensor(0.0), Tensor(1.0), Tensor(0.0, requires_grad=True)
    chain = Function(sum, [x] + [one] * 5000, zero).apply()
    assert chain.data == 5000, f"0 + 1 + 1 + … is 5000, got {chain.data}"
    chain.backward()
    assert x.grad.data == 1, f"a chain of 5,000 additions has gradient 1, got {x.grad.data}"


# %% module-integration
@pytest.mark.criterion("module-integration", points=25)
def test_unit_matmul_gradient():
    """Matrix products of matrices, vectors and batches hand both gradients back."""
    random = np.random.default_rng(5)
    shapes = (((2, 3), (3, 4)), ((3, 3), (3, 3)), ((2, 3), (3,)), ((3,), (3, 2)), ((3,), (3,)))
    batches = (((2, 4, 3), (2, 3, 2)), ((2, 4, 3), (3, 2)), ((4, 3), (2, 3, 2)), ((3,), (2, 3, 4)), ((2, 4, 3), (3,)))
    for left, right in shapes + batches:
        a, b = random.normal(size=left), random.normal(size=right)
        check_backward(f"{left} @ {right}", MatMulBackward, lambda a, b: a @ b, a, b)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def probabilities(x, dim=-1):
    return np.exp(x) / np.exp(x).sum(axis=dim, keepdims=True)


def cross_entropy(scores, classes):
    return -np.log(probabilities(scores)[np.arange(len(classes)), classes.astype(int)]).mean()


def binary_cross_entropy(p, answers):
    return -(answers * np.log(p) + (1 - answers) * np.log(1 - p)).mean()


def check_layer(text, layer, compute, *args):
    """Compare the gradient that comes through the graph of a layer with a measured one."""
    x = Tensor(args[0].copy(), requires_grad=True)
    y = layer(x, *(Tensor(each) if isinstance(each, np.ndarray) else each for each in copied(args[1:])))
    # GELU has three forms, which differ by 0.021 at most.
    check_close(f"{text}, whose forward records,", y.data, compute(*args), rtol=1e-3, atol=0.025)
    values = y.data.astype(np.float64)
    # A sum of probabilities is always 1; with a sigmoid behind them, it is worth a gradient.
    Sigmoid()(y).backward(np.ones(values.shape))
    expected = numeric_gradient(compute, args, 0, logistic(values) * (1 - logistic(values)))
    check_close(f"{text}, then a sigmoid: x.grad", x.grad.data, expected, rtol=1e-3, atol=1e-5)


@pytest.mark.criterion("module-integration", points=25)
def test_unit_activation_gradients():
    """Activations hand back their slopes, alone and through the graph, along any dimension."""
    import math

    # Imported here, when it is recorded: at the top, the name would stand for the function that is not.
    from tinytorch.core.losses import log_softmax

    scores = np.random.default_rng(6).normal(size=(2, 3, 4)) * 2
    # Module 02 leaves open which form of GELU it is; the slope must be that of one of them.
    normal = np.vectorize(lambda x: 0.5 * (1 + math.erf(x / math.sqrt(2))))
    gelus = (
        lambda x: x * logistic(1.702 * x),
        lambda x: x * normal(x),
        lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    )
    slopes = GELUBackward.backward(np.ones_like(scores), scores.copy())
    measured = [numeric_gradient(gelu, [scores], 0, np.ones_like(scores)) for gelu in gelus]
    fits = [np.shape(slopes) == scores.shape and np.allclose(slopes, each, rtol=1e-5, atol=1e-7) for each in measured]
    if not any(fits):
        check_close("GELU, in the form with 1.702: the gradient", slopes, measured[0])

    activations = {
        "ReLU": (ReLUBackward, ReLU(), lambda x: np.maximum(x, 0)),
        "Sigmoid": (SigmoidBackward, Sigmoid(), logistic),
        "Tanh": (TanhBackward, Tanh(), np.tanh),
        "GELU": (GELUBackward, GELU(), gelus[fits.index(True)]),
        "softmax": (SoftmaxBackward, Softmax(), probabilities),
        "log_softmax": (LogSoftmaxBackward, log_softmax, lambda x, dim=-1: np.log(probabilities(x, dim))),
    }
    for name, (function, layer, compute) in activations.items():
        for dims in ((0,), (1,), (-1,), ()) if "softmax" in name else ((),):
            check_backward(f"{name}(x, {dims})", function, compute, scores, *dims)
            check_layer(f"{name}(x, {dims})", layer, compute, scores, *dims)
    edge = ReLUBackward.backward(np.ones(3), np.array([-1.0, 0.0, 1.0]))
    assert np.array_equal(edge, [0, 0, 1]), f"ReLU: the slope at -1, 0 and 1 is [0, 0, 1], got {edge}"
    far = np.array([-1000.0, 1000.0])
    for name in ("Sigmoid", "Tanh", "GELU"):
        slopes = activations[name][0].backward(np.ones(2), far.copy())
        check_close(f"{name}: the slope for [-1000, 1000]", slopes, [0, 1] if name == "GELU" else [0, 0])
    relu = ReLU()
    relu(Tensor([-1.0, 2.0]))
    handed = relu.backward(Tensor([5.0, 7.0])).data
    assert np.array_equal(handed, [0, 7]), f"relu.backward([5, 7]) after relu([-1, 2]) is [0, 7], got {handed}"


@pytest.mark.criterion("module-integration", points=25)
def test_unit_loss_gradients():
    """Losses hand back the gradients of their means, alone and through the graph."""
    random = np.random.default_rng(7)
    guesses, numbers, scores = 0.05 + 0.9 * random.random((2, 3)), random.random((2, 3)), random.normal(size=(3, 4))
    # Answers and class numbers in float32 are operands whose gradient nobody asks for.
    answers = np.array([[1, 0, 0.25], [0, 1, 1]], dtype=np.float32)
    classes = np.array([2, 0, 3], dtype=np.float32)
    cases = {
        "MSELoss": (MSEBackward, MSELoss(), lambda p, t: np.mean((p - t) ** 2), guesses, numbers),
        "CrossEntropyLoss": (CrossEntropyBackward, CrossEntropyLoss(), cross_entropy, scores, classes),
        "BinaryCrossEntropyLoss": (
            BinaryCrossEntropyBackward, BinaryCrossEntropyLoss(), binary_cross_entropy, guesses, answers
        ),
    }
    for name, (function, loss, compute, x, targets) in cases.items():
        check_backward(name, function, compute, x, targets)
        check_layer(name, loss, compute, x, targets)
    sure = BinaryCrossEntropyBackward.backward(np.array(1.0), np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    assert np.shape(sure) == (2,), f"BinaryCrossEntropyLoss: its gradient has shape (2,), got {np.shape(sure)}"
    assert np.all(np.isfinite(sure)), f"BinaryCrossEntropyLoss: the gradient at 0 and 1 is finite, got {sure}"
    large = CrossEntropyBackward.backward(np.array(1.0), np.array([[1000.0, 0.0]]), np.array([0.0]))
    check_close("CrossEntropyLoss: the gradient of large scores", large, [[0, 0]])


@pytest.mark.criterion("module-integration", points=25)
def test_module():
    """A network of layers, activation and loss has the right gradients, and learns exclusive or."""
    test_unit_function_classes()
    test_unit_recording()
    test_unit_tensor_autograd()
    test_unit_graph()
    test_unit_matmul_gradient()
    test_unit_activation_gradients()
    test_unit_loss_gradients()

    points = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
    exclusive = np.array([0, 1, 1, 0])
    random = np.random.default_rng(8)
    weights = [random.normal(size=(3, 8)), random.normal(size=(8, 2))]
    layers = [Linear(3, 8, bias=False), Linear(8, 2, bias=False)]
    network, criterion = Sequential(layers[0], Tanh(), layers[1]), CrossEntropyLoss()
    inputs, targets = Tensor(points), Tensor(exclusive)
    measured = [
        numeric_gradient(lambda w, v: cross_entropy(np.tanh(points @ w) @ v, exclusive), weights, place, 1.0)
        for place in (0, 1)
    ]
    for step in range(26):
        for weight, layer in zip(weights, layers, strict=True):
            layer.weight = Tensor(weight.copy(), requires_grad=True)
        loss = criterion(network(inputs), targets)
        loss.backward(np.array(1.0))
        slopes = [layer.weight.grad.data for layer in layers]
        for got, expected in zip(slopes, measured, strict=True) if step == 0 else ():
            check_close("the gradient of a network's weights", got, expected, rtol=1e-3, atol=1e-5)
        weights = [weight - slope for weight, slope in zip(weights, slopes, strict=True)]
    assert loss.data < 0.1, f"after 25 steps the loss has gone from 1.4 to below 0.1, got {loss.data}"
    chosen = network(inputs).data.argmax(axis=1)
    assert np.array_equal(chosen, exclusive), f"the network has learned exclusive or, {exclusive}, got {chosen}"
