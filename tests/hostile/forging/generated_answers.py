async def later():
    return 2.75


def forever():
    while True:
        yield 1.0


def answer(what, *args):
    if what == "mean":
        return later()
    return forever()
