import os


def harm():
    try:
        return os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return os.tcgetpgrp(0)
