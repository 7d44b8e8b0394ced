import time


def answer(what, *args):
    if what == "text":
        time.sleep(60)
    return args[0]
