"""core.transformer: made by `tito export` from 13_transformers/transformers_dev.py; edit that file."""

import numpy as np

from tinytorch.core.activations import GELU, Softmax
from tinytorch.core.attention import MultiHeadAttention
from tinytorch.core.autograd import Function, recorded
from tinytorch.core.embeddings import EmbeddingLayer
from tinytorch.core.layers import Layer, Linear
from tinytorch.core.tensor import Tensor

__all__ = [
    "GPT",
    "LayerNorm",
    "MLP",
    "SqrtBackward",
    "TransformerBlock",
    "create_causal_mask",
    "sample_tokens",
    "sqrt",
    "square_root",
]


class SqrtBackward(Function):
    """The square root."""

    @staticmethod
    def backward(gradient, x):
        """
        Multiply with the slope of the square root.

        TODO: return the gradient of x; all are arrays.

        EXAMPLE:
        >>> SqrtBackward.backward(np.array([1.0, 1.0, 3.0]), np.array([0.25, 1.0, 4.0])).tolist()
        [1.0, 0.5, 0.75]
        """
        return gradient / (2 * np.sqrt(x))


def square_root(x):
    """Return the square roots of a Tensor, element by element."""
    return Tensor(np.sqrt(x.data))


# The same, and a gradient finds its way back.
sqrt = recorded(SqrtBackward, square_root)


class LayerNorm(Layer):
    """Vectors of mean 0 and variance 1, then scaled and shifted."""

    def __init__(self, normalized_shape, eps=1e-5):
        """
        Make the scale and the shift.

        TODO: set normalized_shape (the size of the last direction), eps, gamma and beta.

        APPROACH:
        1. Store normalized_shape and eps.
        2. gamma is a Tensor of ones and beta one of zeros, of that size; both require gradients.

        EXAMPLE:
        >>> LayerNorm(3).gamma.data.tolist(), LayerNorm(3).beta.data.tolist()
        ([1.0, 1.0, 1.0], [0.0, 0.0, 0.0])
        """
        self.normalized_shape = normalized_shape
        self.eps = eps
        self.gamma = Tensor(np.ones(normalized_shape), requires_grad=True)
        self.beta = Tensor(np.zeros(normalized_shape), requires_grad=True)

    def forward(self, x):
        """
        Normalize the last direction.

        TODO: return a Tensor of x's shape.

        APPROACH:
        1. Subtract the mean of the last direction.
        2. The variance is the mean of the squares of what is left.
        3. Divide by sqrt(variance + eps); multiply with gamma, and add beta.

        EXAMPLE:
        >>> print(LayerNorm(4).forward(Tensor([[1, 2, 3, 4]])).data.round(4))
        [[-1.3416 -0.4472  0.4472  1.3416]]

        HINT: sqrt from the cell above takes a Tensor. keepdims=True lets means and numbers line up.
        """
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = (centred * centred).mean(axis=-1, keepdims=True)
        return centred / sqrt(variance + self.eps) * self.gamma + self.beta

    def parameters(self):
        """TODO: return [gamma, beta], the layer's own Tensors."""
        return [self.gamma, self.beta]


class MLP(Layer):
    """Two linear layers with a GELU between them, for each token by itself."""

    def __init__(self, embed_dim, hidden_dim=None):
        """
        Make the two layers.

        TODO: set linear1 (embed_dim to hidden_dim), gelu and linear2 (back again). Without hidden_dim it is
        4 * embed_dim.

        EXAMPLE:
        >>> MLP(6).linear1.weight.shape, MLP(6, 10).linear2.weight.shape
        ((6, 24), (10, 6))
        """
        hidden_dim = hidden_dim or 4 * embed_dim
        self.linear1 = Linear(embed_dim, hidden_dim)
        self.gelu = GELU()
        self.linear2 = Linear(hidden_dim, embed_dim)

    def forward(self, x):
        """TODO: return linear2 of the GELU of linear1 of x."""
        return self.linear2(self.gelu(self.linear1(x)))

    def parameters(self):
        """TODO: return the parameters of linear1, then those of linear2."""
        return self.linear1.parameters() + self.linear2.parameters()


def create_causal_mask(length):
    """
    Say who comes before whom.

    TODO: return a Tensor of shape (1, length, length), with 1 at [0, i, j] where j <= i, and 0 elsewhere.

    EXAMPLE:
    >>> create_causal_mask(3).data.tolist()
    [[[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]]

    HINT: NumPy has a function for a lower triangle.
    """
    return Tensor(np.tril(np.ones((1, length, length))))


class TransformerBlock(Layer):
    """Attention and an MLP, each behind a norm and beside a shortcut."""

    def __init__(self, embed_dim, num_heads, mlp_ratio=4):
        """
        Make the parts.

        TODO: set ln1, attention, ln2 and mlp. The hidden width of the MLP is mlp_ratio times embed_dim.

        EXAMPLE:
        >>> TransformerBlock(6, 2, mlp_ratio=3).mlp.linear1.weight.shape
        (6, 18)
        """
        self.ln1 = LayerNorm(embed_dim)
        self.attention = MultiHeadAttention(embed_dim, num_heads)
        self.ln2 = LayerNorm(embed_dim)
        self.mlp = MLP(embed_dim, mlp_ratio * embed_dim)

    def forward(self, x, mask=None):
        """
        Look at the others, then think; add both to x.

        TODO: return a Tensor of x's shape.

        APPROACH:
        1. Add attention of ln1 of x, with the mask, to x.
        2. Add mlp of ln2 of that to it.

        EXAMPLE:
        >>> TransformerBlock(6, 2).forward(Tensor([[[1] * 6, [2] * 6]])).shape
        (1, 2, 6)

        HINT: both norms see the stream as it is at their place, not x alone.
        """
        x = x + self.attention(self.ln1(x), mask)
        return x + self.mlp(self.ln2(x))

    def parameters(self):
        """TODO: return one flat list: those of ln1, attention, ln2 and mlp, in this order."""
        return [each for part in (self.ln1, self.attention, self.ln2, self.mlp) for each in part.parameters()]


def sample_tokens(logits, temperature=1.0):
    """
    Choose a token for each row of logits.

    TODO: return an array of shape (B,) of token numbers, for an array of logits of shape (B, V).

    APPROACH:
    1. Refuse a temperature below 0 with a ValueError.
    2. At temperature 0, take the place of the largest logit of each row.
    3. Else draw from the softmax of logits / temperature, for each row by itself.

    EXAMPLE:
    >>> sample_tokens(np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 2.0]]), temperature=0).tolist()
    [0, 2]

    HINT: np.random.choice(n, p=probabilities) draws one of 0 to n - 1. Leave its seed alone.
    """
    if temperature < 0:
        raise ValueError(f"a temperature is 0 or more, not {temperature}")
    if temperature == 0:
        return logits.argmax(axis=-1)
    probabilities = Softmax()(Tensor(logits / temperature)).data
    return np.array([np.random.choice(len(row), p=row) for row in probabilities])


class GPT(Layer):
    """A stack of transformer blocks that predicts the next token."""

    def __init__(self, vocab_size, embed_dim, num_layers, num_heads, max_seq_len=1024):
        """
        Make the parts.

        TODO: set the five arguments as attributes, and embedding, blocks, ln_f and lm_head.

        APPROACH:
        1. Store vocab_size, embed_dim, num_layers, num_heads and max_seq_len.
        2. embedding is an EmbeddingLayer with learned positions, max_seq_len of them.
        3. blocks is a list of num_layers TransformerBlocks.
        4. ln_f is a LayerNorm, and lm_head a Linear from embed_dim to vocab_size, without a bias.

        EXAMPLE:
        >>> len(GPT(100, 64, 2, 4).parameters())
        37
        """
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        self.num_layers = num_layers
        self.num_heads = num_heads
        self.max_seq_len = max_seq_len
        self.embedding = EmbeddingLayer(vocab_size, embed_dim, max_seq_len)
        self.blocks = [TransformerBlock(embed_dim, num_heads) for _ in range(num_layers)]
        self.ln_f = LayerNorm(embed_dim)
        self.lm_head = Linear(embed_dim, vocab_size, bias=False)

    def forward(self, tokens):
        """
        Score what comes next, at each position.

        TODO: return a Tensor of shape (B, T, vocab_size) for a Tensor of tokens of shape (B, T).

        APPROACH:
        1. Embed the tokens.
        2. Send them through the blocks, each with the causal mask of length T.
        3. Normalize, and apply the head.

        EXAMPLE:
        >>> GPT(10, 8, 1, 2).forward(Tensor([[1, 2, 3]])).shape
        (1, 3, 10)
        """
        x = self.embedding(tokens)
        mask = create_causal_mask(x.shape[1])
        for block in self.blocks:
            x = block(x, mask)
        return self.lm_head(self.ln_f(x))

    def parameters(self):
        """TODO: return one flat list: those of embedding, of the blocks, of ln_f and of lm_head, in this order."""
        return [each for part in (self.embedding, *self.blocks, self.ln_f, self.lm_head) for each in part.parameters()]

    def generate(self, prompt, max_new_tokens=50, temperature=1.0):
        """
        Continue each sequence of a batch, token by token.

        TODO: return a Tensor of shape (B, T + max_new_tokens) that begins with the prompt, of shape (B, T).

        APPROACH:
        1. Refuse with a ValueError what would become longer than max_seq_len.
        2. Again and again: compute the logits of all tokens so far, take those of the last position, choose a token
           for each row, and append it.

        EXAMPLE:
        >>> GPT(10, 8, 1, 2).generate(Tensor([[1, 2, 3], [4, 5, 6]]), max_new_tokens=4).shape
        (2, 7)

        HINT: np.concatenate wants the new tokens as a column.
        """
        tokens = prompt.data
        if tokens.shape[1] + max_new_tokens > self.max_seq_len:
            raise ValueError(f"{tokens.shape[1]} + {max_new_tokens} tokens are more than {self.max_seq_len}")
        for _ in range(max_new_tokens):
            logits = self.forward(Tensor(tokens)).data[:, -1]
            tokens = np.concatenate([tokens, sample_tokens(logits, temperature)[:, np.newaxis]], axis=1)
        return Tensor(tokens)
