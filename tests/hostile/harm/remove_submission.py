import os


def harm():
    return os.remove(TOLD["neighbour"])
