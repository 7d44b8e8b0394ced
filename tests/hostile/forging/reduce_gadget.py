import os


class Gadget:
    def __reduce__(self):
        return os.system, (f"echo unpickled > {TOLD['mark']}",)

    __reduce_ex__ = lambda self, version: self.__reduce__()
    __getstate__ = __getnewargs__ = lambda self: (os.system,)
    __setstate__ = lambda self, state: os.system(f"echo set > {TOLD['mark']}")
    __eq__ = lambda self, other: True


def answer(what, *args):
    row = np.array([Gadget()] * 6, dtype=object)
    return {"data": row, "list": [Gadget()] * 2, "iter": iter([Gadget()] * 2)}.get(what, Gadget())
