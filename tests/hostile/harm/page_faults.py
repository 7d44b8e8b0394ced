def harm():
    return checked(libc.syscall(323, 1))
