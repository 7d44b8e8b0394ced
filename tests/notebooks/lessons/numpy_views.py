# %% given
import numpy as np

# %% solution views
def inner(image):
    return image[1:-1, 1:-1]
def brighten(image, part):
    part += 10
    return image
def halves(signal):
    middle = len(signal) // 2
    return signal[:middle], signal[middle:]
class Board:
    def __init__(self, size):
        self.cells = np.zeros((size, size), int)
    def row(self, number):
        return self.cells[number]
    def column(self, number):
        return self.cells[:, number]
def turned(matrix):
    return matrix.T

# %% right views
def inner(image): return image[slice(1, -1)][:, 1:image.shape[1] - 1]
def brighten(image, part):
    part[...] = part + 10
    return image
def halves(signal): return tuple(signal.reshape(2, -1)) if len(signal) % 2 == 0 else (signal[:len(signal) // 2], signal[len(signal) // 2:])
class Board:
    def __init__(self, size): self.cells = np.zeros(size * size, int).reshape(size, size)
    def row(self, number): return self.cells[number, :]
    def column(self, number): return self.cells.T[number]
def turned(matrix): return np.transpose(matrix)

# %% right views
def inner(image):
    height, width = image.shape
    return np.lib.stride_tricks.as_strided(image[1:, 1:], (height - 2, width - 2), image.strides)
def brighten(image, part):
    np.add(part, 10, out=part)
    return image
def halves(signal): return tuple(np.split(signal, [len(signal) // 2]))
class Board:
    def __init__(self, size):
        self.cells = np.full((size, size), 0)
        self.rows = list(self.cells)
        self.columns = list(self.cells.transpose())
    def row(self, number): return self.rows[number]
    def column(self, number): return self.columns[number]
def turned(matrix): return matrix.swapaxes(0, 1)

# %% wrong views
def inner(image): return image[1:-1, 1:-1].copy()
def brighten(image, part): return image + 10
def halves(signal): return list(signal[:len(signal) // 2]), list(signal[len(signal) // 2:])
class Board:
    def __init__(self, size): self.cells = np.zeros((size, size), int)
    def row(self, number): return self.cells[[number]][0]
    def column(self, number): return np.array([row[number] for row in self.cells])
def turned(matrix): return np.array(matrix.T)

# %% wrong views
def inner(image): return image[1:, 1:]
def brighten(image, part):
    image += 10
    return image
def halves(signal): return signal, signal
class Board:
    def __init__(self, size): self.cells = np.zeros((size, size), int)
    def row(self, number): return self.cells[0]
    def column(self, number): return self.cells[:, 0]
def turned(matrix): return matrix

# %% test inner
image = np.zeros((4, 5))
part = inner(image)
part[:] = 7
assert image.sum() == 42 and image[0].sum() == 0 == image[:, -1].sum()
image[1, 1] = 3
assert part[0, 0] == 3
assert np.shares_memory(image, part)

# %% test brighten
image = np.arange(6).reshape(2, 3)
assert brighten(image, image[1]) is image
assert image.tolist() == [[0, 1, 2], [13, 14, 15]]

# %% test halves
signal = np.arange(4.0)
left, right = halves(signal)
left *= 2
right[-1] = 9
assert signal.tolist() == [0, 2, 2, 9]

# %% test board
board = Board(3)
board.row(1)[2] = 5
column = board.column(2)
assert column.tolist() == [0, 5, 0]
column[0] = 4
assert board.cells[0].tolist() == [0, 0, 4]

# %% test turned
matrix = np.arange(6.0).reshape(2, 3)
other = turned(matrix)
assert other.shape == (3, 2)
other[2, 0] = -1
assert matrix[0, 2] == -1
assert other.flags["F_CONTIGUOUS"] and np.shares_memory(matrix, other)
