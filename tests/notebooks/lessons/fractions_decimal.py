# %% given
from fractions import Fraction
from decimal import Decimal, ROUND_HALF_UP

# %% solution exact
def average(values):
    return sum(map(Fraction, values), Fraction(0)) / len(values)
def money(amount):
    return Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

# %% right exact
def average(values):
    total = Fraction()
    for value in values:
        total += Fraction(value)
    return total * Fraction(1, len(values))
def money(amount):
    cents = int(Decimal(amount) * 100 + Decimal("0.5"))
    return Decimal(cents) / 100 + Decimal("0.00")

# %% right exact
from statistics import mean
def average(values):
    return mean([Fraction(value) for value in values])
import decimal
def money(amount):
    context = decimal.Context(rounding=decimal.ROUND_HALF_UP)
    return Decimal(amount).quantize(Decimal(10) ** -2, context=context)

# %% right exact
class Exact(Fraction):
    pass
def average(values):
    return Exact(sum(Exact(value) for value in values) / len(values))
def money(amount):
    return Decimal(f"{round(float(Decimal(amount) + Decimal('0.0001')), 2):.2f}")

# %% wrong exact
def average(values):
    return sum(float(Fraction(value)) for value in values) // len(values)
def money(amount):
    return round(float(amount), 1)

# %% wrong exact
def average(values):
    return f"{sum(map(Fraction, values))}/{len(values)}"
def money(amount):
    return str(amount)

# %% test average
assert average(["1/2", "1/3"]) == Fraction(5, 12)
assert average([1, 2, 3]) == 2
assert average(["1/3"]).denominator == 3
assert isinstance(average([1]), Fraction)

# %% test money
assert money("2.345") == Decimal("2.35")
assert str(money("2")) == "2.00"
assert money("0.005") + money("0.1") == Decimal("0.11")
