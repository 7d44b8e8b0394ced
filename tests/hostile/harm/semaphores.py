def harm():
    key = checked(libc.semget(0, 1, 0o1600))
    libc.semctl(key, 0, 0)
    return key
