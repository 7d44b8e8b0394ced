"""Locked tests of 08_dataloader, full edition. Made by `tito lock`; a change by hand is refused."""

import random
import numpy as np
from tinytorch.core.tensor import Tensor
# For the tests alone, so it is not exported.
from itertools import islice
import pytest
from tinytorch.core.dataloader import (
    Compose,
    DataLoader,
    Dataset,
    RandomCrop,
    RandomHorizontalFlip,
    TensorDataset,
)


# %% test-dataset
@pytest.mark.criterion("test-dataset", points=10)
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


# %% test-tensordataset
@pytest.mark.criterion("test-tensordataset", points=15)
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


# %% test-augmentation
@pytest.mark.criterion("test-augmentation", points=10)
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


@pytest.mark.criterion("test-augmentation", points=10)
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


@pytest.mark.criterion("test-augmentation", points=10)
def test_unit_compose():
    """Compose applies its transforms in order."""
    steps = [lambda x: x + 1, lambda x: x * 10, lambda x: x - 3]
    for count, wanted in enumerate(([1, 2], [2, 3], [20, 30], [17, 27])):
        got = Compose(steps[:count])(np.array([1.0, 2.0])).tolist()
        assert got == wanted, f"[1, 2], then the first {count} of +1, *10, -3, is {wanted}, got {got}"
    print("compose: passed")


# %% test-dataloader
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


@pytest.mark.criterion("test-dataloader", points=20)
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


@pytest.mark.criterion("test-dataloader", points=20)
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


@pytest.mark.criterion("test-dataloader", points=20)
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


# %% test-dataloader-deterministic
def epochs(seed, loader, count):
    """Return the inputs of all batches of so many epochs, as lists, after seeding; without, where seed is None."""
    if seed is not None:
        random.seed(seed)
    return [[x.tolist() for x, _ in rows(loader, 2)] for _ in range(count)]


@pytest.mark.criterion("test-dataloader-deterministic", points=5)
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


@pytest.mark.criterion("test-dataloader-deterministic", points=5)
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
