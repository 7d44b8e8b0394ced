# %% given
import pytest

# %% solution errors
class ConfigError(Exception):
    pass
class Fatal(ConfigError, KeyError):
    pass
def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise ConfigError(f"bad {text}") from error
def hidden(text):
    try:
        return int(text)
    except ValueError:
        raise ConfigError(f"bad {text}") from None
def during(text):
    try:
        return int(text)
    except ValueError:
        raise ConfigError(f"bad {text}")
def builtin(text):
    try:
        return int(text)
    except ValueError:
        raise KeyError(text) from None
def both(text):
    try:
        try:
            return int(text)
        except ValueError as error:
            raise KeyError("k") from error
    except KeyError as error:
        raise ConfigError("c") from error
def many():
    raise ExceptionGroup("many", [ConfigError("a"), ValueError("b")])
class Bus:
    def __init__(self):
        self.last = None
    def run(self, f):
        try:
            return f()
        except Exception as error:
            self.last = error
            raise
def fail(text):
    error = ConfigError(text)
    error.line = 3
    error.add_note("see line 3")
    raise error
kept = ConfigError("kept")
def same():
    return kept

# %% right errors
from dataclasses import dataclass
@dataclass(eq=False, repr=False)
class ConfigError(Exception):
    def __init__(self, *parts): super().__init__(*parts)
class Fatal(ConfigError, KeyError): pass
def raising(kind, text, *cause):
    try: return int(text)
    except ValueError as error:
        made = kind(f"bad {text}")
        made.__cause__ = cause[0] if cause else error
        made.__suppress_context__ = True
        raise made
def parse(text): return raising(ConfigError, text)
def hidden(text): return raising(ConfigError, text, None)
def builtin(text): return raising(KeyError, text, None)
def during(text):
    try: number = int(text)
    except ValueError: raise ConfigError("bad " + text)
    else: return number
def both(text):
    def inner():
        try: return int(text)
        except ValueError as error: raise KeyError(text) from error
    try: return inner()
    except LookupError as error: raise ConfigError("c") from error
def many(): raise ExceptionGroup("several", (ConfigError("a"), ValueError("b")))
class Bus:
    last = None
    def run(self, f):
        try: return f()
        except Exception as error:
            self.last = error
            raise error
def fail(text):
    try: raise ConfigError(text)
    except ConfigError as error:
        error.__dict__["line"] = 3
        error.__notes__ = ["see line 3"]
        raise
same = lambda kept=ConfigError("kept"): kept

# %% right errors
import contextlib
class ConfigError(Exception):
    line = 0
    cache = {}
Fatal = type("Fatal", (ConfigError, KeyError), {})
@contextlib.contextmanager
def wrapped(make, hide=False, chain=False):
    try: yield
    except (ValueError, KeyError) as error:
        if hide: raise make() from None
        if chain: raise make() from error
        raise make()
def parse(text):
    with wrapped(lambda: ConfigError(f"bad {text}"), chain=True): return int(text)
def hidden(text):
    with wrapped(lambda: ConfigError(f"bad {text}"), hide=True): return int(text)
def during(text):
    with wrapped(lambda: ConfigError(f"bad {text}")): return int(text)
def builtin(text):
    with wrapped(lambda: KeyError(text), hide=True): return int(text)
def both(text):
    with wrapped(lambda: ConfigError("c"), chain=True), wrapped(KeyError, chain=True): return int(text)
def many():
    errors = []
    for error in (ConfigError("a"), ValueError("b")):
        try: raise error
        except Exception as caught: errors.append(caught)
    raise ExceptionGroup("of two", errors)
class Bus:
    def __init__(self): self.errors = [None]
    @property
    def last(self): return self.errors[-1]
    def run(self, f):
        with contextlib.ExitStack() as stack:
            stack.push(lambda kind, error, trace: self.errors.append(error))
            return f()
class Located(ConfigError): line = 3
def fail(text):
    error = ConfigError(text)
    setattr(error, "line", Located.line)
    error.add_note("see line %d" % error.line)
    raise error
def same(): return ConfigError.cache.setdefault("kept", ConfigError("kept"))

# %% wrong errors
class ConfigError(Exception): pass
class Fatal(Exception): pass
def parse(text): raise ConfigError(f"bad {text}")
def hidden(text):
    try: return int(text)
    except ValueError as e: raise ConfigError(f"bad {text}")
def during(text): raise ConfigError(f"bad {text}") from None
def builtin(text):
    try: return int(text)
    except ValueError as e: raise KeyError(text) from e
def both(text): raise ConfigError("c")
def many(): raise ConfigError("a")
class Bus:
    def __init__(self): self.last = 0
    def run(self, f): return f()
def fail(text): raise ConfigError(text)
def same(): return ConfigError("kept")

# %% wrong errors
class ConfigError(Exception): pass
class Fatal(KeyError, ConfigError): pass
def parse(text):
    try: return int(text)
    except ValueError: raise ConfigError(f"bad {text}") from KeyError()
def hidden(text):
    error = ConfigError(f"bad {text}")
    error.__suppress_context__ = True
    raise error
def during(text):
    try: return int(text)
    except ValueError as error: raise ConfigError(f"bad {text}") from error
def builtin(text): raise KeyError(text)
def both(text):
    try: return int(text)
    except ValueError as error: raise ConfigError("c") from error
def many(): raise ExceptionGroup("m", [ValueError("a"), ConfigError("b")])
class Bus:
    last = None
    def run(self, f):
        try: return f()
        except Exception as error:
            self.last = type(error)(*error.args)
            raise
def fail(text):
    error = ConfigError(text)
    error.line = 4
    raise error
def same(): return ConfigError("kept")

# %% test cause
with pytest.raises(ConfigError, match="bad x") as caught:
    parse("x")
assert isinstance(caught.value.__cause__, ValueError) and caught.value.__suppress_context__
assert caught.value.__context__ is caught.value.__cause__

# %% test none
with pytest.raises(ConfigError) as caught:
    hidden("x")
assert caught.value.__cause__ is None and caught.value.__suppress_context__ is True
assert isinstance(caught.value.__context__, ValueError)

# %% test during
with pytest.raises(ConfigError) as caught:
    during("x")
assert caught.value.__cause__ is None and caught.value.__suppress_context__ is False
assert isinstance(caught.value.__context__, ValueError)

# %% test builtin
with pytest.raises(KeyError) as caught:
    builtin("x")
assert caught.value.__suppress_context__ and caught.value.__cause__ is None

# %% test both
with pytest.raises(ConfigError) as caught:
    both("x")
error = caught.value
assert type(error.__cause__) is KeyError and type(error.__cause__.__cause__) is ValueError
assert error.__context__ is error.__cause__

# %% test group
with pytest.raises(ExceptionGroup) as caught:
    many()
assert [type(e) for e in caught.value.exceptions] == [ConfigError, ValueError]
try:
    many()
except* ConfigError as group:
    assert str(group.exceptions[0]) == "a"
except* ValueError as group:
    assert str(group.exceptions[0]) == "b"

# %% test bus
bus = Bus()
with pytest.raises(ConfigError) as caught:
    bus.run(lambda: fail("x"))
assert bus.last is caught.value and bus.last.line == 3 and bus.last.__notes__ == ["see line 3"]

# %% test inner
with pytest.raises(ConfigError) as caught:
    Bus().run(lambda: parse("x"))
assert isinstance(caught.value.__cause__, ValueError)

# %% test within
try:
    try:
        raise KeyError("outer")
    except KeyError:
        fail("y")
except ConfigError as error:
    assert isinstance(error.__context__, KeyError)

# %% test same
assert same() is same()

# %% test repr
assert repr(ConfigError("a", 1)) == "ConfigError('a', 1)"
assert ConfigError.__name__ == "ConfigError" and Fatal.__bases__ == (ConfigError, KeyError)
assert str(Fatal("x")) == "'x'"

# %% test traceback
import traceback
try:
    fail("z")
except ConfigError as error:
    assert traceback.format_exception_only(error)[-2].endswith("ConfigError: z\n")
    assert error.__traceback__ is not None
