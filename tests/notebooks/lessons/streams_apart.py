# %% given
import contextlib, io, math, sys
from unittest import mock
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt

# %% solution work
import argparse
import random
def warn(text):
    print("warning:", text, file=sys.stderr)
    print("done")
def area(radius):
    return math.pi * radius ** 2
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
def parse(words):
    parser = argparse.ArgumentParser(prog="tool")
    parser.add_argument("--size", type=int, required=True)
    return parser.parse_args(words).size
def roll():
    return np.random.randint(1, 7)
def load(path):
    return pd.read_csv(path)["n"].sum()
def draw(values):
    fig, ax = plt.subplots()
    ax.plot(values)
    plt.show()
    return ax

# %% right work
from sys import stderr
import argparse
def warn(text):
    sys.stderr.write(f"warning: {text}\n")
    sys.stdout.write("done\n")
def area(radius): return radius * radius * math.pi
def depth(n):
    if n: return depth(n - 1) + 1
    return n
def parse(words):
    parser = argparse.ArgumentParser("tool")
    parser.add_argument("--size", required=True)
    found = parser.parse_args(words)
    try:
        return int(found.size)
    except ValueError:
        parser.error("no number")
def roll(): return int(np.random.randint(1, 7, size=None))
def load(path): return sum(pd.read_csv(path).n)
def draw(values):
    axes = plt.figure().add_subplot()
    axes.plot(range(len(values)), values)
    plt.show()
    return axes

# %% right work
import argparse
def warn(text): print("done"); print(f"warning: {text}", file=sys.stderr, flush=True)
class Circle:
    def __init__(self, radius): self.radius = radius
    @property
    def area(self): return math.pi * self.radius * self.radius
def area(radius): return Circle(radius).area
def depth(n): return 1 + depth(n - 1) if n > 0 else 0
def parse(words):
    made = argparse.ArgumentParser(prog="tool", add_help=False)
    made.add_argument("--size", type=int, required=True)
    return vars(made.parse_args(words))["size"]
def roll(): return np.random.randint(low=1, high=7)
def load(path): return pd.read_csv(path)["n"].to_numpy().sum()
def draw(values):
    plt.clf()
    plt.plot(values)
    plt.show()
    return plt.gca()

# %% wrong work
def warn(text): print("warning:", text); print("done")
def area(radius): return 3.14159265 * radius ** 2
def depth(n): return n
def parse(words): return int(words[-1])
def roll(): return 4
def load(path): return 6
def draw(values): return plt.subplots()[1]

# %% wrong work
import random
def warn(text): print("done", file=sys.stderr)
def area(radius): return math.pi * radius
def depth(n): return depth(n - 1) if n else 0
def parse(words): raise SystemExit(2)
def roll(): return random.randint(1, 6)
def load(path): return pd.read_csv(path)["n"].max()
def draw(values):
    fig, ax = plt.subplots()
    ax.plot(values)
    return ax

# %% test streams
errors, output = io.StringIO(), io.StringIO()
with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(output):
    warn("hot")
assert errors.getvalue() == "warning: hot\n"
assert output.getvalue() == "done\n"
with contextlib.redirect_stdout(io.StringIO()) as output:
    warn("cold")
assert output.getvalue() == "done\n"

# %% test constant
with mock.patch("math.pi", 3):
    assert area(2) == 12
assert area(2) > 12.5

# %% test deep
sys.setrecursionlimit(5000)
assert depth(3000) == 3000

# %% test arguments
assert parse(["--size", "4"]) == 4
with mock.patch("sys.stderr", new_callable=io.StringIO) as errors:
    try:
        parse(["--size", "four"])
    except SystemExit as end:
        assert end.code == 2
    else:
        raise AssertionError("four is no number")
assert errors.getvalue().startswith("usage: tool")

# %% test libraries
with mock.patch("numpy.random.randint", return_value=3) as rolled:
    assert roll() == 3
rolled.assert_called_once()
with mock.patch.object(pd, "read_csv", return_value=pd.DataFrame({"n": [1, 2, 3]})) as read:
    assert load("nowhere.csv") == 6
read.assert_called_once_with("nowhere.csv")
# %% test shown
with mock.patch("matplotlib.pyplot.show") as shown:
    ax = draw([1, 4, 9])
assert shown.called
assert ax.lines[0].get_ydata().tolist() == [1, 4, 9]
plt.close("all")
