import os


def harm():
    return os.write(os.open(TOLD["terminal"], os.O_WRONLY | os.O_NOCTTY), b"\x1b[2Jowned")
