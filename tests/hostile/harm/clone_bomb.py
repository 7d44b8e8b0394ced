def harm():
    pid = checked(libc.syscall(56, 17, 0, 0, 0, 0))
    if pid == 0:
        libc._exit(0)
    return pid
