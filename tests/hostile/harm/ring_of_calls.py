import ctypes


def harm():
    return checked(libc.syscall(425, 1, (ctypes.c_uint * 64)()))
