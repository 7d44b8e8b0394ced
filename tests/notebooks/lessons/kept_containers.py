# %% solution chain
class Step:
    def __init__(self, factor=2):
        self.factor = factor
    def __call__(self, x):
        return x * self.factor
class Chain:
    def __init__(self, steps):
        self.steps = steps
    def run(self, x):
        for step in self.steps:
            x = step(x)
        return x
def same(items):
    return items
class Registry:
    def __init__(self):
        self.by_name = {}
    def put(self, name, step):
        self.by_name[name] = step
    def all(self):
        return self.by_name

# %% right chain
class Step:
    def __init__(self, factor=2): self.factor = factor
    def __call__(self, x): return self.factor * x
class Chain:
    def __init__(self, steps): self.steps = list(steps)
    def run(self, x):
        from functools import reduce
        return reduce(lambda value, step: step(value), self.steps, x)
def same(items): return [*items]
class Registry:
    def __init__(self): self._by_name = {}
    def put(self, name, step): self._by_name[name] = step
    def all(self): return dict(self._by_name)

# %% right chain
class Step:
    def __init__(self, factor=2): self._factor = factor
    factor = property(lambda self: self._factor)
    def __call__(self, x): return x * self._factor
class Chain:
    def __init__(self, steps): self.steps = tuple(steps)
    def run(self, x):
        return self._run(x, self.steps)
    def _run(self, x, steps):
        return self._run(steps[0](x), steps[1:]) if steps else x
def same(items): return items[:]
class Registry(dict):
    put = dict.__setitem__
    def all(self): return self

# %% wrong chain
class Step:
    def __init__(self, factor=2): self.factor = factor
    def __call__(self, x): return x
class Chain:
    def __init__(self, steps): self.steps = []
    def run(self, x): return x
def same(items): return []
class Registry:
    def put(self, name, step): pass
    def all(self): return {}

# %% test steps
chain = Chain([Step(), Step(3)])
assert len(chain.steps) == 2
assert [step.factor for step in chain.steps] == [2, 3]
assert chain.run(1) == 6

# %% test same
steps = [Step(4)]
assert same(steps)[0] is steps[0]
assert len(same(steps)) == 1

# %% test registry
registry = Registry()
registry.put("double", Step())
registry.put("triple", Step(3))
assert sorted(registry.all()) == ["double", "triple"]
assert registry.all()["triple"](5) == 15
