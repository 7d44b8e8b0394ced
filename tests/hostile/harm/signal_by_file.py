import fcntl
import os


def harm():
    return fcntl.fcntl(1, fcntl.F_SETOWN, os.getppid())
