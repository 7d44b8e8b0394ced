# %% given
import pandas as pd
days = pd.date_range("2024-01-01", periods=8, freq="D")
series = pd.Series([1, 2, 4, 8, 16, 32, 64, 128], index=days, name="views")

# %% solution weekly
def weekly(series):
    return series.resample("W").sum()
def growth(series):
    return series.pct_change().dropna()

# %% right weekly
def weekly(series):
    return series.groupby(pd.Grouper(freq="W")).sum()
def growth(series):
    return (series / series.shift(1) - 1).iloc[1:]

# %% right weekly
def weekly(series):
    ends = series.index.to_period("W").end_time.normalize()
    return series.groupby(ends).sum().asfreq("W").rename(series.name)
def growth(series):
    values = [b / a - 1 for a, b in zip(series, series[1:])]
    return pd.Series(values, index=series.index[1:], name=series.name)

# %% right weekly
def weekly(series):
    return series.to_frame().resample("W-SUN")[series.name].agg("sum")
def growth(series):
    return series.diff().div(series.shift()).dropna()

# %% wrong weekly
def weekly(series):
    return series.resample("W").mean()
def growth(series):
    return series.diff().dropna()

# %% wrong weekly
def weekly(series):
    return series.sum()
def growth(series):
    return series.pct_change()

# %% test weekly
found = weekly(series)
assert list(found) == [127, 128]
assert found.index[0] == pd.Timestamp("2024-01-07")
pd.testing.assert_series_equal(found, series.resample("W").sum(), check_freq=False)

# %% test growth
rates = growth(series)
assert len(rates) == 7 and (rates == 1.0).all()
assert rates.index.min() == pd.Timestamp(2024, 1, 2)
