# %% given
class Node:
    def __init__(self, name, *links):
        self.name, self.links = name, list(links)

# %% solution walk
def reached(start):
    seen, waiting = [], [start]
    while waiting:
        node = waiting.pop(0)
        if node not in seen:
            seen.append(node)
            waiting += node.links
    return seen
def place(nodes, node):
    return nodes.index(node)
def different(points):
    return len(set(points))
def largest(points):
    return max(points)
class Printer:
    def show(self, node):
        return getattr(self, "show_" + type(node).__name__)(node)
    def show_Number(self, node):
        return str(node.value)
    def show_Sum(self, node):
        return f"({self.show(node.left)} + {self.show(node.right)})"

# %% right walk
from collections import Counter
from dataclasses import dataclass
def reached(start, order=None):
    order = [] if order is None else order
    start.visited = True
    order.append(start)
    level = [start]
    while level:
        level = [each for node in level for each in node.links if not hasattr(each, "visited")]
        level = list(dict.fromkeys(level))
        for each in level:
            each.visited = True
        order += level
    return order
def place(nodes, node):
    return {each: at for at, each in enumerate(nodes)}[node]
def different(points):
    return len(Counter(points))
def largest(points):
    return sorted(points)[-1]
class Printer:
    def show(self, node):
        if node.__class__.__qualname__ == "Number":
            return f"{node.value}"
        return "(" + " + ".join(map(self.show, [node.left, node.right])) + ")"

# %% right walk
def reached(start, seen=None, limit=9):
    found, at = [start], 0
    while at < len(found):
        found += [each for each in dict.fromkeys(found[at].links) if each not in found]
        at += 1
    return found
def place(nodes, node):
    return next(at for at, each in enumerate(nodes) if each is node)
def different(points):
    return len([one for at, one in enumerate(points) if one not in points[:at]])
def largest(points):
    best = points[0]
    for each in points:
        if each > best:
            best = each
    return best
class Printer:
    @staticmethod
    def kind(node):
        return node.__class__.__name__.lower()
    def show(self, node):
        return {"number": self.number, "sum": self.sum}[self.kind(node)](node)
    def number(self, node):
        node.text = str(node.value)
        return node.text
    def sum(self, node):
        node.text = f"({self.show(node.left)} + {self.show(node.right)})"
        return node.text

# %% wrong walk
def reached(start):
    return [start, *start.links]
def place(nodes, node):
    return [each.name for each in nodes].index(node.name)
def different(points):
    return len({id(each) for each in points})
def largest(points):
    return max(points, key=id)
class Printer:
    def show(self, node):
        return type(node).__name__

# %% test cycle
class Place:
    def __init__(self, name):
        self.name, self.links = name, []
a, b, c = map(Place, "abc")
a.links, b.links, c.links = [b, c], [a, c], [c, a]
assert reached(a) == [a, b, c]
assert reached(c)[0] is c

# %% test given
z = Node("z")
y = Node("y", z, z)
x = Node("x", y, z)
assert [each.name for each in reached(x)] == ["x", "y", "z"]

# %% test place
class Twin:
    name = "twin"
one, other = Twin(), Twin()
assert place([one, other], other) == 1
assert place([one, other], one) == 0

# %% test equal
from dataclasses import dataclass
@dataclass(frozen=True, order=True)
class Point:
    x: int
    y: int
points = [Point(1, 2), Point(2, 1), Point(1, 2)]
assert different(points) == 2
assert largest(points) == Point(2, 1)

# %% test names
class Number:
    def __init__(self, value):
        self.value = value
class Sum:
    def __init__(self, left, right):
        self.left, self.right = left, right
assert Printer().show(Sum(Number(1), Sum(Number(2), Number(3)))) == "(1 + (2 + 3))"

# %% test rows
class Row(list):
    pass
row = Row(map(Node, "abc"))
assert place(row, row[2]) == 2
