class Done(BaseException):
    def __bool__(self):
        return False


def answer(what, *args):
    raise {"mean": GeneratorExit, "text": StopIteration, "list": StopAsyncIteration}.get(what, Done)
