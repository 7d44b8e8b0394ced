import os


def harm():
    os.link(TOLD["home"], "mine")
    return open("mine").read()
