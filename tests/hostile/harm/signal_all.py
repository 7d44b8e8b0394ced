import os


def harm():
    return os.kill(-1, 0)
