"""Locked tests of 17_memoization, full edition. Made by `tito lock`; a change by hand is refused."""

import numpy as np
from tinytorch.core.tensor import Tensor
# For the tests alone, so they are not exported.
import math
from tinytorch.core.activations import GELU
from tinytorch.core.layers import Layer
from tinytorch.core.transformer import GPT
import pytest
from tinytorch.perf.memoization import (
    KVCache,
    cached_forward,
    create_kv_cache,
    disable_kv_cache,
    enable_kv_cache,
)


# %% test-kvcache
def check_close(text, got, expected, rtol=1e-4, atol=1e-5):
    """Compare a Tensor's shape and numbers, and tell of the first number that differs."""
    assert isinstance(got, Tensor), f"{text} is a Tensor, got {type(got).__name__}"
    expected, got = np.asarray(expected), np.asarray(got.data)
    assert got.shape == expected.shape, f"{text} has shape {expected.shape}, got {got.shape}"
    off = [tuple(place) for place in np.argwhere(~np.isclose(got, expected, rtol, atol)).tolist()]
    assert not off, f"{text} at {list(off[0])} is {expected[off[0]]:.6g}, got {got[off[0]]:.6g}"


def refuses(text, call, *args, error=ValueError, **named):
    """Make sure that a call raises this error."""
    try:
        call(*args, **named)
    except error:
        return
    raise AssertionError(f"{text} must raise {error.__name__}")


def check_past(text, cache, keys, values):
    """Compare what a cache gives for each layer."""
    for layer in range(2):
        past = cache.get(layer)
        assert isinstance(past, tuple), f"get gives keys and values, got {type(past).__name__}"
        assert len(past) == 2, f"get gives keys and values, got {len(past)} parts"
        check_close(f"{text}: keys of layer {layer}", past[0], keys[layer])
        check_close(f"{text}: values of layer {layer}", past[1], values[layer])


@pytest.mark.criterion("test-kvcache", points=10)
def test_unit_kvcache():
    """KVCache gives back what was written before seq_pos, and counts its memory."""
    cache = KVCache(2, 4, 2, 3, 5)
    sizes = (cache.batch_size, cache.max_seq_len, cache.num_layers, cache.num_heads, cache.head_dim, cache.seq_pos)
    assert sizes == (2, 4, 2, 3, 5, 0), f"the sizes and seq_pos are (2, 4, 2, 3, 5, 0), got {sizes}"
    for name, blocks in (("keys", cache.keys), ("values", cache.values)):
        assert len(blocks) == 2, f"there is a block of {name} for each of 2 layers, got {len(blocks)}"
        for block in blocks:
            assert block.shape == (2, 3, 4, 5), f"blocks of {name} have shape (2, 3, 4, 5), got {block.shape}"
            assert block.dtype == np.float32, f"blocks of {name} are float32, got {block.dtype}"
            assert np.array_equal(block, np.zeros((2, 3, 4, 5))), f"blocks of {name} begin at 0, got {block.flat[:3]}"
    random = np.random.default_rng(1)
    keys, values = random.normal(size=(2, 2, 3, 4, 5)), random.normal(size=(2, 2, 3, 4, 5))

    def write(start, end):
        for layer in range(2):
            cache.update(layer, Tensor(keys[layer, :, :, start:end]), Tensor(values[layer, :, :, start:end]))

    def check(text, end):
        assert cache.seq_pos == end, f"{text}: seq_pos is {end}, got {cache.seq_pos}"
        check_past(text, cache, keys[:, :, :, :end], values[:, :, :, :end])

    check("at first", 0)
    write(0, 1)
    check("written, but not advanced", 0)
    cache.advance()
    check("after one row", 1)
    write(1, 3)
    check("two more, not advanced", 1)
    cache.advance(2)
    check("after three rows", 3)
    print("writing and reading: passed")

    row = np.ones((2, 3, 1, 5))
    odd = {
        "layer -1": (-1, row, row),
        "layer 2 of 2": (2, row, row),
        "two rows where there is room for one": (0, np.ones((2, 3, 2, 5)), np.ones((2, 3, 2, 5))),
        "keys of a batch of 1 for a cache of 2": (0, row[:1], row),
        "values of a batch of 1 for a cache of 2": (0, row, row[:1]),
        "values of width 1 for a cache of 5": (0, row, row[..., :1]),
        "keys of one head for a cache of 3": (0, row[:, :1], row),
    }
    for text, (layer, key, value) in odd.items():
        refuses(f"update with {text}", cache.update, layer, Tensor(key), Tensor(value))
    for layer in (-1, 2):
        refuses(f"get of layer {layer}", cache.get, layer)
    check("after what was refused", 3)
    write(3, 4)
    cache.advance()
    check("a full cache", 4)
    refuses("a row for a full cache", cache.update, 0, Tensor(row), Tensor(row))
    keys, values = values, keys
    cache.reset()
    check("after reset", 0)
    write(0, 2)
    cache.advance(2)
    check("a second text", 2)
    print("limits and a second text: passed")

    for arguments, elements, layers, megabytes in (
        ((1, 64, 2, 4, 32), 32_768, 2, 0.125),
        ((4, 64, 2, 4, 32), 131_072, 2, 0.5),
        ((1, 128, 4, 8, 64), 524_288, 4, 2.0),
    ):
        expected = {
            "total_elements": elements,
            "cache_tensors": 2 * layers,
            "total_mb": megabytes,
            "per_layer_mb": megabytes / layers,
        }
        usage = KVCache(*arguments).get_memory_usage()
        assert usage == expected, f"KVCache{arguments} uses {expected}, got {usage}"
    print("memory: passed")


# %% test-cache-enablement
PROJECTIONS = ("q_proj", "k_proj", "v_proj", "out_proj")


def gpt_parts(model):
    """Return (name, Tensor) of all parameters of a GPT."""
    found = [("tokens", model.embedding.token_embedding.weight)]
    found += [("positions", model.embedding.pos_encoding.position_embeddings)]
    found += [("ln_f.gamma", model.ln_f.gamma), ("ln_f.beta", model.ln_f.beta), ("lm_head", model.lm_head.weight)]
    for place, block in enumerate(model.blocks):
        found += [(f"{place}.ln1.gamma", block.ln1.gamma), (f"{place}.ln1.beta", block.ln1.beta)]
        found += [(f"{place}.ln2.gamma", block.ln2.gamma), (f"{place}.ln2.beta", block.ln2.beta)]
        layers = [(name, getattr(block.attention, name)) for name in PROJECTIONS]
        layers += [(name, getattr(block.mlp, name)) for name in ("linear1", "linear2")]
        for name, layer in layers:
            found += [(f"{place}.{name}.weight", layer.weight), (f"{place}.{name}.bias", layer.bias)]
    return found


def draw_gpt(length, seed):
    """Return a GPT of 11 tokens, width 8, 2 layers and 2 heads with random parameters, and {name: array} of them."""
    model, random = GPT(11, 8, 2, 2, max_seq_len=length), np.random.default_rng(seed)
    arrays = {}
    for name, tensor in gpt_parts(model):
        values = random.normal(size=tensor.shape) * 0.4 + (1 if "gamma" in name else 0)
        arrays[name] = values.astype(np.float32).astype(np.float64)
        tensor.data = values.astype(np.float32)
    return model, arrays


def gelu_form():
    """Return the form of GELU that module 02 has chosen, as a function of arrays."""
    forms = (
        lambda x: x / (1 + np.exp(-1.702 * x)),
        lambda x: x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))),
        lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    )
    points = np.linspace(-3, 3, 13)
    got = GELU()(Tensor(points)).data
    return next((form for form in forms if np.allclose(got, form(points), rtol=0, atol=1e-4)), forms[0])


def normalized(x, gamma, beta):
    """Return LayerNorm of an array."""
    return gamma * (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-5) + beta


def attended(x, arrays, name):
    """Return causal attention of an array, with 2 heads and no cache."""
    q, k, v = (x @ arrays[f"{name}.{each}.weight"] + arrays[f"{name}.{each}.bias"] for each in PROJECTIONS[:3])
    mixed = np.zeros_like(x)
    for own in (slice(0, 4), slice(4, 8)):
        for place in range(x.shape[1]):
            past = slice(0, place + 1)
            scores = np.exp(np.einsum("bd,bkd->bk", q[:, place, own], k[:, past, own]) / 2)
            mixed[:, place, own] = np.einsum("bk,bkd->bd", scores / scores.sum(axis=1, keepdims=True), v[:, past, own])
    return mixed @ arrays[f"{name}.out_proj.weight"] + arrays[f"{name}.out_proj.bias"]


def scored(ids, arrays, gelu):
    """Return a GPT's logits for a whole text, without a cache; in float64."""
    x = arrays["tokens"][ids] + arrays["positions"][: ids.shape[1]]
    for name in ("0", "1"):
        x = x + attended(normalized(x, arrays[f"{name}.ln1.gamma"], arrays[f"{name}.ln1.beta"]), arrays, name)
        seen = normalized(x, arrays[f"{name}.ln2.gamma"], arrays[f"{name}.ln2.beta"])
        hidden = gelu(seen @ arrays[f"{name}.linear1.weight"] + arrays[f"{name}.linear1.bias"])
        x = x + hidden @ arrays[f"{name}.linear2.weight"] + arrays[f"{name}.linear2.bias"]
    return normalized(x, arrays["ln_f.gamma"], arrays["ln_f.beta"]) @ arrays["lm_head"]


def continued(ids, count, arrays, gelu):
    """Return a text and the `count` likeliest tokens behind it."""
    for _ in range(count):
        ids = np.concatenate([ids, scored(ids, arrays, gelu)[:, -1].argmax(axis=-1)[:, np.newaxis]], axis=1)
    return ids


def read_in_pieces(model, ids, pieces):
    """Return the logits of each piece of a text, and where the cache stands at the end."""
    cache, start, found = create_kv_cache(model, len(ids)), 0, []
    for piece in pieces:
        found.append(cached_forward(model, Tensor(ids[:, start : start + piece]), cache))
        start += piece
    return found, cache.seq_pos


@pytest.mark.criterion("test-cache-enablement", points=10)
def test_unit_cache_enablement():
    """A model with a cache gives the logits and the text that it gives without one."""
    for batch, cache in ((1, enable_kv_cache(GPT(5, 12, 3, 2, max_seq_len=7))), (3, enable_kv_cache(GPT(5, 12, 3, 2, 7), 3))):
        sizes = (cache.batch_size, cache.max_seq_len, cache.num_layers, cache.num_heads, cache.head_dim, cache.seq_pos)
        assert sizes == (batch, 7, 3, 2, 6, 0), f"the cache has sizes {(batch, 7, 3, 2, 6)} and is empty, got {sizes}"
        assert isinstance(cache, KVCache), f"enable_kv_cache returns a KVCache, got {type(cache).__name__}"
    print("the cache of a model: passed")

    gelu, ids = gelu_form(), np.array([[3, 1, 4, 1, 5, 9], [2, 6, 5, 3, 5, 8]])
    model, arrays = draw_gpt(10, seed=2)
    expected = scored(ids, arrays, gelu)
    for pieces in ((6,), (1, 1, 1, 1, 1, 1), (3, 2, 1)):
        logits, position = read_in_pieces(model, ids, pieces)
        assert position == 6, f"six tokens in pieces of {pieces}: the cache stands at 6, got {position}"
        start = 0
        for piece, got in zip(pieces, logits, strict=True):
            text = f"read in pieces of {pieces}: the logits from token {start} on"
            check_close(text, got, expected[:, start : start + piece], rtol=1e-5, atol=1e-5)
            start += piece
    print("the logits: passed")

    text = continued(ids[:1, :3], 7, arrays, gelu)
    enable_kv_cache(model)
    check_close("generate with a cache", model.generate(Tensor(ids[:1, :3]), max_new_tokens=7, temperature=0), text)
    print("the text: passed")

    for name in ("embed_dim", "num_layers", "num_heads", "max_seq_len", "blocks"):
        incomplete = GPT(5, 4, 1, 2, max_seq_len=3)
        delattr(incomplete, name)
        refuses(f"enable_kv_cache of a model without {name}", enable_kv_cache, incomplete, error=AttributeError)
    print("models that cannot have a cache: passed")


# %% test-noninvasive
def count_rows(model):
    """Replace the first MLP of a model by a layer that notes its rows; return the list in which it notes them."""
    rows = []

    class Counter(Layer):
        def forward(self, x):
            rows.append(x.shape[1])
            return x * 0

    model.blocks[0].mlp = Counter()
    return rows


def check_rows(text, model, rows, expected):
    """Write 5 tokens behind a prompt of 3, and compare the rows that have been computed."""
    rows.clear()
    shape = model.generate(Tensor([[1, 2, 3]]), max_new_tokens=5).shape
    assert shape == (1, 8), f"{text}, 3 tokens and 5 new ones have shape (1, 8), got {shape}"
    assert rows == expected, f"{text}, the steps compute {expected} rows, got {rows}"


@pytest.mark.criterion("test-noninvasive", points=10)
def test_unit_noninvasive():
    """Enabling a cache changes how this model generates, and nothing else; disabling undoes it."""
    without, with_cache = [3, 4, 5, 6, 7], [3, 1, 1, 1, 1]
    model, other = GPT(6, 4, 2, 2, max_seq_len=8), GPT(6, 4, 2, 2, max_seq_len=8)
    rows, others = count_rows(model), count_rows(other)
    check_rows("before a cache is enabled", model, rows, without)
    enable_kv_cache(model)
    check_rows("with a cache", model, rows, with_cache)
    check_rows("with a cache, a second time", model, rows, with_cache)
    check_rows("while another model has a cache", other, others, without)
    enable_kv_cache(model)
    check_rows("with a cache, enabled twice", model, rows, with_cache)
    disable_kv_cache(model)
    check_rows("once the cache is disabled", model, rows, without)
    disable_kv_cache(other)
    check_rows("disabled without having been enabled", other, others, without)
    enable_kv_cache(model)
    check_rows("with a cache again", model, rows, with_cache)
    print("rows: passed")

    gelu, ids = gelu_form(), np.array([[3, 1, 4, 1, 5]])
    model, arrays = draw_gpt(10, seed=3)
    whole, single = scored(ids, arrays, gelu), scored(ids[:, 2:3], arrays, gelu)
    enable_kv_cache(model)
    model.generate(Tensor(ids), max_new_tokens=2)
    for text in ("while a cache is enabled", "once it is disabled"):
        output = model.forward(Tensor(ids))
        check_close(f"{text}, forward of a text", output, whole, rtol=1e-4, atol=1e-4)
        assert output.requires_grad is True, f"{text}, forward is ready for training"
        check_close(f"{text}, forward of one token", model(Tensor(ids[:, 2:3])), single, rtol=1e-4, atol=1e-4)
        for name, tensor in gpt_parts(model):
            check_close(f"{text}, the parameter {name}", tensor, arrays[name])
        disable_kv_cache(model)
    print("forward and parameters: passed")


# %% module-integration
@pytest.mark.criterion("module-integration", points=20)
def test_module():
    """A model with a cache continues several texts, several times, as one without."""
    test_unit_kvcache()
    test_unit_cache_enablement()
    test_unit_noninvasive()

    gelu = gelu_form()
    model, arrays = draw_gpt(9, seed=4)
    prompts = [np.array([[1, 2, 3], [10, 9, 8], [5, 5, 5]]), np.array([[7, 0, 7, 0], [1, 2, 3, 4], [6, 6, 2, 2]])]
    texts = [continued(prompt, 9 - prompt.shape[1], arrays, gelu) for prompt in prompts]
    cache = enable_kv_cache(model, batch_size=3)
    for prompt, text in zip(prompts, texts, strict=True):
        given = Tensor(prompt)
        got = model.generate(given, max_new_tokens=9 - prompt.shape[1], temperature=0)
        check_close(f"prompts of {prompt.shape[1]} tokens, continued", got, text)
        check_close(f"prompts of {prompt.shape[1]} tokens, after generate,", given, prompt)
        assert cache.seq_pos == 8, f"8 of 9 tokens have been read, and the last is never: got {cache.seq_pos}"
    print("several texts: passed")

    refuses("4 + 6 tokens for a max_seq_len of 9", model.generate, Tensor(prompts[1]), max_new_tokens=6)
    assert cache.seq_pos == 8, f"what is refused does not touch the cache: it stands at 8, got {cache.seq_pos}"
    refuses("two prompts for a cache of three", model.generate, Tensor(prompts[0][:2]), max_new_tokens=1)
    check_close("generate of no new tokens", model.generate(Tensor(prompts[0]), 0), prompts[0])
    print("limits: passed")

    model.lm_head.weight = Tensor(np.zeros((8, 11)))
    enable_kv_cache(model, batch_size=200)
    drawn = np.asarray(model.generate(Tensor(np.ones((200, 1))), 2).data)
    assert drawn.shape == (200, 3), f"200 prompts of one token and two new ones are (200, 3), got {drawn.shape}"
    for place in (1, 2):
        kinds = np.unique(drawn[:, place]).tolist()
        assert kinds == list(range(11)), f"200 draws of 11 equal chances bring all 11 tokens, got {kinds}"
    short = GPT(2, 2, 1, 1, max_seq_len=51)
    enable_kv_cache(short)
    default = short.generate(Tensor([[0]])).shape
    assert default == (1, 51), f"generate appends 50 tokens unless it is told otherwise, got {default}"
    print("drawing: passed")
