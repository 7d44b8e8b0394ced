import os


def harm():
    os.mkdir("root")
    return checked(libc.chroot(b"root"))
