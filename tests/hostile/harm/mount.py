def harm():
    return checked(libc.mount(b"none", b".", b"tmpfs", 0, None))
