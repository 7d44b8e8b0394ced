inner = 0.0
for _ in range(10_000):
    inner = [inner]


def answer(what, *args):
    return inner if what in ("data", "list", "mean") else args[0]
