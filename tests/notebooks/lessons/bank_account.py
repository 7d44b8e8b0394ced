# %% solution account
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("insufficient funds")
        self.balance -= amount
        return self.balance

    def __str__(self):
        return f"{self.owner}: {self.balance}"

# %% right account
class Account:
    def __init__(self, owner, balance=0):
        self.owner, self._balance = owner, balance

    @property
    def balance(self):
        return self._balance

    def _change(self, by):
        self._balance = self._balance + by
        return self._balance

    def deposit(self, amount):
        if not amount > 0:
            raise ValueError("amount must be positive")
        return self._change(amount)

    def withdraw(self, amount):
        if self._balance - amount < 0:
            raise ValueError("insufficient funds")
        return self._change(-amount)

    def __repr__(self):
        return "{}: {}".format(self.owner, self.balance)

# %% right account
from dataclasses import dataclass
@dataclass
class Account:
    owner: str
    balance: float = 0

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("insufficient funds")
        return self.deposit_any(-amount)

    def deposit_any(self, amount):
        self.balance += amount
        return self.balance

    def __str__(self):
        return self.owner + ": " + str(self.balance)

# %% right account
class Funds(ValueError):
    pass
class Base:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.history = [balance]

    def __getattr__(self, name):
        if name == "balance":
            return sum(self.history)
        raise AttributeError(name)
class Account(Base):
    def deposit(self, amount):
        if amount <= 0:
            raise Funds("amount must be positive")
        self.history.append(amount)
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise Funds("insufficient funds")
        self.history.append(-amount)
        return self.balance

    def __str__(self):
        return "%s: %s" % (self.owner, self.balance)

# %% wrong account
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        self.balance = amount

    def withdraw(self, amount):
        self.balance -= amount

    def __str__(self):
        return self.owner

# %% wrong account
class Account:
    balance = 0
    def deposit(self, amount):
        return self.balance + amount

# %% test account
a = Account("Ada", 100)
assert a.balance == 100 and a.owner == "Ada"
assert a.deposit(50) == 150
assert a.balance == 150
assert a.withdraw(30) == 120
assert str(a) == "Ada: 120"
assert Account("Bob").balance == 0

# %% test errors
import pytest
b = Account("Bob", 10)
with pytest.raises(ValueError, match="insufficient"):
    b.withdraw(11)
with pytest.raises(ValueError):
    b.deposit(-1)
assert b.balance == 10
assert a.balance == 120
