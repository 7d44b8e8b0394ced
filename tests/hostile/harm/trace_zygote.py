import ctypes
import os


def harm():
    # PTRACE_SEIZE, which does not stop it.
    return checked(libc.ptrace(ctypes.c_long(0x4206), ctypes.c_long(os.getppid()), None, None))
