# %% solution count
total = 0
history = []
def bump(by=1):
    global total
    total += by
    history.append(by)

# %% right count
total, history = 0, []
def bump(by=1):
    globals()["total"] = total + by
    history.append(by)

# %% right count
total = 0
history = []
def bump(by=1):
    global total, history
    total = sum(history) + by
    history = [*history, by]

# %% right count
import sys
class Counter:
    def __call__(self, by=1):
        global total
        history.append(by)
        total = sum(history)
bump, total, history = Counter(), 0, []

# %% wrong count
total = 0
history = []
def bump(by=1):
    total = by
    history.append(by)

# %% wrong count
total = 0
history = []
def bump(by=1):
    global total
    total = by

# %% test once
assert total == 0
bump()
assert total == 1
assert history == [1]

# %% test twice
bump(5)
bump()
assert total == 7 and len(history) == 3

# %% test set
total = 10
bump(2)
found = total
history.clear()
assert found in (12, 9), found
def add():
    bump(1)
    return total
before = total
assert add() - before in (1, 1 - before), total
