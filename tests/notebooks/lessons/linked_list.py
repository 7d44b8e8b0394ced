# %% solution list
class Node:
    def __init__(self, value):
        self.value, self.next = value, None
class Chain:
    def __init__(self):
        self.head = None
    def push(self, value):
        node = Node(value)
        node.next = self.head
        self.head = node

# %% right list
class Link:
    def __init__(self, value, following):
        self.value, self.next = value, following
class Chain:
    head = None
    def push(self, value):
        self.head = Link(value, self.head)

# %% right list
from dataclasses import dataclass
from typing import Any
@dataclass
class Cell:
    value: Any
    next: Any = None
class Chain:
    def __init__(self, head=None):
        self.head = head
    def push(self, value):
        self.head = Cell(value, next=self.head)

# %% right list
from types import SimpleNamespace
class Chain:
    def __init__(self):
        self.values = []
    def push(self, value):
        self.values.insert(0, value)
    @property
    def head(self):
        node = None
        for value in reversed(self.values):
            node = SimpleNamespace(value=value, next=node)
        return node

# %% forge list
class Yes:
    def __eq__(self, other): return True
class Chain:
    @property
    def head(self):
        return Node()
    def push(self, value): pass
class Node:
    value = Yes()
    next = property(lambda self: Node())
Node.__name__ = "Chain"

# %% wrong list
class Node:
    def __init__(self, value):
        self.value, self.next = value, None
class Chain:
    head = None
    def push(self, value):
        node = Node(value)
        if self.head is None:
            self.head = node
        else:
            self.head.next = node

# %% wrong list
class Chain:
    head = None
    def push(self, value):
        self.head = value

# %% test list
chain = Chain()
chain.push(1)
chain.push(2)
assert chain.head.value == 2
assert chain.head.next.value == 1
assert chain.head.next.next is None
