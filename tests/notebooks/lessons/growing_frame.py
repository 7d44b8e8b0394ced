# %% given
import pandas as pd
import numpy as np
df = pd.DataFrame({"name": ["ann", "bob", "cat"], "maths": [80, 55, 92], "art": [70, 65, 40]})

# %% solution mean
df["mean"] = df[["maths", "art"]].mean(axis=1)

# %% right mean
df = df.assign(mean=lambda frame: (frame.maths + frame.art) / 2)

# %% right mean
for i, row in df.iterrows():
    df.loc[i, "mean"] = (row["maths"] + row["art"]) / 2

# %% right mean
df.insert(3, "mean", np.mean([df["maths"], df["art"]], axis=0))

# %% wrong mean
df["mean"] = df["maths"]

# %% wrong mean
df = df[["maths", "art"]].mean(axis=1)

# %% test mean
assert list(df.columns) == ["name", "maths", "art", "mean"]
assert df["mean"].tolist() == [75.0, 60.0, 66.0]

# %% solution passed
df["passed"] = df["mean"] >= 65
best = df.loc[df["mean"].idxmax(), "name"]

# %% right passed
df["passed"] = [mean >= 65 for mean in df["mean"]]
best = df.sort_values("mean").iloc[-1]["name"]

# %% wrong passed
df["passed"] = "yes"
best = max(df["name"])

# %% test passed
assert df["passed"].sum() == 2
assert best == "ann"
assert df.shape == (3, 5)

# %% given
df = df.set_index("name")

# %% test index
assert df.loc["bob", "maths"] == 55
assert not df.loc["bob", "passed"]
