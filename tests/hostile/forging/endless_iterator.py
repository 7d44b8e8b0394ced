class Rows(Series):
    """Gives one large array after another, as long as anybody wants more."""

    row = np.zeros(1 << 20)
    __len__ = lambda self: 2
    __iter__ = lambda self: self
    __next__ = lambda self: self.row


def answer(what, *args):
    return Rows([]) if what == "sum" else args[0]
