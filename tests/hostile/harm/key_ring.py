def harm():
    return checked(libc.syscall(250, 0, -3, 1))
