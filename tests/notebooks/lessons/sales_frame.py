# %% given
import pandas as pd
sales = pd.DataFrame({
    "city": ["Rome", "Oslo", "Rome", "Oslo", "Bern"],
    "amount": [10.0, 5.0, 20.0, None, 7.5],
})

# %% solution clean
clean = sales.dropna()

# %% right clean
clean = sales[sales["amount"].notna()].copy()

# %% right clean
clean = sales.copy()
clean = clean.drop(clean.index[clean.amount.isnull()])

# %% right clean
clean = sales.query("amount == amount")

# %% wrong clean
clean = sales.fillna(0)

# %% wrong clean
clean = sales.dropna().reset_index(drop=True).to_dict()

# %% solution totals
def totals(frame):
    return frame.groupby("city")["amount"].sum().sort_values(ascending=False)

# %% right totals
def totals(frame):
    table = frame.pivot_table(index="city", values="amount", aggfunc="sum")
    return table["amount"].sort_values(ascending=False)

# %% right totals
def totals(frame):
    found = {}
    for row in frame.itertuples():
        found[row.city] = found.get(row.city, 0) + row.amount
    return pd.Series(found, name="amount").sort_values(ascending=False)

# %% wrong totals
def totals(frame):
    return frame.groupby("city")["amount"].mean()

# %% test clean
assert isinstance(clean, pd.DataFrame)
assert len(clean) == 4 and "Bern" in clean["city"].values
assert clean["amount"].isna().sum() == 0
assert sales.shape == (5, 2), "sales was changed"

# %% test totals
found = totals(clean)
assert list(found.index) == ["Rome", "Bern", "Oslo"]
assert found["Rome"] == 30
pd.testing.assert_series_equal(found, pd.Series({"Rome": 30.0, "Bern": 7.5, "Oslo": 5.0}), check_names=False)
