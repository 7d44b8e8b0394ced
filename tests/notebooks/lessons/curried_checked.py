# %% solution decorators
import functools
import inspect
def curry(f):
    count = sum(each.default is each.empty for each in inspect.signature(f).parameters.values())
    def step(*args):
        return f(*args) if len(args) >= count else lambda *more: step(*args, *more)
    return step
def checked(f):
    @functools.wraps(f)
    def call(*args, **named):
        bound = inspect.signature(f).bind(*args, **named)
        for name, value in bound.arguments.items():
            kind = f.__annotations__.get(name)
            if kind is not None and not isinstance(value, kind):
                raise TypeError(f"{name} is no {kind.__name__}")
        return f(*args, **named)
    return call
def mark(f):
    f.marked = True
    f.times = getattr(f, "times", 0) + 1
    return f

# %% right decorators
from functools import wraps
from inspect import Parameter, signature
def curry(f, args=()):
    needed = [each for each in signature(f).parameters.values() if each.default is Parameter.empty]
    return lambda *more: f(*args, *more) if len(args + more) >= len(needed) else curry(f, args + more)
def checked(f):
    @wraps(f)
    def call(*args, **named):
        for (name, each), value in zip(signature(f).parameters.items(), args):
            assert each.kind is each.POSITIONAL_OR_KEYWORD
            if each.annotation is not each.empty and not isinstance(value, each.annotation):
                raise TypeError(f"{name} is no {each.annotation.__name__}")
        return f(*args, **named)
    return call
def mark(f):
    times = f.times + 1 if hasattr(f, "marked") else 1
    setattr(f, "marked", True)
    setattr(f, "times", times)
    return f

# %% right decorators
def curry(f):
    def step(*args):
        try:
            signature(f).bind(*args)
        except TypeError:
            return lambda *more: step(*args, *more)
        return f(*args)
    return step
from inspect import signature
def checked(f):
    names = list(signature(f).parameters)
    def call(*args, **named):
        given = dict(zip(names, args)) | named
        wrong = [name for name in given if not isinstance(given[name], f.__annotations__.get(name, object))]
        if wrong:
            raise TypeError(f"{wrong[0]} is no {f.__annotations__[wrong[0]].__name__}")
        return f(**given)
    call.__name__, call.__doc__ = f.__name__, f.__doc__
    return call
def mark(f):
    f.marked = True
    try:
        f.times += 1
    except AttributeError:
        f.times = 1
    return f

# %% wrong decorators
def curry(f): return f
def checked(f): return f
def mark(f): return lambda *args: f(*args)

# %% test curry
assert curry(lambda a, b, c: a + b + c)(1)(2)(3) == 6
assert curry(lambda a, b, c: a + b + c)(1, 2)(3) == 6
def power(base, exponent, modulus=None):
    return pow(base, exponent, modulus)
assert curry(power)(2)(5) == 32

# %% test checked
@checked
def area(width: int, height: float = 2.0) -> str:
    """Return an area."""
    return f"{width * height} m"
assert area(3) == "6.0 m" and area(3, 1.5) == "4.5 m"
assert (area.__name__, area.__doc__) == ("area", "Return an area.")
try:
    area("x")
except TypeError as fault:
    assert str(fault) == "width is no int"
else:
    raise AssertionError("text has no area")

# %% test marked
@mark
@mark
def quiet():
    return "quiet"
assert quiet() == "quiet"
assert quiet.marked and quiet.times == 2
