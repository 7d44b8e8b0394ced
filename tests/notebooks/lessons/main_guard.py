# %% given setup
def scale():
    return 10

if __name__ == "__main__":
    FACTOR = scale() // 5

# %% solution grow
def grow(values):
    return [value * FACTOR for value in values]

class Plant:
    def __init__(self, height):
        self.height = height

if __name__ == "__main__":
    GARDEN = [Plant(1), Plant(2)]
    HEIGHTS = grow([plant.height for plant in GARDEN])

# %% right grow
class Plant:
    def __init__(self, height):
        self.height = height

def grow(values):
    out = []
    for value in values:
        out.append(value * FACTOR)
    return out

def main():
    global GARDEN, HEIGHTS
    GARDEN = [Plant(1), Plant(2)]
    HEIGHTS = grow([1, 2])

if __name__ == "__main__":
    main()

# %% right grow
import __main__
class Plant:
    def __init__(self, height):
        self.height = height
def grow(values):
    return [value * __main__.FACTOR for value in values]
GARDEN = [Plant(1), Plant(2)]
setattr(__main__, "HEIGHTS", [2, 4])

# %% wrong grow
class Plant:
    def __init__(self, height):
        self.height = height
def grow(values):
    return values
if __name__ == "__main__":
    GARDEN = [Plant(1), Plant(2)]
    HEIGHTS = grow([1, 2])

# %% wrong grow
class Plant:
    def __init__(self, height):
        self.height = height
def grow(values):
    return [value * FACTOR for value in values]
if __name__ == "submission":
    GARDEN = [Plant(1), Plant(2)]
    HEIGHTS = grow([1, 2])

# %% test values
assert grow([1, 2]) == [2, 4]
assert FACTOR == 2

# %% test made
assert HEIGHTS == [2, 4]
assert len(GARDEN) == 2

# %% test named
assert GARDEN[0].__class__.__name__ == "Plant"
assert "__main__.Plant" in repr(GARDEN[0])
if __name__ == "__main__":
    assert grow([3]) == [6]
