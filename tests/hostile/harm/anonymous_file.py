import os


def harm():
    return os.memfd_create("hidden")
