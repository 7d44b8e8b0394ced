# %% solution tree
class Tree:
    def __init__(self):
        self.root = None
    def insert(self, key):
        if self.root is None:
            self.root = Node(key)
        else:
            self.root.insert(key)
    def __iter__(self):
        if self.root:
            yield from self.root.walk()
    def __contains__(self, key):
        node = self.root
        while node and node.key != key:
            node = node.left if key < node.key else node.right
        return node is not None
class Node:
    def __init__(self, key):
        self.key, self.left, self.right = key, None, None
    def insert(self, key):
        side = "left" if key < self.key else "right"
        child = getattr(self, side)
        if child:
            child.insert(key)
        else:
            setattr(self, side, Node(key))
    def walk(self):
        if self.left:
            yield from self.left.walk()
        yield self.key
        if self.right:
            yield from self.right.walk()

# %% right tree
from dataclasses import dataclass
from typing import Any
@dataclass
class Node:
    key: Any
    left: Any = None
    right: Any = None
class Tree:
    root = None
    def insert(self, key):
        self.root = self._inserted(self.root, key)
    def _inserted(self, node, key):
        if node is None:
            return Node(key)
        if key < node.key:
            return Node(node.key, self._inserted(node.left, key), node.right)
        return Node(node.key, node.left, self._inserted(node.right, key))
    def _keys(self, node):
        return self._keys(node.left) + [node.key] + self._keys(node.right) if node else []
    def __iter__(self):
        return iter(self._keys(self.root))

# %% right tree
from bisect import insort, bisect_left
from types import SimpleNamespace
class Tree:
    def __init__(self):
        self.keys, self.first = [], None
    @property
    def root(self):
        return SimpleNamespace(key=self.first) if self.keys else None
    def insert(self, key):
        self.first = key if not self.keys else self.first
        insort(self.keys, key)
    def __iter__(self):
        return iter(self.keys)
    def __contains__(self, key):
        place = bisect_left(self.keys, key)
        return place < len(self.keys) and self.keys[place] == key

# %% right tree
class Node(list):
    key = property(lambda self: self[1])
class Tree:
    def __init__(self):
        self.root = None
    def insert(self, key):
        node, new = self.root, Node([None, key, None])
        if node is None:
            self.root = new
        while node is not None:
            side = 0 if key < node[1] else 2
            if node[side] is None:
                node[side], node = new, None
            else:
                node = node[side]
    def __iter__(self):
        stack, node = [], self.root
        while stack or node is not None:
            while node is not None:
                stack.append(node)
                node = node[0]
            node = stack.pop()
            yield node.key
            node = node[2]
    def __contains__(self, key):
        return any(each == key for each in self)

# %% wrong tree
class Tree:
    def __init__(self):
        self.items = []
        self.root = None
    def insert(self, key):
        self.items.append(key)
    def __iter__(self):
        return iter(self.items)

# %% wrong tree
class Tree(set):
    root = None
    def insert(self, key):
        self.add(key)

# %% test order
tree = Tree()
for key in [5, 2, 8, 2, 9, 1]:
    tree.insert(key)
assert list(tree) == [1, 2, 2, 5, 8, 9]
assert tree.root.key == 5

# %% test contains
assert 8 in tree and 7 not in tree
assert list(Tree()) == [] and Tree().root is None
words = Tree()
for word in "to be or not".split():
    words.insert(word)
assert " ".join(words) == "be not or to"
