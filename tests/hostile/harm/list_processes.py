import os


def harm():
    return os.listdir("/proc")
