def harm():
    return checked(libc.unshare(0x10000000))
