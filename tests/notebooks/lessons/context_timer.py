# %% solution managers
class Collected:
    """Keep what happens inside: errors are noted and go no further."""
    def __init__(self):
        self.errors = []
        self.open = False
    def __enter__(self):
        self.open = True
        return self
    def __exit__(self, kind, error, trace):
        self.open = False
        if kind is not None and issubclass(kind, ValueError):
            self.errors.append(str(error))
            return True
        return False

# %% right managers
class Collected:
    def __init__(self):
        self.errors, self.open = list(), False
    def __enter__(self):
        self.open = not self.open
        return self
    def __exit__(self, *told):
        self.open = False
        match told:
            case (_, ValueError() as error, _):
                self.errors += [error.args[0]]
                return True

# %% right managers
from contextlib import AbstractContextManager
class Collected(AbstractContextManager):
    errors = ()
    open = False
    def __enter__(self):
        self.errors = [*self.errors]
        self.open = True
        return super().__enter__()
    def __exit__(self, kind, error, trace):
        del self.open
        if isinstance(error, ValueError):
            self.errors.append(f"{error}")
        return isinstance(error, ValueError)

# %% right managers
from contextlib import contextmanager
from types import SimpleNamespace
@contextmanager
def Collected():
    state = SimpleNamespace(errors=[], open=True)
    try:
        yield state
    except ValueError as error:
        state.errors.append(str(error))
    finally:
        state.open = False

# %% wrong managers
class Collected:
    def __init__(self):
        self.errors = []
        self.open = True
    def __enter__(self):
        return self
    def __exit__(self, *_):
        return True

# %% wrong managers
class Collected:
    errors = []
    open = False
    def __enter__(self):
        pass
    def __exit__(self, *_):
        self.errors.append("x")

# %% test normal
with Collected() as kept:
    assert kept.open
    x = 3
assert not kept.open and kept.errors == []

# %% test swallowed
with Collected() as kept:
    raise ValueError("bad value")
assert kept.errors == ["bad value"]
assert kept.open is False

# %% test others
try:
    with Collected() as kept:
        raise KeyError("k")
except KeyError:
    assert kept.errors == []
else:
    raise AssertionError("the KeyError is lost")
