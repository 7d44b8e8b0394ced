import os


def harm():
    os.symlink(TOLD["home"], "mine")
    return open("mine").read()
