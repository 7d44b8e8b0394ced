import os


def harm():
    return os.listdir(TOLD["submissions"])
