import os


def harm():
    return os.mknod("disk", 0o60600, os.makedev(8, 0))
