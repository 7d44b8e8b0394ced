# %% given
from unittest import mock

# %% solution errors
import json
class OutOfStock(Exception):
    def __init__(self, what, left=0):
        super().__init__(f"no {what}")
        self.what, self.left = what, left
class Refused(Exception):
    pass
def retry(times, *kinds):
    def decorate(f):
        def again(*args):
            for attempt in range(times):
                try:
                    return f(*args)
                except kinds or Exception as error:
                    last = error
            raise last
        return again
    return decorate
def buy(shop, what):
    try:
        return shop.take(what)
    except OutOfStock as error:
        return f"sorry, {error} ({error.left} left)"
    except KeyError as error:
        raise Refused(f"unknown {error.args[0]}") from error
def log(f):
    try:
        return f()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
def read(opened):
    try:
        return json.loads(opened())
    except json.JSONDecodeError as error:
        return f"bad at {error.pos}"
    except OSError as error:
        return f"{error.filename} {error.errno}"
class Recorder:
    def __init__(self):
        self.error = None
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        self.error = error
        return kind is not None and issubclass(kind, ValueError)
class Result:
    def __init__(self, f):
        self.value = self.error = None
        try:
            self.value = f()
        except Exception as error:
            self.error = error
    def get(self):
        if self.error:
            raise self.error
        return self.value

# %% right errors
import functools
from json import loads, JSONDecodeError
from dataclasses import dataclass
@dataclass(eq=False)
class OutOfStock(Exception):
    what: str
    left: int = 0
    def __str__(self): return "no " + self.what
class Refused(LookupError): ...
def retry(times, *kinds):
    kinds = kinds or (Exception,)
    def decorate(f):
        @functools.wraps(f)
        def again(*args):
            left = times
            while True:
                left -= 1
                try:
                    return f(*args)
                except BaseException as error:
                    if not isinstance(error, kinds) or not left:
                        raise
        return again
    return decorate
def buy(shop, what):
    try:
        found = shop.take(what)
    except (OutOfStock, KeyError) as error:
        if isinstance(error, KeyError):
            raise Refused("unknown " + error.args[0]) from error
        return "sorry, {} ({} left)".format(error, error.left)
    return found
def log(f):
    try: found = f()
    except Exception as error: return ": ".join([error.__class__.__name__, str(error)])
    return found
def read(opened):
    try: return loads(opened())
    except (JSONDecodeError, OSError) as error:
        match error:
            case JSONDecodeError(pos=pos): return f"bad at {pos}"
            case OSError(filename=name, errno=number): return f"{name} {number}"
class Recorder:
    error = None
    def __enter__(self): return self
    def __exit__(self, *what):
        _, self.error, _ = what
        return isinstance(self.error, ValueError)
class Result:
    def __init__(self, f):
        try: self.value, self.error = f(), None
        except Exception as error: self.value, self.error = None, error
    def get(self):
        if self.error is not None: raise self.error
        return self.value

# %% right errors
import json
class ShopError(Exception): pass
class OutOfStock(ShopError):
    left = 0
    def __init__(self, what, left=None):
        self.what = what
        if left: self.left = left
    def __str__(self): return f"no {self.what}"
class Refused(ShopError): pass
class retry:
    def __init__(self, times, *kinds):
        self.times, self.kinds = times, kinds or Exception
    def __call__(self, f):
        def again(*args):
            errors = []
            while len(errors) < self.times:
                try: return f(*args)
                except self.kinds as error: errors.append(error)
            raise errors[-1]
        return again
def buy(shop, what):
    try:
        try: return shop.take(what)
        except KeyError as error:
            name, = error.args
            raise Refused(f"unknown {name}") from error
    except OutOfStock as error:
        return f"sorry, {error} ({error.left} left)"
def log(f):
    import traceback
    try: return f()
    except Exception as error:
        kept = error
    return "%s: %s" % (type(kept).__qualname__, kept)
def read(opened):
    try: text = opened()
    except EnvironmentError as error: return " ".join(map(str, (error.filename, error.errno)))
    try: return json.loads(text)
    except ValueError as error: return "bad at " + str(error.pos)
class Recorder:
    def __enter__(self):
        self.error = None
        return self
    def __exit__(self, kind, error, trace):
        self.error = error
        return kind in (ValueError,)
class Result:
    def __init__(self, f):
        self.errors, self.value = [], None
        try: self.value = f()
        except Exception as error: self.errors += [error]
    @property
    def error(self): return self.errors[0] if self.errors else None
    def get(self):
        for error in self.errors: raise error
        return self.value

# %% wrong errors
class OutOfStock(Exception):
    def __init__(self, what, left=0): super().__init__(what)
class Refused(Exception): pass
def retry(times, *kinds):
    def decorate(f):
        def again(*args):
            for attempt in range(times):
                try: return f(*args)
                except Exception as error: last = error
            raise RuntimeError("all failed")
        return again
    return decorate
def buy(shop, what): return shop.take(what)
def log(f):
    try: return f()
    except Exception as error: return str(error)
def read(opened):
    try: return opened()
    except Exception: return "bad"
class Recorder:
    error = None
    def __enter__(self): return self
    def __exit__(self, *what):
        self.error = ValueError("x")
class Result:
    def __init__(self, f):
        try: self.error = f()
        except Exception as error: self.error = str(error)
    def get(self): raise ValueError(self.error)

# %% wrong errors
class OutOfStock(Exception):
    def __init__(self, what, left=0):
        super().__init__(f"no {what}")
        self.left = left
class Refused(Exception): pass
def retry(times, *kinds):
    def decorate(f):
        def again(*args):
            for attempt in range(times):
                try: return f(*args)
                except Exception: pass
        return again
    return decorate
def buy(shop, what):
    try: return shop.take(what)
    except Exception: return "sorry, no gum (2 left)"
def log(f):
    try: return f()
    except Exception as error: return repr(error)
def read(opened):
    try: return opened()
    except OSError as error: return str(error)
class Recorder:
    error = None
    def __enter__(self): return self
    def __exit__(self, kind, error, trace):
        self.error = kind
        return True
class Result:
    def __init__(self, f):
        self.error = None
        try: self.value = f()
        except Exception as error: self.error = type(error)(*error.args)
    def get(self):
        if self.error: raise self.error
        return self.value

# %% test stock
shop = mock.Mock()
shop.take.side_effect = ["gum", OutOfStock("gum", left=2), OutOfStock("tea")]
assert buy(shop, "gum") == "gum"
assert buy(shop, "gum") == "sorry, no gum (2 left)"
assert buy(shop, "tea") == "sorry, no tea (0 left)"

# %% test unknown
import pytest
shop = mock.Mock()
shop.take.side_effect = missing = KeyError("hat")
with pytest.raises(Refused, match="unknown hat") as caught:
    buy(shop, "hat")
assert caught.value.__cause__ is missing

# %% test retried
class Flaky(Exception):
    pass
flaky = mock.Mock(side_effect=[Flaky("a"), ValueError("b", 3), "done"])
assert retry(3)(flaky)() == "done" and flaky.call_count == 3
calls = []
@retry(2, Flaky)
def fails(n):
    calls.append(n)
    raise Flaky(len(calls))
with pytest.raises(Flaky) as caught:
    fails(7)
assert calls == [7, 7] and caught.value.args == (2,)
with pytest.raises(ValueError) as caught:
    retry(5, Flaky)(mock.Mock(side_effect=ValueError("b", 3)))()
assert caught.value.args == ("b", 3)

# %% test logged
class Broken(Exception):
    def __init__(self, code):
        self.code = code
    def __str__(self):
        return f"code {self.code}"
def breaks():
    raise Broken(9)
def plain():
    raise ValueError
assert log(breaks) == "Broken: code 9"
assert log(plain) == "ValueError: "
assert log(mock.Mock(side_effect=KeyError("x"))) == "KeyError: 'x'"

# %% test files
assert read(lambda: "[1]") == [1] and read(lambda: "[1") == "bad at 2"
assert read(mock.Mock(side_effect=FileNotFoundError(2, "no such file", "a.json"))) == "a.json 2"
assert read(mock.Mock(side_effect=PermissionError(13, "denied", "b.json"))) == "b.json 13"

# %% test kept
error = ValueError("lost")
with Recorder() as recorder:
    raise error
assert recorder.error is error
with Recorder() as recorder:
    pass
assert recorder.error is None
class Own(Exception):
    pass
own = Own("mine")
result = Result(mock.Mock(side_effect=own))
assert result.error is own
try:
    result.get()
except Own as caught:
    assert caught is own
else:
    assert False
assert Result(lambda: 4).get() == 4
