class Series:
    def __getattribute__(self, name):
        raise MemoryError(name)

    __init__ = __add__ = __len__ = lambda self, *args: 1 / 0
