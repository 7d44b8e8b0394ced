"""Locked tests of 16_compression, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.layers import Dropout, Layer, Linear, Sequential
from tinytorch.core.tensor import Tensor
# For the tests alone, so it is not exported.
from tinytorch.core.activations import ReLU
import pytest
from tinytorch.perf.compression import (
    KnowledgeDistillation,
    compress_model,
    factorize,
    low_rank_approximate,
    magnitude_prune,
    measure_sparsity,
    structured_prune,
)


# %% setup
def weights_of(model):
    """List a model's weights: the parameters with two dimensions or more. Biases are not among them. Given."""
    return [each for each in model.parameters() if each.data.ndim > 1]


# %%
def compare(what, got, wanted):
    """Assert that a dict has the entries that are wanted, with the numbers that are wanted."""
    for name, value in wanted.items():
        assert name in got, f"{what}: {name} is among the entries, got {sorted(got)}"
        assert np.isclose(got[name], value, rtol=1e-6, atol=1e-9), f"{what}: {name} is {value}, got {got[name]}"


def losses_while_learning(teach, x, labels, steps, rate):
    """Return the losses of a student that takes plain steps down the gradient."""
    losses = []
    for _ in range(steps):
        loss = teach.loss(x, labels)
        losses.append(float(loss.data))
        loss.backward()
        for each in teach.student.parameters():
            each.data = each.data - rate * each.grad.data
            each.grad = None
    return losses


# %% test-measure-sparsity
@pytest.mark.criterion("test-measure-sparsity", points=5)
def test_unit_measure_sparsity():
    """Zeros are counted over all matrices together, in per cent, without biases."""
    first, second = Linear(2, 2), Linear(2, 1)
    first.weight, second.weight = Tensor([[0, 1], [0, 3]]), Tensor([[0], [5]])
    wide = Linear(10, 20)
    wide.weight = Tensor(np.arange(200).reshape(10, 20) % 8)
    cases = {
        "one matrix of four with two zeros": (first, 50.0),
        "two matrices of six with three zeros": (Sequential(first, ReLU(), Sequential(second)), 50.0),
        "matrices of 4 and 200 with 2 and 25": (Sequential(first, wide), 100 * 27 / 204),
        "a fresh layer, whose biases are 0": (Linear(9, 9), 0.0),
        "a model without weights": (Sequential(ReLU(), Dropout()), 0.0),
    }
    for text, (model, wanted) in cases.items():
        got = measure_sparsity(model)
        assert np.isclose(got, wanted, rtol=1e-6, atol=1e-9), f"{text}: {wanted:.4f} %, got {got}"


# %% test-magnitude-prune
@pytest.mark.criterion("test-magnitude-prune", points=10)
def test_unit_magnitude_prune():
    """The smallest weights of all matrices together become 0, and nothing else changes."""
    random = np.random.default_rng(1)
    shapes, scales = ((8, 6), (6, 5), (5, 4)), (1.0, 0.3, 2.0)
    values = [scale * random.normal(size=shape) for shape, scale in zip(shapes, scales, strict=True)]
    values = [each.astype(np.float32) for each in values]
    sizes = np.sort(np.concatenate([np.abs(each).ravel() for each in values]))

    def network():
        layers = [Linear(*shape) for shape in shapes]
        for layer, each in zip(layers, values, strict=True):
            layer.weight, layer.bias = Tensor(each, requires_grad=True), Tensor(np.full(each.shape[1], 0.001))
        return Sequential(layers[0], ReLU(), Sequential(layers[1], ReLU()), layers[2])

    for sparsity, count in ((0.0, 0), (0.25, 24), (0.5, 49), (0.9, 88), (0.995, 97), (1.0, 98)):
        model = network()
        tensors = model.parameters()
        result = magnitude_prune(model, sparsity)
        assert result is model, "magnitude_prune returns the model that it was given"
        threshold = sizes[count] if count < 98 else np.inf
        after = model.parameters()
        for place, before in enumerate(values):
            weight, bias = after[2 * place], after[2 * place + 1]
            assert weight is tensors[2 * place], "a weight stays the same Tensor, with other data"
            expected = np.where(np.abs(before) >= threshold, before, 0)
            data = weight.data
            assert data.shape == expected.shape, f"a weight keeps its shape {expected.shape}, got {data.shape}"
            assert data.dtype == np.float32, f"weights stay float32, got {data.dtype}"
            zeros = int((data == 0).sum())
            wanted = int((expected == 0).sum())
            same = np.array_equal(data, expected)
            assert same, f"at {sparsity:.1%}, the largest weights stay: {wanted} zeros in matrix {place}, got {zeros}"
            assert weight.requires_grad is True, "a weight still requires its gradient"
            biases = bias.data
            assert np.allclose(biases, np.full(before.shape[1], 0.001), rtol=1e-6), f"biases stay 0.001, got {biases}"

    again = network()
    magnitude_prune(magnitude_prune(again, 0.4), 0.5)
    zeros = sum(int((each.data == 0).sum()) for each in again.parameters())
    assert zeros == 49, f"40 % and then 50 % leaves 49 zeros of 98, got {zeros}"
    usual = magnitude_prune(network())
    zeros = sum(int((each.data == 0).sum()) for each in usual.parameters())
    assert zeros == 88, f"by default 90 % go: 88 of 98, got {zeros}"
    for sparsity in (-0.1, 1.5):
        try:
            magnitude_prune(network(), sparsity)
        except ValueError:
            continue
        raise AssertionError(f"a sparsity of {sparsity} must be a ValueError")


# %% test-structured-prune
@pytest.mark.criterion("test-structured-prune", points=10)
def test_unit_structured_prune():
    """The columns of least norm become 0 with their biases, in all linear layers but the last."""
    # Column 0 has the largest number but a small norm, column 1 a sum of 0, column 2 many small numbers.
    w1 = np.array([[1.5, 3, 1, 0.1, 2, -2], [0, -3, 1, 0.2, 2, 2], [0, 0, -1, 0.1, 0, 3], [0, 0, 1, 0, 1, -1]])
    order1 = [3, 0, 2, 4, 1, 5]
    b1 = np.array([1.0, 2, 3, 4, 5, 6])
    w2 = np.random.default_rng(2).normal(size=(6, 10))
    order2 = list(np.argsort(np.sqrt((w2**2).sum(axis=0))))
    w3, b3 = np.full((10, 3), 0.01), np.array([0.5, 0.25, 0.125])

    def network():
        first, second, third = Linear(4, 6), Linear(6, 10, bias=False), Linear(10, 3)
        first.weight, first.bias = Tensor(w1, requires_grad=True), Tensor(b1)
        second.weight, third.weight, third.bias = Tensor(w2), Tensor(w3), Tensor(b3)
        return first, second, third, Sequential(first, ReLU(), Sequential(second, ReLU()), third)

    for ratio, count1, count2 in ((0.0, 0, 0), (0.33, 1, 3), (0.5, 3, 5), (0.75, 4, 7), (1.0, 6, 10)):
        first, second, third, model = network()
        weight = first.weight
        result = structured_prune(model, ratio)
        assert result is model, "structured_prune returns the model that it was given"
        expected1, bias1, expected2 = w1.copy(), b1.copy(), w2.copy()
        expected1[:, order1[:count1]], bias1[order1[:count1]], expected2[:, order2[:count2]] = 0, 0, 0
        for text, tensor, expected in (
            ("the first weight", first.weight, expected1),
            ("the first bias", first.bias, bias1),
            ("the weight without a bias", second.weight, expected2),
            ("the last weight", third.weight, w3),
            ("the last bias", third.bias, b3),
        ):
            got = tensor.data
            assert got.shape == expected.shape, f"{text} keeps its shape {expected.shape}, got {got.shape}"
            assert np.allclose(got, expected, rtol=1e-5, atol=1e-7), f"at {ratio}, {text} is {expected}, got {got}"
        assert first.weight is weight, "a weight stays the same Tensor, with other data"
        assert second.bias is None, "a layer without a bias still has none"
    usual = network()
    structured_prune(usual[3])
    got = int((usual[0].bias.data == 0).sum())
    assert got == 3, f"by default half of the columns go: 3 of 6, got {got}"
    for ratio in (-0.5, 1.1):
        try:
            structured_prune(network()[3], ratio)
        except ValueError:
            continue
        raise AssertionError(f"a prune_ratio of {ratio} must be a ValueError")


# %% test-low-rank
@pytest.mark.criterion("test-low-rank", points=10)
def test_unit_low_rank():
    """The approximation is the best of its rank, and two layers compute it."""
    random = np.random.default_rng(3)
    cases = (((20, 15), 0.4, 6), ((20, 15), 0.5, 7), ((6, 30), 1.0, 6), ((9, 9), 0.05, 1), ((30, 6), 0.34, 2))
    for shape, ratio, rank in cases:
        w = random.normal(size=shape)
        singular = np.linalg.svd(w, compute_uv=False)
        u, s, v = low_rank_approximate(w.copy(), ratio)
        for text, part, wanted in (("U", u, (shape[0], rank)), ("S", s, (rank,)), ("V", v, (rank, shape[1]))):
            assert part.shape == wanted, f"for {shape} at {ratio}, {text} has shape {wanted}, got {part.shape}"
        assert np.allclose(s, singular[:rank], rtol=1e-5), f"S is the largest singular values {singular[:rank]}, got {s}"
        apart = np.sqrt(((u * s @ v - w) ** 2).sum())
        best = np.sqrt((singular[rank:] ** 2).sum())
        assert np.isclose(apart, best, rtol=1e-4, atol=1e-5), f"U diag(S) V misses W by {best}, got {apart}"
    usual = low_rank_approximate(random.normal(size=(20, 15)))[1]
    assert usual.shape == (7,), f"by default half of the rank stays: 7 of 15, got {usual.shape}"

    w, b, x = random.normal(size=(20, 15)), random.normal(size=15), random.normal(size=(4, 20))
    u, s, v = np.linalg.svd(w, full_matrices=False)
    linear, bare = Linear(20, 15), Linear(20, 15, bias=False)
    linear.weight, linear.bias, bare.weight = Tensor(w), Tensor(b), Tensor(w)
    expected = x @ (u[:, :6] * s[:6]) @ v[:6]
    for layer, added, numbers in ((linear, b, 225), (bare, 0, 210)):
        pair = factorize(layer, 0.4)
        sizes = [(each.in_features, each.out_features) for each in pair.layers]
        assert sizes == [(20, 6), (6, 15)], f"layers of 20 → 6 and 6 → 15 take the place of one, got {sizes}"
        y = pair(Tensor(x)).data
        assert y.shape == (4, 15), f"they give shape (4, 15), got {y.shape}"
        assert np.allclose(y, expected + added, rtol=1e-3, atol=1e-4), f"x U S V + b is {expected + added}, got {y}"
        held = sum(each.data.size for each in pair.parameters())
        assert held == numbers, f"at rank 6 they hold {numbers} numbers, got {held}"
        needed = [each.requires_grad for each in weights_of(pair)]
        assert needed == [True, True], f"both weights require gradients, got {needed}"
    assert np.allclose(linear.weight.data, w, rtol=1e-5, atol=1e-6), "the layer itself stays as it was"
    given = len(factorize(bare).layers[0].parameters()), len(factorize(linear).layers[0].parameters())
    assert given == (1, 1), f"the first of the two has no bias: one parameter, got {given}"


# %% test-distillation
@pytest.mark.criterion("test-distillation", points=15)
def test_unit_distillation():
    """The loss is alpha T² KL(teacher ‖ student) + (1 - alpha) cross-entropy, averaged, with the student's gradient."""

    def log_shares(scores):
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.log(powers / powers.sum(axis=1, keepdims=True))

    def computed(student, teacher, labels, temperature, alpha):
        log_p, log_q = log_shares(teacher / temperature), log_shares(student / temperature)
        soft = temperature**2 * (np.exp(log_p) * (log_p - log_q)).sum(axis=1).mean()
        return alpha * soft - (1 - alpha) * log_shares(student)[np.arange(len(labels)), labels].mean()

    for temperature, wanted in ((1.0, 0.266217), (2.0, 0.313684), (3.0, 0.324315), (10.0, 0.332502)):
        teach = KnowledgeDistillation(None, None, temperature=temperature, alpha=1.0)
        got = teach.distillation_loss(Tensor([[0, 0, 0]]), Tensor([[2, 1, 0]]), Tensor([0]))
        assert isinstance(got, Tensor), f"the loss is a Tensor, not a {type(got).__name__}"
        data = got.data
        assert data.shape == (), f"the loss has shape (), got {data.shape}"
        assert np.isclose(data, wanted, rtol=1e-4, atol=0), f"at T = {temperature} the loss is {wanted}, got {data}"

    random = np.random.default_rng(4)
    student, teacher, labels = random.normal(size=(4, 5)), 2 * random.normal(size=(4, 5)), np.array([0, 3, 4, 3])
    for temperature, alpha in ((3.0, 0.7), (1.0, 0.5), (2.0, 0.0), (5.0, 1.0), (0.5, 0.2)):
        text = f"T = {temperature}, alpha = {alpha}"
        wanted = computed(student, teacher, labels, temperature, alpha)
        slopes = np.zeros((4, 5))
        for place in np.ndindex(4, 5):
            step = np.zeros((4, 5))
            step[place] = 1e-6
            up, down = (computed(student + each, teacher, labels, temperature, alpha) for each in (step, -step))
            slopes[place] = (up - down) / 2e-6
        teach = KnowledgeDistillation(None, None, temperature=temperature, alpha=alpha)
        told, known = Tensor(student, requires_grad=True), Tensor(teacher, requires_grad=True)
        got = teach.distillation_loss(told, known, Tensor(labels))
        assert np.isclose(got.data, wanted, rtol=1e-4, atol=1e-5), f"for {text} the loss is {wanted}, got {got.data}"
        got.backward()
        assert told.grad is not None, f"for {text} the student's scores get a gradient"
        gradient = told.grad.data
        assert gradient.shape == (4, 5), f"for {text} the gradient has shape (4, 5), got {gradient.shape}"
        assert np.allclose(gradient, slopes, rtol=1e-3, atol=1e-5), f"for {text} the gradient is {slopes}, got {gradient}"
        assert known.grad is None, f"the teacher's scores get no gradient, got {known.grad}"
        assert np.allclose(known.data, teacher, rtol=1e-5, atol=1e-6), "the loss must not change the teacher's scores"

    usual = KnowledgeDistillation("teacher", "student")
    settings = usual.teacher, usual.student, usual.temperature, usual.alpha
    assert settings == ("teacher", "student", 3.0, 0.7), f"by default T is 3 and alpha 0.7, got {settings}"
    far = usual.distillation_loss(Tensor([[0, 2000.0]]), Tensor([[0, 2000.0]]), Tensor([1])).data
    assert np.isclose(far, 0, rtol=0, atol=1e-5), f"a student that agrees at scores of 2,000 has a loss of 0, got {far}"

    w1, w2, x = random.normal(size=(3, 5)), random.normal(size=(3, 5)), random.normal(size=(4, 3))
    first, second = Linear(3, 5, bias=False), Linear(3, 5, bias=False)
    first.weight, second.weight = Tensor(w1), Tensor(w2)
    for dropped in (0.0, 1.0):
        teach = KnowledgeDistillation(Sequential(first, Dropout(1.0)), Sequential(second, Dropout(dropped)))
        wanted = computed(x @ w2 * (1 - dropped), x @ w1, labels, 3.0, 0.7)
        got = teach.loss(Tensor(x), Tensor(labels)).data
        assert np.isclose(got, wanted, rtol=1e-4, atol=1e-5), f"a batch whose student drops {dropped}: {wanted}, got {got}"
    for temperature, alpha in ((0, 0.5), (-1.0, 0.5), (3.0, -0.1), (3.0, 1.1)):
        try:
            KnowledgeDistillation(None, None, temperature, alpha)
        except ValueError:
            continue
        raise AssertionError(f"temperature {temperature} with alpha {alpha} must be a ValueError")


# %% test-compression-integration
@pytest.mark.criterion("test-compression-integration", points=20)
def test_compression_integration():
    """Recipes are applied in order and reported, and a student learns from its teacher."""
    test_unit_measure_sparsity()
    test_unit_magnitude_prune()
    test_unit_structured_prune()
    test_unit_low_rank()
    test_unit_distillation()

    random = np.random.default_rng(6)
    w1, w2, w3, b = (*(random.normal(size=size) for size in ((30, 20), (20, 20), (20, 4))), np.full(20, 0.5))

    def network():
        first, second, third = Linear(30, 20), Linear(20, 20, bias=False), Linear(20, 4)
        first.weight, first.bias, second.weight = Tensor(w1), Tensor(b), Tensor(w2)
        third.weight, third.bias = Tensor(w3), Tensor(np.ones(4))
        return Sequential(first, ReLU(), Sequential(Dropout(0.5), second), third)

    # (recipe, parameters, parameters that are not 0, zeros among the weights, weights, what was applied)
    cases = (
        ({}, 1_104, 1_104, 0, 1_080, []),
        ({"magnitude_prune": 0.9}, 1_104, 132, 972, 1_080, ["magnitude_prune"]),
        ({"structured_prune": 0.25}, 1_104, 849, 250, 1_080, ["structured_prune"]),
        ({"low_rank": 0.5}, 972, 972, 0, 948, ["low_rank"]),
        ({"low_rank": 1.0}, 1_104, 1_104, 0, 1_080, ["low_rank"]),
        ({"low_rank": 0.1}, 228, 228, 0, 204, ["low_rank"]),
        ({"magnitude_prune": 0.5, "low_rank": 0.1}, 228, 126, 102, 204, ["low_rank", "magnitude_prune"]),
    )
    for recipe, parameters, nonzero, zeros, weights, applied in cases:
        model = network()
        got = compress_model(model, dict(recipe))
        wanted = {"original_parameters": 1_104, "parameters": parameters, "nonzero_parameters": nonzero}
        wanted |= {"sparsity": 100 * zeros / weights, "compression_ratio": 1_104 / nonzero}
        compare(recipe, got, wanted)
        assert got["applied"] == applied, f"{recipe}: applied is {applied}, got {got['applied']}"
        y = model.forward(Tensor(np.zeros((3, 30))), training=False).data
        assert y.shape == (3, 4), f"{recipe}: the model still gives shape (3, 4), got {y.shape}"

    x = random.normal(size=(6, 30))
    model = network()
    applied = compress_model(model, {"magnitude_prune": 0.0, "low_rank": 1.0, "structured_prune": 0.0})["applied"]
    assert applied == ["structured_prune", "low_rank", "magnitude_prune"], f"the steps have one order, got {applied}"
    wanted = np.maximum(0, x @ w1 + b) @ w2 @ w3 + 1
    got = model.forward(Tensor(x), training=False).data
    assert got.shape == (6, 4), f"the model gives shape (6, 4), got {got.shape}"
    assert np.allclose(got, wanted, rtol=1e-3, atol=1e-3), "a recipe of shares that take nothing away changes nothing"
    for recipe in ({"low-rank": 0.5}, {"magnitude_prune": 0.9, "magic": 1}):
        model = network()
        try:
            compress_model(model, recipe)
        except ValueError:
            zeros = int((model.layers[0].weight.data == 0).sum())
            assert zeros == 0, f"a recipe that is refused changes nothing, got {zeros} zeros"
            continue
        raise AssertionError(f"the recipe {recipe} must be a ValueError")

    # An untrained student would be at 1/3 for each class.
    teacher, student = Linear(2, 3), Sequential(Linear(2, 2), Linear(2, 3))
    teacher.weight, teacher.bias = Tensor([[2.0, -1.0, 0.0], [0.0, 1.0, -2.0]]), Tensor([0.5, 0.0, -0.5])
    inner, outer = student.layers
    inner.weight = Tensor([[0.3, -0.2], [0.1, 0.4]], requires_grad=True)
    outer.weight = Tensor([[0.1, -0.1, 0.0], [0.0, 0.2, -0.1]], requires_grad=True)
    teach = KnowledgeDistillation(teacher, student, temperature=2.0, alpha=1.0)
    points, labels = Tensor(random.normal(size=(40, 2))), Tensor(np.zeros(40))
    losses = losses_while_learning(teach, points, labels, 50, 0.6)
    assert np.all(np.isfinite(losses)), f"the student's losses are finite, got {losses[:3]} … {losses[-3:]}"
    assert losses[0] > 0.1, f"at first the student is far from its teacher, got {losses[0]}"
    assert losses[-1] < 0.1 * losses[0], f"a student comes near its teacher: {losses[0]} must fall to a tenth, got {losses[-1]}"
    agree = (teacher(points).data.argmax(axis=1) == student(points).data.argmax(axis=1)).mean()
    assert agree > 0.9, f"a student names the classes that its teacher names, got {agree:.0%}"
