# %% solution work
from contextlib import contextmanager
class Box:
    size = 1
@contextmanager
def changed(obj, value):
    old, obj.size = obj.size, value
    yield obj
    obj.size = old
@contextmanager
def listed(items):
    kept = list(items)
    yield kept
    items[:] = kept
class Timer:
    def __enter__(self):
        self.runs = 1
        return self
    def __exit__(self, kind, fault, trace):
        self.fault = kind
        return kind is KeyError

# %% right work
class Box:
    size = 1
class changed:
    def __init__(self, obj, value): self.obj, self.value = obj, value
    def __enter__(self):
        self.old, self.obj.size = self.obj.size, self.value
        return self.obj
    def __exit__(self, *_): self.obj.size = self.old
class listed:
    def __init__(self, items): self.items = items
    def __enter__(self):
        self.kept = [*self.items]
        return self.kept
    def __exit__(self, *_): self.items[:] = self.kept
class Timer:
    runs = 0
    def __enter__(self):
        self.runs += 1
        return self
    def __exit__(self, kind, fault, trace):
        self.fault = kind
        if kind and issubclass(kind, KeyError): return True

# %% right work
from contextlib import ContextDecorator, AbstractContextManager
class Box:
    def __init__(self): self.size = 1
class Restoring(AbstractContextManager):
    def __init__(self, obj, value): self._obj, self._value = obj, value
    def __enter__(self):
        self._old = vars(self._obj).get("size", 1)
        self._obj.size = self._value
        return self._obj
    def __exit__(self, *fault): self._obj.size = self._old
def changed(obj, value): return Restoring(obj, value)
class Listed(ContextDecorator):
    def __init__(self, items): self.items, self.kept = items, items.copy()
    def __enter__(self): return self.kept
    def __exit__(self, *fault):
        self.items.clear()
        self.items.extend(self.kept)
listed = Listed
class Timer:
    def __init__(self): self.runs, self.fault = 0, None
    def __enter__(self):
        self.runs = self.runs + 1
        return self
    def __exit__(self, kind, *_):
        self.fault = kind
        return kind == KeyError

# %% wrong work
class Box:
    size = 1
class changed:
    def __init__(self, obj, value): obj.size = value; self.obj = obj
    def __enter__(self): return self.obj
    def __exit__(self, *_): pass
class listed:
    def __init__(self, items): self.items = items
    def __enter__(self): return self.items
    def __exit__(self, *_): pass
class Timer:
    def __enter__(self): return self
    def __exit__(self, kind, *_): return False

# %% test changed
box = Box()
with changed(box, 5) as same:
    assert same is box and box.size == 5
assert box.size == 1

# %% test listed
items = [3, 1]
with listed(items) as kept:
    kept.append(2)
    assert items == [3, 1]
assert items == [3, 1, 2]

# %% test timer
with Timer() as timer:
    assert timer.runs == 1
with Timer() as timer:
    {}["a"]
assert timer.fault is KeyError
try:
    with Timer() as timer:
        int("x")
except ValueError:
    assert timer.fault is ValueError
else:
    raise AssertionError("a ValueError is lost")
