import ctypes
import os
import signal


def answer(what, *args):
    if what == "mean":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "text":
        os.abort()
    ctypes.string_at(0)
