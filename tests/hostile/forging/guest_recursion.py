def answer(what, *args):
    if what == "mapped":
        class Deep:
            __mul__ = lambda self, other: args[1](self)
        return args[1](Deep())
    return args[0]
