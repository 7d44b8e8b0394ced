def harm():
    key = checked(libc.shmget(0, 4096, 0o1600))
    libc.shmctl(key, 0, None)
    return key
