lengths = iter([2, 10**12] * 9)


def answer(what, *args):
    return next(lengths) if what == "len" else args[0]
