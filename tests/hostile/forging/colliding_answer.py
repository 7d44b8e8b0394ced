# Integers with one hash: a set of them costs its size squared to whoever reads it.
same = {number * (2**61 - 1) for number in range(1, 2000)}
held = {"mean": same, "list": dict.fromkeys(same), "data": frozenset(same)}


def answer(what, *args):
    return held.get(what, args[0])
