"""perf.memoization: made by `tito export` from 17_memoization/memoization_dev.py; edit that file."""

import functools

import numpy as np

from tinytorch.core.attention import scaled_dot_product_attention
from tinytorch.core.tensor import Tensor
from tinytorch.core.transformer import sample_tokens

__all__ = [
    "BYTES_PER_MB",
    "BYTES_PER_NUMBER",
    "KVCache",
    "cached_attention",
    "cached_forward",
    "cached_generate",
    "create_kv_cache",
    "disable_kv_cache",
    "enable_kv_cache",
]


BYTES_PER_NUMBER = 4
BYTES_PER_MB = 2**20


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
        self.batch_size = batch_size
        self.max_seq_len = max_seq_len
        self.num_layers = num_layers
        self.num_heads = num_heads
        self.head_dim = head_dim
        self.seq_pos = 0
        shape = (batch_size, num_heads, max_seq_len, head_dim)
        self.keys = [np.zeros(shape, dtype=np.float32) for _ in range(num_layers)]
        self.values = [np.zeros(shape, dtype=np.float32) for _ in range(num_layers)]

    def check_layer(self, layer):
        """TODO: raise a ValueError where there is no such layer; they are numbered from 0, and -1 is none."""
        if not 0 <= layer < self.num_layers:
            raise ValueError(f"layers are numbered 0 to {self.num_layers - 1}, not {layer}")

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
        self.check_layer(layer)
        return Tensor(self.keys[layer][:, :, : self.seq_pos]), Tensor(self.values[layer][:, :, : self.seq_pos])

    def advance(self, count=1):
        """TODO: move seq_pos on, after all layers have been updated."""
        self.seq_pos += count

    def reset(self):
        """TODO: begin a new text."""
        self.seq_pos = 0

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
        blocks = [*self.keys, *self.values]
        elements = sum(block.size for block in blocks)
        megabytes = elements * BYTES_PER_NUMBER / BYTES_PER_MB
        return {
            "total_elements": elements,
            "cache_tensors": len(blocks),
            "total_mb": megabytes,
            "per_layer_mb": megabytes / self.num_layers,
        }


def create_kv_cache(model, batch_size=1):
    """
    Make a cache that fits a model.

    TODO: return an empty KVCache for batch_size texts of a GPT's max_seq_len, num_layers, num_heads and head width.

    EXAMPLE:
    >>> from tinytorch.core.transformer import GPT
    >>> create_kv_cache(GPT(10, 8, 3, 2, max_seq_len=16)).keys[2].shape
    (1, 2, 16, 4)
    """
    head_dim = model.embed_dim // model.num_heads
    return KVCache(batch_size, model.max_seq_len, model.num_layers, model.num_heads, head_dim)


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
    Q, K, V = (attention.split_heads(part(x)) for part in (attention.q_proj, attention.k_proj, attention.v_proj))
    past = cache.get(layer)
    cache.update(layer, K, V)
    K, V = (Tensor(np.concatenate([old.data, new.data], axis=2)) for old, new in zip(past, (K, V), strict=True))
    new, seen = Q.shape[2], K.shape[2]
    mask = Tensor(np.tril(np.ones((new, seen)), k=seen - new))
    output, _ = scaled_dot_product_attention(Q, K, V, mask)
    return attention.out_proj(attention.merge_heads(output))


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
    new = tokens.shape[1]
    positions = model.embedding.pos_encoding.position_embeddings[cache.seq_pos : cache.seq_pos + new]
    x = model.embedding.token_embedding(tokens) + positions
    for layer, block in enumerate(model.blocks):
        x = x + cached_attention(block.attention, block.ln1(x), cache, layer)
        x = x + block.mlp(block.ln2(x))
    cache.advance(new)
    return model.lm_head(model.ln_f(x))


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
    tokens = new = prompt.data
    if tokens.shape[1] + max_new_tokens > model.max_seq_len:
        raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {model.max_seq_len}")
    cache.reset()
    for _ in range(max_new_tokens):
        logits = cached_forward(model, Tensor(new), cache).data[:, -1]
        new = sample_tokens(logits, temperature)[:, np.newaxis]
        tokens = np.concatenate([tokens, new], axis=1)
    return Tensor(tokens)


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
    missing = [name for name in ("embed_dim", "num_layers", "num_heads", "max_seq_len", "blocks") if not hasattr(model, name)]
    if missing:
        raise AttributeError(f"a model for a KV cache has {', '.join(missing)}")
    cache = create_kv_cache(model, batch_size)
    model.generate = functools.partial(cached_generate, model, cache)
    return cache


def disable_kv_cache(model):
    """
    Let a model generate as its class does.

    TODO: delete the model's own generate, if it has one.

    HINT: vars(model) is the dictionary of the object's own attributes, and pop takes a default.
    """
    vars(model).pop("generate", None)
