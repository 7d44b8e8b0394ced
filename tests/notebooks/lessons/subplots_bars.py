# %% given
import matplotlib.pyplot as plt
import numpy as np
counts = {"a": 3, "b": 5, "c": 2}

# %% solution figure
def figure(counts):
    fig, (left, right) = plt.subplots(1, 2)
    left.bar(list(counts), list(counts.values()), color="green")
    left.set_ylabel("count")
    right.scatter([1, 2, 3], list(counts.values()))
    right.set_xlim(0, 4)
    fig.suptitle("Counts")
    return fig

# %% right figure
def figure(counts):
    fig = plt.figure()
    fig.suptitle("Counts")
    axes = fig.subplots(ncols=2)
    places = range(len(counts))
    axes[0].bar(places, counts.values())
    axes[0].set_xticks(list(places), labels=counts.keys())
    axes[0].set(ylabel="count")
    axes[1].scatter(np.arange(1, 4), np.array(list(counts.values())), marker="x")
    axes[1].set_xlim((0, 4))
    return fig

# %% right figure
def _bars(ax, counts):
    for name, count in counts.items():
        ax.bar(name, count)
    ax.set_ylabel("count")
def figure(counts):
    fig, axes = plt.subplots(ncols=2, figsize=(8, 3))
    _bars(axes[0], counts)
    plt.sca(axes[1])
    plt.scatter([1, 2, 3], [*counts.values()])
    plt.xlim(0, 4)
    plt.suptitle("Counts")
    return plt.gcf()

# %% right figure
import pandas as pd
def figure(counts):
    series = pd.Series(counts)
    fig, axes = plt.subplots(1, 2)
    axes[0].bar(series.index, series.values)
    axes[0].set_ylabel("count")
    axes[1].scatter(range(1, len(series) + 1), series)
    axes[1].axis(xmin=0, xmax=4)
    fig.suptitle("Counts")
    return fig

# %% wrong figure
def figure(counts):
    fig, ax = plt.subplots()
    ax.plot(list(counts.values()))
    return fig

# %% wrong figure
def figure(counts):
    plt.bar(list(counts), list(counts.values()))
    plt.show()

# %% test bars
fig = figure(counts)
bars, points = fig.axes
assert [bar.get_height() for bar in bars.patches] == [3, 5, 2]
assert bars.get_ylabel() == "count"

# %% test points
xy = points.collections[0].get_offsets()
assert np.asarray(xy).tolist() == [[1, 3], [2, 5], [3, 2]]
assert points.get_xlim() == (0, 4)
assert fig._suptitle.get_text() == "Counts"
plt.close("all")
