# %% solution logged
import functools
calls = []
def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **named):
        calls.append(function.__name__)
        return function(*args, **named)
    return wrapper

# %% right logged
from functools import update_wrapper
calls = []
class logged:
    def __init__(self, function):
        self.function = function
        update_wrapper(self, function)
    def __call__(self, *args, **named):
        calls.append(self.function.__name__)
        return self.function(*args, **named)

# %% right logged
calls = []
def logged(function):
    def wrapper(*args, **named):
        calls.extend([function.__name__])
        result = function(*args, **named)
        return result
    wrapper.__name__ = function.__name__
    wrapper.__doc__ = function.__doc__
    return wrapper

# %% right logged
import functools
class Calls(list):
    def note(self, function):
        self.append(function.__name__)
calls = Calls()
def logged(function):
    wrapper = lambda *args, **named: (calls.note(function), function(*args, **named))[1]
    return functools.wraps(function)(wrapper)

# %% wrong logged
calls = []
def logged(function):
    return function

# %% wrong logged
calls = []
def logged(function):
    calls.append(function.__name__)
    def wrapper(*args):
        return function(*args)
    return wrapper

# %% test logged
@logged
def area(a, b=1):
    """Return an area."""
    return a * b
assert area(3, b=4) == 12
assert area(2) == 2
assert list(calls) == ["area", "area"]

# %% test meta
assert area.__name__ == "area"
assert area.__doc__ == "Return an area."
