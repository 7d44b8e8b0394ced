import os
import struct


def answer(what, *args):
    os.write(3, struct.pack(">II", 2**32 - 1, 2**32 - 1) + b"x" * 100)
    return args[0]
