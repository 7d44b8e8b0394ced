# %% given
stock = {"screws": {"count": 100, "price": 0.1}, "nails": {"count": 5, "price": 0.05}}

# %% solution update
def sell(stock, item, count):
    if stock[item]["count"] < count:
        raise ValueError(f"only {stock[item]['count']} {item} left")
    stock[item]["count"] -= count
    return count * stock[item]["price"]

# %% right update
def sell(stock, item, count):
    entry = stock[item]
    left = entry["count"] - count
    if left < 0:
        raise ValueError("only " + str(entry["count"]) + " " + item + " left")
    entry["count"] = left
    return entry["price"] * count

# %% right update
class NotEnough(ValueError):
    def __init__(self, item, left):
        super().__init__(f"only {left} {item} left")
        self.item = item
def sell(stock, item, count):
    there = stock[item].pop("count")
    stock[item]["count"] = there if count > there else there - count
    if count > there:
        raise NotEnough(item, there)
    return stock[item]["price"] * count

# %% right update
def sell(stock, item, count):
    try:
        assert stock[item]["count"] >= count
    except AssertionError:
        raise ValueError(f"only {stock[item]['count']} {item} left")
    stock.update({item: {**stock[item], "count": stock[item]["count"] - count}})
    return count * stock[item]["price"]

# %% wrong update
def sell(stock, item, count):
    return count * stock[item]["price"]

# %% wrong update
def sell(stock, item, count):
    if stock[item]["count"] < count:
        return 0
    stock[item]["count"] -= count

# %% test sell
assert sell(stock, "screws", 10) == 1.0
assert stock["screws"]["count"] == 90
assert stock["nails"] == {"count": 5, "price": 0.05}

# %% test errors
try:
    sell(stock, "nails", 6)
    assert False, "nails that are not there were sold"
except ValueError as error:
    assert str(error) == "only 5 nails left"
assert stock["nails"]["count"] == 5
