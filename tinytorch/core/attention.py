"""core.attention: made by `tito export` from 12_attention/attention_dev.py; edit that file."""

import math

from tinytorch.core.activations import Softmax
from tinytorch.core.layers import Layer, Linear
from tinytorch.core.tensor import Tensor

__all__ = [
    "MASK_VALUE",
    "MultiHeadAttention",
    "scaled_dot_product_attention",
]


# What is added to a score that must not count: e to this power is 0.
MASK_VALUE = -1e9


def scaled_dot_product_attention(Q, K, V, mask=None):
    """
    Mix values by how well queries fit keys.

    TODO: return two Tensors, the output of shape (..., T, width of V) and the weights of shape (..., T, S), for Q of
    shape (..., T, d), K of shape (..., S, d) and V of shape (..., S, width). A mask is a Tensor of 1 (look) and 0 (do
    not), of a shape that broadcasts to that of the weights.

    APPROACH:
    1. Multiply Q with K transposed, and divide by the root of d, the last size of Q.
    2. Where there is a mask, add MASK_VALUE to the scores at which it is 0.
    3. Take the softmax of each row: along the last dimension.
    4. Multiply the weights with V.

    EXAMPLE:
    >>> identity, V = Tensor([[1, 0], [0, 1]]), Tensor([[1, 2], [3, 4]])
    >>> output, weights = scaled_dot_product_attention(identity, identity, V)
    >>> print(output.data.round(4)[0], weights.data.round(4)[0])
    [1.6605 2.6605] [0.6698 0.3302]
    >>> output, weights = scaled_dot_product_attention(identity, identity, V, Tensor([[1, 0], [1, 1]]))
    >>> print(output.data[0], weights.data[0])
    [1. 2.] [1. 0.]

    HINT: compute with Tensors, not with their data, so that gradients find the way back. 1 - mask is 1 where the mask
    is 0.
    """
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores + (1 - mask) * MASK_VALUE
    weights = Softmax()(scores, dim=-1)
    return weights @ V, weights


class MultiHeadAttention(Layer):
    """Several attentions side by side, of a sequence to itself."""

    def __init__(self, embed_dim, num_heads):
        """
        Make the four projections.

        TODO: set embed_dim, num_heads, head_dim, and the layers q_proj, k_proj, v_proj and out_proj.

        APPROACH:
        1. Refuse with a ValueError what the heads do not divide.
        2. Store both numbers, and the width of a head.
        3. Make four Linear layers of embed_dim to embed_dim, each with a bias.

        EXAMPLE:
        >>> MultiHeadAttention(64, 4).head_dim
        16
        """
        if embed_dim % num_heads:
            raise ValueError(f"{num_heads} heads cannot share a width of {embed_dim}")
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.head_dim = embed_dim // num_heads
        self.q_proj = Linear(embed_dim, embed_dim)
        self.k_proj = Linear(embed_dim, embed_dim)
        self.v_proj = Linear(embed_dim, embed_dim)
        self.out_proj = Linear(embed_dim, embed_dim)

    def split_heads(self, x):
        """
        Give each head its part of the width.

        TODO: return a Tensor of shape (B, H, T, D / H) for x of shape (B, T, D).

        APPROACH:
        1. Cut the last direction into heads: (B, T, H, D / H).
        2. Swap time and heads.

        EXAMPLE:
        >>> MultiHeadAttention(4, 2).split_heads(Tensor([[[0, 1, 2, 3], [4, 5, 6, 7]]])).data.tolist()
        [[[[0.0, 1.0], [4.0, 5.0]], [[2.0, 3.0], [6.0, 7.0]]]]

        HINT: Tensor.transpose takes the two directions that are to be swapped.
        """
        batch, time, _ = x.shape
        return x.reshape(batch, time, self.num_heads, self.head_dim).transpose(1, 2)

    def merge_heads(self, x):
        """
        Put the heads' parts side by side again.

        TODO: return a Tensor of shape (B, T, D) for x of shape (B, H, T, D / H).

        EXAMPLE:
        >>> MultiHeadAttention(4, 2).merge_heads(Tensor([[[[0, 1], [4, 5]], [[2, 3], [6, 7]]]])).data.tolist()
        [[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0]]]

        HINT: the steps of split_heads, undone in the opposite order.
        """
        batch, _, time, _ = x.shape
        return x.transpose(1, 2).reshape(batch, time, self.embed_dim)

    def forward(self, x, mask=None):
        """
        Let each token look at the others.

        TODO: return a Tensor of shape (B, T, D) for x of shape (B, T, D). The mask is None or a Tensor of 1 and 0, of
        shape (B, T, T) or (1, T, T).

        APPROACH:
        1. Project x to queries, keys and values, and split each into heads.
        2. Give the mask, if there is one, a direction of size 1 for the heads.
        3. Attend, with all heads at once, and keep the output alone.
        4. Merge the heads, and project the result.

        EXAMPLE:
        >>> MultiHeadAttention(8, 2).forward(Tensor([[[1] * 8, [2] * 8, [3] * 8]])).shape
        (1, 3, 8)

        HINT: reshape takes a -1 for the size that it can find out itself.
        """
        Q, K, V = (self.split_heads(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        if mask is not None:
            mask = mask.reshape(-1, 1, *mask.shape[-2:])
        output, _ = scaled_dot_product_attention(Q, K, V, mask)
        return self.out_proj(self.merge_heads(output))

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return one flat list: those of q_proj, k_proj, v_proj and out_proj, in this order.

        EXAMPLE:
        >>> len(MultiHeadAttention(64, 4).parameters())
        8
        """
        return [each for layer in (self.q_proj, self.k_proj, self.v_proj, self.out_proj) for each in layer.parameters()]
