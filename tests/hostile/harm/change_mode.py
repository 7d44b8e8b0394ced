import os


def harm():
    return os.chmod(TOLD["solution"], 0o666)
