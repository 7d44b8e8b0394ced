# %% given
prices = {"apple": 0.5, "bread": 2.0, "cheese": 4.25}
basket = ["apple", "apple", "cheese"]

# %% solution bill
def bill(basket, prices):
    return sum(prices[item] for item in basket)

# %% right bill
def bill(basket, prices):
    total = 0.0
    for item in basket:
        total = total + prices[item]
    return total

# %% right bill
import math
def bill(basket, prices):
    return math.fsum(map(prices.__getitem__, basket))

# %% right bill
from decimal import Decimal
def bill(basket, prices):
    return sum((Decimal(str(prices[item])) for item in basket), Decimal(0))

# %% wrong bill
def bill(basket, prices):
    return sum(prices[item] for item in set(basket))

# %% wrong bill
def bill(basket, prices):
    return len(basket)

# %% test bill
expected = 0.5 + 0.5 + 4.25
assert bill(basket, prices) == expected
assert bill([], prices) == 0
try:
    bill(["nothing"], prices)
    raise AssertionError("no KeyError")
except KeyError:
    pass
except TypeError:
    raise AssertionError("a TypeError") from None
