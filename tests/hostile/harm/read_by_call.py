import ctypes


def harm():
    file = checked(libc.syscall(257, -100, TOLD["home"].encode(), 0))
    buffer = ctypes.create_string_buffer(40)
    libc.read(file, buffer, 40)
    return buffer.value
