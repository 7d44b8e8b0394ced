import os
import struct
import time


def answer(what, *args):
    if what == "text":
        os.write(3, struct.pack(">II", 1000, 0) + b'{"kind"')
        time.sleep(60)
    return args[0]
