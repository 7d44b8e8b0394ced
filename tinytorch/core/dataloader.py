"""core.dataloader: made by `tito export` from 08_dataloader/dataloader_dev.py; edit that file."""

import math
import random

import numpy as np

from tinytorch.core.tensor import Tensor

__all__ = [
    "Compose",
    "DataLoader",
    "Dataset",
    "RandomCrop",
    "RandomHorizontalFlip",
    "TensorDataset",
    "array_of",
    "like",
]


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
        for index in range(len(self)):
            yield self[index]


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
        if len({t.shape[0] for t in tensors}) != 1:
            raise ValueError(f"Tensors of one length belong together, not of shapes {[t.shape for t in tensors]}")
        self.tensors = tensors

    def __len__(self):
        """TODO: return how many rows there are."""
        return self.tensors[0].shape[0]

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
        if not 0 <= index < len(self):
            raise IndexError(f"there is no example {index} of {len(self)}")
        return tuple(t[index] for t in self.tensors)


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
        if not 0 <= p <= 1:
            raise ValueError(f"p is a probability between 0 and 1, not {p}")
        self.p = p

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
        if random.random() < self.p:  # noqa: S311 - no secret depends on it
            return like(image, array_of(image)[..., ::-1])
        return image


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
        for transform in self.transforms:
            image = transform(image)
        return image


class DataLoader:
    """Batches of a data set's examples."""

    def __init__(self, dataset, batch_size, shuffle=False):
        """
        Keep the settings.

        TODO: set dataset, batch_size and shuffle; refuse a batch size below 1 with a ValueError.
        """
        if batch_size < 1:
            raise ValueError(f"a batch has at least one example, not {batch_size}")
        self.dataset, self.batch_size, self.shuffle = dataset, batch_size, shuffle

    def __len__(self):
        """
        Count the batches of an epoch.

        TODO: return the number of examples divided by the batch size, rounded up.

        EXAMPLE:
        >>> len(DataLoader(TensorDataset(Tensor([1, 2, 3, 4, 5])), batch_size=2))
        3
        """
        return math.ceil(len(self.dataset) / self.batch_size)

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
        order = list(range(len(self.dataset)))
        if self.shuffle:
            random.shuffle(order)
        for first in range(0, len(order), self.batch_size):
            yield self.stack([self.dataset[index] for index in order[first : first + self.batch_size]])

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
        return tuple(Tensor(np.stack([array_of(part) for part in parts])) for parts in zip(*examples, strict=True))
