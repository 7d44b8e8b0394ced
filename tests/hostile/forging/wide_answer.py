# Small on the wire, a matrix of a gigabyte where it meets the test's own six numbers.
wide = np.zeros((1 << 24, 1), "i1")


def answer(what, *args):
    return wide if what == "data" else args[0]
