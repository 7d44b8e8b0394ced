# %% solution stack
class Stack:
    def __init__(self):
        self.items = []
    def push(self, item):
        self.items.append(item)
    def pop(self):
        if not self.items:
            raise IndexError("empty stack")
        return self.items.pop()
    def __len__(self):
        return len(self.items)

# %% right stack
class Stack(list):
    def push(self, item):
        self.append(item)
    def pop(self):
        if len(self) == 0:
            raise IndexError("empty stack")
        return super().pop()

# %% right stack
class Stack:
    def __init__(self):
        self.top, self.size = None, 0
    def push(self, item):
        self.top = (item, self.top)
        self.size += 1
    def pop(self):
        if self.top is None:
            raise IndexError("pop from an empty stack")
        item, self.top = self.top
        self.size -= 1
        return item
    def __len__(self):
        return self.size

# %% right stack
from collections import deque
class Stack(deque):
    def push(self, item):
        self.appendleft(item)
    def pop(self):
        try:
            return self.popleft()
        except IndexError:
            raise IndexError("the stack is empty") from None

# %% wrong stack
class Stack:
    def __init__(self):
        self.items = []
    def push(self, item):
        self.items.append(item)
    def pop(self):
        return self.items.pop(0)
    def __len__(self):
        return len(self.items)

# %% wrong stack
class Stack:
    items = []
    def push(self, item):
        self.items.append(item)
    def pop(self):
        return self.items.pop() if self.items else None
    def __len__(self):
        return len(self.items)

# %% given
def balanced(text):
    """Whether brackets match, by the student's own stack."""
    pairs, stack = {")": "(", "]": "["}, Stack()
    for letter in text:
        if letter in "([":
            stack.push(letter)
        elif letter in pairs:
            if len(stack) == 0 or stack.pop() != pairs[letter]:
                return False
    return len(stack) == 0

# %% test stack
s = Stack()
for item in [1, "two", [3]]:
    s.push(item)
assert len(s) == 3
assert s.pop() == [3] and s.pop() == "two"
assert len(s) == 1

# %% test empty
import pytest
with pytest.raises(IndexError, match="empty"):
    Stack().pop()

# %% test balanced
assert balanced("(a[b]c)") is True
assert not balanced("([)]")
assert not balanced("(")
