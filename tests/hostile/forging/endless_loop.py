def answer(what, *args):
    while what == "text":
        pass
    return args[0]
