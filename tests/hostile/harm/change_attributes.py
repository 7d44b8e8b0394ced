import os


def harm():
    return os.setxattr(TOLD["neighbour"], "user.late", b"yes")
