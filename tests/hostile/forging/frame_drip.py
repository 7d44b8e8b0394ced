import os
import struct
import time


def answer(what, *args):
    if what == "text":
        os.write(3, struct.pack(">II", 1000, 0))
        while True:
            os.write(3, b" ")
            time.sleep(0.01)
    return args[0]
