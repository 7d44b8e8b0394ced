import os


def harm():
    return os.open(TOLD["gradebook"], os.O_WRONLY | os.O_TRUNC)
