import ctypes


def harm():
    # The CPU clock of this thread.
    return checked(libc.syscall(298, (ctypes.c_uint * 32)(1, 128), 0, -1, -1, 0))
