# %% given
import numpy as np
import pandas as pd
marks = pd.DataFrame({"math": [80, 55, 90], "art": [70, 95, 60]}, index=["Ada", "Bo", "Cy"])

# %% solution rows
def by_row(df, func):
    return df.apply(func, axis=1)
def label(series, name):
    series.name = name
    return series
def shift(df, days):
    df["when"] += pd.Timedelta(days=days)
    df.loc[df.index[0], "when"] = pd.Timestamp("2026-01-01")
def hide(values, low):
    values[values < low] = np.ma.masked
    return values
class Scores:
    def __init__(self, values):
        self._values = np.array(values, float)
        self._values.flags.writeable = False
    @property
    def values(self):
        return self._values

# %% right rows
def by_row(df, func):
    return pd.Series([func(row) for _, row in df.iterrows()], index=df.index)
def label(series, name):
    series.rename(name, inplace=True)
    return series
def shift(df, days):
    df["when"] = df["when"] + np.timedelta64(days, "D")
    df.iloc[0, df.columns.get_loc("when")] = pd.to_datetime("2026-01-01")
def hide(values, low):
    values.mask = np.asarray(values) < low
    return values
class Scores:
    def __init__(self, values): self._kept = tuple(values)
    @property
    def values(self):
        made = np.fromiter(self._kept, float)
        made.setflags(write=False)
        return made

# %% right rows
def by_row(df, func):
    return pd.Series({name: func(df.loc[name]) for name in df.index})
def label(series, name):
    series.name = str(name)
    return series
def shift(df, days):
    for place in df.index:
        df.loc[place, "when"] = df.loc[place, "when"] + pd.Timedelta(days, "D")
    df.at[df.index[0], "when"] = pd.Timestamp(2026, 1, 1)
def hide(values, low):
    for place, each in enumerate(values):
        if each < low:
            values[place] = np.ma.masked
    return values
class Scores:
    def __init__(self, values):
        self.values = np.broadcast_to(np.asarray(values, float), (len(values),))

# %% wrong rows
def by_row(df, func): return df.apply(lambda row: func(df.iloc[0]), axis=1)
def label(series, name): return series.copy()
def shift(df, days): df = df.assign(when=df["when"] + pd.Timedelta(days=days))
def hide(values, low): return values[values >= low]
class Scores:
    def __init__(self, values): self.values = np.array(values, float)

# %% test names
assert by_row(marks, lambda row: row.name).tolist() == ["Ada", "Bo", "Cy"]
assert by_row(marks, lambda row: f"{row.name}: {row['math'] + row['art']}")["Bo"] == "Bo: 150"

# %% test label
series = pd.Series([1, 2])
assert label(series, "x") is series
assert series.name == "x"

# %% test dates
df = pd.DataFrame({"when": pd.to_datetime(["2026-03-01", "2026-03-02"]), "n": [1, 2]})
shift(df, 5)
assert df["when"].dt.strftime("%d.%m.").tolist() == ["01.01.", "07.03."]
df.loc[1, "when"] = pd.Timestamp("2026-05-01")
assert df["when"].dt.month.tolist() == [1, 5]

# %% test hide
values = np.ma.array([1, 5, 2, 7])
hidden = hide(values, 3)
assert hidden is values
assert values.count() == 2 and values.sum() == 12
assert values[0] is np.ma.masked

# %% test locked
scores = Scores([3, 1, 2])
try:
    scores.values[0] = 10
except ValueError as fault:
    assert "read-only" in str(fault)
else:
    raise AssertionError("scores can be changed")
assert scores.values.tolist() == [3, 1, 2]
