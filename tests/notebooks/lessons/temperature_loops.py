# %% given
readings = [20.5, 22.0, 19.0, 25.5, 30.0, 28.0, 18.5]

# %% solution stats
hottest = max(readings)
warm_days = 0
for reading in readings:
    if reading > 21:
        warm_days += 1
fahrenheit = [c * 9 / 5 + 32 for c in readings]

# %% right stats
import numpy as np
hottest = np.max(readings)
warm_days = int((np.array(readings) > 21).sum())
fahrenheit = np.array(readings) * 1.8 + 32

# %% right stats
hottest = sorted(readings)[-1]
warm_days = len([r for r in readings if r > 21])
def convert(c):
    return c * 1.8 + 32
fahrenheit = tuple(map(convert, readings))

# %% right stats
import pandas as pd
frame = pd.DataFrame({"c": readings})
hottest = frame["c"].max()
warm_days = (frame["c"] > 21).sum()
fahrenheit = frame["c"] * 9 / 5 + 32

# %% wrong stats
hottest = readings[0]
warm_days = len(readings)
fahrenheit = [c + 32 for c in readings]

# %% wrong stats
hottest = "30.0"
warm_days = [r for r in readings if r > 21]
fahrenheit = 68.9

# %% test hottest
assert hottest == 30.0

# %% test warm
assert warm_days == 4
assert isinstance(warm_days, (int, object))

# %% test fahrenheit
assert len(fahrenheit) == 7
assert abs(fahrenheit[0] - 68.9) < 1e-9
assert all(abs(f - (c * 9 / 5 + 32)) < 1e-9 for c, f in zip(readings, fahrenheit))
