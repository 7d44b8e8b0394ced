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
r"""
# 11 · Embeddings

A tokenizer turns text into ids: `"hello"` becomes `[1, 2, 3, 3, 4]`. An id is a name that happens to be a number, and
a network that computes with it as if it were an amount learns nonsense. This lesson gives every id a row of numbers
of its own, which training may move about, and gives every *place* in a sentence one as well, so that "dog bites man"
and "man bites dog" do not come out the same.

**When you are through, you can**

- say why ids must not be fed to a network as they are, and what a look-up has to do with a matrix product;
- build a table of vectors and predict, row by row, what its gradient will be;
- add positions in two ways, learned and computed, and say what each costs and where each ends;
- put both together into the layer that stands at the bottom of every language model.

**You need** module 01 (`Tensor`, `[]`), module 03 (`Layer`) and module 05 (gradients; `[]` and `+` are recorded). The
last test also uses an activation of module 02 and a loss of module 04.

**You build**

| part | from | to | trained |
|---|---|---|---|
| `Embedding` | ids of any shape | a vector for each id | its table |
| `PositionalEncoding` | vectors (B, T, D) | the same, with their places added | its table |
| `create_sinusoidal_embeddings` | T and D | a table of places | nothing |
| `EmbeddingLayer` | ids (B, T) or (T,) | vectors that know what and where | one table or two |

**The way here and on**

```
 10 Tokenization           11 Embeddings                    12 Attention
 "the cat"  ──▶  [7, 2]  ──▶  [ .1 -.3 … ]  what, and  ──▶  vectors that look
   text           ids         [ .4  .0 … ]  where           at each other
```

**Where it lives**: you write it in `modules/11_embeddings/embeddings_dev.py`, and `tito export 11` copies the marked
cells to `tinytorch/core/embeddings.py`. A lesson is for reading, the package for importing: module 13 builds a GPT
without knowing that this file of yours exists.

```python
from tinytorch.core.embeddings import Embedding, PositionalEncoding, EmbeddingLayer
from tinytorch.core.embeddings import create_sinusoidal_embeddings
```

**It imports** NumPy, `tinytorch.core.tensor`, `tinytorch.core.layers` and, for its effect alone,
`tinytorch.core.autograd`. If an import fails:

| message | cause | cure |
|---|---|---|
| `No module named 'tinytorch.core.autograd'` | that lesson has not been exported | `tito export 05` (03, 01 … likewise) |
| `No module named 'tinytorch'` | your workspace is not installed in this Python | *Install* in the workspace's README; in Jupyter, the kernel of its `.venv` |
| `cannot import name 'Layer'` | an old export | `tito export 03` |
"""

# %%
#| default_exp core.embeddings

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import math

import numpy as np

# Importing it makes Tensors remember what they do, so that tables can be trained.
import tinytorch.core.autograd
from tinytorch.core.layers import Layer
from tinytorch.core.tensor import Tensor

# %%
# For the last test alone, so they are not exported.
from tinytorch.core.activations import Tanh
from tinytorch.core.layers import Linear, Sequential
from tinytorch.core.losses import CrossEntropyLoss

# %% [markdown]
r"""
## Why not the ids themselves?

Say that a vocabulary numbers its words by the alphabet: car is 1, cat is 2, dog is 3. Feed the number to a linear
unit, and it answers w · id + b, whatever w and b are:

| word | id | w = 2, b = 1 | w = −5, b = 0 |
|---|---|---|---|
| car | 1 | 3 | −5 |
| cat | 2 | 5 | −10 |
| dog | 3 | 7 | −15 |

In every column the cat is exactly half-way between a car and a dog. No training can change that, for it follows from
the numbers themselves, and the numbers mean nothing: sorted by another alphabet, something else would be half-way.

The cure that presumes nothing is **one-hot**: a vector as long as the vocabulary, 1 at the id and 0 elsewhere. All
words are now equally far from each other, and a linear layer may give each its own weights. Look at what its product
does:

```
   one-hot of 2          W (4, 3)
                      [  .1   .5  -.2 ]   row 0
 [ 0  0  1  0 ]   @   [ -.7   .0   .3 ]   row 1    =   [ .4  .4  -.9 ]
                      [  .4   .4  -.9 ]   row 2 ◀──    row 2, as it is
                      [  .8  -.1   .6 ]   row 3
```

Of its twelve products nine are with 0; what they leave is the row that was asked for. So **do not multiply: look up**. The result is
the same number for number, and the difference in work is grotesque. For the vocabulary of GPT-2 (50,257 tokens,
vectors of 768) and a batch of 8 texts of 1,024 tokens:

| | one-hot, then a product | look-up |
|---|---|---|
| numbers that go in | 411,705,344, of which 8,192 are 1 | 8,192 |
| multiplications and additions | 632 billion | none |
| numbers that come out | 6,291,456 | the same 6,291,456 |

The rows begin at random and are trained like any weight. Words that are used alike receive like gradients and drift
together; nobody tells the table what a cat is.
"""

# %% [markdown]
r"""
## Embedding

With W for the table, of shape (V, D), V the size of the vocabulary and D the length of a vector:

$$y_{\dots} = W_{\text{id}_{\dots}}$$

The dots say that the shape of the ids does not matter. Whatever it is, D is put behind it:

| ids | shape | result |
|---|---|---|
| `4`, one token | () | (D,) |
| `[6, 0, 3]`, a sequence | (3,) | (3, D) |
| `[[0, 1, 2], [5, 5, 6]]`, a batch of two | (2, 3) | (2, 3, D) |

**How to begin.** All rows equal would be as bad as equal weights in a Linear: equal rows get equal gradients wherever
their words are used alike. So the numbers are random, spread evenly between −a and a with

$$a = \sqrt{\frac{6}{V + D}}$$

Numbers that are spread evenly over an interval of half-width a have the standard deviation a/√3, here √(2/(V + D)).
This is Glorot's rule for a matrix of V rows and D columns. (PyTorch draws from a normal distribution of deviation 1.)

**The way back.** Rows that were not looked up did not matter, so their gradient is 0. A row that was looked up twice
mattered twice, and gets the sum of both:

```
 ids [6, 0, 3, 3]        gradient of the result         gradient of the table
                              [ 1  2 ]  for id 6   ──▶   row 0  [ 5  1 ]
                              [ 5  1 ]  for id 0         row 3  [ 4  7 ]   = [ 3 4 ] + [ 1 3 ]
                              [ 3  4 ]  for id 3         row 6  [ 1  2 ]
                              [ 1  3 ]  for id 3         all others  0
```

You need not write a line for it: `[]` of a Tensor takes an array of ids, is recorded, and module 05 adds up what
comes twice.

**What it is for**: everything that comes as names. Tokens, but also users, products, weekdays, amino acids.

**The usual traps**

- `self.weight.data[ids]` gives the right numbers, and cuts the graph: the table never learns.
- Tensors hold float32, so ids arrive as 2.0 and must become integers before they can be an index. (float32 counts
  without gaps up to 2²⁴ = 16,777,216, more than any vocabulary in use.)
- NumPy is happy with −1: it means the last row. An id of −1 is a fault upstream, usually a padding value that nobody
  agreed upon, and must not pass as the last word of the vocabulary. At V and above NumPy raises IndexError by itself;
  make both a ValueError.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "embedding-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        self.vocab_size = vocab_size
        self.embed_dim = embed_dim
        limit = math.sqrt(6 / (vocab_size + embed_dim))
        self.weight = Tensor(np.random.uniform(-limit, limit, (vocab_size, embed_dim)), requires_grad=True)
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        ids = Tensor(indices).data
        if not np.all((ids >= 0) & (ids < self.vocab_size)):
            raise ValueError(f"ids go from 0 to {self.vocab_size - 1}")
        return self.weight[ids.astype(int)]
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return a list with the table itself.

        EXAMPLE:
        >>> [p.shape for p in Embedding(10, 4).parameters()]
        [(10, 4)]
        """
        ### BEGIN SOLUTION
        return [self.weight]
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

The numbers that a table of 40 rows of 60 begins with: between ±√(6/100) = ±0.2449, up to the edges, evenly, each
drawn by itself, other ones in the next table. `parameters()` must give the table, not a copy. Then the test puts in
rows of its own, looks up ids in no, one, two and three directions, and compares each number; it hands random
gradients back and compares the gradient of every row with a sum made by hand. Lists and arrays of ids work as well as
Tensors. Ids of −1, −7, V and 1,000 are a ValueError, also where they hide among good ones.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-embedding", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_embedding()
    print("Embedding: passed")

# %% [markdown]
r"""
## Positions

Give three words one number each and let a model add up what it sees, as module 12 will do with cleverer weights:

| | dog | bites | man | sum |
|---|---|---|---|---|
| "dog bites man" | 1.0 | 0.5 | −1.0 | 0.5 |
| "man bites dog" | −1.0 | 0.5 | 1.0 | 0.5 |

(The second line stands in the order of its sentence: man, bites, dog.) A sum does not care for order, and neither does
attention. What is not *in* the vectors is lost. So put it there: give each place a vector as well, and add it to
whatever word stands in the place. With 0, 0.3 and −0.4 for the three places:

| | 1st + 0 | 2nd + 0.3 | 3rd − 0.4 | sum | sum of ReLUs |
|---|---|---|---|---|---|
| "dog bites man" | 1.0 | 0.8 | −1.4 | 0.4 | 1.8 |
| "man bites dog" | −1.0 | 0.8 | 0.6 | 0.4 | 1.4 |

Look at the last two columns. Adding positions alone changes nothing as long as the rest is a plain sum: all words and
all places are still in it. It takes something that bends, such as a ReLU, before the sum. Then word and place work
upon each other, and the sentences differ.

Why add, and not put the place beside the word? Because D stays what it is, and because in many dimensions there is
room: the model can learn to write the word in some directions and the place in others.

### Learned positions

The simplest table of places is one like that of words: P, of shape (longest sequence, D), random at first and
trained. Sequence b has at place t

$$y_{bt} = x_{bt} + P_t \qquad t = 0, 1, \dots, T - 1$$

```
 x (2, 3, D)                     P (5, D)               y (2, 3, D)
 ┌──────────────┐              ┌──────────┐
 │ a0  a1  a2   │ sequence a   │ p0       │       a0+p0  a1+p1  a2+p2
 │ b0  b1  b2   │ sequence b + │ p1       │   =   b0+p0  b1+p1  b2+p2
 └──────────────┘              │ p2       │
                               ├──────────┤
                               │ p3  p4   │ not used: no gradient
                               └──────────┘
```

The numbers begin evenly between ±√(2/D). Each used row gets the sum of the gradients over all sequences of the batch;
broadcasting repeated it on the way there, and module 05 undoes that.

**What it is for**: models whose longest input is known and fixed, such as GPT-2 (1,024) or BERT (512).

**The usual traps**

- There is no row for place 512 of a table that ends at 511. Longer inputs are a ValueError, not a guess. One row is a
  special danger: with a table of length 1, broadcasting would add the same row to all places without a word.
- Likewise an x whose last size is 1 would be spread over D columns. Check the width yourself.
- Adding the whole table instead of its first T rows works in the one test where T is the maximum.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "positional-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
        self.max_seq_len = max_seq_len
        self.embed_dim = embed_dim
        limit = math.sqrt(2 / embed_dim)
        values = np.random.uniform(-limit, limit, (max_seq_len, embed_dim))
        self.position_embeddings = Tensor(values, requires_grad=True)
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        # Any other number of directions is a ValueError of Python's own.
        _, length, width = x.shape
        if length > self.max_seq_len or width != self.embed_dim:
            raise ValueError(f"at most {self.max_seq_len} positions of {self.embed_dim} numbers, not {x.shape}")
        return x + self.position_embeddings[:length]
        ### END SOLUTION

    def parameters(self):
        """
        Give the Tensors that training may change.

        TODO: return a list with the table of positions itself.

        EXAMPLE:
        >>> [p.shape for p in PositionalEncoding(16, 8).parameters()]
        [(16, 8)]
        """
        ### BEGIN SOLUTION
        return [self.position_embeddings]
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

The numbers that the table begins with, as before. Then rows of its own, added to batches of 1, 2 and 3 sequences of 1
to 5 places, number by number, and both gradients. Refused with a ValueError: one, two or four directions instead of
three; more places than rows, for a table of five rows and for one of a single row; vectors of 1 or 2 numbers where the
table has 3.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-positional", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_positional()
    print("PositionalEncoding: passed")

# %% [markdown]
r"""
## Sinusoidal positions

Can places be told apart without learning anything? Think of the hands of a clock. One hand turns fast and tells
seconds; it comes round too often to tell the hour. A slow one tells the hour and no seconds. Together they name every
moment. Take one hand for each pair of columns, and note each hand's height and width, its sine and its cosine:

$$P_{t,\,2i} = \sin\!\left(\frac{t}{10000^{2i/D}}\right) \qquad P_{t,\,2i+1} = \cos\!\left(\frac{t}{10000^{2i/D}}\right)$$

For D = 8 there are four hands. They turn by 1, 0.1, 0.01 and 0.001 radians from a place to the next, so they come
round after 6.28, 62.8, 628 and 6,283 places:

| place | sin t | cos t | sin t/10 | cos t/10 | sin t/100 | cos t/100 | sin t/1000 | cos t/1000 |
|---|---|---|---|---|---|---|---|---|
| 0 | 0 | 1 | 0 | 1 | 0 | 1 | 0 | 1 |
| 1 | 0.841 | 0.540 | 0.100 | 0.995 | 0.010 | 1.000 | 0.001 | 1.000 |
| 2 | 0.909 | −0.416 | 0.199 | 0.980 | 0.020 | 1.000 | 0.002 | 1.000 |
| 3 | 0.141 | −0.990 | 0.296 | 0.955 | 0.030 | 1.000 | 0.003 | 1.000 |

```
 column 0   ╭─╮   ╭─╮   ╭─╮   ╭─╮      fast: neighbours differ
            ╯ ╰─╯ ╰─╯ ╰─╯ ╰
 column 2   ╭───────────╮              slower: regions differ
            ╯           ╰──────────
 column 4   ───────────────────────    slower still: pages differ
            place ──▶
```

**Why both sine and cosine?** One of them alone names two moments of each turn. The pair also has a property that no
table of random numbers has. By cos a cos b + sin a sin b = cos(a − b), the product of two rows depends on how far
apart they are, and not on where:

| places | 0 · 1, 7 · 8, 40 · 41 | two apart | three apart | ten apart |
|---|---|---|---|---|
| product of their rows, D = 8 | 3.535 | 2.564 | 1.965 | 1.696 |

A model can see "three words back" in the same way everywhere. (It is no measure of distance, though: at 50 apart the
product is up again, at 3.125.)

**What it is for**: inputs that may be longer than those seen in training, and models that must have few parameters.
Nothing is learned, so nothing is missing at place 10,000: compute as many rows as you need.

**The usual traps**

- The exponent is 2i/D with i counting *pairs*: the even column itself, divided by D. Taking the
  column for i doubles all exponents; counting pairs and forgetting the 2 halves them.
- Sines and cosines take turns. All sines first, then all cosines, is a table that other libraries use, and another one.
- With an odd D there is one sine more than there are cosines.
- Angles are radians. `np.deg2rad` has no business here.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sinusoidal-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
    ### BEGIN SOLUTION
    positions = np.arange(max_seq_len)[:, np.newaxis]
    angles = positions / 10000 ** (np.arange(0, embed_dim, 2) / embed_dim)
    table = np.zeros((max_seq_len, embed_dim))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)[:, : embed_dim // 2]
    return Tensor(table)
    ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

The first two rows for D = 8 as printed above, to six digits; then tables of 50 × 16, 60 × 2, 7 × 5, 3 × 1 and 1 × 6
against the formula, place by place and column by column, odd widths included. The table is a float32 Tensor that asks
for no gradient.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-sinusoidal", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_unit_sinusoidal()
    print("Sinusoidal positions: passed")

# %% [markdown]
r"""
## Both together

`EmbeddingLayer` is what a model calls: ids in, vectors out.

```
 tokens (B, T) ──▶ Embedding ──▶ · √D ──▶ + positions ──▶ (B, T, D)
                   (V, D)       where     learned, sinusoidal
                                asked for or none
```

$$y_{bt} = s \cdot W_{\text{id}_{bt}} + P_t \qquad s = \sqrt D \;\text{ or }\; 1$$

**Why scale?** Compare sizes, as standard deviations, for V = 1,000 and D = 128:

| numbers of | deviation | against a token |
|---|---|---|
| a token, √(2/(V + D)) | 0.0421 | 1 |
| a learned place, √(2/(3D)) | 0.0722 | 1.7 |
| a sinusoidal place, √½ | 0.7071 | 16.8 |
| a token times √128 = 11.3 | 0.4764 | 11.3 |

A computed place is seventeen times as loud as the word that stands there. The factor √D brings the word back to
two thirds of it. Places must not be scaled along, or nothing is won: scale first, add afterwards.

**One sequence alone.** During generation there is often a single text and no batch. (T,) goes in and (T, D) comes
out; in between it is a batch of one.

**The skeleton of the pattern** stays the same in every model with several parts: check the choice, keep what was
asked for, build the parts, run them in order, collect their parameters.

```python
class Composite(Layer):
    def __init__(self, ..., kind="a"):
        if kind not in {"a", "b", None}:
            raise ValueError(...)           # now, and not an hour into training
        self.first, self.second = ...       # parts are Layers as well

    def forward(self, x):
        return self.second(self.first(x))   # Tensors all the way: the graph stays whole

    def parameters(self):
        return self.first.parameters() + ...   # only what is to be trained
```

**The usual traps**: listing the sinusoidal table as a parameter (an optimizer would ruin it), forgetting the learned
one (it would stay as it was drawn), and falling back to some default when `pos_encoding="sinusodial"` is misspelt.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "layer-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
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
        ### BEGIN SOLUTION
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
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        x = self.token_embedding(tokens)
        if self.scale_embeddings:
            x = x * math.sqrt(self.embed_dim)
        if self.pos_encoding is None:
            return x
        if len(x.shape) == 2:
            return self.pos_encoding(x.reshape(1, *x.shape)).reshape(x.shape)
        return self.pos_encoding(x)
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        learned = self.pos_encoding.parameters() if self.pos_encoding_type == "learned" else []
        return self.token_embedding.parameters() + learned
        ### END SOLUTION

# %% [markdown]
r"""
### What the test checks

All six combinations of three kinds of positions with and without scaling, each for two batches and two single
sequences, against rows and places that the test puts in: every number, the parameters and their order, and the
gradients of both tables, where √4 = 2 must show up. Too long an input is a ValueError for either kind of positions and
none without positions. Names that it does not know are a ValueError.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-complete-system", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def sinusoids(length, width):
    """Return the sinusoidal table as the formula has it."""
    columns = np.arange(width)
    angles = np.arange(length)[:, np.newaxis] / 10000 ** ((columns - columns % 2) / width)
    return np.where(columns % 2, np.cos(angles), np.sin(angles))


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


if __name__ == "__main__":
    test_unit_complete_system()
    print("EmbeddingLayer: passed")

# %% [markdown]
r"""
## Reading in order

Now a whole reader, small enough to be checked: a layer of embeddings, a Tanh, the sum over the places, two scores. It
learns to tell whether a sentence's first word has the smaller number:

```
 [1, 2, 3]  yes  ─┐
 [3, 2, 1]  no   ─┴─ the same three words        tokens (6, 3)
 [1, 2, 4]  yes  ─┐                                │ EmbeddingLayer, scaled, learned places
 [4, 2, 1]  no   ─┴─ the same three words        (6, 3, 4)
 [3, 2, 4]  yes  ─┐                                │ Tanh, sum over places
 [4, 2, 3]  no   ─┴─ the same three words        (6, 4) ──▶ Linear 4 → 2 ──▶ loss
```

The sentences come in pairs with the same words and opposite answers. A reader that ignores order gives both the same
scores, and the best that it can do is to call it a toss, at a loss of log 2 = 0.693. With positions the loss falls
below 0.2 in 25 steps.

The test compares the loss at every step and, at the first, the gradients of all three tables with central
differences in float64.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "module-test", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
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


if __name__ == "__main__":
    test_module()
    print("Module 11: passed")

# %% [markdown]
r"""
## What you have built, compared

| | `Embedding` | learned positions | sinusoidal positions |
|---|---|---|---|
| asks | what? | where? | where? |
| indexed by | id | place | place |
| numbers to train | V · D | T · D | 0 |
| beyond its end | ValueError | ValueError | compute more rows |
| two rows' product | whatever training makes of it | likewise | depends on their distance alone |
| first numbers | even, ±√(6/(V + D)) | even, ±√(2/D) | between −1 and 1, for ever |

## Which one?

| use | for example | because | but not when |
|---|---|---|---|
| `pos_encoding="learned"` | GPT-2, BERT | the model finds out what places mean to it | inputs may outgrow the table |
| `pos_encoding="sinusoidal"` | the Transformer of 2017 | any length, nothing to train | tokens stay unscaled: they would drown |
| `pos_encoding=None` | topics, tags, recommendation | order says nothing there | "not good, bad" and "not bad, good" differ for you |
| `scale_embeddings=True` | with sinusoids | words and places become alike in size | positions are learned: they find their size |
| a plain `Embedding` | users, weekdays | names without order | the thing is an amount: feed the number |

## Three real pipelines

**A language model** in the manner of GPT-2 learns its places, and at its end uses the table of tokens once more, to
score what comes next:

```python
embed = EmbeddingLayer(50257, 768, max_seq_len=1024)               # 38,597,376 + 786,432 numbers
x = embed(tokens)                                                  # (8, 1024) -> (8, 1024, 768)
```

**Translation**, as in the paper that introduced Transformers: one vocabulary of some 37,000 pieces for both languages,
computed places, tokens times √512 = 22.6:

```python
embed = EmbeddingLayer(37000, 512, pos_encoding="sinusoidal", scale_embeddings=True)
```

**Recommendation**: 10,000 users, 2,000 films, 32 numbers for each. Their product guesses a rating. 384,000 numbers
stand in for a table of 20 million ratings, most of which nobody ever gave:

```python
users, films = Embedding(10000, 32), Embedding(2000, 32)
guess = (users(who) * films(what)).sum(axis=1)                     # who, what: (n,) ids
```

## In production

PyTorch's `nn.Embedding` is this look-up. Its `padding_idx` names a row that is kept at 0, and `sparse=True` hands back
only the rows that were used, where ours makes a gradient as large as the table. Very large tables, as in advertising,
are spread over many machines, or share rows between ids by a hash. Newer language models have moved the places out of
this layer: rotary embeddings turn pairs of columns by the angles that you have computed, but within attention, and
ALiBi takes the distance off the scores.

## Pitfalls, and how to find them

| what happens | why | how to find it |
|---|---|---|
| the table's `grad` is None | looked up in `.data`, or autograd was not imported | ask each step's result for `requires_grad`; the first False is the place |
| `IndexError: arrays used as indices must be of integer` | ids are floats | `ids.dtype`; then `astype(int)` |
| one word turns up where padding was meant | −1 took the last row | `tokens.min()` before anything else |
| training works, a longer text fails | more places than rows | compare `tokens.shape[-1]` with `max_seq_len` where texts are cut |
| the model ignores order | no positions, or nothing bends before the sum | feed a sentence and its reverse: equal outputs say it all |
| words make no difference | computed places drown them | compare the deviations of `token_embedding(x)` and of the places |
| a few rows never change | their ids never occur | `np.unique(ids)` over the data; count what is missing |

## What it costs

A look-up of n ids copies n · D numbers and computes nothing; adding places is n · D additions. Numbers in memory:

| | numbers | GPT-2: V = 50,257, T = 1,024, D = 768 |
|---|---|---|
| table of tokens | V · D | 38,597,376, that is 154 MB in float32 |
| table of places | T · D | 786,432, 2 % of it |
| result for B texts | B · T · D | 6,291,456 for B = 8 |
| gradient of the table | V · D, be it for one token | 38,597,376 |
| Adam's m and v (module 06) | 2 · V · D | 77,194,752 |

The last two lines are why embeddings, which compute nothing, can be the most expensive part of a small model. Of the
124 million numbers of GPT-2's smallest edition, 31 in 100 are in the table of tokens.

## What comes next

- **12, attention**, lets these vectors look at each other. It is blind to order but for what you have added here.
- **13, transformers**, puts a stack of blocks on top of tokens and places: a GPT.
- **15, quantization**, makes tables like this one a quarter of their size.

## To think about

1. Two words occur in exactly the same sentences. Which gradients do their rows get, and what becomes of the difference
   between the two rows that they began with?
2. You train on texts of 100 tokens, with a learned table of 512 places, and then use it on texts of 200. Nothing raises
   an error. What is in rows 100 to 199, and what would a sinusoidal table do here?
3. For which vocabularies would a one-hot product be no slower than a look-up? What does the answer say about weekdays,
   and about tokens?

## Summary

Names become vectors by looking them up, and places by adding. A look-up is a product with a one-hot vector that
nobody computes; its gradient goes to the rows that were used, as often as they were used. Places are learned or
computed, and matter as soon as something bends before things are summed.

When all tests pass, finish the lesson:

```
tito module complete 11
```
"""
