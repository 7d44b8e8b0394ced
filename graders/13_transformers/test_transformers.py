"""Locked tests of 13_transformers, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.activations import GELU, Softmax
from tinytorch.core.layers import Layer, Linear
from tinytorch.core.tensor import Tensor
import pytest
from tinytorch.core.transformer import (
    GPT,
    LayerNorm,
    MLP,
    SqrtBackward,
    TransformerBlock,
    create_causal_mask,
    sample_tokens,
)


# %% test-layer-norm
def check_close(text, got, expected, rtol=1e-4, atol=1e-5):
    """Compare a Tensor's shape and numbers, and tell of the first number that differs."""
    assert isinstance(got, Tensor), f"{text} is a Tensor, got {type(got).__name__}"
    expected, got = np.asarray(expected), np.asarray(got.data)
    assert got.shape == expected.shape, f"{text} has shape {expected.shape}, got {got.shape}"
    off = [tuple(place) for place in np.argwhere(~np.isclose(got, expected, rtol, atol)).tolist()]
    assert not off, f"{text} at {list(off[0])} is {expected[off[0]]:.6g}, got {got[off[0]]:.6g}"


def check_parameters(text, layer, expected):
    """Make sure that a layer lists exactly these Tensors, the very objects, in this order."""
    got = layer.parameters()
    assert len(got) == len(expected), f"{text} has {len(expected)} parameters, got {len(got)}"
    for place, (name, tensor) in enumerate(expected):
        assert got[place] is tensor, f"{text}.parameters()[{place}] is {name} itself"
    kinds = len({id(tensor) for _, tensor in expected})
    assert kinds == len(expected), f"{text} has {len(expected)} different parameters, got {kinds}"


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


def check_gradients(output, direction, measured):
    """Hand a gradient back from output, and compare what arrives with (name, Tensor, slopes)."""
    assert output.requires_grad is True, "the output requires a gradient: compute with Tensors, not with their data"
    output.backward(direction)
    for name, tensor, slopes in measured:
        assert tensor.grad is not None, f"{name} gets a gradient: compute with Tensors, not with their data"
        check_close(f"the gradient of {name}", tensor.grad, slopes, rtol=2e-3, atol=2e-3)


def normalized(x, gamma=1.0, beta=0.0, eps=1e-5):
    """Normalize an array's rows, in float64."""
    return gamma * (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + eps) + beta


@pytest.mark.criterion("test-layer-norm", points=10)
def test_unit_layer_norm():
    """LayerNorm normalizes each row, scales, shifts, and hands gradients back."""
    slopes = SqrtBackward.backward(np.array([1.0, -2.0, 3.0]), np.array([0.25, 4.0, 9.0]))
    assert np.shape(slopes) == (3,), f"SqrtBackward keeps the shape (3,), got {np.shape(slopes)}"
    assert np.allclose(slopes, [1.0, -0.5, 0.5]), f"the slopes of the root at 0.25, 4, 9 are 1, 1/4, 1/6, got {slopes}"
    print("the slope of the root: passed")

    layer = LayerNorm(4)
    assert layer.normalized_shape == 4, f"LayerNorm(4).normalized_shape is 4, got {layer.normalized_shape}"
    check_close("gamma", layer.gamma, np.ones(4))
    check_close("beta", layer.beta, np.zeros(4))
    for name, tensor in (("gamma", layer.gamma), ("beta", layer.beta)):
        assert tensor.requires_grad is True, f"{name} requires a gradient"
    check_parameters("LayerNorm(4)", layer, [("gamma", layer.gamma), ("beta", layer.beta)])
    rows = {
        "[1, 2, 3, 4]": ([1.0, 2.0, 3.0, 4.0], [-1.341635, -0.447212, 0.447212, 1.341635]),
        "[10001, …, 10004]": ([10001.0, 10002.0, 10003.0, 10004.0], [-1.341635, -0.447212, 0.447212, 1.341635]),
        "[5, 5, 5, 5]": ([5.0, 5.0, 5.0, 5.0], [0.0, 0.0, 0.0, 0.0]),
        "[0.001, -0.001, 0.001, -0.001]": ([1e-3, -1e-3, 1e-3, -1e-3], [0.301511, -0.301511, 0.301511, -0.301511]),
    }
    for text, (row, expected) in rows.items():
        check_close(f"LayerNorm of {text}", layer.forward(Tensor([row])), [expected], atol=1e-4)
    rough = LayerNorm(2, eps=3.0).forward(Tensor([1.0, -1.0]))
    check_close("LayerNorm of [1, -1] with eps = 3", rough, [0.5, -0.5])
    print("known rows: passed")

    random = np.random.default_rng(1)
    x, gamma, beta = random.normal(size=(2, 3, 4)) * 3 + 1, random.normal(size=4), random.normal(size=4)
    direction = random.normal(size=(2, 3, 4))
    expected = normalized(x, gamma, beta)
    measured = [numeric_gradient(lambda: np.sum(direction * normalized(x, gamma, beta)), each) for each in (x, gamma, beta)]
    layer.gamma, layer.beta = Tensor(gamma, requires_grad=True), Tensor(beta, requires_grad=True)
    inputs = Tensor(x, requires_grad=True)
    output = layer.forward(inputs)
    check_close("LayerNorm of a block (2, 3, 4)", output, expected)
    check_close("x, after LayerNorm,", inputs, x)
    tensors = (inputs, layer.gamma, layer.beta)
    check_gradients(output, direction, zip(("x", "gamma", "beta"), tensors, measured, strict=True))
    print("a block and its gradients: passed")


# %% test-mlp
def gelu_form():
    """Return the form of GELU that module 02 has chosen, as a function of arrays."""
    import math

    forms = (
        lambda x: x / (1 + np.exp(-1.702 * x)),
        lambda x: x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))),
        lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    )
    points = np.linspace(-3, 3, 13)
    got = GELU()(Tensor(points)).data
    return next((form for form in forms if np.allclose(got, form(points), rtol=0, atol=1e-4)), forms[0])


@pytest.mark.criterion("test-mlp", points=10)
def test_unit_mlp():
    """MLP widens, bends and narrows, for each token by itself."""
    for arguments, hidden in (((6,), 24), ((6, 10), 10)):
        layer = MLP(*arguments)
        shapes = [each.shape for each in layer.parameters()]
        expected = [(6, hidden), (hidden,), (hidden, 6), (6,)]
        assert shapes == expected, f"MLP{arguments} has parameters of shapes {expected}, got {shapes}"
    first, second = layer.linear1, layer.linear2
    names = [("linear1.weight", first.weight), ("linear1.bias", first.bias)]
    names += [("linear2.weight", second.weight), ("linear2.bias", second.bias)]
    check_parameters("MLP(6, 10)", layer, names)
    count = sum(each.size for each in MLP(64).parameters())
    assert count == 33_088, f"MLP(64) has 33,088 numbers, got {count}"
    print("widths: passed")

    gelu, random = gelu_form(), np.random.default_rng(2)
    w1, b1, w2, b2 = (random.normal(size=size) for size in ((6, 10), (10,), (10, 6), (6,)))
    first.weight, first.bias, second.weight, second.bias = Tensor(w1), Tensor(b1), Tensor(w2), Tensor(b2)
    x = random.normal(size=(2, 3, 6))
    expected = gelu(x @ w1 + b1) @ w2 + b2
    check_close("MLP of a batch (2, 3, 6)", layer.forward(Tensor(x)), expected, rtol=1e-3, atol=1e-3)
    print("a batch of sequences: passed")


# %% test-transformer-block
def part(compute, masks=None):
    """Return a layer that computes something simple, and notes the masks that it is handed."""

    class Part(Layer):
        def forward(self, x, mask=None):
            if masks is not None:
                masks.append(mask)
            return compute(x)

    return Part()


def block_parts(block, text=""):
    """Return (name, Tensor) of all parameters of a block, in order."""
    layers = [(f"attention.{name}", getattr(block.attention, name)) for name in ("q_proj", "k_proj", "v_proj", "out_proj")]
    mlp = [(f"mlp.{name}", getattr(block.mlp, name)) for name in ("linear1", "linear2")]
    found = [("ln1.gamma", block.ln1.gamma), ("ln1.beta", block.ln1.beta)]
    found += [each for name, layer in layers for each in ((f"{name}.weight", layer.weight), (f"{name}.bias", layer.bias))]
    found += [("ln2.gamma", block.ln2.gamma), ("ln2.beta", block.ln2.beta)]
    found += [each for name, layer in mlp for each in ((f"{name}.weight", layer.weight), (f"{name}.bias", layer.bias))]
    return [(text + name, tensor) for name, tensor in found]


@pytest.mark.criterion("test-transformer-block", points=15)
def test_unit_transformer_block():
    """A block adds attention and then the MLP to what comes in, each of a norm of it."""
    for length, rows in ((1, [[1]]), (3, [[1, 0, 0], [1, 1, 0], [1, 1, 1]])):
        check_close(f"create_causal_mask({length})", create_causal_mask(length), [rows])
    print("the mask: passed")

    block = TransformerBlock(64, 4)
    check_parameters("TransformerBlock(64, 4)", block, block_parts(block))
    count = sum(each.size for each in block.parameters())
    assert count == 49_984, f"TransformerBlock(64, 4) has 49,984 numbers, got {count}"
    heads = TransformerBlock(6, 3).attention.num_heads
    assert heads == 3, f"TransformerBlock(6, 3) has an attention with 3 heads, got {heads}"
    shape = TransformerBlock(6, 2, mlp_ratio=3).mlp.linear1.weight.shape
    assert shape == (6, 18), f"TransformerBlock(6, 2, mlp_ratio=3) widens from 6 to 18, got {shape}"
    print("sizes: passed")

    block, masks = TransformerBlock(4, 2), []
    block.ln1, block.attention = part(lambda x: x + 1), part(lambda x: x * 2, masks)
    block.ln2, block.mlp = part(lambda x: x - 3), part(lambda x: x * 10)
    x = np.random.default_rng(3).normal(size=(2, 3, 4))
    halfway = x + 2 * (x + 1)
    expected = halfway + 10 * (halfway - 3)
    mask = Tensor(np.tril(np.ones((1, 3, 3))))
    inputs = Tensor(x)
    check_close("a block of simple parts", block.forward(inputs, mask), expected, atol=1e-4)
    check_close("a block of simple parts, without a mask,", block.forward(inputs), expected, atol=1e-4)
    check_close("x, after the block,", inputs, x)
    assert len(masks) == 2, f"each call of a block attends once, got {len(masks)} for 2 calls"
    check_close("the mask that attention is handed", masks[0], np.tril(np.ones((1, 3, 3))))
    assert masks[1] is None, f"without a mask, attention is handed None, got {masks[1]}"
    print("the wiring: passed")


# %% test-gpt
def refuses(text, call):
    """Make sure that a call raises a ValueError."""
    try:
        call()
    except ValueError:
        return
    raise AssertionError(f"{text} must raise ValueError")


def gpt_parts(model):
    """Return (name, Tensor) of all parameters of a GPT, in order."""
    found = [("token_embedding.weight", model.embedding.token_embedding.weight)]
    found += [("position_embeddings", model.embedding.pos_encoding.position_embeddings)]
    for place, block in enumerate(model.blocks):
        found += block_parts(block, f"blocks[{place}].")
    return [*found, ("ln_f.gamma", model.ln_f.gamma), ("ln_f.beta", model.ln_f.beta), ("lm_head.weight", model.lm_head.weight)]


def simple_model(random, masks):
    """Return a GPT of simple parts with random tables, and a function that computes its logits."""
    model = GPT(7, 6, 2, 2, max_seq_len=9)
    tokens, positions, head = random.normal(size=(7, 6)), random.normal(size=(9, 6)), random.normal(size=(6, 7))
    model.embedding.token_embedding.weight = Tensor(tokens)
    model.embedding.pos_encoding.position_embeddings = Tensor(positions)
    model.lm_head.weight = Tensor(head)
    model.blocks = [part(lambda x: x + x.sum(axis=1, keepdims=True), masks), part(lambda x: x * 2, masks)]
    model.ln_f = part(lambda x: x - 1)

    def compute(ids):
        x = tokens[ids] + positions[: ids.shape[1]]
        return (2 * (x + x.sum(axis=1, keepdims=True)) - 1) @ head

    return model, compute


@pytest.mark.criterion("test-gpt", points=20)
def test_unit_gpt():
    """GPT embeds, stacks and scores; it continues each sequence by what it has scored."""
    model = GPT(100, 64, 2, 4)
    for name, value in (("vocab_size", 100), ("embed_dim", 64), ("num_layers", 2), ("num_heads", 4), ("max_seq_len", 1024)):
        assert getattr(model, name) == value, f"GPT(100, 64, 2, 4).{name} is {value}, got {getattr(model, name)}"
    assert len(model.blocks) == 2, f"GPT(100, 64, 2, 4) has 2 blocks, got {len(model.blocks)}"
    check_parameters("GPT(100, 64, 2, 4)", model, gpt_parts(model))
    count = sum(each.size for each in model.parameters())
    assert count == 178_432, f"GPT(100, 64, 2, 4) has 178,432 numbers, got {count}"
    heads = model.blocks[1].attention.num_heads
    assert heads == 4, f"GPT(100, 64, 2, 4) has 4 heads in each block, got {heads}"
    print("sizes: passed")

    random, masks = np.random.default_rng(4), []
    model, compute = simple_model(random, masks)
    ids = random.integers(0, 7, size=(2, 4))
    expected = compute(ids)
    check_close("the logits of a model of simple parts", model.forward(Tensor(ids)), expected, rtol=1e-3, atol=1e-3)
    assert len(masks) == 2, f"two blocks are called once each, got {len(masks)} calls"
    for mask in masks:
        check_close("the mask that a block is handed", mask, np.tril(np.ones((1, 4, 4))))
    refuses("10 tokens for a max_seq_len of 9", lambda: model.forward(Tensor(np.zeros((1, 10)))))
    print("the wiring: passed")

    shares = np.array([[0.5, 0.25, 0.15, 0.1], [0.1, 0.1, 0.2, 0.6]])
    rows = np.log(np.repeat(shares, 1500, axis=0))
    likeliest = sample_tokens(rows[[0, 1500]], 0)
    assert np.array_equal(likeliest, [0, 3]), f"at temperature 0 the largest logits are chosen, [0, 3], got {likeliest}"
    for temperature in (1.0, 0.5, 2.0):
        raised = shares ** (1 / temperature)
        expected = raised / raised.sum(axis=1, keepdims=True)
        drawn = np.asarray(sample_tokens(rows, temperature))
        assert drawn.shape == (3000,), f"3,000 rows of logits give 3,000 tokens, got shape {drawn.shape}"
        for row in (0, 1):
            got = np.bincount(drawn[row * 1500 : (row + 1) * 1500].astype(int), minlength=4) / 1500
            text = f"of 1,500 draws at temperature {temperature}, tokens have shares {expected[row].round(3)}, got {got}"
            assert got.shape == (4,), f"tokens are numbers from 0 to 3, got up to {len(got) - 1}"
            assert np.allclose(got, expected[row], rtol=0, atol=0.07), text
    refuses("a temperature of -1", lambda: sample_tokens(rows[:1], -1.0))
    print("choosing tokens: passed")

    prompt = np.array([[0, 1, 2], [6, 5, 4], [3, 3, 3]])
    continued = prompt
    for _ in range(6):
        continued = np.concatenate([continued, compute(continued)[:, -1].argmax(axis=-1)[:, np.newaxis]], axis=1)
    given = Tensor(prompt)
    check_close("generate at temperature 0", model.generate(given, max_new_tokens=6, temperature=0), continued)
    check_close("the prompt, after generate,", given, prompt)
    check_close("generate of no new tokens", model.generate(given, 0), prompt)
    refuses("3 + 7 tokens for a max_seq_len of 9", lambda: model.generate(given, max_new_tokens=7))
    # All tokens alike: what is drawn can only come from chance.
    model.lm_head.weight = Tensor(np.zeros((6, 7)))
    drawn = np.asarray(model.generate(Tensor(np.zeros((300, 1))), 2).data)
    assert drawn.shape == (300, 3), f"a prompt (300, 1) and two new tokens are (300, 3), got {drawn.shape}"
    for place in (1, 2):
        kinds = np.unique(drawn[:, place]).tolist()
        assert kinds == [0, 1, 2, 3, 4, 5, 6], f"300 draws of 7 equal chances bring all 7 tokens, got {kinds}"
    default = GPT(2, 2, 0, 1).generate(Tensor([[0]])).shape
    assert default == (1, 51), f"generate appends 50 tokens unless it is told otherwise, got shape {default}"
    print("generating: passed")


# %% test-module
def draw_gpt(vocab, width, layers, heads, length, seed):
    """Return a GPT whose parameters are random numbers, and {name: array} of them."""
    model, random = GPT(vocab, width, layers, heads, max_seq_len=length), np.random.default_rng(seed)
    arrays = {}
    for name, tensor in gpt_parts(model):
        arrays[name] = random.normal(size=tensor.shape) * 0.5 + (1 if "gamma" in name else 0)
        tensor.data = arrays[name].astype(np.float32)
    return model, arrays


def attended(x, arrays, name, heads):
    """Return causal attention of arrays, each query by itself; in float64."""
    q, k, v = (x @ arrays[f"{name}.{each}.weight"] + arrays[f"{name}.{each}.bias"] for each in ("q_proj", "k_proj", "v_proj"))
    mixed, width = np.zeros_like(x), x.shape[-1] // heads
    for start in range(0, x.shape[-1], width):
        own = slice(start, start + width)
        for place in range(x.shape[1]):
            past = slice(0, place + 1)
            scores = np.exp(np.einsum("bd,bkd->bk", q[:, place, own], k[:, past, own]) / np.sqrt(width))
            mixed[:, place, own] = np.einsum("bk,bkd->bd", scores / scores.sum(axis=1, keepdims=True), v[:, past, own])
    return mixed @ arrays[f"{name}.out_proj.weight"] + arrays[f"{name}.out_proj.bias"]


def scored(ids, arrays, layers, heads, gelu):
    """Return a GPT's logits; in float64."""
    x = arrays["token_embedding.weight"][ids] + arrays["position_embeddings"][: ids.shape[1]]
    for name in (f"blocks[{place}]" for place in range(layers)):
        seen = normalized(x, arrays[f"{name}.ln1.gamma"], arrays[f"{name}.ln1.beta"])
        x = x + attended(seen, arrays, f"{name}.attention", heads)
        seen = normalized(x, arrays[f"{name}.ln2.gamma"], arrays[f"{name}.ln2.beta"])
        hidden = gelu(seen @ arrays[f"{name}.mlp.linear1.weight"] + arrays[f"{name}.mlp.linear1.bias"])
        x = x + hidden @ arrays[f"{name}.mlp.linear2.weight"] + arrays[f"{name}.mlp.linear2.bias"]
    return normalized(x, arrays["ln_f.gamma"], arrays["ln_f.beta"]) @ arrays["lm_head.weight"]


@pytest.mark.criterion("test-module", points=25)
def test_module():
    """A GPT attends to its past, cannot see its future, and has the right gradients."""
    test_unit_layer_norm()
    test_unit_mlp()
    test_unit_transformer_block()
    test_unit_gpt()

    gelu = gelu_form()
    model, arrays = draw_gpt(11, 8, 2, 2, 6, seed=5)
    ids = np.array([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]])
    last, first = ids.copy(), ids.copy()
    last[:, 4], first[:, 0] = 10, 10
    expected = [scored(each, arrays, 2, 2, gelu) for each in (ids, last, first)]
    got = [model(Tensor(each)) for each in (ids, last, first)]
    check_close("the logits of a whole GPT", got[0], expected[0], rtol=1e-2, atol=1e-3)
    check_close("the logits before the last token, once that has changed,", got[1][:, :4], expected[0][:, :4], 1e-2, 1e-3)
    for text, place, changed in (("last", 4, got[1]), ("first", 0, got[2]), ("first", 4, got[2])):
        moved = np.abs(np.asarray(changed.data)[:, place] - expected[0][:, place]).max(axis=-1)
        assert moved.shape == (2,), f"logits have shape (2, 5, 11), got {changed.shape}"
        assert np.all(moved > 0.1), f"the logits at {place} change with the {text} token, by more than {moved}"
    check_close("the logits with another last token", got[1], expected[1], rtol=1e-2, atol=1e-3)
    check_close("the logits with another first token", got[2], expected[2], rtol=1e-2, atol=1e-3)
    print("the past, and not the future: passed")

    ids = np.array([[1, 2, 2]])
    model, arrays = draw_gpt(4, 4, 1, 2, 3, seed=6)
    direction = np.random.default_rng(7).normal(size=(1, 3, 4))
    slopes = {
        name: numeric_gradient(lambda: np.sum(direction * scored(ids, arrays, 1, 2, gelu)), array)
        for name, array in arrays.items()
    }
    measured = [(name, tensor, slopes[name]) for name, tensor in gpt_parts(model)]
    check_gradients(model(Tensor(ids)), direction, measured)
    print("gradients: passed")
