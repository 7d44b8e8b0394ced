# %% solution errors
class TemperatureError(Exception):
    """Too hot or too cold."""
    def __init__(self, degrees, message="out of range"):
        super().__init__(message)
        self.degrees = degrees
class TooHot(TemperatureError):
    pass
def check(degrees):
    if not isinstance(degrees, (int, float)):
        raise TypeError("degrees must be a number")
    if degrees > 100:
        raise TooHot(degrees, f"{degrees} is too hot")
    if degrees < -273.15:
        raise TemperatureError(degrees)
    return "fine"

# %% right errors
class TemperatureError(ValueError):
    def __init__(self, degrees, message="out of range"):
        ValueError.__init__(self, message)
        self.message, self.degrees = message, degrees
    def __str__(self):
        return self.message
class TooHot(TemperatureError):
    def __init__(self, degrees, message=None):
        super().__init__(degrees, message or f"{degrees} is too hot")
def check(degrees):
    try:
        degrees + 0.0
    except TypeError as error:
        raise TypeError("degrees must be a number") from error
    if degrees > 100:
        raise TooHot(degrees)
    elif degrees < -273.15:
        raise TemperatureError(degrees)
    return "fine"

# %% right errors
class TemperatureError(Exception):
    @property
    def degrees(self):
        return self.args[1]
    def __str__(self):
        return self.args[0]
TooHot = type("TooHot", (TemperatureError,), {})
def check(degrees):
    match degrees:
        case int() | float() if degrees > 100:
            raise TooHot(f"{degrees} is too hot", degrees)
        case int() | float() if degrees < -273.15:
            raise TemperatureError("out of range", degrees)
        case int() | float():
            return "fine"
    raise TypeError("degrees must be a number")

# %% right errors
from dataclasses import dataclass
@dataclass
class TemperatureError(Exception):
    degrees: float
    message: str = "out of range"
    def __str__(self):
        return self.message
class TooHot(TemperatureError): ...
def check(degrees):
    if type(degrees) not in (int, float):
        raise TypeError("degrees must be a number")
    rules = [(degrees > 100, TooHot(degrees, f"{degrees} is too hot")), (degrees < -273.15, TemperatureError(degrees))]
    for broken, error in rules:
        if broken:
            raise error
    return "fine"

# %% wrong errors
class TemperatureError(Exception):
    pass
class TooHot(Exception):
    pass
def check(degrees):
    if degrees > 100:
        raise TooHot("hot")
    return "fine"

# %% wrong errors
class TemperatureError(Exception):
    pass
class TooHot(TemperatureError):
    pass
def check(degrees):
    return TooHot if degrees > 100 else "fine"

# %% test raise
import pytest
with pytest.raises(TooHot) as caught:
    check(101)
assert caught.value.degrees == 101
assert str(caught.value) == "101 is too hot"
assert issubclass(TooHot, TemperatureError) and issubclass(TemperatureError, Exception)

# %% test cold
try:
    check(-300)
except TooHot:
    raise AssertionError("that is cold")
except TemperatureError as error:
    assert "range" in str(error) and error.degrees == -300
else:
    assert False, "nothing was raised"

# %% test type
with pytest.raises(TypeError, match="number"):
    check("warm")
assert check(20) == "fine"
