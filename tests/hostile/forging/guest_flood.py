def answer(what, *args):
    while what == "mapped":
        args[1](2.0)
    return args[0]
