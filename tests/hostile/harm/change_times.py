import os


def harm():
    return os.utime(TOLD["neighbour"], (0, 0))
