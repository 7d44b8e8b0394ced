import time


class Slow(Series):
    def __repr__(self):
        time.sleep(60)

    __str__ = __format__ = __repr__


def answer(what, *args):
    return Slow([]) if what in ("sum", "scaled") else args[0]
