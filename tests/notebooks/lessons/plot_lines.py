# %% given
import matplotlib.pyplot as plt
import numpy as np
x = np.linspace(0, 1, 11)

# %% solution plot
fig, ax = plt.subplots()
ax.plot(x, x ** 2, label="square")
ax.set_title("A parabola")
ax.set_xlabel("x")
ax.legend()

# %% right plot
fig = plt.figure()
ax = fig.add_subplot(111)
ax.set(title="A parabola", xlabel="x")
line, = ax.plot(x, [each * each for each in x])
line.set_label("square")
ax.legend()

# %% right plot
plt.plot(x, np.square(x), "r-", label="square")
plt.title("A parabola")
plt.xlabel("x")
plt.legend()
ax = plt.gca()
fig = plt.gcf()

# %% right plot
def draw(ax):
    ax.plot(x, x * x, label="square", lw=2)
    ax.set_title("A parabola")
    ax.set_xlabel("x")
    ax.legend(loc="upper left")
fig, ax = plt.subplots(figsize=(4, 3))
draw(ax)

# %% wrong plot
fig, ax = plt.subplots()
ax.plot(x, x)
ax.set_title("A line")

# %% wrong plot
ax = plt.subplots()
ax[1].plot(x, x ** 2)

# %% test line
(drawn,) = ax.get_lines()
assert np.allclose(drawn.get_ydata(), [n * n / 100 for n in range(11)])
assert drawn.get_label() == "square"

# %% test words
assert ax.get_title() == "A parabola"
assert ax.get_xlabel() == "x"
assert [each.get_text() for each in ax.get_legend().get_texts()] == ["square"]
