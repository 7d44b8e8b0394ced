# %% solution decorators
import functools
def counted(function):
    @functools.wraps(function)
    def inner(*args, **named):
        inner.calls += 1
        return function(*args, **named)
    inner.calls = 0
    return inner
def checked(kind):
    def decorate(function):
        @functools.wraps(function)
        def inner(self, value):
            if not isinstance(value, kind):
                raise TypeError(f"{function.__name__} wants {kind.__name__}")
            return function(self, value)
        return inner
    return decorate

# %% right decorators
from functools import wraps
def counted(f):
    def call(*a, **k):
        call.calls = call.calls + 1
        return f(*a, **k)
    call.calls = 0
    return wraps(f)(call)
def checked(kind):
    return lambda f: wraps(f)(lambda self, value: f(self, value) if isinstance(value, kind) else _fail(f, kind))
def _fail(f, kind): raise TypeError("%s wants %s" % (f.__name__, kind.__name__))

# %% right decorators
import functools
def counted(function):
    def inner(*args, **named):
        inner.calls += 1
        return function(*args, **named)
    functools.update_wrapper(inner, function).calls = 0
    return inner
class checked:
    def __init__(self, kind): self.kind = kind
    def __call__(self, function):
        def inner(held, value):
            if isinstance(value, self.kind): return function(held, value)
            raise TypeError(f"{function.__name__} wants {self.kind.__name__}")
        inner.__name__ = function.__name__
        return inner

# %% wrong decorators
def counted(function):
    def inner(value):
        return function(value)
    inner.calls = 0
    return inner
def checked(kind):
    return lambda function: function

# %% wrong decorators
import functools
def counted(function):
    function.calls = 2
    return function
def checked(kind):
    def decorate(function):
        def inner(value):
            if not isinstance(value, kind): raise TypeError(f"{function.__name__} wants {kind.__name__}")
            return function(value)
        return inner
    return decorate

# %% test counted
class Account:
    def __init__(self):
        self.total = 0
    @counted
    def add(self, amount, times=1):
        self.total += amount * times
        return self.total
account = Account()
assert account.add(5) == 5 and account.add(2, times=3) == 11
Account().add(1)
assert Account.add.calls == 3
assert Account.add.__name__ == "add"

# %% test checked
class Box:
    def __init__(self):
        self.held = []
    @checked(int)
    def put(self, value):
        self.held.append(value)
        return self
box = Box()
assert box.put(3).put(4) is box
try:
    box.put("x")
except TypeError as fault:
    assert str(fault) == "put wants int"
else:
    raise AssertionError("text is no int")
assert box.held == [3, 4]

# %% test both
class Meter:
    limit = 10
    @checked(int)
    @counted
    def read(self, value):
        return min(value, self.limit)
    @property
    @counted
    def most(self):
        return self.limit
meter = Meter()
meter.limit = 7
assert [meter.read(each) for each in (3, 30)] == [3, 7]
assert meter.most == 7 == meter.most
assert Meter.most.fget.calls == 2
