# %% solution greet
def greet(names):
    for name in names:
        print(f"Hello, {name}!")

# %% right greet
def greet(names):
    print("\n".join(f"Hello, {name}!" for name in names), end="\n" if names else "")

# %% right greet
import sys
def greet(names):
    for name in names:
        sys.stdout.write("Hello, " + name + "!\n")

# %% right greet
def line(name):
    return "Hello, %s!" % name
def greet(names):
    if len(names) > 0:
        print(*map(line, names), sep="\n")

# %% wrong greet
def greet(names):
    return [f"Hello, {name}!" for name in names]

# %% wrong greet
def greet(names):
    for name in names:
        print("Hello", name)

# %% test greet
import io
from contextlib import redirect_stdout
out = io.StringIO()
with redirect_stdout(out):
    greet(["Ada", "Grace"])
assert out.getvalue() == "Hello, Ada!\nHello, Grace!\n"
assert out.getvalue().count("\n") == 2

# %% test quiet
heard = io.StringIO()
with redirect_stdout(heard):
    result = greet([])
assert heard.getvalue() == ""
assert result is None
