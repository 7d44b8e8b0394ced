import _thread


def answer(what, *args):
    _thread.interrupt_main()
    for _ in range(10**5):
        pass
    return args[0]
