# %% given
import random

# %% solution roll
def roll(n, rng):
    return [rng.randint(1, 6) for _ in range(n)]

# %% right roll
def one(rng):
    return rng.randint(1, 6)
def roll(n, rng):
    rolls = []
    while len(rolls) < n:
        rolls.append(one(rng))
    return rolls

# %% right roll
def roll(n, rng):
    return list(map(lambda _: rng.randrange(1, 7), range(n)))

# %% right roll
def roll(n, rng):
    return [rng.randint(1, 6)] + roll(n - 1, rng) if n > 0 else []

# %% wrong roll
def roll(n, rng):
    return [rng.randint(0, 5) for _ in range(n)]

# %% wrong roll
def roll(n, rng):
    return [4] * n

# %% solution global
def flip():
    return random.choice(["heads", "tails"])

# %% right global
def flip():
    return ("heads", "tails")[random.randrange(2)]

# %% wrong global
def flip():
    return "heads"

# %% test roll
first = roll(20, random.Random(1))
rng = random.Random(1)
assert first == [rng.randint(1, 6) for _ in range(20)]
assert set(roll(200, random.Random(2))) == {1, 2, 3, 4, 5, 6}
assert roll(0, random.Random(3)) == []

# %% test flip
random.seed(7)
seen = [flip() for _ in range(40)]
assert set(seen) == {"heads", "tails"}
random.seed(7)
assert seen == [flip() for _ in range(40)]
