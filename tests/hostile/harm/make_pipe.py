import os


def harm():
    return os.mkfifo("results.json")
