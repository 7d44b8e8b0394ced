"""Locked tests of 12_attention, full edition. Made by `tito lock`; a change by hand is refused."""

import math
from tinytorch.core.layers import Layer, Linear
from tinytorch.core.tensor import Tensor
# For the tests alone, so they are not exported. From here on, Tensors remember how they were computed.
import numpy as np
import pytest
from tinytorch.core.attention import MultiHeadAttention, scaled_dot_product_attention


# %% test-attention-basic
def check_close(text, got, expected, rtol=1e-4, atol=1e-5):
    """Compare a Tensor's shape and numbers, and tell of the first number that differs."""
    assert isinstance(got, Tensor), f"{text} is a Tensor, got {type(got).__name__}"
    expected, got = np.asarray(expected), np.asarray(got.data)
    assert got.shape == expected.shape, f"{text} has shape {expected.shape}, got {got.shape}"
    off = [tuple(place) for place in np.argwhere(~np.isclose(got, expected, rtol, atol)).tolist()]
    assert not off, f"{text} at {list(off[0])} is {expected[off[0]]:.6g}, got {got[off[0]]:.6g}"


def mixed(query, keys, values, seen):
    """Mix the values for one query, from the keys whose places are seen; in float64."""
    shares = np.array([math.exp(query @ keys[place] / math.sqrt(len(query))) for place in seen])
    weights = np.zeros(len(keys))
    weights[seen] = shares / shares.sum()
    return weights @ values, weights


def attended(q, k, v, mask):
    """Return output and weights for arrays of any number of directions, row by row."""
    output, weights = np.zeros((*mask.shape[:-1], v.shape[-1])), np.zeros(mask.shape)
    for place in np.ndindex(mask.shape[:-1]):
        seen = np.flatnonzero(mask[place])
        output[place], weights[place] = mixed(q[place], k[place[:-1]], v[place[:-1]], seen)
    return output, weights


@pytest.mark.criterion("test-attention-basic", points=10)
def test_unit_attention():
    """Attention gives known mixtures, obeys masks and takes any batch."""
    rows, values = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    causal = np.array([[1.0, 0.0], [1.0, 1.0]])
    expected = [[1.660477, 2.660477], [2.339523, 3.339523]], [[0.669762, 0.330238], [0.330238, 0.669762]]
    for mask, first in ((None, 0), (Tensor(causal), 1)):
        answer = scaled_dot_product_attention(Tensor(rows), Tensor(rows), Tensor(values), mask)
        assert isinstance(answer, tuple), f"attention returns output and weights, got {type(answer).__name__}"
        assert len(answer) == 2, f"attention returns output and weights, got {len(answer)} values"
        text = "two tokens" if mask is None else "two tokens with a causal mask"
        check_close(f"{text}: the output", answer[0], [[1, 2], expected[0][1]] if first else expected[0])
        check_close(f"{text}: the weights", answer[1], [[1, 0], expected[1][1]] if first else expected[1])
    print("two tokens, with and without a mask: passed")

    random = np.random.default_rng(1)
    for front in ((), (2,), (2, 3)):
        q, k, v = (random.normal(size=(*front, *size)) * 2 for size in ((4, 3), (5, 3), (5, 6)))
        masks = {
            "no mask": np.ones((*front, 4, 5)),
            "a mask of its own shape": np.maximum(random.random((*front, 4, 5)) < 0.5, np.eye(4, 5)),
            "a mask that broadcasts": np.tril(np.ones((4, 5))),
        }
        for name, mask in masks.items():
            output, weights = attended(q, k, v, np.broadcast_to(mask, (*front, 4, 5)))
            given = [Tensor(each) for each in (q, k, v)]
            hide = None if name == "no mask" else Tensor(mask)
            got = scaled_dot_product_attention(*given, mask=hide)
            check_close(f"Q {q.shape}, K {k.shape}, V {v.shape}, {name}: the output", got[0], output)
            check_close(f"Q {q.shape}, K {k.shape}, V {v.shape}, {name}: the weights", got[1], weights)
            for letter, tensor, array in zip("QKV", given, (q, k, v), strict=True):
                check_close(f"{letter}, after attention,", tensor, array)
            if hide is not None:
                check_close("the mask, after attention,", hide, mask)
    print("matrices, batches and heads: passed")

    blind, _ = scaled_dot_product_attention(Tensor(rows), Tensor(rows), Tensor(values), Tensor([[1, 1], [0, 0]]))
    check_close("a query that may look nowhere: the output", blind, [expected[0][0], [2.0, 3.0]])
    far, _ = scaled_dot_product_attention(Tensor(rows * 2000), Tensor(rows), Tensor(values))
    check_close("scores of 1414 and 0: the output", far, values)
    print("rows without a key, and scores in the thousands: passed")


# %% test-multihead
PROJECTIONS = ("q_proj", "k_proj", "v_proj", "out_proj")


def draw_weights(width, seed):
    """Return {projection: (weight, bias)}, of random numbers."""
    random = np.random.default_rng(seed)
    return {name: (random.normal(size=(width, width)) * 0.5, random.normal(size=width)) for name in PROJECTIONS}


def with_weights(attention, weights):
    """Give an attention's projections these weights and biases."""
    for name, (weight, bias) in weights.items():
        layer = getattr(attention, name)
        layer.weight, layer.bias = Tensor(weight, requires_grad=True), Tensor(bias, requires_grad=True)
    return attention


def by_heads(x, weights, heads, mask):
    """Return what multi-head attention gives, computed head by head; in float64."""
    q, k, v = (x @ weights[name][0] + weights[name][1] for name in PROJECTIONS[:3])
    width = x.shape[-1] // heads
    parts = [slice(place * width, (place + 1) * width) for place in range(heads)]
    outputs = [attended(q[..., part], k[..., part], v[..., part], mask)[0] for part in parts]
    return np.concatenate(outputs, axis=-1) @ weights["out_proj"][0] + weights["out_proj"][1]


def refuses(text, call):
    """Make sure that a call raises a ValueError."""
    try:
        call()
    except ValueError:
        return
    raise AssertionError(f"{text} must raise ValueError")


@pytest.mark.criterion("test-multihead", points=15)
def test_unit_multihead():
    """MultiHeadAttention splits, attends and merges as one head after the other does."""
    attention = MultiHeadAttention(64, 4)
    sizes = (attention.embed_dim, attention.num_heads, attention.head_dim)
    assert sizes == (64, 4, 16), f"embed_dim, num_heads and head_dim are (64, 4, 16), got {sizes}"
    parameters = attention.parameters()
    assert len(parameters) == 8, f"there are 8 parameters, got {len(parameters)}"
    for place, name in enumerate(PROJECTIONS):
        layer = getattr(attention, name)
        assert isinstance(layer, Linear), f"{name} is a Linear, got {type(layer).__name__}"
        assert layer.weight.shape == (64, 64), f"{name}.weight has shape (64, 64), got {layer.weight.shape}"
        assert parameters[2 * place] is layer.weight, f"parameters()[{2 * place}] is {name}.weight itself"
        assert parameters[2 * place + 1] is layer.bias, f"parameters()[{2 * place + 1}] is {name}.bias itself"
    count = sum(each.size for each in parameters)
    assert count == 16_640, f"MultiHeadAttention(64, 4) has 16,640 numbers, got {count}"
    print("sizes and parameters: passed")

    small = MultiHeadAttention(6, 2)
    numbers = np.arange(24.0).reshape(2, 2, 6)
    heads = np.array([
        [[[0, 1, 2], [6, 7, 8]], [[3, 4, 5], [9, 10, 11]]],
        [[[12, 13, 14], [18, 19, 20]], [[15, 16, 17], [21, 22, 23]]],
    ])
    check_close("split_heads of 0 to 23", small.split_heads(Tensor(numbers)), heads)
    check_close("merge_heads of 0 to 23, split", small.merge_heads(Tensor(heads)), numbers)
    print("splitting and merging: passed")

    for number in (1, 2, 6):
        weights = draw_weights(6, seed=number)
        random = np.random.default_rng(10 + number)
        attention = with_weights(MultiHeadAttention(6, number), weights)
        x = random.normal(size=(2, 5, 6))
        own = np.maximum(random.random((2, 5, 5)) < 0.5, np.eye(5))
        for text, mask in (("no mask", None), ("one mask for all", np.tril(np.ones((1, 5, 5)))), ("own masks", own)):
            expected = by_heads(x, weights, number, np.broadcast_to(1.0 if mask is None else mask, (2, 5, 5)))
            got = attention.forward(Tensor(x), None if mask is None else Tensor(mask))
            check_close(f"{number} heads, {text}: the output", got, expected, rtol=1e-3, atol=1e-4)
    print("one head after the other: passed")

    refuses("MultiHeadAttention(64, 5)", lambda: MultiHeadAttention(64, 5))
    refuses("an x of width 4 for MultiHeadAttention(6, 2)", lambda: small.forward(Tensor(np.ones((1, 3, 4)))))
    print("widths that do not fit: passed")


# %% module-test
def numeric_gradient(compute, array, step=1e-5):
    """Measure the gradient of a number with respect to an array, with central differences in float64."""
    slopes = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        kept, values = array[index], []
        for move in (step, -step):
            array[index] = kept + move
            values.append(compute())
        array[index] = kept
        slopes[index] = (values[0] - values[1]) / (2 * step)
    return slopes


@pytest.mark.criterion("module-test", points=20)
def test_module():
    """A layer built by hand finds what it looks for, and a layer drawn at random has the right gradients."""
    test_unit_attention()
    test_unit_multihead()

    contents = np.random.default_rng(3).normal(size=(1, 4, 4))
    x = np.concatenate([contents, np.eye(4)[np.newaxis]], axis=-1)
    weights = {name: (np.zeros((8, 8)), np.zeros(8)) for name in PROJECTIONS}
    weights["q_proj"][0][5:, :3] = 40 * np.eye(3)
    weights["k_proj"][0][4:, :4] = np.eye(4)
    weights["v_proj"][0][:4] = np.hstack([np.eye(4), np.eye(4)])
    weights["out_proj"][0][:] = np.eye(8)
    before = contents[:, [0, 0, 1, 2]]
    so_far = np.cumsum(contents, axis=1) / np.arange(1, 5)[:, np.newaxis]
    attention = with_weights(MultiHeadAttention(8, 2), weights)
    got = attention(Tensor(x), mask=Tensor(np.tril(np.ones((1, 4, 4)))))
    check_close("the token before, beside the mean so far,", got, np.concatenate([before, so_far], axis=-1))
    print("two heads, two questions: passed")

    random = np.random.default_rng(4)
    x, direction, weights = random.normal(size=(2, 3, 4)), random.normal(size=(2, 3, 4)), draw_weights(4, seed=5)
    causal = np.tril(np.ones((1, 3, 3)))

    def loss():
        return np.sum(direction * by_heads(x, weights, 2, np.broadcast_to(causal, (2, 3, 3))))

    names = [f"{name}.{part}" for name in PROJECTIONS for part in ("weight", "bias")]
    arrays = [x, *(array for name in PROJECTIONS for array in weights[name])]
    expected = [numeric_gradient(loss, array) for array in arrays]
    attention, inputs = with_weights(MultiHeadAttention(4, 2), weights), Tensor(x, requires_grad=True)
    output = attention(inputs, Tensor(causal))
    assert output.requires_grad is True, "the output requires a gradient: compute with Tensors, not with their data"
    output.backward(direction)
    for name, tensor, slopes in zip(["x", *names], [inputs, *attention.parameters()], expected, strict=True):
        assert tensor.grad is not None, f"{name} gets a gradient: compute with Tensors, not with their data"
        check_close(f"the gradient of {name}", tensor.grad, slopes, rtol=1e-3, atol=1e-3)
    print("gradients: passed")
