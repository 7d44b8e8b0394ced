import os


def harm():
    os.chdir("..")
