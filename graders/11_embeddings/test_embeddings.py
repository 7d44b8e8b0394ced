"""Locked tests of 11_embeddings, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
# For the last test alone, so they are not exported.
from tinytorch.core.activations import Tanh
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.losses import CrossEntropyLoss
import pytest
from tinytorch.core.embeddings import (
    Embedding,
    EmbeddingLayer,
    PositionalEncoding,
    create_sinusoidal_embeddings,
)


# %% test-embedding
def check_tensor(text, got, expected, rtol=1e-4, atol=1e-5):
    """Compare a Tensor's shape and numbers with an array's, and tell of the first number that differs."""
    assert isinstance(got, Tensor), f"{text} must be a Tensor, not {type(got).__name__}"
    numbers, expected = np.asarray(got.data), np.asarray(expected, dtype=np.float64)
    assert numbers.dtype == np.float32, f"{text} holds float32, got {numbers.dtype}"
    assert numbers.shape == expected.shape, f"{text} has shape {expected.shape}, got {numbers.shape}"
    off = np.argwhere(~np.isclose(numbers, expected, rtol=rtol, atol=atol)).tolist()
    if off:
        place = tuple(off[0])
        raise AssertionError(f"{text} at {off[0]} is {expected[place]:.6g}, got {numbers[place]:.6g}")


def check_table(text, table, shape, limit):
    """Make sure that a table may be trained and begins with numbers drawn evenly from -limit to limit."""
    assert isinstance(table, Tensor), f"{text} must be a Tensor, not {type(table).__name__}"
    assert table.requires_grad is True, f"{text} has requires_grad=True, got {table.requires_grad}"
    numbers = np.asarray(table.data)
    assert numbers.shape == shape, f"{text} has shape {shape}, got {numbers.shape}"
    low, high, mean, deviation = numbers.min(), numbers.max(), numbers.mean(), numbers.std()
    assert -limit * 1.0001 <= low < -0.95 * limit, f"{text}: the smallest number is near {-limit:.4f}, got {low:.4f}"
    assert 0.95 * limit < high <= limit * 1.0001, f"{text}: the largest number is near {limit:.4f}, got {high:.4f}"
    assert abs(mean) < 0.1 * limit, f"{text}: numbers drawn evenly have mean 0, got {mean:.4f}"
    even = limit / 3**0.5
    assert abs(deviation / even - 1) < 0.1, f"{text}: drawn evenly, the deviation is {even:.4f}, got {deviation:.4f}"
    different = np.unique(numbers).size
    assert different > 0.9 * numbers.size, f"{text}: each number is drawn by itself, got {different} different ones"


def check_refused(text, call, *args):
    """Make sure that a call raises ValueError."""
    try:
        call(*args)
    except ValueError:
        return
    raise AssertionError(f"{text} must raise ValueError")


@pytest.mark.criterion("test-embedding", points=10)
def test_unit_embedding():
    """Embedding begins with small even numbers, looks up the row of each id, and trains these rows alone."""
    embedding, other = Embedding(40, 60), Embedding(40, 60)
    assert (embedding.vocab_size, embedding.embed_dim) == (40, 60), "Embedding keeps vocab_size and embed_dim"
    check_table("Embedding(40, 60).weight", embedding.weight, (40, 60), (6 / 100) ** 0.5)
    assert not np.array_equal(other.weight.data, embedding.weight.data), "two tables begin with different numbers"
    parameters = embedding.parameters()
    assert len(parameters) == 1, f"parameters() lists the table, got {len(parameters)} of them"
    assert parameters[0] is embedding.weight, "parameters() gives the table itself, not a copy"

    random = np.random.default_rng(1)
    rows = random.normal(size=(7, 3))
    for ids in (4, [3], [6, 0, 3, 3], [[0, 1, 2], [5, 5, 6]], [[[1], [2]], [[6], [0]]]):
        embedding = Embedding(7, 3)
        embedding.weight = Tensor(rows, requires_grad=True)
        expected = rows[np.array(ids)]
        gradient = random.normal(size=expected.shape)
        slopes = np.zeros((7, 3))
        for place, row in np.ndenumerate(ids):
            slopes[row] += gradient[place]
        indices = Tensor(ids)
        y = embedding.forward(indices)
        check_tensor(f"the rows of ids {ids}", y, expected)
        assert np.array_equal(indices.data, ids), "Embedding must not change the ids"
        y.backward(gradient)
        assert embedding.weight.grad is not None, "look rows up with the weight's own []: no gradient has arrived"
        check_tensor(f"the gradient of the table for ids {ids}", embedding.weight.grad, slopes)
    for ids in ([6, 2], np.array([[1, 2], [0, 6]])):
        check_tensor(f"the rows of a {type(ids).__name__} of ids", embedding(ids), rows[np.array(ids)])

    for ids in ([-1], [7], [[0, 1], [2, 7]], [[3, -7], [2, 1]], 1000):
        check_refused(f"ids {ids} with vocab_size 7", embedding.forward, Tensor(ids))


# %% test-positional
@pytest.mark.criterion("test-positional", points=10)
def test_unit_positional():
    """PositionalEncoding begins with even numbers, adds a row to each position, and trains the rows that it used."""
    positions, other = PositionalEncoding(50, 32), PositionalEncoding(50, 32)
    assert (positions.max_seq_len, positions.embed_dim) == (50, 32), "it keeps max_seq_len and embed_dim"
    check_table("PositionalEncoding(50, 32).position_embeddings", positions.position_embeddings, (50, 32), 0.25)
    same = np.array_equal(other.position_embeddings.data, positions.position_embeddings.data)
    assert not same, "two tables begin with different numbers"
    parameters = positions.parameters()
    assert len(parameters) == 1, f"parameters() lists the table, got {len(parameters)} of them"
    assert parameters[0] is positions.position_embeddings, "parameters() gives the table itself, not a copy"

    random = np.random.default_rng(2)
    rows = random.normal(size=(5, 3))
    for shape in ((2, 4, 3), (1, 5, 3), (3, 1, 3), (2, 2, 3)):
        positions = PositionalEncoding(5, 3)
        positions.position_embeddings = Tensor(rows, requires_grad=True)
        values, gradient = random.normal(size=shape), random.normal(size=shape)
        expected, slopes = values.copy(), np.zeros((5, 3))
        for sequence, place in np.ndindex(*shape[:2]):
            expected[sequence, place] += rows[place]
            slopes[place] += gradient[sequence, place]
        x = Tensor(values, requires_grad=True)
        y = positions.forward(x)
        check_tensor(f"x of shape {shape} with its positions", y, expected)
        assert np.array_equal(x.data, values.astype(np.float32)), "PositionalEncoding must not change its input"
        y.backward(gradient)
        assert x.grad is not None, "compute with Tensors: no gradient has arrived at x"
        check_tensor(f"the gradient of x of shape {shape}", x.grad, gradient)
        assert positions.position_embeddings.grad is not None, "compute with Tensors: none has arrived at the table"
        check_tensor(f"the gradient of the table, x of shape {shape}", positions.position_embeddings.grad, slopes)

    for shape in ((4, 3), (3,), (1, 2, 4, 3), (1, 6, 3), (2, 4, 1), (2, 4, 2)):
        values = Tensor(np.ones(shape))
        check_refused(f"x of shape {shape} with max_seq_len 5 and embed_dim 3", positions.forward, values)
    short, x = PositionalEncoding(1, 3), Tensor(np.ones((1, 2, 3)))
    check_refused("two positions with max_seq_len 1", short.forward, x)


# %% test-sinusoidal
@pytest.mark.criterion("test-sinusoidal", points=10)
def test_unit_sinusoidal():
    """The sinusoidal table has sines in its even columns and cosines in its odd ones, at falling rates."""
    known = [[0, 1, 0, 1, 0, 1, 0, 1], [0.841471, 0.540302, 0.099833, 0.995004, 0.01, 0.99995, 0.001, 1.0]]
    table = create_sinusoidal_embeddings(2, 8)
    check_tensor("create_sinusoidal_embeddings(2, 8)", table, known)
    assert table.requires_grad is False, f"the table is not trained: requires_grad=False, got {table.requires_grad}"
    for length, width in ((50, 16), (60, 2), (7, 5), (3, 1), (1, 6)):
        expected = np.zeros((length, width))
        for position, column in np.ndindex(length, width):
            angle = position / 10000 ** ((column - column % 2) / width)
            expected[position, column] = np.cos(angle) if column % 2 else np.sin(angle)
        table = create_sinusoidal_embeddings(length, width)
        check_tensor(f"create_sinusoidal_embeddings({length}, {width})", table, expected)


# %% test-complete-system
def sinusoids(length, width):
    """Return the sinusoidal table as the formula has it."""
    columns = np.arange(width)
    angles = np.arange(length)[:, np.newaxis] / 10000 ** ((columns - columns % 2) / width)
    return np.where(columns % 2, np.cos(angles), np.sin(angles))


@pytest.mark.criterion("test-complete-system", points=15)
def test_unit_complete_system():
    """EmbeddingLayer looks up, scales and adds positions of each kind, to batches and to one sequence."""
    by_default = EmbeddingLayer(11, 4)
    given = (by_default.vocab_size, by_default.embed_dim, by_default.max_seq_len)
    assert given == (11, 4, 512), f"it keeps vocab_size, embed_dim and max_seq_len, 512 unless told, got {given}"
    kind, scaled = by_default.pos_encoding_type, by_default.scale_embeddings
    assert (kind, scaled) == ("learned", False), f"positions are learned, nothing is scaled, got {kind} and {scaled}"
    shapes = [each.shape for each in by_default.parameters()]
    assert shapes == [(11, 4), (512, 4)], f"EmbeddingLayer(11, 4) has tables (11, 4) and (512, 4), got {shapes}"

    random = np.random.default_rng(3)
    rows, places = random.normal(size=(6, 4)), random.normal(size=(5, 4))
    tables = {"learned": places, "sinusoidal": sinusoids(5, 4), None: np.zeros((5, 4))}
    for kind, table in tables.items():
        for scale in (False, True):
            for ids in ([[5, 0, 3], [3, 3, 1]], [[2, 4, 1, 0, 5]], [4, 4, 2], [1]):
                text = f"pos_encoding={kind!r}, scale_embeddings={scale}, tokens {ids}"
                factor, length = 2.0 if scale else 1.0, np.shape(ids)[-1]
                expected = factor * rows[np.array(ids)] + table[:length]
                gradient = random.normal(size=expected.shape)
                slopes, moves = np.zeros((6, 4)), np.zeros((5, 4))
                for place, row in np.ndenumerate(ids):
                    slopes[row] += factor * gradient[place]
                    moves[place[-1]] += gradient[place]
                layer = EmbeddingLayer(6, 4, max_seq_len=5, pos_encoding=kind, scale_embeddings=scale)
                layer.token_embedding.weight = Tensor(rows, requires_grad=True)
                if kind == "learned":
                    layer.pos_encoding.position_embeddings = Tensor(places, requires_grad=True)
                y = layer.forward(Tensor(ids))
                check_tensor(text, y, expected)
                parameters = layer.parameters()
                count = 2 if kind == "learned" else 1
                assert len(parameters) == count, f"{text}: {count} parameters, got {len(parameters)}"
                assert parameters[0] is layer.token_embedding.weight, f"{text}: the table of tokens itself comes first"
                y.backward(gradient)
                for tensor, name, wanted in zip(parameters, ("tokens", "positions"), (slopes, moves), strict=False):
                    assert tensor.grad is not None, f"{text}: no gradient has arrived at the table of {name}"
                    check_tensor(f"{text}: the gradient of the table of {name}", tensor.grad, wanted)
        if kind is not None:
            check_refused(f"six tokens with max_seq_len=5, {kind!r}", layer.forward, Tensor([[0, 1, 2, 3, 4, 5]]))
            short = EmbeddingLayer(6, 4, max_seq_len=1, pos_encoding=kind)
            check_refused(f"two tokens with max_seq_len=1, {kind!r}", short.forward, Tensor([0, 1]))
    free = EmbeddingLayer(6, 4, max_seq_len=1, pos_encoding=None)
    free.token_embedding.weight = Tensor(rows)
    check_tensor("without positions, more tokens than max_seq_len", free(Tensor([3, 5, 0])), rows[[3, 5, 0]])
    for kind in ("sinus", "none", ""):
        check_refused(f"pos_encoding={kind!r}", EmbeddingLayer, 6, 4, 5, kind)


# %% module-test
SENTENCES = np.array([[1, 2, 3], [3, 2, 1], [4, 2, 1], [1, 2, 4], [3, 2, 4], [4, 2, 3]])
# 1 where the first word has the smaller number.
ANSWERS = np.array([1, 0, 0, 1, 1, 0])


def reader_loss(words, places, weight):
    """Return the cross-entropy of a small reader, in float64: tanh of each vector, their sum, two scores."""
    scores = np.tanh(2 * words[SENTENCES] + places).sum(axis=1) @ weight
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(ANSWERS)), ANSWERS].mean()


def measured_gradient(compute, arrays, place, step=1e-6):
    """Measure the gradient of arrays[place] with central differences in float64."""
    slopes = np.zeros_like(arrays[place])
    for index in np.ndindex(slopes.shape):
        moved = [each.copy() for each in arrays]
        moved[place][index] += step
        up = compute(*moved)
        moved[place][index] -= 2 * step
        slopes[index] = (up - compute(*moved)) / (2 * step)
    return slopes


@pytest.mark.criterion("module-test", points=20)
def test_module():
    """A reader of embeddings has the right gradients, and learns what only the order of words can tell."""
    test_unit_embedding()
    test_unit_positional()
    test_unit_sinusoidal()
    test_unit_complete_system()

    random = np.random.default_rng(4)
    arrays = [random.normal(size=shape) for shape in ((5, 4), (3, 4), (4, 2))]
    measured = [measured_gradient(reader_loss, arrays, place) for place in range(3)]
    layer = EmbeddingLayer(5, 4, max_seq_len=3, pos_encoding="learned", scale_embeddings=True)
    last, criterion = Linear(4, 2, bias=False), CrossEntropyLoss()
    model = Sequential(layer, Tanh())
    assert len(model.parameters()) == 2, f"a Sequential finds both tables, got {len(model.parameters())}"
    names = ("table of words", "table of places", "last weight")
    for step in range(26):
        words, places, weight = (Tensor(each, requires_grad=True) for each in arrays)
        layer.token_embedding.weight, layer.pos_encoding.position_embeddings, last.weight = words, places, weight
        scores = last(model(Tensor(SENTENCES)).sum(axis=1))
        loss = criterion(scores, Tensor(ANSWERS))
        check_tensor(f"the loss in step {step}", loss, reader_loss(*arrays), rtol=1e-3)
        loss.backward()
        gradients = [each.grad for each in (words, places, weight)]
        for name, gradient, expected in zip(names, gradients, measured, strict=True):
            assert gradient is not None, f"no gradient has arrived at the {name}"
            if step == 0:
                check_tensor(f"the gradient of the {name}", gradient, expected, rtol=1e-3)
        arrays = [each - 0.5 * gradient.data for each, gradient in zip(arrays, gradients, strict=True)]
    assert loss.data < 0.2, f"after 25 steps the loss is below 0.2, got {loss.data}"
    chosen = np.asarray(scores.data).argmax(axis=1)
    assert np.array_equal(chosen, ANSWERS), f"the reader has learned the order, {ANSWERS}, got {chosen}"
