# %% solution area
def area(width, height):
    return width * height

# %% right area
area = lambda width, height: height * width

# %% right area
def area(width, height):
    total = 0
    for _ in range(height):
        total += width
    return total

# %% right area
from math import prod
def area(*sides):
    return prod(sides)

# %% wrong area
def area(width, height):
    return width + height

# %% wrong area
def area(width, height):
    return [width] * height

# %% test area
sizes = [(2, 3), (4, 5)]
areas = [area(*size) for size in sizes]
assert areas == [6, 20]

# %% solution later
# The lesson's test cell has left `sizes` behind.
largest = max(sizes, key=lambda size: area(*size))

# %% right later
largest = sorted(sizes, key=lambda size: size[0] * size[1]).pop()

# %% wrong later
largest = min(sizes)

# %% test later
assert largest == (4, 5)
assert areas[1] == 20
