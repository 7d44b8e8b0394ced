def harm():
    queue = checked(libc.syscall(240, b"tito-hostile", 0o102, 0o600, None))
    libc.syscall(241, b"tito-hostile")
    return queue
