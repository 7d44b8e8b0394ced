# %% given
numbers = [3, 1, 2]
def same(one, other):
    return one == other

# %% solution squares
def squares(numbers):
    return [n * n for n in numbers]

# %% right squares
def squares(numbers):
    found = []
    for n in numbers:
        found.append(n ** 2)
    return found

# %% right squares
def square(n):
    return n * n
def squares(numbers):
    return list(map(square, numbers))

# %% right squares
class Squares(list):
    pass
def squares(numbers):
    return Squares(n * n for n in numbers)

# %% wrong squares
def squares(numbers):
    return [n * 2 for n in numbers]

# %% wrong squares
def squares(numbers):
    return tuple(n * n for n in numbers)

# %% test squares
assert squares([1, 2, 3]) == [1, 4, 9]
assert same(squares(numbers), [9, 1, 4])
assert squares([]) == []
