"""core.embeddings: made by `tito export` from 11_embeddings/embeddings_dev.py; edit that file."""

import math

import numpy as np

# Importing it makes Tensors remember what they do, so that tables can be trained.
import tinytorch.core.autograd
from tinytorch.core.layers import Layer
from tinytorch.core.tensor import Tensor

__all__ = [
    "Embedding",
    "EmbeddingLayer",
    "PositionalEncoding",
    "create_sinusoidal_embeddings",
]


class Embedding(Layer):
    """A table with a row of numbers for each id, and a look-up."""

    def __init__(self, vocab_size, embed_dim):
        """
        Make the table.

        TODO: set vocab_size, embed_dim and weight.

        APPROACH:
        1. Store vocab_size and embed_dim.
        2. Let limit be sqrt(6 / (vocab_size + embed_dim)).
        3. Draw the weight, of shape (vocab_size, embed_dim), evenly from -limit to limit. It is a Tensor with
           requires_grad=True.

        EXAMPLE:
        >>> Embedding(10, 4).weight.shape
        (10, 4)
        >>> bool(abs(Embedding(10, 14).weight.data).max() <= 0.5)
        True

        HINT: np.random.uniform(low, high, shape). Leave its seed alone.
        """
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        limit = math.sqrt(6 / (vocab_size + embed_dim))
        self.weight = Tensor(np.random.uniform(-limit, limit, (vocab_size, embed_dim)), requires_grad=True)

    def forward(self, indices):
        """
        Look the rows up.

        TODO: return a new Tensor with the row of each id; its shape is that of indices and embed_dim behind it.

        APPROACH:
        1. Tensor(indices).data is an array of ids, whether indices is a Tensor, an array or a list.
        2. Any id below 0, or vocab_size and above, is a ValueError.
        3. Make the ids integers, and let the weight's own [] take the rows.

        EXAMPLE:
        >>> table = Embedding(3, 2)
        >>> table.weight = Tensor([[0, 0], [1, 10], [2, 20]])
        >>> table.forward(Tensor([2, 1, 2])).data.tolist()
        [[2.0, 20.0], [1.0, 10.0], [2.0, 20.0]]

        HINT: self.weight[ids] is recorded by module 05, self.weight.data[ids] is not. ids.astype(int).
        """
        ids = Tensor(indices).data
        if not np.all((ids >= 0) & (ids < self.vocab_size)):
            raise ValueError(f"ids go from 0 to {self.vocab_size - 1}")
        return self.weight[ids.astype(int)]

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return a list with the table itself.

        EXAMPLE:
        >>> [p.shape for p in Embedding(10, 4).parameters()]
        [(10, 4)]
        """
        return [self.weight]


class PositionalEncoding(Layer):
    """A row of numbers for each position, added to what stands there."""

    def __init__(self, max_seq_len, embed_dim):
        """
        Make a table of positions that is learned.

        TODO: set max_seq_len, embed_dim and position_embeddings.

        APPROACH:
        1. Store max_seq_len and embed_dim.
        2. Let limit be sqrt(2 / embed_dim).
        3. Draw position_embeddings, of shape (max_seq_len, embed_dim), evenly from -limit to limit. It is a Tensor
           with requires_grad=True.

        EXAMPLE:
        >>> PositionalEncoding(16, 8).position_embeddings.shape
        (16, 8)
        >>> bool(abs(PositionalEncoding(16, 8).position_embeddings.data).max() <= 0.5)
        True
        """
        self.max_seq_len = max_seq_len
        self.embed_dim = embed_dim
        limit = math.sqrt(2 / embed_dim)
        values = np.random.uniform(-limit, limit, (max_seq_len, embed_dim))
        self.position_embeddings = Tensor(values, requires_grad=True)

    def forward(self, x):
        """
        Add the rows of positions 0, 1, 2 …

        TODO: return a new Tensor, x + the first T rows of position_embeddings, for x of shape (B, T, embed_dim).

        APPROACH:
        1. Refuse with a ValueError: an x that has not three directions, more than max_seq_len positions, and a last
           size that is not embed_dim.
        2. Take the first T rows and add them; broadcasting repeats them for each sequence.

        EXAMPLE:
        >>> positions = PositionalEncoding(3, 2)
        >>> positions.position_embeddings = Tensor([[0, 0], [1, 10], [2, 20]])
        >>> positions.forward(Tensor([[[5, 5], [5, 5]]])).data.tolist()
        [[[5.0, 5.0], [6.0, 15.0]]]

        HINT: check before you add. Broadcasting would take a last size of 1 without a word. Taking a shape apart
        into three names fails with a ValueError where there are not three.
        """
        # Any other number of directions is a ValueError of Python's own.
        _, length, width = x.shape
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError(f"at most {self.max_seq_len} positions of {self.embed_dim} numbers, not {x.shape}")
        return x + self.position_embeddings[:length]

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return a list with the table of positions itself.

        EXAMPLE:
        >>> [p.shape for p in PositionalEncoding(16, 8).parameters()]
        [(16, 8)]
        """
        return [self.position_embeddings]


def create_sinusoidal_embeddings(max_seq_len, embed_dim):
    """
    Compute the table of positions that needs no training.

    TODO: return a Tensor of shape (max_seq_len, embed_dim), which requires no gradient.

    APPROACH:
    1. Make a column of positions 0, 1, 2 …, and a row of even numbers 0, 2, 4 … below embed_dim.
    2. Divide: angles = positions / 10000 ** (evens / embed_dim).
    3. Put their sines into columns 0, 2, 4 … of a table and their cosines into columns 1, 3, 5 …

    EXAMPLE:
    >>> create_sinusoidal_embeddings(2, 4).data.round(4).tolist()
    [[0.0, 1.0, 0.0, 1.0], [0.8414999842643738, 0.5403000116348267, 0.009999999776482582, 1.0]]

    HINT: table[:, 0::2] names every second column. Where embed_dim is odd, there is one sine more than there are
    cosines.
    """
    positions = np.arange(max_seq_len)[:, np.newaxis]
    angles = positions / 10000 ** (np.arange(0, embed_dim, 2) / embed_dim)
    table = np.zeros((max_seq_len, embed_dim))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)[:, : embed_dim // 2]
    return Tensor(table)


class EmbeddingLayer(Layer):
    """From ids to vectors that know what they stand for, and where."""

    def __init__(self, vocab_size, embed_dim, max_seq_len=512, pos_encoding="learned", scale_embeddings=False):
        """
        Make the parts.

        TODO: set vocab_size, embed_dim, max_seq_len, pos_encoding_type, scale_embeddings, token_embedding and
        pos_encoding.

        APPROACH:
        1. A pos_encoding that is neither 'learned' nor 'sinusoidal' nor None is a ValueError.
        2. Store the arguments; pos_encoding as pos_encoding_type.
        3. token_embedding is an Embedding.
        4. pos_encoding is None or a PositionalEncoding. For 'sinusoidal', its position_embeddings are the computed
           table.

        EXAMPLE:
        >>> layer = EmbeddingLayer(10, 4)
        >>> layer.max_seq_len, layer.pos_encoding_type, layer.scale_embeddings
        (512, 'learned', False)
        >>> EmbeddingLayer(10, 4, pos_encoding=None).pos_encoding is None
        True
        """
        if pos_encoding not in {"learned", "sinusoidal", None}:
            raise ValueError(f"pos_encoding is 'learned', 'sinusoidal' or None, not {pos_encoding!r}")
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        self.max_seq_len = max_seq_len
        self.pos_encoding_type = pos_encoding
        self.scale_embeddings = scale_embeddings
        self.token_embedding = Embedding(vocab_size, embed_dim)
        self.pos_encoding = None if pos_encoding is None else PositionalEncoding(max_seq_len, embed_dim)
        if pos_encoding == "sinusoidal":
            self.pos_encoding.position_embeddings = create_sinusoidal_embeddings(max_seq_len, embed_dim)

    def forward(self, tokens):
        """
        Turn ids into vectors.

        TODO: return a Tensor of shape (B, T, embed_dim) for tokens of shape (B, T), or (T, embed_dim) for (T,).

        APPROACH:
        1. Look the tokens up.
        2. Where scale_embeddings is set, multiply with sqrt(embed_dim).
        3. Where there are positions, add them; one sequence alone becomes a batch of one for that.
        4. Give one sequence back without the batch.

        EXAMPLE:
        >>> EmbeddingLayer(10, 4).forward(Tensor([[1, 2, 3], [4, 5, 6]])).shape
        (2, 3, 4)
        >>> EmbeddingLayer(10, 4).forward(Tensor([1, 2, 3])).shape
        (3, 4)

        HINT: scale first, add positions afterwards: they are as large as they should be. reshape is recorded.
        """
        x = self.token_embedding(tokens)
        if self.scale_embeddings:
            x = x * math.sqrt(self.embed_dim)
        if self.pos_encoding is None:
            return x
        if len(x.shape) == 2:
            return self.pos_encoding(x.reshape(1, *x.shape)).reshape(x.shape)
        return self.pos_encoding(x)

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return the table of tokens and, where positions are learned, the table of positions behind it.

        EXAMPLE:
        >>> [p.shape for p in EmbeddingLayer(10, 4, max_seq_len=6).parameters()]
        [(10, 4), (6, 4)]
        >>> len(EmbeddingLayer(10, 4, pos_encoding='sinusoidal').parameters())
        1
        """
        learned = self.pos_encoding.parameters() if self.pos_encoding_type == "learned" else []
        return self.token_embedding.parameters() + learned
