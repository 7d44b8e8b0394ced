import os


def harm():
    return os.pidfd_open(TOLD["judge"])
