import os
import pickle
import struct


class Gadget:
    def __reduce__(self):
        return os.system, (f"echo unpickled > {TOLD['mark']}",)


def answer(what, *args):
    content = pickle.dumps(Gadget())
    os.write(3, struct.pack(">II", len(content), 0) + content)
    return args[0]
