import os


def harm():
    return os.chown(TOLD["gradebook"], os.getuid(), os.getgid())
