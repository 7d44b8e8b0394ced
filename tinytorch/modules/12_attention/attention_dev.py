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
# 12 · Attention

An embedding gives a word one vector, wherever the word stands. But a *bank* beside a river is not the *bank* that
lends money, and *it* means nothing at all until one knows what it stands for. Attention is how tokens look at each
other: each asks a question, each offers an answer, and each takes home a mixture of the answers that fit. It is one
formula of two matrix products and a softmax, and all large language models are built round it.

**After this lesson you can**

- say what queries, keys and values are, and compute attention by hand for two tokens;
- explain why scores are divided by √d, and what goes wrong where they are not;
- keep tokens from looking at what they must not see, with a mask;
- let several heads look at several things at once, for the price of one;
- count what attention costs, and say from which length on the scores are the greater part of it.

**You build**

| part | what it does | parameters |
|---|---|---|
| `scaled_dot_product_attention` | mixes values by how well queries fit keys | none |
| `MultiHeadAttention` | several attentions side by side, with learned queries, keys and values | 4 D² + 4 D |

```
  11 embeddings          12 attention             13 transformers
  a vector for      ──▶  vectors that know   ──▶  attention and MLPs,
  each token             their neighbours         layer upon layer
  (you have it)          (you build it)           (you will build it)
```
"""

# %% [markdown]
"""
## Where it lives

You write in `tinytorch/modules/12_attention/attention_dev.py`. `tito export 12` joins the exported cells to
`tinytorch/core/attention.py`, and from there the later lessons import them:

```python
from tinytorch.core.attention import MultiHeadAttention, scaled_dot_product_attention
```

It is a file of its own in `core` because transformers (13) and the memory for generation (17) both stand on it, and
the second will want to reach into its parts.

**It needs** `Tensor` (01), `Softmax` (02), `Layer` and `Linear` (03). The last test also asks for gradients, and
imports autograd (05) for that. If an import fails, the lesson that it names has not been exported yet:
`tito export 03`, for example, puts layers in place. If Python finds no `tinytorch` at all, it is not the one that
your workspace is installed in: its README says under *Install* how that is done, and Jupyter has to use the same `.venv`.
"""

# %%
#| default_exp core.attention

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import math

from tinytorch.core.activations import Softmax
from tinytorch.core.layers import Layer, Linear
from tinytorch.core.tensor import Tensor

# What is added to a score that must not count: e to this power is 0.
MASK_VALUE = -1e9

# %%
# For the tests alone, so they are not exported. From here on, Tensors remember how they were computed.
import numpy as np

import tinytorch.core.autograd

# %% [markdown]
r"""
## One word, two meanings

Give each word two numbers: how much it has to do with money, and how much with water.

| word | money | water |
|---|---|---|
| loan | 2 | 0 |
| river | 0 | 2 |
| bank | 1 | 1 |

*Bank* could be either. Let it look at its neighbour: multiply its vector with each vector in the phrase, number by
number, and add up (a dot product). That is a score for how much two words have to do with each other:

```
 phrase "river bank"           bank · river = 1·0 + 1·2 = 2
                               bank · bank  = 1·1 + 1·1 = 2

 equal scores, equal weights   ½ · river + ½ · bank = ½ [0 2] + ½ [1 1] = [0.5  1.5]

 phrase "loan bank"            ½ · loan  + ½ · bank = ½ [2 0] + ½ [1 1] = [1.5  0.5]
```

The same word has come out as two different vectors: three parts water in the first phrase, three parts money in the
second. Put a *the* that means nothing, [0, 0], in front of *river bank*, and the scores are 0, 2 and 2. A plain
average would give *the* a third of the say. Attention (with the formula below) gives it 0.108, and *river* and *bank*
0.446 each:

```
 average      ⅓ the + ⅓ river + ⅓ bank                  [0.333  1.000]
 attention    0.108 the + 0.446 river + 0.446 bank      [0.446  1.337]
```

The weights were not stored anywhere. They were computed from the very vectors that they mix, which is what sets
attention apart from a `Linear` layer, whose weights are the same for every phrase.
"""

# %% [markdown]
r"""
## Queries, keys and values

Think of a library with fuzzy labels. You come with a question, the **query**. Each book has a label on its back, the
**key**, and words inside, the **value**. A dictionary in Python gives you the one value whose key equals your query;
attention gives you a bit of all values, and more of those whose keys are like it.

| | a Python dict | attention |
|---|---|---|
| a key fits | or does not | more or less: q · k |
| you get | one value | Σ wⱼ vⱼ, with weights that sum to 1 |
| no key fits | KeyError | a mixture nevertheless |
| slope of the answer | none | everywhere, so it can be learned |

For whole sequences the queries are the rows of a matrix Q, the keys of K and the values of V:

$$\text{Attention}(Q, K, V) = \text{softmax}\!\left(\frac{Q K^T}{\sqrt d}\right) V$$

```
   Q (T, d)        Kᵀ (d, S)         scores (T, S)                weights (T, S)         V (S, dᵥ)      output (T, dᵥ)
  ┌────────┐     ┌──────────┐       ┌──────────┐                  ┌──────────┐          ┌────────┐      ┌────────┐
  │ query 0│     │ k  k  k  │  /√d  │ ▪  ▪  ▪  │  softmax of      │ sums to 1│          │ value 0│      │ mix 0  │
  │ query 1│  @  │ e  e  e  │ ────▶ │ ▪  ▪  ▪  │ ───────────────▶ │ sums to 1│     @    │ value 1│  =   │ mix 1  │
  └────────┘     │ y  y  y  │       └──────────┘  each row        └──────────┘          │ value 2│      └────────┘
                 └──────────┘                                                           └────────┘
```

Row i of the scores says how well query i fits each key; softmax makes shares of it; the product with V mixes the
values by these shares. T queries may look at S keys, there must be as many values as keys, and values may have
another width than keys. By hand, for Q = K = [[1, 0], [0, 1]] and V = [[1, 2], [3, 4]]:

| step | row 0 | row 1 |
|---|---|---|
| Q Kᵀ | 1, 0 | 0, 1 |
| / √2 | 0.707107, 0 | 0, 0.707107 |
| softmax | 0.669762, 0.330238 | 0.330238, 0.669762 |
| · V | 1.660477, 2.660477 | 2.339523, 3.339523 |

### Why divide by √d?

A dot product of d pairs of random numbers, each with mean 0 and variance 1, has variance d: its typical size grows as
√d. At d = 64 scores of ±8 are quite normal, and a softmax of such scores has all but made up its mind:

| scores | softmax | slope w(1 − w) of the first |
|---|---|---|
| 8, 0, −8 | 0.999665, 0.000335, 0.000000 | 0.000335 |
| divided by √64: 1, 0, −1 | 0.665241, 0.244728, 0.090031 | 0.222695 |

The slope is what learning lives on (module 05), and here it is 664 times smaller without the division. Divided by
√d, scores have variance 1 whatever d is. It is the same care that gave `Linear` its √(1/in).

### Not everything may be seen

A model that predicts the next word must not look at the next word: at training time it is there, in the same
sequence. And sentences of different lengths are filled up with padding, which means nothing. A **mask** says who
may look at whom: **1 means look, 0 means do not.** This one, of a lower triangle, is called causal:

```
             key 0  key 1  key 2
   query 0     1      0      0          token 0 sees itself
   query 1     1      1      0          token 1 sees what came before, and itself
   query 2     1      1      1          token 2 sees everything so far
```

Where the mask is 0, the score becomes hopeless *before* the softmax, so that the rest still sums to 1:

$$\text{scores} + (1 - \text{mask}) \cdot (-10^9)$$

```
 scores          0.707   0.000
 mask              1       0
 + (1-mask)·-1e9 0.707  -1e9
 softmax         1.000   0.000        e^(-1e9) is 0 in any float
```

**Traps.**

- A mask multiplied with the scores makes them 0, and e⁰ = 1 is a fine weight. Multiplied with the weights *after*
  the softmax it works, but rows no longer sum to 1.
- There are two conventions. PyTorch's own functions partly use "True means hide", partly "0 or −∞, to be added".
  Hand the second kind to this function, and a 0 ("nothing to add") is read as "do not look". Nothing crashes;
  attention just becomes an average of the past, for which there is a test in module 13.
- −∞ instead of −10⁹ works until a row may look at nothing at all: then it is −∞ − (−∞) = nan. Ours gives equal
  weights, which is no better answer, but it is a number.
- `K.transpose()` swaps the last two directions, and that is right for batches as well. A NumPy `.T` on the data
  turns all directions round.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "attention-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
    ### BEGIN SOLUTION
    scores = Q @ K.transpose() / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = scores + (1 - mask) * MASK_VALUE
    weights = Softmax()(scores, dim=-1)
    return weights @ V, weights
    ### END SOLUTION

# %% [markdown]
"""
### What the test checks

The numbers of the table above, with and without a causal mask. Then random queries, keys and values, as matrices,
as batches and as batches of heads, with more keys than queries and values of another width, so that no two sizes
can be taken for each other; each output is compared with one that was mixed row by row. Masks of the full shape and
masks that broadcast, and one with a row of zeros. Scores in the thousands, which overflow unless the softmax is
yours. And the inputs must keep their values.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-attention-basic", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_attention()

# %% [markdown]
r"""
## Several heads

One attention has one set of weights per query: it can look for *who* did something or for *when*, but it must mix the
two into one average. `MultiHeadAttention` lets H heads look at once, each in a part of the width D of its own, and
joins what they bring:

```
 x (B, T, D)
   ├── q_proj ──▶ split ──▶ Q (B, H, T, D/H) ──┐
   ├── k_proj ──▶ split ──▶ K (B, H, T, D/H) ──┼─▶ attention ──▶ merge ──▶ out_proj ──▶ y (B, T, D)
   └── v_proj ──▶ split ──▶ V (B, H, T, D/H) ──┘   H at a time   (B, T, D)
```

Queries, keys and values all come from x (this is *self*-attention), each through a `Linear(D, D)` of its own, with a
bias: what a token asks, what it offers and what it says are three different things, and all three are learned. The
last `Linear` lets the heads' answers meet; until then no number of one head has seen another's.

**Splitting** is a reshape and a transpose. D = 6 numbers per token are cut into H = 2 pieces of D/H = 3, and the head
moves in front of the time, where attention takes it for one more batch:

```
 x[0] (T=2, D=6)          reshape (T, H, D/H)             transpose (H, T, D/H)
 [ 0  1  2 │ 3  4  5 ]    token 0: [ 0 1 2 ] [ 3 4 5 ]    head 0: [ 0 1 2 ] [ 6  7  8 ]
 [ 6  7  8 │ 9 10 11 ]    token 1: [ 6 7 8 ] [ 9 10 11 ]  head 1: [ 3 4 5 ] [ 9 10 11 ]
```

| step | shape, for B = 2, T = 5, D = 6, H = 2 |
|---|---|
| x | (2, 5, 6) |
| q_proj(x) | (2, 5, 6) |
| split_heads | (2, 2, 5, 3) |
| scores, weights | (2, 2, 5, 5) |
| weights @ V | (2, 2, 5, 3) |
| merge_heads | (2, 5, 6) |
| out_proj | (2, 5, 6) |

**The trap of this lesson** is to reshape straight to (B, H, T, D/H). The shape is right and the numbers are not:
head 0 then holds the first half of the *sequence*, with pieces of one token in different rows:

```
 wrong: reshape (H, T, D/H) at once      head 0: [ 0 1 2 ] [ 3 4 5 ]      both rows are token 0!
                                         head 1: [ 6 7 8 ] [ 9 10 11 ]
```

Merging goes the same way back: first the transpose, then the reshape. A single reshape has the same flaw again, and
the two wrongs do not cancel.

**The mask** is the same for all heads. It comes as (B, T, T), or (1, T, T) for the whole batch, and needs a direction
of size 1 where the heads are: (B, 1, T, T). Left as (B, T, T), it would be broadcast with the *heads* in the batch's
place: an error if you are lucky, and if B equals H or 1, none.

**Heads that do not divide** the width are a ValueError, for D/H must be whole. So is an x of another width, and you
need not write that one: the product in `Linear` refuses it.

**More heads cost nothing.** H heads of width D/H have as many numbers and take as many products as one head of width
D. With D = 64, the four projections hold 4 · (64 · 64 + 64) = 16,640 numbers in 8 Tensors, be it 1 head or 64.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "multihead-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        if embed_dim % num_heads:
            raise ValueError(f"{num_heads} heads cannot share a width of {embed_dim}")
        self.embed_dim = embed_dim
        self.num_heads = num_heads
        self.head_dim = embed_dim // num_heads
        self.q_proj = Linear(embed_dim, embed_dim)
        self.k_proj = Linear(embed_dim, embed_dim)
        self.v_proj = Linear(embed_dim, embed_dim)
        self.out_proj = Linear(embed_dim, embed_dim)
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        batch, time, _ = x.shape
        return x.reshape(batch, time, self.num_heads, self.head_dim).transpose(1, 2)
        ### END SOLUTION

    def merge_heads(self, x):
        """
        Put the heads' parts side by side again.

        TODO: return a Tensor of shape (B, T, D) for x of shape (B, H, T, D / H).

        EXAMPLE:
        >>> MultiHeadAttention(4, 2).merge_heads(Tensor([[[[0, 1], [4, 5]], [[2, 3], [6, 7]]]])).data.tolist()
        [[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0]]]

        HINT: the steps of split_heads, undone in the opposite order.
        """
        ### BEGIN SOLUTION
        batch, _, time, _ = x.shape
        return x.transpose(1, 2).reshape(batch, time, self.embed_dim)
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        Q, K, V = (self.split_heads(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        if mask is not None:
            mask = mask.reshape(-1, 1, *mask.shape[-2:])
        output, _ = scaled_dot_product_attention(Q, K, V, mask)
        return self.out_proj(self.merge_heads(output))
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return one flat list: those of q_proj, k_proj, v_proj and out_proj, in this order.

        EXAMPLE:
        >>> len(MultiHeadAttention(64, 4).parameters())
        8
        """
        ### BEGIN SOLUTION
        return [each for layer in (self.q_proj, self.k_proj, self.v_proj, self.out_proj) for each in layer.parameters()]
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Sizes, and that there are four projections with eight Tensors, in order and the layer's own. What `split_heads` and
`merge_heads` do with the numbers 0 to 23, place by place. Then the test gives all four projections weights and
biases of its own and compares the output with one that it computes head by head, for 1, 2 and 6 heads: without a
mask, with one for the whole batch, and with one for each example, in a batch as large as there are heads. Widths
that do not divide, and an x of another width, must be refused.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-multihead", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_multihead()

# %% [markdown]
r"""
## Two heads, two questions

What can heads do that one attention cannot? Build a layer by hand. Each token's vector is its content (4 numbers) and
its place, as one 1 among 4 places; so D = 8, and two heads have 4 numbers each.

- **Head 0** asks for *the token before me*: the query of token t is 40 times the place t − 1, the key is the place.
  A score is 40/√4 = 20 where they meet and 0 elsewhere, and e²⁰ is 485 million times e⁰.
- **Head 1** asks nothing: its queries are 0, all scores are equal, and it takes the average of everything that it may
  see.

```
 weights of head 0, with a causal mask           of head 1
   token 0   1     ·     ·     ·                   1     ·     ·     ·
   token 1   1     0     ·     ·                   ½     ½     ·     ·
   token 2   0     1     0     ·                   ⅓     ⅓     ⅓     ·
   token 3   0     0     1     0                   ¼     ¼     ¼     ¼         · = masked
```

Each output row is then the content before, beside the mean of all contents so far. Heads much like the first are
found in trained models: pairs of them continue patterns, "A B … A" with "B".

The module test builds exactly this layer. It also calls the layer as `attention(x, mask)`, and compares the
gradients of x and of all eight parameters with central differences. An attention that computes with `.data` has the
right numbers and fails here, for nothing can be learned with it.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-test", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_module()

# %% [markdown]
r"""
## The pattern

Almost everything that is called attention is one skeleton, and differs only in where its three inputs come from:

```python
def forward(self, x, memory=None, mask=None):
    source = x if memory is None else memory        # self-attention, or cross-attention
    Q = split(self.q_proj(x))                       # who asks
    K, V = split(self.k_proj(source)), split(self.v_proj(source))   # who is asked
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    return self.out_proj(merge(output))
```

**What you have built**

| | `scaled_dot_product_attention` | `MultiHeadAttention` |
|---|---|---|
| is | a formula | a layer |
| parameters | none | 4 D² + 4 D |
| takes | Q, K, V of any batch | one x of shape (B, T, D) |
| gives | output and weights | output alone |
| mask | broadcasts to (..., T, S) | (B, T, T) or (1, T, T) |
| looks for | one thing | H things at once |

**Which one when?**

| use | for example | why | not when |
|---|---|---|---|
| attention without a mask | classifying a review that is there in full | each word helps to understand each other word | the future must stay unknown |
| a causal mask | predicting the next word | all T predictions are trained in one pass, none of them peeks | the whole input is known beforehand |
| a padding mask | batches of sentences of different lengths | padding says nothing, so nobody should listen | all lengths are equal |
| the bare formula | looking a query up among stored vectors | keys and values are there already | they have yet to be learned |
| many heads | large D | more questions at the same cost | D/H gets so small (below 8, say) that dot products tell little apart |
| a `Linear` or a convolution | pixels, sensors | neighbours matter most, at known distances; cost grows with T, not T² | what belongs together may stand far apart |

## Three pipelines

**A language model** continues text. All tokens attend to their past in each of its layers:

```
 tokens ─▶ embedding ─▶ [ causal attention ─▶ MLP ] × N ─▶ scores for the next token      (module 13)
```

**A translator** has one sequence that asks and another that answers (cross-attention): the scores are no square, a
row for each English word and a column for each German one.

```
 "Das ist gut" ─▶ encoder ─▶ K, V ──┐
 "This is" ─▶ causal attention ─▶ Q ┴─▶ cross-attention ─▶ "good"
```

**An image model** cuts a picture of 224 × 224 into 14 · 14 = 196 patches of 16 × 16 pixels and treats them as words.
No mask: any patch may look at any other, which a convolution needs many layers for.

```
 picture ─▶ 196 patches ─▶ Linear ─▶ + positions ─▶ [ attention ─▶ MLP ] × N ─▶ mean ─▶ "cat"
```

In PyTorch these are `F.scaled_dot_product_attention` and `nn.MultiheadAttention`. The second keeps q, k and v in one
matrix of shape (3D, D), and its boolean masks say True for *hide*; the first says True for *look*, as ours. Fast
versions of the first never store the scores: they walk through the keys in tiles and keep running sums.

## Pitfalls, and how to find them

| pitfall | what one sees | how to find it |
|---|---|---|
| no division by √d, or by d | it learns, slowly | print the standard deviation of the scores for random inputs: about 1 |
| softmax along the wrong direction | columns sum to 1 | `weights.data.sum(axis=-1)` must be all ones |
| the mask the wrong way round | training loss near 0, and nonsense when it generates | change the last token: no earlier output may move |
| the mask applied after the softmax | rows that sum to less than 1 | the same sum |
| heads split by one reshape | right shapes, poor learning | split 0, 1, 2, … and read the rows |
| the mask without a direction for heads | an error; or none, if B = H | try B = 3 and H = 2 |
| computing with `.data` | `grad` stays None | call `backward` once and look at `q_proj.weight.grad` |

## What it costs

For one sequence of T tokens and width D, counted in multiplications:

| part | multiplications | T = 128, D = 64 | T = 1024, D = 64 |
|---|---|---|---|
| four projections | 4 T D² | 2,097,152 | 16,777,216 |
| scores Q Kᵀ | T² D | 1,048,576 | 67,108,864 |
| weights · V | T² D | 1,048,576 | 67,108,864 |

Projections grow with T, scores with T². They are equal at 2 T² D = 4 T D², that is at T = 2 D: 128 tokens here. Eight
times as long a sequence takes 8 times the work in the projections and 64 times in the rest. Heads do not
appear in the table.

In memory they do: there are H · T² weights, in float32 4 H T² bytes. For 4 heads and 1,024 tokens that is
16,777,216 bytes for a single layer and a single example, where its input x takes 4 T D = 262,144: 64 times less.
Twice the length, four times the weights; and training keeps all of them until `backward` has been by.

## Questions to think about

1. Shuffle the tokens of x. What happens to the output of attention without a mask? So why did module 11 add
   positions to embeddings?
2. In the test above, the gradient of `k_proj.bias` is 0 but for rounding, whatever the data. Which property of
   softmax is the reason? Could one leave that bias out?
3. With a causal mask, half of all scores are computed and thrown away. How would you arrange the work so that they
   are never computed?

## What comes next

Module 13 stacks attention with an MLP, layer normalization and shortcuts, and the stack is a GPT. Module 17 returns
to a waste that you may have noticed: a model that generates word after word computes the keys and values of all
earlier words again, each time. And 14 and 18 will measure and shorten what the table above has counted.

You have let tokens look at each other: scores that say who fits whom, a softmax that makes shares of them, a mask
that says who must not, and heads that ask several questions at once. Finish with

```
tito module complete 12
```
"""
