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
# 08 · Data loaders

The trainer of module 07 asks for batches, and does not care where they come from. Something has to pick examples,
mix them, put them side by side into one Tensor, and do it again in another order in the next epoch. That is what a
data loader does. It also is the place where one picture becomes a hundred, by shifting and mirroring it a little
differently each time it is seen.

**When you are done, you can**

- wrap any data, whether they fit into memory or not, into something with a length and an index;
- say in numbers what happens to training when data come sorted;
- batch and shuffle examples so that none is lost, none comes twice, and inputs keep their answers;
- enlarge a set of images by crops and flips, and tell when that is a mistake;
- repeat a run exactly, by one seed set in one place.

**You need** module 01: `Tensor`, its `data`, its `shape` and its `[]`.

**You build**

| class | what it does |
|---|---|
| `Dataset` | what all data sets have in common: a length, an index, and a walk from the first item to the last |
| `TensorDataset` | examples that stand in Tensors, row by row |
| `RandomHorizontalFlip`, `RandomCrop`, `Compose` | change an image a little, at random |
| `DataLoader` | batches, in order or shuffled |

**The way here and on**

```
 07 training                 08 dataloader                          09 spatial
 ┌───────────────────┐       ┌───────────────────────────┐          ┌──────────────────────┐
 │ for x, y in …:    │ ◀──── │ DataLoader ◀── Dataset    │ ───────▶ │ images (n, c, h, w)  │
 │   one training    │ x, y  │  batches        examples  │  images  │ go into convolutions │
 │   step            │       │                  ▲        │          └──────────────────────┘
 └───────────────────┘       │              transforms   │
                             └───────────────────────────┘
```

**Where it lives**: you write in `modules/08_dataloader/` of your workspace, and `tito export 08` makes
`tinytorch/core/dataloader.py` of it:

```python
from tinytorch.core.dataloader import DataLoader, TensorDataset
```

It knows nothing of models, and the trainer nothing of it. Between them there is only Python's `for`, so that a list of
batches serves a trainer as well, and a loader any other loop.

**It depends on** NumPy, Python's own `random`, and `tinytorch.core.tensor`. Where that cannot be imported, it is not
exported yet: `tito export 01`. Where Python does not even find `tinytorch`, your workspace is not installed in it: see
*Install* in the README, and whether Jupyter uses that `.venv`.
"""

# %%
#| default_exp core.dataloader

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
#| export
import math
import random

import numpy as np

from tinytorch.core.tensor import Tensor

# %%
# For the tests alone, so it is not exported.
from itertools import islice

# %% [markdown]
r"""
## Why the order matters

Let a model be a single number c that is to predict answers, 50 of which are 0 and 50 are 1. The best c is 0.5, and that
is where it begins. One epoch of SGD with lr = 0.1 on the loss (c − y)² makes of it

| batch | sorted: zeros first | shuffled, over 10,000 shuffles |
|---|---|---|
| 1 | 1.000 | 0.50 ± 0.16 |
| 10 | 0.726 | 0.500 ± 0.027 |
| 100 | 0.500 | 0.500 ± 0 |

Sorted, the model forgets the zeros while it looks at the ones: each step takes c a fifth of the way to the batch's
mean, and 50 ones in a row leave nothing of what was there before. Shuffled, every batch is a small copy of the whole,
and the larger it is, the better a copy. Real data come sorted more often than not: by class, by day, by the hospital.

Whole epochs in one batch would need no shuffling. They would also need all data in memory, and they make one step where
batches of ten make ten. Some numbers, for batches of b out of n examples:

| n | b | steps an epoch, ⌈n / b⌉ | in the last batch |
|---|---|---|---|
| 1,000 | 32 | 32 | 8 |
| 1,000 | 100 | 10 | 100 |
| 1,797 | 64 | 29 | 5 |
| 60,000 | 64 | 938 | 32 |

## Data sets

All that a loader needs to know about data are two things, and Python has a notation for both:

```
 len(dataset)       how many examples             __len__
 dataset[i]         example number i, from 0      __getitem__
```

Behind them may stand an array, a folder with a million files of which one is opened at a time, or a formula. The base
class says that both are missing, and each kind of data set brings its own. What comes for free, once they are there, is
a walk through all of it: `for example in dataset`. That is your part, and it is written once for all data sets.

```
 class Squares(Dataset):                          for item in Squares():      (0, 0)
     def __len__(self): return 4                      print(item)             (1, 1)
     def __getitem__(self, i): return i, i * i                                (2, 4)
                                                                              (3, 9)
```

**The trap.** Python has an old way of its own to walk through what has `__getitem__`: it counts up from 0 until there
is an IndexError. A data set whose `__getitem__` never raises one, such as the squares, is walked through for ever. So go
by the length.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "dataset-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class Dataset:
    """Examples with a number each, from 0 on."""

    def __len__(self):
        """Tell how many examples there are; every kind of data set brings its own. Given."""
        raise NotImplementedError(f"{type(self).__name__} has no __len__")

    def __getitem__(self, index):
        """Return example number `index`; every kind of data set brings its own. Given."""
        raise NotImplementedError(f"{type(self).__name__} has no __getitem__")

    def __iter__(self):
        """
        Go through all examples, in order.

        TODO: yield example number 0, then number 1, and so on to the last.

        APPROACH:
        1. Ask how many there are, once.
        2. Yield self[index] for each index below that.

        EXAMPLE:
        >>> class Squares(Dataset):
        ...     def __len__(self):
        ...         return 4
        ...     def __getitem__(self, index):
        ...         return index * index
        >>> list(Squares())
        [0, 1, 4, 9]

        HINT: a function with yield in it makes a generator, which is all that __iter__ has to return.
        """
        ### BEGIN SOLUTION
        for index in range(len(self)):
            yield self[index]
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Two data sets of the test's own, one of them of length 0, and walks through them: complete, in order, more than once, two
at a time, and to the length only, although there would be items beyond it. The base class alone has neither a length nor
items.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-dataset", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_dataset():
    """Dataset walks through the items of any data set that has a length and an index."""

    class Squares(Dataset):
        def __len__(self):
            return 5

        def __getitem__(self, index):
            return index * index + 1

    class Nothing(Dataset):
        def __len__(self):
            return 0

        def __getitem__(self, index):
            return index

    squares = Squares()
    found = list(islice(iter(squares), 6))
    assert found == [1, 2, 5, 10, 17], f"the items are 1, 2, 5, 10, 17, in order and no more, got {found}"
    again = list(islice(iter(squares), 6))
    assert again == [1, 2, 5, 10, 17], f"the second walk is as the first, got {again}"
    first, second = iter(squares), iter(squares)
    pairs = [list(islice(each, 1)) for each in (first, second, first, second)]
    assert pairs == [[1], [1], [2], [2]], f"two walks at once do not disturb each other, got {pairs}"
    empty = list(islice(iter(Nothing()), 6))
    assert empty == [], f"a data set of length 0 has no items, got {empty}"
    for text, ask in (("len", len), ("[0]", lambda dataset: dataset[0])):
        try:
            ask(Dataset())
        except NotImplementedError:
            continue
        raise AssertionError(f"{text} of Dataset itself must raise NotImplementedError")
    print("dataset: passed")


if __name__ == "__main__":
    test_unit_dataset()

# %% [markdown]
"""
## Tensors as a data set

The most common data set is a Tensor of inputs and one of answers, which belong together row by row:

```
   x (4, 2)       y (4,)                 TensorDataset(x, y)
  ┌────────┐     ┌────┐
  │ 1   2  │     │ 0  │     [0] ─▶ (Tensor [1, 2], Tensor 0)
  │ 3   4  │     │ 1  │     [1] ─▶ (Tensor [3, 4], Tensor 1)
  │ 5   6  │     │ 1  │     len ─▶ 4
  │ 7   8  │     │ 0  │     [4] ─▶ IndexError       [-1] ─▶ IndexError
  └────────┘     └────┘
```

An item is a tuple with the row of each Tensor, even where there is only one: `dataset[0]` is `(row,)` then. So a loader
need not ask what it has got.

**What is refused.** Tensors of different lengths do not belong together, and it is better to hear so at once, as a
ValueError, than to train on the rows that happen to have a partner. No Tensors at all are refused alike: there is no
telling how long they are.

**The trap.** A negative index counts from the end, in lists and arrays. Here it is an IndexError. A data set is asked by
machines, by counting, and a −1 that comes out of a calculation is a mistake that would go unnoticed: an example would be
seen twice as often as the rest, and nobody would know.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tensordataset-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class TensorDataset(Dataset):
    """Tensors whose rows belong together."""

    def __init__(self, *tensors):
        """
        Keep the Tensors.

        TODO: set tensors; refuse none at all and Tensors of different lengths with a ValueError.

        EXAMPLE:
        >>> len(TensorDataset(Tensor([[1, 2], [3, 4]]), Tensor([0, 1])).tensors)
        2

        HINT: a set of their lengths must have exactly one member. t.shape[0] is a Tensor's length.
        """
        ### BEGIN SOLUTION
        if len({t.shape[0] for t in tensors}) != 1:
            raise ValueError(f"Tensors of one length belong together, not of shapes {[t.shape for t in tensors]}")
        self.tensors = tensors
        ### END SOLUTION

    def __len__(self):
        """TODO: return how many rows there are."""
        ### BEGIN SOLUTION
        return self.tensors[0].shape[0]
        ### END SOLUTION

    def __getitem__(self, index):
        """
        Return one example.

        TODO: return a tuple with row number `index` of each Tensor; an IndexError where there is no such row.

        APPROACH:
        1. Refuse what is not between 0 and the last row.
        2. Take the row of each Tensor; its [] gives a Tensor.

        EXAMPLE:
        >>> x, y = TensorDataset(Tensor([[1, 2], [3, 4]]), Tensor([0, 1]))[1]
        >>> x.data.tolist(), y.data.tolist()
        ([3.0, 4.0], 1.0)
        """
        ### BEGIN SOLUTION
        if not 0 <= index < len(self):
            raise IndexError(f"there is no example {index} of {len(self)}")
        return tuple(t[index] for t in self.tensors)
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Three Tensors of different shapes and one length: the length of the set, every item with every number in it, and that
items are tuples of Tensors; one Tensor alone. Indices beyond both ends are an IndexError; different lengths, and nothing at all, a ValueError.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-tensordataset", "locked": true, "points": 15, "schema_version": 3, "solution": false, "task": false}
def test_unit_tensordataset():
    """TensorDataset gives the rows of its Tensors side by side, and refuses what does not belong together."""
    generator = np.random.default_rng(1)
    blocks = [generator.normal(size=shape).astype(np.float32) for shape in ((4, 3), (4,), (4, 2, 2))]
    dataset = TensorDataset(*(Tensor(block) for block in blocks))
    assert len(dataset) == 4, f"4 rows make a length of 4, got {len(dataset)}"
    for index in range(4):
        item = dataset[index]
        assert isinstance(item, tuple), f"an item is a tuple, not {type(item).__name__}"
        assert len(item) == 3, f"an item of three Tensors has 3 parts, got {len(item)}"
        for place, block in enumerate(blocks):
            part = item[place]
            assert isinstance(part, Tensor), f"an item's parts are Tensors, not {type(part).__name__}"
            assert part.shape == block[index].shape, f"part {place} has shape {block[index].shape}, got {part.shape}"
            same = np.array_equal(part.data, block[index])
            assert same, f"part {place} of item {index} is {block[index]}, got {part.data}"
    last = dataset[np.int64(3)][0].data
    assert np.array_equal(last, blocks[0][3]), f"NumPy's integers count as well: {blocks[0][3]}, got {last}"

    single = TensorDataset(Tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
    assert len(single) == 3, f"3 rows make a length of 3, got {len(single)}"
    item = single[1]
    assert isinstance(item, tuple), f"with one Tensor, too, an item is a tuple, not {type(item).__name__}"
    assert len(item) == 1, f"with one Tensor an item has 1 part, got {len(item)}"
    assert np.array_equal(item[0].data, [3, 4]), f"item 1 is [3, 4], got {item[0].data}"
    for index in (3, 4, 100, -1, -3, -4):
        try:
            got = single[index]
        except IndexError:
            continue
        raise AssertionError(f"item {index} of 3 must raise IndexError, got {got}")

    faults = {"3 and 2": (3, 2), "2, 2 and 3": (2, 2, 3), "3, 2 and 2": (3, 2, 2), "none": ()}
    for text, lengths in faults.items():
        try:
            TensorDataset(*(Tensor(np.ones((length, 2))) for length in lengths))
        except ValueError:
            continue
        raise AssertionError(f"Tensors of lengths {text} must raise ValueError")
    print("tensor dataset: passed")


if __name__ == "__main__":
    test_unit_tensordataset()

# %% [markdown]
r"""
## Augmentation

A network that has seen a thousand cats to the left of the picture may not know one on the right. You need not take new
photographs: shift the old ones. A *transform* is a thing to call that takes an image and gives one like it.

**`RandomHorizontalFlip(p)`** mirrors an image, with probability p:

```
 1 2 3      3 2 1
 4 5 6  ─▶  6 5 4         the last axis is turned round; with probability 1 − p nothing happens
```

**`RandomCrop(size, padding)`** puts a frame of zeros around an image and cuts a window out of it, at a random place:

```
 image 3×3           padding 1: 5×5            the window 3×3 has (5 − 3 + 1)² = 9 places
                     0 0 0 0 0
  1 2 3              0 1 2 3 0                 0 0 0      1 2 3      5 6 0
  4 5 6      ─▶      0 4 5 6 0      ─▶         0 1 2      4 5 6      8 9 0     …
  7 8 9              0 7 8 9 0                 0 4 5      7 8 9      0 0 0
                     0 0 0 0 0              top left      centre   bottom right
```

With height H, padding p and a window of height h, the top row is one of 0, 1, …, H + 2p − h, both ends included, and so
it is for the columns. A window larger than the padded image is a ValueError.

**`Compose([…])`** applies one after the other.

**How many images are that?** For 8×8 digits with padding 1, a crop gives 3 · 3 = 9 images, for 32×32 photographs with
padding 4 it is 9 · 9 = 81, and flips double it: 162 images for one.

**Which axes are which?** There are three forms of images in use, and a crop must know them:

| shape | name | example | height and width are axes |
|---|---|---|---|
| (H, W) | grey | (8, 8) | 0 and 1 |
| (C, H, W) | channels first: PyTorch, and module 09 | (3, 32, 32) | 1 and 2 |
| (H, W, C) | channels last: most files | (32, 32, 3) | 0 and 1 |

The shapes alone do not always tell. We go by a rule: **three axes, the first of size 4 or less, are C, H, W**. Colours
come in ones, threes and fours, and images of four rows are rare. The flip takes the last axis as the width whatever the
shape is, so give it (H, W) or (C, H, W); it would exchange the colours of (H, W, C).

**What comes back** is of the kind that was given: a Tensor for a Tensor, an array for an array. And it is an image of
its own. `x[..., ::-1]` and a slice are *views*: whoever writes into them writes into the data set.

**The traps.**

- `random.randint(0, n)` includes n, `random.randrange(n)` and NumPy's generators do not. A crop that never reaches the
  bottom right looks right in every picture that you look at.
- `random.random() < p` is right at both ends: random numbers are below 1 and may be 0.
- Two generators, Python's and NumPy's, need two seeds, and one of them will be forgotten. Everything in this module
  draws from Python's `random`.
- A mirrored 6 is no digit. Flips are for cats.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "augmentation-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
def array_of(image):
    """Return the array of a Tensor, or an array itself. Given."""
    return image.data if isinstance(image, Tensor) else np.asarray(image)


def like(image, values):
    """Return values as what image is: a Tensor for a Tensor, an array of their own for an array. Given."""
    return Tensor(values) if isinstance(image, Tensor) else np.array(values)


class RandomHorizontalFlip:
    """Mirrors an image, with probability p."""

    def __init__(self, p=0.5):
        """
        Keep the probability.

        TODO: set p; refuse what is not between 0 and 1 (both allowed) with a ValueError.

        EXAMPLE:
        >>> RandomHorizontalFlip().p
        0.5
        """
        ### BEGIN SOLUTION
        if not 0 <= p <= 1:
            raise ValueError(f"p is a probability between 0 and 1, not {p}")
        self.p = p
        ### END SOLUTION

    def __call__(self, image):
        """
        Mirror the image, or do not.

        TODO: with probability p return it with its last axis turned round, else return it as it is.

        EXAMPLE:
        >>> RandomHorizontalFlip(p=1.0)(np.array([[1, 2, 3], [4, 5, 6]])).tolist()
        [[3, 2, 1], [6, 5, 4]]

        HINT: random.random() is a number from 0 to below 1. array[..., ::-1] turns the last axis round; like(image, …)
        makes it what image was.
        """
        ### BEGIN SOLUTION
        if random.random() < self.p:  # noqa: S311 - no secret depends on it
            return like(image, array_of(image)[..., ::-1])
        return image
        ### END SOLUTION


class RandomCrop:
    """Cuts a window out of an image that has been framed by zeros, at a random place."""

    def __init__(self, size, padding=4):
        """Keep the window's height and width, given as a pair or as one number for both, and the padding. Given."""
        self.size = (size, size) if isinstance(size, int) else tuple(size)
        self.padding = padding

    def __call__(self, image):
        """
        Cut a window out.

        TODO: return the window, of the kind that image is; a ValueError where it is larger than the padded image.

        APPROACH:
        1. Which axis is the height? Axis 1 where image has three axes and the first has size 4 or less, else axis 0.
           The width is the next one.
        2. Pad these two by zeros on both sides, and no other.
        3. Draw the first row and the first column, each from 0 to (padded size - window's size), both included.
        4. Cut, all channels alike.

        EXAMPLE:
        >>> RandomCrop(2, padding=0)(np.array([[1, 2], [3, 4]])).tolist()
        [[1, 2], [3, 4]]
        >>> RandomCrop((4, 2), padding=1)(np.ones((3, 8, 8))).shape
        (3, 4, 2)

        HINT: np.pad takes a list with a pair (before, after) for each axis. random.randint(0, n) includes n, and
        raises the ValueError where n is negative.
        """
        ### BEGIN SOLUTION
        values = array_of(image)
        axis = 1 if values.ndim == 3 and values.shape[0] <= 4 else 0
        frame = [(0, 0)] * values.ndim
        frame[axis] = frame[axis + 1] = (self.padding, self.padding)
        padded = np.pad(values, frame)
        window = [slice(None)] * axis
        for place, size in enumerate(self.size, axis):
            first = random.randint(0, padded.shape[place] - size)  # noqa: S311 - likewise
            window.append(slice(first, first + size))
        return like(image, padded[tuple(window)])
        ### END SOLUTION


class Compose:
    """Transforms, one after the other."""

    def __init__(self, transforms):
        """Keep the transforms, in order. Given."""
        self.transforms = list(transforms)

    def __call__(self, image):
        """
        Apply all transforms.

        TODO: return what the last transform makes of what the one before it gave.

        EXAMPLE:
        >>> Compose([lambda x: x + 1, lambda x: x * 10])(np.array([1, 2])).tolist()
        [20, 30]
        """
        ### BEGIN SOLUTION
        for transform in self.transforms:
            image = transform(image)
        return image
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Flips with p = 1 and p = 0, of grey images and of colours, of Tensors and of arrays, number by number; with p = 0.3, that
120 flips are some and not all, between 15 and 60. The image that was given must keep its numbers.

For crops, the test makes all windows of an image by itself, for each of the three forms, with and without padding, and
calls the crop many times: each result must be one of the windows, and each window must come up. Compose keeps the order.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-augmentation", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
def test_unit_flip():
    """RandomHorizontalFlip turns the last axis round at rate p, and gives back what it was given."""
    random.seed(11)
    numbers = np.arange(1.0, 25.0, dtype=np.float32)
    for shape in ((4, 6), (2, 3, 4), (24,)):
        values = numbers.reshape(shape)
        mirrored = np.flip(values, axis=-1).copy()
        for p, wanted in ((1.0, mirrored), (1, mirrored), (0.0, values), (0, values)):
            given, text = Tensor(values), f"a flip of shape {shape} with p={p}"
            image = RandomHorizontalFlip(p)(given)
            assert isinstance(image, Tensor), f"{text} gives a Tensor for a Tensor, not {type(image).__name__}"
            assert image.shape == shape, f"{text} keeps the shape, got {image.shape}"
            assert np.array_equal(image.data, wanted), f"{text} gives {wanted}, got {image.data}"
            assert np.array_equal(given.data, numbers.reshape(shape)), f"{text} leaves its image alone, got {given.data}"
            image = RandomHorizontalFlip(p)(values.copy())
            assert isinstance(image, np.ndarray), f"{text} gives an array for an array, not {type(image).__name__}"
            assert image.shape == shape, f"{text} keeps the shape, got {image.shape}"
            assert np.array_equal(image, wanted), f"{text} gives {wanted}, got {image}"

    flip, pair, count = RandomHorizontalFlip(p=0.3), np.array([[1.0, 2.0]]), 0
    for _ in range(120):
        image = flip(pair).tolist()
        assert image in ([[1, 2]], [[2, 1]]), f"[[1, 2]] becomes [[2, 1]] or stays, got {image}"
        count += image == [[2, 1]]
    assert 15 < count < 60, f"with p=0.3, of 120 images some 36 are mirrored, got {count}"
    assert RandomHorizontalFlip().p == 0.5, f"p is 0.5 by default, got {RandomHorizontalFlip().p}"
    for p in (-0.1, 1.1):
        try:
            RandomHorizontalFlip(p)
        except ValueError:
            continue
        raise AssertionError(f"RandomHorizontalFlip({p}) must raise ValueError")
    print("flip: passed")


def windows(values, axis, size, padding):
    """Return all windows of an image, as lists."""
    frame = [(padding, padding) if place in (axis, axis + 1) else (0, 0) for place in range(values.ndim)]
    padded = np.pad(values, frame)
    rows, columns = (range(padded.shape[axis + each] - size[each] + 1) for each in (0, 1))
    parts = [padded.take(range(row, row + size[0]), axis) for row in rows]
    return [part.take(range(column, column + size[1]), axis + 1).tolist() for part in parts for column in columns]


def test_unit_crop():
    """RandomCrop gives every window of the padded image, and no other, for all forms of images."""
    random.seed(12)
    cases = (
        ((3, 3), 0, (3, 3), 1),
        ((4, 5), 0, (3, 4), 0),
        ((3, 6, 5), 1, (5, 4), 0),
        ((1, 3, 4), 1, (4, 5), 1),
        ((4, 5, 4), 1, (4, 3), 0),
        ((5, 6, 3), 0, (4, 5), 0),
        ((5, 5, 2), 0, (6, 6), 1),
    )
    for shape, axis, size, padding in cases:
        values = np.arange(1.0, np.prod(shape) + 1, dtype=np.float32).reshape(shape)
        wanted, found = windows(values, axis, size, padding), set()
        text = f"RandomCrop({size}, padding={padding}) of shape {shape}"
        crop = RandomCrop(size, padding=padding)
        for turn in range(16 * len(wanted)):
            given = values.copy() if turn % 2 else Tensor(values)
            image = crop(given)
            kind = np.ndarray if turn % 2 else Tensor
            assert isinstance(image, kind), f"{text} gives what it was given, {kind.__name__}, not {type(image).__name__}"
            part = (image if turn % 2 else image.data).tolist()
            assert part in wanted, f"{text} gives one of {len(wanted)} windows of the padded image, got {part}"
            found.add(wanted.index(part))
        assert len(found) == len(wanted), f"{text} gives each of {len(wanted)} windows, got only windows {sorted(found)}"
    square = RandomCrop(2, padding=0)(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    assert square == [[1, 2], [3, 4]], f"a window as large as the image is the image: [[1, 2], [3, 4]], got {square}"
    shape = RandomCrop(16)(np.ones((3, 8, 8))).shape
    assert shape == (3, 16, 16), f"padding is 4 by default, so that 8 by 8 leaves room for 16 by 16, got {shape}"
    for size in (17, (17, 3), (3, 17)):
        try:
            RandomCrop(size)(np.ones((3, 8, 8)))
        except ValueError:
            continue
        raise AssertionError(f"a window of {size} out of 8 by 8 with padding 4 must raise ValueError")
    print("crop: passed")


def test_unit_compose():
    """Compose applies its transforms in order."""
    steps = [lambda x: x + 1, lambda x: x * 10, lambda x: x - 3]
    for count, wanted in enumerate(([1, 2], [2, 3], [20, 30], [17, 27])):
        got = Compose(steps[:count])(np.array([1.0, 2.0])).tolist()
        assert got == wanted, f"[1, 2], then the first {count} of +1, *10, -3, is {wanted}, got {got}"
    print("compose: passed")


if __name__ == "__main__":
    test_unit_flip()
    test_unit_crop()
    test_unit_compose()

# %% [markdown]
r"""
## The loader

Now the batches. An iteration over the loader is an epoch:

```
 dataset          order                 batches of 2                    stacked, part by part
 (x₀, y₀)         shuffled: 2 1 0 4 3   (x₂, y₂) (x₁, y₁)     ─▶        x (2, …), y (2,)
 (x₁, y₁)                               (x₀, y₀) (x₄, y₄)     ─▶        x (2, …), y (2,)
   …              in order: 0 1 2 3 4   (x₃, y₃)              ─▶        x (1, …), y (1,)   the last is short
 (x₄, y₄)
```

| | rule |
|---|---|
| how many batches | ⌈n / b⌉, the rest included; `len(loader)` tells without making any |
| the last batch | as short as it comes out: with n = 5 and b = 2, the sizes are 2, 2, 1 |
| `shuffle=False` | the order of the data set |
| `shuffle=True` | a new order in every iteration, with `random.shuffle` |
| a batch | a tuple with a Tensor for each part of an item, examples along a new first axis |

**Shuffle numbers, not data.** The list [0, 1, …, n − 1] is shuffled, and examples are fetched in that order. So x and y
stay together, whatever they are, and nothing of the data set moves. To shuffle x and y by themselves, even with the same
seed, is to ask for trouble.

**Fetch late.** An example is asked for when its batch is made, not before. A data set may be a folder of a terabyte; and
an augmented image is a new one in each epoch only if it is made in each epoch.

**How to write it.** A generator does it all: `__iter__` with a `yield` in it. Each `for` gets a generator of its own,
with an order of its own, and a loop that is left in the middle leaves nothing behind.

**The traps.**

- Shuffling in `__init__` gives the same order in every epoch.
- ⌈n / b⌉ is `math.ceil(n / b)`, not `n // b`, which forgets the rest, nor `n // b + 1`, which is one too many where b
  divides n.
- A seed inside the loader makes every epoch alike, and takes the generator away from everybody else.
- A batch size of 0 would make a loop that goes nowhere: a ValueError.
"""

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "dataloader-impl", "locked": false, "schema_version": 3, "solution": true, "task": false}
#| export
class DataLoader:
    """Batches of a data set's examples."""

    def __init__(self, dataset, batch_size, shuffle=False):
        """
        Keep the settings.

        TODO: set dataset, batch_size and shuffle; refuse a batch size below 1 with a ValueError.
        """
        ### BEGIN SOLUTION
        if batch_size < 1:
            raise ValueError(f"a batch has at least one example, not {batch_size}")
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle
        ### END SOLUTION

    def __len__(self):
        """
        Count the batches of an epoch.

        TODO: return the number of examples divided by the batch size, rounded up.

        EXAMPLE:
        >>> len(DataLoader(TensorDataset(Tensor([1, 2, 3, 4, 5])), batch_size=2))
        3
        """
        ### BEGIN SOLUTION
        return math.ceil(len(self.dataset) / self.batch_size)
        ### END SOLUTION

    def __iter__(self):
        """
        Go through all batches once.

        TODO: yield the batches of one epoch.

        APPROACH:
        1. Make the list of all indices; shuffle it where self.shuffle is true.
        2. Go through it in pieces of batch_size; the last piece may be shorter.
        3. Fetch the examples of a piece, and yield them as one batch.

        EXAMPLE:
        >>> dataset = TensorDataset(Tensor([[1, 2], [3, 4], [5, 6]]), Tensor([7, 8, 9]))
        >>> [(x.data.tolist(), y.data.tolist()) for x, y in DataLoader(dataset, batch_size=2)]
        [([[1.0, 2.0], [3.0, 4.0]], [7.0, 8.0]), ([[5.0, 6.0]], [9.0])]

        HINT: random.shuffle(list) changes the list itself and returns nothing.
        """
        ### BEGIN SOLUTION
        order = list(range(len(self.dataset)))
        if self.shuffle:
            random.shuffle(order)
        for first in range(0, len(order), self.batch_size):
            yield self.stack([self.dataset[index] for index in order[first : first + self.batch_size]])
        ### END SOLUTION

    def stack(self, examples):
        """
        Put examples side by side.

        TODO: return a tuple with one Tensor for each part that an example has.

        APPROACH:
        1. Gather the first part of all examples, the second part of all, and so on.
        2. Stack each along a new first axis. A part may be a Tensor, an array or a number.

        EXAMPLE:
        >>> x, y = DataLoader([], 2).stack([(np.array([1, 2]), 5), (np.array([3, 4]), 6)])
        >>> x.data.tolist(), y.data.tolist()
        ([[1.0, 2.0], [3.0, 4.0]], [5.0, 6.0])

        HINT: zip(*examples) gathers. array_of makes an array of whatever a part is, and np.stack one of several.
        """
        ### BEGIN SOLUTION
        return tuple(Tensor(np.stack([array_of(part) for part in parts])) for parts in zip(*examples, strict=True))
        ### END SOLUTION

# %% [markdown]
"""
### What the test checks

Batches in order, number by number, for sizes that divide the examples and sizes that do not, one larger than all data,
and batches of one. Shuffled, over several epochs: each example comes exactly once an epoch, its parts still belong
together, the sizes are right and the orders differ. A data set of the test's own counts how often it is asked for which
example: each once an epoch, and none before it is needed. It also gives numbers and arrays in place of Tensors.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-dataloader", "locked": true, "points": 20, "schema_version": 3, "solution": false, "task": false}
def rows(batches, parts):
    """Return the arrays of all batches, part by part; a batch must be a tuple of so many Tensors."""
    found = []
    for batch in batches:
        assert isinstance(batch, tuple), f"a batch is a tuple, not {type(batch).__name__}"
        assert len(batch) == parts, f"a batch has a Tensor for each of {parts} parts, got {len(batch)}"
        for part in batch:
            assert isinstance(part, Tensor), f"the parts of a batch are Tensors, not {type(part).__name__}"
        found.append([np.array(part.data) for part in batch])
    return found


def test_unit_dataloader():
    """DataLoader gives all examples in batches, in order, with a short one at the end."""
    x, y = np.arange(30.0).reshape(5, 3, 2), np.arange(5.0) * 7
    dataset = TensorDataset(Tensor(x), Tensor(y))
    for size, sizes in ((2, (2, 2, 1)), (5, (5,)), (1, (1, 1, 1, 1, 1)), (3, (3, 2)), (9, (5,))):
        loader = DataLoader(dataset, size)
        assert len(loader) == len(sizes), f"5 examples in batches of {size}: {len(sizes)} batches, got {len(loader)}"
        for epoch in (1, 2):
            found, first = rows(loader, 2), 0
            got = [len(part[0]) for part in found]
            assert got == list(sizes), f"5 examples in batches of {size}: sizes {sizes}, in epoch {epoch}, got {got}"
            for number, (inputs, answers) in enumerate(found):
                part = slice(first, first + sizes[number])
                for wanted, values in ((x[part], inputs), (y[part], answers)):
                    assert values.shape == wanted.shape, f"batch {number} has a part of shape {wanted.shape}, got {values.shape}"
                    assert np.array_equal(values, wanted), f"batch {number} of {size} holds {wanted}, got {values}"
                first += sizes[number]
    empty = DataLoader(TensorDataset(Tensor(np.zeros((0, 2)))), 4)
    assert len(empty) == 0, f"no examples make no batches, got {len(empty)}"
    assert list(empty) == [], "no examples make no batches"
    for size in (0, -1):
        try:
            DataLoader(dataset, size)
        except ValueError:
            continue
        raise AssertionError(f"a batch size of {size} must raise ValueError")
    print("loader in order: passed")


def test_unit_dataloader_shuffled():
    """A shuffling DataLoader gives every example once an epoch, in ever new orders, inputs with their answers."""
    random.seed(13)
    numbers, orders = np.arange(20.0), []
    dataset = TensorDataset(Tensor(np.stack([numbers, numbers**2], axis=1)), Tensor(3 * numbers))
    loader = DataLoader(dataset, batch_size=6, shuffle=True)
    for epoch in range(4):
        found = rows(loader, 2)
        sizes = [len(x) for x, _ in found]
        assert sizes == [6, 6, 6, 2], f"20 examples in batches of 6, shuffled: sizes 6, 6, 6, 2, got {sizes}"
        x, y = np.concatenate([x for x, _ in found]), np.concatenate([y for _, y in found])
        assert x.shape == (20, 2), f"the inputs of an epoch have shape (20, 2), got {x.shape}"
        assert y.shape == (20,), f"the answers of an epoch have shape (20,), got {y.shape}"
        numbers = x[:, 0].tolist()
        assert sorted(numbers) == list(range(20)), f"epoch {epoch} gives each of 20 examples once, got {numbers}"
        assert np.array_equal(x[:, 1], x[:, 0] ** 2), f"the numbers of an input stay together, got {x}"
        assert np.array_equal(y, 3 * x[:, 0]), f"inputs keep their answers: {3 * x[:, 0]}, got {y}"
        orders.append(numbers)
    for first in range(4):
        assert orders[first] != list(range(20)), f"shuffled is not in order, got {orders[first]}"
        for second in range(first):
            assert orders[first] != orders[second], f"every epoch has an order of its own, got {orders[first]} twice"
    print("loader, shuffled: passed")


def test_unit_dataloader_asks():
    """DataLoader asks a data set for each example once an epoch, when it is needed, and stacks numbers and arrays."""
    asked = []

    class Counted(Dataset):
        def __len__(self):
            return 5

        def __getitem__(self, index):
            asked.append(index)
            return np.array([index, 10 * index]), index % 2, Tensor([[float(index)]])

    loader = DataLoader(Counted(), batch_size=2)
    assert len(loader) == 3, f"5 examples in batches of 2: 3 batches, got {len(loader)}"
    assert asked == [], f"neither making a loader nor its length needs an example, got {asked}"
    walk, found = iter(loader), []
    for number, wanted in enumerate(([0, 1], [0, 1, 2, 3], [0, 1, 2, 3, 4])):
        found += islice(walk, 1)
        assert len(found) == number + 1, f"5 examples in batches of 2 make 3 batches, got {len(found)}"
        assert asked == wanted, f"for batch {number} the examples {wanted} have been asked for, got {asked}"
    assert list(islice(walk, 1)) == [], "after 3 batches the epoch is over"
    expected = (
        ([[0, 0], [1, 10]], [0, 1], [[[0]], [[1]]]),
        ([[2, 20], [3, 30]], [0, 1], [[[2]], [[3]]]),
        ([[4, 40]], [0], [[[4]]]),
    )
    for number, (parts, wanted) in enumerate(zip(rows(found, 3), expected, strict=True)):
        for values, each in zip(parts, wanted, strict=True):
            assert values.tolist() == each, f"batch {number} has a part {each}, got {values.tolist()}"
    asked.clear()
    for _ in (1, 2):
        list(islice(iter(loader), 1))
    assert asked == [0, 1, 0, 1], f"a walk that is left begins anew: examples 0, 1, 0, 1, got {asked}"
    print("loader asks: passed")


if __name__ == "__main__":
    test_unit_dataloader()
    test_unit_dataloader_shuffled()
    test_unit_dataloader_asks()

# %% [markdown]
"""
## Putting them together

A run that cannot be repeated cannot be debugged. With one `random.seed(…)` at its beginning, everything here must be the
same again: orders, flips, crops. The last cell seeds, goes through two epochs, seeds again, and compares; with another
seed, or with none in between, the epochs must differ.

The module test puts all parts behind each other: images with a mark that tells which they are, a data set around them
that augments, and a loader that shuffles. In every epoch each image must come once, with its own label, somewhere near
its own place, and not always the same.
"""

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "test-dataloader-deterministic", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def epochs(seed, loader, count):
    """Return the inputs of all batches of so many epochs, as lists, after seeding; without, where seed is None."""
    if seed is not None:
        random.seed(seed)
    return [[x.tolist() for x, _ in rows(loader, 2)] for _ in range(count)]


def test_unit_dataloader_deterministic():
    """One seed of Python's random repeats a run, and nothing else does."""
    for name, shuffle in (("shuffled", True), ("in order", False)):
        loader = DataLoader(TensorDataset(Tensor(np.arange(12.0)), Tensor(np.ones(12))), 5, shuffle=shuffle)
        first, again, other = epochs(1, loader, 2), epochs(1, loader, 2), epochs(2, loader, 2)
        unseeded = epochs(None, loader, 2)
        numbers = [sorted(each for batch in epoch for each in batch) for epoch in first]
        assert numbers == [list(range(12))] * 2, f"each epoch, {name}, gives each example once, got {numbers}"
        assert again == first, f"the same seed gives the same epochs, {name}: {first}, got {again}"
        if shuffle:
            assert first[0] != first[1], f"one seed gives two epochs in two orders, got {first[0]} twice"
            assert other != first, f"another seed gives other epochs, got {other}"
            assert unseeded not in (first, other), f"a loader does not seed by itself, got {unseeded}"
        else:
            assert other == first, f"without shuffling, seeds do not matter: {first}, got {other}"
    print("deterministic: passed")


def test_module():
    """Images are augmented, shuffled, batched, keep their labels, and come again under the same seed."""
    test_unit_dataset()
    test_unit_tensordataset()
    test_unit_flip()
    test_unit_crop()
    test_unit_compose()
    test_unit_dataloader()
    test_unit_dataloader_shuffled()
    test_unit_dataloader_asks()
    test_unit_dataloader_deterministic()

    images = np.zeros((9, 1, 5, 5), np.float32)
    for label in range(9):
        images[label, 0, 2, 1] = label + 1
    plain = TensorDataset(Tensor(images), Tensor(np.arange(9)))
    transform = Compose([RandomHorizontalFlip(), RandomCrop(5, padding=1)])

    class Augmented(Dataset):
        def __len__(self):
            return len(plain)

        def __getitem__(self, index):
            image, label = plain[index]
            return transform(image), label

    loader, places, orders = DataLoader(Augmented(), batch_size=4, shuffle=True), set(), []
    random.seed(14)
    for _ in range(6):
        found = rows(loader, 2)
        shapes = [x.shape for x, _ in found]
        assert shapes == [(4, 1, 5, 5), (4, 1, 5, 5), (1, 1, 5, 5)], f"9 images in batches of 4, got shapes {shapes}"
        x, y = np.concatenate([x for x, _ in found]), np.concatenate([y for _, y in found])
        assert sorted(y.tolist()) == list(range(9)), f"each of 9 labels comes once an epoch, got {y}"
        marks = x.reshape(9, 25).max(axis=1)
        assert np.array_equal(marks, y + 1), f"images keep their labels: marks {y + 1}, got {marks}"
        assert np.count_nonzero(x) == 9, f"each image has one mark, got {np.count_nonzero(x)} for 9"
        for place in x.reshape(9, 25).argmax(axis=1).tolist():
            row, column = divmod(place, 5)
            assert 1 <= row <= 3, f"a mark in row 2 comes to rows 1 to 3, got {row}"
            places.add((row, column))
        orders.append(y.tolist())
    assert len(places) >= 5, f"54 augmented images have marks in many places, got {sorted(places)}"
    assert orders[0] != orders[1], f"every epoch has an order of its own, got {orders[0]} twice"
    first, again = epochs(15, loader, 2), epochs(15, loader, 2)
    assert np.shape(first[0][0]) == (4, 1, 5, 5), f"a batch has shape (4, 1, 5, 5), got {np.shape(first[0][0])}"
    assert again == first, "the same seed gives the same augmented images"
    print("all of module 08: passed")


if __name__ == "__main__":
    test_unit_dataloader_deterministic()
    test_module()

# %% [markdown]
r"""
## The skeleton

A data set of your own is three methods. This one reads a file for each example, and holds only their names:

```python
class Folder(Dataset):
    def __init__(self, names, labels, transform=None):
        self.names, self.labels, self.transform = names, labels, transform

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        image = np.load(self.names[index])               # opened when it is needed, and not kept
        if self.transform is not None:
            image = self.transform(image)                # another one in every epoch
        return image, self.labels[index]
```

And this is all there is between it and module 07:

```python
random.seed(7)
train = DataLoader(Folder(names[:800], labels[:800], Compose([RandomHorizontalFlip(), RandomCrop(32)])), 64, shuffle=True)
held_out = DataLoader(Folder(names[800:], labels[800:]), 64)       # neither shuffled nor augmented
trainer.train_epoch(train)
trainer.evaluate(held_out)
```

Shuffle the names once before you split them. The data may be sorted.

## Side by side

| | a list of batches | `TensorDataset` | a data set of your own |
|---|---|---|---|
| data in memory | all, stacked | all | what you keep |
| order | always the same | new with shuffle=True | new with shuffle=True |
| augmentation in each epoch | no | no | yes |
| good for | tests | what fits into memory | files, formulas, augmentation |

| | flip | crop with padding | crop without |
|---|---|---|---|
| images made of one | 2 | (2p + 1)² for a window as large as the image | (H − h + 1)(W − w + 1) |
| keeps the size | yes | if the window says so | no |
| adds zeros | no | yes | no |
| loses | left and right | a margin | a margin |

## Which to choose

| use | for example | because | not where |
|---|---|---|---|
| batches of 16 to 256 | nearly everything | gradients are steady, and products of matrices large | memory is short: accumulate, as in module 07 |
| `shuffle=True` | all training | each batch is a small copy of the whole | evaluation; series in time, where the order is the data |
| a flip | photographs of things | mirrored cats are cats | digits, letters, hearts: they have a side |
| crops with padding | small images, as in CIFAR | objects may stand anywhere | the margin matters: medical scans, screenshots |
| no augmentation | ten million examples | there is nothing to enlarge | a thousand examples and a large network |

**Three pipelines**

```
 digits       TensorDataset(8×8 images, classes) ─▶ DataLoader(64, shuffle) ─▶ Sequential ─▶ cross-entropy
 photographs  Folder ─▶ flip ─▶ crop 32 of 40 ─▶ DataLoader(128, shuffle) ─▶ CNN (09)
 text         windows of 65 tokens out of one long text: x is the first 64, y the last 64 ─▶ transformer (13)
```

## In production

PyTorch's `Dataset`, `TensorDataset` and `DataLoader` are the models of yours, and your code runs with theirs after small
changes. What they add is time: `num_workers` processes fetch examples while the model computes, and hand them over
through shared memory. That is where repeatability is lost most often, for every worker has a generator of its own, and
NumPy's begins alike in all of them unless somebody seeds it. `drop_last=True` leaves the short batch out; `pin_memory`
speeds up copies to a GPU; a `sampler` replaces the shuffled list, say to show rare classes more often.

Data that do not fit on a disk come as *shards*, files of some hundred megabytes with thousands of examples each. One
shuffles the shards, and then within a buffer, which is no perfect shuffle and does well enough.

## Pitfalls, and how to see them

- **x and y shuffled apart.** The loss stays where guessing is, log C for C classes. *To see it*: let x hold its own index,
  as the tests above do, and compare.
- **An augmentation that changes the class.** A 6 turned upside down is a 9. *To see it*: look at thirty augmented images,
  with their labels, before you train.
- **Augmented test data.** Accuracy is too low and differs from run to run. *To see it*: evaluate twice.
- **The same augmentation in every epoch.** Images were transformed when the data set was made, not when they were asked
  for. *To see it*: `dataset[0]`, twice.
- **Split after augmenting, or with sorted data.** Copies of one photograph on both sides, or classes that are never
  trained. *To see it*: count the classes of either part.
- **One generator seeded, the other not.** *To see it*: run twice with one seed and compare the first batch.
- **The last batch.** Code that writes `x.reshape(64, -1)` fails at the end of the first epoch. *To see it*: choose a batch
  size that does not divide the data while you develop.

## What it costs

For n examples of s numbers each, in batches of b:

| | time | memory |
|---|---|---|
| shuffling | n swaps of numbers, an epoch | a list of n integers |
| fetching | n calls of `dataset[i]` an epoch; a `TensorDataset` copies each row | b examples at a time |
| stacking | each number is copied: n · s an epoch, twice here, for a Tensor copies what it is given | 2 · b · s numbers, for a moment |
| flip | a copy of s numbers | s |
| crop | a copy of (H + 2p)(W + 2p) and one of h · w numbers | the same |

A frame of 4 around 32×32 makes 40×40: 1,600 numbers for 1,024, or 56 % more, per channel. For the digits, 1,797 examples
of 64 numbers, an epoch copies 3 · 115,008 numbers. A network 64-32-10 takes 2 · 2,368 = 4,736 operations for each
example on the way forward and twice that on the way back, 25 million in an epoch, so that copying hardly counts; what
counts is a Python call for every example, where the network needs a few for every batch. With large images and small
networks the loader is what you wait for.

## Look ahead

- **09 spatial** works on batches of shape (n, c, h, w), just as these come out of the loader.
- **10 tokenization** makes numbers of text, and **11 embeddings** vectors of the numbers; between them sits a loader.
- **14 profiling** tells whether you wait for the model or for the data.
- **20 capstone** measures throughput, examples a second, batch by batch.

## To think about

1. A data set has 1,000 examples of class A and 10 of class B. With batches of 32, how many batches of an epoch hold no B
   at all, at least? What would you change, the loader, the loss or the data?
2. Shuffling within an epoch shows every example once. One could also draw each example at random, with replacement.
   What share of the examples would an epoch of n draws miss? (It is close to 1/e.)
3. Module 07 promises that a run that was stopped and continued arrives at the same numbers. What must a checkpoint hold
   besides, now that the order of the data is random?

## Summary

Two methods make a data set, and a shuffled list of numbers makes an epoch. Fetch late, keep x and y together, never
forget the last batch, and draw from one generator. Augmentation is a third method's business, and a fresh one each time.

When all tests pass, close the module:

```
tito module complete 08
```

With data, a loop and an optimizer, your network can read: `tito milestone run mlp` trains it on handwritten digits.
Module 09 looks at the images as images.
"""
