def harm():
    # The number of getpid in the x32 table.
    return checked(libc.syscall(0x40000000 + 39))
