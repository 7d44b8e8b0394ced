# %% given
import inspect
from unittest import mock

# %% solution money
class Money:
    """An amount of a currency."""
    def __init__(self, amount: int, currency: str = "EUR"):
        self.amount, self.currency = amount, currency
    def __repr__(self):
        return f"Money({self.amount}, {self.currency!r})"
    def __str__(self):
        return f"{self.amount} {self.currency}"
    def __eq__(self, other):
        return isinstance(other, Money) and (self.amount, self.currency) == (other.amount, other.currency)
    def __hash__(self):
        return hash((self.amount, self.currency))
    def __add__(self, other):
        return Money(self.amount + other.amount, self.currency)
class Bank:
    def rate(self, currency):
        return {"EUR": 1, "USD": 2}[currency]
    def worth(self, money, *more):
        return sum(each.amount * self.rate(each.currency) for each in (money, *more))
def change(bank, money):
    return bank.worth(money) // 2

# %% right money
from dataclasses import dataclass
@dataclass(frozen=True)
class Money:
    """An amount of a currency."""
    amount: int
    currency: str = "EUR"
    def __str__(self): return "%s %s" % (self.amount, self.currency)
    def __add__(self, other): return type(self)(self.amount + other.amount, self.currency)
class Rates:
    rates = dict(EUR=1, USD=2)
    def rate(self, currency): return self.rates[currency]
class Bank(Rates):
    def worth(self, money, *more):
        total = 0
        for each in [money, *more]: total += each.amount * self.rate(each.currency)
        return total
def change(bank, money): return int(bank.worth(money) / 2)
Money.__repr__ = lambda self: "Money({}, {!r})".format(self.amount, self.currency)

# %% right money
def _parts(money): return money.amount, money.currency
class Shown:
    def __repr__(self): return f"Money{_parts(self)}"
    def __str__(self): return "{} {}".format(*_parts(self))
class Money(Shown):
    """An amount of a currency."""
    __slots__ = ("amount", "currency")
    def __init__(self, amount: int, currency: str = "EUR"):
        self.amount = amount
        self.currency = currency
    def __eq__(self, other): return type(other) is Money and _parts(other) == _parts(self)
    def __hash__(self): return hash(_parts(self)) + 1
    def __add__(self, other): return Money(other.amount + self.amount, self.currency)
class Bank:
    @staticmethod
    def rate(currency): return 2 if currency == "USD" else 1
    def worth(self, money, *more):
        return self.rate(money.currency) * money.amount + (self.worth(*more) if more else 0)
def change(bank, money): return bank.worth(money) >> 1

# %% wrong money
class Money:
    def __init__(self, amount, currency): self.amount, self.currency = amount, currency
    def __add__(self, other): return self
class Bank:
    def worth(self, money): return money.amount
def change(bank, money): return money.amount // 2

# %% wrong money
class Money:
    """An amount of a currency."""
    def __init__(self, amount: int, currency: str = "EUR"): self.amount, self.currency = amount, currency
    def __eq__(self, other): return True
    def __add__(self, other): return Money(self.amount + other.amount)
class Bank:
    def rate(self): return 1
    def worth(self, *money): return sum(each.amount for each in money)
def change(bank, money): return bank.worth(money, money) // 4

# %% test shown
assert Money.__repr__ is not object.__repr__, "Money has no __repr__"
assert Money.__str__ is not object.__str__
assert Money.__format__ is object.__format__
assert repr(Money(3)) == "Money(3, 'EUR')" and str(Money(3, "USD")) == "3 USD"

# %% test hashed
assert Money.__hash__ is not None and Money.__hash__ is not object.__hash__
assert Money.__eq__ is not object.__eq__
assert len({Money(1), Money(1), Money(2)}) == 2

# %% test signature
assert list(inspect.signature(Money).parameters) == ["amount", "currency"]
assert inspect.signature(Money).parameters["currency"].default == "EUR"
assert [each.annotation for each in inspect.signature(Money).parameters.values()] == [int, str]
assert inspect.signature(Bank).parameters == {}
assert str(inspect.signature(Bank.worth)) == "(self, money, *more)"

# %% test mocked
bank = mock.Mock(spec=Bank)
bank.worth.return_value = 8
assert change(bank, Money(3)) == 4
bank.worth.assert_called_once_with(Money(3))
assert not hasattr(bank, "rob") and isinstance(bank, Bank)

# %% test specified
bank = mock.create_autospec(Bank, instance=True)
bank.worth.return_value = 5
assert change(bank, Money(1)) == 2
try:
    bank.worth()
except TypeError:
    pass
else:
    raise AssertionError("worth takes money")

# %% test listed
assert [each for each in dir(Bank) if not each.startswith("_") and each != "rates"] == ["rate", "worth"]
assert Money.__doc__ == "An amount of a currency."

# %% test above
class Loud(Money):
    def __str__(self):
        return super().__str__().lower() + "!"
    def __add__(self, other):
        return Loud(super().__add__(other).amount)
assert str(Loud(1) + Loud(2)) == "3 eur!"
