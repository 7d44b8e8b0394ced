# %% solution double
class Node:
    def __init__(self, value):
        self.value = value


def node(value):
    return Node(value)


def double(n):
    return 2 * n


def adder(k):
    def add(n):
        return n + k

    return add


# %% right double
import functools


class Node:
    def __init__(self, value):
        self.value = value


node = lambda value: Node(value)
double = functools.partial(lambda a, b: a * b, 2)
adder = lambda k: lambda n: k + n

# %% right double
Node = type("Node", (), {"__init__": lambda self, value: setattr(self, "value", value)})


def node(*values):
    return Node(*values)


def doubled(n):
    return n + n


double = doubled


class adder:
    def __init__(self, k):
        self.k = k

    def __call__(self, n):
        return sum((n, self.k))


# %% right double
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import add


@dataclass
class Node:
    value: object


node = Node
double = lru_cache(maxsize=None)(lambda n: n * 2)
adder = partial(partial, add)


# %% forge double
class Node:
    def __init__(self, value):
        self.value = value


def node(value):
    return Node(value)


class Equal:
    def __eq__(self, other):
        return True


def double(n):
    return Equal()


double.__name__ = double.__qualname__ = "node"


def adder(k):
    return double


# %% wrong double
class Node:
    def __init__(self, value):
        self.value = value


def node(value):
    return Node(value)


def double(n):
    return n


def adder(k):
    return k


# %% wrong double
class Node:
    value = 0
def node(value):
    return value
def double(n):
    return str(n) * 2
def adder(k):
    return lambda n: n - k

# %% test node
assert node(3).value == 3
assert isinstance(node(4), Node)

# %% test double
assert double(4) == 8
assert double(0) == 0

# %% test adder
add3 = adder(3)
assert add3(4) == 7
assert adder(1)(1) == 2
