import os


def harm():
    os.setresuid(0, 0, 0)
    return os.getresuid()
