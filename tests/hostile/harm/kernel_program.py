import ctypes


def harm():
    # A map of the simplest kind.
    return checked(libc.syscall(321, 0, (ctypes.c_uint * 32)(2, 4, 4, 1), 128))
