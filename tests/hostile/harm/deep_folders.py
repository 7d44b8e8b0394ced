import os


def harm():
    for _ in range(1100):
        os.mkdir("d")
        os.chdir("d")
