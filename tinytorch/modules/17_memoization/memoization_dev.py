# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: -jupytext.text_representation.jupytext_version
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
"""
# 17 · Memoization

The GPT of lesson 13 has a bad habit. To write one more word it reads the whole text again, from the first word on,
as if it had never seen it. *Memoization* is the cure for all such habits: what has been computed once, and cannot change, is kept and
looked up. For transformers what is kept are keys and values, and the thing that keeps them is the KV cache. No
service that answers with a language model works without one.

**After this lesson you can**

- say when a result may be kept, and why causal attention is such a case;
- build a cache of keys and values that grows with the text;
- send only new tokens through a model, at their true positions, and get the logits of the whole;
- switch the cache on and off in a finished model without touching its class, its weights or its training;
- count what a cache saves, and what it costs in memory.

**You build**

| part | what it does |
|---|---|
| `KVCache` | keeps keys and values of all layers, and knows how far the text has come |
| `create_kv_cache` | makes one that fits a model |
| `cached_attention` | lets new tokens look at old ones that are no longer computed |
| `cached_forward` | logits for new tokens alone |
| `enable_kv_cache`, `disable_kv_cache` | put generation with a cache into a model, and take it out again |

```
  13 transformers        17 memoization             18 acceleration
  generate reads    ──▶  generate reads       ──▶   each remaining
  all, each time         what is new                operation gets faster
```
"""

# %% [markdown]
"""
## Where it lives

You write in `tinytorch/modules/17_memoization/memoization_dev.py`; `tito export 17` makes
`tinytorch/perf/memoization.py` of it:

```python
from tinytorch.perf.memoization import KVCache, disable_kv_cache, enable_kv_cache
```

It is in `perf` and not in `core`: a model is complete without it, and gives the same answers. This module makes a model
cheaper to use and changes nothing else.

**It needs** `Tensor` (01), `scaled_dot_product_attention` (12), and `sample_tokens` and the `GPT` (13). If an import
fails, the lesson that it names has not been exported yet: `tito export 12 13`. If Python finds no `tinytorch` at all, it
is not the one that your workspace is installed in: its README says under *Install* how that is done, and Jupyter has to
use the same `.venv`.
"""

# %%
#| default_exp perf.memoization

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import functools

import numpy as np

from tinytorch.core.attention import scaled_dot_product_attention
from tinytorch.core.tensor import Tensor
from tinytorch.core.transformer import sample_tokens

BYTES_PER_NUMBER = 4
BYTES_PER_MB = 2**20

# %%
# For the tests alone, so they are not exported.
import math

from tinytorch.core.activations import GELU
from tinytorch.core.layers import Layer
from tinytorch.core.transformer import GPT

# %% [markdown]
r"""
## Computing the same thing again

The oldest example is Fibonacci's numbers, where each is the sum of the two before it:

```python
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
```

`fib(5)` calls `fib(3)` twice, once itself and once through `fib(4)`; that call makes its own calls twice, and so on:

```
                      fib(5)
              ┌─────────┴─────────┐
            fib(4)              fib(3)  ◀─ computed again
         ┌────┴────┐          ┌────┴────┐
       fib(3)    fib(2)     fib(2)    fib(1)
      ┌──┴──┐   ┌──┴──┐    ┌──┴──┐
      …     …   …     …    …     …
```

| n | calls | different ones |
|---|---|---|
| 5 | 15 | 6 |
| 10 | 177 | 11 |
| 20 | 21,891 | 21 |
| 30 | 2,692,537 | 31 |

With `@functools.cache` above it, a call looks its argument up first, and 31 computations do the work of two
and a half million. Two conditions make that right, and they are the whole theory of memoization:

1. **The same question has the same answer.** A function that looks at the clock, draws a random number or reads a
   weight that training has moved must not be cached, or its cache must be emptied at the right moment.
2. **There is room for the answers**, and keeping them is cheaper than computing them.
"""

# %% [markdown]
r"""
## What a GPT computes again

Look at two steps of `generate`. All that is above the line was there in the step before:

```
 step t                       step t + 1
 the  ▶ q k v ▶ … ▶ –         the  ▶ q k v ▶ … ▶ –        the same again
 cat  ▶ q k v ▶ … ▶ –         cat  ▶ q k v ▶ … ▶ –        the same again
 sat  ▶ q k v ▶ … ▶ logits    sat  ▶ q k v ▶ … ▶ –        the same again
                              ─────────────────────────
                              on   ▶ q k v ▶ … ▶ logits   new
```

Are they really the same? Follow *cat*. It sees *the* and itself, through every layer, because the causal mask hides
all that comes later. A word that is appended can therefore change no row above it. **The mask is what makes the cache
right.** Without a mask, each new word would change every row, and there would be nothing to keep.

And what of the old rows does the new word need? It asks with its *own* query, and looks at the keys and values of all:

| of old tokens | needed for the new one? | why |
|---|---|---|
| queries | no | old tokens have asked already |
| keys | yes, in each layer | the new query is compared with them |
| values | yes, in each layer | they are what is mixed |
| MLP, norms, logits | no | they work on each token by itself |

So the cache keeps K and V, layer by layer, and a step computes a single row:

```
 without                               with
        k k k k                               k k k │ k        ◀ three from the cache, one new
 q      ▪
 q      ▪ ▪
 q      ▪ ▪ ▪
 q      ▪ ▪ ▪ ▪                        q      ▪ ▪ ▪ ▪          ◀ one row
```

From the first token to the T-th, rows computed are

$$1 + 2 + \dots + T = \frac{T (T + 1)}{2} \quad\text{without, and}\quad T \quad\text{with it.}$$

| T | without | with | ratio |
|---|---|---|---|
| 16 | 136 | 16 | 8.5 |
| 128 | 8,256 | 128 | 64.5 |
| 1,024 | 524,800 | 1,024 | 512.5 |
"""

# %% [markdown]
r"""
## The cache

For each layer there is a block of keys and one of values, of shape (B, H, max_seq_len, d): room for the longest text, set aside
at the beginning. `seq_pos` says how many positions are filled.

```
 layer 0   keys     [ k0 k1 k2 ·  ·  ·  ·  · ]        values  [ v0 v1 v2 ·  ·  ·  ·  · ]
 layer 1   keys     [ k0 k1 k2 ·  ·  ·  ·  · ]        values  [ v0 v1 v2 ·  ·  ·  ·  · ]
                               ▲
                        seq_pos = 3, for all layers
```

| method | does |
|---|---|
| `update(layer, key, value)` | writes new rows at seq_pos; seq_pos stays |
| `get(layer)` | gives what lies before seq_pos: the past, without what has just been written |
| `advance(count=1)` | moves seq_pos, once all layers have written |
| `reset()` | seq_pos = 0: the next text begins |
| `get_memory_usage()` | counts |

**Why does `update` not move seq_pos?** Because all layers write at the same place, one after the other, during one
pass. Were it moved with each update, layer 1 would write its first row behind that of layer 0, and leave a hole:

```
 wrong    layer 0   [ k0 ·  k2 ·  ]        seq_pos moved by each layer
          layer 1   [ ·  k1 ·  k3 ]
```

**`reset` erases nothing.** What lies at seq_pos and behind is never read, so old numbers may stay until they are overwritten.

**How large?** Two blocks for each layer, each of B · H · max_seq_len · d numbers of four bytes:

$$\text{bytes} = 2 \cdot L \cdot B \cdot H \cdot T \cdot d \cdot 4$$

| B | T | L | H | d | numbers | MB (2²⁰ bytes) |
|---|---|---|---|---|---|---|
| 1 | 64 | 2 | 4 | 32 | 32,768 | 0.125 |
| 4 | 64 | 2 | 4 | 32 | 131,072 | 0.5 |
| 1 | 128 | 4 | 8 | 64 | 524,288 | 2 |
| 1 | 1,024 | 12 | 12 | 64 | 18,874,368 | 72 |

The last line is GPT-2's: 72 MB for every text that is being written.

**Traps.** Python takes −1 for the last layer without a word, so refuse it. And NumPy broadcasts: keys of batch 1 fit into a cache of
batch 4, four times the same. So compare shapes before you write.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "cache-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class KVCache:
    """Keys and values of all layers, for the part of a text that has been read."""

    def __init__(self, batch_size, max_seq_len, num_layers, num_heads, head_dim):
        """
        Set room aside.

        TODO: set the five arguments as attributes, seq_pos (0), keys and values.

        APPROACH:
        1. Store the arguments, and 0 as seq_pos.
        2. keys and values are lists with an array of zeros for each layer, in float32, of shape
           (batch_size, num_heads, max_seq_len, head_dim).

        EXAMPLE:
        >>> cache = KVCache(1, 64, 2, 4, 32)
        >>> len(cache.keys), cache.keys[0].shape, cache.seq_pos
        (2, (1, 4, 64, 32), 0)
        """
        ### BEGIN SOLUTION
        self.batch_size = batch_size
        self.max_seq_len = max_seq_len
        self.num_layers = num_layers
        self.num_heads = num_heads
        self.head_dim = head_dim
        self.seq_pos = 0
        shape = (batch_size, num_heads, max_seq_len, head_dim)
        self.keys = [np.zeros(shape, dtype=np.float32) for _ in range(num_layers)]
        self.values = [np.zeros(shape, dtype=np.float32) for _ in range(num_layers)]
        ### END SOLUTION

    def check_layer(self, layer):
        """TODO: raise a ValueError where there is no such layer; they are numbered from 0, and -1 is none."""
        ### BEGIN SOLUTION
        if not 0 <= layer < self.num_layers:
            raise ValueError(f"layers are numbered 0 to {self.num_layers - 1}, not {layer}")
        ### END SOLUTION

    def update(self, layer, key, value):
        """
        Write new keys and values behind those that are there.

        TODO: put the Tensors key and value, of shape (batch_size, num_heads, new, head_dim), into a layer's blocks,
        from seq_pos on. seq_pos stays.

        APPROACH:
        1. Refuse with a ValueError: a layer that does not exist; shapes other than that, whatever `new` is; and more new
           positions than there is room for.
        2. Copy the numbers.

        EXAMPLE:
        >>> cache = KVCache(1, 4, 1, 1, 2)
        >>> cache.update(0, Tensor([[[[1, 2], [3, 4]]]]), Tensor([[[[5, 6], [7, 8]]]]))
        >>> cache.keys[0].tolist()
        [[[[1.0, 2.0], [3.0, 4.0], [0.0, 0.0], [0.0, 0.0]]]]

        HINT: block[:, :, start:end] names positions start to end - 1 of all examples and heads.
        """
        ### BEGIN SOLUTION
        self.check_layer(layer)
        new = key.shape[2]
        expected = (self.batch_size, self.num_heads, new, self.head_dim)
        if key.shape != expected or value.shape != expected:
            raise ValueError(f"keys and values of shapes {key.shape} and {value.shape} instead of {expected}")
        end = self.seq_pos + new
        if end > self.max_seq_len:
            raise ValueError(f"there is room for {self.max_seq_len} positions, not for {end}")
        self.keys[layer][:, :, self.seq_pos : end] = key.data
        self.values[layer][:, :, self.seq_pos : end] = value.data
        ### END SOLUTION

    def get(self, layer):
        """
        Give the past of a layer.

        TODO: return two Tensors, the keys and the values before seq_pos. A layer that does not exist is a ValueError.

        EXAMPLE:
        >>> cache = KVCache(1, 4, 1, 1, 2)
        >>> cache.update(0, Tensor([[[[1, 2]]]]), Tensor([[[[5, 6]]]]))
        >>> cache.get(0)[0].shape
        (1, 1, 0, 2)
        >>> cache.advance()
        >>> [part.data.tolist() for part in cache.get(0)]
        [[[[[1.0, 2.0]]]], [[[[5.0, 6.0]]]]]
        """
        ### BEGIN SOLUTION
        self.check_layer(layer)
        return Tensor(self.keys[layer][:, :, : self.seq_pos]), Tensor(self.values[layer][:, :, : self.seq_pos])
        ### END SOLUTION

    def advance(self, count=1):
        """TODO: move seq_pos on, after all layers have been updated."""
        ### BEGIN SOLUTION
        self.seq_pos += count
        ### END SOLUTION

    def reset(self):
        """TODO: begin a new text."""
        ### BEGIN SOLUTION
        self.seq_pos = 0
        ### END SOLUTION

    def get_memory_usage(self):
        """
        Count what is set aside.

        TODO: return a dictionary of total_elements (numbers in all blocks), cache_tensors (blocks), total_mb and
        per_layer_mb.

        EXAMPLE:
        >>> KVCache(1, 64, 2, 4, 32).get_memory_usage()
        {'total_elements': 32768, 'cache_tensors': 4, 'total_mb': 0.125, 'per_layer_mb': 0.0625}

        HINT: BYTES_PER_NUMBER and BYTES_PER_MB are in the first cell.
        """
        ### BEGIN SOLUTION
        blocks = [*self.keys, *self.values]
        elements = sum(block.size for block in blocks)
        megabytes = elements * BYTES_PER_NUMBER / BYTES_PER_MB
        return {
            "total_elements": elements,
            "cache_tensors": len(blocks),
            "total_mb": megabytes,
            "per_layer_mb": megabytes / self.num_layers,
        }
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Blocks of zeros in float32, in the right shape. Two layers are written, one row and then two, with `advance` between them; what `get` gives is compared with the rows,
and what has been written but not advanced must not be in it. A second text after `reset`. The memory of four caches, in numbers and MB. Layers −1 and
2 of 2, a row too many, a wrong batch and a wrong width must be refused, and must leave what is there alone.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-kvcache", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_kvcache()

# %% [markdown]
r"""
## A model with a memory

**Attention** for new tokens: project them alone, put the past in front, and attend. The new tokens may be one or
many: a prompt comes all at once. So there is a mask, and it is the lower part of the one that you know, the rows of
the new tokens:

```
 3 old, 2 new                 keys
                        old 0  old 1  old 2 │ new 0  new 1
   query of new 0         1      1      1   │   1      0
   query of new 1         1      1      1   │   1      1
```

| | shape, for B = 1, H = 2, d = 4 |
|---|---|
| x, new alone | (1, 2, 8) |
| Q, K, V of the new | (1, 2, 2, 4) |
| past K, past V | (1, 2, 3, 4) |
| past and new | (1, 2, 5, 4) |
| mask | (2, 5) |
| output | (1, 2, 8) |

With no past it is the causal mask itself, and with one new token it is all ones.

**The whole pass** is the GPT's forward with two changes. Attention is replaced; and the new tokens stand at positions
seq_pos, seq_pos + 1, …, not at 0. When all layers have written, the cache advances:

```
 new tokens ─▶ token table ─▶ + positions[seq_pos : seq_pos + new] ─▶ [ block, with its layer's past ] × L ─▶ ln_f ─▶ lm_head
                                                                                                   then advance(new)
```

**Traps.** These three were found together in one piece of teaching material, whose tests only compared shapes:

- Each token alone gets position 0, because `PositionalEncoding` counts from the beginning of what it is given. The model then
  writes as if each word were the first.
- Nobody advances, so each token overwrites the one before it and sees no past.
- In a loop over layers, a function is made that uses the loop's variable. When it is called, the loop has ended, and *all* layers use
  the last block's projections:

```python
calls = [lambda: block for block in ("first", "second", "last")]
[call() for call in calls]          # ['last', 'last', 'last']
```

The third is why `cached_attention` takes attention and layer as arguments.

A gradient has no business here: old keys come out of the cache as plain numbers. Train without a cache.

### On and off

`enable_kv_cache(model)` gives *this* model a `generate` that uses a cache. Python looks for an attribute in the object first and then
in its class, so setting `model.generate` hides the method of the class, and deleting it brings the method back:

```
 model.generate ──▶ in the object?  ── yes ──▶ the one with the cache        enable:  set it
                        │ no
                        └──▶ in the class GPT ──▶ the one of lesson 13       disable: delete it
```

Nothing needs to be saved in order to be restored. That is a virtue: a wrapper that keeps "the original" in a variable
keeps itself when it is enabled twice. `forward` stays as it is, so training and evaluation do not notice.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "cached-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def create_kv_cache(model, batch_size=1):
    """
    Make a cache that fits a model.

    TODO: return an empty KVCache for batch_size texts of a GPT's max_seq_len, num_layers, num_heads and head width.

    EXAMPLE:
    >>> from tinytorch.core.transformer import GPT
    >>> create_kv_cache(GPT(10, 8, 3, 2, max_seq_len=16)).keys[2].shape
    (1, 2, 16, 4)
    """
    ### BEGIN SOLUTION
    head_dim = model.embed_dim // model.num_heads
    return KVCache(batch_size, model.max_seq_len, model.num_layers, model.num_heads, head_dim)
    ### END SOLUTION


def cached_attention(attention, x, cache, layer):
    """
    Let new tokens attend to the past and to each other.

    TODO: return a Tensor of the shape of x, which holds the new tokens alone, (B, new, D). attention is a
    MultiHeadAttention, layer the number of its block.

    APPROACH:
    1. Project x to queries, keys and values, and split each into heads.
    2. Get the layer's past, and put it in front of the new keys and values, along the positions.
    3. Write the new keys and values into the cache. Leave it to cached_forward to advance.
    4. New token i may look at all of the past and at the new tokens up to itself.
    5. Attend, merge the heads, project.

    HINT: np.concatenate joins arrays, and np.tril takes k, the number of columns by which the triangle is moved to the
    right.
    """
    ### BEGIN SOLUTION
    Q, K, V = (attention.split_heads(part(x)) for part in (attention.q_proj, attention.k_proj, attention.v_proj))
    past = cache.get(layer)
    cache.update(layer, K, V)
    K, V = (Tensor(np.concatenate([old.data, new.data], axis=2)) for old, new in zip(past, (K, V), strict=True))
    new, seen = Q.shape[2], K.shape[2]
    mask = Tensor(np.tril(np.ones((new, seen)), k=seen - new))
    output, _ = scaled_dot_product_attention(Q, K, V, mask)
    return attention.out_proj(attention.merge_heads(output))
    ### END SOLUTION


def cached_forward(model, tokens, cache):
    """
    Score what comes next, for new tokens alone.

    TODO: return a Tensor of logits of shape (B, new, vocab_size), for tokens of shape (B, new) that stand behind
    those in the cache.

    APPROACH:
    1. Look the tokens up in model.embedding.token_embedding, and add the rows of
       model.embedding.pos_encoding.position_embeddings that belong to their positions.
    2. Send them through the blocks, as TransformerBlock.forward does, with cached_attention in place of attention.
    3. Advance the cache, by as many positions as there are new tokens.
    4. Normalize with ln_f, and apply lm_head.

    HINT: enumerate(model.blocks) gives each block with its number.
    """
    ### BEGIN SOLUTION
    new = tokens.shape[1]
    positions = model.embedding.pos_encoding.position_embeddings[cache.seq_pos : cache.seq_pos + new]
    x = model.embedding.token_embedding(tokens) + positions
    for layer, block in enumerate(model.blocks):
        x = x + cached_attention(block.attention, block.ln1(x), cache, layer)
        x = x + block.mlp(block.ln2(x))
    cache.advance(new)
    return model.lm_head(model.ln_f(x))
    ### END SOLUTION


def cached_generate(model, cache, prompt, max_new_tokens=50, temperature=1.0):
    """
    Continue each sequence of a batch, token by token, and send each token through the model once.

    TODO: return what GPT.generate returns, a Tensor of the prompt and the new tokens.

    APPROACH:
    1. Refuse with a ValueError what would become longer than model.max_seq_len.
    2. Reset the cache: a new text begins.
    3. Send the prompt through the model; then, again and again, the newest token alone. Choose each new token from
       the logits of the last position with sample_tokens.

    HINT: keep two arrays, all tokens so far and those that the model has not seen.
    """
    ### BEGIN SOLUTION
    tokens = new = prompt.data
    if tokens.shape[1] + max_new_tokens > model.max_seq_len:
        raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {model.max_seq_len}")
    cache.reset()
    for _ in range(max_new_tokens):
        logits = cached_forward(model, Tensor(new), cache).data[:, -1]
        new = sample_tokens(logits, temperature)[:, np.newaxis]
        tokens = np.concatenate([tokens, new], axis=1)
    return Tensor(tokens)
    ### END SOLUTION


def enable_kv_cache(model, batch_size=1):
    """
    Let a model generate with a cache, for batches of batch_size prompts.

    TODO: set model.generate so that it calls cached_generate with this model and a new cache; return the cache.

    APPROACH:
    1. Refuse with an AttributeError a model that lacks embed_dim, num_layers, num_heads, max_seq_len or blocks.
    2. Make a cache.
    3. Set model.generate to a function of prompt, max_new_tokens and temperature.

    HINT: functools.partial(function, first, second) is a function whose first two arguments are given.
    """
    ### BEGIN SOLUTION
    missing = [name for name in ("embed_dim", "num_layers", "num_heads", "max_seq_len", "blocks") if not hasattr(model, name)]
    if missing:
        raise AttributeError(f"a model for a KV cache has {', '.join(missing)}")
    cache = create_kv_cache(model, batch_size)
    model.generate = functools.partial(cached_generate, model, cache)
    return cache
    ### END SOLUTION


def disable_kv_cache(model):
    """
    Let a model generate as its class does.

    TODO: delete the model's own generate, if it has one.

    HINT: vars(model) is the dictionary of the object's own attributes, and pop takes a default.
    """
    ### BEGIN SOLUTION
    vars(model).pop("generate", None)
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The sizes of the cache that `enable_kv_cache` gives, for batches of one and of three. Then a model of two layers with weights of the test's own reads a text in
pieces: all at once, token by token, and in pieces of 3, 2 and 1. Its logits, and how far the cache has come, must be those of the whole
text read without a cache, which the test computes in float64; they may differ by 10⁻⁵. Generated at temperature 0, the text must be that of a
loop without a cache. A model that lacks one of the five attributes is refused.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-cache-enablement", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_cache_enablement()

# %% [markdown]
"""
## Nothing else changes

A cache that changes a model's answers is a bug, and one that changes the model itself is a worse one, for it is found much later. The next test
looks at what must *not* happen, and counts. Its model has, in place of the first MLP, a layer that notes how many rows
it is sent. To write 5 tokens behind a prompt of 3:

```
 without       3  4  5  6  7        25 rows
 with          3  1  1  1  1         7 rows
```

The last token that is written need not be read, so 3 + 5 − 1 = 7. While the cache is enabled: other models write as ever; `forward`
gives a whole text the logits that it had, and a single token those of position 0, though there is a text in the cache; the weights are what they
were. Enabled twice and disabled once, the model writes with 25 rows again; and to disable a model that was never enabled does nothing.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-noninvasive", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_noninvasive()

# %% [markdown]
"""
## Several texts, several times

The last test uses the cache as a service would: three prompts at once, and then three others, longer ones, with the same model. If anything of
the first texts is left, the second ones show it. Texts are written up to the very end of `max_seq_len`, and compared with those that are written
without a cache; one token more is refused before any work is done, and so is a batch of another size. Drawn by
chance, at temperature 1, tokens are drawn for each row by itself.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-integration", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_module()

# %% [markdown]
r"""
## The pattern

Every memo has the same five parts, whatever it keeps:

```python
def remembered(question):
    if question in memo:              # 1. a key: what the answer depends on, all of it
        return memo[question]         # 2. a look-up, cheaper than the work
    answer = work(question)
    memo[question] = answer           # 3. room for the answer
    return answer
                                      # 4. a moment when it is emptied: reset()
                                      # 5. a proof that the answer is the same: your tests
```

In the KV cache the question is "keys and values of layer l at position p". It depends on all tokens up to p and on the
weights, and both stay as they are within one text. When the text ends, or an optimizer has moved the weights, the memo
has to go.

**What you have built**

| | without a cache | with a cache |
|---|---|---|
| rows in a step | all so far | the new ones |
| rows for T tokens | T(T + 1)/2 | T |
| memory beside the weights | what a pass needs | that, for one row, and 2 · L · B · H · T · d numbers |
| gradients | yes | no |
| the text may change behind you | yes | no: only append |
| logits | the same | the same, within 10⁻⁵ |

**Which memo when?**

| use | for example | why | not when |
|---|---|---|---|
| `functools.cache` | masks or tables of sines for each length | few questions, asked often | arguments are arrays: they cannot be keys of a dictionary |
| a KV cache | chat, completion | each token is read once | training, or classifying: each text is read only once anyway |
| a cache kept for a prefix | one long instruction before each question | the prefix is read once for all users | prefixes differ in their first token: then nothing is shared |
| recomputing on purpose | training a deep model | memory is dearer than time: the memo, turned round | there is room |
| no cache at all | encoders without a causal mask | each new token changes all rows | |

## Three pipelines

**A chat** reads what a user has written in one pass, the *prefill*, and then writes token by token. The two are different work: the first
multiplies matrices, the second reads a cache.

```
 question ─▶ prefill: all tokens at once ─▶ cache ─▶ decode: one token ─▶ one token ─▶ … ─▶ answer
               many rows, one pass                     one row, many passes
```

**A service** answers many at a time. Texts of different lengths come and go, and if each has room for the longest text set aside, most of the
memory is empty. So services cut caches into pages of a few positions and hand them out when they are needed, as an
operating system does with memory:

```
 text A   page 3 ─▶ page 7 ─▶ page 1
 text B   page 2 ─▶ page 5                    free: 0, 4, 6
```

**An assistant for programmers** has the same long file before each question. Its keys and values are computed once and
stored under a hash of the tokens; questions begin where the file ends.

```
 file ─▶ prefill ─▶ cache ──┬─▶ question 1 ─▶ answer
   (once)                   ├─▶ question 2 ─▶ answer
                            └─▶ question 3 ─▶ answer
```

In production the cache is the scarce thing, more so than the weights. Models are built around that: several query heads
share one head of keys and values (grouped-query attention: 8 query heads for each is a cache of an eighth); keys
and values are kept in 16 or 8 bits (15); or only the last few thousand positions are kept.

## Pitfalls, and how to find them

| pitfall | what one sees | how to find it |
|---|---|---|
| position 0 for each new token | fluent nonsense | compare the logits of the second token with those without a cache |
| nobody advances | each token knows itself alone | print `seq_pos` after each step |
| each layer advances | holes in the cache; soon "no room" | `seq_pos` after one token must be 1 |
| all layers use the last block | wrong from the first token on | one layer is right and two are wrong |
| no reset | the second answer speaks of the first question | generate the same text twice, at temperature 0 |
| no mask in the prefill | right for one token, wrong for prompts | the prompt at once, and token by token |
| queries cached | works, at half as much memory again | count: two blocks a layer |
| a cache while training | old keys belong to old weights | `enable` changes `generate` alone |
| the original wrapped twice | `disable` does not disable | enable twice, and count rows |

## What it costs

Multiplications for the token at position t, in one layer of width D:

| | without | with |
|---|---|---|
| projections and MLP | 12 D² · t | 12 D² |
| scores and mixing | 2 D · t² | 2 D · t |
| D = 64, t = 16 | 819,200 | 51,200 |
| D = 64, t = 128 | 8,388,608 | 65,536 |
| D = 64, t = 1,024 | 184,549,376 | 180,224 |

Each line on the left is t times the one on the right. With the cache, a step still grows with t, since the new query must look at all keys. It
grows slowly: from t = 16 to 1,024, 64 times as far, the work grows by 3.5.

What it costs in memory was above: 2 · L · H · d numbers for each token and text. For GPT-2's sizes they are 18,432 numbers, 73,728 bytes
a token. Ours also copies: `get`, the concatenation and the new Tensor each write the past's keys and values anew, so that
a step moves 6 D numbers for each earlier token and layer. A cache that hands out views of its blocks would save that.

## Questions to think about

1. A model is allowed to look at the last 4 tokens only. How large must the cache be? What changes if the model has 12 layers?
2. You correct a typing error in the third word of a text of 500. What of the cache can still be used?
3. Two users have the same prompt, and temperature 1. What can they share, and from where on not?

## What comes next

Module 18 makes the operations that are left faster, and 19 measures, with honest error bars, what caches, pruning and
eight bits have brought. In the capstone (20) you decide which of them your model needs.

You have a cache that grows with the text, attention that reads from it, a pass at true positions, and a switch that leaves no
traces. Finish with

```
tito module complete 17
```
"""
