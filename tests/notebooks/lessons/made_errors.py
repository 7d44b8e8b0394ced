# %% solution errors
class ShopError(Exception):
    """Something went wrong in the shop."""
    code = 1
class Insufficient(ShopError):
    code = 402
    def __init__(self, need, have):
        super().__init__(f"need {need}, have {have}")
        self.need, self.have = need, have
    def missing(self):
        return self.need - self.have
    def pay(self, more):
        self.have += more
class Invalid(ShopError, ValueError):
    def __init__(self, field, problems):
        self.field, self.problems = field, list(problems)
    def __str__(self):
        return f"{self.field}: {', '.join(self.problems)}"
    def __eq__(self, other):
        return isinstance(other, Invalid) and (self.field, self.problems) == (other.field, other.problems)
    def __len__(self):
        return len(self.problems)

# %% right errors
from dataclasses import dataclass, field
class ShopError(Exception):
    """Something went wrong in the shop."""
    code = 1
@dataclass
class Insufficient(ShopError):
    need: int
    have: int
    code = 402
    def __post_init__(self):
        super().__init__("need %d, have %d" % (self.need, self.have))
    def __str__(self):
        return self.args[0]
    def missing(self): return self.need - self.have
    def pay(self, more): self.have = self.have + more
@dataclass
class Invalid(ShopError, ValueError):
    field: str
    problems: list
    def __post_init__(self): self.problems = [*self.problems]
    def __str__(self): return self.field + ": " + ", ".join(self.problems)
    def __len__(self): return sum(1 for _ in self.problems)

# %% right errors
class ShopError(Exception):
    """Something went wrong in the shop."""
    code = 1
class Insufficient(ShopError):
    @property
    def code(self): return 402
    code = 402
    def __init__(self, need, have):
        Exception.__init__(self, f"need {need}, have {have}")
        self.__dict__.update(need=need, have=have)
    missing = lambda self: self.need - self.have
    def pay(self, more): self.__dict__["have"] += more
Invalid = type("Refused", (ShopError, ValueError), {
    "__init__": lambda self, field, problems: self.__dict__.update(field=field, problems=list(problems)),
    "__str__": lambda self: f"{self.field}: {', '.join(self.problems)}",
    "__eq__": lambda self, other: type(other) is type(self) and vars(self) == vars(other),
    "__len__": lambda self: len(self.problems),
})

# %% wrong errors
class ShopError(Exception):
    pass
class Insufficient(ShopError):
    pass
class Invalid(ShopError):
    pass

# %% wrong errors
class ShopError(Exception):
    """Something went wrong in the shop."""
    code = 0
class Insufficient(ShopError):
    def __init__(self, need, have):
        self.need, self.have = have, need
    def missing(self): return 0
    def pay(self, more): pass
class Invalid(ShopError, ValueError):
    def __init__(self, field, problems):
        super().__init__(field, problems)
        self.field, self.problems = field, problems
    def __eq__(self, other): return False
    def __len__(self): return 0

# %% test made
error = Insufficient(5, 3)
assert str(error) == "need 5, have 3" and error.args == ("need 5, have 3",)
assert (error.need, error.have, error.missing()) == (5, 3, 2)
error.pay(1)
assert error.have == 4 and error.missing() == 1

# %% test raised
try:
    raise Insufficient(need=5, have=3)
except Insufficient as error:
    assert error.need == 5
try:
    raise Insufficient(9, 1)
except ShopError as error:
    assert error.missing() == 8 and type(error) is Insufficient

# %% test classes
assert ShopError.code == 1 and Insufficient.code == 402 and Insufficient(1, 0).code == 402
assert ShopError.__bases__ == (Exception,) and issubclass(Invalid, ValueError)
assert Invalid.__mro__[1:4] == (ShopError, ValueError, Exception)
assert ShopError.__doc__ == "Something went wrong in the shop."

# %% test equal
one = Invalid("name", ("empty", "short"))
assert one == Invalid("name", ["empty", "short"])
assert one != Invalid("name", ["empty"]) and one != "name"
assert str(one) == "name: empty, short" and len(one) == 2

# %% test wanting
import pytest
with pytest.raises(TypeError, match="missing 1 required positional argument: 'have'"):
    Insufficient(3)
with pytest.raises(ValueError, match="name: empty"):
    raise Invalid("name", ["empty"])

# %% test derived
class Broke(Insufficient):
    def missing(self):
        return super().missing() * 10
try:
    raise Broke(5, 3)
except Insufficient as error:
    assert error.missing() == 20 and error.need == 5 and isinstance(error, Broke)
