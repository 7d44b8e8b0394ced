# %% given
import pandas as pd
people = pd.DataFrame({"id": [1, 2, 3], "name": ["Ada", "Bo", "Cy"]})
orders = pd.DataFrame({"person": [1, 1, 3, 4], "item": ["pen", "ink", "pen", "cup"], "price": [2.0, 5.0, 2.0, 8.0]})

# %% solution join
def joined(people, orders):
    return people.merge(orders, left_on="id", right_on="person", how="left").drop(columns="person")

# %% right join
def joined(people, orders):
    return pd.merge(people, orders.rename(columns={"person": "id"}), on="id", how="left")

# %% right join
def joined(people, orders):
    right = orders.set_index("person")
    return people.join(right, on="id").reset_index(drop=True)

# %% right join
def joined(people, orders):
    rows = []
    for person in people.to_dict("records"):
        own = orders[orders["person"] == person["id"]].drop(columns="person").to_dict("records")
        rows += [{**person, **each} for each in own] or [person]
    return pd.DataFrame(rows)

# %% wrong join
def joined(people, orders):
    return people.merge(orders, left_on="id", right_on="person")

# %% wrong join
def joined(people, orders):
    return pd.concat([people, orders])

# %% test join
table = joined(people, orders)
assert len(table) == 4
assert sorted(table.columns) == ["id", "item", "name", "price"]
assert table["price"].isna().sum() == 1
assert table[table.name == "Ada"]["price"].sum() == 7
assert people.shape == (3, 2) and "person" in orders

# %% test empty
none = joined(people.head(0), orders)
assert len(none) == 0
