import atexit


class Sticky:
    def __del__(self):
        while True:
            pass


held = [Sticky()]
atexit.register(lambda: Sticky())


def answer(what, *args):
    if what == "text":
        held.clear()
    return args[0]
